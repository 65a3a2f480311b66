"""Results for a terminal of 80 columns: what to fix first, the elements, the findings in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill, shorten

from qualitycheck.comparison import Comparison
from qualitycheck.priorities import First, by_level, lacking_by_child, what_to_fix_first
from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.wording import CAVEAT, LEVELS, NOT_SURE, STATUSES, TYPES, elements_met, place_of
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Result, Status
from qualitycheck.rulebook.schema import Criterion

WIDTH = 80
Criteria = Mapping[str, Criterion]

_SIGN = {Status.MET: "+", Status.PARTIAL: "~", Status.MISSING: "!", Status.NOT_APPLICABLE: " "}
_BOLD = "1"
_COLOUR = {Level.MUST_FIX: "31", Level.SHOULD_FIX: "33", Level.CONSIDER: "36"}


@dataclass(frozen=True)
class _Line:
    """Text of one or more lines of at most 80 characters, and its look (an ANSI code) where colour helps."""

    text: str = ""
    look: str = ""


def render(result: Result, criteria: Criteria, *, colour: bool = False) -> str:
    """All reports, one after another; the last line always ends."""
    return "\n\n".join(_drawn(_report(report, criteria), colour) for report in result.reports) + "\n"


def _drawn(lines: Iterable[_Line], colour: bool) -> str:
    drawn = ((plain(line.text), line.look) for line in lines)
    return "\n".join(f"\033[{look}m{text}\033[0m" if colour and look else text for text, look in drawn)


def _report(report: ReportResult, criteria: Criteria) -> Iterator[_Line]:
    yield _Line(_filled(report.file), _BOLD)
    if report.error:
        yield _Line(_filled(report.error.message))
        return
    yield _Line(_filled(_about(report)))
    for rule in report.not_run:
        yield _Line(_filled(f"NOT RUN: {rule.rule}: {rule.reason}"), _COLOUR[Level.MUST_FIX])
    if report.type == "other":
        yield _Line(_filled(f"Nothing was judged. {report.type_reason}"))
        return
    yield from _first(report, criteria)
    yield from _elements(report, criteria)
    yield from _findings(report, criteria)
    yield from _notes(report)


def _about(report: ReportResult) -> str:
    stage = f"{report.stage} " if report.stage else ""
    about = f"{stage}{TYPES[report.type]}, {report.words:,} words"
    children = ", ".join(child.name for child in report.children)
    return about[0].upper() + about[1:] + (f", about {children}" if children else "")


def _first(report: ReportResult, criteria: Criteria) -> Iterator[_Line]:
    yield _Line()
    first = what_to_fix_first(report)
    if not first:
        yield _Line(_filled("Nothing to fix was found. That does not mean that all is well: read it once more."))
        return
    yield _Line("What to fix first", _BOLD)
    for number, item in enumerate(first, start=1):
        yield _Line(_one_line(f"{number}. {_told(item, criteria)}"), _COLOUR[item.level])
    by_child = lacking_by_child(report)
    if by_child:
        yield _Line()
        yield _Line("For each child", _BOLD)
    for child, lacking in by_child:
        told = ", ".join(f"{criteria[element].title} ({STATUSES[status]})" for element, status in lacking)
        yield _Line(_indented(f"{child}: {told or 'nothing that is judged for each child is lacking'}", 2))


def _told(item: First, criteria: Criteria) -> str:
    """The thing to fix in a line: an element with its status, a finding with its place and what may be quoted."""
    title = criteria[item.id].title
    if item.element:
        for_whom = f" for {', '.join(item.children)}" if item.children else ""
        not_sure = f" ({NOT_SURE})" if item.needs_reading else ""
        place = f", {item.where}" if item.where else ""
        return f"{title}: {STATUSES[item.element.status]}{not_sure}{for_whom}{place}"
    return f"{title}, {item.where or 'at the top'}" + (f': "{item.quotation}"' if item.quotation else "")


def _elements(report: ReportResult, criteria: Criteria) -> Iterator[_Line]:
    yield _Line()
    met, of = elements_met(report)
    yield _Line(f"What the report must contain: {met} of {of} met", _BOLD)
    yield _Line("  + met   ~ partial   ! not found   ? a person must read")
    for element in by_level(report.elements):
        sign = "?" if element.needs_reading else _SIGN[element.status]
        level = f" [{LEVELS[element.level]}]" if element.level else ""
        line = f"  {sign} {criteria[element.id].title}: {STATUSES[element.status]}{level}"
        yield _Line(line, _COLOUR[element.level] if element.level else "")
        if element.level:
            yield _Line(_indented(element.reason, 6))
            yield from _by_child(element, report)
            if element.passages:
                yield _Line(_indented(_quoted(element.passages[0]), 6))


def _by_child(element: Element, report: ReportResult) -> Iterator[_Line]:
    if len(report.children) > 1 and element.by_child:
        yield _Line(_indented("; ".join(f"{child.name}: {STATUSES[child.status]}" for child in element.by_child), 6))


def _findings(report: ReportResult, criteria: Criteria) -> Iterator[_Line]:
    yield _Line()
    yield _Line(f"At a passage: {len(report.findings)}", _BOLD)
    section = None
    for finding in report.findings:
        if finding.passage.section != section:
            section = finding.passage.section
            yield _Line()
            yield _Line(f"  {_one_line(section or 'Before the first heading', WIDTH - 2)}")
        yield from _finding(finding, criteria)


def _finding(finding: Finding, criteria: Criteria) -> Iterator[_Line]:
    head = f"  - {criteria[finding.id].title} [{LEVELS[finding.level]}] {finding.fingerprint}"
    yield _Line(head, _COLOUR[finding.level])
    yield _Line(_indented(_quoted(finding.passage), 6))
    yield _Line(_indented(finding.message, 6))
    for passage in finding.related:
        yield _Line(_indented(f"against {_quoted(passage)}", 6))
    for passage in finding.support:
        yield _Line(_indented(f"nearest: {_quoted(passage)}", 6))
    yield _Line(_indented(f"> {finding.suggestion}", 6))
    yield _Line(_indented(f"({finding.source})", 6))


def _notes(report: ReportResult) -> Iterator[_Line]:
    yield _Line()
    if report.unread:
        seen = ", ".join(f"{unread.count} {unread.what}" for unread in report.unread)
        yield _Line(_filled(f"Seen in the file and not read: {seen}."))
    for aside in report.set_aside:
        yield _Line(fill(f"Set aside: {aside.finding.fingerprint}, {aside.reason}", WIDTH, subsequent_indent="  "))
    yield _Line(_filled(CAVEAT))


def _quoted(passage: Passage) -> str:
    place = f"{place_of(passage)}: " if passage.label else ""
    return f'{place}"{shorten(passage.text, 200, placeholder=" ...")}"'


def _filled(text: str) -> str:
    return fill(text, WIDTH)


def _indented(text: str, by: int) -> str:
    return fill(text, WIDTH, initial_indent=" " * by, subsequent_indent=" " * by)


def _one_line(text: str, width: int = WIDTH) -> str:
    """The text in one line, cut where it is too long, in the middle of a word if need be."""
    whole = " ".join(text.split())
    return whole if len(whole) <= width else whole[: width - 3].rstrip() + "..."


def render_comparison(comparison: Comparison, criteria: Criteria) -> str:
    """Fixed, still there, new, in that order; and what changed where the checker is not sure, if anything."""
    lines: list[_Line] = []
    groups: list[tuple[str, tuple[Element, ...], tuple[Finding, ...]]] = [
        ("Fixed", comparison.elements_fixed, comparison.fixed),
        ("Still there", comparison.elements_still_there, comparison.still_there),
        ("New", comparison.elements_new, comparison.new),
    ]
    if comparison.elements_unsure:
        groups.append(("Not sure what changed, read these yourself", comparison.elements_unsure, ()))
    for title, elements, findings in groups:
        lines.append(_Line(f"{title}: {len(elements) + len(findings)}"))
        for element in elements:
            lines.append(_Line(f"  {criteria[element.id].title}: {STATUSES[element.status]}"))
            for child in comparison.by_child.get(element.id, ()):
                lines.append(_Line(f"      {child.name}: {STATUSES[child.before]} before, now {STATUSES[child.now]}"))
        for finding in findings:
            lines.append(_Line(f"  {criteria[finding.id].title}, {finding.fingerprint}"))
            lines.append(_Line(_indented(_quoted(finding.passage), 6)))
        lines.append(_Line())
    return _drawn(lines, colour=False)


def list_criteria(criteria: Criteria) -> str:
    """Every criterion on a line: id, what it is for, title."""
    lines = []
    for kind, heading in (("element", "What a report must contain"), ("finding", "What may be wrong at a passage")):
        lines.append(heading)
        for criterion in criteria.values():
            if criterion.kind == kind:
                only = " (section 31)" if len(criterion.report_types) == 1 else ""
                lines.append(f"  {criterion.id:28}{criterion.title}{only}")
    return "\n".join(lines)


def explain_criterion(criterion: Criterion) -> str:
    """One criterion: purpose, when it is met, law, examples, and what its flag does not mean."""
    parts = [
        ("", f"{criterion.title} ({criterion.id})"),
        ("", criterion.purpose),
        ("Met when: ", criterion.met_when),
        ("Partial when: ", criterion.partial_when),
        ("Missing when: ", criterion.missing_when),
        ("Wrong when: ", criterion.wrong_when),
        ("Not a fault: ", criterion.not_a_fault),
        ("What to do: ", criterion.what_to_do),
        ("This does not mean: ", criterion.does_not_mean),
        ("On whose authority: ", "; ".join(f"{law.source} {law.at}" for law in criterion.law)),
        ("For example: ", " / ".join(criterion.examples)),
    ]
    return "\n\n".join(fill(heading + text, WIDTH) for heading, text in parts if text)
