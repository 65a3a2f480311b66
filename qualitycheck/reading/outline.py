"""Sections: each heading and what stands under it, until the next heading of its level or the end of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualitycheck.document import Section
from qualitycheck.reading.drafts import Box, Draft, Row


@dataclass(slots=True)
class _Open:
    index: int
    level: int
    row: Row | None  # of a label cell: the section ends with this row


def find_sections(drafts: Sequence[Draft]) -> tuple[tuple[Section, ...], list[int]]:
    """The sections of the paragraphs of the body, and for each paragraph the index of its section."""
    titles = [("", 0, None, None, False)]
    firsts, lasts = [0], [len(drafts)]
    parents: list[int | None] = [None]
    section_of: list[int] = []
    stack = [_Open(0, 0, None)]
    for at, draft in enumerate(drafts):
        while stack[-1].row is not None and stack[-1].row not in _rows_around(draft.box):
            lasts[stack.pop().index] = at
        if draft.heading_level is not None:
            while stack[-1].level >= draft.heading_level and stack[-1].index:
                lasts[stack.pop().index] = at
            parents.append(stack[-1].index or None)
            row = draft.box.row if draft.heads_cells and draft.box is not None and len(draft.box.row.boxes) > 1 else None
            stack.append(_Open(len(titles), draft.heading_level, row))
            titles.append((draft.text.strip(), draft.heading_level, at, None, draft.heads_cells))
            firsts.append(at)
            lasts.append(len(drafts))
        section_of.append(stack[-1].index)
    if len(firsts) > 1:
        lasts[0] = firsts[1]
    sections = tuple(
        Section(
            index=index,
            title=title,
            level=level,
            parent=parents[index],
            heading=heading,
            first=firsts[index],
            last=lasts[index],
            from_label_cell=from_label_cell,
        )
        for index, (title, level, heading, _, from_label_cell) in enumerate(titles)
    )
    return sections, section_of


def _rows_around(box: Box | None) -> list[Row]:
    rows = []
    while box is not None:
        rows.append(box.row)
        box = box.row.table.within
    return rows
