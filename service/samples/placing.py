"""Words that a reader copied from a report, found in it: what they saw is masked, what is kept is as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck.inspecting.masked import Mask, lines_of, text_of
from qualitycheck.rendering.sheet import Line, Sheet
from qualitycheck.result import Passage

NOT_THERE = "These words are not in the report: copy them from one paragraph of it, as they stand."
TWICE = "These words stand in more than one place: copy some more of the words around them."
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


class NotFound(ValueError):
    """The words cannot be placed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class _Hit:
    line: Line
    section: str
    start: int  # in the paragraph as it is written
    end: int


def found(words: str, sheet: Sheet, mask: Mask, near: int | None = None) -> Passage | None:
    """The passage of these words, or of the paragraph whose number they are; None where there are none.

    `near` is the index of the paragraph where they were marked, which counts where they stand in several.

    Raises:
        NotFound: if they are not in the report, or more than once.
    """
    wanted = _folded(words)[0].strip(" \"'")
    if not wanted:
        return None
    hits = list(_hits(wanted, sheet, mask)) or list(_numbered(wanted, sheet))
    hits = [hit for hit in hits if hit.line.index == near][:1] or hits
    if not hits:
        raise NotFound(NOT_THERE)
    if len(hits) > 1:
        raise NotFound(TWICE)
    (hit,) = hits
    text = text_of(hit.line)[hit.start : hit.end]
    return Passage(hit.line.index, hit.line.label, hit.section, hit.start, hit.end, text)


def shown(passage: Passage, sheet: Sheet, mask: Mask) -> str:
    """The words of a passage as the reader sees them."""
    for line in lines_of(sheet):
        if line.index == passage.paragraph:
            masked = mask.of(text_of(line))
            start, end = masked.shown(passage.start, passage.end)
            return masked.text[start:end]
    return mask.of(passage.text).text


def _hits(wanted: str, sheet: Sheet, mask: Mask) -> Iterator[_Hit]:
    for line, section in _with_sections(sheet):
        masked = mask.of(text_of(line))
        plain, places = _folded(masked.text)
        at = plain.find(wanted)
        while at >= 0:
            yield _Hit(line, section, *masked.written(places[at], places[at + len(wanted) - 1] + 1))
            at = plain.find(wanted, at + len(wanted))


def _numbered(wanted: str, sheet: Sheet) -> Iterator[_Hit]:
    """The whole paragraph of that number, for who types it: "12" or "4.1"."""
    for line, section in _with_sections(sheet):
        text = text_of(line)
        begins = text.split(maxsplit=1)[0] if text[:1].isdigit() else ""
        if wanted.strip(".") in {number.strip(".") for number in (line.label or "", begins)}:
            yield _Hit(line, section, 0, len(text))


def _with_sections(sheet: Sheet) -> Iterator[tuple[Line, str]]:
    section = ""
    for line in lines_of(sheet):
        if line.heading:
            section = text_of(line)
        yield line, section


def _folded(text: str) -> tuple[str, list[int]]:
    """In lower case, blanks of one kind and one at a time; and for each character its offset in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(_SAME)):
        plain = " " if letter.isspace() else letter.lower()[:1]
        if plain == " " and (not letters or letters[-1] == " "):
            continue
        letters.append(plain)
        places.append(place)
    return "".join(letters), places
