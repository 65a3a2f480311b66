"""Samples: what is kept of them comes back as it was, to whom it may, and leaves with its key."""

from __future__ import annotations

import datetime
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from qualitycheck.inspecting.masked import Hidden
from qualitycheck.result import Passage
from qualitycheck.sampling.allotting import KeptApart, allot
from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Report, Settings
from qualitycheck.service.access.who import Role
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import Settings as ServiceSettings
from qualitycheck.service.store.keyring import KeyDestroyed
from qualitycheck.service.store.samples import Confirmed, FaultSeen, Given, SampleView
from qualitycheck.service.store.store import Store

from .kept import docx, result, sheet, who

TODAY = datetime.date(2026, 11, 22)
NOW = datetime.datetime(2026, 11, 22, 9, tzinfo=UTC)
FRAME = frame_of(Report(f"r{number}", type="section7", author="Pat") for number in range(6))
MANIFEST = draw(FRAME, Settings(by=("type",), size=3, reserves=2), "seed", TODAY)
PASSAGE = Passage(3, "4.", "Assessment", 0, 5, "words")


def drawn(store: Store) -> str:
    sample = store.samples.add("ian", "East 2026", criteria=("harm",), source="list")
    manifest = allot(MANIFEST, ["Ian", "Ina"], 1, KeptApart(), TODAY)
    store.samples.change(
        sample,
        lambda view: replace(view, frame=FRAME.reports, manifest=manifest, readers={"ian": "Ian", "ina": "Ina"}),
    )
    return sample


def of(store: Store, sample: str) -> SampleView:
    found = store.samples.get(sample)
    assert found
    return found


def brought(store: Store, sample: str, name: str = "a.docx") -> str:
    first = MANIFEST.drawn[0].id
    return store.samples.put_report(sample, first, name, docx("words"), result("words"), sheet("words"))


def test_a_sample_comes_back_as_it_was_made(store: Store) -> None:
    sample = drawn(store)
    view = of(store, sample)
    assert (view.title, view.lead, view.scale, view.criteria, view.source) == (
        "East 2026",
        "ian",
        "2008",
        ("harm",),
        "list",
    )
    assert view.frame == FRAME.reports
    assert view.manifest and view.manifest.drawn == MANIFEST.drawn
    assert view.manifest.allotment and view.manifest.allotment.readers == ("Ian", "Ina")
    assert view.readers == {"ian": "Ian", "ina": "Ina"}
    assert view.changed >= view.created
    store.samples.change(sample, lambda view: replace(view, confirmed={"k": Confirmed("It says so.", "ian", NOW)}))
    assert of(store, sample) == replace(
        view, confirmed={"k": Confirmed("It says so.", "ian", NOW)}, changed=of(store, sample).changed
    )


def test_the_lead_and_the_readers_see_a_sample(store: Store) -> None:
    sample = drawn(store)
    for account in ("ian", "ina"):
        assert [view.id for view in store.samples.of(who(account, Role.INSPECTOR))] == [sample]
        assert store.samples.seen_by(sample, who(account))
    assert store.samples.led_by(sample, who("ian"))
    assert not store.samples.led_by(sample, who("ina"))
    assert store.samples.of(who("another", Role.INSPECTOR)) == []
    store.samples.set_readers(sample, {"ivy": "Ivy"})
    assert store.samples.seen_by(sample, who("ivy"))
    assert not store.samples.seen_by(sample, who("ina"))
    assert not store.samples.seen_by("another", who("ian"))


def test_a_report_is_kept_with_what_the_checker_says_and_found_by_its_id(store: Store) -> None:
    sample = drawn(store)
    first = MANIFEST.drawn[0].id
    waiting = store.samples.put_report(sample, first, "a.docx", docx("one"))
    assert of(store, sample).reports == {}  # not checked yet
    assert store.samples.brought(sample) == {waiting: False}
    report = brought(store, sample, "b.docx")
    assert report == waiting  # it took its place
    view = of(store, sample)
    assert (view.reports, view.ids) == ({first: report}, {report: first})
    kept = store.samples.report(report)
    assert kept
    assert (kept.sample, kept.report, kept.name, kept.data) == (sample, first, "b.docx", docx("words"))
    assert (kept.result, kept.sheet) == (result("words"), sheet("words"))
    assert store.samples.report_names(sample) == {report: "b.docx"}
    assert store.samples.sample_of(report) == sample
    other = drawn(store)
    assert brought(store, other) != report  # the same id in another sample is another report
    store.samples.drop_reports(sample, [report])
    assert store.samples.report(report) is None
    with pytest.raises(Problem, match="no such sample"):
        brought(store, "another")


def test_what_the_checker_says_of_the_frame_is_kept_apart(store: Store) -> None:
    sample = drawn(store)
    assert store.samples.seen(sample) == ()
    said = {"file": "r1", "sha256": "ab", "elements": [{"id": "harm", "status": "met"}], "findings": []}
    store.samples.keep_seen(sample, [said])
    assert store.samples.seen(sample) == (said,)
    with pytest.raises(Problem):
        store.samples.seen("another")


def test_grades_can_be_changed_until_they_are_handed_in(store: Store) -> None:
    report = brought(store, sample := drawn(store))
    assert store.samples.grading(report, "ina") is None
    grade = Given("partial", "Because.", NOW)
    fault = FaultSeen("f1", "harm", PASSAGE, "It is not said.")
    store.samples.grade(report, "ina", lambda before: replace(before, grades={**before.grades, "harm": grade}))
    store.samples.grade(report, "ina", lambda before: replace(before, faults=(*before.faults, fault)))
    kept = store.samples.grading(report, "ina")
    assert kept
    assert (kept.grades, kept.faults, kept.given, kept.report) == ({"harm": grade}, (fault,), None, report)
    store.samples.hand_in(report, "ina")
    for act in (lambda: store.samples.grade(report, "ina", lambda b: b), lambda: store.samples.hand_in(report, "ina")):
        with pytest.raises(Problem, match="handed in"):
            act()
    store.samples.grade(report, "ian", lambda before: before)
    assert [(one.reader, bool(one.given)) for one in store.samples.gradings(sample)] == [("ian", False), ("ina", True)]
    with pytest.raises(Problem, match="no such report"):
        store.samples.grade("another", "ina", lambda before: before)


def test_a_difference_is_settled_once(store: Store) -> None:
    report = brought(store, sample := drawn(store))
    store.samples.adjudicate(sample, report, "harm", "met", "Both saw it.", "ian", own=True)
    with pytest.raises(Problem, match="was settled"):
        store.samples.adjudicate(sample, report, "harm", "partial", "On reflection.", "ian")
    (kept,) = of(store, sample).adjudicated
    assert (kept.grade, kept.reason, kept.own) == ("met", "Both saw it.", True)
    assert of(store, sample).settled[report, "harm"] == kept


def test_whose_names_are_hidden_is_kept_until_another_file_takes_the_place(store: Store) -> None:
    report = brought(store, sample := drawn(store))
    before = store.samples.report(report)
    assert before
    assert before.hidden is None
    author = Hidden("[author]", ("Petra",), "Marsh", ("Ms",), True, ("Marsh",))
    store.samples.keep_hidden(report, (author,))
    kept = store.samples.report(report)
    assert kept == replace(before, hidden=(author,))
    assert brought(store, sample) == report
    assert store.samples.report(report) == before


def test_a_concern_is_followed_until_it_is_closed(store: Store) -> None:
    report = brought(store, sample := drawn(store))
    concern = store.samples.raise_concern(report, "ina", "A child may be at risk.", "Moe", PASSAGE)
    store.samples.follow(concern, "ian", "Mia", "Moe is away; telephoned Mia.")
    (view,) = store.samples.concerns(sample)
    assert (view.reason, view.owner, view.passage, view.closed) == ("A child may be at risk.", "Mia", PASSAGE, None)
    later = store.samples.raise_concern(report, "ian", "Another.", "Moe")
    store.samples.close(concern, "ian", "The child was seen the same day.")
    closed = store.samples.concern(concern)
    assert closed and closed.closed and closed.outcome == "The child was seen the same day."
    assert [(step.by, step.owner) for step in closed.steps] == [("ina", "Moe"), ("ian", "Mia"), ("ian", "Mia")]
    assert [one.id for one in store.samples.concerns(sample)] == [later, concern]  # what is open comes first
    with pytest.raises(Problem, match="closed"):
        store.samples.follow(concern, "ian", "Mia", "More.")
    with pytest.raises(Problem, match="no such concern"):
        store.samples.close("another", "ian", "Done.")
    with pytest.raises(Problem, match="no such report"):
        store.samples.raise_concern("another", "ian", "x", "y")


def test_a_sample_is_deleted_with_everything_in_it_and_its_key(store: Store) -> None:
    report = brought(store, sample := drawn(store))
    store.samples.grade(report, "ina", lambda before: before)
    store.samples.raise_concern(report, "ina", "A child may be at risk.", "Moe")
    store.samples.delete(sample)
    assert store.samples.get(sample) is store.samples.report(report) is store.samples.grading(report, "ina") is None
    assert store.samples.gradings(sample) == store.samples.concerns(sample) == store.samples.of(who("ina")) == []
    assert store.keyring.ids() == store.keyring.doomed() == []
    with pytest.raises(KeyDestroyed):
        store.keyring.key(sample)


def test_what_was_being_deleted_is_finished_at_the_next_start(settings: ServiceSettings) -> None:
    with Store.open(settings) as store:
        sample = drawn(store)
        store.keyring.doom(sample)
    with Store.open(settings) as store:
        assert store.samples.get(sample) is None
        assert store.keyring.ids() == []
        sample = drawn(store)
        store.keyring.doom(sample)
        store.retention.purge()
        assert store.samples.get(sample) is None


def test_a_sample_goes_some_days_after_its_last_change(store: Store) -> None:
    sample = drawn(store)
    now = datetime.datetime.now(UTC)
    assert store.retention.purge(now + timedelta(days=729)).samples == 0
    assert store.retention.purge(now + timedelta(days=731)).samples == 1
    assert store.samples.get(sample) is None
    assert ("sample deleted, its time being over", f"sample {sample}") in [
        (entry.action, entry.thing) for entry in store.audit.entries()
    ]


def test_a_sample_stays_while_a_serious_concern_is_open(store: Store) -> None:
    report = brought(store, drawn(store))
    concern = store.samples.raise_concern(report, "ina", "A child may be at risk.", "Moe")
    late = datetime.datetime.now(UTC) + timedelta(days=731)
    assert store.retention.purge(late).samples == 0
    store.samples.close(concern, "ian", "The child was seen the same day.")
    assert store.retention.purge(late).samples == 1


def test_what_a_backup_brings_back_of_a_deleted_sample_cannot_be_read(store: Store) -> None:
    sample = drawn(store)
    store.keyring.destroy(sample)
    assert store.samples.get(sample) is None
    assert store.samples.of(who("ian")) == []
