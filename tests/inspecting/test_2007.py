"""The published sample of 2007: its counts, its words, its intervals."""

from __future__ import annotations

import pytest

from qualitycheck.inspecting import grades
from qualitycheck.inspecting.results import Results, Settings, called, results_of
from tests.inspecting import east_midlands


@pytest.fixture
def results() -> Results:
    given = grades.parse(east_midlands.as_csv())
    return results_of(east_midlands.manifest(), given, Settings(finite=False))


def test_the_published_counts(results: Results) -> None:
    rows = {row.stratum: row for row in results.criteria[0].rows}
    for stratum, counts in east_midlands.PUBLISHED.items():
        assert tuple(cell.proportion.count for cell in rows[called(stratum)].cells or ()) == counts
    assert tuple(cell.proportion.count for cell in rows["all reports"].cells or ()) == (0, 7, 21, 34)
    assert len(east_midlands.rows()) == 62


def test_the_published_words(results: Results) -> None:
    rows = {row.stratum: [cell.word for cell in row.cells or ()] for row in results.criteria[0].rows}
    assert rows["section 7"] == ["none", "few", None, "most"]
    assert rows["section 31"] == ["none", None, None, None]


@pytest.mark.parametrize(("stratum", "low", "high"), [("section 7", 59, 87), ("section 31", 17, 49)])
def test_wilsons_intervals_without_finite_frame(results: Results, stratum: str, low: int, high: int) -> None:
    [row] = [row for row in results.criteria[0].rows if row.stratum == stratum]
    assert row.short
    share = row.short.proportion
    assert (round(100 * share.low), round(100 * share.high), share.method) == (low, high, "wilson")


def test_a_finite_frame_narrows_them(results: Results) -> None:
    given = grades.parse(east_midlands.as_csv())
    finite = results_of(east_midlands.manifest(section7=66), given, Settings()).criteria[0].rows[1].short
    endless = results.criteria[0].rows[1].short
    assert finite and endless
    assert endless.proportion.low < finite.proportion.low < finite.proportion.share
    assert finite.proportion.share < finite.proportion.high < endless.proportion.high


def test_a_frame_read_whole_leaves_nothing_open() -> None:
    given = grades.parse(east_midlands.as_csv())
    whole = results_of(east_midlands.manifest(33, 29), given, Settings()).criteria[0].whole.short
    assert whole
    assert whole.proportion.low == pytest.approx(34 / 62) == pytest.approx(whole.proportion.high)
    assert whole.proportion.method == "all read"


def test_the_two_kinds_are_told_apart(results: Results) -> None:
    [compared] = results.criteria[0].comparisons
    assert (compared.first, compared.second, compared.overlapping) == ("section 31", "section 7", False)
    assert -0.63 < compared.low < compared.apart < compared.high < -0.19
