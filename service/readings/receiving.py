"""A report that a manager uploaded for reading: once it is checked it is kept in a case, and its reading begins."""

from __future__ import annotations

from dataclasses import replace

from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check, State
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings.changing import on_record
from qualitycheck.service.readings.sending import OTHER_TYPE


def refusal(check: Check) -> str:
    """Why a report that was checked cannot be read; empty where it can."""
    if check.result is None or check.result.error is not None or check.state is State.REFUSED:
        return (
            f"This file {check.result.error.message}." if check.result and check.result.error else "It was not checked."
        )
    return OTHER_TYPE if check.result.type == "other" else ""


def begin(at: Desk, asking: Who, check: Check, request_id: str) -> str:
    """Keep it in a new case of its author, or of its reader where the author has no account; the reading's id.

    Whoever uploaded it reads it. Doing it twice gives the same reading.
    """
    told, store = check.for_reading, at.store
    assert told is not None
    with store.together():
        if store.drafts.is_kept(check.id):
            place = store.drafts.place_of(check.id)
            assert place is not None
            return store.readings.of_case(place[0])[-1].id
        owner = told.author or asking.account
        case = store.cases.add(owner, told.team, told.title).id
        store.drafts.keep(case, owner, replace(check, owner=owner))
        store.audit.write(asking.account, "kept draft", f"case {case}", request_id)
        reading = store.readings.ask(
            check.id,
            told.filing,
            "manager",
            asking.account,
            asking.account,
            revealed=not at.settings.readers_judge_first,
            author_name=told.author_name,
        )
        on_record(at, asking, reading, "uploaded for reading", request_id)
    at.held.forget(check.id)
    return reading
