"""The audit log: whatever is done to it behind the service's back is found, and named."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from qualitycheck.service.settings import Settings
from qualitycheck.service.store.audit import AuditLog, Entry
from qualitycheck.service.store.store import Store


def told(store: Store, count: int = 8) -> None:
    for number in range(1, count + 1):
        store.audit.write("ann", "kept", f"draft {number}", f"request {number}")


def change(store: Store, *statements: str) -> None:
    """What somebody who can write the database, and only that, may do."""
    with store.database.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def insert(entry: Entry) -> str:
    values = ", ".join(repr(value) for value in asdict(entry).values())
    return f"INSERT INTO audit VALUES ({values})"  # noqa: S608


def test_a_log_left_alone_is_sound(store: Store) -> None:
    assert store.audit.verify() == []
    told(store)
    assert store.audit.verify() == []
    newest = store.audit.entries(limit=3)
    assert [(entry.number, entry.thing, entry.request) for entry in newest] == [
        (8, "draft 8", "request 8"),
        (7, "draft 7", "request 7"),
        (6, "draft 6", "request 6"),
    ]
    assert [entry.number for entry in store.audit.entries(before=3)] == [2, 1]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (
            ["UPDATE audit SET who = 'bob' WHERE number = 4"],
            ["Entry 4 was changed, or was not written by this service."],
        ),
        (
            ["UPDATE audit SET at = '2020' WHERE number = 8"],
            ["Entry 8 was changed, or was not written by this service."],
        ),
        (["DELETE FROM audit WHERE number = 4"], ["Entry 4 is missing."]),
        (["DELETE FROM audit WHERE number IN (4, 5, 6)"], ["Entries 4 to 6 are missing."]),
        (["DELETE FROM audit WHERE number < 3"], ["Entries 1 to 2 are missing at the beginning."]),
        (["DELETE FROM audit WHERE number > 6"], ["Entries 7 to 8 are missing at the end."]),
        (["DELETE FROM audit"], ["Entries 1 to 8 are missing at the end."]),
        (
            [
                "UPDATE audit SET number = 100 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 5",
                "UPDATE audit SET number = 5 WHERE number = 100",
            ],
            ["Entry 5 was moved to the place of entry 3.", "Entry 3 was moved to the place of entry 5."],
        ),
        (
            ["DELETE FROM audit WHERE number = 4", "UPDATE audit SET number = number - 1 WHERE number > 4"],
            [
                "Entry 8 is missing at the end.",
                "Entry 5 was moved to the place of entry 4.",
                "Entry 6 was moved to the place of entry 5.",
                "Entry 7 was moved to the place of entry 6.",
                "Entry 8 was moved to the place of entry 7.",
            ],
        ),
    ],
)
def test_what_was_done_to_it_is_named(store: Store, done: list[str], said: list[str]) -> None:
    told(store)
    change(store, *done)
    assert store.audit.verify() == said


def test_an_entry_from_elsewhere_is_named(store: Store) -> None:
    told(store)
    last = store.audit.entries(limit=1)[0]
    change(store, insert(replace(last, number=9, previous=last.hash)))
    assert store.audit.verify() == ["Entry 9 was not written by this service."]


def test_a_chain_made_anew_under_another_key_is_found(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(store, 3)
    ends = store.keyring.ends()
    with monkeypatch.context() as another:
        another.setattr(type(store.keyring), "audit_key", b"k" * 32)
        change(store, "DELETE FROM audit")
        store.keyring.replace_ends({"first": 1, "before": "0" * 64, "last": 0, "hash": "0" * 64})
        told(store, 3)
        assert store.audit.verify() == []
    assert len(store.audit.verify()) == 3
    store.keyring.replace_ends(ends)  # which whoever can only write the database could not have touched
    assert "Entry 3 is not the one on record as the newest." in store.audit.verify()


def test_cutting_off_the_end_is_not_covered_up_by_what_comes_after(store: Store) -> None:
    told(store)
    change(store, "DELETE FROM audit WHERE number > 5")
    store.audit.write("ann", "kept", "draft 9")
    assert store.audit.verify() == ["Entries 6 to 8 are missing."]


def test_a_crash_leaves_the_record_behind_and_the_log_sound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told(store, 3)
    with monkeypatch.context() as crash:
        crash.setattr(AuditLog, "_remember", lambda *_: None)
        store.audit.write("ann", "kept", "draft 4")
    assert store.keyring.ends()["last"] == 3
    assert store.audit.verify() == []
    store.audit.write("ann", "kept", "draft 5")
    assert store.keyring.ends()["last"] == 5
    assert store.audit.verify() == []


def test_a_record_that_cannot_be_read_is_said(store: Store) -> None:
    told(store, 2)
    (store.keyring.folder / "audit.json").write_text("{")
    assert [problem.rpartition("audit.json")[2] for problem in store.audit.verify()] == [
        ", where the audit log begins and ends, cannot be read"
    ]


def test_what_comes_to_nothing_is_not_told(store: Store) -> None:
    told(store, 2)
    with pytest.raises(ZeroDivisionError), store.together():
        store.audit.write("ann", "kept", "draft 3")
        raise ZeroDivisionError
    assert [entry.number for entry in store.audit.entries()] == [2, 1]
    assert store.audit.verify() == []


def test_many_at_once_write_one_chain(settings: Settings, store: Store) -> None:
    with Store.open(settings) as another:  # as a second server has it
        start, failures = threading.Barrier(6), []

        def write(log: AuditLog) -> Callable[[], None]:
            def act() -> None:
                start.wait()
                try:
                    for number in range(5):
                        log.write("ann", "kept", f"draft {number}")
                except Exception as error:
                    failures.append(error)

            return act

        threads = [threading.Thread(target=write((store, another)[number % 2].audit)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert [entry.number for entry in store.audit.entries()] == list(range(30, 0, -1))
    assert store.audit.verify() == []
    assert store.keyring.ends()["last"] == 30


def test_old_entries_go_and_the_rest_stays_sound(store: Store) -> None:
    told(store, 6)
    fourth = store.audit.entries()[2]
    assert store.audit.forget(datetime.fromisoformat(fourth.at)) == 3
    assert [entry.number for entry in store.audit.entries()] == [6, 5, 4]
    assert store.audit.verify() == []
    change(store, "DELETE FROM audit WHERE number = 4")
    assert store.audit.verify() == ["Entry 4 is missing at the beginning."]


def test_a_purge_that_was_interrupted_leaves_it_sound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told(store, 6)
    with pytest.raises(ZeroDivisionError), store.together():
        store.audit.forget(datetime.now(UTC) + timedelta(days=1))
        raise ZeroDivisionError
    assert store.keyring.ends()["first"] == 6
    assert len(store.audit.entries()) == 6
    assert store.audit.verify() == []


def test_the_newest_entry_outlives_every_purge(store: Store) -> None:
    told(store, 3)
    store.audit.forget(datetime.now(UTC) + timedelta(days=1))
    assert [entry.number for entry in store.audit.entries()] == [3]
    store.audit.write("ann", "kept", "draft 4")
    assert store.audit.verify() == []
    record = json.loads((store.keyring.folder / "audit.json").read_text())
    assert (record["first"], record["last"]) == (3, 4)
