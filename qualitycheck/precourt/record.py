"""What is counted of one reading: days, criteria and outcomes; no names and no words.

It is made of what was given back only: what a reader has begun, or an author has not answered, counts as nothing. It
outlives the report, so that figures over months need no reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from qualitycheck.precourt.examining import applying
from qualitycheck.precourt.following import reads_as_before
from qualitycheck.precourt.reading import Answer, Comment, Kind, Reading, Reply, Round, Stance
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import Element, ReportResult, Status
from qualitycheck.rulebook.schema import Criterion

Said = Literal["changed", "declined", "unanswered"]
Seen = Literal["not-as-before", "as-before", "no-later-draft"]


@dataclass(frozen=True, slots=True)
class Request:
    """One action that a reader asked for, and what its author said of it."""

    criterion: str
    said: Said = "unanswered"  # declined: not changed, and why; without a reason it is unanswered
    on: date | None = None  # the day of that answer, the last one where there were several
    settled: bool | None = None  # as the reader marked it on a later draft; None: not marked
    seen: Seen | None = None  # of the passage, where it was said to be changed; None: there is none to look at


@dataclass(frozen=True, slots=True)
class Found:
    """What the checker found in one draft, whatever the author set aside."""

    elements: Mapping[str, Status]
    findings: Mapping[str, int]  # how many, by criterion; none of the others


@dataclass(frozen=True, slots=True)
class Pair:
    """One element, as the checker and the reader judged it on the draft on which the reader first did."""

    criterion: str
    checker: Status
    reader: Status
    independent: bool  # before the reader saw what the checker says
    decided_by: str = "rule"  # the checker: rule, model, rule+model


@dataclass(frozen=True, slots=True)
class Reacted:
    """The reader's last word on one finding of the checker."""

    rule: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Record:
    """One reading, counted. Fields that are new have a default, as records of before are kept for years."""

    type: str  # of the report; empty where it is not known
    kind: Kind
    asked: date
    filing: date  # due
    filed: date | None = None  # as somebody recorded
    returned: date | None = None  # the first draft, to its author; None: nothing was read yet
    signed_off: date | None = None
    withdrawn: date | None = None
    rounds: int = 0  # drafts given back
    days: tuple[int, ...] = ()  # with the reader, of each draft given back
    comments: int = 0
    requests: tuple[Request, ...] = ()  # the comments that ask for something
    judged: int = 0  # elements, on the last draft given back
    elements: int = 0  # that there were to judge on it
    kinds_judged: int = 0  # kinds of finding, on the same draft
    kinds: int = 0  # that apply to the report; 0 too in records of before they were counted
    first: Found | None = None  # in the first draft given back
    last: Found | None = None  # and in the last
    pairs: tuple[Pair, ...] = ()
    reacted: tuple[Reacted, ...] = ()


def record_of(
    reading: Reading,
    results: Mapping[str, ReportResult],
    criteria: Mapping[str, Criterion],
    zone: tzinfo | None = None,
    sheets: Mapping[str, Sheet] | None = None,
) -> Record:
    """What is counted of a reading.

    Args:
        reading: with all its rounds.
        results: by the id of the draft, of those that were given back, as far as they are there.
        criteria: of the rulebook, by id.
        zone: of its days; None: of this machine.
        sheets: the texts of all drafts that were sent, by id, to see whether a passage reads as before.
    """

    def day(when: datetime | None) -> date | None:
        return when.astimezone(zone).date() if when else None

    def sure(when: datetime) -> date:
        return when.astimezone(zone).date()

    back = [each for each in reading.rounds if each.returned]
    comments = {comment.id: comment for each in back for comment in each.said.comments}
    answers = reading.answers
    settled = {id: mark for each in back for id, mark in each.said.settled.items()}
    found = [(each, results[each.draft]) for each in back if each.draft in results]
    last = found[-1] if found else None
    return Record(
        type=found[0][1].type if found else "",
        kind=reading.kind,
        asked=sure(reading.asked),
        filing=reading.filing,
        filed=reading.filed,
        returned=day(back[0].returned) if back else None,
        signed_off=day(reading.signed_off),
        withdrawn=day(reading.withdrawn),
        rounds=len(back),
        days=tuple((sure(each.returned) - sure(each.sent)).days for each in back if each.returned),
        comments=len(comments),
        requests=tuple(
            _request(comment, answers.get(id), settled.get(id), _seen(reading, comment, sheets or {}), zone)
            for id, comment in comments.items()
            if comment.asks
        ),
        judged=sum(e.id in last[0].said.judgements for e in last[1].elements) if last else 0,
        elements=len(last[1].elements) if last else 0,
        kinds_judged=sum(id in last[0].said.judgements for id in _kinds(last[1], criteria)) if last else 0,
        kinds=len(_kinds(last[1], criteria)) if last else 0,
        first=_found(found[0][1]) if found else None,
        last=_found(last[1]) if last else None,
        pairs=tuple(_pairs(found)),
        reacted=tuple(_reacted(found)),
    )


def to_json(record: Record) -> str:
    return _json().dump_json(record).decode()


def from_json(text: str) -> Record | None:
    """None for what a later version wrote and this one cannot read; fields that are not known are passed over."""
    try:
        return _json().validate_json(text)
    except ValidationError:
        return None


@cache
def _json() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def _kinds(result: ReportResult, criteria: Mapping[str, Criterion]) -> list[str]:
    return [id for id in applying(criteria, result.type) if criteria[id].kind == "finding"]


def _seen(reading: Reading, comment: Comment, sheets: Mapping[str, Sheet]) -> Seen | None:
    """What the drafts show of what was said to be changed: the draft sent next after the answer, or else the last."""
    answer = reading.answers.get(comment.id)
    if answer is None or answer.kind != "changed":
        return None
    made = next(each for each in reading.rounds if comment in each.said.comments)
    later = [each for each in reading.rounds if each.number > made.number]
    if not later:
        return "no-later-draft"
    shown = next((each for each in later if each.sent > answer.at), later[-1])
    if comment.passage is None or made.draft not in sheets or shown.draft not in sheets:
        return None
    before = reads_as_before(comment, sheets[made.draft], sheets[shown.draft])
    return "as-before" if before else "not-as-before"


def _request(
    comment: Comment, answer: Answer | None, settled: bool | None, seen: Seen | None, zone: tzinfo | None
) -> Request:
    if answer is None or (answer.kind == "not-changed" and not answer.reason.strip()):
        return Request(comment.criterion, settled=settled)
    said: Said = "changed" if answer.kind == "changed" else "declined"
    return Request(comment.criterion, said, answer.at.astimezone(zone).date(), settled, seen)


def _found(result: ReportResult) -> Found:
    findings = Counter(finding.id for finding in result.findings)
    return Found({element.id: element.status for element in result.elements}, dict(findings))


def _pairs(found: list[tuple[Round, ReportResult]]) -> list[Pair]:
    """Of each element the first judgement: what was carried over to a later draft was given on the earlier."""
    pairs: dict[str, Pair] = {}
    for each, result in found:
        elements: dict[str, Element] = {element.id: element for element in result.elements}
        for criterion, judged in each.said.judgements.items():
            if criterion in elements and criterion not in pairs:
                of = elements[criterion]
                first = each.said.first.get(criterion)  # what they changed once they saw the checker's is not theirs
                status, independent = (judged.status, judged.independent) if first is None else (first, True)
                pairs[criterion] = Pair(criterion, of.status, status, independent, of.decided_by)
    return list(pairs.values())


def _reacted(found: list[tuple[Round, ReportResult]]) -> list[Reacted]:
    """Of each finding the last word: a reply may be carried over to the next draft, and changed there."""
    replies: dict[str, Reply] = {}
    rules: dict[str, str] = {}
    for each, result in found:
        rules.update((finding.fingerprint, finding.rule) for finding in result.findings)
        replies.update(each.said.replies)
    return [Reacted(rules[mark], reply.stance) for mark, reply in replies.items() if mark in rules]
