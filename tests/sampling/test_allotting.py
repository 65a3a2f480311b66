"""Pairs of readers come as often as each other, and nobody reads their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck.sampling.allotting import CannotAllot, KeptApart, allot, handed_on, kept_apart, reading_list
from qualitycheck.sampling.balancing import balanced
from qualitycheck.sampling.manifest import Allotment, LeftOut, Manifest, Report
from tests.sampling.frames import DATE, drawn, ids, seeds

NAMES = ["Ann Lee", "Bob Roy", "Cy Dod", "Dee Day", "Eve Fox", "Gus Hay"]


def allotted(manifest: Manifest, readers: list[str], twice: int, apart: KeptApart | None = None) -> Allotment:
    made = allot(manifest, readers, twice, apart or KeptApart(), DATE).allotment
    assert made
    return made


def loads(made: Allotment) -> list[int]:
    load = Counter(reader for reading in made.readings for reader in reading.readers)
    return [load[reader] for reader in made.readers]


def pair_counts(made: Allotment) -> list[int]:
    seen = Counter(frozenset(reading.readers) for reading in made.readings if len(reading.readers) == 2)
    return [seen[frozenset(pair)] for pair in combinations(made.readers, 2)]


@settings(max_examples=60)
@given(st.integers(2, 6), st.integers(1, 40), st.data(), seeds)
def test_pairs_differ_by_one_at_most_and_so_do_loads(readers: int, size: int, data: st.DataObject, seed: str) -> None:
    twice = data.draw(st.integers(0, size))
    manifest = drawn(seed, size, section7=30, section31=20)
    made = allotted(manifest, NAMES[:readers], twice)
    assert [reading.id for reading in made.readings] == ids(manifest.sample)
    assert sum(pair_counts(made)) == twice
    assert max(pair_counts(made)) - min(pair_counts(made)) <= 1
    if size - twice >= readers:  # enough is read once to even out what is read twice
        assert max(loads(made)) - min(loads(made)) <= 1


@settings(max_examples=60)
@given(st.data(), seeds)
def test_nobody_reads_what_they_wrote_or_managed(data: st.DataObject, seed: str) -> None:
    manifest = drawn(seed, 20, section7=30, section31=20)
    listed = [
        replace(
            report,
            author=data.draw(st.sampled_from([None, "ann  LEE", "Somebody Else", "Bob Roy; Cy Dod"])),
            manager=data.draw(st.sampled_from([None, "dee day"])),
        )
        for report in manifest.sample
    ]
    made = allotted(manifest, NAMES, 8, KeptApart.of(listed))
    own = {one.id: f"{one.author};{one.manager}".casefold().replace("  ", " ") for one in listed}
    for reading in made.readings:
        assert len(set(reading.readers)) == len(reading.readers)
        assert not any(reader.casefold() in own[reading.id] for reader in reading.readers)


def test_the_order_of_the_readers_makes_no_difference() -> None:
    manifest = drawn(size=20, section7=30, section31=20)
    assert allotted(manifest, NAMES, 7) == allotted(manifest, NAMES[::-1], 7)


def test_what_is_read_twice_is_spread_over_the_strata() -> None:
    manifest = drawn(size=20, section7=30, section31=20)
    stratum = {report.id: report.stratum for report in manifest.sample}
    twice = Counter(stratum[one.id] for one in allotted(manifest, NAMES, 10).readings if len(one.readers) == 2)
    assert twice == {"section7": 6, "section31": 4}


def test_the_order_of_the_draw_does_not_tell_what_is_read_twice() -> None:
    first = sum(
        len(allotted(drawn(str(seed), 10, section7=30), NAMES, 2).readings[0].readers) == 2 for seed in range(300)
    )
    assert 30 <= first <= 95  # one in five


def test_a_readers_list_tells_nothing_of_the_others() -> None:
    made = allot(drawn(size=12, section7=30, section31=20), NAMES[:3], 6, KeptApart(), DATE)
    assert made.allotment
    for reader in NAMES[:3]:
        mine = reading_list(made, reader)
        assert sorted(ids(mine)) == sorted(one.id for one in made.allotment.readings if reader in one.readers)
    with pytest.raises(CannotAllot, match="no reader of this name: Ann Lee, Bob Roy, Cy Dod"):
        reading_list(made, "Nobody")
    with pytest.raises(CannotAllot, match="nothing has been allotted"):
        reading_list(drawn(section7=20), "Ann Lee")


def test_whoever_wrote_the_copy_wrote_the_report() -> None:
    manifest = drawn(size=3, section7=3)
    record = replace(manifest.frame, left_out=(LeftOut("copy", "same-bytes", "section7-1"),))
    apart = kept_apart(replace(manifest, frame=record), [Report("copy", author="Ann Lee")])
    assert apart.readers_of("section7-1", NAMES[:2]) == ["Bob Roy"]
    assert apart.named_nowhere(NAMES[:2]) == ["Bob Roy"]


@pytest.mark.parametrize(
    ("readers", "twice", "said"),
    [
        ([], 0, "say who reads"),
        (["Ann", " "], 0, "say who reads"),
        (["Ann", "ann"], 0, "named twice"),
        (["Ann"], 1, "takes two readers"),
        (["Ann", "Bob"], 9, "9 reports are to be read twice, and the sample has 3"),
    ],
)
def test_readers_that_cannot_be_are_refused(readers: list[str], twice: int, said: str) -> None:
    with pytest.raises(CannotAllot, match=said):
        allot(drawn(size=3, section7=3), readers, twice, KeptApart(), DATE)


def test_too_few_who_may_read_is_said_without_naming_an_author() -> None:
    manifest = drawn(size=3, section7=3)
    everything = KeptApart.of(replace(one, author="Ann", manager="Bob") for one in manifest.sample)
    with pytest.raises(CannotAllot, match="none of the readers may read") as raised:
        allot(manifest, ["Ann", "Bob"], 0, everything, DATE)
    assert "Ann" not in str(raised.value)
    half = KeptApart.of(replace(one, author="Ann") for one in manifest.sample)
    with pytest.raises(CannotAllot, match="2 of section7 are to be read twice, and two of the readers may read 0"):
        allot(manifest, ["Ann", "Bob"], 2, half, DATE)


def test_a_substitute_goes_to_the_same_readers_or_to_others_who_may() -> None:
    manifest = drawn(size=3, section7=6)
    out, into = manifest.drawn[0].id, manifest.reserves[0].id
    apart = KeptApart({into: frozenset({"ann"})})
    made = allotted(manifest, ["Ann", "Bob", "Cy"], 3, apart)
    before = set(next(one for one in made.readings if one.id == out).readers)
    new = handed_on(made, out, into, "7", apart).readings[0]
    assert (new.id, len(new.readers)) == (into, 2)
    assert set(new.readers) >= before - {"Ann"}
    assert "Ann" not in new.readers
    with pytest.raises(CannotAllot, match="made with another list"):
        handed_on(made, out, into, "7", KeptApart())


@settings(max_examples=150)
@given(
    st.lists(st.sets(st.integers(0, 3), min_size=1), max_size=6), st.lists(st.integers(0, 3), min_size=4, max_size=4)
)
def test_no_other_sharing_out_is_more_even(allowed: list[set[int]], already: list[int]) -> None:
    items = {number: sorted(places) for number, places in enumerate(allowed)}
    start = dict(enumerate(already))
    chosen = balanced(items, range(4), start)
    assert all(chosen[item] in items[item] for item in items)

    def unevenness(places: tuple[int, ...]) -> int:
        load = Counter(places)
        return sum((start[place] + load[place]) ** 2 for place in range(4))

    best = min(unevenness(each) for each in product(*items.values()))
    assert unevenness(tuple(chosen[item] for item in items)) == best
