"""Sections: each heading and what stands under it, until the next heading of its level or the end of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualitycheck.document import Section
from qualitycheck.reading.drafts import Box, Draft, Row


@dataclass(slots=True)
class _Open:
    index: int
    level: int
    row: Row | None  # of a label cell: the section ends with this row


def find_sections(drafts: Sequence[Draft]) -> tuple[tuple[Section, ...], list[int]]:
    """The sections of the paragraphs of the body, and for each paragraph the index of its section."""
    sections = [Section(index=0, title="", level=0, parent=None, heading=None, first=0, last=len(drafts))]
    ends: dict[int, int] = {}
    section_of: list[int] = []
    stack = [_Open(0, 0, None)]
    for at, draft in enumerate(drafts):
        while stack[-1].row is not None and stack[-1].row not in _rows_around(draft.box):
            ends[stack.pop().index] = at
        if draft.heading_level is not None:
            while stack[-1].level >= draft.heading_level:
                ends[stack.pop().index] = at
            section = Section(
                index=len(sections),
                title=draft.text.strip(),
                level=draft.heading_level,
                parent=stack[-1].index or None,
                heading=at,
                first=at,
                last=len(drafts),
                from_label_cell=draft.heads_cells,
            )
            stack.append(_Open(section.index, section.level, _labelled_row(draft)))
            sections.append(section)
        section_of.append(stack[-1].index)
    if len(sections) > 1:
        ends[0] = sections[1].first
    return tuple(replace(section, last=ends.get(section.index, section.last)) for section in sections), section_of


def _labelled_row(draft: Draft) -> Row | None:
    """The row that a label cell heads; a bar across the table heads what comes after it too."""
    if not draft.heads_cells or draft.box is None or len(draft.box.row.boxes) == 1:
        return None
    return draft.box.row.labelled_with


def _rows_around(box: Box | None) -> list[Row]:
    rows = []
    while box is not None:
        rows.append(box.row.labelled_with)
        box = box.row.table.within
    return rows
