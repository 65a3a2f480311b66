"""The figures, over any number of outcomes: shares, precision and recall, agreement, calibration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck.measuring.bootstrap import Array, Draws, Estimate, estimate
from qualitycheck.measuring.outcome import Answer, Outcome

LACKING = ("partial", "missing")
BINS = 10


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int
    estimate: Estimate


@dataclass(frozen=True)
class Scores:
    """Faults found and missed and false alarms, and what follows."""

    found: int
    missed: int
    false: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True)
class Bin:
    """Answers given with about the same confidence: how many, how sure on average, how often right."""

    answers: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error over bins of equal count (Naeini, Cooper and Hauskrecht, AAAI 2015)."""

    error: Estimate
    bins: tuple[Bin, ...]


def share_of(counts: Sequence[tuple[int, int]], draws: Draws) -> Share:
    """(so many, of so many) of each report."""
    table = np.asarray(counts, np.float64).reshape(-1, 2)
    return Share(int(table[:, 0].sum()), int(table[:, 1].sum()), draws.estimate(table, _ratio))


def scores_of(counts: Sequence[tuple[int, int, int]], draws: Draws) -> Scores:
    """(found, missed, false) of each report; a figure is None where nothing was there to be found or was flagged."""
    table = np.asarray(counts, np.float64).reshape(-1, 3)
    found, missed, false = (int(column) for column in table.sum(0))

    def ratio(above: Sequence[int], below: Sequence[int]) -> Estimate:
        return draws.estimate(table @ np.array([above, below], np.float64).T, _ratio)

    return Scores(
        found,
        missed,
        false,
        precision=ratio((1, 0, 0), (1, 0, 1)),
        recall=ratio((1, 0, 0), (1, 1, 0)),
        f1=ratio((2, 0, 0), (2, 1, 1)),
    )


def mean_of(counts: Sequence[int], draws: Draws) -> Estimate:
    """The mean of a number that each report has."""
    return share_of([(count, 1) for count in counts], draws).estimate


def statuses_right(outcomes: Sequence[Outcome], draws: Draws, element: str | None = None) -> Share:
    return share_of([_count(_answers(o, element), lambda answer: answer.right) for o in outcomes], draws)


def deficient(outcomes: Sequence[Outcome], draws: Draws, element: str | None = None) -> Scores:
    """How well partial or missing elements are told from the rest."""
    return scores_of([_deficient(_answers(outcome, element)) for outcome in outcomes], draws)


def faults(outcomes: Sequence[Outcome], draws: Draws, ids: Iterable[str] | None = None) -> Scores:
    """Faults of these ids, or of all."""
    wanted = None if ids is None else set(ids)

    def counted(of: Iterable[str]) -> int:
        return sum(wanted is None or id_ in wanted for id_ in of)

    return scores_of(
        [
            (counted(o.found), counted(o.missed), counted(flag.id for flag in o.flags if not flag.right))
            for o in outcomes
        ],
        draws,
    )


def clean_flagged(outcomes: Sequence[Outcome], draws: Draws) -> Share:
    return share_of([(outcome.clean_flagged, outcome.clean) for outcome in outcomes], draws)


def needing_reading(outcomes: Sequence[Outcome], draws: Draws) -> Share:
    return share_of([_count(o.answers, lambda answer: answer.needs_reading) for o in outcomes], draws)


def others_right(outcomes: Sequence[Outcome], draws: Draws) -> Share:
    """How often a status is right that a person was not asked to read."""
    return share_of(
        [_count([a for a in o.answers if not a.needs_reading], lambda answer: answer.right) for o in outcomes], draws
    )


def calibration_of_elements(outcomes: Sequence[Outcome], draws: Draws) -> Calibration:
    return calibration([[(a.confidence, a.right) for a in outcome.answers] for outcome in outcomes], draws)


def calibration_of_findings(outcomes: Sequence[Outcome], draws: Draws) -> Calibration:
    return calibration([[(flag.confidence, flag.right) for flag in outcome.flags] for outcome in outcomes], draws)


def calibration(given: Sequence[Sequence[tuple[float, bool]]], draws: Draws) -> Calibration:
    """(confidence, right) of every answer of each report."""
    each = [np.asarray(of_report, np.float64).reshape(-1, 2) for of_report in given]
    bins = tuple(_bins(np.concatenate(each))) if each else ()
    drawn = np.array([_error(_bins(np.concatenate([each[i] for i in row]))) for row in draws.drawn if len(row)])
    return Calibration(estimate(_error(bins), drawn, len(each)), bins)


def kappa(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], draws: Draws) -> Estimate:
    """Cohen's kappa of two readers' answers, each a sequence by report; None where both only ever gave one answer."""
    answers = sorted({answer for reader in (first, second) for report in reader for answer in report})
    size = len(answers)
    counts = np.zeros((len(first), size * size))
    for row, ones, others in zip(counts, first, second, strict=True):
        for one, other in zip(ones, others, strict=True):
            row[answers.index(one) * size + answers.index(other)] += 1
    return kappa_of_counts(counts, draws)


def kappa_of_counts(counts: Array, draws: Draws) -> Estimate:
    """The same of (reports, answers * answers) counts: how often the first reader's row met the second's column."""
    size = round(counts.shape[1] ** 0.5)
    return draws.estimate(counts, lambda sums: _kappa(sums.reshape(-1, size, size)))


def _kappa(tables: Array) -> Array:
    total = tables.sum((1, 2))
    agreed = np.trace(tables, axis1=1, axis2=2)
    chance = (tables.sum(1) * tables.sum(2)).sum(1)  # times total
    return _ratio(np.stack([agreed * total - chance, total**2 - chance], 1))


def _ratio(sums: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Array = np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan)
    return ratio


def _bins(answers: Array) -> list[Bin]:
    ordered = answers[np.argsort(answers[:, 0], kind="stable")]
    return [
        Bin(len(part), float(part[:, 0].mean()), float(part[:, 1].mean()))
        for part in np.array_split(ordered, BINS)
        if len(part)
    ]


def _error(bins: Sequence[Bin]) -> float:
    answers = sum(each.answers for each in bins)
    if not answers:
        return float("nan")
    return sum(each.answers * abs(each.confidence - each.right) for each in bins) / answers


def _answers(outcome: Outcome, element: str | None) -> list[Answer]:
    return [answer for answer in outcome.answers if element is None or answer.element == element]


def _count(answers: Sequence[Answer], wanted: Callable[[Answer], bool]) -> tuple[int, int]:
    return sum(wanted(answer) for answer in answers), len(answers)


def _deficient(answers: Sequence[Answer]) -> tuple[int, int, int]:
    pairs = [(answer.labelled in LACKING, answer.judged in LACKING) for answer in answers]
    return pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True))
