"""One page for the file, as Word: what was checked, what was found, what was set aside and why.

It stays one A4 page whatever the report: everything is said in full where there is room for it, and in ever fewer words
where there is not. `tests/office` lays it out with LibreOffice to hold it to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from unicodedata import east_asian_width

from docx import Document as new_document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from qualitycheck.document import Document
from qualitycheck.priorities import First, by_level, place_of, what_to_fix_first
from qualitycheck.rendering import room
from qualitycheck.rendering.wordfile import clean, packed
from qualitycheck.rendering.wording import CAVEAT, LEVELS, NOT_SURE, STATUSES, TYPES, elements_met
from qualitycheck.result import LACKING, Level, ReportResult
from qualitycheck.rulebook.schema import Criterion

Criteria = Mapping[str, Criterion]

FONT = "Arial"
LANGUAGE = "en-GB"
PAGE, SIDE, TOP = (Mm(210), Mm(297)), Mm(19), Mm(16)
COLUMNS = (Mm(52), Mm(36), Mm(84))
CELL_SIZE, CELL_SIDE, CELL_ABOVE, CELL_RULE = 9.0, 5.4, 1.5, 0.5  # points
STYLES: Mapping[str, tuple[float, float, float]] = {  # size, and space before and after, in points
    "Normal": (10, 0, 4),
    "Heading 1": (17, 0, 6),
    "Heading 2": (11.5, 7, 3),
    "List Number": (10, 0, 2),
    "List Bullet": (10, 0, 2),
    "Caveat": (9, 9, 0),
}
INDENT = 18.0  # points, of a list
NAME, VERSIONS, MOST_NOT_RUN = 70, 70, 3
WIDE = 1.8  # small letters in a capital, or in a letter of East Asia
WHOLE = 2000


@dataclass(frozen=True)
class Measure:
    """How much is said: most rows, flags set aside and elements to read; most small letters of each kind of text."""

    rows: int
    aside: int
    read: int
    why: int
    quotation: int
    place: int
    reason: int


MEASURES = (  # the first that fits on the page is taken
    Measure(rows=99, aside=20, read=99, why=WHOLE, quotation=240, place=90, reason=240),
    Measure(rows=99, aside=6, read=99, why=WHOLE, quotation=85, place=45, reason=85),
    Measure(rows=99, aside=3, read=6, why=WHOLE, quotation=50, place=45, reason=70),
    Measure(rows=99, aside=3, read=8, why=96, quotation=50, place=45, reason=70),
    Measure(rows=99, aside=3, read=6, why=46, quotation=50, place=45, reason=70),
    Measure(rows=20, aside=3, read=6, why=46, quotation=40, place=40, reason=60),
    Measure(rows=12, aside=3, read=6, why=46, quotation=50, place=40, reason=60),
    Measure(rows=8, aside=2, read=4, why=46, quotation=40, place=25, reason=40),
)


class Run(NamedTuple):
    text: str
    bold: bool = False


class Block(NamedTuple):
    """A paragraph, or with `rows` a table whose first row is its head."""

    runs: Sequence[Run] = ()
    style: str = "Normal"
    rows: Sequence[Sequence[str]] = ()


def render(report: ReportResult, document: Document, criteria: Criteria, tool: Mapping[str, str], on: date) -> bytes:
    """The page as .docx, the same bytes for the same result checked `on` the same day; `report` was read (no error)."""
    across, down = (Emu(side - 2 * margin).pt for side, margin in zip(PAGE, (SIDE, TOP), strict=True))
    blocks: list[Block] = []
    for measure in MEASURES:
        blocks = list(_told(report, document, criteria, tool, on, measure))
        if sum(_height(block, across) for block in blocks) <= down:
            break
    page = _blank(f"Quality check of {_cut(report.file, NAME)}", on)
    for block in blocks:
        if block.rows:
            _table(page, block.rows)
        else:
            paragraph = page.add_paragraph(style=block.style)
            for run in block.runs:
                paragraph.add_run(run.text).bold = run.bold or None
    return packed(page)


def _told(
    report: ReportResult, document: Document, criteria: Criteria, tool: Mapping[str, str], on: date, most: Measure
) -> Iterator[Block]:
    yield _heading("Quality check: summary for the file", 1)
    yield _checked(report, document, tool, on, most)
    if report.type == "other":
        yield _line(clean(f"Nothing was judged. {report.type_reason}"))
    else:
        yield _figures(report)
        yield from _first(report, criteria, most)
        yield from _lacking(report, criteria, most)
        yield from _aside(report, criteria, most)
        yield from _to_read(report, criteria, most)
    yield _line(f"Confidential: keep this page as you keep the report. {CAVEAT}", "Caveat")


def _line(text: str, style: str = "Normal") -> Block:
    return Block((Run(text),), style)


def _heading(text: str, level: int) -> Block:
    return _line(text, f"Heading {level}")


def _checked(report: ReportResult, document: Document, tool: Mapping[str, str], on: date, most: Measure) -> Block:
    stage = f"{report.stage} " if report.stage else ""
    number = f", case number {_cut(report.case_number, NAME)}" if report.case_number else ""
    told = f": {stage}{TYPES[report.type]}{number}, {report.words:,} words."
    versions = f"qualitycheck {tool['version']}, rules {tool['rules']}, models {tool['models']}"
    told += f" Checked on {on.day} {on:%B %Y} with {_cut(versions, VERSIONS)}."
    if document.tracked_changes:
        told += f" {_counted(document.tracked_changes, 'tracked change')} still open in the file."
    if report.unread:
        seen = ", ".join(f"{part.count} {part.what}" for part in report.unread)
        told += f" Seen in it and not read: {_cut(seen, most.reason)}."
    return Block((Run(_cut(report.file, NAME), bold=True), Run(told)))


def _figures(report: ReportResult) -> Block:
    met, of = elements_met(report)
    statuses = Counter(element.status for element in report.elements)
    levels = Counter(finding.level for finding in report.findings)
    runs = [
        Run(f"{met} of the {of} elements that apply are met", bold=True),
        Run(_tally({STATUSES[lacking]: statuses[lacking] for lacking in LACKING})),
        Run(f"{_counted(len(report.findings), 'flag')} at a passage", bold=True),
        Run(_tally({LEVELS[level]: levels[level] for level in Level})),
    ]
    if report.not_run:
        rules = _some([rule.rule for rule in report.not_run], MOST_NOT_RUN)
        runs.append(Run(f" Not run because of a fault: {rules}. The check is not complete.", bold=True))
    return Block(runs)


def _tally(counts: Mapping[str, int]) -> str:
    """How many of each, those that there are."""
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f" ({told}). " if told else ". "


def _first(report: ReportResult, criteria: Criteria, most: Measure) -> Iterator[Block]:
    yield _heading("What to fix first", 2)
    first = what_to_fix_first(report)
    if not first:
        yield _line("Nothing to fix was found. That does not mean that all is well: read it once more.")
    for item in first:
        title, level = Run(criteria[item.id].title, bold=True), LEVELS[item.level]
        yield Block((title, Run(f" ({level}){_of(item, most)}")), "List Number")


def _of(item: First, most: Measure) -> str:
    """What is said of it after its title: an element's status, a finding's place and what may be quoted."""
    where = _cut(item.where, most.place)
    if item.element:
        for_whom = f" for {_cut(', '.join(item.children), most.place)}" if item.children else ""
        not_sure = f" ({NOT_SURE})" if item.needs_reading else ""
        return f": {STATUSES[item.element.status]}{not_sure}{for_whom}" + (f", {where}" if where else "")
    return f", {where or 'at the top'}" + (f": “{_cut(item.quotation, most.quotation)}”" if item.quotation else "")


def _lacking(report: ReportResult, criteria: Criteria, most: Measure) -> Iterator[Block]:
    yield _heading("Elements not met", 2)
    lacking = by_level(e for e in report.elements if e.level)
    if not lacking:
        yield _line("None: every element that applies was found.")
        return
    rows = [
        (criteria[e.id].title, f"{STATUSES[e.status]}, {LEVELS[e.level]}", _cut(e.reason, most.why))
        for e in lacking
        if e.level
    ]
    yield Block(rows=[("Element", "Status and level", "Why"), *rows[: most.rows]])
    if len(rows) > most.rows:
        yield _line(f"and {len(rows) - most.rows} more, which the check's result lists.")


def _aside(report: ReportResult, criteria: Criteria, most: Measure) -> Iterator[Block]:
    """Each flag by its title and its place, without its words, which may be why it was flagged."""
    yield _heading("Set aside by the author", 2)
    if not report.set_aside:
        yield _line("Nothing was set aside.")
        return
    yield _line(f"{_counted(len(report.set_aside), 'flag')} set aside:")
    for one in report.set_aside[: most.aside]:
        title, where = criteria[one.finding.id].title, _cut(place_of(one.finding.passage), most.place)
        told = f", {where or 'at the top'}: “{_cut(one.reason, most.reason)}”"
        yield Block((Run(title, bold=True), Run(told)), "List Bullet")
    if len(report.set_aside) > most.aside:
        yield _line(f"and {len(report.set_aside) - most.aside} more.")


def _to_read(report: ReportResult, criteria: Criteria, most: Measure) -> Iterator[Block]:
    yield _heading("What a person must read", 2)
    unsure = [criteria[element.id].title for element in report.elements if element.needs_reading]
    if unsure:
        yield _line(f"The checker cannot tell, and a person must read: {_some(unsure, most.read, '; ')}.")
    else:
        yield _line("The whole report, as always; of no element in particular did the checker ask for it.")


# Room


def _height(block: Block, across: float) -> float:
    """Points that a block takes from top to bottom of the page, `across` from side to side."""
    if block.rows:
        return sum(_row(row, bold=row is block.rows[0]) for row in block.rows)
    size, before, after = STYLES[block.style]
    bold = block.style.startswith("Heading") or any(run.bold for run in block.runs)
    indent = INDENT if block.style.startswith("List") else 0
    return before + room.height("".join(run.text for run in block.runs), size, across - indent, bold=bold) + after


def _row(texts: Sequence[str], *, bold: bool) -> float:
    wide = [column.pt - 2 * CELL_SIDE for column in COLUMNS]
    cells = zip(texts, wide, strict=True)
    highest = max(room.height(clean(text), CELL_SIZE, across, bold=bold) for text, across in cells)
    return highest + 2 * CELL_ABOVE + CELL_RULE


# Words


def _cut(text: str, most: int) -> str:
    """As much as takes the room of so many small letters, cut between words; only a word that is longer is cut."""
    whole = clean(text)
    left = float(most)
    for fits, letter in enumerate(whole):
        left -= WIDE if letter.isupper() or east_asian_width(letter) in "FW" else 1
        if left < 0:
            kept = whole[:fits] if whole[fits] == " " else whole[:fits].rpartition(" ")[0]
            return f"{kept.rstrip(' ,;:.') or whole[:fits]} …"
    return whole


def _some(items: Sequence[str], most: int, between: str = ", ") -> str:
    more = len(items) - most
    return between.join(items[:most]) + (f"{between.rstrip()} and {more} more" if more > 0 else "")


def _counted(count: int, what: str) -> str:
    return f"{count or 'No'} {what}" + ("" if count == 1 else "s")


# Word


def _blank(title: str, on: date) -> WordFile:
    """An empty A4 page in our own styles, with a title and a language and nobody's name."""
    page = new_document()
    section = page.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = TOP
    told = page.core_properties
    told.title, told.language = title, LANGUAGE
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = datetime(on.year, on.month, on.day)
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    page.styles.add_style("Caveat", WD_STYLE_TYPE.PARAGRAPH).base_style = page.styles["Normal"]
    for name, (size, before, after) in STYLES.items():
        _styled(page.styles[name], size, before, after)
    return page


def _styled(style: ParagraphStyle, size: float, before: float, after: float) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would go before the font named
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.08


def _table(page: WordFile, rows: Sequence[Sequence[str]]) -> None:
    """A table whose first row readers of screens know as its headings, with thin lines between its rows."""
    table = page.add_table(rows=len(rows), cols=len(COLUMNS))
    table.autofit = False
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell.paragraphs[0], text, bold=number == 0)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    _ruled(table)


def _fill(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(clean(text))
    run.bold = bold
    run.font.size = Pt(CELL_SIZE)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(CELL_ABOVE)


def _ruled(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "767676")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))  # which follows the borders in the schema's order
    assert layout is not None
    layout.addprevious(borders)
