"""An office's sessions: begun anew, timed, ended."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.sessions import COOKIE
from tests.service.accounts.office import PASSWORD, Office, form_token, is_in


def token_of(browser: TestClient) -> str:
    return next(cookie.value or "" for cookie in browser.cookies.jar if cookie.name == COOKIE)


def test_the_cookie_is_held_to_this_host_and_hidden_from_scripts(office: Office) -> None:
    office.add("ada")
    answer = office.browser().post("/sign-in", data={"user_name": "ada", "password": PASSWORD})
    cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
    assert cookie["samesite"] == "lax" and not cookie["max-age"]
    assert len(cookie.value) >= 43  # 32 bytes


def test_the_store_has_the_token_only_as_a_hash(office: Office) -> None:
    office.add("ada")
    token = token_of(office.signed_in("ada"))
    with office.desk.store.database.reading() as session:
        rows = session.connection().exec_driver_sql("select * from session").all()
    assert len(rows) == 1
    assert token not in str(rows) and hashlib.sha256(token.encode()).hexdigest() in str(rows)


def test_signing_in_again_draws_a_new_token_and_ends_the_old_session(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    before = token_of(browser)
    assert browser.post(
        "/sign-in", data={"user_name": "ada", "password": PASSWORD, "form_token": form_token(browser)}
    ).is_redirect
    after = token_of(browser)
    assert after != before and is_in(browser)
    old = office.browser()
    old.cookies.set(COOKIE, before, domain="reports.example.org")
    assert not is_in(old)


def test_a_token_that_somebody_planted_is_not_taken_over(office: Office) -> None:
    office.add("ada")
    browser = office.browser()
    browser.cookies.set(COOKIE, "planted", domain="reports.example.org")
    answer = browser.post("/sign-in", data={"user_name": "ada", "password": PASSWORD})
    assert "planted" not in answer.headers["set-cookie"]
    other = office.browser()
    other.cookies.set(COOKIE, "planted", domain="reports.example.org")
    assert not is_in(other)


def test_without_use_a_session_ends(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    office.clock.later(minutes=29)
    assert is_in(browser)
    office.clock.later(minutes=29)
    assert is_in(browser)
    office.clock.later(minutes=31)
    assert not is_in(browser)
    office.clock.later(minutes=-31)
    assert not is_in(browser), "it is gone from the store"


def test_after_hours_a_session_ends_though_it_is_used(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    for _ in range(12 * 3):
        office.clock.later(minutes=20)
        assert is_in(browser)
    office.clock.later(minutes=1)
    assert not is_in(browser)


def test_signing_out_ends_it_on_the_server(office: Office) -> None:
    ada = office.add("ada")
    browser = office.signed_in("ada")
    token = token_of(browser)
    answer = browser.post("/sign-out", data={"form_token": form_token(browser)})
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?done=out"
    assert not is_in(browser)
    thief = office.browser()
    thief.cookies.set(COOKIE, token, domain="reports.example.org")
    assert not is_in(thief)
    assert office.audit()[-1] == (ada.id, "signed out", f"account {ada.id}")


def test_signing_out_everywhere(office: Office) -> None:
    office.add("ada")
    office.add("ben")
    here, there, ben = office.signed_in("ada"), office.signed_in("ada"), office.signed_in("ben")
    answer = here.post("/account/sign-out-everywhere", data={"form_token": form_token(here)})
    assert answer.status_code == 303
    assert not is_in(here) and not is_in(there) and is_in(ben)


def test_a_changed_password_ends_the_other_sessions(office: Office) -> None:
    office.add("ada")
    here, there = office.signed_in("ada"), office.signed_in("ada")
    new = "granite-lantern-sixpence-4"
    answer = here.post("/account/password", data={"old": PASSWORD, "new": new, "form_token": form_token(here)})
    assert answer.headers["location"] == "/account?done=password"
    assert is_in(here) and not is_in(there)
    assert office.browser().post("/sign-in", data={"user_name": "ada", "password": PASSWORD}).status_code == 401
    assert is_in(office.signed_in("ada", new))


def test_an_account_disabled_or_with_fewer_roles_is_out_at_once(office: Office) -> None:
    ada = office.add("ada", Role.PRACTITIONER, Role.MANAGER)
    browser = office.signed_in("ada")
    office.people.change(ada.id, roles=[Role.PRACTITIONER])
    assert not is_in(browser)
    browser = office.signed_in("ada")
    office.people.change(ada.id, disabled=True)
    assert not is_in(browser)


def test_asking_who_costs_few_queries_and_writes_at_most_once_a_minute(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    said: list[str] = []

    @event.listens_for(office.desk.store.database.engine, "before_cursor_execute")
    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        said.append(statement.split()[0].upper())

    browser.get("/administration", headers={"accept": "*/*"})  # nothing but the guard: it refuses, without a page
    assert said.count("SELECT") <= 2 and "UPDATE" not in said
    office.clock.later(seconds=61)
    said.clear()
    browser.get("/administration")
    assert said.count("UPDATE") == 1
    said.clear()
    browser.get("/administration")
    assert "UPDATE" not in said
    event.remove(office.desk.store.database.engine, "before_cursor_execute", note)


def test_the_time_of_sessions_is_a_setting(office: Office) -> None:
    assert timedelta(minutes=office.desk.settings.session_minutes) == timedelta(minutes=30)
    assert office.desk.settings.session_hours == 12


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_from_it_to_what_they_wanted(office: Office) -> None:
    office.add("ada")
    browser = office.browser()
    answer = browser.get("/cases?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=%2Fcases%3Fpage%3D2")
    page = browser.get(answer.headers["location"]).text
    assert '<input type="hidden" name="to" value="/cases?page=2">' in page
    wrong = browser.post("/sign-in", data={"user_name": "ada", "password": "wrong", "to": "/cases?page=2"})
    assert wrong.status_code == 401 and 'name="to" value="/cases?page=2"' in wrong.text
    right = browser.post("/sign-in", data={"user_name": "ada", "password": PASSWORD, "to": "/cases?page=2"})
    assert (right.status_code, right.headers["location"]) == (303, "/cases?page=2")
    assert browser.get("/sign-in?to=/cases").headers["location"] == "/cases", "signed in already, in another window"
    assert office.browser().get("/").headers["location"] == "/sign-in"


def test_a_program_is_told_in_a_sentence_that_it_must_sign_in(office: Office) -> None:
    browser = office.browser()
    for headers in ({"accept": "*/*"}, {"accept": "text/event-stream"}, {"authorization": "Bearer qck_wrong"}):
        assert browser.get("/cases", headers=headers).status_code == 401
    assert browser.get("/metrics").status_code == 401 and browser.post("/checks").status_code == 401


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/cases//evil.example",
    "javascript:alert(1)",
    "evil.example",
    "@evil.example",
    "",
    "/" + "x" * 2000,
)


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(office: Office, to: str) -> None:
    office.add("ada")
    browser = office.browser()
    assert 'name="to" value="/"' in browser.get("/sign-in", params={"to": to}).text
    answer = browser.post("/sign-in", data={"user_name": "ada", "password": PASSWORD, "to": to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/sign-in", params={"to": to}).headers["location"] == "/"


def test_where_there_is_nothing_whoever_is_signed_in_keeps_their_menu(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    for answer in (browser.get("/nowhere"), browser.get("/static/nowhere"), browser.put("/cases")):
        assert answer.status_code in (404, 405)
        assert 'href="/cases"' in answer.text and "Sign out" in answer.text and 'href="/sign-in"' not in answer.text
        assert f'name="form_token" value="{form_token(browser)}"' in answer.text
    stranger = office.browser().get("/nowhere")
    assert stranger.status_code == 404 and 'href="/sign-in"' in stranger.text and "Sign out" not in stranger.text
