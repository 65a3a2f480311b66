"""Shares estimated from a graded sample with the checker's view of the whole frame: prediction-powered inference.

What people graded decides; where the checker's view goes with it, the checker's view of the reports that nobody read
takes off some of the chance of the draw. A checker that is wrong all the time cannot bend the estimate, only fail to
help: its mean error is measured on the graded reports and taken off.

The estimate and its power tuning are those of PPI++ (Angelopoulos, Duchi and Zrnic, arXiv 2311.01453, 2023; the same
to the last digit as ppi-python's), combined over strata (Fisch and others, Stratified Prediction-Powered Inference,
NeurIPS 2024) with one tuning for all. As the frame is finite and wholly checked this is the difference estimator of
survey sampling, and has its variance (Saerndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, section
6.3). The interval is Wilson's on the effective size, as for plain shares: the normal one fails near 0 and 1.

Below `FEWEST` reports graded it does not hold what it promises, as `make simulate` found (docs/simulation.md), and
there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck.inspecting.proportions import Array, unread, wilson

FEWEST = 100  # reports graded in all; the size that docs/simulation.md arrives at
FEWEST_OF_STRATUM = 10
FEWEST_OF_EACH = 5  # reports that fall short, and that do not
LENT = 1.0  # squared errors lent to each stratum's variance


@dataclass(frozen=True)
class Assisted:
    """The estimate and its interval; `tuning` is how far the checker was followed, 0 not at all, 1 fully."""

    share: float
    low: float
    high: float
    tuning: float


@dataclass(frozen=True)
class Sums:
    """Over the reports of each stratum, (..., strata): what is needed of them, whatever the order.

    `judged` is 0 or 1 for each graded report, `seen` the checker's view of it, 0 to 1.
    """

    graded: Array
    judged: Array
    seen: Array
    both: Array  # of judged times seen
    seen_squared: Array
    frame: Array  # reports
    frame_seen: Array
    frame_seen_squared: Array


@dataclass(frozen=True)
class Stratum:
    """Graded reports as (judged, seen), and what the checker saw in every report of the frame, those graded too."""

    graded: Sequence[tuple[float, float]]
    seen: Sequence[float]


def assisted(strata: Sequence[Stratum]) -> Assisted | None:
    """The estimate for one sample; None where too few were graded for its interval to hold."""
    graded = [len(stratum.graded) for stratum in strata]
    short = sum(judged for stratum in strata for judged, _ in stratum.graded)
    if not enough(graded, short):
        return None
    share, size, tuning = estimate(_sums(strata))
    low, high = wilson(share, size)
    return Assisted(float(share), float(low), float(high), float(tuning))


def enough(graded: Sequence[int], short: float) -> bool:
    """Whether so many in each stratum, so many of them falling short, are enough."""
    return (
        sum(graded) >= FEWEST and min(graded) >= FEWEST_OF_STRATUM and min(short, sum(graded) - short) >= FEWEST_OF_EACH
    )


def estimate(sums: Sums) -> tuple[Array, Array, Array]:
    """(..., strata) to (...): the share, its effective size and the tuning."""
    n, of = sums.graded, sums.frame
    weights = of / of.sum(-1, keepdims=True)
    each = weights**2 * unread(n, of) / n
    together = sums.both / n - sums.judged * sums.seen / n**2
    spread = (sums.frame_seen_squared - sums.frame_seen**2 / of) / np.maximum(of - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        tuning = (each * together).sum(-1) / (each * spread).sum(-1)
        tuning = np.clip(np.nan_to_num(tuning, nan=0.0, posinf=0.0, neginf=0.0), 0, 1)
        t = tuning[..., None]
        error = (sums.judged - t * sums.seen) / n
        share = np.clip((weights * (t * sums.frame_seen / of + error)).sum(-1), 0, 1)
        variance = (each * _variance(sums, t, error)).sum(-1)
        inside = (share > 0) & (share < 1)
        size = np.where(inside, share * (1 - share) / variance, 1 / each.sum(-1))
        size = np.where(variance > 0, size, np.inf)  # the whole frame was graded
    return share, size, tuning


def _variance(sums: Sums, t: Array, error: Array) -> Array:
    """Of the error of each stratum, with half a report more that was wrong one way and half the other (Agresti and Min,
    Statistics in Medicine 2005): a checker that was always right in the sample is not always right."""
    n = sums.graded
    squared = sums.judged - 2 * t * sums.both + t**2 * sums.seen_squared
    return np.asarray((squared - n * error**2 + LENT) / (n - 1))


def _sums(strata: Sequence[Stratum]) -> Sums:
    pairs = [np.asarray(stratum.graded, np.float64).reshape(-1, 2) for stratum in strata]
    seen = [np.asarray(stratum.seen, np.float64) for stratum in strata]

    def each(*values: float) -> Array:
        return np.array(values, np.float64)

    return Sums(
        graded=each(*map(len, pairs)),
        judged=each(*(pair[:, 0].sum() for pair in pairs)),
        seen=each(*(pair[:, 1].sum() for pair in pairs)),
        both=each(*(pair.prod(1).sum() for pair in pairs)),
        seen_squared=each(*((pair[:, 1] ** 2).sum() for pair in pairs)),
        frame=each(*map(len, seen)),
        frame_seen=each(*(s.sum() for s in seen)),
        frame_seen_squared=each(*((s**2).sum() for s in seen)),
    )
