"""What an operator is, and what it gives back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from qualitycheck.models.corpora.operators.changes import Broken
from qualitycheck.models.corpora.operators.scene import Scene
from qualitycheck.models.corpora.operators.wordings import Unfillable

Report = dict[str, Any]


class Mutation(NamedTuple):
    """An edited report and what became of one label in it.

    For a finding `was` and `becomes` are "fault" or "clean", and `quote` is the judged passage as it stands in the
    edited report; for an element they are statuses and `quote` is empty. `unsure` holds the elements whose label the
    edit may have changed besides: nothing should be learnt from them.
    """

    report: Report
    operator: str
    id: str
    was: str
    becomes: str
    quote: str = ""
    unsure: frozenset[str] = frozenset()


class Made(NamedTuple):
    """What a change gives its operator: a Mutation less the operator's name."""

    report: Report
    id: str
    was: str
    becomes: str
    quote: str = ""
    unsure: frozenset[str] = frozenset()


Change = Callable[[Scene, random.Random], Made | None]


@dataclass(frozen=True)
class Operator:
    """One way of changing a report. `sister` does the opposite and looks the same: drawn with the same seed, the two
    change the same place in the same words but those that decide. `twin` says that only together are they a pair,
    since the judged passage does not stand in the report as it was.
    """

    name: str
    ids: tuple[str, ...]
    change: Change
    says: str
    sister: str | None = None
    twin: bool = False
    held_out: bool = False

    def apply(self, report: Report, chance: random.Random) -> Mutation | None:
        """The report changed (the given one stays as it was), or None where it has no place for this."""
        return self.on(Scene(report), chance)

    def on(self, scene: Scene, chance: random.Random) -> Mutation | None:
        """`apply`, for a report that was looked through already."""
        try:
            made = self.change(scene, chance)
        except (Broken, Unfillable):  # the place it chose cannot be changed so
            return None
        return made and Mutation(made.report, self.name, *made[1:])
