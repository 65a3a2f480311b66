"""The page of a result, for every route that ends at it: looked at, or with a form on it that was not filled in."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import HTMLResponse

from qualitycheck.precourt.reading import Reading, State
from qualitycheck.service.access.rules import BEFORE_COURT
from qualitycheck.service.access.things import works_on_check
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.keeping import another_in
from qualitycheck.service.desk import Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.pages.showing import Wanted, show
from qualitycheck.service.store.false_alarms import alarm_id


def result_page(
    request: Request,
    at: Desk,
    asking: Who,
    check: Check,
    wanted: Wanted | None = None,
    *,
    errors: Mapping[str, str] | None = None,
    even_another: bool = False,
) -> HTMLResponse:
    """Of a check that is done; `errors`: what is wrong with a form of the page, by the id of its field."""
    decides = works_on_check(asking, at, check.id)
    own_cases = [case for case in at.store.cases.of(asking) if case.owner == asking.account] if decides else []
    teams = at.store.people.teams()
    reading = _reading(at, asking, check)
    awaits = check.session is not None and check.case is not None  # whether it is to be kept there all the same
    return page(
        request,
        "result.html",
        400 if errors else 200,
        check=check,
        showing=show(check, wanted or Wanted(), even_another=even_another),
        even_another=even_another,
        criteria=at.rulebook.criteria,
        decides=decides,
        case=at.store.cases.get(check.case) if check.case else None,
        reading=reading,
        may_send=decides and check.session is None and asking.is_any(BEFORE_COURT) and _may_be_sent(reading, check),
        unlike=another_in(at, check, check.case) if awaits and check.case else None,
        own_cases=own_cases,
        own_teams={id: name for id, name in teams.items() if id in asking.teams},
        reported=_reported(at, check),
        errors=errors or {},
    )


def _reading(at: Desk, asking: Who, check: Check) -> Reading | None:
    """The newest reading of the report that concerns whoever asks."""
    if check.case is None or check.session is not None:
        return None
    return next(
        (one for one in at.store.readings.of_case(check.case) if at.store.readings.concerns(one.id, asking)), None
    )


def _may_be_sent(reading: Reading | None, check: Check) -> bool:
    """For reading: none is going on, or the one that is waits for a draft like this."""
    if reading is None or not reading.is_open:
        return True
    return reading.state is State.WITH_AUTHOR and (check.number or 0) > reading.last.draft_number


def wanted_in(filter: str, at: Desk) -> Wanted:
    """The filter that a form brings along, as it stands in an address."""
    told = parse_qs(filter)
    return Wanted.told(told.get("level", [""])[0], told.get("criterion", [""])[0], at.rulebook.criteria)


def _reported(at: Desk, check: Check) -> set[str]:
    """The fingerprints of findings, and ids of elements, that were reported as false alarms."""
    assert check.result is not None
    doubted = [finding.fingerprint for finding in check.result.findings]
    doubted += [element.id for element in check.result.elements]
    ids = {alarm_id(check.id, one): one for one in doubted}
    return {ids[id] for id in at.store.false_alarms.among(ids)}
