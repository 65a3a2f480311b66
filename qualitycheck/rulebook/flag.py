"""What a rule says about a case, before it is put into words: the same shape for every kind of rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qualitycheck.result import Status
from qualitycheck.understanding.case import Sentence


class Place(NamedTuple):
    """Characters `start` to `end` of a paragraph's text."""

    paragraph: int
    start: int
    end: int


def place_of(sentence: Sentence) -> Place:
    return Place(sentence.paragraph, sentence.start, sentence.end)


@dataclass(frozen=True, slots=True)
class Flag:
    """A fault seen at one place."""

    place: Place
    support: tuple[Place, ...] = ()  # what comes nearest to being its evidence
    related: tuple[Place, ...] = ()  # what it contradicts or repeats
    detail: Mapping[str, str] = field(default_factory=dict)  # words that fill the rule's message


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of an element, with the places that show it."""

    status: Status
    by_child: tuple[tuple[str, Status], ...] = ()  # child's key
    places: tuple[Place, ...] = ()
    unsure: bool = False
    lacking: tuple[str, ...] = ()  # what was not found, of what would make it met
