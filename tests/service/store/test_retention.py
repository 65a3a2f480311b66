"""What is kept for its days, and no longer."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from qualitycheck.service.settings import Settings
from qualitycheck.service.store.retention import Purged, Retention, Schedule
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Case

from .kept import check, sampled, sent


def later(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_a_case_goes_some_days_after_its_newest_change(store: Store) -> None:
    old, new = (store.cases.add("ann", None, title) for title in ("Old", "New"))
    draft = store.drafts.keep(old.id, "ann", check())
    store.drafts.keep(new.id, "ann", check())
    with store.together() as session:
        session.execute(update(Case).values(changed=later(-179)))
    assert store.retention.purge().cases == 0
    store.decisions.set_aside(new.id, "ann", "f", "why")
    assert store.retention.purge(later(2)).cases == 1
    assert store.cases.get(old.id) is store.drafts.get(draft) is None
    assert store.keyring.ids() == [new.id]
    told = [(entry.action, entry.thing) for entry in store.audit.entries()]
    assert ("case deleted, its time being over", f"case {old.id}") in told
    assert store.audit.verify() == []


def test_each_kind_has_its_days(store: Store) -> None:
    store.audit.write("ann", "kept", "draft")
    store.audit.write("ann", "kept", "draft")
    person = store.people.add("ann", "Ann", [])
    store.people.open_session(person.id, "hash", "form", datetime.now(UTC))
    case = store.cases.add("ann", None, "A family")
    draft = store.drafts.keep(case.id, "ann", check())
    reading = sent(store, draft)
    store.readings.tell(reading, "north", "{}")
    sample = sampled(store)
    for concern in store.samples.concerns(sample):  # a sample stays while one is open
        store.samples.close(concern.id, "ian", "It was followed up.")
    store.false_alarms.add("wishes", "rule", 0.5, {}, reason="no")

    def keep_the_case() -> None:
        with store.together() as session:
            session.execute(update(Case).values(changed=later(5000)))

    keep_the_case()
    assert store.retention.purge() == Purged(0, 0, 0, 0, 0, 0)
    assert store.retention.purge(later(0.1)) == Purged(0, 0, 0, 0, 1, 0)
    assert store.people.session("hash") is None
    assert store.retention.purge(later(366)) == Purged(0, 0, 0, 1, 0, 0)
    assert store.retention.purge(later(731)) == Purged(0, 1, 1, 0, 0, 0)
    assert store.readings.tallies(["north"]) == []
    assert [one.id for one in store.readings.of_case(case.id)] == [reading]  # which goes with its case
    assert store.samples.get(sample) is None
    assert store.false_alarms.all() == []
    assert store.retention.purge(later(2191)).audit == 4  # the two, and what told of the first purge and of the sample
    assert store.audit.verify() == []
    assert store.drafts.get(draft) is not None


def purging() -> set[threading.Thread]:
    """The threads of schedules that run: those of other tests' services too."""
    return {thread for thread in threading.enumerate() if thread.name == "purge"}


def test_the_scheduled_purge_runs_at_once_and_again_whatever_happens(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = purging()
    runs, thrice = [], threading.Event()

    def purge(_: Retention) -> None:
        runs.append(len(runs))
        if len(runs) == 3:
            thrice.set()
        raise OSError("the disk is full")

    monkeypatch.setattr(Retention, "purge", purge)
    schedule = Schedule(store, hours=1e-6)
    schedule.start()
    assert thrice.wait(30)
    schedule.stop()
    after = len(runs)
    assert purging() == before
    assert len(runs) == after


def test_a_schedule_that_was_never_started_can_be_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = purging()
    runs: list[Retention] = []
    monkeypatch.setattr(Retention, "purge", runs.append)
    schedule = Schedule(store, hours=24)
    schedule.stop()
    schedule.start()  # too late
    schedule.stop()
    assert runs == []
    assert purging() == before
