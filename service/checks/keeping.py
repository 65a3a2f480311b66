"""From memory into the store, where its author chose to keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualitycheck.comparison import is_another
from qualitycheck.service.checks.check import Check, Previous, State

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk


def keep(desk: Desk, check: Check, case: str, request_id: str) -> None:
    """Keep a check that is done in a case of its owner; its address stays, what was held of it is forgotten.

    What was set aside, and taken up again, in this draft holds for the case from now on. Doing it twice does no harm.
    """
    with desk.store.together():
        if not desk.store.drafts.is_kept(check.id):
            _store(desk, check, case, request_id)
    desk.held.forget(check.id)


def keep_in_new_case(desk: Desk, check: Check, title: str, team: str | None, request_id: str) -> None:
    """The same, in a case that is made for it."""
    with desk.store.together():
        if not desk.store.drafts.is_kept(check.id):  # asked before the case is made: a button may be pressed twice
            case = desk.store.cases.add(check.owner, team, title)
            _store(desk, check, case.id, request_id)
    desk.held.forget(check.id)


def keep_if_wanted(desk: Desk, check: Check, request_id: str) -> None:
    """Keep a held check that was to be kept once done.

    Its author said so with the draft ("keep this draft too"), before it was known whether it can be read. It happens
    when the page of the result is opened: somebody is there to be told if it goes wrong, and nothing is kept unseen.
    Where the case was deleted meanwhile, the check stays held; and where it looks like another family's report, its
    author is asked first.
    """
    if check.session is None or check.case is None or check.state is not State.DONE:
        return
    if desk.store.cases.get(check.case) is None:
        desk.held.change(check.id, case=None)
    elif another_in(desk, check, check.case) is None:
        keep(desk, check, check.case, request_id)


def another_in(desk: Desk, check: Check, case: str) -> Previous | None:
    """The last draft of the case, if this check looks like another report than that."""
    newest = desk.store.drafts.newest(case)
    return newest if newest and check.result and is_another(newest.result, check.result) else None


def _store(desk: Desk, check: Check, case: str, request_id: str) -> None:
    assert check.result is not None
    store = desk.store
    store.drafts.keep(case, check.owner, check)
    found = {finding.fingerprint for finding in check.result.findings}
    for fingerprint in (store.decisions.of(case).keys() & found) - check.decisions.keys():
        store.decisions.take_up(case, fingerprint)
    store.audit.write(check.owner, "kept draft", f"case {case}", request_id)
