"""A draw follows from the seed and the ids alone, and anybody can repeat it."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Report, Settings
from qualitycheck.sampling.sizes import CannotDraw
from tests.sampling.frames import DATE, by_type, drawn, frame, frames, ids, reports_of, seeds

# As `sha256sum` and `sort` give them, three of section7 and two of section31.
FOR_EVER = ["section31-3", "section7-15", "section7-18", "section31-6", "section7-0"]
FEW = Settings(size=1, reserves=3)


@given(frames, seeds, st.randoms())
def test_the_same_seed_draws_the_same_from_any_order_of_the_list(
    reports: list[Report], seed: str, chance: random.Random
) -> None:
    shuffled = reports[:]
    chance.shuffle(shuffled)
    assert draw(frame_of(shuffled), FEW, seed, DATE) == draw(frame_of(reports), FEW, seed, DATE)


def test_a_stranger_draws_the_same_with_a_hash_and_a_sort() -> None:
    ordered = sorted(ids(frame(section7=40).reports), key=lambda id_: hashlib.sha256(f"East\n{id_}".encode()).digest())
    manifest = draw(frame(section7=40), Settings(size=5, reserves=4), "East", DATE)
    assert ids(manifest.drawn) == ordered[:5]
    assert ids(manifest.reserves) == ordered[5:9]


def test_what_is_drawn_is_fixed_for_ever() -> None:
    assert ids(drawn("East 2026", 5, section7=30, section31=20).drawn) == FOR_EVER


def test_another_process_with_another_hash_seed_draws_the_same(root: Path) -> None:
    ask = "from tests.sampling.frames import *; print(*ids(drawn('East 2026', 5, section7=30, section31=20).drawn))"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", ask]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.split() == FOR_EVER


@given(st.integers(2, 40), st.integers(0, 30), st.data(), seeds)
def test_a_report_added_only_ever_takes_its_own_place(
    section7: int, section31: int, data: st.DataObject, seed: str
) -> None:
    size = data.draw(st.integers(1, section7))
    settings = by_type(section7=size, **({"section31": min(3, section31)} if section31 else {}))
    before = draw(frame(section7=section7, section31=section31), settings, seed, DATE)
    added = [*reports_of(section7=section7, section31=section31), Report("late", type="section7")]
    after = draw(frame_of(added), settings, seed, DATE)
    gone, came = set(ids(before.drawn)) - set(ids(after.drawn)), set(ids(after.drawn)) - set(ids(before.drawn))
    assert came <= {"late"}
    assert len(gone) == len(came)
    if gone:  # the one that was last of its stratum, and it is now the first substitute
        last = [report.id for report in before.drawn if report.stratum == "section7"][-1]
        assert gone == {last}
        assert next(report.id for report in after.reserves if report.stratum == "section7") == last


def test_every_report_is_drawn_as_often_as_every_other() -> None:
    times = Counter(id_ for seed in range(2000) for id_ in ids(drawn(str(seed), 3, section7=10).drawn))
    assert len(times) == 10
    assert all(abs(count - 600) < 100 for count in times.values())  # some five standard deviations


def test_fixed_sizes_give_what_the_inspection_of_2007_read() -> None:
    manifest = draw(frame(section7=120, section31=80), by_type(section7=33, section31=29), "2007", DATE)
    assert Counter(report.stratum for report in manifest.drawn) == {"section7": 33, "section31": 29}
    assert [(one.name, one.reports, one.drawn) for one in manifest.frame.strata] == [
        ("section7", 120, 33),
        ("section31", 80, 29),
    ]


def test_strata_of_two_fields_and_of_what_is_not_known() -> None:
    reports = [Report("a", type="section7", area="North"), Report("b", type="section7")]
    manifest = draw(frame_of(reports), Settings(by=("type", "area"), size=2), "1", DATE)
    assert [stratum.name for stratum in manifest.frame.strata] == ["section7/North", "section7/not known"]


def test_who_wrote_a_report_is_carried_only_where_asked_for() -> None:
    listed = frame_of([Report("a", author="Ann Lee", manager="Bob Roy")])
    without = draw(listed, Settings(size=1), "1", DATE)
    assert (without.drawn[0].author, without.drawn[0].manager) == (None, None)
    asked = draw(listed, Settings(size=1, people=True), "1", DATE)
    assert asked.drawn[0].author == "Ann Lee"


def test_two_strata_of_one_name_are_refused() -> None:
    reports = [Report("a", type="x/y", area="z"), Report("b", type="x", area="y/z")]
    with pytest.raises(CannotDraw, match="two strata would both be called x/y/z"):
        draw(frame_of(reports), Settings(by=("type", "area"), size=1), "1", DATE)


@pytest.mark.parametrize("seed", ["", " ", "a\nb", "a\0b"])
def test_a_seed_is_one_line(seed: str) -> None:
    with pytest.raises(CannotDraw, match="a seed is one line"):
        draw(frame(section7=3), FEW, seed, DATE)


def test_neither_or_both_sizes_are_refused() -> None:
    for settings in (Settings(), replace(FEW, sizes={"all": 1})):
        with pytest.raises(CannotDraw, match="either how many reports in all"):
            draw(frame(section7=3), settings, "1", DATE)


def test_an_empty_frame_is_refused() -> None:
    with pytest.raises(CannotDraw, match="no report that could be drawn"):
        draw(frame_of([]), FEW, "1", DATE)
