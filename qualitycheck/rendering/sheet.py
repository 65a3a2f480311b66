"""A report laid out for reading: its text in blocks, cut where a marked passage begins or ends.

Plain values, free of HTML: every page that shows a report shows it from these, and they go to JSON and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from qualitycheck.document import Document, Paragraph, Part
from qualitycheck.result import Finding, Level, Passage, ReportResult

GroupKind = Literal["plain", "list", "textbox", "note"]


@dataclass(frozen=True, slots=True)
class Note:
    """A reference to a footnote or endnote: its number, and the index of its first paragraph."""

    label: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph under the same findings; findings are named by their number, from 1."""

    text: str
    begin: tuple[int, ...]  # findings that begin here
    end: tuple[int, ...]  # findings that end here
    level: Level | None  # the most serious of the findings it is part of
    shows: bool  # it shows an element
    notes: tuple[Note, ...]  # referred to right after it


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as the page shows it."""

    index: int
    label: str | None  # None too where the text itself begins with it
    heading: int | None  # level of the HTML heading
    indent: int  # of a list's item, from 0
    pieces: tuple[Piece, ...]
    back: int | None  # of a note: the paragraph that refers to it


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: "list" (of bullets), "textbox" or "note"; "plain" where each stands for itself."""

    kind: GroupKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    groups: tuple[Group, ...]
    span: int
    is_label: bool  # it says what the rest of its row is


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[TableCell, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole report: its blocks in reading order, and what stands in the headers and footers of its pages."""

    blocks: tuple[Group | Table, ...]
    margins: tuple[str, ...]


def lay_out(result: ReportResult, document: Document) -> Sheet:
    """The report's text; its findings marked, numbered from 1 in the order of the result, and what shows an element."""
    return Sheet(tuple(_Body(result, document).blocks()), tuple(paragraph.text for paragraph in document.margins))


class _Body:
    """The report's text, in the blocks the page shows."""

    def __init__(self, report: ReportResult, document: Document) -> None:
        self._document = document
        self._findings: dict[int, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(report.findings, start=1):
            self._findings.setdefault(finding.passage.paragraph, []).append((number, finding))
        self._shown: dict[int, list[Passage]] = {}
        for element in report.elements:
            for passage in element.passages:
                self._shown.setdefault(passage.paragraph, []).append(passage)
        self._label_cells = {section.heading for section in document.sections if section.from_label_cell}

    def blocks(self) -> Iterator[Group | Table]:
        """The paragraphs in reading order, those of a table together."""
        for table, paragraphs in groupby(self._document.paragraphs, key=lambda p: p.cell.table if p.cell else None):
            if table is None:
                yield from self._groups(paragraphs)
            else:
                yield self._table(list(paragraphs))

    def _table(self, paragraphs: list[Paragraph]) -> Table:
        rows: dict[int, dict[int, list[Paragraph]]] = {}
        for paragraph in paragraphs:
            assert paragraph.cell is not None
            rows.setdefault(paragraph.cell.row, {}).setdefault(paragraph.cell.column, []).append(paragraph)
        width = max(column for row in rows.values() for column in row) + 1
        return Table(tuple(tuple(self._row(row, width)) for row in rows.values()))

    def _row(self, row: dict[int, list[Paragraph]], width: int) -> Iterator[TableCell]:
        """The cells of a row, the empty ones too, so that columns stay under one another."""
        if len(row) == 1 and 0 in row:
            yield self._cell(row[0], width, alone=True)
            return
        for column in range(max(row) + 1):
            yield self._cell(row.get(column, []), 1, alone=False)

    def _cell(self, paragraphs: list[Paragraph], span: int, *, alone: bool) -> TableCell:
        is_label = not alone and bool(paragraphs) and paragraphs[0].index in self._label_cells
        return TableCell(tuple(self._groups(paragraphs)), span, is_label)

    def _groups(self, paragraphs: Iterable[Paragraph]) -> Iterator[Group]:
        for kind, group in groupby(paragraphs, key=_kind):
            yield Group(kind, tuple(map(self._line, group)))

    def _line(self, paragraph: Paragraph) -> Line:
        typed = paragraph.label is not None and paragraph.text.lstrip().startswith(paragraph.label)
        heading = paragraph.heading_level if not paragraph.cell else None
        return Line(
            paragraph.index,
            None if typed else paragraph.label,
            min(heading + 2, 6) if heading else None,
            min(paragraph.list_level or 0, 4),
            tuple(self._pieces(paragraph)),
            paragraph.anchor,
        )

    def _pieces(self, paragraph: Paragraph) -> Iterator[Piece]:
        """The paragraph cut wherever a marked passage begins or ends, and where a note is referred to."""
        findings = self._findings.get(paragraph.index, [])
        shown = self._shown.get(paragraph.index, [])
        length = len(paragraph.text)
        notes: dict[int, list[Note]] = {}
        for offset, index in paragraph.note_refs:
            label = self._document.paragraphs[index].label or "note"
            notes.setdefault(min(offset, length), []).append(Note(label, index))
        edges = {0, length, *notes}
        for passage in (*(finding.passage for _, finding in findings), *shown):
            edges |= {passage.start, passage.end}
        if 0 in notes:
            yield Piece("", (), (), None, False, tuple(notes[0]))
        for start, end in pairwise(sorted(edges)):
            here = [(n, f) for n, f in findings if f.passage.start <= start and end <= f.passage.end]
            yield Piece(
                paragraph.text[start:end],
                tuple(n for n, f in here if f.passage.start == start),
                tuple(n for n, f in here if f.passage.end == end),
                min((f.level for _, f in here), key=lambda level: level.rank, default=None),
                any(passage.start <= start and end <= passage.end for passage in shown),
                tuple(notes.get(end, ())),
            )


def _kind(paragraph: Paragraph) -> GroupKind:
    if paragraph.part in (Part.FOOTNOTE, Part.ENDNOTE):
        return "note"
    if paragraph.part is Part.TEXTBOX:
        return "textbox"
    if paragraph.list_level is not None and paragraph.label is None and not paragraph.is_heading:
        return "list"
    return "plain"
