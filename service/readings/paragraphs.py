"""The paragraphs of a report as its reader may name one: by number, by its first words, or by words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck.rendering.sheet import Group, Line, Sheet
from qualitycheck.result import Passage

FIRST_WORDS = 60  # characters of a paragraph in a list of them
_OWN_NUMBER = re.compile(r"\s*((?:\d+(?:\.\d+)*[.)]?|\([a-z0-9]{1,3}\)))\s")


@dataclass(frozen=True, slots=True)
class Placed:
    """One paragraph, with where it stands."""

    index: int
    label: str | None
    section: str
    text: str

    @property
    def short(self) -> str:
        """Its number and its first words, for a list."""
        words = " ".join(self.text.split())
        label = f"{self.label} " if self.label and not words.startswith(self.label) else ""
        return label + (words if len(words) <= FIRST_WORDS else f"{words[: FIRST_WORDS - 2].rstrip()} …")


def paragraphs(sheet: Sheet) -> dict[int, Placed]:
    """Those with words in them by index, in reading order."""
    found: dict[int, Placed] = {}
    section = ""
    for line, is_label in _lines(sheet):
        text = "".join(piece.text for piece in line.pieces)
        if line.heading is not None or is_label:
            section = " ".join(text.split())
        if text.strip():
            own = _OWN_NUMBER.match(text)
            found[line.index] = Placed(line.index, line.label or (own[1] if own else None), section, text)
    return found


def _lines(sheet: Sheet) -> Iterator[tuple[Line, bool]]:
    """Each with whether it is what names the rest of its row."""
    for block in sheet.blocks:
        if isinstance(block, Group):
            yield from ((line, False) for line in block.lines)
            continue
        for row in block.rows:
            for cell in row:
                for group in cell.groups:
                    yield from ((line, cell.is_label) for line in group.lines)


def passage_of(paragraph: Placed, words: str = "", start: int | None = None) -> Passage | None:
    """These words of a paragraph, all of it without any; None where they do not stand in it.

    Args:
        paragraph: of the report.
        words: as they were pasted: how they are spaced makes no difference.
        start: about where they begin, if that is known: the nearest place counts, otherwise the first.
    """
    found = (0, len(paragraph.text)) if not words.strip() else _where(paragraph.text, words, start)
    if found is None:
        return None
    text = paragraph.text[found[0] : found[1]]
    return Passage(paragraph.index, paragraph.label, paragraph.section, *found, text)


def _where(text: str, words: str, start: int | None) -> tuple[int, int] | None:
    """From and to; both texts are compared without their spaces, so that a line break is no difference."""
    places = [index for index, character in enumerate(text) if not character.isspace()]
    bare, wanted = "".join(text[index] for index in places), "".join(words.split())
    found = [(places[at], places[at + len(wanted) - 1] + 1) for at in _all(bare, wanted)]
    return min(found, key=lambda one: abs(one[0] - (start or 0)), default=None)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
