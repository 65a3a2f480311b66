"""Reports come in: the start page, one report or several, and the next draft of one."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.aside import FILE_NAME, SetAside
from qualitycheck.errors import BadSetting
from qualitycheck.result import Level
from qualitycheck.service.access.rules import READERS
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.checks.counting import levels
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.pages.result_page import result_page
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.asked import too_many, wanted_type
from qualitycheck.service.uploads import AnyForm, Form
from qualitycheck.service.work.messages import Busy

router = APIRouter()
NO_TYPE = "Choose the type of report: section 7, section 31, or let the checker find out."
FORGOTTEN = "The check is forgotten: nothing of it is left here."
NO_FILE = "Choose a report: a Word file that ends in .docx."
# What was set aside is a small file. TOML with a key of a hundred thousand parts takes half a minute to read.
MOST_DECISIONS, LONGEST_LINE = 256 * 1024, 4096  # bytes
NO_DECISIONS = f"That is not the file of what you set aside. It is called {FILE_NAME}."
CHOOSE_AGAIN = "Choose your draft again too: a browser does not keep it."


@router.get("/")
def start(request: Request, asking: Asking, notice: str = "") -> Response:
    if not asking.is_any(READERS):  # an administrator with no other role checks nothing
        return RedirectResponse("/administration", 303)
    return page(request, "upload.html", errors={}, wanted="auto", notice=FORGOTTEN if notice == "forgotten" else None)


@router.get("/checks")
def checks(request: Request, at: AtDesk, asking: Asking, notice: str = "") -> HTMLResponse:
    held = at.held.of(asking.account, asking.session)
    waits = any(check.state in (State.WAITING, State.RUNNING) for check in held)
    said = FORGOTTEN if notice == "forgotten" else None
    return page(request, "checks.html", held=in_list(held), waits=waits, not_taken=(), retry_after=0, notice=said)


@router.post("/checks")
def take(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """One report leads to its page, several to the list of them; what finds no room is said, and when to try again."""
    files = form.files.get("file", [])
    wanted = wanted_type(form, NO_TYPE)
    errors = {} if files else {"file": NO_FILE}
    decisions: dict[str, str] = {}
    try:
        decisions = decisions_in(form)
    except BadSetting as wrong:
        errors["decisions"] = str(wrong)
        if files:
            errors["file"] = CHOOSE_AGAIN
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
    """The next draft: what was set aside stays aside, and the result begins with what changed.

    A file that could not be read was no draft: the next one after it is compared with the draft before.
    """
    before = find(at, check)
    refused = before.state is State.REFUSED
    if before.result is None or (refused and before.previous is None):
        raise Problem(409, "This check has no result yet: wait until it is done, then send the next draft.")
    files = form.files.get("file", [])
    if len(files) != 1:
        errors = {"next-file": NO_FILE}
        if refused:
            return page(request, "refused.html", 400, check=before, errors=errors, wanted=before.wanted)
        return result_page(request, at, asking, before, errors=errors)
    previous = before.previous if refused else Previous(before.name, before.result)
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


def decisions_in(form: Form) -> dict[str, str]:
    """What was set aside in the draft before, from its small file; raises BadSetting."""
    reasons: dict[str, str] = {}
    files = form.files.get("decisions", [])
    if sum(len(file.data) for file in files) > MOST_DECISIONS:
        raise BadSetting(NO_DECISIONS)
    for file in files:
        if any(len(line) > LONGEST_LINE for line in file.data.splitlines()):
            raise BadSetting(NO_DECISIONS)
        try:
            reasons |= SetAside.parse(file.data).reasons
        except BadSetting:
            raise BadSetting(NO_DECISIONS) from None
    return reasons


def in_list(held: list[Check]) -> list[tuple[Check, Mapping[Level, int]]]:
    """Each with how much there is to look at, by level; nothing of what its reader may have to judge first."""
    told = [check.result if check.for_reading is None else None for check in held]
    return [(check, levels(one, check.decisions) if one else {}) for check, one in zip(held, told, strict=True)]


def _too_many(request: Request, at: AtDesk, asking: Asking, not_taken: tuple[str, ...], busy: Busy) -> HTMLResponse:
    held = at.held.of(asking.account, asking.session)
    answer = page(
        request,
        "checks.html",
        429,
        held=in_list(held),
        waits=False,
        not_taken=not_taken,
        retry_after=busy.retry_after,
        notice=None,
    )
    answer.headers["Retry-After"] = str(busy.retry_after)
    return answer
