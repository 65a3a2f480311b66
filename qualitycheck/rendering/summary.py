"""One page for the file, as Word: what was checked, what was found, what was set aside and why.

It stays one A4 page whatever the report: lists end with "and 7 more", long texts with an ellipsis. `tests/office` lays
it out with LibreOffice to hold it to that.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from unicodedata import east_asian_width

from docx import Document as new_document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from qualitycheck.document import Document
from qualitycheck.priorities import First, what_to_fix_first
from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.wording import CAVEAT, LEVELS, NOT_SURE, STATUSES, TYPES, elements_met
from qualitycheck.result import Element, Level, ReportResult, Status
from qualitycheck.rulebook.schema import Criterion

Criteria = Mapping[str, Criterion]

FONT = "Arial"
LANGUAGE = "en-GB"
SIDE, TOP = Mm(19), Mm(16)
# What fits on the page when every line is as long as it may be: names of files, quotations, reasons.
MOST_LACKING, MOST_READ, MOST_REASONS, MOST_NOT_RUN = 10, 6, 3, 3
FEW_LACKING = 5  # whose reasons may be twice as long
NAME, QUOTATION, PLACE, REASON, WHY = 70, 85, 45, 85, 115  # small letters
WIDE = 1.8  # of them in a capital, or a letter of East Asia
COMMON = 20  # letters in a word, at most
COLUMNS = (Mm(45), Mm(37), Mm(90))
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip: the same file for the same result


def render(report: ReportResult, document: Document, criteria: Criteria, tool: Mapping[str, str], on: date) -> bytes:
    """The page as .docx, the same bytes for the same result checked `on` the same day; `report` was read (no error)."""
    page = _blank(f"Quality check of {_cut(report.file, NAME)}", on)
    page.add_heading("Quality check: summary for the file", 1)
    _checked(page, report, document, tool, on)
    if report.type == "other":
        page.add_paragraph(_clean(f"Nothing was judged. {report.type_reason}"))
    else:
        _figures(page, report)
        _first(page, report, criteria)
        _lacking(page, report, criteria)
        _aside(page, report)
        _to_read(page, report, criteria)
    page.add_paragraph(f"Confidential: keep this page as you keep the report. {CAVEAT}", style="Caveat")
    return _packed(page)


def _checked(page: WordFile, report: ReportResult, document: Document, tool: Mapping[str, str], on: date) -> None:
    about = page.add_paragraph()
    about.add_run(_cut(report.file, NAME)).bold = True
    stage = f"{report.stage} " if report.stage else ""
    about.add_run(f": {stage}{TYPES[report.type]}, {report.words:,} words.")
    versions = f"qualitycheck {tool['version']}, rules {tool['rules']}, models {tool['models']}"
    about.add_run(f" Checked on {on.day} {on:%B %Y} with {_cut(versions, NAME)}.")
    seen = [f"{part.count} {part.what}" for part in report.unread]
    if document.tracked_changes:
        about.add_run(f" {_counted(document.tracked_changes, 'tracked change')} still open in the file.")
    if seen:
        about.add_run(f" Seen in it and not read: {_cut(', '.join(seen), REASON)}.")


def _figures(page: WordFile, report: ReportResult) -> None:
    met, of = elements_met(report)
    told = page.add_paragraph()
    told.add_run(f"{met} of the {of} elements that apply are met").bold = True
    statuses = Counter(element.status for element in report.elements)
    told.add_run(_tally({STATUSES[lacking]: statuses[lacking] for lacking in (Status.PARTIAL, Status.MISSING)}))
    told.add_run(f"{_counted(len(report.findings), 'flag')} at a passage").bold = True
    levels = Counter(finding.level for finding in report.findings)
    told.add_run(_tally({LEVELS[level]: levels[level] for level in Level}))
    if report.not_run:
        rules = _some([rule.rule for rule in report.not_run], MOST_NOT_RUN)
        told.add_run(f" Not run because of a fault: {rules}. The check is not complete.").bold = True


def _tally(counts: Mapping[str, int]) -> str:
    """How many of each, those that there are."""
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f" ({told}). " if told else ". "


def _first(page: WordFile, report: ReportResult, criteria: Criteria) -> None:
    page.add_heading("What to fix first", 2)
    first = what_to_fix_first(report)
    if not first:
        page.add_paragraph("Nothing to fix was found. That does not mean that all is well: read it once more.")
    for item in first:
        line = page.add_paragraph(style="List Number")
        line.add_run(criteria[item.id].title).bold = True
        line.add_run(f" ({LEVELS[item.level]}){_told(item)}")


def _told(item: First) -> str:
    """What is said of it after its title: an element's status, a finding's place and what may be quoted."""
    where = _cut(item.where, PLACE)
    if item.element:
        for_whom = f" for {_cut(', '.join(item.children), PLACE)}" if item.children else ""
        not_sure = f" ({NOT_SURE})" if item.needs_reading else ""
        return f": {STATUSES[item.element.status]}{not_sure}{for_whom}" + (f", {where}" if where else "")
    return f", {where or 'at the top'}" + (f": “{_cut(item.quotation, QUOTATION)}”" if item.quotation else "")


def _lacking(page: WordFile, report: ReportResult, criteria: Criteria) -> None:
    page.add_heading("Elements not met", 2)
    lacking = sorted((e for e in report.elements if e.level), key=_rank)
    if not lacking:
        page.add_paragraph("None: every element that applies was found.")
        return
    why = WHY if len(lacking) > FEW_LACKING else WHY * 2
    rows = [
        (criteria[e.id].title, f"{STATUSES[e.status]}, {LEVELS[e.level]}", _cut(e.reason, why))
        for e in lacking
        if e.level
    ]
    _table(page, ("Element", "Status and level", "Why"), rows[:MOST_LACKING])
    if len(rows) > MOST_LACKING:
        page.add_paragraph(f"and {len(rows) - MOST_LACKING} more, which the check's result lists.")


def _rank(element: Element) -> int:
    """Must-fix first; in the order of the catalogue within a level."""
    return element.level.rank if element.level else len(Level)


def _aside(page: WordFile, report: ReportResult) -> None:
    page.add_heading("Set aside by the author", 2)
    if not report.set_aside:
        page.add_paragraph("Nothing was set aside.")
        return
    reasons = Counter(_cut(reason, REASON) for _, reason in report.set_aside)
    listed = [f"“{reason}”" + (f" ({count} times)" if count > 1 else "") for reason, count in reasons.most_common()]
    told = f"{_counted(len(report.set_aside), 'flag')} set aside, because: {_some(listed, MOST_REASONS, '; ')}."
    page.add_paragraph(told)


def _to_read(page: WordFile, report: ReportResult, criteria: Criteria) -> None:
    page.add_heading("What a person must read", 2)
    unsure = [criteria[element.id].title for element in report.elements if element.needs_reading]
    if unsure:
        page.add_paragraph(f"The checker cannot tell, and a person must read: {_some(unsure, MOST_READ, '; ')}.")
    else:
        page.add_paragraph("The whole report, as always; of no element in particular did the checker ask for it.")


# Words


def _clean(text: str) -> str:
    """One line of what may stand in XML: no control characters, nothing that no encoding has."""
    sayable = plain(text).encode("utf-8", "replace").decode("utf-8").translate({0xFFFE: None, 0xFFFF: None})
    return " ".join(sayable.split())


def _cut(text: str, most: int) -> str:
    """As much as takes the room of so many small letters, cut between words where they are of common length."""
    whole = _clean(text)
    room = float(most)
    for fits, letter in enumerate(whole):
        room -= WIDE if letter.isupper() or east_asian_width(letter) in "FW" else 1
        if room < 0:
            kept, _, rest = whole[:fits].rpartition(" ")
            return f"{kept if kept and len(rest) < COMMON else whole[:fits]} …"
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
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = TOP
    told = page.core_properties
    told.title, told.language = title, LANGUAGE
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = datetime(on.year, on.month, on.day)
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    page.styles.add_style("Caveat", WD_STYLE_TYPE.PARAGRAPH).base_style = page.styles["Normal"]
    for name, size, before, after in (
        ("Normal", 10, 0, 4),
        ("Heading 1", 17, 0, 6),
        ("Heading 2", 11.5, 7, 3),
        ("List Number", 10, 0, 2),
        ("Caveat", 9, 9, 0),
    ):
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


def _table(page: WordFile, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table with a row of headings that readers of screens know as such, and thin lines between its rows."""
    table = page.add_table(rows=1, cols=len(heads))
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _fill(cell.paragraphs[0], head, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], text)
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    _ruled(table)


def _fill(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    run.font.size = Pt(9)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)


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


def _packed(page: WordFile) -> bytes:
    """The file without the picture of python-docx's own page, every part dated alike."""
    for id_, link in list(page.part.package.rels.items()):
        if link.reltype.endswith("/thumbnail"):
            del page.part.package.rels[id_]
    saved, packed = io.BytesIO(), io.BytesIO()
    page.save(saved)
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, _EARLIEST), given.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
