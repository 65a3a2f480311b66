"""The application, put together: read it as a recipe."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from qualitycheck import __version__
from qualitycheck.checking import models_wanted, tool
from qualitycheck.configuration import load_configuration
from qualitycheck.limits import MEBIBYTE
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.service import answering
from qualitycheck.service.access.guard import guard, refuse_unruled
from qualitycheck.service.accounts.doors import Doors
from qualitycheck.service.accounts.forms import check_form
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.desk import Desk
from qualitycheck.service.headers import Guarded
from qualitycheck.service.observing import Figures, Observed
from qualitycheck.service.pages.rendering import STATIC
from qualitycheck.service.problems import ProblemDetails
from qualitycheck.service.routes import (
    about,
    account,
    administration,
    apart,
    api,
    api_page,
    cases,
    concerns,
    criteria,
    decisions,
    false_alarm,
    grading,
    health,
    reading_asking,
    reading_figures,
    reading_files,
    reading_filing,
    reading_new,
    reading_page,
    reading_thread,
    readings,
    result,
    sample_grades,
    sample_new,
    sample_passages,
    sample_results,
    samples,
    sign_in,
    upload,
)
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.retention import Schedule
from qualitycheck.service.store.store import Store
from qualitycheck.service.uploads import Room
from qualitycheck.service.work.pool import Pool

PAGES = (upload, result, decisions, cases, criteria, about, false_alarm, api_page, sign_in, account, administration)
# The paths of one reading come after those that could be taken for the name of one.
READING = (
    readings,
    reading_figures,
    reading_new,
    reading_asking,
    reading_filing,
    reading_files,
    reading_page,
    reading_thread,
)
SAMPLES = (sample_new, samples, grading, concerns, apart, sample_grades, sample_results, sample_passages)
FOR_PROGRAMS = (api, health)
SWEEP_SECONDS = 30


def create_app(settings: Settings) -> FastAPI:
    """The application; raises BadSetting and BadRulePack. Workers start with it, and end with it."""
    at = _desk(settings)
    app = FastAPI(
        title="qualitycheck",
        version=__version__,
        description="Finds what is missing or unsupported in section 7 reports and section 31 analyses. "
        "It flags; people judge.",
        docs_url=None,  # the API page is one of our own pages: routes/api_page.py
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(guard), Depends(check_form)],
        redirect_slashes=False,
    )
    app.state.desk = at
    for routes in FOR_PROGRAMS:
        app.include_router(routes.router)
    for routes in (*PAGES, *READING, *SAMPLES):
        app.include_router(routes.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    refuse_unruled(app)
    answering.install(app)
    app.add_middleware(Room, most=settings.uploads_mib * MEBIBYTE)
    app.add_middleware(Observed, figures=at.figures)
    app.add_middleware(Guarded, https=settings.is_office, form_action=settings.oidc_issuer)  # outermost: faults too
    _document(app)
    return app


def _desk(settings: Settings) -> Desk:
    configuration = load_configuration(settings.configuration)
    rulebook = load_rulebook(configuration.packs)
    figures = Figures()
    pool = Pool(settings, count=lambda outcome: figures.checks.labels(outcome).inc())
    store = Store.open(settings)
    return Desk(
        settings=settings,
        rulebook=rulebook,
        tool=tool(rulebook, models_wanted(configuration.models)),
        pool=pool,
        held=HeldChecks(settings, pool),
        store=store,
        doors=Doors(settings, store),
        figures=figures,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    at: Desk = app.state.desk
    at.pool.start()
    purging = Schedule(at.store, at.settings.purge_hours)
    purging.start()
    sweeping = asyncio.create_task(_sweep(at.held))
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        purging.stop()
        at.jobs.stop()
        at.pool.close()
        at.jobs.join()
        at.store.close()


async def _sweep(held: HeldChecks) -> None:
    """Forget checks that nobody has looked at for a while, though nobody comes by."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        held.sweep()


def _document(app: FastAPI) -> None:
    """OpenAPI for the API and the addresses for machines; the pages are for people and not in it."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            schemas = schema["components"].setdefault("schemas", {})
            schemas[ProblemDetails.__name__] = ProblemDetails.model_json_schema()
            schema["components"]["securitySchemes"] = {
                "key": {"type": "http", "scheme": "bearer", "description": "An API key of the office's service."}
            }
        return app.openapi_schema or schema

    app.openapi = openapi  # type: ignore[method-assign]
