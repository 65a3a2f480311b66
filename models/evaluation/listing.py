"""For those who mend rules: every miss and false alarm in a line, and how often each rule's answer is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from qualitycheck.measuring.outcome import Outcome, outcome_of, spots_of
from qualitycheck.measuring.places import locate, mark_of, match, overlap
from qualitycheck.models.evaluation.reports import Report, read_reports
from qualitycheck.pipeline import Settings, check_document
from qualitycheck.result import Finding, Passage, ReportResult

PRIOR = 4.0  # answers as good as the average, added to those seen of each rule


class Judged(NamedTuple):
    """A labelled report and what the checker made of it."""

    report: Report
    result: ReportResult
    outcome: Outcome


def labelled_reports(folder: Path, settings: Settings = Settings()) -> Iterator[Judged]:
    """The labelled reports of a folder, checked; by the rules alone unless the settings have a judge."""
    for report in read_reports(folder):
        result = check_document(report.document, settings)
        yield Judged(report, result, outcome_of(report.document, result, report.labels))


def measure(reports: Iterable[Judged]) -> list[Outcome]:
    return [report.outcome for report in reports]


def errors(judged: Judged) -> Iterator[str]:
    """What is wrong in one report, each with the words it is about."""
    yield from _wrong_statuses(judged)
    yield from _wrong_flags(judged)


def _wrong_statuses(judged: Judged) -> Iterator[str]:
    elements = {element.id: element for element in judged.result.elements}
    for answer in judged.outcome.answers:
        if not answer.right:
            gold = " | ".join(judged.report.label["gold"]["elements"][answer.element].get("evidence", []))
            ours = _words(elements[answer.element].passages) if answer.element in elements else ""
            told = f"{judged.report.id} {answer.element}: labelled {answer.labelled}, judged {answer.judged}"
            yield f"{told} ({answer.confidence:.2f})\n      gold: {gold}\n      ours: {ours}"


def _wrong_flags(judged: Judged) -> Iterator[str]:
    report, flags = judged.report, judged.result.findings
    labelled = report.labels.findings or ()
    faults = spots_of(report.document, labelled)
    marks = [mark_of(flag) for flag in flags]
    matched = match(marks, faults)
    for number in matched.missed:
        fault = labelled[number]
        yield f"{report.id} MISSED {fault.rule}: {fault.quote} || {fault.other or ''}"
    for number in matched.false:
        others = [id_ for id_, spots in faults if any(overlap(marks[number].spot, spot) for spot in spots)]
        note = f" (labelled {', '.join(others)})" if others else ""
        flag = flags[number]
        yield f"{report.id} FALSE {_told(flag)}{note}: {flag.passage.text} || {_words(flag.related)}"
    for sound in report.labels.clean:
        spot = locate(report.document, sound.quote)
        for flag, mark in zip(flags, marks, strict=True):
            if spot and overlap(mark.spot, spot):
                yield f"{report.id} CLEAN FLAGGED as {_told(flag)}: {sound.quote}"


def _told(flag: Finding) -> str:
    return f"{flag.id} [{flag.rule} {flag.confidence:.2f}]"


def _words(passages: Iterable[Passage]) -> str:
    return " | ".join(passage.text for passage in passages)


def confidences(outcomes: Iterable[Outcome]) -> dict[str, dict[str, float]]:
    """How often each answer of each rule is right, by rule id: an element's statuses, or "flag".

    Few reports say little of one rule, so each share is drawn towards that of all rules together as if PRIOR more
    answers had been seen (the mean of a beta distribution).
    """
    given, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for outcome in outcomes:
        answers = [(answer.element, answer.judged, answer.right) for answer in outcome.answers]
        for rule, told, is_right in [*answers, *((flag.rule, "flag", flag.right) for flag in outcome.flags)]:
            given[rule, told] += 1
            right[rule, told] += is_right
    overall = {
        told: sum(right[key] for key in given if key[1] == told) / sum(given[key] for key in given if key[1] == told)
        for told in {told for _, told in given}
    }
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for rule, told in sorted(given):
        share = (right[rule, told] + PRIOR * overall[told]) / (given[rule, told] + PRIOR)
        shares[rule][str(told)] = round(share, 2)
    return dict(shares)
