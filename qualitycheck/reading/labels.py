"""Paragraph numbers that authors type themselves: "12.<tab>", "(a) ...", "3.2.1 ..."."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import re2

from qualitycheck.document import Part
from qualitycheck.reading.drafts import Draft

_LABEL = re2.compile(
    r"^[ \t]*(?P<open>\(?)"
    r"(?P<count>\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]\d{1,3}|[ivxlIVXL]{1,6}|[A-Za-z])"
    r"(?P<close>\.?\)?)(?P<gap>[\t ]+)\S"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Typed(NamedTuple):
    label: str
    shape: tuple[str, str, str]  # what stands before, what after, and the numbers above the last
    value: int
    tab: bool


def type_labels(drafts: Sequence[Draft]) -> None:
    """Gives a label to each paragraph that begins with a number of its own.

    A number is a paragraph's when a tab follows it, or when it has relations: the document also begins a paragraph with
    the number before or after, written the same way, or "4.1" with "4". "12 children came" and "3 May" have none.
    """
    read = [(draft, _read(draft)) for draft in drafts if _may_be_numbered(draft)]
    known = {(typed.shape, typed.value) for _, found in read for typed in found}
    numbers = {typed.label.strip("().") for _, found in read for typed in found}
    numbers |= {draft.label.strip("().") for draft in drafts if draft.label is not None}
    for draft, found in read:
        for typed in found:
            neighbours = {(typed.shape, typed.value - 1), (typed.shape, typed.value + 1)}
            above = typed.label.strip("().").rpartition(".")[0]
            if typed.tab or neighbours & known or above in numbers:
                draft.label = typed.label
                break


def _may_be_numbered(draft: Draft) -> bool:
    return draft.label is None and not draft.in_contents and draft.part in (Part.BODY, Part.TEXTBOX)


def _read(draft: Draft) -> list[_Typed]:
    """The ways to read the start of a paragraph as its number; "i" may be a roman one or a letter."""
    found = _LABEL.match(draft.text[:40])
    if found is None:
        return []
    opening, count, closing = found["open"], found["count"], found["close"]
    if bool(opening) != closing.endswith(")") and (opening or count.count(".")):
        return []
    tab = "\t" in found["gap"]
    if not (opening or closing or tab or "." in count):
        return []
    label = opening + count + closing
    above, _, last = count.rpartition(".")
    return [_Typed(label, (opening, closing, kind + above), value, tab) for kind, value in _values(last)]


def _values(count: str) -> list[tuple[str, int]]:
    if count.isdigit():
        return [("1", int(count))]
    if count[1:].isdigit():
        return [(count[0], int(count[1:]))]
    case = "a" if count.islower() else "A"
    values = []
    if all(letter in _ROMAN for letter in count.lower()):
        values.append((f"{case}roman", _from_roman(count.lower())))
    if len(count) == 1:
        values.append((case, ord(count.lower()) - ord("a") + 1))
    return values


def _from_roman(letters: str) -> int:
    total = 0
    for letter, following in zip(letters, letters[1:] + " ", strict=True):
        value = _ROMAN[letter]
        total += -value if following != " " and _ROMAN[following] > value else value
    return total
