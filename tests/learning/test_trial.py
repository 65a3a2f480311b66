"""What decides whether something learnt is taken: folds, thresholds, and how sure the gain is."""

from __future__ import annotations

from itertools import chain

import numpy as np

from qualitycheck.learning.hearing import Heard
from qualitycheck.learning.thresholds import moved
from qualitycheck.learning.trial import better_in, folds, learnt_from
from qualitycheck.measuring.outcome import Answer, Flagged, Outcome

SHIPPED = {bold: {"vague-term": 0.5, "too-young": 0.4} for bold in ("strict", "balanced", "thorough")}


def heard(*questions: tuple[float, bool], author: str = "Jo", missed: int = 0) -> Heard:
    """A report whose one element is shipped as met and labelled partial, with (likelihood, faulty) of vague terms."""
    return Heard(
        author,
        ("harm",),
        np.array([[0.7, 0.2, 0.1, 0.0]], np.float32),
        (1,),
        ("vague-term",) * len(questions),
        np.array([share for share, _ in questions], np.float32),
        tuple((number,) if faulty else () for number, (_, faulty) in enumerate(questions)),
        sum(faulty for _, faulty in questions) + missed,
        looked=True,
    )


def test_reports_of_one_author_are_held_out_together() -> None:
    authors = ["a", "b", "a", "c", "d", "b", "e", "f", "a"]
    dealt = folds(authors)
    assert sorted(chain.from_iterable(dealt)) == list(range(9))
    assert all(len({n for n, fold in enumerate(dealt) if authors.index(author) in fold}) == 1 for author in authors)
    assert {0, 2, 8} in dealt
    assert dealt == folds(authors)


def test_reports_all_by_one_author_are_dealt_one_by_one() -> None:
    assert sorted(map(len, folds(["a"] * 12))) == [2, 2, 2, 3, 3]


def test_thresholds_rise_where_what_is_just_above_is_false() -> None:
    reports = [heard((0.9, True), (0.55, False), (0.52, False)) for _ in range(6)]
    after = moved(SHIPPED, reports, [one.faulty for one in reports if one.faulty is not None])
    assert all(after[bold]["vague-term"] > 0.55 for bold in SHIPPED)
    assert all(after[bold]["too-young"] > 0.4 for bold in SHIPPED)


def test_thresholds_fall_where_what_is_just_below_is_right() -> None:
    reports = [heard((0.9, True), (0.45, True), (0.2, False)) for _ in range(6)]
    after = moved(SHIPPED, reports, [one.faulty for one in reports if one.faulty is not None])
    assert all(0.2 < after[bold]["vague-term"] < 0.45 for bold in SHIPPED)


def test_thresholds_stay_where_nothing_is_gained() -> None:
    reports = [heard((0.9, True), (0.2, False)) for _ in range(6)]
    assert moved(SHIPPED, reports, [one.faulty for one in reports if one.faulty is not None]) == SHIPPED


def test_learnt_of_elements_alone_leaves_faults_as_shipped() -> None:
    reports = [heard((0.9, True), (0.55, False), author=str(n)) for n in range(6)]
    learnt = learnt_from(reports, SHIPPED, with_faults=False)
    both = np.array([[0.3, 0.7]], np.float32)
    assert np.allclose(learnt.faults.applied(both, ["vague-term"]), both)
    assert learnt.thresholds == SHIPPED
    assert learnt.statuses.applied(reports[0].statuses, ["harm"])[0].argmax() == 1


def test_learnt_of_faults_moves_both() -> None:
    reports = [heard((0.6, False), (0.6, False), (0.6, True), author=str(n)) for n in range(20)]
    learnt = learnt_from(reports, SHIPPED, with_faults=True)
    share = learnt.faults.applied(np.array([[0.4, 0.6]], np.float32), ["vague-term"])[0, 1]
    assert 0.3 < share < 0.5


def outcome(right: int, found: int) -> Outcome:
    answers = tuple(Answer("harm", "met", "met" if n < right else "partial", 0.8, False) for n in range(10))
    flags = (Flagged("vague-term", "a-rule", 0.8, True),) * found
    return Outcome("a", answers, True, flags, ("vague-term",) * found, ("vague-term",) * (4 - found))


def test_how_sure_a_gain_is() -> None:
    before = [outcome(6, 2)] * 12
    assert better_in(before, before) == 0
    assert better_in(before, [outcome(7, 2)] * 12) == 1
    assert better_in(before, [outcome(5, 2)] * 12) == 0
    mixed = [outcome(7, 2), outcome(5, 2)] * 6
    assert 0.2 < better_in(before, mixed) < 0.8
