"""What stands out of readings as they were given back: of nobody but those whom they concern, and never in a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualitycheck.precourt.examining import applying
from qualitycheck.precourt.reading import Reading
from qualitycheck.precourt.standing import standing
from qualitycheck.service.desk import Desk


def standing_out(at: Desk, readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """Sentences by id; none of a reading of which nothing was given back, or that was withdrawn."""
    found = {one.id: replace(one, rounds=tuple(r for r in one.rounds if r.returned)) for one in readings}
    told = {id: one for id, one in found.items() if one.rounds and not one.withdrawn}
    types = at.store.drafts.types(one.last.draft for one in told.values())
    sentences: dict[str, tuple[str, ...]] = dict.fromkeys(found, ())
    for id, one in told.items():
        sentences[id] = tuple(standing(one, applying(at.rulebook.criteria, types.get(one.last.draft, ""))))
    return sentences
