"""How many reports to read, and how many of them twice, for an interval that is narrow enough.

Reports: the fewest for which Wilson's interval (Wilson, JASA 1927) is no wider than wanted, with the correction for a
finite frame: z squared is multiplied by (N - n) / (N - 1), as the variance is (Cochran, Sampling Techniques, 1977,
section 2.6). It is widest at a share of one half, the worst case. A sample stratified in proportion does as well or
better (Cochran, section 5.6).

Read twice: the fewest for which the interval of Cohen's weighted kappa is no wider than wanted, by the large-sample
formula (Fleiss, Cohen and Everitt, Psychological Bulletin 1969) and by simulation: the middle of what kappa comes out
as in `DRAWS` samples. The formula cannot be trusted where reports are few or most have one grade, so the larger of the
two counts. Both take the readers to use the grades equally often, to give a report the same grade for a reason in a
share `kappa` of the reports, and in the others as chance has it (the model of Bloch and Kraemer, Biometrics 1989, for
more than two grades); then every weighting has the same kappa. No finite frame helps here: the readers are asked about,
and not the reports.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qualitycheck.errors import BadSetting

Array: TypeAlias = NDArray[np.float64]
Weights: TypeAlias = Literal["none", "linear", "quadratic"]
WORST_SHARE = 0.5
DRAWS = 4000
SEED = 20261121
MOST = 20_000  # reports; nobody reads more
FEWEST_TWICE = 5  # below which no figure of agreement is shown (inspecting.agreement)
_UNDEFINED = 0.01  # share of samples in which all grades are one, from which on kappa is no figure
_KAPPAS = np.linspace(0, 0.95, 20)


@dataclass(frozen=True)
class ReadTwice:
    """How many reports by each way; `kappa` is the agreement that was assumed."""

    kappa: float
    formula: int
    simulated: int

    @property
    def reports(self) -> int:
        """How many to read twice."""
        return max(self.formula, self.simulated)


def z_of(confidence: float) -> float:
    """The normal quantile that leaves (1 - confidence) / 2 above it; raises BadSetting outside 0 to 1."""
    if not 0 < confidence < 1:
        raise BadSetting("a confidence is between 0 and 1, such as 0.95 or 95%")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def half_width(share: float, reports: int, confidence: float = 0.95, frame: int | None = None) -> float:
    """Half of Wilson's interval for a share seen in so many reports of a frame; 0 where all of it was read."""
    unread = 1.0 if frame is None else (frame - reports) / max(frame - 1, 1)
    square = z_of(confidence) ** 2 * unread
    return math.sqrt(square * (share * (1 - share) / reports + square / (4 * reports**2))) / (1 + square / reports)


def reports_needed(
    wanted: float, confidence: float = 0.95, share: float = WORST_SHARE, frame: int | None = None
) -> int:
    """The fewest reports whose interval is at most `wanted` to either side, if the share comes out as `share`.

    Raises:
        BadSetting: for a half-width, share or confidence that is none, an empty frame, or where it takes over MOST.
    """
    _refuse(wanted)
    if not 0 <= share <= 1:
        raise BadSetting("an expected share is from 0 to 1, such as 0.3 or 30%")
    if frame is not None and frame < 1:
        raise BadSetting("a frame has at least one report")
    return _fewest(lambda reports: half_width(share, reports, confidence, frame) <= wanted, frame or MOST, 1)


def read_twice_needed(
    wanted: float,
    shares: Sequence[float],
    *,
    confidence: float = 0.95,
    kappa: float | None = None,
    weights: Weights = "quadratic",
) -> ReadTwice:
    """The fewest reports read twice; `shares` are those of the grades, in order of the scale, `kappa` None the worst.

    The worst is where the formula is widest. Takes a second or so.

    Raises:
        BadSetting: for fewer than two grades, shares that are not all above 0 or do not add up to 1, an agreement
            outside 0 to 1, or where it takes over MOST.
    """
    _refuse(wanted)
    z = z_of(confidence)
    if len(shares) < 2 or min(shares) <= 0 or not math.isclose(sum(shares), 1, abs_tol=0.011):
        raise BadSetting("the shares of the grades are at least two, all above 0, and add up to 1")
    if kappa is not None and not 0 <= kappa < 1:
        raise BadSetting("an expected agreement is from 0 to below 1, such as 0.6")
    grades = np.asarray(shares, np.float64) / sum(shares)
    weighting = weighting_of(len(grades), weights)
    if kappa is None:
        kappa = float(max(_KAPPAS, key=lambda one: kappa_variance(table_of(grades, one), weighting)))
    table = table_of(grades, kappa)
    formula = math.ceil(kappa_variance(table, weighting) * (z / wanted) ** 2)
    simulated = _fewest(lambda n: _simulated(n, table, weighting, confidence) <= wanted, MOST, FEWEST_TWICE)
    return ReadTwice(round(kappa, 2), formula, simulated)


def kappas(tables: Array, weighting: Array) -> Array:
    """Weighted kappa of each table (..., grades, grades) of counts or shares; nan where all grades are one."""
    shares = tables / tables.sum((-2, -1), keepdims=True)
    expected = shares.sum(-1)[..., :, None] * shares.sum(-2)[..., None, :]
    seen, chance = (shares * weighting).sum((-2, -1)), (expected * weighting).sum((-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(chance < 1, (seen - chance) / (1 - chance), np.nan))


def kappa_variance(table: Array, weighting: Array) -> float:
    """The large-sample variance of weighted kappa, times the number of reports (Fleiss, Cohen and Everitt 1969)."""
    rows, columns = table.sum(1), table.sum(0)
    seen = float((table * weighting).sum())
    chance = float((np.outer(rows, columns) * weighting).sum())
    beside = (weighting @ columns)[:, None] + (weighting.T @ rows)[None, :]
    first = (table * (weighting * (1 - chance) - beside * (1 - seen)) ** 2).sum()
    return float((first - (seen * chance - 2 * chance + seen) ** 2) / (1 - chance) ** 4)


def table_of(grades: Array, kappa: float) -> Array:
    """How often two readers give each pair of grades."""
    return np.asarray(kappa * np.diag(grades) + (1 - kappa) * np.outer(grades, grades))


def weighting_of(grades: int, weights: Weights) -> Array:
    """1 where two grades are the same, 0 where they are furthest from each other."""
    apart = np.abs(np.subtract.outer(np.arange(grades), np.arange(grades))) / (grades - 1)
    return np.asarray({"none": 1.0 * (apart == 0), "linear": 1 - apart, "quadratic": 1 - apart**2}[weights])


def _simulated(reports: int, table: Array, weighting: Array, confidence: float) -> float:
    """Half the width of the middle `confidence` of kappa over samples; infinite where too many have no kappa."""
    drawn = np.random.default_rng(SEED).multinomial(reports, table.ravel(), size=DRAWS)
    found = kappas(drawn.reshape(DRAWS, *table.shape).astype(np.float64), weighting)
    known = found[~np.isnan(found)]
    if len(known) < (1 - _UNDEFINED) * DRAWS:
        return math.inf
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(high - low) / 2


def _fewest(enough: Callable[[int], bool], most: int, fewest: int) -> int:
    """The smallest number that is enough, if every larger one is too."""
    if not enough(most):
        raise BadSetting(f"that takes more than {most:,} reports: ask for a wider interval")
    low, high = fewest, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return high


def _refuse(wanted: float) -> None:
    if not 0 < wanted < 1:
        raise BadSetting("a half-width is between 0 and 1, such as 0.1 or 10%")
