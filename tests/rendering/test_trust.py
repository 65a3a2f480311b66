"""Figures in plain words: counts as they are, shares only where there is enough to count, no praise for few cases."""

from __future__ import annotations

from qualitycheck.measuring.bootstrap import Estimate
from qualitycheck.measuring.figures import Scores, Share
from qualitycheck.measuring.shipped import shipped
from qualitycheck.measuring.summary import Row
from qualitycheck.rendering.trust import _of_element, _of_fault, hundredths, measured_on, of_criterion

NONE = Estimate(None)


def scores(found: int, missed: int, false: int) -> Scores:
    some = Estimate(0.5, 0.25, 0.75)
    return Scores(found, missed, false, some, some, some)


def test_an_element_is_told_by_counts_and_a_share_with_what_it_leaves_open() -> None:
    row = Row(Share(19, 22, Estimate(0.8636, 0.7, 1.0)), scores(4, 1, 2))
    assert list(_of_element(row)) == [
        "It judged this element 22 times and was right 19 times (86 of 100 right; with reports as few as these, "
        "anything between 70 and 100).",
        "In 5 reports the element was in fact partial or missing: it noticed that in 4 and passed over 1.",
        "In the other 17 there was nothing to mend: it called 2 of them partial or missing all the same.",
    ]


def test_few_cases_give_no_rate_and_no_mistake_is_no_praise() -> None:
    few = list(_of_fault(scores(2, 1, 1)))
    assert few == [
        "There were 3 such faults: it flagged 2 and passed over 1 (too few to give a rate).",
        "It flagged this 3 times: 2 rightly, and 1 was a false alarm (too few to give a rate).",
    ]
    assert not any("of 100" in told for told in few)
    (first, *_) = _of_element(Row(Share(11, 11, Estimate(1.0, 1.0, 1.0)), scores(0, 0, 0)))
    assert first.endswith("That it made no mistake in 11 does not mean that it makes none.")
    assert "In none of these reports" in list(_of_element(Row(Share(11, 11, NONE), scores(0, 0, 0))))[1]
    assert list(_of_fault(scores(0, 0, 0))) == ["There was no such fault in these reports.", "It never flagged this."]
    assert list(_of_fault(scores(1, 0, 0)))[1] == "It flagged this once, rightly (too few to give a rate)."


def test_every_criterion_that_is_shipped_is_told_and_no_other() -> None:
    told = shipped()
    for id_ in (*told.summary.by_element, *told.summary.by_fault):
        assert len(of_criterion(told, id_)) >= 2
    assert of_criterion(told, "of-our-own") == []
    assert measured_on(told).startswith(f"Measured on {told.summary.reports} reports by {told.voices} authors")


def test_a_share_without_an_interval_is_a_dash() -> None:
    assert hundredths(Estimate(0.866, 0.83, 0.897)) == "87 of 100 (between 83 and 90)"
    assert hundredths(NONE) == "–"
