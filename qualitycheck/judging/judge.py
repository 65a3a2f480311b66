"""The judge of a check: reader, weights and thresholds together, and how bold it is to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from qualitycheck.judging import claims, verdict
from qualitycheck.judging.artefacts import manifest
from qualitycheck.judging.claims import Asked, Ruled
from qualitycheck.judging.own import OwnWeights, load_adjustment, own_version
from qualitycheck.judging.reader import Reader, Reading, load_reader
from qualitycheck.judging.verdict import Verdict
from qualitycheck.judging.weighing import Weights, load_weights
from qualitycheck.rulebook.flag import Judgement
from qualitycheck.understanding.case import Case

Boldness = Literal["strict", "balanced", "thorough"]
BOLDNESS: tuple[Boldness, ...] = ("strict", "balanced", "thorough")


class Judge:
    """What the models say of a case, beside what the rules say of it."""

    def __init__(self, reader: Reader, weights: Weights, thresholds: Mapping[str, float], version: str) -> None:
        self._reader = reader
        self._weights = weights
        self._thresholds = thresholds
        self.version = version

    def read(self, case: Case) -> Reading:
        return self._reader.read(case)

    def elements(self, case: Case, reading: Reading, judged: Sequence[tuple[str, Judgement, float]]) -> list[Verdict]:
        """A verdict for each element, in the order given."""
        return verdict.weighed(judged, reading, self._weights, case)

    def claims(self, case: Case, reading: Reading, ruled: Sequence[Ruled]) -> dict[Asked, float]:
        """How likely each fault that is worth showing is."""
        return claims.weighed(case, reading, self._weights, ruled, self._thresholds)


def load_judge(boldness: Boldness = "balanced", own: Path | None = None) -> Judge:
    """The shipped models, or an office's own in the folder `own`; raises DamagedModel."""
    if own is None:
        return Judge(load_reader(), load_weights(), shipped_thresholds()[boldness], version())
    adjustment = load_adjustment(own)
    return Judge(load_reader(), OwnWeights(adjustment), adjustment.thresholds[boldness], version(own))


def shipped_thresholds() -> Mapping[str, Mapping[str, float]]:
    """By boldness, for each fault the likelihood from which it is shown; raises DamagedModel."""
    thresholds: Mapping[str, Mapping[str, float]] = manifest()["thresholds"]
    return thresholds


def version(own: Path | None = None) -> str:
    """Of the shipped models, and of an office's own upon them: "1" or "1+own.0a1b2c3d"; raises DamagedModel."""
    shipped: str = manifest()["version"]
    return shipped if own is None else f"{shipped}+own.{own_version(own)}"
