"""How many of each stratum."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.sampling.sizes import CannotDraw, fixed, proportional
from tests.sampling.frames import counts


@given(counts, st.data())
def test_in_proportion_nobody_is_a_whole_report_from_the_quota(reports: Mapping[str, int], data: st.DataObject) -> None:
    total = sum(reports.values())
    size = data.draw(st.integers(0, total))
    drawn = proportional(reports, size)
    assert sum(drawn.values()) == size
    for name, count in reports.items():
        assert abs(drawn[name] - Fraction(size * count, total)) < 1
        assert 0 <= drawn[name] <= count


@given(counts, st.data())
def test_at_least_one_of_each_where_that_is_asked_for(reports: Mapping[str, int], data: st.DataObject) -> None:
    size = data.draw(st.integers(len(reports), sum(reports.values())))
    drawn = proportional(reports, size, at_least_one=True)
    assert sum(drawn.values()) == size
    assert all(1 <= drawn[name] <= count for name, count in reports.items())


def test_the_largest_remainders_get_what_is_left() -> None:
    assert proportional({"a": 47, "b": 16, "c": 37}, 10) == {"a": 5, "b": 1, "c": 4}  # quotas 4.7, 1.6, 3.7
    assert proportional({"a": 1, "b": 1, "c": 2}, 2) == {"a": 1, "b": 0, "c": 1}
    assert proportional({"small": 1, "large": 199}, 10) == {"small": 0, "large": 10}
    assert proportional({"small": 1, "large": 199}, 10, at_least_one=True) == {"small": 1, "large": 9}


@given(counts, st.dictionaries(st.text(max_size=3), st.integers(0, 70), max_size=8), st.booleans())
def test_fixed_sizes_are_what_is_drawn_or_a_sentence(
    reports: Mapping[str, int], sizes: dict[str, int], named: bool
) -> None:
    wanted = dict(zip(reports, sizes.values(), strict=False)) if named else sizes
    try:
        assert fixed(reports, wanted) == wanted
    except CannotDraw as error:
        assert str(error)
    else:
        assert all(wanted[name] <= count for name, count in reports.items())


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"section7": 33, "section31": 1}, "33 of section7 are wanted, and the frame has 20"),
        ({"section7": 1}, "no size is given for section31"),
        ({"section7": 1, "section31": 1, "letters": 1}, "the frame has no letters: it has section7, section31"),
        ({"section7": 0, "section31": 0}, "every size is 0"),
    ],
)
def test_what_a_frame_does_not_hold_is_said(sizes: dict[str, int], said: str) -> None:
    with pytest.raises(CannotDraw, match=said):
        fixed({"section7": 20, "section31": 10}, sizes)


def test_too_large_a_sample_is_refused() -> None:
    with pytest.raises(CannotDraw, match="31 reports are wanted, and the frame has 30"):
        proportional({"a": 20, "b": 10}, 31)
    with pytest.raises(CannotDraw, match="cannot hold one of each of 2 strata"):
        proportional({"a": 20, "b": 10}, 1, at_least_one=True)
