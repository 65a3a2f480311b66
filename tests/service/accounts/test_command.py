"""`qualitycheck accounts`: the first administrator comes from here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualitycheck.cli import main
from qualitycheck.service.access.who import Role
from qualitycheck.service.app import create_app
from qualitycheck.service.store.store import Store
from tests.service.accounts.office import OFFICE, PASSWORD, Office, is_in
from tests.service.conftest import in_office


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    settings = f'mode = "office"\npublic_address = "{OFFICE}"\ndata_folder = "{(tmp_path / "data").as_posix()}"\n'
    (tmp_path / "qualitycheck-service.toml").write_text(settings)
    return tmp_path


def test_the_first_administrator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accounts", "add", "root@example.org", "--name", "Ruth Okoro", "--role", "administrator"]) == 0
    said = capsys.readouterr().out
    found = re.search(rf"{OFFICE}(/invitation/[\w-]{{43}})$", said.strip())
    assert found and "works once, within 7 days" in said
    office = Office.of(create_app(in_office(folder)))
    browser = office.browser()
    assert browser.post(found.group(1), data={"password": PASSWORD}).status_code == 303 and is_in(browser)
    assert browser.get("/administration/accounts").status_code == 200
    office.desk.store.close()


def test_several_roles_and_teams(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["accounts", "add", "ada", "--role", "manager", "--role", "practitioner", "--team", "North"]
    assert main(asked) == 2
    assert "there is no team 'North'" in capsys.readouterr().err
    assert main([*asked, "--new-teams"]) == 0
    assert main(asked) == 2, "already there"
    capsys.readouterr()
    assert main(["accounts", "list"]) == 0
    assert capsys.readouterr().out == "ada  ada  invited  manager, practitioner  North\n"


def test_disabling_and_inviting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["accounts", "add", "root", "--role", "administrator"])
    main(["accounts", "add", "ada", "--role", "practitioner"])
    capsys.readouterr()
    assert main(["accounts", "invite", "ada"]) == 0 and "/invitation/" in capsys.readouterr().out
    assert main(["accounts", "disable", "ada"]) == 0
    assert main(["accounts", "invite", "ada"]) == 2
    assert main(["accounts", "disable", "root"]) == 2 and "last administrator" in capsys.readouterr().err
    assert main(["accounts", "disable", "nobody"]) == 2
    with Store.open(in_office(folder)) as store:
        ada, root = store.people.by_user_name("ada"), store.people.by_user_name("root")
        assert ada and ada.disabled and root and not root.disabled and root.roles == {Role.ADMINISTRATOR}
        assert store.audit.verify() == []
        assert [entry.who for entry in store.audit.entries()] == ["operator"] * 6


def test_at_home_there_are_no_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["accounts", "list"]) == 2
    assert "set mode to office" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
