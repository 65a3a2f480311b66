"""One reading: who waits for whom, its rounds and answers; and what its author, its reader and managers do with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.rendering.pdf import office
from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.answering import Typed, read_answers, typed_in
from qualitycheck.service.readings.changing import changing, reading_of
from qualitycheck.service.readings.days import day_in, fields_of, here, in_words, typed_day
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.sending import to_whom
from qualitycheck.service.readings.thread import thread
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
MOST_LETTERS = 500
DONE = {
    "sent": "The draft is sent. Whoever reads it finds it in their list: nothing is sent by email.",
    "uploaded": "The report is kept, and yours to read.",
    "answered": "Your answers are saved.",
    "handed": "The reading is handed on.",
    "taken": "You have taken this reading.",
    "withdrawn": "The reading is withdrawn.",
    "filing": "The filing date is changed.",
    "filed": "What you recorded of the filing is saved.",
    "returned": "The draft is given back to its author.",
    "signed-off": "The draft is signed off.",
}
NOTHING_TYPED = "Answer at least one comment: choose whether something was changed."


@router.get("/readings/{reading}")
def one(reading: str, request: Request, at: AtDesk, asking: Asking, done: str = "") -> Response:
    return _page(request, at, asking, reading, notice=DONE.get(done))


@router.post("/readings/{reading}/answers")
def answer(reading: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """All that were filled in, or none where something is wrong with one of them: then everything stays as typed."""
    found = reading_of(at, reading)
    typed = typed_in(form, found)
    answers, errors = read_answers(typed, found, datetime.now(UTC))
    if not typed and not errors:
        errors = {"answers": NOTHING_TYPED}
    status = 400
    if not errors and answers:
        try:
            with changing(at, asking, request, reading, "answered comments"):
                at.store.readings.answer(reading, answers)
        except Problem as problem:
            errors, status = {"answers": problem.detail}, problem.status
    if errors:
        return _page(request, at, asking, reading, status=status, errors=errors, typed=typed)
    return _to(reading, "answered")


@router.post("/readings/{reading}/take")
def take(reading: str, request: Request, at: AtDesk, asking: Asking) -> Response:
    with changing(at, asking, request, reading, "took a reading"):
        at.store.readings.hand(reading, asking.account, "manager", asking.account, "", instead_of=None)
    return _to(reading, "taken")


@router.post("/readings/{reading}/hand")
def hand(reading: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """To another reader; whoever has it as the page said, and nobody else since, gives it up."""
    found = reading_of(at, reading)
    why = " ".join(form.one("why").split())[:MOST_LETTERS]
    chosen = to_whom(form.one("to"), found.team, People.of(at, asking), found.author)
    errors = {}
    if chosen is None or (chosen[0] == found.reader and chosen[0] is not None):
        errors["hand-to"] = "Choose who is to read it from now on."
    if not why:
        errors["hand-why"] = "Say in a few words why, such as “on leave until 5 January”."
    if errors or chosen is None:
        return _page(request, at, asking, reading, status=400, errors=errors, form=form)
    reader, kind = chosen
    with changing(at, asking, request, reading, "handed a reading on"):
        at.store.readings.hand(reading, reader, kind, asking.account, why, instead_of=form.one("has") or None)
    gone = not at.store.readings.concerns(reading, asking)  # a peer who gave it up sees no more of it
    return RedirectResponse("/readings", 303) if gone else _to(reading, "handed")


@router.post("/readings/{reading}/withdraw")
def withdraw(reading: str, request: Request, at: AtDesk, asking: Asking) -> Response:
    with changing(at, asking, request, reading, "withdrew a reading"):
        at.store.readings.withdraw(reading, asking.account)
    return _to(reading, "withdrawn")


@router.post("/readings/{reading}/filing")
def change_filing(reading: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    on = day_in(form, "filing", "the filing date", date.today())
    if isinstance(on, str):
        return _page(request, at, asking, reading, status=400, errors={"filing-day": on}, form=form)
    with changing(at, asking, request, reading, "changed the filing date"):
        at.store.readings.file_on(reading, on)
    return _to(reading, "filing")


@router.post("/readings/{reading}/filed")
def record_filed(reading: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    on: date | str | None = None
    found = reading_of(at, reading)
    if form.one("do") != "take-back":
        today = date.today()
        on = day_in(form, "filed", "the day it was filed", today)
        if isinstance(on, date) and on > today:
            on = "The day it was filed is in the future: record it once it is filed."
        elif isinstance(on, date) and on < (sent := here(found.asked)) <= found.filing:  # else it was read late
            on = f"It was sent for reading on {in_words(sent)}, after that day: record the day on which it was filed."
    if isinstance(on, str):
        return _page(request, at, asking, reading, status=400, errors={"filed-day": on}, form=form)
    action = "recorded that it was filed" if on else "took back that it was filed"
    with changing(at, asking, request, reading, action):
        at.store.readings.filed(reading, on)
    return _to(reading, "filed")


def _to(reading: str, done: str) -> RedirectResponse:
    return RedirectResponse(f"/readings/{reading}?done={done}", 303)


def _page(
    request: Request,
    at: Desk,
    asking: Who,
    id: str,
    *,
    status: int = 200,
    notice: str | None = None,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
    typed: Mapping[str, Typed] | None = None,
) -> Response:
    found, today = reading_of(at, id), date.today()
    people, form = People.of(at, asking), form or Form()
    shown = thread(at, asking, found, today, typed, errors)
    return page(
        request,
        "thread.html",
        status,
        thread=shown,
        reading=found,
        notice=notice,
        errors=errors or {},
        has_pdf=office() is not None,
        managers=people.managers(found.team, [found.author, found.reader]),
        peers=people.peers(found.team, [found.author, found.reader]),
        team=people.team(found.team),
        hand={"to": form.one("to"), "why": form.one("why")},
        filing=typed_day(form, "filing") if "filing-day" in form.fields else fields_of(found.filing),
        filed=typed_day(form, "filed") if "filed-day" in form.fields else fields_of(found.filed or today),
    )
