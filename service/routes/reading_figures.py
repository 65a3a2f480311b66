"""The figures of readings before court, for managers: of their own teams, and of nobody in particular."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from qualitycheck.precourt import figure_tables
from qualitycheck.precourt.figures import Figures
from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings import showing_figures as showing
from qualitycheck.service.routes.result import download

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/readings/figures")
def figures(
    request: Request, at: AtDesk, asking: Asking, since: str = "", until: str = "", team: str = ""
) -> HTMLResponse:
    today = date.today()
    of = showing.wanted(at, asking, today, since, until, team)
    errors = {"until": showing.BACKWARDS} if of.until < of.since else {}
    found = None if errors else _figures(request, at, asking, of, today, "opened")
    return page(
        request,
        "reading-figures.html",
        400 if errors else 200,
        errors=errors,
        wanted=of,
        months=showing.months(at, today),
        teams=showing.teams_of(at, asking),
        about=figure_tables.about(found) if found else [],
        figures=showing.shown(found) if found else [],
    )


@router.get("/readings/figures.csv")
def as_csv(request: Request, at: AtDesk, asking: Asking, since: str = "", until: str = "", team: str = "") -> Response:
    found, name = _download(request, at, asking, since, until, team)
    return download(figure_tables.as_csv(found), f"{name}.csv", "text/csv; charset=utf-8")


@router.get("/readings/figures.xlsx")
def as_xlsx(request: Request, at: AtDesk, asking: Asking, since: str = "", until: str = "", team: str = "") -> Response:
    found, name = _download(request, at, asking, since, until, team)
    return download(figure_tables.as_xlsx(found), f"{name}.xlsx", XLSX)


def _download(request: Request, at: Desk, asking: Who, since: str, until: str, team: str) -> tuple[Figures, str]:
    """The figures, and a name for their file. Raises Problem 400 where the months are the wrong way round."""
    today = date.today()
    of = showing.wanted(at, asking, today, since, until, team)
    if of.until < of.since:
        raise Problem(400, showing.BACKWARDS)
    return _figures(request, at, asking, of, today, "downloaded"), f"readings {of.since} to {of.until}"


def _figures(request: Request, at: Desk, asking: Who, of: showing.Wanted, today: date, done: str) -> Figures:
    at.store.audit.write(
        asking.account, f"{done} the figures of readings", "figures of readings", request.state.request_id
    )
    return showing.figures(at, asking, of, today)
