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
from qualitycheck.service.readings.standing_out import standing_out

router = APIRouter()


@router.get("/readings")
def readings(request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    concerning = at.store.readings.concerning(asking)
    found = lists(concerning, asking, People.of(at, asking), date.today(), standing_out(at, concerning))
    return page(
        request,
        "readings.html",
        lists=found,
        manages=Role.MANAGER in asking.roles,
        writes=Role.PRACTITIONER in asking.roles,
        has_team=bool(asking.teams),
        finished_days=FINISHED_DAYS,
    )
