"""Footnotes and endnotes: after the body, in the order in which the text refers to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from qualitycheck.document import Part
from qualitycheck.reading.drafts import Draft, NoteReference
from qualitycheck.reading.names import VAL, W, number
from qualitycheck.reading.numbering import in_format
from qualitycheck.reading.package import Package
from qualitycheck.reading.walk import Walk

_KINDS = ((Part.FOOTNOTE, "footnote", "decimal"), (Part.ENDNOTE, "endnote", "lowerRoman"))  # defaults: 17.11.17


@dataclass(slots=True)
class NoteParagraph:
    """A paragraph of a note, the note it belongs to, and the paragraph that refers to it."""

    draft: Draft
    part: Part
    note_id: str
    anchor: Draft


class Notes:
    """The notes of a document."""

    def __init__(
        self,
        package: Package,
        settings: etree._Element | None,
        main: etree._Element,
        walk: Callable[[etree._Element, str], Walk],
    ) -> None:
        self._package = package
        self._settings = settings
        self._main = main
        self._walk = walk

    def read(self, drafts: Sequence[Draft]) -> list[NoteParagraph]:
        """The paragraphs of all notes that the drafts refer to, each note once."""
        found: list[NoteParagraph] = []
        for part, kind, default in _KINDS:
            references = [(ref, draft) for draft in drafts for ref in draft.notes if ref.part is part]
            if references:
                found += self._of_kind(references, part, kind, default)
        return found

    def _of_kind(
        self, references: list[tuple[NoteReference, Draft]], part: Part, kind: str, default: str
    ) -> list[NoteParagraph]:
        name = self._package.related(self._package.main, f"{kind}s")
        if name is None:
            return []
        root = self._package.xml(name)
        walk = self._walk(root, name)
        notes = {element.get(W + "id"): element for element in root.iterchildren(W + kind)}
        style, count = self._numbered(kind, default)
        found: list[NoteParagraph] = []
        for reference, anchor in references:
            element = notes.pop(reference.note_id, None)
            if element is None:
                continue
            paragraphs = walk.read(element, part)
            if not reference.has_own_mark:
                if paragraphs and paragraphs[0].label is None:
                    paragraphs[0].label = in_format(count, style) or None
                count += 1
            found += [NoteParagraph(draft, part, reference.note_id, anchor) for draft in paragraphs]
        return found

    def _numbered(self, kind: str, default: str) -> tuple[str, int]:
        """The number format and the first number, as the document or its settings have them."""
        of_section = self._main.find(f".//{W}sectPr/{W}{kind}Pr")
        of_all = self._settings.find(f"{W}{kind}Pr") if self._settings is not None else None
        style, start = default, 1
        for properties in (of_all, of_section):
            if properties is None:
                continue
            form = properties.find(W + "numFmt")
            style = form.get(VAL, style) if form is not None else style
            start = number(properties.find(W + "numStart"), start) or start
        return style, start
