"""A plan is what the formulas give, and what drawing shows."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from qualitycheck.errors import BadSetting
from qualitycheck.sampling.planning import (
    MOST,
    Weights,
    half_width,
    kappa_variance,
    kappas,
    read_twice_needed,
    reports_needed,
    table_of,
    weighting_of,
)

EQUAL = [0.25] * 4


def test_the_intervals_of_2007_come_out_as_published() -> None:
    # Wilson, without a finite frame: 25 of 33 are 59 to 87%, 9 of 29 are 17 to 49%.
    assert 2 * half_width(25 / 33, 33) == pytest.approx(0.872 - 0.590, abs=0.001)
    assert 2 * half_width(9 / 29, 29) == pytest.approx(0.492 - 0.173, abs=0.001)


def test_the_half_width_is_that_of_the_shares_that_wilson_does_not_reject() -> None:
    share, reports, frame, z = 0.3, 40, 150, 1.959964
    square = z * z * (frame - reports) / (frame - 1)  # (share - p)^2 = square * p (1 - p) / reports, solved for p
    low, high = np.sort(np.roots([1 + square / reports, -2 * share - square / reports, share * share]).real)
    assert half_width(share, reports, 0.95, frame) == pytest.approx((high - low) / 2, rel=1e-6)


@given(st.floats(0.02, 0.4), st.floats(0.5, 0.99), st.floats(0, 1), st.none() | st.integers(1, 2000))
def test_as_many_as_needed_are_enough_and_one_fewer_is_not(
    wanted: float, confidence: float, share: float, frame: int | None
) -> None:
    reports = reports_needed(wanted, confidence, share, frame)
    assert half_width(share, reports, confidence, frame) <= wanted
    assert reports == 1 or half_width(share, reports - 1, confidence, frame) > wanted
    assert reports <= reports_needed(wanted, confidence, 0.5, frame)  # the worst
    assert frame is None or reports <= min(frame, reports_needed(wanted, confidence, share))


def test_a_whole_frame_has_no_interval() -> None:
    assert half_width(0.4, 30, 0.95, 30) == 0
    assert reports_needed(0.001, frame=30) == 30


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_is_that_of_scikit_learn(weights: Weights) -> None:
    first, second = np.random.default_rng(1).integers(0, 4, (2, 60))
    counts = np.zeros((4, 4))
    np.add.at(counts, (first, second), 1)
    told = cohen_kappa_score(first, second, weights=None if weights == "none" else weights)
    assert kappas(counts, weighting_of(4, weights)) == pytest.approx(told)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@pytest.mark.parametrize("kappa", [0.0, 0.3, 0.8])
def test_the_assumed_agreement_is_kappa_by_any_weights(weights: Weights, kappa: float) -> None:
    table = table_of(np.array([0.1, 0.2, 0.3, 0.4]), kappa)
    assert table.sum() == pytest.approx(1)
    assert kappas(table, weighting_of(4, weights)) == pytest.approx(kappa)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_the_formula_is_the_variance_of_many_large_samples(weights: Weights) -> None:
    table, weighting = table_of(np.array([0.1, 0.2, 0.3, 0.4]), 0.6), weighting_of(4, weights)
    drawn = np.random.default_rng(3).multinomial(2000, table.ravel(), 8000).reshape(-1, 4, 4).astype(float)
    assert 2000 * kappas(drawn, weighting).var() == pytest.approx(kappa_variance(table, weighting), rel=0.06)


def test_the_formula_for_two_grades_is_that_of_bloch_and_kraemer() -> None:
    share, kappa = 0.3, 0.5
    published = (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + kappa * (2 - kappa) / (2 * share * (1 - share)))
    table = table_of(np.array([share, 1 - share]), kappa)
    assert kappa_variance(table, weighting_of(2, "none")) == pytest.approx(published)


def test_reports_read_twice() -> None:
    needed = read_twice_needed(0.15, EQUAL, kappa=0.6)
    assert needed.reports == max(needed.formula, needed.simulated)
    assert needed.simulated == pytest.approx(needed.formula, rel=0.1)
    assert read_twice_needed(0.15, EQUAL).reports > needed.reports  # the worst agreement
    assert read_twice_needed(0.15, [0.02, 0.11, 0.34, 0.53], kappa=0.6).reports > needed.reports  # a rare grade
    assert read_twice_needed(0.1, EQUAL, kappa=0.6).reports > 2 * needed.reports
    assert read_twice_needed(0.15, EQUAL, kappa=0.6, confidence=0.8).reports < needed.reports


@pytest.mark.parametrize("wanted", [0.0, 1.0, -0.1, math.nan])
def test_a_half_width_that_is_none_is_refused(wanted: float) -> None:
    with pytest.raises(BadSetting, match="a half-width is between 0 and 1"):
        reports_needed(wanted)
    with pytest.raises(BadSetting, match="a half-width is between 0 and 1"):
        read_twice_needed(wanted, EQUAL)


def test_other_wishes_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadSetting, match="a confidence is between 0 and 1"):
        reports_needed(0.1, 1.0)
    with pytest.raises(BadSetting, match="an expected share"):
        reports_needed(0.1, share=1.2)
    with pytest.raises(BadSetting, match="at least one report"):
        reports_needed(0.1, frame=0)
    with pytest.raises(BadSetting, match=f"more than {MOST:,} reports"):
        reports_needed(0.001)
    for shares in ([1.0], [0.5, 0.4], [0.5, 0.5, 0.0]):
        with pytest.raises(BadSetting, match="the shares of the grades"):
            read_twice_needed(0.1, shares)
    with pytest.raises(BadSetting, match="an expected agreement"):
        read_twice_needed(0.1, EQUAL, kappa=1.0)


def test_the_table_of_the_page_is_what_the_planner_says(root: Path) -> None:
    page = (root / "docs" / "sampling.md").read_text("utf-8")
    rows = re.findall(r"^\| (0\.\d\d) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", page, re.MULTILINE)
    assert len(rows) == 4
    for width, *told in rows:
        wanted = float(width)
        said = [int(number.replace(",", "")) for number in told]
        assert said[:2] == [reports_needed(wanted), reports_needed(wanted, frame=200)]
        twice = [read_twice_needed(wanted, EQUAL, kappa=kappa).reports for kappa in (0.6, None)]
        assert said[2:] == pytest.approx(twice, rel=0.02)  # numpy may draw otherwise in another version
