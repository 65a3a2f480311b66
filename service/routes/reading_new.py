"""A manager uploads a report for reading: it is checked like any other, kept in a case, and theirs to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import ForReading
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.readings.days import day_in, in_words, typed_day
from qualitycheck.service.readings.people import People
from qualitycheck.service.routes.asked import too_many, wanted_type
from qualitycheck.service.uploads import AnyForm, Form
from qualitycheck.service.work.messages import Busy

router = APIRouter()
MOST_LETTERS = 100
ELSE = "else"  # somebody without an account here
NO_TYPE = "Choose the type of report: section 7, section 31, or let the checker find out."
NO_FILE = "Choose a report: a Word file that ends in .docx."
CHOOSE_AGAIN = "Choose the report again too: a browser does not keep it."


@router.get("/readings/new")
def form_to_upload(request: Request, at: AtDesk, asking: Asking) -> Response:
    return _page(request, at, asking)


@router.post("/readings/new")
def upload(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    today = date.today()
    files = form.files.get("file", [])
    wanted = wanted_type(form, NO_TYPE)
    errors = {} if len(files) == 1 else {"file": NO_FILE}
    title = " ".join(form.one("title").split())[:MOST_LETTERS]
    if not title:
        errors["title"] = "Give the case a name that you and the author will know again."
    author, author_name, team, wrong = _whose(form, at, asking)
    errors |= wrong
    filing = day_in(form, "filing", "the filing date", today)
    late = isinstance(filing, date) and filing < today
    if isinstance(filing, str):
        errors["filing-day"] = filing
    elif late and not form.one("late"):
        errors["late"] = f"{in_words(filing)} is in the past: change the date, or say that the report is read late."
    if errors or isinstance(filing, str):
        if files:
            errors.setdefault("file", CHOOSE_AGAIN)
        return _page(request, at, asking, status=400, errors=errors, form=form, late=late)
    try:
        held = at.held.add(asking.account, asking.session, files[0].name, files[0].data, wanted)
    except Busy as busy:
        raise too_many(busy) from None
    at.held.change(held.id, for_reading=ForReading(author, author_name, team, title, filing))
    return RedirectResponse(f"/checks/{held.id}", 303)


def _whose(form: Form, at: Desk, asking: Who) -> tuple[str, str, str | None, dict[str, str]]:
    """The author's account, or their name; the team; and what is wrong, by field."""
    people = People.of(at, asking)
    chosen = form.one("author", "" if asking.teams else ELSE)
    for person, of in people.practitioners(asking.teams, asking.account):
        if chosen == f"{of} {person.id}":
            return person.id, "", of, {}
    if chosen != ELSE:
        return "", "", None, {"author": "Choose whose report it is."}
    name = " ".join(form.one("author_name").split())[:MOST_LETTERS]
    told = form.one("team")
    team = told if told in asking.teams else next(iter(sorted(asking.teams)), None)
    return "", name, team, {} if name else {"author_name": "Enter the name of whoever wrote the report."}


def _page(
    request: Request,
    at: Desk,
    asking: Who,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
    late: bool = False,
) -> Response:
    people = People.of(at, asking)
    return page(
        request,
        "reading-new.html",
        status,
        errors=errors or {},
        practitioners=people.practitioners(asking.teams, asking.account),
        teams={id: name for id, name in people.teams.items() if id in asking.teams},
        chosen={name: form.one(name) if form else "" for name in ("author", "author_name", "team", "title")},
        wanted=form.one("type", "auto") if form else "auto",
        filing=typed_day(form, "filing") if form else {},
        late=late,
        judge_first=at.settings.readers_judge_first,
    )
