"""Backup and restore: all of it, whole or not at all, from either kind of database into the other."""

import json
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text

from qualitycheck.errors import BadSetting
from qualitycheck.service.access.who import Role, Scope
from qualitycheck.service.settings import Settings
from qualitycheck.service.store import backup, migrations
from qualitycheck.service.store.backup import back_up, restore
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Table

from .conftest import BOTH, settings_on
from .kept import check, finding, read, sampled, sent

# The tables of the first step
FIRST = {"account", "account_role", "team", "membership", "session", "api_key", "case", "draft", "decision", "audit"}


def filled(store: Store) -> dict[str, str]:
    """Something of every kind; its ids."""
    team = store.people.add_team("Nørth")
    person = store.people.add("ann", "Ann", [Role.PRACTITIONER, Role.MANAGER], [team], issuer="i", subject="s")
    store.people.set_password(person.id, "$argon2id$")
    store.people.add_key("k", person.id, "key", "hash", {Scope.CHECK})
    store.people.open_session(person.id, "token", "form", datetime.now(UTC))
    case = store.cases.add(person.id, team, "A famïly")
    draft = store.drafts.keep(case.id, person.id, check(findings=(finding("f"),), decisions={"f": "why"}))
    store.readings.tell(read(store, draft), team, "{}")
    sample = sampled(store)
    store.false_alarms.add("wishes", "rule", 0.1 + 0.2, {"program": "1"}, case.id, "there")
    store.false_alarms.add("basis", "rule", 0.5, {"program": "1"}, None, "not so")
    store.audit.write(person.id, "kept", f"draft {draft}")
    return {"person": person.id, "case": case.id, "draft": draft, "sample": sample}


def everything(store: Store, ids: dict[str, str]) -> list[object]:
    """What can be asked of the store, but for its audit log."""
    people = store.people
    return [
        people.all(),
        people.teams(),
        people.password_of(ids["person"]),
        people.keys_of(ids["person"]),
        store.cases.get(ids["case"]),
        store.drafts.get(ids["draft"]),
        store.readings.of_case(ids["case"]),
        store.readings.tallies(people.teams()),
        (sample := store.samples.get(ids["sample"])),
        sample and [store.samples.report(report) for report in sample.ids],
        store.samples.gradings(ids["sample"]),
        store.samples.concerns(ids["sample"]),
        store.samples.seen(ids["sample"]),
        store.false_alarms.all(),
    ]


def with_keys_of(settings: Settings, other: Settings) -> None:
    """The keyring and master key of a store, for another: as when a machine is replaced."""
    other.data_folder.mkdir(mode=0o700)
    shutil.copytree(settings.keys_folder, other.keys_folder)
    shutil.copy2(settings.data_folder / "master.key", other.data_folder / "master.key")


@pytest.mark.parametrize("to", BOTH)
def test_all_of_it_comes_back_on_either_kind_of_database(
    settings: Settings, store: Store, tmp_path: Path, to: str, request: pytest.FixtureRequest
) -> None:
    ids = filled(store)
    before, log = everything(store, ids), store.audit.entries()
    file = tmp_path / "store.zip"
    manifest = back_up(store, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert manifest.tables["draft"].rows == 1
    assert "session" not in manifest.tables
    elsewhere = settings_on(to, tmp_path / "elsewhere", request)
    with_keys_of(settings, elsewhere)
    with Store.open(elsewhere) as other:
        restored = restore(other, file)
        assert everything(other, ids) == before
        assert (restored.cases_without_key, restored.alarms_without_key, restored.foreign_log) == (0, 0, 0)
        assert restored.rows["audit"] == 1
        assert other.audit.entries()[1:] == log
        assert other.audit.entries()[0].action == "restored"
        assert other.audit.verify() == []
        assert other.people.session("token") is None
        with other.database.engine.connect() as connection:  # what points at another row points at one that is there
            if other.database.is_sqlite:
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        other.cases.delete(ids["case"])  # and goes with it
        assert other.drafts.get(ids["draft"]) is None


def test_what_was_deleted_since_does_not_come_back(store: Store, tmp_path: Path) -> None:
    ids = filled(store)
    kept = store.cases.add("ann", None, "Another")
    file = tmp_path / "store.zip"
    back_up(store, file)
    store.cases.delete(ids["case"])
    store.audit.write("ann", "deleted", f"case {ids['case']}")
    restored = restore(store, file, replace=True)
    assert restored.cases_without_key == 1
    assert restored.rows["case"] == 1
    assert [restored.rows[name] for name in ("draft", "decision", "reading", "reading_round")] == [0, 0, 0, 0]
    assert restored.rows["tally"] == 1  # which is of no family in particular
    assert [alarm.criterion for alarm in store.false_alarms.all()] == ["basis"]
    assert store.cases.get(kept.id) == kept
    assert store.cases.get(ids["case"]) is store.drafts.get(ids["draft"]) is None
    assert store.people.get(ids["person"]) is not None
    # The log is not put back in time: it still tells of the deletion.
    assert restored.log_kept
    assert [entry.action for entry in store.audit.entries()] == ["restored", "deleted", "kept"]
    assert store.audit.verify() == []


def test_a_log_that_is_lost_is_told(store: Store, tmp_path: Path) -> None:
    filled(store)
    back_up(store, tmp_path / "store.zip")
    store.audit.write("ann", "kept", "draft")
    store.audit.write("ann", "kept", "draft")
    migrations.migrate(store.database, migrations.BASE, lose=True)  # the disk of the database is lost
    migrations.migrate(store.database)
    restored = restore(store, tmp_path / "store.zip")
    assert (restored.log_kept, restored.log_lost) == (False, 2)
    assert "2 entries of this log that were newer are lost" in store.audit.entries()[0].thing
    assert store.audit.verify() == []


def test_without_the_keys_nothing_sealed_comes_back(
    store: Store, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    filled(store)
    back_up(store, tmp_path / "store.zip")
    with Store.open(settings_on(kind, tmp_path / "elsewhere", request)) as other:
        with pytest.raises(BadSetting, match="a key to no case or sample of this backup"):
            restore(other, tmp_path / "store.zip")
        assert other.people.all() == other.audit.entries() == []
        restored = restore(other, tmp_path / "store.zip", without_keys=True)
        assert (restored.cases_without_key, restored.alarms_without_key, restored.foreign_log) == (1, 1, 1)
        assert other.false_alarms.all() == []
        assert [person.user_name for person in other.people.all()] == ["ann"]
        assert [entry.action for entry in other.audit.entries()] == ["restored"]
        assert other.audit.verify() == []


def test_a_store_in_use_is_not_overwritten_by_accident(store: Store, tmp_path: Path) -> None:
    ids = filled(store)
    back_up(store, tmp_path / "store.zip")
    before = everything(store, ids)
    with pytest.raises(BadSetting, match="--replace"):
        restore(store, tmp_path / "store.zip")
    assert everything(store, ids) == before


def changed(file: Path, member: str, change: object) -> None:
    """The backup with one member changed, or without it."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if callable(change):
        members[member] = change(members[member])
    else:
        del members[member]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _newer(manifest: bytes) -> bytes:
    return json.dumps(json.loads(manifest) | {"revision": "9999"}).encode()


@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        (
            "tables/account.jsonl",
            lambda data: data.replace(b"Ann", b"Bob"),
            "its table account is not as it was written",
        ),
        ("tables/draft.jsonl", None, "its table draft is not there"),
        ("manifest.json", None, "not a backup"),
        ("manifest.json", lambda _: b"{}", "not a backup"),
        ("manifest.json", _newer, "newer version"),
    ],
)
def test_a_damaged_or_newer_backup_changes_nothing(
    store: Store, tmp_path: Path, member: str, change: object, said: str
) -> None:
    ids = filled(store)
    file = tmp_path / "store.zip"
    back_up(store, file)
    before = everything(store, ids)
    changed(file, member, change)
    with pytest.raises(BadSetting, match=said):
        restore(store, file, replace=True)
    assert everything(store, ids) == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more"])
def test_what_is_no_backup_is_said(store: Store, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "store.zip"
    file.write_bytes(data)
    with pytest.raises(BadSetting, match="is not a backup of the store that can be read"):
        restore(store, file)
    with pytest.raises(BadSetting, match="is not a backup of the store that can be read"):
        restore(store, tmp_path / "nothing.zip")


def test_a_restore_that_fails_leaves_all_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(store)
    back_up(store, tmp_path / "store.zip")
    before, log = everything(store, ids), store.audit.entries()

    def fail(_: object, table: str, *__: object) -> bool:
        assert table != "reading"
        return True

    with monkeypatch.context() as failing:
        failing.setattr(backup, "_is_readable", fail)
        with pytest.raises(AssertionError):
            restore(store, tmp_path / "store.zip", replace=True)
    assert everything(store, ids) == before
    assert store.audit.entries() == log
    assert store.audit.verify() == []


def test_a_backup_that_fails_leaves_none(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store)
    file = tmp_path / "store.zip"
    back_up(store, file)
    whole = file.read_bytes()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as failing:
        failing.setattr(backup, "_plain", fail)
        with pytest.raises(ZeroDivisionError):
            back_up(store, file)
    assert file.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["store.zip"]


def test_a_backup_goes_into_a_folder_that_is_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="backups is not there: make it first, or mount the disk it is on"):
        back_up(store, tmp_path / "backups" / "store.zip")
    assert not (tmp_path / "backups").exists()


def test_an_older_backup_is_brought_up_to_date(
    settings: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(store)
    back_up(store, tmp_path / "newer.zip")
    file = tmp_path / "store.zip"
    since = set(Table.metadata.tables) - FIRST  # what later steps brought
    migrations.migrate(store.database, "0001", lose=True)
    with monkeypatch.context() as older:
        older.setattr(backup, "NOT_KEPT", backup.NOT_KEPT | since)
        manifest = back_up(store, file)
    assert manifest.revision == "0001"
    migrations.migrate(store.database)
    restore(store, file, replace=True)
    with store.database.engine.connect() as connection:
        assert migrations.at(connection) == migrations.newest()
    assert store.drafts.get(ids["draft"]).decisions == {"f": "why"}
    assert store.readings.of_case(ids["case"]) == []
    sent(store, ids["draft"])


def test_a_backup_is_of_one_moment(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept while it is being written is in all of its tables or in none."""
    filled(store)
    real = backup._write_rows
    added: list[str] = []

    def write(connection: object, table: object, lines: object) -> object:
        if not added:  # after the first look at the store
            note = real(connection, table, lines)
            case = store.cases.add("ann", None, "A family that came later")
            added.append(store.drafts.keep(case.id, "ann", check()))
            return note
        return real(connection, table, lines)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(backup, "_write_rows", write)
        manifest = back_up(store, tmp_path / "store.zip")
    assert added
    assert (manifest.tables["case"].rows, manifest.tables["draft"].rows) == (1, 1)
