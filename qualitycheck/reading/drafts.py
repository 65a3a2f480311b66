"""Paragraphs and tables while they are being read: what the walk through the XML leaves behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from qualitycheck.document import Cell, Origin, Part, Stretch
from qualitycheck.reading.styles import PLAIN, Emphasis, Look, Style


@dataclass(slots=True, eq=False)
class Table:
    """A table in the making; `within` is the cell that holds it, if it is nested."""

    number: int
    within: Box | None
    first_row: Emphasis
    first_column: Emphasis
    is_frame: bool = True  # no cell stands beside another: the table only holds the page together
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Row:
    table: Table
    number: int
    boxes: list[Box] = field(default_factory=list)
    next_column: int = 0
    above: Row | None = None  # the row that this one's first cell is merged into

    @property
    def labelled_with(self) -> Row:
        """The row whose label holds for this one too: itself, or the top of its merged first cell."""
        return self.above.labelled_with if self.above is not None else self


@dataclass(slots=True, eq=False)
class Box:
    """A table cell and the paragraphs in it; `column` counts columns of the grid, so that merged cells line up."""

    row: Row
    column: int
    span: int
    shaded: bool
    bold: bool  # by the style of the table
    continues: bool  # the lower part of a cell merged downwards
    paragraphs: list[Draft] = field(default_factory=list)

    @property
    def address(self) -> Cell | None:
        """What is in a frame stands where the frame stands."""
        table = self.row.table
        if table.is_frame:
            return table.within.address if table.within is not None else None
        return Cell(table.number, self.row.number, self.column)

    @property
    def text(self) -> str:
        return "\n".join(draft.text for draft in self.paragraphs)


@dataclass(slots=True, eq=False)
class NoteReference:
    offset: int
    part: Part
    note_id: str
    has_own_mark: bool  # the author's own mark stands in the text, so the note has no number


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph as the walk leaves it. `text` is final; headings and sections are decided afterwards."""

    part: Part
    box: Box | None
    text: str = ""
    chunks: list[str] = field(default_factory=list)
    length: int = 0
    origins: list[Origin] = field(default_factory=list)
    looks: list[tuple[int, int, Look]] = field(default_factory=list)
    unfilled: list[Stretch] = field(default_factory=list)
    inserted: list[Stretch] = field(default_factory=list)
    notes: list[NoteReference] = field(default_factory=list)
    boxes: list[Draft] = field(default_factory=list)  # paragraphs of the text boxes anchored here
    hidden: list[str] = field(default_factory=list)
    style_id: str | None = None
    style: Style = field(default_factory=Style)
    mark: Look = PLAIN  # of the paragraph mark
    outline: int | None = None
    list_id: int | None = None
    list_level: int | None = None
    label: str | None = None
    in_contents: bool = False  # a line of the table of contents
    heading_level: int | None = None
    heads_cells: bool = False  # the heading is a label cell of a table

    def append(self, text: str, origin: tuple[str, int, int], look: Look, inserted: bool, unfilled: bool) -> None:
        """Adds text at the end; `origin` is (part, node, offset)."""
        start, end = self.length, self.length + len(text)
        self.chunks.append(text)
        self.length = end
        self.origins.append(Origin(start, end, *origin))
        if self.looks and self.looks[-1][2] == look:
            self.looks[-1] = (self.looks[-1][0], end, look)
        else:
            self.looks.append((start, end, look))
        if inserted:
            _extend(self.inserted, start, end)
        if unfilled:
            _extend(self.unfilled, start, end)

    def close(self) -> None:
        self.text = "".join(self.chunks)

    def stretches(self, name: str) -> tuple[Stretch, ...]:
        """Where the look has a property ("italic", "coloured"); neighbours are joined."""
        found: list[Stretch] = []
        for start, end, look in self.looks:
            if getattr(look, name):
                _extend(found, start, end)
        return tuple(found)

    def throughout(self, name: str) -> bool:
        """Whether the whole paragraph has a property, to the eye: a stray character or space does not count."""
        having = sum(end - start for start, end, look in self.looks if getattr(look, name))
        spaces = sum(end - start for start, end, _ in self.looks if self.text[start:end].isspace())
        return having > 0 and having >= 0.9 * (self.length - spaces)

    @property
    def is_bold(self) -> bool:
        """Whether the whole paragraph is bold, by itself or by the style of its table."""
        return self.throughout("bold") or (self.box is not None and self.box.bold)


@dataclass(slots=True)
class Tally:
    """What was seen in the whole file beside its text."""

    unread: Counter[str] = field(default_factory=Counter)
    commented: dict[str, Draft] = field(default_factory=dict)  # where each comment begins
    hidden: list[str] = field(default_factory=list)
    tracked_changes: int = 0
    tables: int = 0
    paragraphs: int = 0
    characters: int = 0


def _extend(stretches: list[Stretch], start: int, end: int) -> None:
    if stretches and stretches[-1].end == start:
        stretches[-1] = Stretch(stretches[-1].start, end)
    else:
        stretches.append(Stretch(start, end))
