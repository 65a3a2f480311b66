"""What administrators may change, and what nobody may."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.service.access.who import Role, Scope
from qualitycheck.service.accounts import administering
from qualitycheck.service.store.audit import AuditLog
from qualitycheck.service.store.people import Person
from qualitycheck.service.store.tables import Table
from tests.service.accounts.office import PASSWORD, Office, form_token, is_in

ACCOUNTS = "/administration/accounts"


@pytest.fixture
def admin(office: Office) -> TestClient:
    office.add("root", Role.ADMINISTRATOR)
    return office.signed_in("root")


def send(browser: TestClient, path: str, **data: object) -> tuple[int, str]:
    answer = browser.post(path, data={**data, "form_token": form_token(browser)})
    return answer.status_code, answer.text


def test_somebody_is_added_and_comes_in_by_the_link_that_is_shown_once(office: Office, admin: TestClient) -> None:
    team = office.people.add_team("North")
    status, said = send(
        admin, ACCOUNTS, name="Ada Quill", user_name="Ada@Example.org", roles=["practitioner", "manager"], teams=[team]
    )
    assert status == 200
    found = re.search(r"https://reports\.example\.org(/invitation/[\w-]{43})", said)
    assert found
    ada = office.people.by_user_name("ada@example.org")
    assert ada and ada.roles == {Role.PRACTITIONER, Role.MANAGER} and ada.teams == {team} and not ada.has_password
    assert found.group(1) not in admin.get(f"{ACCOUNTS}/{ada.id}").text
    browser = office.browser()
    assert browser.post(found.group(1), data={"password": PASSWORD}).status_code == 303 and is_in(browser)
    root = office.people.by_user_name("root")
    assert root
    assert (root.id, "account added", f"account {ada.id}") in office.audit()
    assert (root.id, "invitation made", f"account {ada.id}") in office.audit()
    assert not any("Ada" in part or "example.org" in part for entry in office.audit() for part in entry)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"name": "", "user_name": "ada"}, "Enter the person"),
        ({"name": "Ada", "user_name": ""}, "Enter a user name without spaces"),
        ({"name": "Ada", "user_name": "ada quill"}, "Enter a user name without spaces"),
        ({"name": "Ada", "user_name": "ROOT"}, "already an account"),
        ({"name": "Ada", "user_name": "ada", "teams": ["unknown"]}, "Choose teams"),
        ({"name": "A" * 101, "user_name": "ada"}, "up to 100 characters"),
        ({"name": "Ada", "user_name": "a" * 201}, "up to 200 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Office, admin: TestClient, data: dict[str, object], why: str
) -> None:
    status, said = send(admin, ACCOUNTS, **data)
    assert status == 400 and why in said and "govuk-error-summary" in said
    assert len(office.people.all()) == 1


def test_roles_and_teams_change_at_once(office: Office, admin: TestClient) -> None:
    ada = office.add("ada", Role.PRACTITIONER, Role.MANAGER)
    browser = office.signed_in("ada")
    path = f"{ACCOUNTS}/{ada.id}"
    assert send(admin, path, name="Ada Q", roles=["practitioner"]) == (303, "")
    now = office.people.get(ada.id)
    assert now and now.roles == {Role.PRACTITIONER} and now.name == "Ada Q"
    assert not is_in(browser)
    assert office.audit()[-1][1] == "account changed (name changed; roles: practitioner)"
    assert "The account is changed." in admin.get(f"{path}?done=changed").text


def test_somebody_is_disabled_and_let_in_again(office: Office, admin: TestClient) -> None:
    ada = office.add("ada")
    browser = office.signed_in("ada")
    path = f"{ACCOUNTS}/{ada.id}"
    assert send(admin, path, name="Ada", roles=["practitioner"], disabled="yes")[0] == 303
    assert not is_in(browser)
    assert office.browser().post("/sign-in", data={"user_name": "ada", "password": PASSWORD}).status_code == 401
    assert send(admin, f"{path}/invite")[0] == 409
    assert send(admin, path, name="Ada", roles=["practitioner"])[0] == 303
    assert is_in(office.signed_in("ada"))


def test_nobody_disables_themselves(office: Office, admin: TestClient) -> None:
    office.add("second", Role.ADMINISTRATOR)
    root = office.people.by_user_name("root")
    assert root
    status, said = send(admin, f"{ACCOUNTS}/{root.id}", name="Root", roles=["administrator"], disabled="yes")
    assert status == 400 and "cannot disable your own account" in said and is_in(admin)


def test_the_last_administrator_stays_one(office: Office, admin: TestClient) -> None:
    root = office.people.by_user_name("root")
    assert root
    status, said = send(admin, f"{ACCOUNTS}/{root.id}", name="Root", roles=["practitioner"])
    assert status == 400 and "last administrator" in said
    second = office.add("second", Role.ADMINISTRATOR)
    office.people.change(second.id, disabled=True)
    assert send(admin, f"{ACCOUNTS}/{root.id}", name="Root", roles=["practitioner"])[0] == 400
    office.people.change(second.id, disabled=False)
    assert send(admin, f"{ACCOUNTS}/{root.id}", name="Root", roles=["practitioner"])[0] == 303
    assert not is_in(admin)


def test_somebody_is_signed_out_everywhere(office: Office, admin: TestClient) -> None:
    ada = office.add("ada")
    here, there = office.signed_in("ada"), office.signed_in("ada")
    assert send(admin, f"{ACCOUNTS}/{ada.id}", do="sign-out")[0] == 303
    assert not is_in(here) and not is_in(there) and is_in(admin)
    assert office.audit()[-1][1:] == ("signed somebody out everywhere", f"account {ada.id}")


def test_a_new_invitation_does_not_tell_or_choose_the_password(office: Office, admin: TestClient) -> None:
    ada = office.add("ada")
    status, said = send(admin, f"{ACCOUNTS}/{ada.id}/invite")
    assert status == 200 and "/invitation/" in said
    assert 'type="password"' not in said
    assert is_in(office.signed_in("ada")), "the old one holds until the person sets another"


def test_teams_are_added_and_renamed(office: Office, admin: TestClient) -> None:
    path = "/administration/teams"
    assert send(admin, path, team="North")[0] == 303
    ((id, name),) = office.people.teams().items()
    assert name == "North"
    assert send(admin, path, team="north")[0] == 400
    assert send(admin, path, team=" ")[0] == 400
    assert send(admin, path, id=id, team="North West")[0] == 303
    assert office.people.teams() == {id: "North West"}
    assert send(admin, path, id="unknown", team="South")[0] == 404
    assert "North West" in admin.get(path).text


def test_secrets_are_never_shown(new_app: Callable[..., FastAPI]) -> None:
    office = Office.of(
        new_app(
            office=True,
            oidc_issuer="http://127.0.0.1:1",
            oidc_client_id="qualitycheck",
            oidc_client_secret="hush-hush-7",
        )
    )
    office.add("root", Role.ADMINISTRATOR)
    said = office.signed_in("root").get("/administration/settings").text
    assert "hush-hush-7" not in said and "set, not shown" in said
    assert "oidc_client_secret" in said and "session_minutes" in said


def test_the_audit_log_says_whether_it_is_sound(office: Office, admin: TestClient) -> None:
    office.add("ada")
    office.signed_in("ada")
    page = admin.get("/administration/audit?verify=1").text
    assert "The log is sound" in page and "signed in with a password" in page and ">Ada<" in page
    with office.desk.store.database.transaction() as session:
        session.connection().exec_driver_sql("update audit set who = 'somebody else' where number = 1")
    page = admin.get("/administration/audit?verify=1").text
    assert "The log is not as it was written" in page and "The log is sound" not in page


def test_the_audit_log_is_gone_through_only_where_that_is_asked_for(
    admin: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_through: list[bool] = []
    monkeypatch.setattr(AuditLog, "verify", lambda _: gone_through.append(True) or [])
    page = admin.get("/administration/audit").text
    assert not gone_through and "The log is sound" not in page and "signed in with a password" in page
    assert "The log is sound" in admin.get(re.search(r"/administration/audit\?verify=1", page)[0]).text  # type: ignore[index]
    assert gone_through


def test_the_audit_log_has_pages(office: Office, admin: TestClient) -> None:
    for number in range(120):
        office.desk.store.audit.write("nobody", f"did {number}", "nothing", "")
    page = admin.get("/administration/audit").text
    older = re.search(r"/administration/audit\?before=\d+", page)
    assert older and "did 119" in page and "did 5<" not in page
    assert "did 5<" in admin.get(older.group()).text


def the_log_is_full(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (ACCOUNTS, {"name": "Ben", "user_name": "ben", "roles": "practitioner"}),
        (f"{ACCOUNTS}/ADA", {"name": "Other", "roles": "manager", "disabled": "yes"}),
        (f"{ACCOUNTS}/ADA", {"do": "sign-out"}),
        (f"{ACCOUNTS}/ADA/invite", {}),
        ("/administration/teams", {"team": "South"}),
        ("/administration/teams", {"id": "NORTH", "team": "South"}),
        ("/account/keys", {"name": "case system", "scopes": "metrics"}),
        ("/account/keys/KEY/revoke", {}),
        ("/account/password", {"old": PASSWORD, "new": "granite-lantern-sixpence-4"}),
        ("/account/sign-out-everywhere", {}),
    ],
)
def test_what_cannot_be_told_in_the_log_is_not_done(
    office: Office, admin: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, data: dict[str, str]
) -> None:
    ada = office.add("ada")
    office.signed_in("ada")
    root = office.people.by_user_name("root")
    assert root
    office.people.add_key("0" * 16, root.id, "old", "hash", [Scope.METRICS])
    stand_for = {"ADA": ada.id, "KEY": "0" * 16, "NORTH": office.people.add_team("North")}
    for name, id in stand_for.items():
        path = path.replace(name, id)
    sent = {name: stand_for.get(value, value) for name, value in data.items()} | {"form_token": form_token(admin)}

    def kept() -> list[object]:
        with office.desk.store.database.reading() as session:
            return [session.execute(table.select()).all() for table in Table.metadata.sorted_tables]

    before = kept()
    monkeypatch.setattr(AuditLog, "write", the_log_is_full)
    assert admin.post(path, data=sent).status_code == 500
    assert kept() == before


def test_two_administrators_cannot_each_leave_it_to_the_other(office: Office) -> None:
    first, second = office.add("first", Role.ADMINISTRATOR), office.add("second", Role.ADMINISTRATOR)
    both = threading.Barrier(2)

    def leave(person: Person) -> dict[str, str]:
        both.wait()
        return administering.change(
            office.people, person.id, person, name="No more", roles=frozenset(), teams=frozenset(), disabled=False
        )

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(leave, (first, second)))
    assert sorted(map(bool, answers)) == [False, True]
    assert [person for person in office.people.all() if Role.ADMINISTRATOR in person.roles]


def test_an_administrator_without_another_role_sees_no_report(admin: TestClient) -> None:
    for path in ("/checks", "/cases", "/checks/unknown", "/cases/unknown"):
        assert admin.get(path).status_code == 403


def test_an_administrator_without_another_role_is_led_to_what_they_may_do(office: Office, admin: TestClient) -> None:
    answer = admin.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/administration")
    page = admin.get("/administration").text
    assert "Check a report" not in page and "Your checks" not in page and 'href="/account"' in page
    office.add("both", Role.ADMINISTRATOR, Role.PRACTITIONER)
    both = office.signed_in("both")
    assert both.get("/").status_code == 200 and "Check a report" in both.get("/administration").text


def test_every_page_is_drawn(office: Office, admin: TestClient) -> None:
    ada = office.add("ada", password=None)
    for path in ("", "/accounts", f"/accounts/{ada.id}", "/teams", "/settings", "/audit"):
        answer = admin.get(f"/administration{path}")
        assert answer.status_code == 200 and "<h1" in answer.text, path
        assert "style=" not in answer.text and "onclick" not in answer.text, "the content policy would drop it"
    assert admin.get(f"{ACCOUNTS}/unknown").status_code == 404
    assert "Invited" in admin.get(ACCOUNTS).text
