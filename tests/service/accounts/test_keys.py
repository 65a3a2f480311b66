"""API keys: shown once, kept hashed, scoped, revocable, never more than their owner may."""

from __future__ import annotations

import hashlib
import re

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from qualitycheck.service.access.who import Role, Scope
from tests.service.accounts.office import OFFICE, Office, form_token


def make(browser: TestClient, *scopes: str, name: str = "case system") -> str:
    data = {"name": name, "scopes": list(scopes), "form_token": form_token(browser)}
    answer = browser.post("/account/keys", data=data)
    assert answer.status_code == 200, answer.text
    found = re.search(r"qck_[0-9a-f]{16}_[\w-]{43}", answer.text)
    assert found
    return found.group()


def ask(office: Office, key: str, path: str = "/metrics", address: str = "testclient") -> Response:
    program = TestClient(office.app, base_url=OFFICE, client=(address, 50_000))
    return program.get(path, headers={"authorization": f"Bearer {key}"})


def test_a_key_is_shown_once_and_kept_as_a_hash(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR)
    browser = office.signed_in("ada")
    key = make(browser, "metrics")
    secret = key.split("_", 2)[2]
    assert secret not in browser.get("/account").text and key.rsplit("_", 1)[0][:20] in browser.get("/account").text
    with office.desk.store.database.reading() as session:
        rows = str(session.connection().exec_driver_sql("select * from api_key").all())
    assert secret not in rows and hashlib.sha256(secret.encode()).hexdigest() in rows
    assert ask(office, key).status_code == 200


def test_a_wrong_key_is_nobody(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR)
    key = make(office.signed_in("ada"), "metrics")
    for wrong in (key[:-1] + ("A" if key[-1] != "A" else "B"), key[4:], "qck__", "", "qck_0000000000000000_x"):
        answer = ask(office, wrong)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_stops_at_once(office: Office) -> None:
    ada = office.add("ada", Role.ADMINISTRATOR)
    browser = office.signed_in("ada")
    key = make(browser, "metrics")
    id = key.split("_")[1]
    answer = browser.post(f"/account/keys/{id}/revoke", data={"form_token": form_token(browser)})
    assert answer.status_code == 303
    assert ask(office, key).status_code == 401
    actions = [(who, action, thing) for who, action, thing in office.audit() if thing == f"key {id}"]
    assert actions == [(ada.id, "key made", f"key {id}"), (ada.id, "key revoked", f"key {id}")]


def test_nobody_revokes_the_key_of_another(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR)
    office.add("ben")
    key = make(office.signed_in("ada"), "metrics")
    ben = office.signed_in("ben")
    answer = ben.post(f"/account/keys/{key.split('_')[1]}/revoke", data={"form_token": form_token(ben)})
    assert answer.status_code == 404 and ask(office, key).status_code == 200


def test_the_keys_of_a_disabled_account_stop_at_once(office: Office) -> None:
    ada = office.add("ada", Role.ADMINISTRATOR)
    key = make(office.signed_in("ada"), "metrics")
    office.people.change(ada.id, disabled=True)
    assert ask(office, key).status_code == 401


def test_the_keys_of_a_disabled_account_do_not_come_back_with_it(office: Office) -> None:
    ada = office.add("ada", Role.ADMINISTRATOR)
    key = make(office.signed_in("ada"), "metrics")
    office.people.change(ada.id, disabled=True)
    office.people.change(ada.id, disabled=False)
    assert ask(office, key).status_code == 401
    browser = office.signed_in("ada")
    assert "Revoked" in browser.get("/account").text
    assert ask(office, make(browser, "metrics")).status_code == 200


def test_a_key_may_no_more_than_its_scope(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR, Role.PRACTITIONER)
    key = make(office.signed_in("ada"), "check")
    assert ask(office, key).status_code == 403
    for path in ("/account", "/administration", "/administration/accounts"):
        assert ask(office, key, path).status_code == 403, "pages are for people"


def test_a_key_may_no_more_than_its_owner(office: Office) -> None:
    ada = office.add("ada", Role.ADMINISTRATOR, Role.PRACTITIONER)
    browser = office.signed_in("ada")
    key = make(browser, "metrics", "check")
    assert ask(office, key).status_code == 200
    office.people.change(ada.id, roles=[Role.PRACTITIONER])
    assert ask(office, key).status_code == 403
    office.add("ben")
    ben = office.signed_in("ben")
    data = {"name": "x", "scopes": ["metrics"], "form_token": form_token(ben)}
    refused = ben.post("/account/keys", data=data)
    assert refused.status_code == 400 and "Choose what the key may do" in refused.text


@pytest.mark.parametrize("role", Role)
def test_a_scope_is_offered_to_whoever_may_do_what_it_is_for(office: Office, role: Role) -> None:
    office.add("ada", role)
    page = office.signed_in("ada").get("/account").text
    assert ('value="check"' in page, 'value="metrics"' in page) == (role != "administrator", role == "administrator")


def test_when_a_key_was_last_used_is_written_once_a_minute(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR)
    key = make(office.signed_in("ada"), "metrics")
    id = key.split("_")[1]
    assert (made := office.people.key(id)) and made.last_used is None and made.scopes == {Scope.METRICS}
    ask(office, key)
    assert (first := office.people.key(id)) and first.last_used
    ask(office, key)
    assert (second := office.people.key(id)) and second.last_used == first.last_used
    office.clock.later(minutes=2)
    ask(office, key)
    assert (third := office.people.key(id)) and third.last_used and third.last_used > first.last_used


def test_wrong_keys_cannot_be_tried_without_end(office: Office) -> None:
    office.add("ada", Role.ADMINISTRATOR)
    key = make(office.signed_in("ada"), "metrics")
    statuses = [ask(office, "qck_0000000000000000_x", address="10.0.0.1").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    assert "retry-after" in ask(office, "qck_0000000000000000_x", address="10.0.0.1").headers
    assert [ask(office, key, address="10.0.0.1").status_code for _ in range(12)] == [200] * 12, "a right key works"


def test_where_anybody_may_ask_no_key_is_asked_for(office: Office) -> None:
    for path in ("/healthz", "/api/v1/criteria", "/openapi.json"):
        assert [ask(office, "qck_wrong", path).status_code for _ in range(12)] == [200] * 12, path
    assert ask(office, "qck_wrong").status_code == 401, "none of them counted"


def test_a_key_needs_a_name_and_something_it_may_do(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    answer = browser.post("/account/keys", data={"name": " ", "form_token": form_token(browser)})
    assert answer.status_code == 400
    assert 'href="#name"' in answer.text and 'href="#scopes"' in answer.text
