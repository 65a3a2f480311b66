"""How far a figure can be trusted: bootstrap over reports.

Sentences and elements of one report are not independent of each other, so whole reports are drawn, with replacement,
and the interval is that between the percentiles 2.5 and 97.5 of the figure over the draws (Efron and Tibshirani, An
Introduction to the Bootstrap, 1993, chapter 13). With few reports it is too narrow rather than too wide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20261121
Array = NDArray[np.float64]
# Sums of counts, (draws, columns), to figures, (draws,); nan where there was nothing to count.
Figure = Callable[[Array], Array]


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval of 95%; None where there was nothing to count, and no interval from one report."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Draws:
    """The same draws of so many reports for every figure, so that figures can be compared."""

    def __init__(self, reports: int, draws: int = DRAWS, seed: int = SEED) -> None:
        chance = np.random.default_rng(seed)
        drawn = chance.integers(0, max(reports, 1), (draws, reports))
        self.drawn: NDArray[np.int64] = drawn  # (draws, reports): which reports
        self._times = np.array([np.bincount(row, minlength=reports) for row in drawn], np.float64)

    def estimate(self, counts: Array, figure: Figure) -> Estimate:
        """`counts` (reports, columns) of what was counted in each report; the figure is taken of their sums."""
        return estimate(float(figure(counts.sum(0, keepdims=True))[0]), figure(self._times @ counts), len(counts))


def estimate(value: float, drawn: Array, reports: int) -> Estimate:
    """A figure with the interval of its draws."""
    if np.isnan(value):
        return Estimate(None)
    known = drawn[~np.isnan(drawn)]
    if reports < 2 or not len(known):
        return Estimate(value)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
