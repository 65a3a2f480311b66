"""One report as a page: its text with the passages marked, what to fix first and the elements beside it.

One self-contained file: no script, no font, no image, nothing fetched. Everything is reached by links and by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

import jinja2

from qualitycheck.document import Document, Paragraph
from qualitycheck.priorities import what_to_fix_first
from qualitycheck.rendering.wording import LEVELS, STATUSES, TYPES
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Status
from qualitycheck.rulebook.schema import Criterion

_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n"}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph under the same findings; `numbers` are the findings', from 1."""

    text: str
    numbers: tuple[int, ...]
    level: Level | None
    shows: bool  # it shows an element


@dataclass(frozen=True)
class Line:
    """One paragraph as the page shows it."""

    index: int
    label: str | None
    heading: int | None  # level of the HTML heading
    pieces: tuple[Piece, ...]
    notes: tuple[int, ...]  # indices of its footnotes' paragraphs
    part: str


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


def render(
    report: ReportResult, document: Document, criteria: Mapping[str, Criterion], tool: Mapping[str, str | None]
) -> str:
    """The page as text; the same for the same result."""
    return _template().render(
        report=report,
        first=what_to_fix_first(report),
        blocks=list(_blocks(report, document)),
        numbered=list(enumerate(report.findings, start=1)),
        elements=_by_level(report.elements),
        met=sum(element.status is Status.MET for element in report.elements),
        numbers={finding.fingerprint: n for n, finding in enumerate(report.findings, start=1)},
        criteria=criteria,
        levels=LEVELS,
        statuses=STATUSES,
        type_name=TYPES[report.type],
        tool=tool,
        hidden=len(document.hidden),
        comments=len(document.comments),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("qualitycheck.rendering"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("result.html")


def _by_level(elements: tuple[Element, ...]) -> list[Element]:
    """Must-fix first; in the order of the catalogue within a level."""
    return sorted(elements, key=lambda element: element.level.rank if element.level else len(Level))


def _blocks(report: ReportResult, document: Document) -> Iterator[Line | Table]:
    """The report's paragraphs in reading order, those of a table together."""
    findings: dict[int, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(report.findings, start=1):
        findings.setdefault(finding.passage.paragraph, []).append((number, finding))
    shown: dict[int, list[Passage]] = {}
    for element in report.elements:
        for passage in element.passages:
            shown.setdefault(passage.paragraph, []).append(passage)

    def line(paragraph: Paragraph) -> Line:
        pieces = _pieces(paragraph, findings.get(paragraph.index, []), shown.get(paragraph.index, []))
        return Line(
            paragraph.index,
            paragraph.label,
            min(paragraph.heading_level + 2, 6) if paragraph.heading_level and not paragraph.cell else None,
            tuple(pieces),
            tuple(note for _, note in paragraph.note_refs),
            paragraph.part.value,
        )

    for table, group in groupby(document.paragraphs, key=_table_of):
        if table is None:
            yield from map(line, group)
            continue
        cells: dict[int, dict[int, list[Line]]] = {}
        for paragraph in group:
            assert paragraph.cell is not None
            cells.setdefault(paragraph.cell.row, {}).setdefault(paragraph.cell.column, []).append(line(paragraph))
        yield Table(tuple(tuple(tuple(lines) for lines in row.values()) for row in cells.values()))


def _table_of(paragraph: Paragraph) -> int | None:
    return paragraph.cell.table if paragraph.cell else None


def _pieces(paragraph: Paragraph, findings: list[tuple[int, Finding]], shown: list[Passage]) -> Iterator[Piece]:
    """The paragraph cut wherever a marked passage begins or ends."""
    edges = {0, len(paragraph.text)}
    for _, finding in findings:
        edges |= {finding.passage.start, finding.passage.end}
    for passage in shown:
        edges |= {passage.start, passage.end}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        here = [(n, f) for n, f in findings if f.passage.start <= start and end <= f.passage.end]
        level = min((f.level for _, f in here), key=lambda found: found.rank, default=None)
        shows = any(passage.start <= start and end <= passage.end for passage in shown)
        text = paragraph.text[start:end].translate(_CONTROLS)
        yield Piece(text, tuple(n for n, _ in here), level, shows)
