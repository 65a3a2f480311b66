"""Learn, and judge what was learnt by reports that it was not learnt from.

The reports are dealt into folds, those of one author together. What the shipped weights say of a fold stands beside
what weights say that were moved by the other folds: so both are judged on the same reports, and neither knew them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualitycheck.judging.judge import Boldness, Judge
from qualitycheck.judging.own import Adjustment, OwnWeights, Shift
from qualitycheck.judging.reader import load_reader
from qualitycheck.judging.weighing import load_weights
from qualitycheck.learning import thresholds
from qualitycheck.learning.fitting import fit
from qualitycheck.learning.hearing import Heard, Labelled, Remembered, hear
from qualitycheck.learning.thresholds import Thresholds
from qualitycheck.measuring.bootstrap import Draws
from qualitycheck.measuring.outcome import Outcome, outcome_of
from qualitycheck.measuring.summary import Summary, summary_of
from qualitycheck.pipeline import Settings, check_document
from qualitycheck.rulebook.packs import Rulebook

LEAST_REPORTS = 12
FOLDS = 5
SURE = 0.9  # of the draws of reports in which what was learnt must be better
NO_WORSE = 0.01  # that any of the main figures may lose
_UNMOVED = Shift(1.0, (0.0, 0.0), {})


@dataclass(frozen=True)
class Trial:
    """What was learnt from all the reports, and held-out figures without and with learning."""

    adjustment: Adjustment
    before: Summary
    after: Summary
    better_in: float  # share of the draws of reports
    authors: int
    elements: int  # labelled statuses learnt from
    faults: int | None  # labelled faults learnt from; None where the shipped weights of faults stay as they are

    @property
    def lost(self) -> tuple[str, ...]:
        """The main figures that learning makes worse."""
        pairs = {
            "element statuses right": (self.before.statuses.estimate, self.after.statuses.estimate),
            "partial or missing": (self.before.deficient.f1, self.after.deficient.f1),
        }
        if self.before.faults and self.after.faults:
            pairs["findings"] = (self.before.faults.f1, self.after.faults.f1)
        return tuple(what for what, (one, other) in pairs.items() if (other.value or 0) < (one.value or 0) - NO_WORSE)

    @property
    def better(self) -> bool:
        return self.better_in >= SURE and not self.lost


def trial(
    reports: Sequence[Labelled],
    settings: Settings,
    rulebook: Rulebook,
    boldness: Boldness,
    shipped: Thresholds,
    progress: Callable[[str], None] = lambda shown: None,
) -> Trial:
    """Learn from labelled reports, at least LEAST_REPORTS; raises Lost where a quotation is not in its report."""
    reader = Remembered(load_reader())

    def outcome(report: Labelled, adjustment: Adjustment | None) -> Outcome:
        weights = load_weights() if adjustment is None else OwnWeights(adjustment)
        least = (shipped if adjustment is None else adjustment.thresholds)[boldness]
        judge = Judge(reader, weights, least, "")
        return outcome_of(
            report.document, check_document(report.document, replace(settings, judge=judge), rulebook), report.labels
        )

    heard, before = [], []
    for report in reports:
        progress(f"reading {report.name}")
        heard.append(hear(report, settings, rulebook, reader, load_weights()))
        before.append(outcome(report, None))
    with_faults = sum(one.looked for one in heard) >= LEAST_REPORTS
    after: list[Outcome | None] = [None] * len(reports)
    for fold in folds([report.author for report in reports]):
        learnt = learnt_from([one for n, one in enumerate(heard) if n not in fold], shipped, with_faults)
        for n in sorted(fold):
            progress(f"trying on {reports[n].name}")
            after[n] = outcome(reports[n], learnt)
    outcomes = [one for one in after if one]
    criteria = rulebook.criteria
    return Trial(
        learnt_from(heard, shipped, with_faults),
        summary_of(before, criteria),
        summary_of(outcomes, criteria),
        better_in(before, outcomes),
        len({report.author for report in reports}),
        sum(len(one.labelled) for one in heard),
        sum(one.wanted for one in heard) if with_faults else None,
    )


def learnt_from(heard: Sequence[Heard], shipped: Thresholds, with_faults: bool) -> Adjustment:
    """The adjustment by these reports; its thresholds by likelihoods of reports held out in their turn."""
    statuses = _statuses(heard)
    if not with_faults:
        return Adjustment(statuses, _UNMOVED, shipped)
    shares: list[NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(heard)
    for fold in folds([one.author for one in heard]):
        of_others = _faults([one for n, one in enumerate(heard) if n not in fold])
        for n in fold:
            shares[n] = of_others.applied(_both(heard[n]), heard[n].faults)[:, 1] if heard[n].faults else shares[n]
    return Adjustment(statuses, _faults(heard), thresholds.moved(shipped, heard, shares))


def folds(authors: Sequence[str], most: int = FOLDS) -> list[set[int]]:
    """Reports by number, in so many folds of about a size, an author's together; one author's are dealt one by one."""
    groups = list(authors) if len(set(authors)) > 1 else [f"{n:06}" for n in range(len(authors))]
    dealt: list[set[int]] = [set() for _ in range(min(most, len(set(groups))))]
    for group, _ in sorted(Counter(groups).items(), key=lambda item: (-item[1], item[0])):
        min(dealt, key=len).update(n for n, one in enumerate(groups) if one == group)
    return dealt


def better_in(before: Sequence[Outcome], after: Sequence[Outcome]) -> float:
    """In how large a share of the draws of reports the statuses right and the faults' F1 together have gained."""
    draws = Draws(len(before))
    counts = np.array([[*_counts(one), *_counts(other)] for one, other in zip(before, after, strict=True)])
    sums = np.array([counts[row].sum(axis=0) for row in draws.drawn])
    gain = _worth(sums[:, 5:]) - _worth(sums[:, :5])
    return float((gain > 0).mean())


def _counts(outcome: Outcome) -> tuple[int, ...]:
    false = sum(not flag.right for flag in outcome.flags)
    right = sum(answer.right for answer in outcome.answers)
    return right, len(outcome.answers), len(outcome.found), len(outcome.missed), false


def _worth(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    right, of, found, missed, false = sums.T
    worth: NDArray[np.float64] = right / np.maximum(of, 1) + 2 * found / np.maximum(2 * found + missed + false, 1)
    return worth


def _statuses(heard: Sequence[Heard]) -> Shift:
    shares = np.concatenate([one.statuses for one in heard])
    return fit(shares, [id_ for one in heard for id_ in one.elements], [a for one in heard for a in one.labelled])


def _faults(heard: Sequence[Heard]) -> Shift:
    looked = [one for one in heard if one.looked]
    shares = np.concatenate([_both(one) for one in looked])
    return fit(shares, [id_ for one in looked for id_ in one.faults], [a for one in looked for a in one.right])


def _both(heard: Heard) -> NDArray[np.float32]:
    """(questions, 2): how likely each is sound, and faulty."""
    assert heard.faulty is not None
    return np.stack([1 - heard.faulty, heard.faulty], 1)
