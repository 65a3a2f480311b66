"""Every figure against cases counted by hand, and against scikit-learn."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import cohen_kappa_score, f1_score, precision_score, recall_score

from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Draws
from qualitycheck.measuring.outcome import Answer, Flagged, Outcome

STATUSES = ("met", "partial", "missing")


def made_up(reports: int = 12, seed: int = 1) -> list[Outcome]:
    """Outcomes drawn at random."""
    chance = np.random.default_rng(seed)
    outcomes = []
    for number in range(reports):
        answers = tuple(
            Answer(f"element-{n}", *chance.choice(STATUSES, 2), round(chance.uniform(0.3, 1), 6), bool(n % 7 == 0))
            for n in range(20)
        )
        flags = tuple(
            Flagged("vague-term", "a-rule", chance.uniform(0.3, 1), bool(chance.integers(2))) for _ in range(5)
        )
        found = ("vague-term",) * sum(flag.right for flag in flags)
        outcomes.append(Outcome(str(number), answers, True, flags, found, ("too-young",) * 2, clean=4, clean_flagged=1))
    return outcomes


def test_precision_recall_and_f1_of_deficient_are_those_of_scikit_learn() -> None:
    outcomes = made_up()
    scores = figures.deficient(outcomes, Draws(len(outcomes)))
    answers = [answer for outcome in outcomes for answer in outcome.answers]
    gold = [answer.labelled != "met" for answer in answers]
    judged = [answer.judged != "met" for answer in answers]
    assert scores.precision.value == pytest.approx(precision_score(gold, judged))
    assert scores.recall.value == pytest.approx(recall_score(gold, judged))
    assert scores.f1.value == pytest.approx(f1_score(gold, judged))
    assert (scores.found, scores.missed) == (
        sum(a and b for a, b in zip(gold, judged, strict=True)),
        sum(a and not b for a, b in zip(gold, judged, strict=True)),
    )


def test_kappa_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(3)
    first = [list(chance.choice(STATUSES, 9)) for _ in range(6)]
    second = [[one if chance.random() < 0.6 else "met" for one in report] for report in first]
    ours = figures.kappa(first, second, Draws(6)).value
    assert ours == pytest.approx(cohen_kappa_score(list(chain(*first)), list(chain(*second))))


def test_kappa_of_readers_who_only_ever_gave_one_answer_is_not_a_figure() -> None:
    assert figures.kappa([["met"], ["met"]], [["met"], ["met"]], Draws(2)).value is None


def test_bins_of_calibration_are_those_of_scikit_learn() -> None:
    chance = np.random.default_rng(5)
    sure = chance.permutation(np.linspace(0.31, 0.99, 200))
    right = chance.random(200) < sure
    given = [list(zip(sure[n : n + 20].tolist(), right[n : n + 20].tolist(), strict=True)) for n in range(0, 200, 20)]
    measured = figures.calibration(given, Draws(10))
    true, predicted = calibration_curve(right, sure, n_bins=10, strategy="quantile")
    assert [each.right for each in measured.bins] == pytest.approx(list(true))
    assert [each.confidence for each in measured.bins] == pytest.approx(list(predicted))
    assert measured.error.value == pytest.approx(float(np.abs(true - predicted).mean()))


def test_one_who_is_always_right_and_always_sure_has_no_calibration_error() -> None:
    error = figures.calibration([[(1.0, True)] * 4] * 3, Draws(3)).error
    assert (error.value, error.low, error.high) == (0, 0, 0)


def test_faults_are_counted_by_hand() -> None:
    outcomes = [
        Outcome("one", (), True, (Flagged("a", "r", 0.9, True), Flagged("a", "r", 0.8, False)), ("a",), ("b", "b")),
        Outcome("two", (), True, (Flagged("b", "r", 0.9, True),), ("b",), ()),
    ]
    everything = figures.faults(outcomes, Draws(2))
    assert (everything.found, everything.missed, everything.false) == (2, 2, 1)
    assert everything.f1.value == pytest.approx(4 / 7)
    only_b = figures.faults(outcomes, Draws(2), ["b"])
    assert (only_b.found, only_b.missed, only_b.false) == (1, 2, 0)
    assert only_b.precision.value == 1


def test_what_was_neither_there_nor_flagged_is_not_a_figure() -> None:
    scores = figures.faults([Outcome("one", (), True)], Draws(1))
    assert scores.f1.value is scores.precision.value is scores.recall.value is None


def test_share_of_those_that_nobody_was_asked_to_read() -> None:
    answers = (
        Answer("a", "met", "met", 0.9, False),
        Answer("b", "met", "partial", 0.4, True),
        Answer("c", "met", "missing", 0.6, False),
    )
    draws = Draws(1)
    others = figures.others_right([Outcome("one", answers, False)], draws)
    assert (others.count, others.of) == (1, 2)
    asked = figures.needing_reading([Outcome("one", answers, False)], draws)
    assert (asked.count, asked.of) == (1, 3)


def test_intervals_are_of_whole_reports_and_the_same_each_time() -> None:
    # Twenty reports all right, twenty all wrong, each of fifty answers: the reports are what varies, so the standard
    # error is that of forty draws (0.079), not of two thousand (0.011).
    counts = [(50, 50)] * 20 + [(0, 50)] * 20
    share = figures.share_of(counts, Draws(40)).estimate
    assert share.value == 0.5
    assert share.low == pytest.approx(0.5 - 1.96 * 0.079, abs=0.03)
    assert share.high == pytest.approx(0.5 + 1.96 * 0.079, abs=0.03)
    assert figures.share_of(counts, Draws(40)).estimate == share


def test_one_report_has_no_interval() -> None:
    share = figures.share_of([(3, 4)], Draws(1)).estimate
    assert (share.value, share.low, share.high) == (0.75, None, None)


def test_no_report_at_all_is_no_figure() -> None:
    assert figures.share_of([], Draws(0)).estimate.value is None
    assert figures.calibration([], Draws(0)).error.value is None
