"""An office's own models: the shipped weights, moved a little towards its own decisions (`qualitycheck learn`).

What was learnt is numbers in `adjustment.json`: nothing of it runs as code, and the shipped files stay as they are.
`manifest.json` beside it holds its checksum, and those of the shipped files that it was learnt on: it fits no others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualitycheck.errors import DamagedModel
from qualitycheck.judging.artefacts import MANIFEST, checked, manifest, verified
from qualitycheck.judging.weighing import SaidOfElement, SaidOfSentence, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ADJUSTMENT = "adjustment.json"
SCHEMA = "qualitycheck/own-models/1"
LEAST_SHARE = 1e-4  # a likelihood below counts as this much when it is moved
_REMEDY = "learn them again (docs/own-models.md), or take `folder` out of [models]"


@dataclass(frozen=True)
class Shift:
    """How log-likelihoods are moved: times `scale`, plus what all share, plus what is one criterion's own.

    The likelihoods have so many columns (statuses; or sound and faulty) as `shared` and each of `own` have numbers.
    """

    scale: float
    shared: tuple[float, ...]
    own: Mapping[str, tuple[float, ...]]

    def applied(self, shares: NDArray[np.float32], criteria: Sequence[str]) -> NDArray[np.float32]:
        """(answers, columns), rows that sum to 1, with the criterion of each; what is impossible stays so."""
        import numpy as np

        nothing = (0.0,) * len(self.shared)
        own = np.array([self.own.get(criterion, nothing) for criterion in criteria]).reshape(-1, len(self.shared))
        moved = self.scale * np.log(np.maximum(shares, LEAST_SHARE)) + self.shared + own
        moved = np.where(shares > 0, np.exp(moved - moved.max(axis=1, keepdims=True)), 0.0)
        applied: NDArray[np.float32] = (moved / moved.sum(axis=1, keepdims=True)).astype(np.float32)
        return applied


@dataclass(frozen=True)
class Adjustment:
    """All that was learnt: how both regressions are moved, and each setting's own thresholds by fault."""

    statuses: Shift
    faults: Shift
    thresholds: Mapping[str, Mapping[str, float]]  # by boldness

    def as_json(self) -> bytes:
        return (json.dumps(asdict(self), indent=1) + "\n").encode()

    @staticmethod
    def from_json(data: bytes) -> Adjustment:
        told = json.loads(data)
        return Adjustment(_shift(told["statuses"]), _shift(told["faults"]), told["thresholds"])


def _shift(told: dict[str, Any]) -> Shift:
    return Shift(told["scale"], tuple(told["shared"]), {id_: tuple(row) for id_, row in told["own"].items()})


class OwnWeights(Weights):
    """The shipped weights, moved."""

    def __init__(self, adjustment: Adjustment) -> None:
        super().__init__(verified("statuses.onnx"), verified("faults.onnx"))
        self._moved = adjustment

    def statuses(self, said: Sequence[SaidOfElement]) -> NDArray[np.float32]:
        return self._moved.statuses.applied(super().statuses(said), [one.element for one in said])

    def faults(self, said: Sequence[SaidOfSentence]) -> NDArray[np.float32]:
        import numpy as np

        shares = super().faults(said)
        if not said:
            return shares
        return self._moved.faults.applied(np.stack([1 - shares, shares], 1), [one.fault for one in said])[:, 1]


def own_manifest(folder: Path) -> dict[str, Any]:
    """What the folder's own models were learnt from; raises DamagedModel where they are not whole or not for these."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        fits = told["schema"] == SCHEMA and told["shipped"] == manifest()["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise DamagedModel(f"{folder.name} holds no models of your own, or damaged ones: {_REMEDY}") from None
    if not fits:
        raise DamagedModel(f"the models in {folder.name} were learnt on another release of qualitycheck: {_REMEDY}")
    return told


def own_version(folder: Path) -> str:
    """Short, and another for every other thing learnt; raises DamagedModel."""
    checksum: str = own_manifest(folder)["files"][ADJUSTMENT]
    return checksum[:8]


def load_adjustment(folder: Path) -> Adjustment:
    """What was learnt; raises DamagedModel."""
    return Adjustment.from_json(checked(folder / ADJUSTMENT, own_manifest(folder)["files"][ADJUSTMENT], _REMEDY))
