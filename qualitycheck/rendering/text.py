"""Results for a terminal of 80 columns: what to fix first, the elements, the findings in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill, shorten

from qualitycheck.comparison import Comparison
from qualitycheck.priorities import what_to_fix_first
from qualitycheck.rendering.wording import LEVELS, STATUSES, TYPES
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Result, Status
from qualitycheck.rulebook.schema import Criterion

WIDTH = 80
Criteria = Mapping[str, Criterion]

_SIGN = {Status.MET: "+", Status.PARTIAL: "~", Status.MISSING: "!", Status.NOT_APPLICABLE: " "}
_COLOUR = {Level.MUST_FIX: "31", Level.SHOULD_FIX: "33", Level.CONSIDER: "36"}


def render(result: Result, criteria: Criteria, *, colour: bool = False) -> str:
    """All reports, one after another; the last line always ends."""
    return "\n\n".join("\n".join(_report(report, criteria, colour)) for report in result.reports) + "\n"


def _report(report: ReportResult, criteria: Criteria, colour: bool) -> Iterator[str]:
    yield _bold(report.file, colour)
    if report.error:
        yield fill(report.error.message, WIDTH)
        return
    yield fill(_about(report), WIDTH)
    yield from _not_run(report)
    if report.type == "other":
        yield fill(f"Nothing was judged. {report.type_reason}", WIDTH)
        return
    yield from _first(report, criteria, colour)
    yield from _elements(report, criteria, colour)
    yield from _findings(report, criteria, colour)
    yield from _notes(report)


def _about(report: ReportResult) -> str:
    stage = f"{report.stage} " if report.stage else ""
    children = ", ".join(child.name for child in report.children)
    return f"{stage}{TYPES[report.type]}, {report.words:,} words" + (f", about {children}" if children else "")


def _first(report: ReportResult, criteria: Criteria, colour: bool) -> Iterator[str]:
    yield ""
    first = what_to_fix_first(report)
    if not first:
        yield "Nothing to fix was found. That does not mean that all is well: read it once more."
        return
    yield _bold("What to fix first", colour)
    for number, item in enumerate(first, start=1):
        about = f" ({', '.join(item.children)})" if item.children else ""
        status = f": {STATUSES[item.element.status]}" if item.element else ""
        where = f", {shorten(item.where, 30, placeholder='...')}" if item.where else ""
        line = shorten(f"{number}. {criteria[item.id].title}{status}{about}{where}", WIDTH, placeholder="...")
        yield _painted(line, item.level, colour)


def _elements(report: ReportResult, criteria: Criteria, colour: bool) -> Iterator[str]:
    yield ""
    met = sum(element.status is Status.MET for element in report.elements)
    yield _bold(f"What the report must contain: {met} of {len(report.elements)} met", colour)
    yield "  + met   ~ partial   ! not found   ? a person must read"
    ordered = sorted(report.elements, key=lambda element: element.level.rank if element.level else len(Level))
    for element in ordered:
        sign = "?" if element.needs_reading else _SIGN[element.status]
        level = f" [{LEVELS[element.level]}]" if element.level else ""
        line = f"{sign} {criteria[element.id].title}: {STATUSES[element.status]}{level}"
        yield _painted(f"  {line}", element.level, colour)
        if element.level:
            yield _indented(element.reason, 6)
            yield from _by_child(element, report)
            if element.passages:
                yield _indented(_quoted(element.passages[0]), 6)


def _by_child(element: Element, report: ReportResult) -> Iterator[str]:
    if len(report.children) > 1 and element.by_child:
        yield _indented("; ".join(f"{child.name}: {STATUSES[child.status]}" for child in element.by_child), 6)


def _findings(report: ReportResult, criteria: Criteria, colour: bool) -> Iterator[str]:
    yield ""
    yield _bold(f"At a passage: {len(report.findings)}", colour)
    section = None
    for finding in report.findings:
        if finding.passage.section != section:
            section = finding.passage.section
            yield ""
            yield f"  {shorten(section or 'Before the first heading', WIDTH - 2, placeholder='...')}"
        yield from _finding(finding, criteria, colour)


def _finding(finding: Finding, criteria: Criteria, colour: bool) -> Iterator[str]:
    yield _painted(
        f"  - {criteria[finding.id].title} [{LEVELS[finding.level]}] {finding.fingerprint}", finding.level, colour
    )
    yield _indented(_quoted(finding.passage), 6)
    yield _indented(finding.message, 6)
    for passage in finding.related:
        yield _indented(f"against {_quoted(passage)}", 6)
    for passage in finding.support:
        yield _indented(f"nearest: {_quoted(passage)}", 6)
    yield _indented(f"> {finding.suggestion}", 6)
    yield _indented(f"({finding.source})", 6)


def _notes(report: ReportResult) -> Iterator[str]:
    yield ""
    if report.unread:
        seen = ", ".join(f"{unread.count} {unread.what}" for unread in report.unread)
        yield fill(f"Seen in the file and not read: {seen}.", WIDTH)
    for fingerprint, reason in report.set_aside:
        yield fill(f"Set aside: {fingerprint}, {reason}", WIDTH, subsequent_indent="  ")
    yield fill(
        "This is help with reading, not a judgement: it says what was looked for and not found. You decide.", WIDTH
    )


def _not_run(report: ReportResult) -> Iterator[str]:
    for rule in report.not_run:
        yield fill(f"NOT RUN: {rule.rule}: {rule.reason}", WIDTH, subsequent_indent="  ")


def _quoted(passage: Passage) -> str:
    place = f"{passage.label} " if passage.label else ""
    return f'{place}"{shorten(passage.text, 200, placeholder=" ...")}"'


def _indented(text: str, by: int) -> str:
    return fill(text, WIDTH, initial_indent=" " * by, subsequent_indent=" " * by)


def _bold(text: str, colour: bool) -> str:
    return f"\033[1m{text}\033[0m" if colour else text


def _painted(text: str, level: Level | None, colour: bool) -> str:
    return f"\033[{_COLOUR[level]}m{text}\033[0m" if colour and level else text


def render_comparison(comparison: Comparison, criteria: Criteria) -> str:
    """Fixed, still there, new, in that order."""
    lines: list[str] = []
    for title, elements, findings in (
        ("Fixed", comparison.elements_fixed, comparison.fixed),
        ("Still there", comparison.elements_still_there, comparison.still_there),
        ("New", comparison.elements_new, comparison.new),
    ):
        lines.append(f"{title}: {len(elements) + len(findings)}")
        lines += [f"  {criteria[element.id].title}: {STATUSES[element.status]}" for element in elements]
        for finding in findings:
            lines.append(f"  {criteria[finding.id].title}, {finding.fingerprint}")
            lines.append(_indented(_quoted(finding.passage), 6))
        lines.append("")
    return "\n".join(lines)


def list_criteria(criteria: Criteria) -> str:
    """Every criterion on a line: id, what it is for, title."""
    lines = []
    for kind, heading in (("element", "What a report must contain"), ("finding", "What may be wrong at a passage")):
        lines.append(heading)
        for criterion in criteria.values():
            if criterion.kind == kind:
                only = " (section 31)" if len(criterion.report_types) == 1 else ""
                lines.append(f"  {criterion.id:26}{criterion.title}{only}")
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
