"""Requests that another web site made a browser send are refused."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from qualitycheck.service.access.rules import RULES
from qualitycheck.service.access.who import Role
from tests.service.accounts.office import OFFICE, PASSWORD, Office, form_token, is_in

ELSEWHERE = "https://elsewhere.example.org"


def without_origin(browser: TestClient) -> TestClient:
    del browser.headers["origin"]
    return browser


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": ELSEWHERE},
        {"origin": "null"},
        {"origin": "http://reports.example.org"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": OFFICE},
    ],
)
def test_a_form_from_elsewhere_is_refused(office: Office, headers: dict[str, str]) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    data = {"form_token": form_token(browser)}
    answer = without_origin(browser).post("/sign-out", data=data, headers=headers)
    assert answer.status_code == 403 and "another web site" in answer.text
    assert is_in(browser)


@pytest.mark.parametrize(
    "headers",
    [{"origin": OFFICE}, {"sec-fetch-site": "same-origin", "origin": "null"}, {"sec-fetch-site": "none"}],
)
def test_a_form_of_ours_is_taken(office: Office, headers: dict[str, str]) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    data = {"form_token": form_token(browser)}
    assert without_origin(browser).post("/sign-out", data=data, headers=headers).status_code == 303


def test_a_form_without_its_sessions_token_is_refused(office: Office) -> None:
    office.add("ada")
    office.add("ben")
    browser = office.signed_in("ada")
    of_ben = form_token(office.signed_in("ben"))
    for data in ({}, {"form_token": ""}, {"form_token": of_ben}, {"form_token": form_token(browser)[:-1]}):
        assert browser.post("/sign-out", data=data or {"x": "y"}).status_code == 403
    assert is_in(browser)
    assert browser.post("/sign-out", files={"form_token": (None, form_token(browser))}).status_code == 303


def test_every_form_route_is_held_to_it(office: Office) -> None:
    """Whatever a session posts outside /api/ needs the token; with every role at once, so that none is spared."""
    office.add("ada", *Role)
    browser = office.signed_in("ada")
    posts = sorted(path for method, path in RULES if method == "POST" and not path.startswith("/api/"))
    assert len(posts) >= 10
    for path in posts:
        if any(f"{{{name}}}" in path for name in ("check", "case", "key", "reading", "sample", "report", "concern")):
            continue  # 404 before that: they name things that are not there
        answer = browser.post(path.format(account="x", token="x"), data={"form_token": "wrong"})
        assert answer.status_code == 403, path
        assert "too old to send" in answer.text


def test_nobody_is_signed_in_by_another_site(office: Office) -> None:
    office.add("ada")
    data = {"user_name": "ada", "password": PASSWORD}
    for headers in ({}, {"origin": ELSEWHERE}, {"sec-fetch-site": "cross-site"}):
        answer = without_origin(office.browser()).post("/sign-in", data=data, headers=headers)
        assert answer.status_code == 403 and "set-cookie" not in answer.headers


def test_nothing_is_changed_by_get(office: Office) -> None:
    office.add("ada")
    browser = office.signed_in("ada")
    for path in ("/sign-out", "/account/keys", "/account/password", "/account/sign-out-everywhere"):
        assert browser.get(path).status_code == 405
    assert is_in(browser)


def test_the_api_counts_a_cookie_only_from_our_own_pages(office: Office) -> None:
    office.add("ada")
    browser = without_origin(office.signed_in("ada"))
    nothing = {"file": ("a.docx", b"")}
    for headers in ({}, {"origin": ELSEWHERE}, {"sec-fetch-site": "cross-site"}):
        assert browser.post("/api/v1/checks", files=nothing, headers=headers).status_code == 401
    own = browser.post("/api/v1/checks", files={"other": ("a.docx", b"")}, headers={"origin": OFFICE})
    assert own.status_code == 400
