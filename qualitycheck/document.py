"""What a report says, free of Word: paragraphs, sections, and the way back to the file.

Nothing here knows .docx. `qualitycheck.reading` builds a `Document`; everything else only reads it.
The text is what a reader sees (tracked insertions in, deletions out, fields by their result) and is
never changed afterwards: normal forms live beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """Where in the file a paragraph stands; the values are those of `qualitycheck text`."""

    BODY = "body"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    HEADER = "header"
    FOOTER = "footer"
    TEXTBOX = "textbox"


class Origin(NamedTuple):
    """A stretch of a paragraph's text and the XML node that holds it.

    `node` is the position of the element in `root.iter()` of the parsed part (lxml, default parser
    settings of `qualitycheck.reading.package.parse_xml`); `offset` is the first character of the
    stretch within that element's own text. `start` and `end` are offsets in the paragraph's text.
    """

    start: int
    end: int
    part: str
    node: int
    offset: int


class Cell(NamedTuple):
    """The innermost table cell a paragraph stands in: table number (in reading order), row, column, from 0.

    A table of one column is a frame around text and not a table: nothing in it stands beside anything else.
    """

    table: int
    row: int
    column: int


class Stretch(NamedTuple):
    """Characters `start` to `end` of a paragraph's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One text-bearing paragraph, as the reader sees it."""

    index: int  # counts from 0 in reading order; headers and footers come last
    text: str
    section: int  # index into Document.sections
    part: Part = Part.BODY
    label: str | None = None  # the number a reader sees, automatic numbering included: "12.", "(a)"
    heading_level: int | None = None  # 1 is the highest; None: not a heading
    style: str | None = None  # the style's name, for people and for diagnostics
    list_level: int | None = None  # 0 is the outermost; None: not in a list
    cell: Cell | None = None
    origins: tuple[Origin, ...] = ()
    unfilled: tuple[Stretch, ...] = ()  # controls still showing their placeholder
    inserted: tuple[Stretch, ...] = ()  # tracked insertions, read as text
    italic: tuple[Stretch, ...] = ()
    coloured: tuple[Stretch, ...] = ()  # text in another colour than black or automatic
    note_refs: tuple[tuple[int, int], ...] = ()  # (offset, index of the note's first paragraph)
    anchor: int | None = None  # of a note's paragraph: index of the paragraph that refers to it

    @property
    def is_heading(self) -> bool:
        return self.heading_level is not None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; section 0 is what comes before the first heading."""

    index: int
    title: str  # as written, "" for section 0
    level: int  # 0 for section 0; label cells of tables come below every heading of their table
    parent: int | None
    heading: int | None  # index of the heading's paragraph
    first: int  # its paragraphs, own subsections included: first <= index < last
    last: int
    from_label_cell: bool = False  # the heading is a label cell of a table


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment found in the file; kept there, never read as the report's text."""

    author: str
    text: str
    paragraph: int | None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Something seen in the file and not read, so that nothing is dropped silently."""

    what: str  # "image", "chart", "embedded file", "hidden text", "altChunk", "equation", ...
    count: int


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read from a file."""

    name: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]  # body, tables, text boxes; then footnotes and endnotes
    margins: tuple[Paragraph, ...]  # headers and footers; their indices go on from `paragraphs`
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...] = ()
    unread: tuple[Unread, ...] = ()
    hidden: tuple[str, ...] = ()  # hidden text, listed for the author, never judged
    tracked_changes: int = 0  # insertions, deletions and moves still open
    properties: dict[str, str] = field(default_factory=dict)  # author, last modified by, title, ...
    pages: int | None = None  # as the file's own properties say

    def section_of(self, paragraph: Paragraph) -> Section:
        return self.sections[paragraph.section]

    def section_path(self, paragraph: Paragraph) -> tuple[Section, ...]:
        """The sections a paragraph stands in, outermost first."""
        path: list[Section] = []
        at: int | None = paragraph.section
        while at is not None:
            path.append(self.sections[at])
            at = self.sections[at].parent
        return tuple(reversed(path))

    @property
    def words(self) -> int:
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)
