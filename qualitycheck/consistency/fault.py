"""What an exact check gives: the place of a fault, what it contradicts, and the words for its message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qualitycheck.understanding.case import Case


class Span(NamedTuple):
    """Characters `start` to `end` of a paragraph's text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at one place; `detail` fills the {words} of its rule's message."""

    criterion: str  # the catalogue's id
    paragraph: int
    start: int
    end: int
    related: tuple[Span, ...] = ()  # what it contradicts or repeats
    detail: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[Case], Iterator[Fault]]
