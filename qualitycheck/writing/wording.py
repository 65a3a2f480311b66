"""What a comment says, in plain words: what is wrong, what to do, and whose rule it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualitycheck.document import Paragraph, Part
from qualitycheck.priorities import First, what_to_fix_first
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Status
from qualitycheck.writing.comments import Line

if TYPE_CHECKING:
    from qualitycheck.rulebook.schema import Criterion

Criteria = Mapping[str, "Criterion"]  # by id

_WHAT_TO_DO = "What to do:"
_QUOTED = 160  # characters of a quotation, so that a comment stays short enough to read in the margin
_LEVELS = {Level.MUST_FIX: "Must fix.", Level.SHOULD_FIX: "Should fix.", Level.CONSIDER: "Consider."}
_COUNTED = {Level.MUST_FIX: "must fix", Level.SHOULD_FIX: "should fix", Level.CONSIDER: "to consider"}
_STATUSES = {Status.MISSING: "Missing.", Status.PARTIAL: "Incomplete."}
# Word shows no comment there: it is put elsewhere and says where it belongs (text boxes: [MS-OI29500], 2.1.315).
_ELSEWHERE = {
    Part.FOOTNOTE: "In this footnote:",
    Part.ENDNOTE: "In this endnote:",
    Part.TEXTBOX: "In this text box:",
    Part.HEADER: "In the page header:",
    Part.FOOTER: "In the page footer:",
}
_ELEMENT_LEVELS = {Level.MUST_FIX: 0, Level.SHOULD_FIX: 1, Level.CONSIDER: 2, None: 3}


def of_finding(finding: Finding, paragraph: Paragraph) -> list[Line]:
    lines = [Line(_LEVELS[finding.level], finding.message)]
    lines += _elsewhere(paragraph, finding.passage)
    if finding.suggestion:
        lines.append(Line(_WHAT_TO_DO, finding.suggestion))
    lines += [Line("Compare:", _cited(passage)) for passage in finding.related]
    lines += [Line("Nearest evidence in this report:", _cited(passage)) for passage in finding.support]
    if finding.source:
        lines.append(Line("Source:", finding.source))
    return lines


def of_element(element: Element, paragraph: Paragraph, criteria: Criteria) -> list[Line]:
    """For an element that the report has in part: the comment at its first passage."""
    lines = [Line(_lead(element), element.reason)]
    lines += _elsewhere(paragraph, element.passages[0])
    return [*lines, *_by_child(element), *_what_to_do(element, criteria)]


def summary(report: ReportResult, criteria: Criteria) -> list[Line]:
    """The comment on the title: how much there is, what to fix first, and what is missing."""
    if report.type == "other":
        return [
            Line("qualitycheck:", "nothing was judged, because this does not look like a report it knows."),
            Line("", report.type_reason),
        ]
    lacking = wanting(report)
    judged: list[Finding | Element] = [*report.findings, *lacking]
    counts = Counter(fault.level for fault in judged)
    told = [f"{counts[level]} {_COUNTED[level]}" for level in Level if counts[level]]
    lines = [Line("qualitycheck:", f"{', '.join(told) or 'nothing to fix was found'}. It flags; you judge.")]
    first = what_to_fix_first(report)
    if first:
        lines.append(Line("What to fix first", ""))
        lines += [Line(f"{number}.", _told(each)) for number, each in enumerate(first, 1)]
    if lacking:
        lines.append(Line("Missing or incomplete", ""))
        for element in lacking:
            lines += [Line(_lead(element), element.reason), *_by_child(element)]
            if not element.passages:  # of the others their own comment says it
                lines += _what_to_do(element, criteria)
    return lines


def wanting(report: ReportResult) -> list[Element]:
    """The elements that the report lacks in whole or in part, the most serious first, then in catalogue order."""
    lacking = [element for element in report.elements if element.status in _STATUSES]
    return sorted(lacking, key=lambda element: (_ELEMENT_LEVELS[element.level], element.status is not Status.MISSING))


def _told(first: First) -> str:
    """One line on one of the things to fix first."""
    if first.finding is not None:
        return f"{first.finding.message} ({_where(first.finding.passage)})"
    reason = first.element.reason if first.element is not None else ""
    return f"{reason} ({', '.join(first.children)})" if first.children else reason


def _lead(element: Element) -> str:
    level = f"{_LEVELS[element.level]} " if element.level else ""
    unsure = " Please read for yourself: the checker cannot tell." if element.needs_reading else ""
    return f"{level}{_STATUSES[element.status]}{unsure}"


def _by_child(element: Element) -> list[Line]:
    words = {Status.MET: "there", Status.PARTIAL: "incomplete", Status.MISSING: "missing"}
    told = [f"{child.name}: {words[child.status]}" for child in element.by_child if child.status in words]
    return [Line("By child:", "; ".join(told) + ".")] if told else []


def _what_to_do(element: Element, criteria: Criteria) -> list[Line]:
    criterion = criteria.get(element.id)
    return [Line(_WHAT_TO_DO, criterion.what_to_do)] if criterion else []


def _elsewhere(paragraph: Paragraph, passage: Passage) -> list[Line]:
    where = _ELSEWHERE.get(paragraph.part)
    return [Line(where, f"“{_clipped(passage.text)}”")] if where else []


def _cited(passage: Passage) -> str:
    return f"“{_clipped(passage.text)}” ({_where(passage)})"


def _where(passage: Passage) -> str:
    if passage.label:
        return f"paragraph {passage.label.rstrip('.')}"
    return f"under “{passage.section}”" if passage.section else "before the first heading"


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED else flat[:_QUOTED].rsplit(" ", 1)[0] + " …"
