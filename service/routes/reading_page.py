"""The page on which a manager or a peer reads a report before court, and what they send from it.

What is written in one draft is on record once, when it begins: an entry for every word would tell the office how long
somebody sat over it, which is for themselves to know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from qualitycheck.aside import SetAside
from qualitycheck.precourt.examining import applying
from qualitycheck.precourt.following import Draft, Followed, follow
from qualitycheck.precourt.reading import Reading, Said, State
from qualitycheck.precourt.unfinished import OVERALL_HINT
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.service.access.things import name_in_log
from qualitycheck.service.checks.check import Check
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import moment, page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings import writing
from qualitycheck.service.readings.paragraphs import paragraphs
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.showing_reading import ShowingReading, Typed, lacking, show_reading
from qualitycheck.service.readings.telling import tell
from qualitycheck.service.readings.writing import Change, OnPage, Wrong
from qualitycheck.service.store.readings import GONE
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
ADDRESS = "/readings/{reading}/read"
SEEN_SECONDS = 30  # between two words of the script; no more is taken at once
MOST_PASSAGES = 1000
JUDGE_FIRST = "Judge every element first: then you can see what the checker says."
NOT_YET = "You cannot see yet what the checker says: judge every element first."
ENDINGS = ("give-back", "sign-off")
NO_REASON = f"Say in your own words why it can be closed as it is. {OVERALL_HINT}"

PARTS: Mapping[str, Callable[[Form, OnPage], Change]] = {
    "judge": writing.judged,
    "reply": writing.replied,
    "comment": writing.commented,
    "remove": writing.removed,
    "settle": writing.settled,
    "overall": writing.closed_with,
}


@router.get(ADDRESS)
def read(reading: str, request: Request, at: AtDesk, ask: str = "", close: str = "") -> Response:
    """`ask`: the criterion that the form for a comment begins with; `close`: before giving it back or signing off."""
    found = _reading(at, reading)
    if found.state is not State.WITH_READER:
        return RedirectResponse(f"/readings/{reading}", 303)
    at.store.readings.spend(reading, 0, ())  # the time with the page begins
    if close in ENDINGS and found.last.revealed:
        return _page(request, at, found, closing=close)
    return _page(request, at, found, ask=ask)


@router.post(ADDRESS)
def write(reading: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """One part of the page: saved, or the page again with what was typed and what is wrong with it."""
    found = _reading(at, reading)
    if found.state is not State.WITH_READER:
        raise Problem(409, _over(found, People.of(at, asking)))
    do = form.one("do")
    acts = {"reveal": _reveal, "give-back": _give_back, "sign-off": _sign_off}
    if do in acts:
        return acts[do](request, at, asking.account, found, form)
    if do not in PARTS:
        raise Problem(400, "This page does not do that: load it again.")
    part = form.one("part")
    try:
        change = PARTS[do](form, _on_page(at, found))
    except Wrong as wrong:
        typed = Typed(part, {name: values[0] for name, values in form.fields.items()}, wrong.errors)
        return _page(request, at, found, typed=typed, alone=bool(form.one("alone")))
    _save(request, at, asking.account, found, change)
    if do == "reply":
        number = part.removeprefix("finding-")
        at.store.readings.spend(reading, 0, (number,))  # whoever answers it has it before them
    if form.one("alone"):
        return _page(request, at, _reading(at, reading), alone=True)
    return RedirectResponse(f"/readings/{reading}/read#{_place(form)}", 303)


@router.post("/readings/{reading}/seen")
def seen(reading: str, at: AtDesk, form: AnyForm) -> JSONResponse:
    """Seconds with the page in front of the reader, and the numbers of the passages they opened; for them alone."""
    told = form.one("seconds")
    seconds = min(int(told), SEEN_SECONDS) if told.isascii() and told.isdigit() and len(told) < 6 else 0
    opened = [one for one in form.fields.get("passage", ())[:MOST_PASSAGES] if one.isascii() and one.isdigit()]
    at.store.readings.spend(reading, seconds, [one for one in opened if len(one) < 6])
    showing = _showing(at, _reading(at, reading))
    return JSONResponse({"spent": showing.spent, "opened": showing.opened})


def _reveal(request: Request, at: Desk, account: str, reading: Reading, form: Form) -> Response:
    """Show what the checker says, once every element is judged."""
    showing = _showing(at, reading)
    open_ones = [one for one in showing.elements if not one.status]
    if open_ones and showing.hidden:
        typed = Typed("reveal", {}, {f"status-{open_ones[0].criterion.id}": JUDGE_FIRST})
        return _page(request, at, reading, typed=typed)
    if showing.hidden:
        with at.store.together():
            at.store.readings.change(reading.id, writing.seen_checker)
            at.store.readings.reveal(reading.id)
            _log(request, at, account, reading, "judged, and saw what the checker says")
    return RedirectResponse(f"/readings/{reading.id}/read#findings", 303)


def _give_back(request: Request, at: Desk, account: str, reading: Reading, form: Form) -> Response:
    _refuse_hidden(reading)
    check = _check(at, reading)
    left, reason = lacking(reading, check, at.rulebook, _followed(at, reading, check)), form.one("closing")
    if left.before_giving_back:
        return _page(request, at, reading, refused="give-back")
    if not left.may_give_back(reason):
        if "closing" in form.fields:
            return _page(request, at, reading, refused="give-back", closing="give-back", reason=reason)
        return RedirectResponse(f"/readings/{reading.id}/read?close=give-back", 303)
    with at.store.together():
        _close_with(at, reading, form)
        at.store.readings.give_back(reading.id)
        _log(request, at, account, reading, "gave back")
        tell(at, reading.id)
    return RedirectResponse(f"/readings/{reading.id}", 303)


def _sign_off(request: Request, at: Desk, account: str, reading: Reading, form: Form) -> Response:
    _refuse_hidden(reading)
    check = _check(at, reading)
    reason = form.one("closing")
    if not lacking(reading, check, at.rulebook, _followed(at, reading, check)).may_sign_off(reason):
        return _page(request, at, reading, refused="sign-off", closing="sign-off", reason=reason)
    with at.store.together():
        _close_with(at, reading, form)
        at.store.readings.sign_off(reading.id)
        _log(request, at, account, reading, "signed off")
        tell(at, reading.id)
    return RedirectResponse(f"/readings/{reading.id}", 303)


def _close_with(at: Desk, reading: Reading, form: Form) -> None:
    """The reason that was given on closing stands under what was written overall before."""
    if form.one("closing").strip():
        at.store.readings.change(reading.id, writing.closed_because(form))


def _refuse_hidden(reading: Reading) -> None:
    if not reading.last.revealed:
        raise Problem(409, NOT_YET)


def _save(request: Request, at: Desk, account: str, reading: Reading, change: Change) -> None:
    with at.store.together():
        at.store.readings.change(reading.id, change)
        if not _is_begun(reading):
            _log(request, at, account, reading, "began to write")


def _is_begun(reading: Reading) -> bool:
    """Whether the reader has written anything of this draft; what they carried over is of the one before."""
    said = reading.last.said
    own = any(judged.draft == reading.last.draft_number for judged in said.judgements.values())
    carried = reading.rounds[-2].said if len(reading.rounds) > 1 else Said()
    replied = any(carried.replies.get(mark) != reply for mark, reply in said.replies.items())
    settled = any(carried.settled.get(id) != done for id, done in said.settled.items())
    return own or replied or settled or bool(said.comments or said.overall)


def _log(request: Request, at: Desk, account: str, reading: Reading, action: str) -> None:
    name = name_in_log(at, "reading", reading.id)
    assert name
    at.store.audit.write(account, action, name, request.state.request_id)


def _over(reading: Reading, people: People) -> str:
    """Why nothing more can be saved; what is on the page is copied by hand, if it is wanted."""
    if reading.withdrawn:
        by = people.name(reading.withdrawn_by) if reading.withdrawn_by else ""
        what = f"{by} withdrew this reading" if by else "This reading was withdrawn"
        return f"{what} on {moment(reading.withdrawn)}: copy what you want to keep."
    if reading.signed_off:
        return f"This reading was signed off on {moment(reading.signed_off)}: what was written stays as it is."
    return "This draft was given back: what was written of it stays as it is."


def _place(form: Form) -> str:
    """Where the reader goes on: at what they saved, or at the list that it came into or went from."""
    part = form.one("part")
    if form.one("do") == "remove" or part == "comment-new":
        return "comments"
    return part if part and set(part) <= _IN_A_PLACE else "todo"


_IN_A_PLACE = set("abcdefghijklmnopqrstuvwxyz0123456789-")


def _page(
    request: Request,
    at: Desk,
    reading: Reading,
    *,
    ask: str = "",
    typed: Typed | None = None,
    alone: bool = False,
    refused: str = "",
    closing: str = "",
    reason: str = "",
) -> Response:
    """The page, or the one on which it is closed.

    Args:
        request: that came.
        at: the desk.
        reading: with what was said until now.
        ask: the criterion that the form for a comment begins with.
        typed: what could not be saved.
        alone: what changes when a part is saved, for the script.
        refused: what the reading is too unfinished for.
        closing: how it is to be closed: `ENDINGS`.
        reason: for that, as it was typed.
    """
    name = "read-close.html" if closing else "read.html"
    showing = _showing(at, reading, typed=typed, ask=ask)
    return page(
        request,
        "parts/read-work.html" if alone else name,
        400 if refused or (typed and typed.errors) else 200,
        showing=showing,
        result=showing.result,
        criteria=at.rulebook.criteria,
        level_of=showing.level_of,
        here=f"/readings/{reading.id}/read",
        errors=_errors(showing, refused) | ({"closing": NO_REASON} if refused and closing else {}),
        closing=closing,
        reason=reason,
        refused=refused,
        asked=bool(ask),
    )


def _errors(showing: ShowingReading, refused: str) -> dict[str, str]:
    """By the place on the page; where several lacks are seen to at one place, the first."""
    errors = dict(showing.errors)
    lacks = {"give-back": showing.before_giving_back, "sign-off": showing.before_signing_off}.get(refused, ())
    for lack in lacks:
        errors.setdefault(lack.place, f"{lack.title}: {lack.sentence}" if lack.title else lack.sentence)
    return errors


def _showing(at: Desk, reading: Reading, *, typed: Typed | None = None, ask: str = "") -> ShowingReading:
    check = _check(at, reading)
    author = at.store.people.get(reading.author) if reading.author else None
    return show_reading(
        reading,
        check,
        at.rulebook,
        author=reading.author_name or (author.name if author else "the author"),
        own=at.store.readings.own(reading.id),
        today=datetime.now().astimezone().date(),
        followed=_followed(at, reading, check),
        typed=typed,
        ask=ask,
    )


def _followed(at: Desk, reading: Reading, check: Check) -> tuple[Followed, ...]:
    """What became of the comments of earlier rounds; of a round whose draft is gone, nothing can be told."""
    followed = []
    now = _draft(check)
    for each in reading.rounds[:-1]:
        then = at.store.drafts.get(each.draft) if each.said.comments else None
        if then is None or then.result is None:
            continue
        for comment in each.said.comments:
            answer = reading.answers.get(comment.id)
            followed.append(follow(comment, answer, _draft(then), now, checker=reading.last.revealed))
    return tuple(followed)


def _draft(check: Check) -> Draft:
    assert check.result is not None
    result = SetAside(check.decisions).applied_to(check.result)
    return Draft(check.number or 0, check.sheet or Sheet((), ()), result)


def _on_page(at: Desk, reading: Reading) -> OnPage:
    check = _check(at, reading)
    assert check.result is not None
    found: dict[str, Any] = {}
    if reading.last.revealed:
        found = {one.fingerprint: (number, one) for number, one in enumerate(check.result.findings, start=1)}
    return OnPage(
        round=reading.last,
        criteria=applying(at.rulebook.criteria, check.result.type),
        findings=found,
        places=paragraphs(check.sheet) if check.sheet else {},
        earlier={comment.id for comment in reading.earlier},
    )


def _reading(at: Desk, id: str) -> Reading:
    found = at.store.readings.get(id)
    if found is None:
        raise Problem(404, GONE)
    return found


def _check(at: Desk, reading: Reading) -> Check:
    found = at.store.drafts.get(reading.last.draft)
    if found is None or found.result is None:
        raise Problem(404, GONE)
    return found
