"""How far two readers of one report agree, beyond chance, with nearer grades counted as nearer.

Of a pair of readers: Cohen's kappa with quadratic weights (Cohen, Psychological Bulletin 1968). Over many pairs, who
need not be the same for each report: Krippendorff's alpha for ordinal grades (Krippendorff, Content Analysis, 2004,
chapter 11). Both are 1 for full agreement and 0 for what chance would give. Intervals are bootstrap over reports. No
percentage of agreement is given: where most reports have one grade, chance alone agrees on most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck.measuring.bootstrap import Array, Draws, Estimate

_Figure = Callable[[Array], Array]  # (draws, grades, grades) to (draws,)

FEW = 5  # reports read twice, below which no figure is shown
ONE_GRADE = 0.9  # of the readings: where more gave one grade, chance explains nearly all, and figures say little
ALIKE = 1e-9  # draws that differ by less say nothing of how far a figure can be trusted: no interval is given


@dataclass(frozen=True)
class Pair:
    """Two readers, how many reports both graded, and their kappa; no figure where they are few."""

    readers: tuple[str, str]
    reports: int
    kappa: Estimate


@dataclass(frozen=True)
class Agreement:
    """Over `reports` graded twice: alpha, and the kappa of each pair of readers.

    `apart` counts those that only one of the two held not applicable, and `neither` those that both did: they have no
    place in the order of the grades, and are in no figure. `one_grade`: nearly all readings gave the same.
    """

    reports: int
    alpha: Estimate
    pairs: tuple[Pair, ...]
    apart: int = 0
    neither: int = 0
    one_grade: bool = False


Twice = Mapping[str, str]  # one report's grade by each of its two readers


def agreement(twice: Sequence[Twice], grades: Sequence[str], few: int = FEW) -> Agreement:
    """Of the reports that two readers graded, on this scale; a grade outside it is `not applicable`."""
    on_scale = [report for report in twice if all(grade in grades for grade in report.values())]
    off = [sum(grade not in grades for grade in report.values()) for report in twice]
    by_pair: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for report in on_scale:
        (one, grade), (other, second) = sorted(report.items())
        by_pair.setdefault((one, other), []).append((grade, second))
    return Agreement(
        len(on_scale),
        alpha([tuple(report.values()) for report in on_scale], grades) if len(on_scale) >= few else Estimate(None),
        tuple(
            Pair(readers, len(given), kappa(given, grades) if len(given) >= few else Estimate(None))
            for readers, given in sorted(by_pair.items())
        ),
        apart=off.count(1),
        neither=off.count(2),
        one_grade=_one_grade(on_scale),
    )


def _one_grade(twice: Sequence[Twice]) -> bool:
    counts = Counter(grade for report in twice for grade in report.values())
    return max(counts.values(), default=0) > ONE_GRADE * counts.total()


def kappa(given: Sequence[tuple[str, str]], grades: Sequence[str]) -> Estimate:
    """Cohen's kappa, quadratic weights, of (first reader's, second reader's) grade of each report.

    None where both only ever gave one and the same grade: then nothing tells agreement from chance.
    """
    return _over(_met(given, grades), _kappa)


def kappa_within(reports: Sequence[Sequence[tuple[str, str]]], grades: Sequence[str]) -> Estimate:
    """The same over all that was graded in each report, such as several criteria: the draws are of whole reports, as
    the grades of one report are not independent of each other."""
    counts = [_met(given, grades).sum(0) for given in reports if given]
    return _over(np.array(counts).reshape(-1, len(grades) ** 2), _kappa)


def alpha(given: Sequence[Sequence[str]], grades: Sequence[str]) -> Estimate:
    """Krippendorff's alpha, ordinal, of the two grades of each report; None where only one grade was ever given."""
    return _over(_met([(one, other) for one, other in given], grades), _alpha)


def _met(given: Sequence[tuple[str, str]], grades: Sequence[str]) -> Array:
    """(reports, grades * grades): where the first reader's grade, as row, met the second's, as column."""
    counts = np.zeros((len(given), len(grades) ** 2))
    for row, (one, other) in zip(counts, given, strict=True):
        row[grades.index(one) * len(grades) + grades.index(other)] = 1
    return counts


def _over(counts: Array, figure: _Figure) -> Estimate:
    size = round(counts.shape[1] ** 0.5)
    found = Draws(len(counts)).estimate(counts, lambda sums: figure(sums.reshape(-1, size, size)))
    alike = found.low is not None and found.high is not None and found.high - found.low < ALIKE
    return Estimate(found.value) if alike else found


def _kappa(tables: Array) -> Array:
    steps = np.arange(tables.shape[1])
    apart = (steps[:, None] - steps) ** 2
    chance = tables.sum(2)[:, :, None] * tables.sum(1)[:, None, :]
    return _beyond_chance((apart * tables).sum((1, 2)) * tables.sum((1, 2)), (apart * chance).sum((1, 2)))


def _alpha(tables: Array) -> Array:
    """The two orders of each report's grades count alike; the distance of grades depends on how many lie between."""
    coincidences = tables + tables.transpose(0, 2, 1)
    each = coincidences.sum(2)
    ranks = each.cumsum(1) - each / 2  # the middle of each grade, had all been put in order
    apart = (ranks[:, :, None] - ranks[:, None, :]) ** 2
    chance = each[:, :, None] * each[:, None, :]
    grades = each.sum(1)
    return _beyond_chance((apart * coincidences).sum((1, 2)) * (grades - 1), (apart * chance).sum((1, 2)))


def _beyond_chance(seen: Array, expected: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0, 1 - seen / expected, np.nan))
