"""A form as Word: headings, lines and tables that a screen reader knows as such, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from docx import Document as new_document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Row

from qualitycheck.rendering.wordfile import EARLIEST, clean, packed

FONT, LANGUAGE = "Arial", "en-GB"
STYLES = {  # points: size, space before and after
    "Normal": (10.0, 0.0, 4.0),
    "Heading 1": (18.0, 0.0, 8.0),
    "Heading 2": (13.0, 14.0, 4.0),
    "Heading 3": (11.0, 10.0, 3.0),
    "Heading 4": (10.0, 8.0, 2.0),
    "List Bullet": (10.0, 0.0, 2.0),
}
WIDTH = 174  # millimetres of an A4 page between its margins


class Heading(NamedTuple):
    text: str
    level: int


class Line(NamedTuple):
    """A paragraph; `lead` is set in bold before it, and a paragraph that is its lead alone is a warning."""

    lead: str
    text: str = ""
    style: str | None = None  # None: as usual


class Grid(NamedTuple):
    """A table: what it is of, its columns with their widths (parts of the page's), and its rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


Block = Heading | Line | Grid


def written(title: str, foot: str, blocks: Iterable[Block]) -> bytes:
    """The .docx; `foot` stands at the foot of every page, before its number."""
    page = _blank(title)
    _footed(page, foot)
    for block in blocks:
        if isinstance(block, Heading):
            page.add_heading(clean(block.text), block.level)
        elif isinstance(block, Line):
            paragraph = page.add_paragraph(style=block.style)
            if block.lead:
                paragraph.add_run(clean(block.lead) + (" " if block.text else "")).bold = True
            paragraph.add_run(clean(block.text))
        else:
            _table(page, block)
    return packed(page)


def _blank(title: str) -> WordFile:
    page = new_document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm((210 - WIDTH) // 2)
    told = page.core_properties
    told.title, told.language = clean(title), LANGUAGE
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = datetime(*EARLIEST)
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, (size, before, after) in STYLES.items():
        style = page.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        style.font.italic = False
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would go before the font named
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{kind}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return page


def _footed(page: WordFile, foot: str) -> None:
    paragraph = page.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{clean(foot)} Page ").font.size = Pt(8)
    shown = paragraph.add_run("1")
    shown.font.size = Pt(8)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    number.append(shown._r)
    paragraph._p.append(number)


def _table(page: WordFile, grid: Grid) -> None:
    """A table whose first row is its headings, on every page that it runs over, and whose rows are not torn apart."""
    made = page.add_table(rows=1, cols=len(grid.columns))
    made.style = page.styles["Table Grid"]
    made.autofit = False
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(grid.title))
    made._tbl.tblPr.append(caption)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    total = sum(parts for _, parts in grid.columns)
    widths = [Mm(WIDTH * parts / total) for _, parts in grid.columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    _fill(made.rows[0], [head for head, _ in grid.columns], widths, bold=True)
    for row in grid.rows:
        line = made.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _fill(line, row, widths, bold=False)
    page.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(row: _Row, texts: Sequence[str], widths: Sequence[Length], *, bold: bool) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, Pt(9)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
