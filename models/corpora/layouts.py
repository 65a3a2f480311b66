"""Write a labelled report as .docx, the way a template of a given layout would look.

A labelled report is a mapping with `id`, `children`, `report_date`, `blocks` and `gold`; blocks are `heading`
(`level`, `text`), `para` (`text`, perhaps `footnote`), `bullets` (`items`), `table` (`rows`) and `box` (`text`).
These keys are optional and serve the example reports: of the report, `header` and `footer` (margin text), `title` and
`author_name` (file properties), `comments` (`quote`, `author`, `text`), `tracked_changes` (true in any layout) and
`numbering` (`continuous` or `by-section`); of a paragraph, `number` (false: left out of the numbering).

Numbering: the layouts `auto-numbered` and `plain-numbered` count the paragraphs from the second heading on, `1.`, `2.`
and so to the end, with bullets as `(a)`, `(b)` below them; `by-section` counts headings `1.` and paragraphs `1.1`.
A report that types its own numbers is left as it is.
The same report and layout always give the same bytes.
"""

from __future__ import annotations

import copy
import datetime
import io
import itertools
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from qualitycheck.models.corpora.plan import LAYOUTS
from qualitycheck.models.corpora.wordml import (
    FOOTNOTES_RELATIONSHIP,
    Element,
    control,
    date_kind,
    dropdown_kind,
    field,
    footnote_reference,
    footnotes_part,
    numbering,
    revision,
    run,
    same_bytes_every_time,
    text_box,
    w,
)

Report = Mapping[str, Any]

CONFIDENTIAL = "CONFIDENTIAL: not to be disclosed without the permission of the court"
_DATE = re.compile(r"^(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)"
                   r" (\d{4})$")
_PLACEHOLDER = re.compile(r"^(Click or tap|Click here|Choose an item)")
_TYPED_NUMBER = re.compile(r"^(\d+[.)]|\d+(\.\d+)+)\s")
# Parts of python-docx's blank document that no report needs.
_OF_THE_BLANK = {
    RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,  # it says that there is one page
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
_REVISER = "R Ellwood"  # who made the tracked changes, where no comment names a reader
# What an earlier draft said: struck out beside the insertions, never part of the report.
_STRUCK_OUT = (
    " (to be checked against the bundle)", " as I understand it", " at the time of writing", ", so I am told,",
    " in due course", " on the whole", ", subject to what follows,", " for the moment", ", it would seem,",
)
_STRUCK_OUT_PARAGRAPH = "This paragraph stood in the second draft and was taken out after it had been read again."


def write_docx(report: Report, layout: str) -> bytes:
    """The report as a .docx in one of `LAYOUTS`; raises KeyError for any other layout."""
    return _TEMPLATES[layout](as_laid_out(report, layout), layout).write()


def as_laid_out(report: Report, layout: str) -> dict[str, Any]:
    """The report with its words as this layout shows them, its quotations with it.

    Only `capitals` differs: there the headings are typed in capitals, and so is every quotation from a heading.
    """
    laid_out = copy.deepcopy(dict(report))
    if layout != "capitals":
        return laid_out
    headings = [block["text"] for block in laid_out["blocks"] if block["kind"] == "heading"]

    def shown(quotation: str) -> str:
        return quotation.upper() if any(quotation in heading for heading in headings) else quotation

    for block in laid_out["blocks"]:
        if block["kind"] == "heading":
            block["text"] = block["text"].upper()
    gold = laid_out.get("gold", {"elements": {}, "findings": [], "clean": []})
    for element in gold["elements"].values():
        element["evidence"] = [shown(quotation) for quotation in element.get("evidence", ())]
    for entry in [*gold["findings"], *gold["clean"]]:
        entry.update({key: shown(entry[key]) for key in ("quote", "other") if entry.get(key)})
    return laid_out


@dataclass(frozen=True)
class Look:
    """What a template looks like before anything is typed into it."""

    font: str = "Arial"
    size: int = 12
    spacing: float = 1.5
    split: int = 3  # runs a paragraph is broken into at most, as editing leaves them


class Template:
    """Heading styles, and what all layouts share; each layout below changes only what differs."""

    look = Look()

    def __init__(self, report: Report, layout: str) -> None:
        self.report = report
        self.chance = random.Random(f"{report['id']}/{layout}")
        self.tracked = bool(report.get("tracked_changes", layout == "tracked-changes"))
        self.reviser = next((comment["author"] for comment in report.get("comments", ())), _REVISER)
        self.document = docx.Document()
        self.body: Element = self.document.element.body
        self.at: Element = self.body  # where the next block goes
        self.ids = 100  # of controls, changes and shapes
        self.notes: list[tuple[int, list[Element]]] = []
        self.paragraphs_numbered = 0
        headings = [block["level"] for block in report["blocks"] if block["kind"] == "heading"][1:]
        self.section_level = min(headings, default=1)
        self.past_front = False
        texts = [block["text"] for block in report["blocks"] if block["kind"] == "para"]
        self.numbers_itself = any(_TYPED_NUMBER.match(text) for text in texts)

    # The whole file

    def write(self) -> bytes:
        self._set_up()
        self.begin()
        heading_seen = False
        for index, block in enumerate(self.report["blocks"]):
            if block["kind"] == "heading":
                self.past_front = self.past_front or heading_seen
                self.heading(block["text"], block["level"], is_title=not heading_seen)
                heading_seen = True
            else:
                self._block(block, index)
        self.end()
        self._notes()
        self._comments()
        out = io.BytesIO()
        self.document.save(out)
        return same_bytes_every_time(out.getvalue())

    def _block(self, block: Mapping[str, Any], index: int) -> None:
        match block["kind"]:
            case "para":
                numbered = self.past_front and not self.numbers_itself and block.get("number", True)
                self.para(block["text"], block.get("footnote"), numbered=numbered)
            case "bullets":
                self.bullets(block["items"])
            case "table":
                self.table(block["rows"])
            case "box":
                self.box(block["text"])
            case kind:
                raise ValueError(f"block {index} has the unknown kind {kind}")

    def _set_up(self) -> None:
        for kept in list(self.body):
            if kept.tag != qn("w:sectPr"):
                self.body.remove(kept)
        normal = self.document.styles["Normal"]
        normal.font.name = self.look.font
        normal.font.size = Pt(self.look.size)
        normal.paragraph_format.line_spacing = self.look.spacing
        normal.element.get_or_add_rPr().append(w("lang", val="en-GB"))
        for unused in [style for style in self.document.styles if style.type == WD_STYLE_TYPE.TABLE]:
            unused.delete()
        for name, of_word in (("Footnote Text", True), ("Numbered Paragraph", False), ("Text Box", False)):
            style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, of_word)
            style.base_style = normal
        self.document.styles["Footnote Text"].font.size = Pt(10)
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.5)
        page.header.paragraphs[0].text = self.report.get("header", CONFIDENTIAL)
        footer = page.footer.paragraphs[0]
        footer.text = self.report.get("footer", "Family Court")
        footer._p.extend([run("\tPage "), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1")])
        self._properties()

    def _properties(self) -> None:
        written = datetime.datetime.fromisoformat(self.report["report_date"]).replace(hour=9)
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = self.report.get("author_name", "Report author")
        properties.title = self.report.get("title", "Report to the Family Court")
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = written
        properties.revision = 1
        for owner in (self.document.part.package, self.document.part):
            for key, relationship in list(owner.rels.items()):
                if relationship.reltype in _OF_THE_BLANK:
                    del owner.rels[key]

    def _notes(self) -> None:
        if self.notes:
            part = footnotes_part(self.notes, self.document.part.package)
            self.document.part.relate_to(part, FOOTNOTES_RELATIONSHIP)

    def _comments(self) -> None:
        for number, comment in enumerate(self.report.get("comments", ())):
            paragraph = next(p for p in self.body.iter(qn("w:p")) if comment["quote"] in _shown(p))
            made = self.document.add_comment(
                self.document.add_paragraph().add_run(), comment["text"], comment["author"], initials="".join(
                    word[0] for word in comment["author"].split()))
            made._comment_elm.set(qn("w:date"), f"{self.report['report_date']}T09:00:00Z")
            self.body.remove(self.document.paragraphs[-1]._p)
            after_properties = 1 if paragraph.find(qn("w:pPr")) is not None else 0
            paragraph.insert(after_properties, w("commentRangeStart", id=number))
            paragraph.extend([w("commentRangeEnd", id=number), w("r", w("commentReference", id=number))])

    # Pieces

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    def add(self, *elements: Element) -> None:
        for element in elements:
            if self.at is self.body:
                self.body.insert(len(self.body) - 1, element)  # before the page's own settings
            else:
                self.at.append(element)

    def paragraph(self, content: Iterable[Element], style: str | None = None, *properties: Element) -> Element:
        settings = ([w("pStyle", val=style)] if style else []) + list(properties)
        return w("p", w("pPr", *settings), *content) if settings else w("p", *content)

    def runs(self, text: str, *properties: Element) -> list[Element]:
        """The text in as many runs as editing would have left it in, tracked if the layout tracks."""
        changed = self.tracked and len(text) > 60 and self.chance.random() < 0.4
        # Word breaks runs anywhere, people change whole words.
        breaks = [at for at in range(1, len(text)) if len(text) > 20 and (text[at] == " " or not changed)]
        cuts = self.chance.sample(breaks, min(len(breaks), 2 if changed else self.chance.randrange(self.look.split)))
        edges = [0, *sorted(cuts), len(text)]
        pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
        made = [run(piece, *(copy.deepcopy(item) for item in properties)) for piece in pieces]
        return self._with_a_change(made) if changed else made

    def _with_a_change(self, made: list[Element]) -> list[Element]:
        """The second run as an insertion, after an earlier wording that it replaced."""
        before, inserted, *after = made
        when = f"{self.report['report_date']}T08:30:00Z"
        struck_out = run(self.chance.choice(_STRUCK_OUT), deleted=True)
        return [before, revision("del", self.next_id(), self.reviser, when, struck_out),
                revision("ins", self.next_id(), self.reviser, when, inserted), *after]

    def note(self, text: str) -> Element:
        number = len(self.notes) + 1
        self.notes.append((number, self.runs(text)))
        return footnote_reference(number)

    def cell(self, text: str, *, bold: bool = False) -> list[Element]:
        """A table cell's paragraphs."""
        emphasis = [w("b")] if bold else []
        return [self.paragraph(self.runs(line, *emphasis)) for line in text.split("\n")]

    def box(self, text: str) -> None:
        lines = [self.paragraph([run(line)], "TextBox") for line in text.split("\n")]
        self.add(w("p", text_box(self.next_id(), lines)))

    # What layouts change

    def begin(self) -> None:
        """Before the first block."""

    def end(self) -> None:
        """After the last block."""

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        self.add(self.paragraph([run(text)], f"Heading{min(level, 9)}"))

    def para(self, text: str, footnote: str | None, *, numbered: bool) -> None:
        content = self.runs(text)
        if footnote:
            content.append(self.note(footnote))
        self.add(self.body_paragraph(content, numbered=numbered))

    def body_paragraph(self, content: list[Element], *, numbered: bool) -> Element:
        return self.paragraph(content)

    def bullets(self, items: Sequence[str]) -> None:
        self.add(*(self.paragraph(self.runs(item), "ListBullet") for item in items))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = max(len(row) for row in rows)
        widths = (2800, 6200) if columns == 2 else (9000 // columns,) * columns
        self.add(grid((self.row(row) for row in rows), *widths))
        self.add(w("p"))  # keeps two tables apart, and ends a cell that a table would otherwise end

    def row(self, texts: Sequence[str]) -> Element:
        return w("tr", *(w("tc", w("tcPr"), *self.cell(text)) for text in texts))


def grid(rows: Iterable[Element], *widths: int) -> Element:
    """A ruled table of finished rows; the widths of its columns are in twentieths of a point."""
    borders = (w(side, val="single", sz=4, space=0, color="auto")
               for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    properties = w("tblPr", w("tblW", w=0, type="auto"), w("tblBorders", *borders))
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)


def _shown(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


class BoldHeadings(Template):
    look = Look("Calibri", 12, 1.15)

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        size = 32 if is_title else 26 if level <= self.section_level else 24
        self.add(self.paragraph([run(text, w("b"), w("sz", val=size))]))


class Tables(BoldHeadings):
    """Each section is a table of two rows: its heading, shaded, and all that it says."""

    look = Look("Arial", 11, 1.15)

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        if is_title or level > self.section_level:
            super().heading(text, level, is_title=is_title)
            return
        shade = w("tcPr", w("shd", val="clear", color="auto", fill="D9E2F3"))
        content = w("tc", w("tcPr"))
        self.end()
        self.at = self.body
        head = w("tr", w("tc", shade, self.paragraph([run(text, w("b"))])))
        self.add(grid([head, w("tr", content)], 9000), w("p"))
        self.at = content

    def end(self) -> None:
        _finish_cell(self.at)


class LabelCells(BoldHeadings):
    """One long table: the heading in the left cell, what it says in the right."""

    look = Look("Verdana", 11, 1.15)
    rows: Element | None = None

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        if is_title or level > self.section_level:
            super().heading(text, level, is_title=is_title)
            return
        self.end()
        self.at = self.body
        label = w("tc", w("tcPr", w("tcW", w=2400, type="dxa")), self.paragraph([run(text, w("b"))]))
        content = w("tc", w("tcPr", w("tcW", w=6600, type="dxa")))
        if self.rows is None:
            self.rows = grid([w("tr", label, content)], 2400, 6600)
            self.add(self.rows, w("p"))
        else:
            self.rows.append(w("tr", label, content))
        self.at = content

    def end(self) -> None:
        _finish_cell(self.at)


def _finish_cell(cell: Element) -> None:
    """A cell must hold a paragraph, and end with one."""
    if cell.tag == qn("w:tc") and cell[-1].tag != qn("w:p"):
        cell.append(w("p"))


class ContentControls(Template):
    """Every paragraph in a control; dates and fixed choices on the front sheet in controls of their kind."""

    look = Look("Arial", 12, 1.15)

    def body_paragraph(self, content: list[Element], *, numbered: bool) -> Element:
        shown = "".join(_shown(item) for item in content)
        if _PLACEHOLDER.match(shown):
            return control(self.next_id(), "Text", None, self.paragraph(content), placeholder=True)
        if self.chance.random() < 0.15:  # some templates put the control inside the paragraph
            return self.paragraph([control(self.next_id(), "Text", None, *content)])
        return control(self.next_id(), "Text", None, self.paragraph(content))

    def bullets(self, items: Sequence[str]) -> None:
        lines = [self.paragraph(self.runs(item), "ListBullet") for item in items]
        self.add(control(self.next_id(), "List", None, *lines))

    def row(self, texts: Sequence[str]) -> Element:
        label, *values = texts
        cells = [w("tc", w("tcPr"), *self.cell(label, bold=len(texts) == 2))]
        cells += [self._value_cell(label, value) for value in values]
        row = w("tr", *cells)
        if self.chance.random() < 0.15:
            return control(self.next_id(), "Row", None, row)
        return row

    def _value_cell(self, label: str, value: str) -> Element:
        properties = w("tcPr")
        unfilled = bool(_PLACEHOLDER.match(value))
        date = _DATE.match(value)
        if date or (unfilled and "date" in value):
            iso = datetime.datetime.strptime(value, "%d %B %Y").date().isoformat() if date else None
            inline = control(self.next_id(), label[:60], date_kind(iso), run(value), placeholder=unfilled)
            return w("tc", properties, self.paragraph([inline]))
        if unfilled or (not self.past_front and len(value) < 40):
            choices = dropdown_kind([value] if not unfilled else ["Yes", "No"])
            inline = control(self.next_id(), label[:60], choices, run(value), placeholder=unfilled)
            return w("tc", properties, self.paragraph([inline]))
        if self.chance.random() < 0.3:
            return control(self.next_id(), "Cell", None, w("tc", properties, *self.cell(value)))
        return w("tc", properties, control(self.next_id(), "Text", None, *self.cell(value)))


class AutoNumbered(Template):
    """Numbers that Word counts: they stand in no run of text."""

    def begin(self) -> None:
        self.by_section = self.report.get("numbering") == "by-section"
        levels: list[tuple[str, str, str | None]] = (
            [("decimal", "%1.", None), ("decimal", "%1.%2", "NumberedParagraph"), ("lowerLetter", "(%3)", None)]
            if self.by_section else [("decimal", "%1.", "NumberedParagraph"), ("lowerLetter", "(%2)", None)])
        self.depth = len(levels) - 2  # of an ordinary paragraph
        self.list = numbering(self.document.part.numbering_part.element, levels)
        style = self.document.styles["Numbered Paragraph"].element
        style.get_or_add_pPr().append(self._place(self.depth))

    def _place(self, depth: int) -> Element:
        return w("numPr", w("ilvl", val=depth), w("numId", val=self.list))

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        counted = self.by_section and not is_title and level <= self.section_level
        properties = [self._place(0)] if counted else []
        self.add(self.paragraph([run(text)], f"Heading{min(level, 9)}", *properties))

    def body_paragraph(self, content: list[Element], *, numbered: bool) -> Element:
        return self.paragraph(content, "NumberedParagraph" if numbered else None)

    def bullets(self, items: Sequence[str]) -> None:
        if not self.past_front or self.numbers_itself:
            super().bullets(items)
            return
        self.add(*(self.paragraph(self.runs(item), "ListParagraph", self._place(self.depth + 1)) for item in items))


class TextBoxes(BoldHeadings):
    """What the author wants seen first is boxed: the lines under the title, and every list."""

    look = Look("Calibri", 11, 1.15)

    def para(self, text: str, footnote: str | None, *, numbered: bool) -> None:
        if self.past_front or footnote:
            super().para(text, footnote, numbered=numbered)
        else:
            self.box(text)

    def bullets(self, items: Sequence[str]) -> None:
        lines = [self.paragraph(self.runs(item), "ListBullet") for item in items]
        self.add(w("p", text_box(self.next_id(), lines)))


class Footnotes(Template):
    look = Look("Times New Roman", 12, 1.5)


class TrackedChanges(Template):
    """A draft that a manager has been through: insertions kept, deletions left standing struck out."""

    look = Look("Arial", 12, 1.5, split=4)

    def begin(self) -> None:
        self.moved = False

    def para(self, text: str, footnote: str | None, *, numbered: bool) -> None:
        when = f"{self.report['report_date']}T08:30:00Z"
        if self.past_front and self.chance.random() < 0.06:
            deleted = revision("del", self.next_id(), self.reviser, when, run(_STRUCK_OUT_PARAGRAPH, deleted=True))
            mark = w("rPr", w("del", id=self.next_id(), author=self.reviser, date=when))
            self.add(self.paragraph([deleted], None, mark))
        if self.past_front and not self.moved and not footnote:
            self.moved = True
            self.add(self.paragraph([revision("moveFrom", self.next_id(), self.reviser, when, run(text))]))
            self.add(self.paragraph([revision("moveTo", self.next_id(), self.reviser, when, run(text))]))
            return
        super().para(text, footnote, numbered=numbered)


class Capitals(BoldHeadings):
    """Headings told only by their capitals (`as_laid_out` has put them so)."""

    look = Look("Courier New", 11, 1.5)

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        self.add(self.paragraph([run(text)]))


class PlainNumbered(BoldHeadings):
    """Numbers typed by hand."""

    look = Look("Times New Roman", 12, 1.5)

    def begin(self) -> None:
        self.by_section = self.report.get("numbering") == "by-section"
        self.section = 0

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        if self.by_section and not is_title and level <= self.section_level:
            self.section += 1
            self.paragraphs_numbered = 0
            text = f"{self.section}. {text}"
        super().heading(text, level, is_title=is_title)

    def body_paragraph(self, content: list[Element], *, numbered: bool) -> Element:
        if not numbered:
            return self.paragraph(content)
        self.paragraphs_numbered += 1
        label = f"{self.section}.{self.paragraphs_numbered}" if self.by_section else f"{self.paragraphs_numbered}."
        return self.paragraph([run(f"{label} "), *content])

    def bullets(self, items: Sequence[str]) -> None:
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.add(*(self.paragraph([run(f"({letters[index % 26]}) "), *self.runs(item)], None, w("ind", left=567))
                   for index, item in enumerate(items)))


class Letter(BoldHeadings):
    """A letter to the court: underlined headings, labels and values on one line, dashes for bullets."""

    look = Look("Garamond", 12, 1.0)

    def heading(self, text: str, level: int, *, is_title: bool) -> None:
        emphasis = [w("b")] if is_title else [w("b"), w("u", val="single")]
        self.add(self.paragraph([run(text, *emphasis)]))

    def bullets(self, items: Sequence[str]) -> None:
        self.add(*(self.paragraph([run("- "), *self.runs(item)], None, w("ind", left=567, hanging=284))
                   for item in items))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        if any(len(row) != 2 or "\n" in row[1] for row in rows):
            super().table(rows)
            return
        tab = w("tabs", w("tab", val="left", pos=2835))
        self.add(*(self.paragraph([run(f"{label}:\t"), *self.runs(value)], None, copy.deepcopy(tab))
                   for label, value in rows))


_TEMPLATES: dict[str, Callable[[Report, str], Template]] = dict(zip(LAYOUTS, (
    Template, BoldHeadings, Tables, LabelCells, ContentControls, AutoNumbered, TextBoxes, Footnotes, TrackedChanges,
    Capitals, PlainNumbered, Letter,
), strict=True))
