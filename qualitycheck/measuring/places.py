"""When a flag finds a fault: the contract's rule, in one place.

It has the fault's id, it overlaps the fault's words, and it is one sentence or at most three times as long as they.
Of a contradiction either side may be flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualitycheck.document import Document
from qualitycheck.language.sentences import split
from qualitycheck.result import Finding

MOST_TIMES_THE_WORDS = 3


class Spot(NamedTuple):
    """Characters `start` to `end` of a paragraph."""

    paragraph: int
    start: int
    end: int
    words: int


class Mark(NamedTuple):
    """A flag as it is judged: its criterion and its place."""

    id: str
    spot: Spot
    one_sentence: bool


@dataclass(frozen=True)
class Matched:
    """Which flags found which faults, by their places in what was given; every flag and fault stands once."""

    found: dict[int, tuple[int, ...]]  # fault -> its flags
    missed: tuple[int, ...]  # faults
    false: tuple[int, ...]  # flags


def locate(document: Document, quote: str, occurrence: int = 1) -> Spot | None:
    """Where the quotation stands; None when the document has it in no single paragraph."""
    seen = 0
    for paragraph in document.paragraphs:
        at = paragraph.text.find(quote)
        while at >= 0:
            seen += 1
            if seen == occurrence:
                return Spot(paragraph.index, at, at + len(quote), len(quote.split()))
            at = paragraph.text.find(quote, at + 1)
    return None


def mark_of(finding: Finding) -> Mark:
    passage = finding.passage
    return marked(finding.id, Spot(passage.paragraph, passage.start, passage.end, 0), passage.text)


def marked(id_: str, spot: Spot, text: str) -> Mark:
    return Mark(id_, spot._replace(words=len(text.split())), len(split(text)) <= 1)


def overlap(one: Spot, other: Spot) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and other.start < one.end


def finds(mark: Mark, spots: Sequence[Spot]) -> bool:
    """Whether a flag of the right id finds the fault that stands at these places."""
    return any(
        overlap(mark.spot, spot) and (mark.one_sentence or mark.spot.words <= MOST_TIMES_THE_WORDS * spot.words)
        for spot in spots
    )


def match(marks: Sequence[Mark], faults: Sequence[tuple[str, Sequence[Spot]]]) -> Matched:
    """Flags against faults (id, places), in order; of several flags that find the same fault none is a false alarm."""
    unmatched = dict(enumerate(marks))
    found: dict[int, tuple[int, ...]] = {}
    missed: list[int] = []
    for number, (id_, spots) in enumerate(faults):
        hits = tuple(i for i, mark in unmatched.items() if mark.id == id_ and finds(mark, spots))
        if not hits:
            missed.append(number)
            continue
        found[number] = hits
        for i in hits:
            del unmatched[i]
    return Matched(found, tuple(missed), tuple(unmatched))
