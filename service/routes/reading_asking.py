"""A draft is sent for reading: to somebody for the first time, or the next draft to whoever read the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.changing import changing, on_record
from qualitycheck.service.readings.days import day_in, in_words, typed_day
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.sending import Sending, carried, sending, to_whom
from qualitycheck.service.store.cases import CaseView
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
WHEN = "the filing date"
NO_TEAM = "Choose the team whose manager is to read it."
NO_READER = "Choose who is to read it: any manager of the team, or one of the people listed."


@router.get("/checks/{check}/send")
def form_to_send(check: str, request: Request, at: AtDesk, asking: Asking, team: str = "") -> Response:
    found, case = _kept(at, check)
    return _page(request, sending(at, asking, found, case, _own(team, asking)), team=team)


@router.post("/checks/{check}/send")
def send(check: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    found, case = _kept(at, check)
    team = case.team or _own(form.one("team"), asking)
    shown = sending(at, asking, found, case, team)
    if shown.why_not:
        return _page(request, shown, status=409, errors={"send": shown.why_not})
    if shown.goes_on:
        return _next_round(request, at, asking, shown)
    people, today = People.of(at, asking), date.today()
    errors: dict[str, str] = {}
    if team is None and shown.own_teams:
        errors["team"] = NO_TEAM
    chosen = to_whom(form.one("to"), team, people, asking.account) if team else None
    if chosen is None and "team" not in errors:
        errors["to"] = NO_READER
    filing = day_in(form, "filing", WHEN, today)
    late = isinstance(filing, date) and filing < today
    if isinstance(filing, str):
        errors["filing-day"] = filing
    elif late and not form.one("late"):
        errors["late"] = f"{in_words(filing)} is in the past: change the date, or say that the report is read late."
    if errors or chosen is None or isinstance(filing, str) or team is None:
        return _page(request, shown, status=400, errors=errors, form=form, team=team or "", late=late)
    reader, kind = chosen
    with at.store.together():
        if case.team is None:
            at.store.cases.give_team(case.id, team)
            at.store.audit.write(asking.account, "gave it a team", f"case {case.id}", request.state.request_id)
        id = at.store.readings.ask(
            found.id, filing, kind, reader, asking.account, revealed=not at.settings.readers_judge_first
        )
        on_record(at, asking, id, "sent a draft for reading", request.state.request_id)
    return RedirectResponse(f"/readings/{id}?done=sent", 303)


def _next_round(request: Request, at: Desk, asking: Who, shown: Sending) -> Response:
    assert shown.reading is not None
    revealed = not at.settings.readers_judge_first
    said = carried(at, shown.reading, shown.check, checker=revealed)
    with changing(at, asking, request, shown.reading.id, "sent the next draft for reading"):
        at.store.readings.send(shown.reading.id, shown.check.id, revealed=revealed, said=said)
    return RedirectResponse(f"/readings/{shown.reading.id}?done=sent", 303)


def _kept(at: Desk, id: str) -> tuple[Check, CaseView]:
    found = find(at, id)
    case = at.store.cases.get(found.case) if found.case and found.session is None else None
    if case is None:
        raise Problem(409, "Keep this draft in a case first: then it can be sent for reading.")
    return found, case


def _own(team: str, asking: Who) -> str | None:
    return team if team in asking.teams else None


def _page(
    request: Request,
    shown: Sending,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
    team: str = "",
    late: bool = False,
) -> Response:
    return page(
        request,
        "send.html",
        status,
        sending=shown,
        errors=errors or {},
        to=form.one("to") if form else "",
        filing=typed_day(form, "filing") if form else {},
        chosen_team=team,
        late=late,
    )
