"""Shares of the reports of a frame, from a stratified sample, with intervals of 95%.

The estimate is that of stratified sampling, each stratum weighted by its part of the frame (Cochran, Sampling
Techniques, 1977, section 5.3). The interval of a stratum is Wilson's (JASA 1927) on its effective size, which is larger
than the number graded as the frame is finite (Cochran, section 2.6; Franco, Little, Louis and Slud, Journal of Survey
Statistics and Methodology 2019). Where fewer than `FEW` reports, or all but as few, were counted, it is Clopper and
Pearson's exact one (Biometrika 1934), on that size too (Korn and Graubard, Survey Methodology 1998). Those of the
strata are put together by the method of variance estimates recovery (Zou and Donner, Statistics in Medicine 2008; Yan
and Su, Statistics in Biopharmaceutical Research 2010), as a variance that is estimated in a small stratum in which few
were counted comes out too small.

How often they hold the truth is measured by `make simulate` (docs/simulation.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Method = Literal["wilson", "exact", "all read", "combined"]

CONFIDENCE = 0.95
Z = 1.959963984540054  # of the normal distribution, with (1 - CONFIDENCE) / 2 above it
FEW = 5
_HALVINGS = 50  # of the range that a bound lies in
_TERMS = 300  # of the continued fraction, at most


@dataclass(frozen=True)
class Proportion:
    """`count` of `of` reports graded, the estimate of their share of the frame, and its interval."""

    count: int
    of: int
    share: float
    low: float
    high: float
    method: Method


def proportion(counts: ArrayLike, graded: ArrayLike, frame: ArrayLike, *, finite: bool = True) -> Proportion:
    """Of one sample: how many counted and how many graded in each stratum, and how many the frame has there.

    Strata in which nothing was graded are left out. Not `finite`: the frame gives the weights of the strata, and is
    taken as endless.
    """
    x, n, of = (np.asarray(numbers, np.float64) for numbers in (counts, graded, frame))
    there = n > 0
    x, n, of = x[there], n[there], of[there]
    weights, shares = of / of.sum(), x / n
    left = unread(n, of) if finite else np.ones_like(n)
    each = zip(x.tolist(), n.tolist(), left.tolist(), strict=True)
    lows, highs, methods = zip(*(_interval(*stratum) for stratum in each), strict=True)
    share = float((weights * shares).sum())
    return Proportion(
        int(x.sum()),
        int(n.sum()),
        share,
        low=max(0.0, share - math.hypot(*(weights * (shares - lows)))),
        high=min(1.0, share + math.hypot(*(weights * (highs - shares)))),
        method=methods[0] if len(methods) == 1 or set(methods) == {"all read"} else "combined",
    )


@lru_cache(maxsize=10_000)  # the same counts come back, from criterion to criterion and from draw to draw
def _interval(counted: float, graded: float, left: float) -> tuple[float, float, Method]:
    """Of one stratum, of which a part is `left` unread."""
    share = counted / graded
    if left <= 0:
        return share, share, "all read"
    few = min(counted, graded - counted) < FEW
    low, high = (exact if few else wilson)(share, graded / left)
    return float(low), float(high), "exact" if few else "wilson"


def wilson(share: ArrayLike, size: ArrayLike) -> tuple[Array, Array]:
    """Wilson's interval for a share seen in so many reports."""
    p, n = np.asarray(share, np.float64), np.asarray(size, np.float64)
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * np.sqrt(p * (1 - p) / n + (Z / (2 * n)) ** 2)
    return np.clip(middle - half, 0, p), np.clip(middle + half, p, 1)


def exact(share: ArrayLike, size: ArrayLike) -> tuple[Array, Array]:
    """Clopper and Pearson's interval; the size need not be whole."""
    p, n = np.broadcast_arrays(np.asarray(share, np.float64), np.asarray(size, np.float64))
    x = p * n
    tail = (1 - CONFIDENCE) / 2
    low = np.where(x <= 0, 0.0, _beta_quantile(tail, np.maximum(x, 1e-9), n - x + 1))
    high = np.where(x >= n, 1.0, _beta_quantile(1 - tail, x + 1, np.maximum(n - x, 1e-9)))
    return low, high


def difference(first: Proportion, second: Proportion) -> tuple[float, float, float]:
    """First less second with its interval, from theirs (Newcombe, Statistics in Medicine 1998, method 10)."""
    apart = first.share - second.share
    below = math.hypot(first.share - first.low, second.high - second.share)
    above = math.hypot(first.high - first.share, second.share - second.low)
    return apart, max(-1.0, apart - below), min(1.0, apart + above)


def overlap(first: Proportion, second: Proportion) -> bool:
    """Whether the two intervals have a share in common: then nothing is said of which is higher."""
    return first.low <= second.high and second.low <= first.high


def unread(graded: Array, frame: Array) -> Array:
    """The finite-population correction of each stratum: near 1 in a large frame, 0 where all of it was read."""
    return np.asarray((frame - graded) / np.maximum(frame - 1, 1))


def _beta_quantile(q: float, a: Array, b: Array) -> Array:
    """Where the beta distribution has q of its weight below, by halving."""
    low, high = np.zeros_like(a), np.ones_like(a)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = _incomplete_beta(a, b, middle) < q
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)


def _incomplete_beta(a: Array, b: Array, x: Array) -> Array:
    """The regularised incomplete beta function: its continued fraction (DLMF 8.17.22), by Lentz's method."""
    turned = x > (a + 1) / (a + b + 2)  # where the fraction of the other tail is the one that converges fast
    a, b, x = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    front = np.exp(_log_gamma(a + b) - _log_gamma(a) - _log_gamma(b) + a * np.log(x) + b * np.log1p(-x)) / a
    value = np.ones_like(x)
    above, below = value, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = below
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            above, below = _not_zero(1 + term / above), 1 / _not_zero(1 + term * below)
            step = above * below
            value = value * step
        if np.all(np.abs(step - 1) < 1e-12):
            break
    return np.asarray(np.where(turned, 1 - front * value, front * value))


def _not_zero(x: Array) -> Array:
    return np.where(np.abs(x) < 1e-30, 1e-30, x)


_log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])
