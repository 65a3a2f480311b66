"""*This is a false alarm*: recorded at once, with a reason and the passage's words only where the user adds them.

Administrators see what was recorded, counted by rule; nothing else of any report.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.rendering.csv import safe
from qualitycheck.service.access.things import works_on_check
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.false_alarms import alarm_id
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
MOST_SAID = 1000  # characters of a reason
COLUMNS = ("reported", "criterion", "rule", "confidence", "tool", "reason", "passage")
ADDRESS = "/checks/{check}/false-alarm/{fingerprint}"


@dataclass(frozen=True, slots=True)
class Doubted:
    """What is said to be wrong: a finding, by its fingerprint, or what is said of an element, by the element's id."""

    criterion: str
    rule: str
    confidence: float
    words: str  # of the passage
    place: str  # on the page of the result
    is_finding: bool


@router.get(ADDRESS)
def false_alarm(
    request: Request, at: AtDesk, asking: Asking, check: str, fingerprint: str, added: bool = False
) -> Response:
    of = find(at, check)
    doubted = _doubted(of, fingerprint)
    return page(
        request,
        "false-alarm.html",
        check=of,
        fingerprint=fingerprint,
        doubted=doubted,
        title=at.rulebook.criteria[doubted.criterion].title,
        recorded=at.store.false_alarms.get(alarm_id(check, fingerprint)),
        added=added,
        most=MOST_SAID,
        may_set_aside=doubted.is_finding and fingerprint not in of.decisions and works_on_check(asking, at, check),
    )


@router.post(ADDRESS)
def report(request: Request, at: AtDesk, asking: Asking, check: str, fingerprint: str, form: AnyForm) -> Response:
    """Record it; with a `reason` in the form, put down what the user says of it, instead of what was there."""
    of = find(at, check)
    doubted = _doubted(of, fingerprint)
    id = alarm_id(check, fingerprint)
    alarms = at.store.false_alarms
    case = of.case if of.session is None else None
    name = f"case {case}, false alarm {id}" if case else f"false alarm {id}"

    def write(action: str) -> None:
        at.store.audit.write(asking.account, action, name, request.state.request_id)

    if alarms.get(id) is None:
        with at.store.together():
            alarms.add(doubted.criterion, doubted.rule, doubted.confidence, at.tool, case, id=id)
            write("reported a false alarm")
    here = f"/checks/{check}/false-alarm/{fingerprint}"
    if "reason" not in form.fields:
        return RedirectResponse(here, 303)
    reason = form.one("reason").strip()
    if len(reason) > MOST_SAID:
        raise Problem(400, f"The reason is longer than {MOST_SAID:,} characters: say it in fewer words.")
    with_passage = form.one("passage") == "yes"
    with at.store.together():
        alarms.update(id, reason, doubted.words if with_passage else None)
        write("gave a reason and the passage" if with_passage else "gave a reason")
    return RedirectResponse(f"{here}?added=1", 303)


@router.get("/administration/false-alarms")
def false_alarms(request: Request, at: AtDesk, asking: Asking) -> Response:
    at.store.audit.write(asking.account, "opened the false alarms", "false alarms", request.state.request_id)
    alarms = at.store.false_alarms.all()
    counts = Counter((alarm.criterion, alarm.rule) for alarm in alarms)
    by_rule = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return page(request, "false-alarms.html", alarms=alarms, by_rule=by_rule, criteria=at.rulebook.criteria)


@router.get("/administration/false-alarms.csv")
def false_alarms_csv(request: Request, at: AtDesk, asking: Asking) -> Response:
    at.store.audit.write(asking.account, "downloaded the false alarms", "false alarms", request.state.request_id)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for alarm in at.store.false_alarms.all():
        when = alarm.created.isoformat(timespec="seconds")
        row = (when, alarm.criterion, alarm.rule, alarm.confidence, alarm.tool, alarm.reason, alarm.passage or "")
        writer.writerow([safe(cell) for cell in row])
    headers = {"Content-Disposition": 'attachment; filename="false-alarms.csv"', "Cache-Control": "no-store"}
    # With a byte-order mark, so that Excel reads it as UTF-8.
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _doubted(check: Check, fingerprint: str) -> Doubted:
    """Raises Problem 404 where the check has nothing of that name."""
    result = check.result
    for number, finding in enumerate(result.findings if result else (), start=1):
        if finding.fingerprint == fingerprint:
            words, place = finding.passage.text, f"finding-{number}"
            return Doubted(finding.id, finding.rule, finding.confidence, words, place, is_finding=True)
    for element in result.elements if result else ():
        if element.id == fingerprint:
            told = f"{element.status} ({element.decided_by})"
            words, place = " … ".join(p.text for p in element.passages), f"element-{element.id}"
            return Doubted(element.id, told, element.confidence, words, place, is_finding=False)
    raise Problem(404, "This check has no such finding: go back to the result and choose it there.")
