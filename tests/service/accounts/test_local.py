"""Accounts with a password: signing in, invitations, the password's change, and how often one may be wrong."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from fastapi.testclient import TestClient

from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.local import INVITED_FOR
from qualitycheck.service.accounts.passwords import Passwords
from qualitycheck.service.accounts.tokens import digest
from qualitycheck.service.accounts.tries import Tries
from qualitycheck.service.problems import Problem
from tests.service.accounts.office import PASSWORD, QUICK, Office, form_token, is_in

WRONG = {"user_name": "ada", "password": "not-the-password"}


def test_the_right_password_lets_in(office: Office) -> None:
    ada = office.add("ada")
    answer = office.browser().post("/sign-in", data={"user_name": " ADA ", "password": PASSWORD})
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert office.audit()[-1] == (ada.id, "signed in with a password", f"account {ada.id}")
    found = office.people.get(ada.id)
    assert found and found.last_signed_in


def test_a_refusal_does_not_tell_who_has_an_account(office: Office) -> None:
    ada = office.add("ada")
    ben = office.add("ben")
    office.people.change(ben.id, disabled=True)
    office.add("cara", password=None)
    told = set()
    for user_name, password in [("ada", "wrong"), ("nobody", "wrong"), ("ben", PASSWORD), ("cara", ""), ("", "")]:
        answer = office.browser().post("/sign-in", data={"user_name": user_name, "password": password})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        told.add(re.sub(r' value="[^"]*"', "", answer.text))
    assert len(told) == 1 and "User name or password is not right" in told.pop()
    assert office.audit()[-5][2] == f"account {ada.id}" and office.audit()[-4][2] == "unknown account"


def test_an_unknown_name_takes_the_same_work(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.add("ada")
    verified: list[str] = []
    right = Passwords.right

    def counted(self: Passwords, password: str, kept: str | None) -> bool:
        verified.append(kept or self._nobodys)
        return right(self, password, kept)

    monkeypatch.setattr(Passwords, "right", counted)
    for user_name in ("ada", "nobody"):
        office.browser().post("/sign-in", data={"user_name": user_name, "password": "wrong"})
    assert len(verified) == 2
    assert extract_parameters(verified[0]) == extract_parameters(verified[1])


def test_the_password_counts_as_it_was_typed(office: Office) -> None:
    password = "  Été-Κόσμος-🦦-" + "x" * 150
    office.add("ada", password=password)
    assert is_in(office.signed_in("ada", password))
    for near in (password.strip(), password.lower(), password[:-1]):
        assert office.browser().post("/sign-in", data={"user_name": "ada", "password": near}).status_code == 401


def test_passwords_are_kept_as_argon2id_and_made_anew_when_its_parameters_change(office: Office) -> None:
    ada = office.add("ada")
    weaker = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    office.people.set_password(ada.id, weaker)
    office.signed_in("ada")
    kept = office.people.password_of(ada.id)
    assert kept and kept != weaker and kept.startswith("$argon2id$") and PASSWORD not in kept
    assert not QUICK.is_outdated(kept)
    assert extract_parameters(Passwords().hashed(PASSWORD)).memory_cost >= 19 * 1024  # OWASP's least, in KiB


def test_too_many_wrong_passwords_for_an_account_and_when_to_come_back(office: Office) -> None:
    office.add("ada")
    for number in range(10):
        assert office.browser(f"10.0.0.{number}").post("/sign-in", data=WRONG).status_code == 401
    refused = office.browser("10.0.0.99").post("/sign-in", data={"user_name": "ada", "password": PASSWORD})
    assert refused.status_code == 429 and 1 <= int(refused.headers["retry-after"]) <= 900
    assert "wrong too often" in refused.text and "set-cookie" not in refused.headers
    office.add("ben")
    assert is_in(office.signed_in("ben")), "another account is not locked with it"


def test_an_unknown_account_is_refused_as_often(office: Office) -> None:
    answers = [
        office.browser(f"10.0.1.{number}").post("/sign-in", data={"user_name": "nobody", "password": "wrong"})
        for number in range(11)
    ]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


def test_too_many_wrong_passwords_from_an_address(office: Office) -> None:
    office.add("ada")
    for number in range(100):
        wrong = {"user_name": f"name{number}", "password": "wrong"}
        assert office.browser("2001:db8::1").post("/sign-in", data=wrong).status_code == 401
    right = {"user_name": "ada", "password": PASSWORD}
    same_network = office.browser("2001:db8::2").post("/sign-in", data=right)
    assert same_network.status_code == 429
    assert office.browser("2001:db8:0:1::1").post("/sign-in", data=right).status_code == 303


def test_wrong_passwords_of_some_lock_nobody_else_out_who_shares_their_address(office: Office) -> None:
    office.add("ada")
    for number in range(20):
        wrong = {"user_name": f"name{number}", "password": "wrong"}
        assert office.browser("192.0.2.1").post("/sign-in", data=wrong).status_code == 401
    right = {"user_name": "ada", "password": PASSWORD}
    assert office.browser("192.0.2.1").post("/sign-in", data=right).status_code == 303


def test_right_passwords_from_one_address_cost_nothing(office: Office) -> None:
    for number in range(15):
        office.add(f"p{number}")
        office.signed_in(f"p{number}")


def test_many_tries_at_once_get_no_further_than_one_by_one() -> None:
    tries = Tries(3)
    together = threading.Barrier(8)
    let_in: list[bool] = []

    def wrong() -> None:
        together.wait()
        try:
            with tries.one("account", "address"):
                pause.wait(5)
        except Problem:
            let_in.append(False)
            if len(let_in) == 5:
                pause.set()  # all that are refused are, while the others are under way
        else:
            let_in.append(True)

    pause = threading.Event()
    threads = [threading.Thread(target=wrong) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let_in) == [False] * 5 + [True] * 3


def invited(office: Office, user_name: str = "ada") -> tuple[TestClient, str]:
    person = office.add(user_name, password=None)
    assert office.desk.doors.local
    return office.browser(), f"/invitation/{office.desk.doors.local.invite(person.id)}"


def test_an_invitation_sets_a_password_once(office: Office) -> None:
    browser, link = invited(office)
    shown = browser.get(link)
    assert shown.status_code == 200 and 'type="password"' in shown.text and 'autocomplete="new-password"' in shown.text
    assert shown.headers["cache-control"] == "no-store" and "onpaste" not in shown.text
    answer = browser.post(link, data={"password": PASSWORD})
    assert answer.status_code == 303 and is_in(browser)
    for again in (office.browser().get(link), office.browser().post(link, data={"password": "other-words-entirely-7"})):
        assert again.status_code == 404 and "ask an administrator" in again.text
    assert is_in(office.signed_in("ada"))


def test_an_invitation_ends_after_seven_days(office: Office) -> None:
    office.clock.later(days=-7, minutes=1)
    browser, link = invited(office)
    assert browser.get(link).status_code == 200
    office.clock.later(minutes=-2)
    browser, link = invited(office, "ben")
    assert timedelta(days=7) == INVITED_FOR and browser.get(link).status_code == 404


def test_a_new_invitation_ends_the_one_before_and_a_disabled_account_has_none(office: Office) -> None:
    browser, first = invited(office)
    ada = office.people.by_user_name("ada")
    assert ada and office.desk.doors.local
    second = f"/invitation/{office.desk.doors.local.invite(ada.id)}"
    assert browser.get(first).status_code == 404 and browser.get(second).status_code == 200
    office.people.change(ada.id, disabled=True)
    assert browser.post(second, data={"password": PASSWORD}).status_code == 404


def test_the_store_has_an_invitation_only_as_a_hash(office: Office) -> None:
    _, link = invited(office)
    token = link.rpartition("/")[2]
    with office.desk.store.database.reading() as session:
        rows = str(session.connection().exec_driver_sql("select * from account").all())
    assert token not in rows and digest(token) in rows


def test_invitations_cannot_be_guessed_at(office: Office) -> None:
    browser, link = invited(office)
    statuses = [browser.get(f"/invitation/guess{number}").status_code for number in range(11)]
    assert statuses == [404] * 10 + [429]
    assert browser.get(link).status_code == 429
    assert office.browser("10.0.0.7").get(link).status_code == 200


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "12 characters or more"),
        ("x" * 201, "200 characters or fewer"),
        ("password1234", "too easy to guess"),
        ("aaaaaaaaaaaaaaaa", "too easy to guess"),
        ("qualitycheck2026", "too easy to guess"),
        ("guardian-section7", "too easy to guess"),
        ("marguerite.okonkwo", "too easy to guess"),
        ("iloveyou12345678", "too easy to guess"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(office: Office, password: str, why: str) -> None:
    browser, link = invited(office, "marguerite.okonkwo")
    answer = browser.post(link, data={"password": password})
    assert answer.status_code == 400 and why in answer.text
    assert password not in answer.text.replace("marguerite.okonkwo</strong>", "").replace(
        'value="marguerite.okonkwo"', ""
    )
    assert browser.get(link).status_code == 200, "the invitation is not used up"


@pytest.mark.parametrize(
    "password", ["otter velvet parade", "ÆØÅ-æøå-čšž-ßüö", "🦦🎷🧵🪁🫖🪴🧭🛶🪗🧶🥁🪀", "7391 8264 0517 9938 2"]
)
def test_no_kind_of_character_is_asked_for_or_refused(office: Office, password: str) -> None:
    browser, link = invited(office)
    assert browser.post(link, data={"password": password}).status_code == 303
    assert is_in(office.signed_in("ada", password))


def test_changing_a_password_asks_for_the_old_one(office: Office) -> None:
    ada = office.add("ada")
    browser = office.signed_in("ada")
    token = form_token(browser)
    new = "granite-lantern-sixpence-4"
    wrong = browser.post("/account/password", data={"old": "wrong", "new": new, "form_token": token})
    assert wrong.status_code == 400 and "Current password is not right" in wrong.text
    easy = browser.post("/account/password", data={"old": PASSWORD, "new": "password1234", "form_token": token})
    assert easy.status_code == 400 and "too easy to guess" in easy.text
    assert browser.post("/account/password", data={"old": PASSWORD, "new": new, "form_token": token}).is_redirect
    assert office.audit()[-1] == (ada.id, "password changed", f"account {ada.id}")


def test_the_old_password_cannot_be_guessed_at_from_within(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    data = {"old": "wrong", "new": "granite-lantern-sixpence-4", "form_token": form_token(browser)}
    statuses = [browser.post("/account/password", data=data).status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]


def test_a_password_is_never_asked_to_be_changed_with_time(office: Office) -> None:
    office.add("ada")
    office.clock.later(days=4000)
    assert is_in(office.signed_in("ada"))


def test_without_local_accounts_there_is_no_password_to_try(new_app: object) -> None:
    made = new_app(  # type: ignore[operator]
        office=True,
        local_accounts=False,
        oidc_issuer="http://127.0.0.1:1",
        oidc_client_id="qualitycheck",
        oidc_client_secret="secret",
    )
    office = Office.of(made)
    office.people.add("ada", "Ada", [Role.PRACTITIONER])
    browser = office.browser()
    assert browser.post("/sign-in", data=WRONG).status_code == 404
    assert 'type="password"' not in browser.get("/sign-in").text
