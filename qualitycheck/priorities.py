"""What to fix first: the few things that matter most, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualitycheck.result import LACKING, Element, Finding, Level, Passage, ReportResult, Status

MOST = 5
QUICK_AND_GRAVE = ("template-residue", "inappropriate-content")  # seconds to mend, and a harm or a shame if filed
WITHHELD = "inappropriate-content"  # whose words no line repeats: an address that somebody must not learn
MOST_OF_ONE_KIND = 2  # so that one habit does not hide the rest


@dataclass(frozen=True)
class First:
    """One line: what it is, whom it is about where there are several children, and where.

    `quotation` is what a line may quote of the report: lines are passed on where the report is not, so it is empty
    for an element and wherever the words would repeat what should not stand in the report.
    """

    id: str
    level: Level
    element: Element | None
    finding: Finding | None
    children: tuple[str, ...] = ()  # of a per-child element: those for whom it is not met
    quotation: str = ""

    @property
    def needs_reading(self) -> bool:
        """Whether the checker is not sure of it."""
        return self.element is not None and self.element.needs_reading

    @property
    def where(self) -> str:
        """The place as a reader would name it: the paragraph's number, or the section; nothing for what is missing."""
        if self.element and self.element.status is Status.MISSING:
            return ""
        passage = (
            self.finding.passage if self.finding else next(iter(self.element.passages), None) if self.element else None
        )
        return place_of(passage) if passage else ""


def place_of(passage: Passage) -> str:
    """Where a passage stands, as a reader would name it: "paragraph 27", or its section, or nothing."""
    return f"paragraph {passage.label.rstrip('.')}" if passage.label else passage.section


def what_to_fix_first(report: ReportResult) -> tuple[First, ...]:
    """At most five: by level, and within it what the checker is sure of before what a person must read.

    Then what is quick and grave, what is missing, and the rest; the surest first.
    """
    withheld = [finding.passage for finding in report.findings if finding.id == WITHHELD]
    ranked = sorted(
        [
            (_element_rank(e, i), First(e.id, e.level, e, None, _lacking(e, report)))
            for i, e in enumerate(report.elements)
            if e.level
        ]
        + [
            (_finding_rank(f, i), First(f.id, f.level, None, f, (), _quotation(f, withheld)))
            for i, f in enumerate(report.findings)
        ],
        key=lambda pair: pair[0],
    )
    chosen: list[First] = []
    for _, first in ranked:
        if sum(other.id == first.id for other in chosen) < MOST_OF_ONE_KIND:
            chosen.append(first)
    return tuple(chosen[:MOST])


def by_level(elements: Iterable[Element]) -> list[Element]:
    """Must-fix first; in the order they came, which is the catalogue's, within a level."""
    return sorted(elements, key=lambda element: element.level.rank if element.level else len(Level))


def _element_rank(element: Element, position: int) -> tuple[int, bool, int, float, int]:
    assert element.level is not None
    kind = 1 if element.status is Status.MISSING else 2
    return element.level.rank, element.needs_reading, kind, -element.confidence, position


def _finding_rank(finding: Finding, position: int) -> tuple[int, bool, int, float, int]:
    return finding.level.rank, False, 0 if finding.id in QUICK_AND_GRAVE else 2, -finding.confidence, position


def _quotation(finding: Finding, withheld: list[Passage]) -> str:
    """The words of a finding, unless they are, hold or touch what should not stand in the report."""
    return finding.passage.text if may_be_quoted(finding.passage, withheld) else ""


def may_be_quoted(passage: Passage, withheld: Iterable[Passage]) -> bool:
    """Whether a passage neither is, holds nor touches what should not stand in the report."""
    return not any(_touch(passage, other) or other.text in passage.text for other in withheld)


def _touch(one: Passage, other: Passage) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and other.start < one.end


def lacking_by_child(report: ReportResult) -> list[tuple[str, list[tuple[str, Status]]]]:
    """For each of several children, the elements judged for each child that are partial or missing for this one.

    Empty where there is one child only, or where nothing is lacking for any of them.
    """
    lacking = {
        child.name: [
            (element.id, judged.status)
            for element in report.elements
            for judged in element.by_child
            if judged.name == child.name and judged.status in LACKING
        ]
        for child in report.children
    }
    return list(lacking.items()) if len(lacking) > 1 and any(lacking.values()) else []


def _lacking(element: Element, report: ReportResult) -> tuple[str, ...]:
    """The children an element is lacking for, where it is not so for all of them."""
    lacking = tuple(child.name for child in element.by_child if child.status in LACKING)
    return lacking if len(report.children) > 1 and len(lacking) < len(element.by_child) else ()
