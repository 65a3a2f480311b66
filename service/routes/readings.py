"""The list of readings: what waits for whom, most urgent first."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qualitycheck.service.access.who import Role
from qualitycheck.service.desk import Asking, AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.readings.listing import FINISHED_DAYS, lists
from qualitycheck.service.readings.people import People

router = APIRouter()


@router.get("/readings")
def readings(request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    found = lists(at.store.readings.concerning(asking), asking, People.of(at, asking), date.today())
    return page(
        request,
        "readings.html",
        lists=found,
        manages=Role.MANAGER in asking.roles,
        writes=Role.PRACTITIONER in asking.roles,
        has_team=bool(asking.teams),
        finished_days=FINISHED_DAYS,
    )
