"""What the author decides about findings: set aside with a reason, taken up again; and the small file of it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.aside import FILE_NAME, SetAside
from qualitycheck.errors import BadSetting
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.result_page import result_page, wanted_in
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.result import download
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
MOST_LETTERS = 500
NOT_FOUND = "There is no such finding in this report: go back to the result."
NO_REASON = "Say in a few words why the finding may stay as it is."


@router.get("/checks/{check}/decisions")
def decisions(check: str, at: AtDesk) -> Response:
    text = SetAside(find(at, check).decisions).text()
    return download(text.encode(), FILE_NAME, "application/toml")


@router.post("/checks/{check}/aside")
def set_aside(check: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    found = find(at, check)
    fingerprint, reason = form.one("fingerprint"), form.one("reason").strip()[:MOST_LETTERS]
    place = _place(found, fingerprint)
    if not reason:
        errors = {place.replace("finding", "reason"): NO_REASON}
        return result_page(request, at, asking, found, wanted_in(form.one("filter"), at), errors=errors)
    try:
        reasons = SetAside(found.decisions).with_one(fingerprint, reason).reasons
    except BadSetting:
        raise Problem(400, NOT_FOUND) from None
    _decide(at, found, reasons)
    if found.case and found.session is None:
        with at.store.together():
            at.store.decisions.set_aside(found.case, asking.account, fingerprint, reasons[fingerprint])
            at.store.audit.write(asking.account, "set aside", f"case {found.case}", request.state.request_id)
    return _back(check, form.one("filter"), place)


@router.post("/checks/{check}/take-up")
def take_up(check: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """Taken up twice is taken up."""
    found = find(at, check)
    fingerprint = form.one("fingerprint")
    place = _place(found, fingerprint)
    _decide(at, found, {one: reason for one, reason in found.decisions.items() if one != fingerprint})
    if found.case and found.session is None:
        with at.store.together():
            at.store.decisions.take_up(found.case, fingerprint)
            at.store.audit.write(asking.account, "took up", f"case {found.case}", request.state.request_id)
    return _back(check, form.one("filter"), place)


def _decide(at: Desk, check: Check, reasons: Mapping[str, str]) -> None:
    """A check that is held holds what was decided in it."""
    if check.session is not None:
        at.held.change(check.id, decisions=reasons)


def _place(check: Check, fingerprint: str) -> str:
    """The finding's place on the page; raises Problem 404."""
    found = check.result.findings if check.result else ()
    for number, finding in enumerate(found, start=1):
        if finding.fingerprint == fingerprint:
            return f"finding-{number}"
    raise Problem(404, NOT_FOUND)


def _back(check: str, filter: str, place: str) -> RedirectResponse:
    query = f"?{filter}" if filter and set(filter) <= _IN_A_QUERY else ""
    return RedirectResponse(f"/checks/{check}{query}#{place}", 303)


_IN_A_QUERY = set("abcdefghijklmnopqrstuvwxyz0123456789-=&")
