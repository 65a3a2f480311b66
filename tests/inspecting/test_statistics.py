"""Against scikit-learn, statsmodels, krippendorff, scipy and ppi-python."""

from __future__ import annotations

import numpy as np
import pytest
from krippendorff import alpha as krippendorffs_alpha
from scipy.stats import beta
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, to_table
from statsmodels.stats.proportion import proportion_confint

from qualitycheck.inspecting import proportions
from qualitycheck.inspecting.agreement import agreement, alpha, kappa
from qualitycheck.inspecting.assisted import FEWEST, Stratum, assisted, estimate
from qualitycheck.inspecting.assisted import _sums as sums_of
from qualitycheck.inspecting.proportions import difference, overlap, proportion

GRADES = ("excellent", "good", "adequate", "inadequate")


def readings(seed: int, reports: int) -> list[tuple[str, str]]:
    """Two readers who often agree, and when they do not are mostly one grade apart."""
    chance = np.random.default_rng(seed)
    first = chance.integers(0, 4, reports)
    second = np.clip(first + chance.choice([-1, 0, 0, 0, 1, 2], reports), 0, 3)
    return [(GRADES[one], GRADES[other]) for one, other in zip(first, second, strict=True)]


@pytest.mark.parametrize(("seed", "reports"), [(1, 12), (2, 40), (3, 200)])
def test_kappa_is_scikit_learns_and_statsmodels(seed: int, reports: int) -> None:
    given = readings(seed, reports)
    first, second = zip(*given, strict=True)
    ours = kappa(given, GRADES)
    assert ours.value == pytest.approx(cohen_kappa_score(first, second, labels=GRADES, weights="quadratic"))
    places = np.array([[GRADES.index(one), GRADES.index(other)] for one, other in given])
    table = to_table(places, bins=np.arange(5) - 0.5)[0]
    assert ours.value == pytest.approx(cohens_kappa(table, wt="quadratic").kappa)
    assert ours.low is not None and ours.high is not None
    assert ours.low < ours.value < ours.high


@pytest.mark.parametrize(("seed", "reports"), [(1, 12), (2, 40), (3, 200)])
def test_alpha_is_krippendorffs(seed: int, reports: int) -> None:
    given = readings(seed, reports)
    places = np.array([[GRADES.index(grade) for grade in pair] for pair in given], float).T
    theirs = krippendorffs_alpha(reliability_data=places, level_of_measurement="ordinal", value_domain=[0, 1, 2, 3])
    assert alpha(given, GRADES).value == pytest.approx(theirs)


def test_alpha_does_not_care_who_read_what() -> None:
    given = readings(4, 30)
    turned = [(other, one) if at % 2 else (one, other) for at, (one, other) in enumerate(given)]
    assert alpha(turned, GRADES).value == pytest.approx(alpha(given, GRADES).value)


def test_grades_all_alike_say_nothing_of_agreement() -> None:
    alike = [("good", "good")] * 20
    assert kappa(alike, GRADES).value is None
    assert alpha(alike, GRADES).value is None


def test_pairs_of_readers_each_have_their_kappa_and_few_have_none() -> None:
    given = readings(5, 12)
    twice = [dict(zip(("Ada", "Ben") if at < 8 else ("Ben", "Cy"), p, strict=True)) for at, p in enumerate(given)]
    twice.append({"Ada": "good", "Cy": "not applicable"})
    found = agreement(twice, GRADES)
    assert (found.reports, found.apart) == (12, 1)
    assert [(pair.readers, pair.reports, pair.kappa.value is None) for pair in found.pairs] == [
        (("Ada", "Ben"), 8, False),
        (("Ben", "Cy"), 4, True),
    ]


@pytest.mark.parametrize(("count", "of"), [(25, 33), (9, 29), (34, 62), (50, 1000)])
def test_wilsons_interval_is_statsmodels(count: int, of: int) -> None:
    low, high = proportions.wilson(count / of, of)
    assert (low, high) == pytest.approx(proportion_confint(count, of, method="wilson"))


@pytest.mark.parametrize(("count", "of"), [(0, 1), (0, 33), (1, 33), (4, 33), (33, 33), (3, 900)])
def test_the_exact_interval_is_statsmodels(count: int, of: int) -> None:
    low, high = proportions.exact(count / of, of)
    assert (low, high) == pytest.approx(proportion_confint(count, of, method="beta"), abs=1e-9)


def test_the_exact_interval_of_a_size_that_is_not_whole() -> None:
    low, high = proportions.exact(2 / 31, 47.3)
    x = 2 / 31 * 47.3
    assert low == pytest.approx(beta.ppf(0.025, x, 47.3 - x + 1))
    assert high == pytest.approx(beta.ppf(0.975, x + 1, 47.3 - x))


def test_few_counted_make_it_exact() -> None:
    assert proportion([4], [33], [10_000]).method == "exact"
    assert proportion([29], [33], [10_000]).method == "exact"
    assert proportion([5], [33], [10_000]).method == "wilson"
    assert proportion([5, 1], [33, 33], [100, 100]).method == "combined"


def test_strata_have_the_weight_of_the_frame() -> None:
    """Half of one stratum and nothing of the other, which is nine tenths of the frame."""
    found = proportion([10, 0], [20, 20], [100, 900])
    assert (found.count, found.of, found.share) == (10, 40, pytest.approx(0.05))
    assert found.low < 0.05 < found.high


def test_strata_in_which_nothing_was_graded_are_left_out() -> None:
    assert proportion([10, 0], [20, 0], [100, 900]) == proportion([10], [20], [100])


def test_a_difference_is_newcombes() -> None:
    """Newcombe's own example (a), 56 of 70 and 48 of 80: 0.2, from 0.0524 to 0.3339."""
    first, second = (proportion([x], [n], [1], finite=False) for x, n in ((56, 70), (48, 80)))
    assert difference(first, second) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert overlap(first, second) is (first.low <= second.high)


def checked(graded: int, frame: int, of_short: float, of_sound: float, seed: int = 6) -> Stratum:
    """A stratum in which three in ten fall short, and what a checker sees of it."""
    chance = np.random.default_rng(seed)
    short = chance.random(frame) < 0.3
    seen = np.where(short, chance.random(frame) < of_short, chance.random(frame) < of_sound).astype(float)
    return Stratum([(float(y), float(f)) for y, f in zip(short[:graded], seen, strict=False)], list(seen))


# What `ppi_mean_pointestimate` of ppi-python 0.2.3 makes of the same numbers; the library itself brings in compilers
# and half a gigabyte, for three numbers.
PPI_PYTHON = [(0.9, 0.1, 0.27729064201328396), (0.4, 0.4, 0.29), (0.98, 0.7, 0.2881976270182195)]


@pytest.mark.parametrize(("of_short", "of_sound", "theirs"), PPI_PYTHON)
def test_the_assisted_estimate_is_ppi_pythons(of_short: float, of_sound: float, theirs: float) -> None:
    found = assisted([checked(200, 1000, of_short, of_sound)])
    assert found
    assert found.share == pytest.approx(theirs, abs=1e-12)


def test_a_checker_that_follows_the_grades_narrows_the_interval_and_a_useless_one_is_not_followed() -> None:
    good, useless = assisted([checked(200, 1000, 0.9, 0.1)]), assisted([checked(200, 1000, 0.4, 0.4)])
    plain = proportion([sum(y for y, _ in checked(200, 1000, 0.9, 0.1).graded)], [200], [1000])
    assert good and useless
    assert good.high - good.low < 0.8 * (plain.high - plain.low)
    assert useless.tuning < 0.2 < good.tuning
    assert useless.share == pytest.approx(plain.share, abs=0.03)


def test_strata_are_put_together_by_their_part_of_the_frame() -> None:
    one, other = checked(100, 400, 0.9, 0.1), checked(100, 800, 0.9, 0.1, seed=7)
    together = assisted([one, other])
    assert together
    alone = [float(estimate(sums_of([each]))[0]) for each in (one, other)]
    assert together.share == pytest.approx((alone[0] * 400 + alone[1] * 800) / 1200, abs=0.01)


def test_too_few_graded_have_no_assisted_interval() -> None:
    assert assisted([checked(FEWEST - 1, 1000, 0.9, 0.1)]) is None
    assert assisted([checked(FEWEST, 1000, 0.9, 0.1)]) is not None
    assert assisted([checked(FEWEST, 500, 0.9, 0.1), checked(9, 500, 0.9, 0.1)]) is None


def test_no_interval_where_the_draws_cannot_vary() -> None:
    for given in ([("good", "good")] * 6 + [("poor", "poor")] * 6, [("good", "good")] * 6 + [("good", "poor")] * 6):
        found = agreement([{"Ada": one, "Ben": other} for one, other in given], ("good", "poor"))
        for figure in (found.alpha, *(pair.kappa for pair in found.pairs)):
            assert figure.low is None or figure.high is None or figure.low < figure.high
    perfect = agreement([{"Ada": grade, "Ben": grade} for grade in ("good", "poor") * 6], ("good", "poor"))
    assert (perfect.alpha.value, perfect.alpha.low, perfect.pairs[0].kappa.high) == (1.0, None, None)
