"""A mistake of language, before it is placed in a paragraph."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """Characters `start` to `end` of an `AuthorText` that are wrong."""

    start: int
    end: int
    kind: str  # "spelling", or the id of the slip
    suggestion: str  # what to write instead; "" where it cannot be told
    why: str  # a plain clause for the author
