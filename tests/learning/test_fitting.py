"""Likelihoods are moved as far as the labels bear, and no further."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qualitycheck.judging.own import Adjustment, Shift
from qualitycheck.learning import fitting
from qualitycheck.learning.fitting import fit

NAMES = ("harm", "child-seen", "diversity")


def drawn(rows: int, columns: int, seed: int = 3) -> tuple[NDArray[np.float32], list[str], NDArray[np.int64]]:
    """Likelihoods, criteria and answers drawn by those likelihoods, for `harm` by others."""
    chance = np.random.default_rng(seed)
    shares = chance.dirichlet(np.ones(columns), rows).astype(np.float32)
    criteria = [NAMES[n % 3] for n in range(rows)]
    answers = np.array([chance.choice(columns, p=row / row.sum()) for row in shares.astype(float)])
    answers[::3] = 1
    return shares, criteria, answers


def test_nothing_to_learn_from_moves_nothing() -> None:
    shift = fit(np.zeros((0, 4), np.float32), [], [])
    shares = np.array([[0.7, 0.2, 0.1, 0.0]], np.float32)
    assert np.allclose(shift.applied(shares, ["harm"]), shares)
    assert shift.applied(shares[:0], []).shape == (0, 4)


def test_on_even_odds_it_is_the_regression_of_scikit_learn() -> None:
    _, criteria, answers = drawn(90, 3)
    even = np.full((90, 3), 1 / 3, np.float32)
    ours = fit(even, criteria, answers).applied(even, criteria)
    one_hot = np.array([[criterion == name for name in NAMES] for criterion in criteria])
    features = np.hstack([np.full((90, 1), fitting.SHARED), fitting.OWN * one_hot])
    theirs = LogisticRegression(C=1, fit_intercept=False, tol=1e-9, max_iter=10_000).fit(features, answers)
    assert np.allclose(ours, theirs.predict_proba(features), atol=1e-4)


def test_no_other_shift_near_by_is_likelier() -> None:
    shares, criteria, answers = drawn(120, 4)
    best = fit(shares, criteria, answers)

    def loss(shift: Shift) -> float:
        own = np.array([shift.own[name] for name in NAMES])
        held = ((shift.scale - 1) / fitting.SCALE) ** 2 + (np.array(shift.shared) ** 2).sum() / fitting.SHARED**2
        moved = shift.applied(shares, criteria)[np.arange(120), answers]
        return float(-np.log(moved.astype(float)).sum() + (held + (own**2).sum() / fitting.OWN**2) / 2)

    chance = np.random.default_rng(5)
    for _ in range(50):
        near = Shift(
            best.scale + chance.normal(0, 0.02),
            tuple(best.shared + chance.normal(0, 0.02, 4)),
            {name: tuple(row + chance.normal(0, 0.02, 4)) for name, row in best.own.items()},
        )
        assert loss(best) < loss(near)


def test_one_report_hardly_moves_what_twenty_overturn() -> None:
    sure = np.array([[0.8, 0.15, 0.05]], np.float32)

    def after(reports: int) -> float:
        criteria = [*NAMES] * reports
        answers = [1, 0, 0] * reports
        return float(fit(np.repeat(sure, 3 * reports, 0), criteria, answers).applied(sure, ["harm"])[0, 1])

    assert after(1) < 0.35
    assert after(20) > 0.6


def test_what_is_impossible_stays_impossible() -> None:
    shares = np.tile(np.array([[0.6, 0.4, 0.0]], np.float32), (8, 1))
    moved = fit(shares, ["harm"] * 8, [1] * 8).applied(shares, ["harm"] * 8)
    assert (moved[:, 2] == 0).all()
    assert np.allclose(moved.sum(1), 1)


def test_too_sure_is_made_less_sure() -> None:
    chance = np.random.default_rng(11)
    true = chance.uniform(0.1, 0.9, 400)
    answers = (chance.uniform(size=400) < true).astype(int)
    odds = 3 * np.log(true / (1 - true))
    said = 1 / (1 + np.exp(-odds))
    shares = np.stack([1 - said, said], 1).astype(np.float32)
    assert 0.3 < fit(shares, ["vague-term"] * 400, answers).scale < 0.7


def test_what_was_learnt_is_the_same_when_read_again() -> None:
    shares, criteria, answers = drawn(60, 4)
    shift = fit(shares, criteria, answers)
    whole = Adjustment(shift, shift, {"strict": {"vague-term": 0.9}})
    assert Adjustment.from_json(whole.as_json()) == whole


@pytest.mark.parametrize("columns", [2, 4])
def test_the_same_answers_give_the_same_numbers(columns: int) -> None:
    shares, criteria, answers = drawn(60, columns)
    assert fit(shares, criteria, answers) == fit(shares.copy(), list(criteria), answers.copy())
