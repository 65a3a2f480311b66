"""One's own machine: a link that works once, and no way in for a web page elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.accounts.doors import Doors
from qualitycheck.service.desk import Desk
from tests.service.accounts.office import form_token

HERE = "http://127.0.0.1:8765"
ELSEWHERE = "https://elsewhere.example.org"


@pytest.fixture
def app(new_app: Callable[..., FastAPI]) -> FastAPI:
    made = new_app()
    made.state.desk.doors.listening(8765)
    return made


def doors_of(app: FastAPI) -> Doors:
    desk: Desk = app.state.desk
    return desk.doors


def link_of(app: FastAPI) -> str:
    link = doors_of(app).link
    assert link
    return link


def browser_of(app: FastAPI, **headers: str) -> TestClient:
    return TestClient(app, base_url=HERE, headers={"accept": "text/html", **headers}, follow_redirects=False)


def is_in(browser: TestClient) -> bool:
    return browser.get("/administration/settings").status_code == 200


def test_the_link_lets_in_once(app: FastAPI) -> None:
    link = link_of(app)
    assert link.startswith("http://127.0.0.1:8765/open?key=") and len(link.partition("=")[2]) >= 43
    browser = browser_of(app)
    assert not is_in(browser)
    answer = browser.get(link)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert is_in(browser)
    again = browser_of(app).get(link)
    assert again.status_code == 401 and "prints a new link each time one was used" in again.text
    assert "set-cookie" not in again.headers


def test_the_cookie_is_hidden_from_scripts_and_other_sites(app: FastAPI) -> None:
    cookies = SimpleCookie(browser_of(app).get(link_of(app)).headers["set-cookie"])
    cookie = cookies["qualitycheck-8765"]
    assert cookie["httponly"] and cookie["samesite"] == "strict" and cookie["path"] == "/"
    assert not cookie["max-age"] and not cookie["expires"] and not cookie["domain"]


def test_a_new_link_is_told_each_time_one_was_used(app: FastAPI) -> None:
    told: list[str] = []
    doors_of(app).listening(8765, told.append)
    first = link_of(app)
    browser_of(app).get(first)
    assert told == [link_of(app)] and told != [first]
    other = browser_of(app)
    assert other.get(told[0]).status_code == 303 and is_in(other)


@pytest.mark.parametrize("key", ["", "wrong", "é🦦", "x" * 5000])
def test_a_wrong_key_is_refused_and_the_link_stays_good(app: FastAPI, key: str) -> None:
    assert browser_of(app).get("/open", params={"key": key}).status_code == 401
    assert browser_of(app).get(link_of(app)).status_code == 303


def test_keys_cannot_be_guessed_at(app: FastAPI) -> None:
    statuses = [browser_of(app).get("/open?key=guess").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_neither_key_nor_cookie_is_written_down(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    link = link_of(app)
    browser = browser_of(app)
    answer = browser.get(link)
    browser.get(link)
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records if record.name != "httpx")
    ours = [
        line for line in written.splitlines() if "HTTP Request" not in line
    ]  # the test's own client tells of its calls
    assert caplog.records
    assert not any(link.partition("=")[2] in line for line in ours)
    assert not any(answer.cookies["qualitycheck-8765"] in line for line in ours)


def test_whoever_comes_in_may_do_all_that_is_done_here(app: FastAPI) -> None:
    browser = browser_of(app)
    browser.get(link_of(app))
    desk: Desk = app.state.desk
    assert is_in(browser)
    entry = desk.store.audit.entries()[0]
    assert (entry.who, entry.action) == (OWNER, "opened the one-time link")
    for path in ("/account", "/administration/accounts", "/administration/teams"):
        answer = browser.get(path)
        assert answer.status_code == 404 and "On your own machine" in answer.text
    assert browser.get("/administration").status_code == browser.get("/administration/audit").status_code == 200
    assert "Accounts" not in browser.get("/administration").text
    assert len(Role) == 4


def test_sessions_are_in_memory_only(app: FastAPI) -> None:
    browser = browser_of(app)
    browser.get(link_of(app))
    desk: Desk = app.state.desk
    anew = Doors(desk.settings, desk.store)
    assert anew.home and anew.home._sessions == {}
    with desk.store.database.reading() as session:
        assert session.connection().exec_driver_sql("select count(*) from session").scalar() == 0


def test_signing_out_ends_it(app: FastAPI) -> None:
    browser = browser_of(app, origin=HERE)
    link = browser.get(link_of(app))
    desk: Desk = app.state.desk
    assert desk.doors.home
    (session,) = desk.doors.home._sessions.values()
    answer = browser.post("/sign-out", data={"form_token": session.form_token})
    assert answer.status_code == 303 and not is_in(browser)
    browser.cookies.set("qualitycheck-8765", link.cookies["qualitycheck-8765"], domain="127.0.0.1")
    assert not is_in(browser)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST:8765", "127.0.0.1"])
def test_our_own_names_are_answered(app: FastAPI, host: str) -> None:
    assert browser_of(app).get("/sign-in", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example.org:8765", "127.0.0.1:9999", "127.0.0.1.elsewhere.example.org", "[::2]:8765", "x"]
)
def test_another_name_that_leads_here_is_refused(app: FastAPI, host: str) -> None:
    browser = browser_of(app)
    for path in ("/sign-in", "/api/v1/criteria"):
        assert browser.get(path, headers={"host": host}).status_code in (400, 403)


def test_no_web_page_elsewhere_may_use_the_api(app: FastAPI) -> None:
    program = TestClient(app, base_url=HERE)
    wrong = {"other": ("a.docx", b"")}
    for headers in (
        {"origin": ELSEWHERE},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = program.post("/api/v1/checks", files=wrong, headers=headers)
        assert answer.status_code == 403 and "access-control-allow-origin" not in answer.headers
    for headers in ({}, {"origin": HERE}, {"sec-fetch-site": "same-origin"}):
        assert program.post("/api/v1/checks", files=wrong, headers=headers).status_code == 400


def test_forms_are_held_to_their_session_at_home_too(app: FastAPI) -> None:
    browser = browser_of(app)
    browser.get(link_of(app))
    assert browser.post("/sign-out", data={"form_token": "x"}, headers={"origin": ELSEWHERE}).status_code == 403
    assert browser.post("/sign-out", data={"form_token": "x"}, headers={"origin": HERE}).status_code == 403
    assert is_in(browser)
    with pytest.raises(AssertionError):
        form_token(browser, "/administration/settings")  # it has no form, so no token either


def test_an_office_has_no_such_link(new_app: Callable[..., FastAPI]) -> None:
    made = new_app(office=True)
    assert doors_of(made).link is None
    office = TestClient(made, base_url="https://reports.example.org")
    assert office.get("/open?key=x").status_code == 404
