"""What a comment says, in plain words: under which title, what is wrong, what to do, and last whose rule it is."""

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
_STATUSES = {Status.MISSING: "Not found.", Status.PARTIAL: "Partial."}
_OTHERS = {Status.MISSING: "Also not found:", Status.PARTIAL: "Also partial:"}
# Word shows no comment there: it is put elsewhere and says where it belongs (text boxes: [MS-OI29500], 2.1.315).
_ELSEWHERE = {
    Part.FOOTNOTE: "In this footnote:",
    Part.ENDNOTE: "In this endnote:",
    Part.TEXTBOX: "In this text box:",
    Part.HEADER: "In the page header:",
    Part.FOOTER: "In the page footer:",
}
_ELEMENT_LEVELS = {Level.MUST_FIX: 0, Level.SHOULD_FIX: 1, Level.CONSIDER: 2, None: 3}


def of_finding(finding: Finding, paragraph: Paragraph, criteria: Criteria) -> list[Line]:
    lines = [Line(f"{_title(finding.id, criteria)}.", _LEVELS[finding.level]), Line("", finding.message)]
    lines += elsewhere(paragraph, finding.passage)
    if finding.suggestion:
        lines.append(Line(_WHAT_TO_DO, finding.suggestion))
    lines += [Line("Compare:", _cited(passage)) for passage in finding.related]
    lines += [Line("Nearest evidence in this report:", _cited(passage)) for passage in finding.support]
    return [*lines, *_source(finding.source)]


def of_element(element: Element, paragraph: Paragraph, criteria: Criteria) -> list[Line]:
    """For an element that the report has in part: the comment at its first passage."""
    lines = [Line(f"{_title(element.id, criteria)}.", _lead(element)), Line("", element.reason)]
    lines += elsewhere(paragraph, element.passages[0])
    lines += [*_by_child(element), *_what_to_do(element, criteria)]
    criterion = criteria.get(element.id)
    return [*lines, *_source("; ".join(f"{law.source} {law.at}" for law in criterion.law) if criterion else "")]


def summary(report: ReportResult, criteria: Criteria) -> list[Line]:
    """The comment on the title: how much there is, what to fix first, and the names of what else is wanting.

    It quotes nothing that should not stand in the report (see `First.quotation`).
    """
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
        lines += [
            Line(f"{number}. {_title(each.id, criteria)}:", _told(each, criteria))
            for number, each in enumerate(first, 1)
        ]
    named = {each.id for each in first if each.element}
    for status, heading in _OTHERS.items():
        titles = [_title(each.id, criteria) for each in lacking if each.status is status and each.id not in named]
        if titles:
            lines.append(Line(heading, "; ".join(titles) + "."))
    if report.set_aside:
        lines.append(Line("Set aside:", f"{len(report.set_aside)}, with a reason for each; no comment is on them."))
    return lines


def wanting(report: ReportResult) -> list[Element]:
    """The elements that the report lacks in whole or in part, the most serious first, then in catalogue order."""
    lacking = [element for element in report.elements if element.status in _STATUSES]
    return sorted(lacking, key=lambda element: (_ELEMENT_LEVELS[element.level], element.status is not Status.MISSING))


def _told(first: First, criteria: Criteria) -> str:
    """One of the things to fix first, after its title: of what has no passage and so no comment, what to do as well."""
    if first.finding is not None:
        words = f": “{_clipped(first.quotation)}”" if first.quotation else ""
        return f"{_LEVELS[first.level]} {_upper(_where(first.finding.passage))}{words}."
    assert first.element is not None
    criterion = criteria.get(first.id)
    whom = f"For {', '.join(first.children)}." if first.children else ""
    do = criterion.what_to_do if criterion and not first.element.passages else ""
    where = f"{_upper(_where(first.element.passages[0]))}." if first.where else ""
    return " ".join(part for part in (_lead(first.element), whom, where, first.element.reason, do) if part)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _title(id_: str, criteria: Criteria) -> str:
    return criteria[id_].title if id_ in criteria else id_


def _lead(element: Element) -> str:
    level = f"{_LEVELS[element.level]} " if element.level else ""
    unsure = " Please read for yourself: the checker is not sure." if element.needs_reading else ""
    return f"{level}{_STATUSES[element.status]}{unsure}"


def _source(source: str) -> list[Line]:
    return [Line("Source:", source)] if source else []


def _by_child(element: Element) -> list[Line]:
    words = {Status.MET: "met", Status.PARTIAL: "partial", Status.MISSING: "not found"}
    told = [f"{child.name}: {words[child.status]}" for child in element.by_child if child.status in words]
    return [Line("By child:", "; ".join(told) + ".")] if told else []


def _what_to_do(element: Element, criteria: Criteria) -> list[Line]:
    criterion = criteria.get(element.id)
    return [Line(_WHAT_TO_DO, criterion.what_to_do)] if criterion else []


def elsewhere(paragraph: Paragraph, passage: Passage) -> list[Line]:
    where = _ELSEWHERE.get(paragraph.part)
    return [Line(where, f"“{_clipped(passage.text)}”")] if where else []


def quoted(passage: Passage) -> Line:
    return Line("On these words:", f"“{_clipped(passage.text)}”")


def _cited(passage: Passage) -> str:
    return f"“{_clipped(passage.text)}” ({_where(passage)})"


def _where(passage: Passage) -> str:
    if passage.label:
        return f"paragraph {passage.label.rstrip('.')}"
    return f"under “{passage.section}”" if passage.section else "before the first heading"


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED else flat[:_QUOTED].rsplit(" ", 1)[0] + " …"
