"""One walk through the XML of a part, in reading order: what a reader sees becomes text, each text once.

The walk keeps its own stack, so depth costs nothing. Every element is one of three: it makes text (w:t, w:tab ...), it
is left out openly (deletions, properties, fallbacks), or it is a wrapper and is walked through, which is also what
happens to wrappers nobody has thought of yet. The text of equations (m:t) is read in the order it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from qualitycheck.document import Part
from qualitycheck.limits import Limits
from qualitycheck.reading.drafts import Draft, NoteReference, Tally
from qualitycheck.reading.fields import Fields, form_value
from qualitycheck.reading.names import MC, VAL, W14, XML_SPACE, A, M, O, R, V, W, on
from qualitycheck.reading.numbering import Numbering
from qualitycheck.reading.package import too_complex
from qualitycheck.reading.place import Place, is_hidden, is_struck_out
from qualitycheck.reading.styles import PLAIN, Styles, look_of, numbering_of, outline_of
from qualitycheck.reading.symbols import symbol

Leave: TypeAlias = Callable[[], None]
Enter: TypeAlias = Callable[[etree._Element], Leave | None]

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_CHART_EX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"

# Seen by nobody: soft hyphens (Word shows one only where it breaks a line), zero-width spaces and joiners of words,
# byte order marks, and the control characters that XML lets through.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u0080-\u0084\u0086-\u009f\u007f]+")
_TO_SPACES = str.maketrans("\t\n\r\u0085", "    ")

_TEXT_TAGS = frozenset(
    {W + tag for tag in ("t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "listEntry", "checkBox", "instrText")}
    | {M + "t", A + "t", A + "br"}
)
_CHANGES = frozenset(W + tag for tag in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)


def _nothing() -> None:
    return None


class Walk:
    """Reads the paragraphs of one part. `tally` and `numbering` go on from part to part."""

    def __init__(
        self, root: etree._Element, name: str, styles: Styles, numbering: Numbering, tally: Tally, limits: Limits
    ) -> None:
        self._name = name
        self._styles = styles
        self._numbering = numbering
        self._tally = tally
        self._limits = limits
        self._preserve = root.get(XML_SPACE) == "preserve"
        self._nodes: dict[etree._Element, int] = {}
        self._unended: set[etree._Element] = set()
        self._survey(root)
        self._enter = self._handlers()
        self._start(Part.BODY)

    def read(self, container: etree._Element, part: Part) -> list[Draft]:
        """The paragraphs under an element, text-bearing or not, those of text boxes after their anchor's."""
        self._start(part)
        stack: list[tuple[Iterator[etree._Element], Leave]] = [(iter(container), self._flush)]
        enters = self._enter
        while stack:
            for element in stack[-1][0]:
                enter = enters.get(element.tag)
                leave = enter(element) if enter is not None else _nothing
                if leave is not None:
                    stack.append((iter(element), leave))
                    break
            else:
                stack.pop()[1]()
            if len(stack) > self._limits.xml_depth:
                raise too_complex()
        return self._out

    def _start(self, part: Part) -> None:
        self._part = part
        self._out: list[Draft] = []
        self._draft: Draft | None = None
        self._carried: Draft | None = None  # its mark is deleted: the next paragraph goes on in it
        self._place = Place(self._styles)
        self._look = PLAIN
        self._placeholder_look = False
        self._inserted = 0
        self._controls = 0
        self._unfilled = 0
        self._fields = Fields()
        self._chosen: list[etree._Element | None] = []
        self._objects = 0

    def _survey(self, root: etree._Element) -> None:
        """Where the text-making elements stand, which fields never end, and how many changes are open."""
        open_fields: list[etree._Element] = []
        for position, element in enumerate(root.iter()):
            tag = element.tag
            if tag in _TEXT_TAGS:
                self._nodes[element] = position
            elif tag == W + "fldChar":
                kind = element.get(W + "fldCharType")
                if kind == "begin":
                    open_fields.append(element)
                elif kind == "end" and open_fields:
                    open_fields.pop()
            elif tag in _CHANGES:
                self._tally.tracked_changes += 1
        self._unended.update(open_fields)

    def _handlers(self) -> dict[object, Enter]:
        skipped = (
            "pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "smartTagPr",
            "customXmlPr", "ffData", "del", "moveFrom", "rubyPr", "rt", "fldData",
        )  # fmt: skip
        handlers: dict[object, Enter] = {W + name: _skip for name in skipped}
        handlers |= {
            W + "p": self._paragraph,
            W + "r": self._run,
            W + "t": self._text,
            W + "tab": self._as("\t"),
            W + "ptab": self._as("\t"),
            W + "br": self._as("\n"),
            W + "cr": self._as("\n"),
            W + "noBreakHyphen": self._as("-"),
            W + "sym": self._symbol,
            W + "ins": self._insertion,
            W + "moveTo": self._insertion,
            W + "fldChar": self._field,
            W + "instrText": self._instruction,
            W + "sdt": self._control,
            W + "tbl": self._open_table,
            W + "tr": self._open_row,
            W + "tc": self._open_cell,
            W + "txbxContent": self._text_box,
            W + "footnoteReference": self._note(Part.FOOTNOTE),
            W + "endnoteReference": self._note(Part.ENDNOTE),
            W + "commentRangeStart": self._comment,
            W + "commentReference": self._comment,
            W + "ruby": self._see("ruby annotation"),
            W + "object": self._object,
            W + "altChunk": self._see("altChunk"),
            W + "subDoc": self._see("subdocument"),
            W + "control": self._see("form control"),
            W14 + "contentPart": self._see("ink"),
            W + "contentPart": self._see("ink"),
            M + "t": self._text,
            M + "rPr": _skip,
            A + "p": self._shape_paragraph,
            A + "t": self._text,
            A + "br": self._as("\n"),
            O + "OLEObject": self._see("embedded file"),
            V + "imagedata": self._picture,
            V + "textpath": self._see("word art"),
            _PICTURE: self._see("image"),
            _CHART: self._see("chart"),
            _CHART_EX: self._see("chart"),
            _DIAGRAM: self._see("diagram"),
            MC + "AlternateContent": self._alternatives,
            MC + "Choice": self._alternative,
            MC + "Fallback": self._alternative,
        }
        return handlers

    # --- text

    def _text(self, element: etree._Element) -> Leave | None:
        text = element.text
        if not text:
            return None
        offset = 0
        if not self._preserve and element.get(XML_SPACE) != "preserve" and element.tag == W + "t":
            kept = text.strip(" \t\r\n")  # as Word does
            offset = text.find(kept) if kept else 0
            text = kept
        if "\n" in text or "\t" in text or "\r" in text or "\u0085" in text:
            text = text.translate(_TO_SPACES)
        if text.isascii() and "\x7f" not in text:
            self._write(text, element, offset)
            return None
        at = 0
        for unseen in _UNSEEN.finditer(text):
            self._write(text[at : unseen.start()], element, offset + at)
            at = unseen.end()
        self._write(text[at:], element, offset + at)
        return None

    def _as(self, text: str) -> Enter:
        def enter(element: etree._Element) -> Leave | None:
            self._write(text, element)
            return None

        return enter

    def _symbol(self, element: etree._Element) -> Leave | None:
        self._write(symbol(element.get(W + "font", ""), element.get(W + "char", "")), element)
        return None

    def _write(self, text: str, element: etree._Element, offset: int = 0) -> None:
        draft = self._draft
        if draft is None or not text or self._fields.in_instruction:
            return
        if self._look.hidden:
            draft.hidden.append(text)
            return
        self._tally.characters += len(text)
        unfilled = bool(self._unfilled or (self._placeholder_look and self._controls))
        draft.append(text, (self._name, self._nodes[element], offset), self._look, self._inserted > 0, unfilled)
        if draft.length > self._limits.paragraph_characters or self._tally.characters > self._limits.characters:
            raise too_complex()

    # --- paragraphs and runs

    def _paragraph(self, element: etree._Element) -> Leave | None:
        outer = (self._draft, self._look)
        draft = self._carried or Draft(self._part, self._place.box)
        self._carried = None
        properties = element.find(W + "pPr")
        goes_on = self._describe(draft, properties)
        self._draft = draft
        self._look = self._styles.look(draft.style_id, None, PLAIN)

        def leave() -> None:
            self._draft, self._look = outer
            if goes_on:
                self._carried = draft
            else:
                self._finish(draft)

        return leave

    def _describe(self, draft: Draft, properties: etree._Element | None) -> bool:
        """Takes over the paragraph's properties; true if the next paragraph joins it."""
        draft.style_id, mark = None, None
        if properties is not None:
            style = properties.find(W + "pStyle")
            draft.style_id = style.get(VAL) if style is not None else None
            mark = properties.find(W + "rPr")
        style_ = draft.style = self._styles.paragraph(draft.style_id)
        own_outline = outline_of(properties)
        draft.outline = own_outline if own_outline is not None else style_.outline
        draft.mark = look_of(mark)
        own_list, own_level = numbering_of(properties)
        draft.list_id = own_list if own_list is not None else style_.list_id
        draft.list_level = own_level if own_level is not None else self._style_level(draft, own_list is None)
        draft.in_contents = self._fields.in_contents or _is_contents_style(style_.names)
        return _joins_next(properties, mark)

    def _style_level(self, draft: Draft, from_style: bool) -> int:
        if from_style and draft.list_id is not None:
            linked = next(
                (
                    level
                    for name in self._styles.lineage(draft.style_id)
                    if (level := self._numbering.level_for_style(draft.list_id, name)) is not None
                ),
                None,
            )
            if linked is not None:
                return linked
        return draft.style.list_level or 0

    def _finish(self, draft: Draft) -> None:
        draft.close()
        self._number(draft)
        if draft.hidden:
            self._tally.hidden.append("".join(draft.hidden).strip())
        self._keep(draft, self._out)
        self._out.extend(draft.boxes)

    def _keep(self, draft: Draft, out: list[Draft]) -> None:
        if not draft.text.strip():
            return
        self._tally.paragraphs += 1
        if self._tally.paragraphs > self._limits.paragraphs:
            raise too_complex()
        out.append(draft)
        if draft.box is not None and draft.part is not Part.TEXTBOX:
            draft.box.paragraphs.append(draft)

    def _number(self, draft: Draft) -> None:
        """Counts the paragraph in its list. Word numbers empty paragraphs too, but not hidden ones."""
        if not draft.list_id or not self._numbering.is_list(draft.list_id):
            draft.list_level = None
        if draft.list_id is None or draft.list_level is None or draft.list_level not in range(9):
            return
        if not draft.text and draft.hidden and draft.mark.hidden:
            return
        draft.label = self._numbering.next_label(draft.list_id, draft.list_level)

    def _flush(self) -> None:
        """Ends a paragraph whose mark is deleted but which nothing follows to join."""
        if self._carried is not None:
            draft, self._carried = self._carried, None
            self._finish(draft)

    def _run(self, element: etree._Element) -> Leave | None:
        if self._draft is None:
            return _nothing
        outer = (self._look, self._placeholder_look)
        first = element[0] if len(element) else None
        properties = first if first is not None and first.tag == W + "rPr" else element.find(W + "rPr")
        style_id = None
        own = PLAIN
        if properties is not None and len(properties):
            style = properties.find(W + "rStyle")
            style_id = style.get(VAL) if style is not None else None
            own = look_of(properties)
        self._look = self._styles.look(self._draft.style_id, style_id, own)
        self._placeholder_look = "placeholder text" in self._styles.run_style_names(style_id)

        def leave() -> None:
            self._look, self._placeholder_look = outer

        return leave

    def _shape_paragraph(self, element: etree._Element) -> Leave | None:
        """A paragraph of a drawing that has text of its own rather than a text box."""
        outer = (self._draft, self._look)
        self._draft, self._look = Draft(Part.TEXTBOX, self._place.box), PLAIN

        def leave() -> None:
            draft = self._draft
            self._draft, self._look = outer
            if draft is None:
                return
            draft.close()
            self._keep(draft, self._draft.boxes if self._draft is not None else self._out)

        return leave

    # --- wrappers that mean something

    def _insertion(self, element: etree._Element) -> Leave | None:
        self._inserted += 1

        def leave() -> None:
            self._inserted -= 1

        return leave

    def _control(self, element: etree._Element) -> Leave | None:
        placeholder = bool(on(element.find(f"{W}sdtPr/{W}showingPlcHdr")))
        self._controls += 1
        self._unfilled += placeholder

        def leave() -> None:
            self._controls -= 1
            self._unfilled -= placeholder

        return leave

    def _field(self, element: etree._Element) -> Leave | None:
        kind = element.get(W + "fldCharType")
        if kind == "begin" and element not in self._unended:
            value = form_value(element)
            if value is not None:
                self._write(*value)
            self._fields.begin()
        elif kind == "separate":
            self._fields.separate()
            if self._draft is not None and self._fields.in_contents:
                self._draft.in_contents = True
        elif kind == "end":
            self._unfilled += 1
            for shown in self._fields.end():
                self._write(*shown)
            self._unfilled -= 1
        return None

    def _instruction(self, element: etree._Element) -> Leave | None:
        self._fields.instruct(element)
        return None

    def _alternatives(self, element: etree._Element) -> Leave | None:
        choices = [choice for choice in element.iterchildren(MC + "Choice") if _is_understood(choice)]
        self._chosen.append(choices[0] if choices else element.find(MC + "Fallback"))

        def leave() -> None:
            self._chosen.pop()

        return leave

    def _alternative(self, element: etree._Element) -> Leave | None:
        return _nothing if not self._chosen or element is self._chosen[-1] else None

    def _text_box(self, element: etree._Element) -> Leave | None:
        """Its paragraphs are read on their own, and stand after the one it is anchored in."""
        if self._look.hidden and self._draft is not None:
            self._draft.hidden.append(_plain_text(element))
        if self._look.hidden or self._fields.in_instruction:
            return None
        outer = (self._draft, self._look, self._placeholder_look, self._out, self._part, self._carried)
        anchor = self._draft
        boxed: list[Draft] = []
        self._draft, self._look, self._carried, self._out = None, PLAIN, None, boxed
        if self._part is Part.BODY:
            self._part = Part.TEXTBOX

        def leave() -> None:
            self._flush()
            self._draft, self._look, self._placeholder_look, self._out, self._part, self._carried = outer
            if anchor is not None:
                anchor.boxes.extend(boxed)
            else:
                self._out.extend(boxed)

        return leave

    # --- tables

    def _open_table(self, element: etree._Element) -> Leave | None:
        self._flush()
        self._tally.tables += 1
        return self._place.enter_table(self._tally.tables - 1, element.find(W + "tblPr"))

    def _open_row(self, element: etree._Element) -> Leave | None:
        properties = element.find(W + "trPr")
        if is_struck_out(properties):
            return None
        if is_hidden(properties):
            self._tally.hidden.append(_plain_text(element))
            return None
        self._place.enter_row(properties)
        return _nothing

    def _open_cell(self, element: etree._Element) -> Leave | None:
        properties = element.find(W + "tcPr")
        if properties is not None and properties.find(W + "cellDel") is not None:
            return None
        leave_cell = self._place.enter_cell(properties)

        def leave() -> None:
            self._flush()
            leave_cell()

        return leave

    # --- what stands in the text without being text

    def _note(self, part: Part) -> Enter:
        def enter(element: etree._Element) -> Leave | None:
            if self._draft is not None and not self._look.hidden and not self._fields.in_instruction:
                own_mark = element.get(W + "customMarkFollows", "0").lower() in ("1", "true", "on")
                note_id = element.get(W + "id", "")
                self._draft.notes.append(NoteReference(self._draft.length, part, note_id, own_mark))
            return None

        return enter

    def _comment(self, element: etree._Element) -> Leave | None:
        draft = self._draft
        if draft is not None:
            self._tally.commented.setdefault(element.get(W + "id", ""), draft)
        return None

    def _see(self, what: str) -> Enter:
        def enter(element: etree._Element) -> Leave | None:
            self._tally.unread[what] += 1
            return _nothing

        return enter

    def _object(self, element: etree._Element) -> Leave | None:
        self._objects += 1

        def leave() -> None:
            self._objects -= 1

        return leave

    def _picture(self, element: etree._Element) -> Leave | None:
        if not self._objects and (element.get(R + "id") or element.get(O + "relid") or element.get(R + "pict")):
            self._tally.unread["image"] += 1
        return None


def _plain_text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(W + "t"))


def _skip(element: etree._Element) -> Leave | None:
    return None


def _joins_next(properties: etree._Element | None, mark: etree._Element | None) -> bool:
    """Whether a reader sees the next paragraph go on in this one: its mark is deleted, or it is a drop capital."""
    if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
        return True
    frame = properties.find(W + "framePr") if properties is not None else None
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _is_contents_style(names: tuple[str, ...]) -> bool:
    return any(name.startswith(("toc ", "table of figures")) for name in names)


def _is_understood(choice: etree._Element) -> bool:
    """Whether everything a choice requires is something Word itself has shown."""
    wanted = choice.get("Requires", "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in wanted)
