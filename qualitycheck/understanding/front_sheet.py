"""The front sheet taken apart: each piece of its text with what its label announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qualitycheck.document import Document, Paragraph, Part
from qualitycheck.language.dates import whole_dates
from qualitycheck.understanding.labels import label_kind
from qualitycheck.understanding.names import TITLES

FRONT = 60  # paragraphs in which a front sheet may stand
_INLINE_LABEL = re.compile(r"\s*([A-Za-z'’() /]{1,40}?)\s*[:\t]\s*")


class Line(NamedTuple):
    """A piece of the front sheet: what its label says, and its text."""

    label: str | None
    text: str
    paragraph: int


def front_lines(document: Document) -> Iterator[Line]:
    """The front sheet's text in reading order; a label is a cell, a column's head, a heading or words with a colon."""
    headers: dict[tuple[int, int], str] = {}
    headed = {
        paragraph.cell.table
        for paragraph in document.paragraphs[:FRONT]
        if paragraph.cell is not None and paragraph.cell.row == 0 and label_kind(paragraph.text) is not None
    }
    for paragraph in document.paragraphs[:FRONT]:
        section = document.sections[paragraph.section]
        if paragraph.part not in (Part.BODY, Part.TEXTBOX) or (paragraph.is_heading and not section.from_label_cell):
            continue
        cell = paragraph.cell
        if cell is not None and cell.row == 0 and not section.from_label_cell:
            headers[cell.table, cell.column] = paragraph.text
            if cell.table in headed:
                continue
        if section.from_label_cell:
            if cell is not None and cell.table in headed and len(paragraph.text) < 24 and whole_dates(paragraph.text):
                yield Line(label_kind(section.title) or "child", f"{section.title}, {paragraph.text}", paragraph.index)
            elif section.heading != paragraph.index and label_kind(paragraph.text) is None:
                yield from _split_inline(label_kind(section.title), paragraph)
        elif cell is not None and cell.row > 0 and (cell.table, cell.column) in headers:
            yield Line(label_kind(headers[cell.table, cell.column]), paragraph.text, paragraph.index)
        else:
            kind = _section_kind(document, paragraph)
            yield from _split_inline(kind, paragraph)


def _section_kind(document: Document, paragraph: Paragraph) -> str | None:
    """A heading such as "The children" over a list or table of them is a label too."""
    section = document.sections[paragraph.section]
    if paragraph.cell is None and paragraph.list_level is None and len(paragraph.text) > 160:
        return None
    return label_kind(section.title) if section.title else None


def _split_inline(kind: str | None, paragraph: Paragraph) -> Iterator[Line]:
    """`Applicant: Mr Hume, father. Respondent: Ms Lowe, mother.` is two lines."""
    if len(paragraph.text) > 400:
        yield Line(None, paragraph.text, paragraph.index)
        return
    for text in re.split(r"\n|(?<=[.;]) (?=[A-Z][A-Za-z'’ ]{0,30}:)", paragraph.text):
        match = _INLINE_LABEL.match(text)
        if match and (inline := label_kind(match.group(1))):
            yield Line(inline, text[match.end() :], paragraph.index)
        elif match and paragraph.cell is not None and kind is None and TITLES.get(match.group(1)) is None:
            yield Line(None, text[match.end() :], paragraph.index)
        else:
            yield Line(kind, text, paragraph.index)
