"""The annotated copy: findings and a reader's remarks as Word comments on their very words, and the copy without."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from qualitycheck.document import Document, Origin, Paragraph, Part
from qualitycheck.result import Passage, ReportResult
from qualitycheck.writing import comments, wording
from qualitycheck.writing.anchors import (
    Anchor,
    Place,
    fixed,
    place_after,
    place_before,
    released,
    whole,
)
from qualitycheck.writing.comments import Line, Remark
from qualitycheck.writing.markup import Markup, Node
from qualitycheck.writing.package import Package
from qualitycheck.writing.references import ReferenceMarks
from qualitycheck.writing.wording import Criteria

_NOTES = {Part.FOOTNOTE: ("footnote", "footnoteReference"), Part.ENDNOTE: ("endnote", "endnoteReference")}


class Note(NamedTuple):
    """A comment to be: the passage it is about (None: the title), what it says, and in whose name."""

    passage: Passage | None
    lines: Sequence[Line]
    author: str = comments.AUTHOR


def annotate(
    data: bytes,
    document: Document,
    report: ReportResult | None,
    criteria: Criteria = MappingProxyType({}),
    others: Sequence[Note] = (),
) -> bytes:
    """A copy of a file with a comment for each finding, each element in part, and one on the title for the whole.

    `document` is what was read from `data`, `report` what was found in it (None: nothing is said of that); `criteria`,
    those of the rulebook it was checked by, say what to do about an element that is not there or in part; `others` are
    comments in the name of people. Only the main part, the comment parts, the content types and the relationships
    change; comments of an earlier run are replaced.

    Raises:
        UnreadableReport: if a part is damaged.
    """
    cleaned = clean(data)
    if cleaned != data:
        from qualitycheck.reading import read_docx

        data, document = cleaned, read_docx(cleaned, name=document.name)
    package = Package(data)
    places = _Places(package, document)
    anchors, remarks = [], []
    notes = _notes(document, report, criteria) if report is not None else []
    notes = sorted([*notes, *(_elsewhere(document, note) for note in others)], key=_reading_order)
    for number, note in enumerate(notes, comments.next_id(package)):
        anchor = places.anchor(number, note.passage)
        if anchor is None:
            continue  # a report without a single run has nothing to fix a comment to
        anchors.append(anchor)
        remarks.append(Remark(number, note.lines, note.author))
    if not remarks:
        return data
    comments.add(package, remarks)
    package.write(package.main, places.main.spliced(fixed(places.main, anchors)))
    return package.saved()


def clean(data: bytes) -> bytes:
    """A copy of a file without qualitycheck's comments; the runs cut for them are put together again.

    Raises:
        UnreadableReport: if the file is not a report or a part is damaged.
    """
    package = Package(data)
    ids = comments.own_ids(package)
    if not ids:
        return data
    main = package.markup(package.main)
    package.write(package.main, main.spliced(released(main, ids)))
    comments.remove_own(package)
    return package.saved()


def _notes(document: Document, report: ReportResult, criteria: Criteria) -> list[Note]:
    """Of findings, of elements in part, and of the whole."""
    paragraphs = (*document.paragraphs, *document.margins)
    notes = [Note(None, wording.summary(report, criteria))]
    for finding in report.findings:
        paragraph = paragraphs[finding.passage.paragraph]
        notes.append(Note(finding.passage, wording.of_finding(finding, paragraph, criteria)))
    for element in wording.wanting(report):
        if element.passages:
            passage = element.passages[0]
            notes.append(Note(passage, wording.of_element(element, paragraphs[passage.paragraph], criteria)))
    return notes


def _elsewhere(document: Document, note: Note) -> Note:
    """The same, quoting its words where no comment can stand on them; at the title where the report has them not."""
    passage, (title, *rest) = note.passage, note.lines
    if passage is None:
        return note
    paragraphs = (*document.paragraphs, *document.margins)
    paragraph = paragraphs[passage.paragraph] if passage.paragraph < len(paragraphs) else None
    if paragraph is None or paragraph.text[passage.start : passage.end] != passage.text:
        return note._replace(passage=None, lines=[title, wording.quoted(passage), *rest])
    return note._replace(lines=[title, *wording.elsewhere(paragraph, passage), *rest])


def _reading_order(note: Note) -> tuple[int, int, int]:
    passage = note.passage
    return (passage.paragraph, passage.start, passage.end) if passage else (-1, 0, 0)


class _Places:
    """Where in the main part a passage of the report stands."""

    def __init__(self, package: Package, document: Document) -> None:
        self.main = package.markup(package.main)
        self._package = package
        self._paragraphs = (*document.paragraphs, *document.margins)
        self._references = {
            (node.name, node.get("id")): node
            for node in reversed(self.main.nodes)
            if node.name in ("footnoteReference", "endnoteReference")
        }
        self._marks = ReferenceMarks(self.main)
        self._others: dict[str, Markup] = {}
        self._title = self._find_title()

    def anchor(self, number: int, passage: Passage | None) -> Anchor | None:
        """The anchor for a passage; for one that cannot be commented on, at the title."""
        around = self._passage(passage) if passage is not None else None
        start_end_reference = around or self._title
        return Anchor(number, *start_end_reference) if start_end_reference else None

    def _find_title(self) -> tuple[Place, Place, Place] | None:
        texts = [
            paragraph
            for paragraph in self._paragraphs
            if paragraph.part is Part.BODY and any(origin.part == self._package.main for origin in paragraph.origins)
        ]
        title = next((paragraph for paragraph in texts if paragraph.is_heading), texts[0] if texts else None)
        if title is not None:
            return self._stretch(title, 0, len(title.text))
        # All the text stands in boxes: the paragraph of the body that holds the first of them.
        body = (node for node in self.main.named("p") if all(up.name != "txbxContent" for up in node.ancestors()))
        first = next((node for node in body if not node.empty), None)
        return (Place(first.close),) * 3 if first is not None else None

    def _passage(self, passage: Passage) -> tuple[Place, Place, Place] | None:
        paragraph = self._paragraphs[passage.paragraph]
        if paragraph.part in _NOTES:
            return self._note_mark(paragraph)
        return self._stretch(paragraph, passage.start, max(passage.end, passage.start + 1))

    def _stretch(self, paragraph: Paragraph, start: int, end: int) -> tuple[Place, Place, Place] | None:
        """The places around characters `start` to `end`, or around the paragraph if it holds none of them."""
        origins = [origin for origin in paragraph.origins if origin.part == self._package.main]
        covered = [origin for origin in origins if origin.start < end and start < origin.end] or origins
        if not covered:
            return None
        first, last = covered[0], covered[-1]
        opening, closing = self.main.nodes[first.node], self.main.nodes[last.node]
        before = place_before(self.main, opening, first.offset + max(start - first.start, 0))
        after = place_after(self.main, closing, last.offset + min(end, last.end) - last.start)
        return before, after, self._marks.place(closing, after)

    def _note_mark(self, paragraph: Paragraph) -> tuple[Place, Place, Place] | None:
        """The places around the mark in the body that refers to a note."""
        name, reference = _NOTES[paragraph.part]
        origin: Origin | None = next(iter(paragraph.origins), None)
        if origin is None:
            return None
        if origin.part not in self._others:
            self._others[origin.part] = self._package.markup(origin.part)
        around = self._others[origin.part].nodes[origin.node].ancestors()
        note: Node | None = next((node for node in around if node.name == name), None)
        mark = self._references.get((reference, note.get("id"))) if note else None
        if mark is None:
            return None
        before, after = whole(mark)
        return before, after, self._marks.place(mark, after)
