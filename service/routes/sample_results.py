"""What a sample came to: its figures, what is downloaded of them, and the checker's results beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.errors import UserError
from qualitycheck.inspecting.checked import parse_results
from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.documented import DOCX
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.result import download
from qualitycheck.service.samples.results import frame_views, sample_of, standing_of, worked_out
from qualitycheck.service.samples.showing_results import show
from qualitycheck.service.store.samples import Closed, SampleView
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
MOST_LETTERS = 1000  # of a reason
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"docx": DOCX, "xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}
NO_REASON = "Say why the sample is closed before all is handed in: it is printed with the figures."
NOTHING = "Nothing was handed in yet: there would be no figures."
NO_FILE = "Choose the file that qualitycheck check wrote with --format json."


@router.get("/samples/{sample}/results")
def results(sample: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    return _page(request, at, sample_of(at, sample), leads=_leads(at, sample, asking.account))


@router.post("/samples/{sample}/close")
def close(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """The lead wants the figures before all is handed in, and says why. It cannot be undone: the figures are known."""
    found = sample_of(at, sample)
    standing = standing_of(found, at.store.samples.gradings(sample))
    if standing.shown:
        return RedirectResponse(f"/samples/{sample}/results", 303)
    reason = " ".join(form.one("reason").split())[:MOST_LETTERS]
    wrong = None if reason else NO_REASON
    if not standing.handed:
        wrong = NOTHING
    if wrong:
        return _page(request, at, found, leads=True, errors={"reason": wrong}, form=form)
    with at.store.together():
        closed = Closed(asking.account, datetime.now(UTC), reason)
        at.store.samples.change(sample, lambda view: replace(view, closed=view.closed or closed))
        at.store.audit.write(
            asking.account, "closed before all was handed in", f"sample {sample}", request.state.request_id
        )
    return RedirectResponse(f"/samples/{sample}/results", 303)


@router.post("/samples/{sample}/checked")
def bring(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """The checker's results of the whole frame, where the service did not check it itself."""
    found = sample_of(at, sample)
    if found.manifest is None:
        raise Problem(409, "This sample is not drawn yet: draw it first.")
    files = form.files.get("checked", [])
    try:
        if len(files) != 1:
            raise UserError(NO_FILE)
        seen = parse_results(files[0].data, "The file")
        frame_views(found, found.manifest, seen, [OVERALL])
    except UserError as error:
        return _page(request, at, found, leads=True, errors={"checked": str(error)})
    with at.store.together():
        at.store.samples.keep_seen(sample, seen)
        at.store.audit.write(
            asking.account, "brought the checker’s results", f"sample {sample}", request.state.request_id
        )
    return RedirectResponse(f"/samples/{sample}/results#help", 303)


@router.get("/samples/{sample}/results.docx")
def as_docx(sample: str, at: AtDesk) -> Response:
    return _made(at, sample, "docx")


@router.get("/samples/{sample}/results.xlsx")
def as_xlsx(sample: str, at: AtDesk) -> Response:
    return _made(at, sample, "xlsx")


@router.get("/samples/{sample}/results.csv")
def as_csv(sample: str, at: AtDesk) -> Response:
    return _made(at, sample, "csv")


@router.get("/samples/{sample}/results.json")
def as_data(sample: str, at: AtDesk) -> Response:
    """The results with their trail: the manifest, and every grade as it was given."""
    return _made(at, sample, "json")


def _made(at: Desk, id: str, format: str) -> Response:
    worked = worked_out(at, sample_of(at, id))
    return download(worked.rendered(format), f"{worked.sample.title} results.{format}", MEDIA_TYPES[format])


def _page(
    request: Request,
    at: Desk,
    sample: SampleView,
    *,
    leads: bool,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> HTMLResponse:
    standing = standing_of(sample, at.store.samples.gradings(sample.id))
    worked = worked_out(at, sample) if standing.shown else None
    return page(
        request,
        "samples-results.html",
        400 if errors else 200,
        sample=sample,
        standing=standing,
        worked=worked,
        shown=show(worked) if worked else None,
        leads=leads,
        errors=errors or {},
        reason=form.one("reason")[:MOST_LETTERS] if form else "",
        most=MOST_LETTERS,
    )


def _leads(at: Desk, sample: str, account: str) -> bool:
    found = at.store.samples.get(sample)
    return found is not None and found.lead == account
