"""What came of one report: each answer beside its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualitycheck.document import Document
from qualitycheck.measuring.labels import Fault, Labels
from qualitycheck.measuring.places import Spot, locate, mark_of, match, overlap
from qualitycheck.result import ReportResult

NOT_JUDGED = "not judged"


class Answer(NamedTuple):
    """The status given to an element, and the one that the reader gave it."""

    element: str
    labelled: str
    judged: str
    confidence: float
    needs_reading: bool

    @property
    def right(self) -> bool:
        return self.labelled == self.judged


class Flagged(NamedTuple):
    """A flag; `right` when it finds a labelled fault."""

    id: str
    rule: str
    confidence: float
    right: bool


@dataclass(frozen=True)
class Outcome:
    """One report: elements that were labelled and, where faults were, those found and missed and the false flags."""

    name: str
    answers: tuple[Answer, ...]
    faults_labelled: bool
    flags: tuple[Flagged, ...] = ()
    found: tuple[str, ...] = ()  # ids of faults
    missed: tuple[str, ...] = ()
    clean: int = 0  # quotations that look like faults and are none
    clean_flagged: int = 0


class Lost(ValueError):
    """A labelled quotation stands in no single paragraph; says which, and never quotes it."""


def outcome_of(document: Document, result: ReportResult, labels: Labels) -> Outcome:
    """The report's answers beside its labels; raises Lost where a quotation is not in the document."""
    judged = {element.id: element for element in result.elements}
    answers = []
    for id_, label in labels.elements.items():
        element = judged.get(id_)
        if element:
            answer = Answer(id_, label.status, element.status, element.confidence, element.needs_reading)
        else:
            answer = Answer(id_, label.status, NOT_JUDGED, 1.0, False)
        answers.append(answer)
    if labels.findings is None:
        return Outcome(result.file, tuple(answers), faults_labelled=False)
    marks = [mark_of(finding) for finding in result.findings]
    matched = match(marks, spots_of(document, labels.findings))
    right = {flag for flags in matched.found.values() for flag in flags}
    clean = [_located(document, sound.quote, 1, f"clean {n}") for n, sound in enumerate(labels.clean, start=1)]
    return Outcome(
        result.file,
        tuple(answers),
        faults_labelled=True,
        flags=tuple(
            Flagged(finding.id, finding.rule, finding.confidence, number in right)
            for number, finding in enumerate(result.findings)
        ),
        found=tuple(labels.findings[number].rule for number in matched.found),
        missed=tuple(labels.findings[number].rule for number in matched.missed),
        clean=len(clean),
        clean_flagged=sum(any(overlap(mark.spot, spot) for mark in marks) for spot in clean),
    )


def spots_of(document: Document, faults: Sequence[Fault]) -> list[tuple[str, list[Spot]]]:
    """Each fault's id and place, and for a contradiction the other one too; raises Lost."""
    found = []
    for number, fault in enumerate(faults, start=1):
        spots = [_located(document, fault.quote, fault.occurrence, f"finding {number} ({fault.rule})")]
        if fault.rule == "inconsistent-fact" and fault.other and (other := locate(document, fault.other)):
            spots.append(other)
        found.append((fault.rule, spots))
    return found


def _located(document: Document, quote: str, occurrence: int, which: str) -> Spot:
    spot = locate(document, quote, occurrence)
    if spot is None:
        raise Lost(which)
    return spot
