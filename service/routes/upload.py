"""Reports come in: the start page, one report or several, and the next draft of one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.aside import SetAside
from qualitycheck.checking import TypeWanted
from qualitycheck.errors import BadSetting
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.uploads import AnyForm, Form
from qualitycheck.service.work.messages import Busy

router = APIRouter()
WANTED: tuple[TypeWanted, ...] = ("auto", "section7", "section31")
NOTICES = {"forgotten": "The check is forgotten: nothing of it is left here."}
NO_FILE = "Choose a report: a Word file that ends in .docx."
# What was set aside is a small file. TOML with a key of a hundred thousand parts takes minutes to read.
MOST_DECISIONS, LONGEST_LINE = 256 * 1024, 4096  # bytes
NO_DECISIONS = "The file of what you set aside is not one: give back the file that was downloaded with the result."


@router.get("/")
def start(request: Request, notice: str = "") -> HTMLResponse:
    return page(request, "upload.html", errors={}, wanted="auto", notice=NOTICES.get(notice))


@router.get("/checks")
def checks(request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    held = at.held.of(asking.account, asking.session)
    waits = any(check.state in (State.WAITING, State.RUNNING) for check in held)
    return page(request, "checks.html", held=held, waits=waits, not_taken=(), retry_after=0)


@router.post("/checks")
def take(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """One report leads to its page, several to the list of them; what finds no room is said, and when to try again."""
    files = form.files.get("file", [])
    wanted = wanted_type(form)
    errors = {} if files else {"file": NO_FILE}
    decisions: dict[str, str] = {}
    try:
        decisions = decisions_in(form)
    except BadSetting as wrong:
        errors["decisions"] = str(wrong)
    if errors:
        return page(request, "upload.html", 400, errors=errors, wanted=wanted, notice=None)
    taken: list[Check] = []
    for number, file in enumerate(files):
        try:
            taken.append(at.held.add(asking.account, asking.session, file.name, file.data, wanted, decisions=decisions))
        except Busy as busy:
            return _too_many(request, at, asking, tuple(file.name for file in files[number:]), busy)
    return RedirectResponse(f"/checks/{taken[0].id}" if len(taken) == 1 else "/checks", 303)


@router.post("/checks/{check}/next")
def take_next(check: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """The next draft: what was set aside stays aside, and the result begins with what changed."""
    before = find(at, check)
    files = form.files.get("file", [])
    if len(files) != 1 or before.result is None:
        raise Problem(400, NO_FILE)
    previous = Previous(before.name, before.result)
    try:
        now = at.held.add(
            asking.account, asking.session, files[0].name, files[0].data, before.wanted,
            decisions={**before.decisions, **decisions_in(form)}, previous=previous,
        )  # fmt: skip
    except Busy as busy:
        raise too_many(busy) from None
    if before.case and before.session is None:
        at.store.audit.write(asking.account, "began the next draft", f"case {before.case}", request.state.request_id)
    if form.one("keep") and before.case:
        at.held.change(now.id, case=before.case)
    return RedirectResponse(f"/checks/{now.id}", 303)


def wanted_type(form: Form) -> TypeWanted:
    """Raises Problem 400."""
    told = form.one("type", "auto")
    for known in WANTED:
        if told == known:
            return known
    raise Problem(400, "Choose the type of report: section 7, section 31, or let the checker find out.")


def decisions_in(form: Form) -> dict[str, str]:
    """What was set aside in the draft before, from its small file; raises BadSetting."""
    reasons: dict[str, str] = {}
    files = form.files.get("decisions", [])
    if sum(len(file.data) for file in files) > MOST_DECISIONS:
        raise BadSetting(NO_DECISIONS)
    for file in files:
        if any(len(line) > LONGEST_LINE for line in file.data.splitlines()):
            raise BadSetting(NO_DECISIONS)
        reasons |= SetAside.parse(file.data).reasons
    return reasons


def too_many(busy: Busy) -> Problem:
    return Problem(
        429,
        f"Many reports are being checked at this moment: try again in {busy.retry_after} seconds.",
        headers={"Retry-After": str(busy.retry_after)},
    )


def _too_many(request: Request, at: AtDesk, asking: Asking, not_taken: tuple[str, ...], busy: Busy) -> HTMLResponse:
    held = at.held.of(asking.account, asking.session)
    answer = page(
        request, "checks.html", 429, held=held, waits=False, not_taken=not_taken, retry_after=busy.retry_after
    )
    answer.headers["Retry-After"] = str(busy.retry_after)
    return answer
