"""From which likelihood a fault is shown: the shipped thresholds, all moved alike, one step for each setting.

What each setting looks for is a balance of precision and recall (van Rijsbergen's F, Information Retrieval, 1979,
chapter 7): `strict` holds precision twice as dear as recall, `thorough` recall twice as dear as precision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from qualitycheck.judging.judge import BOLDNESS, Boldness
from qualitycheck.learning.hearing import Heard

Thresholds = Mapping[str, Mapping[str, float]]  # by boldness, then by fault
RECALL_BESIDE_PRECISION: dict[Boldness, float] = {"strict": 0.5, "balanced": 1.0, "thorough": 2.0}
STEPS = (0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0)  # log-odds; of equals the first is taken
WORTH = 0.02  # of F, that moving by 1 must gain


def moved(shipped: Thresholds, reports: Sequence[Heard], shares: Sequence[NDArray[np.float32]]) -> Thresholds:
    """`shares`: for each report's questions, likelihoods by weights that have not seen the report."""
    steps = {bold: _best(shipped[bold], RECALL_BESIDE_PRECISION[bold], reports, shares) for bold in BOLDNESS}
    return {
        bold: {fault: round(_by(threshold, steps[bold]), 3) for fault, threshold in shipped[bold].items()}
        for bold in BOLDNESS
    }


def _best(
    shipped: Mapping[str, float], beta: float, reports: Sequence[Heard], shares: Sequence[NDArray[np.float32]]
) -> float:
    def worth(step: float) -> float:
        least = {fault: _by(threshold, step) for fault, threshold in shipped.items()}
        return round(_score(least, beta, reports, shares) - WORTH * abs(step), 9)

    return max(STEPS, key=worth)


def _score(
    least: Mapping[str, float], beta: float, reports: Sequence[Heard], shares: Sequence[NDArray[np.float32]]
) -> float:
    found = false = wanted = 0
    for report, of_report in zip(reports, shares, strict=True):
        shown = [share >= least[fault] for fault, share in zip(report.faults, of_report, strict=True)]
        keys = [keys for keys, is_shown in zip(report.finds, shown, strict=True) if is_shown]
        found += len({key for several in keys for key in several})
        false += sum(not several for several in keys)
        wanted += report.wanted
    weight = beta**2
    return (1 + weight) * found / max((1 + weight) * found + weight * (wanted - found) + false, 1)


def _by(threshold: float, step: float) -> float:
    """The threshold moved by so much in log-odds."""
    return 1 / (1 + exp(-(log(threshold / (1 - threshold)) + step)))
