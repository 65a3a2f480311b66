"""What followed the draw is recorded, and a manifest that was tampered with is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qualitycheck.sampling.allotting import KeptApart, allot
from qualitycheck.sampling.changing import CannotChange, next_reserve, take_out
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Manifest, Report
from qualitycheck.sampling.verifying import verify
from tests.sampling.frames import DATE, drawn, frame, ids, reports_of

FRAME = frame(section7=30, section31=20)
APART = KeptApart({"section7-0": frozenset({"ann"}), "section31-3": frozenset({"bob"})})


@pytest.fixture
def manifest() -> Manifest:
    """Drawn, one taken out, allotted, two more taken out, one of them a substitute."""
    sample = drawn("East", 10, section7=30, section31=20)
    changed = take_out(sample, sample.drawn[0].id, "missing", "not found", DATE)
    changed = allot(changed, ["Ann", "Bob", "Cy"], 4, APART, DATE)
    changed = take_out(changed, changed.sample[0].id, "refused", "by the office", DATE, apart=APART)
    return take_out(changed, changed.sample[3].id, "other", "read before", DATE, substitute=False, apart=APART)


def test_all_of_it_is_the_same_when_done_again(manifest: Manifest) -> None:
    assert len(manifest.sample) == 9
    verification = verify(manifest, FRAME, APART)
    assert (verification.same, verification.not_checked) == (True, ())


def test_the_order_in_which_strata_are_told_does_not_matter(manifest: Manifest) -> None:
    record = replace(manifest.frame, strata=manifest.frame.strata[::-1])  # as an earlier version told them
    assert verify(replace(manifest, frame=record), FRAME, APART).same


def test_what_has_changed_of_a_drawn_report_is_told() -> None:
    listed = [replace(one, area="North") for one in reports_of(section7=30, section31=20)]
    sample = drawn("East", 10, section7=30, section31=20)
    said = " ".join(verify(sample, frame_of(listed)).differences)
    assert f"{sample.drawn[0].id} (area); {sample.drawn[1].id} (area)" in said


def test_without_the_list_the_allotment_is_said_to_be_unchecked(manifest: Manifest) -> None:
    verification = verify(manifest, FRAME)
    assert verification.same
    assert len(verification.not_checked) == 1


def test_a_substitute_is_the_next_of_its_stratum(manifest: Manifest) -> None:
    stratum = manifest.drawn[0].stratum
    waiting = [one.id for one in manifest.reserves if one.stratum == stratum]
    assert [change.into for change in manifest.changes[:2]] == waiting[:2]
    following = next_reserve(manifest, stratum)
    assert following
    assert following.id == waiting[2]


def swapped(manifest: Manifest) -> Manifest:
    first, *rest = manifest.drawn
    friendly = Report("section7-99", stratum=first.stratum, type=first.type)
    return replace(drawn("East", 10, section7=30, section31=20), drawn=(friendly, *rest))


def chosen(manifest: Manifest) -> Manifest:
    sample = drawn("East", 10, section7=30, section31=20)
    changed = take_out(sample, sample.drawn[0].id, "missing", "not found", DATE)
    waiting = [one.id for one in sample.reserves if one.stratum == sample.drawn[0].stratum]
    return replace(changed, changes=(replace(changed.changes[0], into=waiting[1]),))


def reallotted(manifest: Manifest) -> Manifest:
    assert manifest.allotment
    first, *rest = manifest.allotment.readings
    other = replace(first, readers=("Cy", "Bob") if len(first.readers) == 1 else ("Cy",))
    return replace(manifest, allotment=replace(manifest.allotment, readings=(other, *rest)))


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (swapped, "Drawn again, 9 of the 10 reports are the same."),
        (chosen, "A substitute is not the next of its stratum."),
        (reallotted, "The reports are allotted otherwise than the seed gives."),
        (lambda one: replace(one, seed="West"), "of the 10 reports are the same."),
        (lambda one: replace(one, drawn=one.drawn[::-1]), "The same reports are drawn, in another order."),
        (lambda one: replace(one, reserves=one.reserves[::-1]), "The substitutes in waiting are others."),
        (
            lambda one: replace(one, drawn=(replace(one.drawn[0], area="North"), *one.drawn[1:])),
            "described otherwise than in the frame: section",
        ),
        (
            lambda one: replace(one, frame=replace(one.frame, strata=one.frame.strata[:1])),
            "The strata, or how many were drawn of each, are others.",
        ),
    ],
)
def test_what_was_tampered_with_is_said(manifest: Manifest, tamper: Callable[[Manifest], Manifest], said: str) -> None:
    verification = verify(tamper(manifest), FRAME, APART)
    assert not verification.same
    assert any(said in difference for difference in verification.differences)


def test_another_frame_is_said_to_be_one(manifest: Manifest) -> None:
    fewer = frame_of(reports_of(section7=29, section31=20))
    assert "The frame is another one: 49 reports" in verify(manifest, fewer, APART).differences[0]
    assert "drawn with version 0.9" in verify(replace(manifest, tool="0.9"), fewer, APART).differences[1]
    told = verify(manifest, frame(section7=1), APART).differences
    assert "It cannot be drawn again: 10 reports are wanted, and the frame has 1" in told[-1]
    repeated = frame_of([*FRAME.reports, FRAME.reports[0]])
    assert verify(manifest, repeated, APART).differences == ("Something else was left out: 1, and 0 in the manifest.",)


def test_files_may_lie_elsewhere(manifest: Manifest) -> None:
    elsewhere = frame_of(replace(one, path=f"elsewhere/{one.id}.docx") for one in FRAME.reports)
    assert verify(manifest, elsewhere, APART).same


def test_what_cannot_be_taken_out_is_a_sentence() -> None:
    sample = drawn("East", 3, section7=4)
    last = take_out(sample, sample.drawn[0].id, "missing", " not \n found ", DATE)
    assert last.changes[0].reason == "not found"
    with pytest.raises(CannotChange, match="no substitute is left in section7"):
        take_out(last, sample.drawn[1].id, "missing", "not found", DATE)
    with pytest.raises(CannotChange, match="is not in the sample"):
        take_out(last, sample.drawn[0].id, "missing", "not found", DATE)
    with pytest.raises(CannotChange, match="say in a few words why"):
        take_out(last, sample.drawn[1].id, "missing", " ", DATE)
    assert len(take_out(last, sample.drawn[1].id, "other", "closed", DATE, substitute=False).sample) == 2
    assert len(ids(last.sample)) == 3
