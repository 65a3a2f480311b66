"""`qualitycheck store …`, as whoever runs the service types it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from qualitycheck.cli import main
from qualitycheck.service.settings import Settings
from qualitycheck.service.store import migrations
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.store import Store

from .kept import check


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALITYCHECK_DATA_FOLDER", str(settings.data_folder))
    monkeypatch.setenv("QUALITYCHECK_DATABASE_URL", settings.database_url.get_secret_value())


def test_a_day_in_the_life_of_a_store(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*options: str, status: int = 0) -> str:
        assert main(["store", *options]) == status
        captured = capsys.readouterr()
        assert "A family" not in captured.out + captured.err
        return captured.out + captured.err

    assert said("migrate") == "The store is at revision 0003.\n"
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family").id
        draft = store.drafts.keep(case, "ann", check())
    shown = said("status")
    assert f"keyring:              {settings.keys_folder}" in shown
    assert "drafts:               1" in shown
    file = str(tmp_path / "store.zip")
    assert f"rows are in {file}" in said("backup", file)
    assert "Keys wrapped with the new master key: 2." in said("rotate-key")
    assert "no such case" in said("delete-case", "another", status=2)
    assert "its key with it" in said("delete-case", case)
    assert "not empty" in said("restore", file, status=2)
    assert "a key to no case or sample of this backup" in said("restore", file, "--replace", status=2)
    shown = said("restore", file, "--replace", "--without-keys")
    assert "for their keys are not in this keyring (deleted since, or the keyring is another's): 1." in shown
    assert "The audit log of this store goes on from the backup's" in shown
    assert "0  cases" in said("purge")
    assert "The audit log is sound, up to entry 4." in said("verify-audit")
    with Store.open(settings) as store:
        assert store.drafts.get(draft) is None
        told = [(entry.who, entry.action) for entry in reversed(store.audit.entries())]
        assert told == [
            ("operator", "backup begun"),
            ("operator", "master key rotated"),
            ("operator", "case deleted"),
            ("operator", "restored"),
        ]
        with store.database.rebuilding() as connection:
            connection.execute(text("UPDATE audit SET who = 'nobody' WHERE number = 3"))
    assert "Entry 3 was changed" in said("verify-audit", status=1)


def test_the_settings_may_be_in_a_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUALITYCHECK_DATA_FOLDER")
    monkeypatch.setenv("QUALITYCHECK_SETTINGS", "")  # put back afterwards, whatever the command does to it
    file = tmp_path / "service.toml"
    file.write_text(f"data_folder = {str(settings.data_folder)!r}\n")
    assert main(["store", "--settings", str(file), "migrate"]) == 0
    assert main(["store", "--settings", str(tmp_path / "none.toml"), "status"]) == 2
    assert "none.toml, which is not there" in capsys.readouterr().err


def test_another_revision_can_be_asked_for(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "migrate"]) == 0
    assert main(["store", "migrate", "--to", "0001"]) == 0
    assert capsys.readouterr().out.endswith("The store is at revision 0001.\n")
    assert main(["store", "migrate", "--to", "7"]) == 2


def test_no_migration_empties_the_store_unasked(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family")
        store.false_alarms.add("basis", "rule", 0.5, {})
    assert main(["store", "migrate", "--to", "base", "--lose"]) == 2
    assert "would empty the whole store" in capsys.readouterr().err
    assert main(["store", "migrate", "--to", "0001"]) == 2
    assert "false_alarm (1); make a backup, then add --lose" in capsys.readouterr().err
    with Store.open(settings) as store:
        assert store.cases.get(case.id) == case
        assert len(store.false_alarms.all()) == 1
    assert main(["store", "migrate", "--to", "0001", "--lose"]) == 0


@pytest.mark.parametrize("action", [["status"], ["backup", "store.zip"]])
def test_a_look_before_a_new_version_leaves_the_tables_as_they_are(
    action: list[str], settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["store", *action]) == 0  # where there is nothing yet, there is nothing to leave
    assert main(["store", "migrate", "--to", "0001"]) == 0
    assert main(["store", *action]) == 2
    assert "of revision 0001, and this version of the program has 0003: use the version" in capsys.readouterr().err
    database = Database(settings.database)
    with database.snapshot() as connection:
        assert migrations.at(connection) == "0001"
    database.close()
