"""From the bytes of a .docx to a `Document`: reads like a recipe, each step in a file of its own."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from lxml import etree

from qualitycheck.document import Document, Paragraph, Part, Unread
from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import Limits
from qualitycheck.reading.comments import read_comments
from qualitycheck.reading.drafts import Draft, Tally
from qualitycheck.reading.headings import find_headings
from qualitycheck.reading.labels import type_labels
from qualitycheck.reading.margins import read_margins
from qualitycheck.reading.names import W
from qualitycheck.reading.notes import Notes
from qualitycheck.reading.numbering import Numbering
from qualitycheck.reading.outline import find_sections
from qualitycheck.reading.package import Package, damaged, too_big
from qualitycheck.reading.properties import read_pages, read_properties
from qualitycheck.reading.styles import Styles
from qualitycheck.reading.walk import Walk


def read_docx(
    source: bytes | os.PathLike[str] | str,
    *,
    name: str | None = None,
    limits: Limits = Limits(),
) -> Document:
    """The report in a .docx, .docm or .dotx file, given as bytes or as a path.

    Raises:
        UnreadableReport: if it cannot be read; the message begins with its verb, and holds no text of the report.
        OSError: if a path cannot be opened.
    """
    if isinstance(source, bytes):
        data, called = source, name or "report.docx"
    else:
        path = Path(source)
        if path.stat().st_size > limits.file_bytes:
            raise too_big(limits)
        data, called = path.read_bytes(), name or path.name
    package = Package.open(data, limits)
    return _Reading(package, limits).document(called, hashlib.sha256(data).hexdigest())


class _Reading:
    """One file being read: its parts, and what they share."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.tally = Tally()
        self.styles = Styles.of(self.related("styles"))
        self.numbering = Numbering(self.related("numbering"), self.styles)
        self.settings = self.related("settings")

    def related(self, kind: str) -> etree._Element | None:
        """The tree of a part that the main part refers to."""
        name = self.package.related(self.package.main, kind)
        return self.package.xml(name) if name is not None else None

    def walk(self, root: etree._Element, name: str, tally: Tally | None = None) -> Walk:
        return Walk(root, name, self.styles, self.numbering, tally or self.tally, self.limits)

    def document(self, name: str, sha256: str) -> Document:
        root = self.package.xml(self.package.main)
        if root.find(W + "body") is None:
            raise damaged()
        drafts = self.walk(root, self.package.main).read(root, Part.BODY)
        type_labels(drafts)
        find_headings(drafts)
        sections, section_of = find_sections(drafts)

        notes = Notes(self.package, self.settings, root, self.walk).read(drafts)
        places = {id(draft): index for index, draft in enumerate([*drafts, *(note.draft for note in notes)])}
        first_of_note = {(note.part, note.note_id): places[id(note.draft)] for note in reversed(notes)}

        paragraphs = [
            _paragraph(draft, index, section, first_of_note)
            for index, (draft, section) in enumerate(zip(drafts, section_of, strict=True))
        ]
        for note in notes:
            anchor = places[id(note.anchor)]
            paragraphs.append(_paragraph(note.draft, len(paragraphs), section_of[anchor], first_of_note, anchor))
        if not paragraphs:
            raise UnreadableReport("no-text", "holds no text: check that it is the report itself and not a scan of it")

        margins = read_margins(self.package, root, self.settings, self.walk)
        comments = read_comments(self.package, self.tally.commented, places, lambda r, n: self.walk(r, n, Tally()))
        return Document(
            name=name,
            sha256=sha256,
            paragraphs=tuple(paragraphs),
            margins=tuple(_paragraph(d, len(paragraphs) + at, 0, {}) for at, d in enumerate(margins)),
            sections=sections,
            comments=comments,
            unread=self._unread(),
            hidden=tuple(text for text in self.tally.hidden if text.strip()),
            tracked_changes=self.tally.tracked_changes,
            properties=read_properties(self.package),
            pages=read_pages(self.package),
        )

    def _unread(self) -> tuple[Unread, ...]:
        seen = self.tally.unread
        hidden = sum(1 for text in self.tally.hidden if text.strip())
        if hidden:
            seen["hidden text"] += hidden
        if any(name.lower().endswith("vbaproject.bin") for name in self.package.names):
            seen["macros"] += 1
        return tuple(Unread(what, seen[what]) for what in sorted(seen))


def _paragraph(
    draft: Draft, index: int, section: int, notes: dict[tuple[Part, str], int], anchor: int | None = None
) -> Paragraph:
    return Paragraph(
        index=index,
        text=draft.text,
        section=section,
        part=draft.part,
        label=draft.label,
        heading_level=draft.heading_level,
        style=draft.style.name or None,
        list_level=draft.list_level,
        cell=draft.box.address if draft.box is not None else None,
        origins=tuple(draft.origins),
        unfilled=tuple(draft.unfilled),
        inserted=tuple(draft.inserted),
        italic=draft.stretches("italic"),
        coloured=draft.stretches("coloured"),
        note_refs=tuple(
            (ref.offset, notes[(ref.part, ref.note_id)]) for ref in draft.notes if (ref.part, ref.note_id) in notes
        ),
        anchor=anchor,
    )
