"""Weigh what the rules say against what the reader makes of a report, as was learnt on voices that neither had seen.

The weights are two logistic regressions (scikit-learn, kept as ONNX graphs): one for the status of an element, one for
whether a sentence is faulty. Their features are built here, for training and for checking alike. What all elements
share is learnt from all of them; what is one element's own is drawn towards it (OWN), as few reports speak of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import TYPE_CHECKING

from qualitycheck.judging.artefacts import session, verified
from qualitycheck.judging.labels import ELEMENTS, FAULTS, MAY_NOT_APPLY, STATUSES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN = 0.4  # size of an element's or a fault's own features beside the shared ones
MOST_ODDS = 6.0  # log-odds are cut here: beyond, the reader is no surer, only louder
STATUS_FEATURES = 9 + 6 * len(ELEMENTS)
FAULT_FEATURES = 7 + 4 * len(FAULTS)
THREADS = 1  # the regressions are small


@dataclass(frozen=True)
class SaidOfElement:
    """What rule and reader say of one element: the rule's status and confidence, the reader's log-odds by status."""

    element: str
    rule: str
    confidence: float
    odds: NDArray[np.float32]


@dataclass(frozen=True)
class SaidOfSentence:
    """What rules and reader say of one fault in one sentence; `confidence` is the surest rule's, 0 if none flags it."""

    fault: str
    odds: float
    confidence: float
    another: float  # the reader's highest log-odds among the other faults
    judgement: float  # the reader's log-odds that the author judges here, against all other speakers


def status_features(said: Sequence[SaidOfElement]) -> NDArray[np.float32]:
    """(elements, STATUS_FEATURES)."""
    import numpy as np

    rows = np.zeros((len(said), STATUS_FEATURES), np.float32)
    for row, one in zip(rows, said, strict=True):
        met, partial, missing, not_applicable = np.clip(one.odds, -MOST_ODDS, MOST_ODDS)
        ruled = [float(one.rule == status) for status in STATUSES]
        met_over, missing_over = met - partial, missing - partial
        surely = _log_odds(one.confidence)
        row[:9] = (
            met_over,
            missing_over,
            not_applicable if one.element in MAY_NOT_APPLY else 0.0,
            *ruled,
            ruled[0] * surely,
            ruled[2] * surely,
        )
        own = 9 + 6 * ELEMENTS.index(one.element)
        row[own : own + 6] = np.multiply(OWN, (1, met_over / 2, missing_over / 2, *ruled[:3]))
    return rows


def fault_features(said: Sequence[SaidOfSentence]) -> NDArray[np.float32]:
    """(sentences, FAULT_FEATURES)."""
    import numpy as np

    rows = np.zeros((len(said), FAULT_FEATURES), np.float32)
    for row, one in zip(rows, said, strict=True):
        odds, flagged = max(one.odds, -MOST_ODDS), float(one.confidence > 0)
        surely = _log_odds(one.confidence) if flagged else 0.0
        row[:7] = (odds, flagged, surely, flagged * odds, one.another, one.judgement, max(0.0, odds))
        own = 7 + 4 * FAULTS.index(one.fault)
        row[own : own + 4] = (OWN, OWN * odds / 2, OWN * flagged, OWN * flagged * odds / 2)
    return rows


def _log_odds(share: float) -> float:
    share = min(max(share, 0.02), 0.98)
    return log(share / (1 - share))


class Weights:
    """The two learnt regressions."""

    def __init__(self, statuses: bytes, faults: bytes) -> None:
        self._statuses, self._faults = session(statuses, THREADS), session(faults, THREADS)

    def statuses(self, said: Sequence[SaidOfElement]) -> NDArray[np.float32]:
        """(elements, STATUSES): how likely each status is, given rule and reader; rows sum to 1.

        What must apply is never not applicable.
        """
        shares: NDArray[np.float32] = self._statuses.run(None, {"X": status_features(said)})[1].copy()
        for row, one in zip(shares, said, strict=True):
            if one.element not in MAY_NOT_APPLY:
                row[STATUSES.index("not-applicable")] = 0
        shares /= shares.sum(axis=1, keepdims=True)
        return shares

    def faults(self, said: Sequence[SaidOfSentence]) -> NDArray[np.float32]:
        """(sentences,): how likely each is to be faulty in the way asked about."""
        import numpy as np

        if not said:
            return np.zeros(0, np.float32)
        shares: NDArray[np.float32] = self._faults.run(None, {"X": fault_features(said)})[1][:, 1]
        return shares


@cache
def load_weights() -> Weights:
    """The shipped weights; raises DamagedModel."""
    return Weights(verified("statuses.onnx"), verified("faults.onnx"))
