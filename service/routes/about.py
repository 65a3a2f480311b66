"""What the checker is and cannot do, what becomes of a report, and how accessible these pages are."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qualitycheck.measuring.shipped import shipped
from qualitycheck.rendering.trust import hundredths, measured_on
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.desk import AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.routes.criteria import holds

router = APIRouter()


@router.get("/about")
def about(request: Request, at: AtDesk) -> Response:
    told = shipped()
    return page(
        request,
        "about.html",
        figures=told.summary,
        measured_on=measured_on(told),
        holds=holds(told, at.tool),
        hundredths=hundredths,
    )


@router.get("/privacy")
def privacy(request: Request, at: AtDesk) -> Response:
    home = at.doors.home
    return page(request, "privacy.html", cookie=home.cookie if home else COOKIE)


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    return page(request, "accessibility.html")
