"""Settings: each with its default, from the environment and a file; a wrong one is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck.errors import BadSetting
from qualitycheck.service.access.who import Role
from qualitycheck.service.settings import Settings, load_settings
from qualitycheck.service.settings_page import text


def test_without_any_it_serves_this_computer_only() -> None:
    settings = load_settings()
    assert (settings.mode, settings.host, settings.port) == ("own-machine", "127.0.0.1", 8765)
    assert settings.database.startswith("sqlite:///")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "office.toml"
    file.write_text('port = 9000\nqueue = 3\n[oidc_roles]\nleads = "manager"\n', "utf-8")
    monkeypatch.setenv("QUALITYCHECK_SETTINGS", str(file))
    monkeypatch.setenv("QUALITYCHECK_PORT", "9001")
    settings = load_settings()
    assert (settings.port, settings.queue, settings.oidc_roles) == (9001, 3, {"leads": Role.MANAGER})
    assert load_settings(port=9002).port == 9002


def test_the_working_folders_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "qualitycheck-service.toml").write_text("queue = 7\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings().queue == 7


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"port": 70000}, "setting port: must be a whole number from 0 to 65535"),
        ({"port": "many"}, "setting port: must be a whole number from 0 to 65535"),
        ({"check_mib": 1}, "setting check_mib: must be a whole number of 64 or more"),
        ({"check_seconds": 0}, "setting check_seconds: must be a number above 0, and 3600 at most"),
        ({"local_accounts": "perhaps"}, "setting local_accounts: must be true or false"),
        ({"mode": "both"}, "setting mode: must be 'own-machine' or 'office'"),
        ({"host": 3}, "setting host: must be text"),
        ({"trusted_proxies": ["proxy"]}, 'setting trusted_proxies: must list addresses or networks, such as ["127'),
        ({"trusted_proxies": "[127.0.0.1"}, 'setting trusted_proxies: must be a list such as ["127.0.0.1"]'),
        ({"oidc_roles": "leads=manager"}, "setting oidc_roles: must be a table in JSON"),
        ({"oidc_client_id": "us"}, "need oidc_issuer"),
        ({"public_address": "https://a.example/reports"}, "setting public_address: must be an address without a path"),
        ({"public_address": "https://[a"}, "setting public_address: must be a web address"),
        ({"host": "192.0.2.1"}, "listens on 127.0.0.1 only"),
        ({"mode": "office"}, "public_address must be set"),
        ({"mode": "office", "public_address": "http://a.example"}, "begin with https://"),
        ({"mode": "office", "public_address": "https://a.example", "local_accounts": False}, "nobody could sign in"),
        ({"oidc_issuer": "https://id.example"}, "oidc_client_id"),
        ({"key": "secret-key", "key_file": Path("x")}, "keep one"),
        ({"colour": "blue"}, "no setting 'colour'"),
        ({"public_address": "reports.example"}, "setting public_address: must be a web address"),
        ({"oidc_roles": {"a": "judge"}}, "setting oidc_roles.a: "),
    ],
)
def test_a_wrong_setting_is_one_sentence_without_secrets(given: dict[str, object], said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        load_settings(**given)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "secret-key" not in str(refused.value)


@pytest.mark.parametrize("told", ["127.0.0.1, 10.0.0.0/8", '["127.0.0.1", "10.0.0.0/8"]'])
def test_a_list_in_the_environment_needs_no_json(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITYCHECK_TRUSTED_PROXIES", told)
    monkeypatch.setenv("QUALITYCHECK_OIDC_ROLES", '{"leads": "manager"}')
    settings = load_settings()
    assert settings.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")
    assert settings.oidc_roles == {"leads": Role.MANAGER}


def test_what_is_no_setting_is_refused_in_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITYCHECK_TEST_EXAMPLES", "3")
    load_settings()
    monkeypatch.setenv("QUALITYCHECK_TRUSTED_PROXY", "127.0.0.1")
    with pytest.raises(BadSetting, match="QUALITYCHECK_TRUSTED_PROXY is no setting"):
        load_settings()


def test_a_file_that_is_named_must_be_there_and_be_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITYCHECK_SETTINGS", str(tmp_path / "gone.toml"))
    with pytest.raises(BadSetting, match=r"gone\.toml, which is not there"):
        load_settings()
    (tmp_path / "gone.toml").write_text("port = = 3", "utf-8")
    with pytest.raises(BadSetting, match="cannot be read"):
        load_settings()


def test_secrets_are_not_shown() -> None:
    settings = Settings(key="the master key", database_url="postgresql+psycopg://me:word@db/x")  # type: ignore[arg-type]
    assert "the master key" not in repr(settings)
    assert "word" not in repr(settings)


def test_the_page_of_settings_is_in_step(root: Path) -> None:
    assert (root / "docs" / "settings.md").read_text("utf-8") == text()
    assert all(field.description for field in Settings.model_fields.values())
