"""Signing in through the organisation's provider: over HTTP, with a provider that runs beside the tests."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from oidc_provider_mock import User, _app, run_server_in_thread

from qualitycheck.errors import BadSetting
from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.organisation import COOKIE, Organisation
from qualitycheck.service.accounts.sessions import COOKIE as SESSION
from qualitycheck.service.app import create_app
from qualitycheck.service.settings import Settings
from tests.service.accounts.office import OFFICE, Office, is_in
from tests.service.conftest import in_office

AGAIN = "Signing in did not finish: begin again at the sign-in page."
CLAIMS = {
    "name": "Ada Quill",
    "preferred_username": "ada.quill",
    "groups": ["FC-Practitioners", "Everybody", "FC-Managers"],
    "teams": ["North", "Duty"],
}


@dataclass
class Provider:
    address: str
    seen: list[dict[str, str]] = field(default_factory=list)  # what came to its token address

    def knows(self, subject: str, **claims: Any) -> None:
        assert httpx.put(f"{self.address}/users/{subject}", json=claims).status_code == 204

    def answer(self, asked: str, subject: str = "ada-1", **changed: str) -> str:
        """Sign in there; where it sends the browser back to."""
        parts = urlsplit(asked)
        query = urlencode(dict(parse_qsl(parts.query)) | changed)
        answer = httpx.post(f"{self.address}{parts.path}?{query}", data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@pytest.fixture(scope="module")
def _provider() -> Iterator[Provider]:
    with run_server_in_thread() as server:
        made = Provider(f"http://localhost:{server.server_port}")
        issue = _app.issue_token

        def noted() -> Any:
            made.seen.append(dict(_app.flask.request.form))
            return issue()

        server.app.view_functions["oidc-provider-mock.issue_token"] = noted
        yield made


@pytest.fixture
def provider(_provider: Provider) -> Provider:
    _provider.seen.clear()
    _provider.knows("ada-1", **CLAIMS)
    return _provider


@pytest.fixture(scope="module")
def _joined(_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """One application for all tests of one provider."""
    app = create_app(in_office(tmp_path_factory.mktemp("joined"), **joined_to(_provider.address)))
    yield app
    app.state.desk.store.close()


@pytest.fixture
def office(_joined: FastAPI, provider: Provider) -> Office:
    made = Office.of(_joined)
    made.empty()
    return made


def with_provider(new_app: Callable[..., FastAPI], address: str, **given: Any) -> Office:
    return Office.of(new_app(office=True, **joined_to(address) | given))


def joined_to(address: str) -> dict[str, Any]:
    return {
        "oidc_issuer": address,
        "oidc_client_id": "qualitycheck",
        "oidc_client_secret": "a secret",
        "oidc_name": "Northshire Council",
        "oidc_roles_claim": "groups",
        "oidc_roles": {"FC-Practitioners": "practitioner", "FC-Managers": "manager"},
        "oidc_teams_claim": "teams",
    }


def begin(office: Office) -> tuple[Any, str]:
    browser = office.browser()
    answer = browser.get("/sign-in/organisation")
    assert answer.status_code == 303, answer.text
    return browser, answer.headers["location"]


def come_back(browser: Any, address: str) -> httpx.Response:
    assert address.startswith(f"{OFFICE}/sign-in/organisation/return?")
    return browser.get(address.removeprefix(OFFICE))


def come_in(office: Office, provider: Provider, subject: str = "ada-1") -> tuple[Any, httpx.Response]:
    browser, asked = begin(office)
    return browser, come_back(browser, provider.answer(asked, subject))


def refused(office: Office, answer: httpx.Response) -> bool:
    """With one sentence, no session, no account, and a line in the audit log."""
    return (
        answer.status_code == 400
        and AGAIN in answer.text
        and SESSION not in answer.headers.get("set-cookie", "").replace(COOKIE, "")
        and office.people.all() == []
        and office.audit()[-1] == ("nobody", "was refused signing in", "organisation")
    )


def test_the_whole_way(office: Office, provider: Provider) -> None:
    assert "Sign in with Northshire Council" in office.browser().get("/sign-in").text
    browser, answer = come_in(office, provider)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    (ada,) = office.people.all()
    assert (ada.user_name, ada.name, ada.issuer) == ("ada.quill", "Ada Quill", provider.address)
    assert ada.roles == {Role.PRACTITIONER, Role.MANAGER} and not ada.has_password
    teams = office.people.teams()
    assert {teams[id] for id in ada.teams} == {"North", "Duty"}
    page = browser.get("/account")
    assert page.status_code == 200 and "Ada Quill" in page.text and "Change your password" not in page.text
    assert [entry[1] for entry in office.audit()] == ["account added", "signed in with the organisation"]


def test_what_is_asked_of_the_provider(office: Office, provider: Provider) -> None:
    """The code flow with PKCE by SHA-256, and a state, nonce and verifier drawn anew for each sign-in."""
    browser, asked = begin(office)
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
    assert query["response_type"] == "code" and query["scope"] == "openid profile email"
    assert query["redirect_uri"] == f"{OFFICE}/sign-in/organisation/return"
    assert query["code_challenge_method"] == "S256" and len(query["state"]) >= 43 and len(query["nonce"]) >= 43
    assert "a+secret" not in asked and "a%20secret" not in asked
    come_back(browser, provider.answer(asked))
    (sent,) = provider.seen
    challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert challenge == query["code_challenge"] and sent["grant_type"] == "authorization_code"
    _, other = begin(office)
    for name in ("state", "nonce", "code_challenge"):
        assert parse_qs(urlsplit(other).query)[name][0] != query[name]


def test_the_cookie_on_the_way_is_short_lived_and_holds_nothing(office: Office) -> None:
    browser = office.browser()
    answer = browser.get("/sign-in/organisation")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=") and COOKIE.startswith("__Host-")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Max-Age=600", "Path=/"):
        assert part in cookie
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["state"][0] not in cookie and query["nonce"][0] not in cookie


def test_nobody_is_signed_in_anew_by_a_page_elsewhere(office: Office, provider: Provider) -> None:
    answer = office.browser().get("/sign-in/organisation", headers={"sec-fetch-site": "cross-site"})
    assert (answer.headers["location"], "set-cookie" in answer.headers) == ("/sign-in", False)
    browser, _ = come_in(office, provider)
    answer = browser.get("/sign-in/organisation")
    assert (answer.headers["location"], "set-cookie" in answer.headers) == ("/", False)
    assert is_in(browser)


def test_the_provider_is_not_followed_elsewhere(office: Office) -> None:
    """Whoever could make it answer with a redirect could make us ask, and send our secret, anywhere."""
    organisation = office.desk.doors.organisation
    assert organisation
    with organisation._asking() as client:
        assert client.follow_redirects is False


def test_roles_and_teams_follow_the_provider_at_each_sign_in(office: Office, provider: Provider) -> None:
    first, _ = come_in(office, provider)
    provider.knows("ada-1", **CLAIMS | {"groups": "FC-Managers", "teams": ["South"], "name": "Ada Quill-Moss"})
    second, answer = come_in(office, provider)
    assert answer.status_code == 303
    (ada,) = office.people.all()
    assert ada.roles == {Role.MANAGER} and ada.name == "Ada Quill-Moss"
    assert [office.people.teams()[id] for id in ada.teams] == ["South"]
    assert not is_in(first), "a role was taken away: what was open is ended"
    assert second.get("/account").status_code == 200


def test_somebody_without_a_role_is_told_whom_to_ask(office: Office, provider: Provider) -> None:
    provider.knows("ben-2", name="Ben Ash", groups=["Everybody"])
    browser, answer = come_in(office, provider, "ben-2")
    assert answer.status_code == 403 and "You have no role yet" in answer.text and "administrator" in answer.text
    assert not is_in(browser)
    (ben,) = office.people.all()
    assert office.audit()[-1] == ("nobody", "was refused signing in", f"account {ben.id}")


def test_without_a_claim_for_roles_an_administrator_gives_them(
    new_app: Callable[..., FastAPI], provider: Provider
) -> None:
    office = with_provider(new_app, provider.address, oidc_roles_claim="", oidc_teams_claim="")
    _, answer = come_in(office, provider)
    assert answer.status_code == 403
    (ada,) = office.people.all()
    office.people.change(ada.id, roles=[Role.INSPECTOR])
    browser, answer = come_in(office, provider)
    assert answer.status_code == 303 and browser.get("/account").status_code == 200
    assert (found := office.people.get(ada.id)) and found.roles == {Role.INSPECTOR}


def test_the_page_that_was_wanted_is_shown_after_the_providers(office: Office, provider: Provider) -> None:
    for wanted, shown in (("/cases?page=2", "/cases?page=2"), ("//evil.example", "/")):
        browser = office.browser()
        asked = browser.get("/sign-in/organisation", params={"to": wanted}).headers["location"]
        back = urlsplit(provider.answer(asked))
        answer = browser.get(f"{back.path}?{back.query}")
        assert (answer.status_code, answer.headers["location"]) == (303, shown)
    page = office.browser().get("/sign-in", params={"to": "/cases?page=2"}).text
    assert 'href="/sign-in/organisation?to=/cases%3Fpage%3D2"' in page


def test_a_disabled_account_stays_out(office: Office, provider: Provider) -> None:
    come_in(office, provider)
    (ada,) = office.people.all()
    office.people.change(ada.id, disabled=True)
    browser, answer = come_in(office, provider)
    assert answer.status_code == 403 and "Your account is disabled" in answer.text
    assert not is_in(browser)


def test_a_person_is_known_by_issuer_and_subject_and_by_nothing_else(office: Office, provider: Provider) -> None:
    local = office.add("ada.quill", Role.ADMINISTRATOR)
    _, answer = come_in(office, provider)
    assert answer.status_code == 303
    assert (still := office.people.get(local.id)) and still.issuer is None and still.has_password
    from_there = office.people.by_subject(provider.address, "ada-1")
    assert from_there and from_there.id != local.id and from_there.user_name == "ada.quill (2)"
    assert Role.ADMINISTRATOR not in from_there.roles
    provider.knows("impostor", **CLAIMS)
    come_in(office, provider, "impostor")
    assert len(office.people.all()) == 3


def test_claims_that_only_the_user_info_has(
    office: Office, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_app.OpenIDCode, "generate_user_info", lambda self, user, scope: {"sub": user.sub})
    _, answer = come_in(office, provider)
    assert answer.status_code == 303
    (ada,) = office.people.all()
    assert ada.name == "Ada Quill" and ada.roles == {Role.PRACTITIONER, Role.MANAGER} and len(ada.teams) == 2


def test_user_info_of_somebody_else_is_refused(
    office: Office, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_app.OpenIDCode, "generate_user_info", lambda self, user, scope: {"sub": "somebody-else"})
    _, answer = come_in(office, provider)
    assert refused(office, answer)


def test_a_wrong_state_is_refused(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    assert refused(office, come_back(browser, provider.answer(asked, state="another")))
    assert provider.seen == [], "the code was not even sent on"


def test_an_answer_for_another_browser_is_refused(office: Office, provider: Provider) -> None:
    _, asked = begin(office)
    victim, _ = begin(office)
    assert refused(office, come_back(victim, provider.answer(asked)))
    assert refused(office, come_back(office.browser(), provider.answer(asked)))


def test_an_answer_is_good_once(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    cookie = next(cookie.value for cookie in browser.cookies.jar if cookie.name == COOKIE)
    back = provider.answer(asked)
    assert come_back(browser, back).status_code == 303
    replay = office.browser()
    replay.cookies.set(COOKIE, cookie or "", domain="reports.example.org")
    assert come_back(replay, back).status_code == 400


def test_a_code_that_was_used_is_refused(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    code = parse_qs(urlsplit(provider.answer(asked)).query)["code"][0]
    other, again = begin(office)
    come_back(browser, provider.answer(asked))
    used = httpx.post(
        f"{provider.address}/oauth2/token",
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": f"{OFFICE}/sign-in/organisation/return",
        },
        auth=("qualitycheck", "a secret"),
    )
    assert used.status_code == 200
    state = parse_qs(urlsplit(again).query)["state"][0]
    answer = come_back(other, f"{OFFICE}/sign-in/organisation/return?{urlencode({'code': code, 'state': state})}")
    assert answer.status_code == 400 and AGAIN in answer.text


def test_a_wrong_nonce_is_refused(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    assert refused(office, come_back(browser, provider.answer(asked, nonce="another")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example.org"},
        {"exp": -600},
        {"alg": "HS256", "key": {"kty": "oct", "k": "YSBzZWNyZXQ"}},
    ],
)
def test_a_token_that_is_not_for_now_and_not_from_there_is_refused(
    office: Office, provider: Provider, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    told = _app.OpenIDCode.get_jwt_config
    monkeypatch.setattr(_app.OpenIDCode, "get_jwt_config", lambda *asked, **named: told(*asked, **named) | wrong)
    _, answer = come_in(office, provider)
    assert refused(office, answer)


@pytest.mark.parametrize("audience", [["another"], "another", ["another", "qualitycheck"]])
def test_a_token_for_another_service_is_refused(
    office: Office, provider: Provider, monkeypatch: pytest.MonkeyPatch, audience: list[str]
) -> None:
    told = _app.OpenIDCode.get_jwt_config
    monkeypatch.setattr(_app.OpenIDCode, "get_jwt_config", lambda *a, **n: told(*a, **n) | {"aud": audience})
    _, answer = come_in(office, provider)
    assert refused(office, answer)


def test_a_token_signed_by_another_key_is_refused(
    office: Office, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _app.jose.JsonWebKey.generate_key("RSA", 2048, is_private=True).as_dict(is_private=True)
    told = _app.OpenIDCode.get_jwt_config
    monkeypatch.setattr(_app.OpenIDCode, "get_jwt_config", lambda *a, **n: told(*a, **n) | {"key": other})
    _, answer = come_in(office, provider)
    assert refused(office, answer)


def test_an_answer_that_names_another_issuer_is_refused(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    back = provider.answer(asked) + "&" + urlencode({"iss": "https://elsewhere.example.org"})
    assert refused(office, come_back(browser, back))


def test_a_sign_in_that_took_too_long_is_refused(office: Office, provider: Provider) -> None:
    browser, asked = begin(office)
    office.clock.later(minutes=11)
    assert refused(office, come_back(browser, provider.answer(asked)))


def test_somebody_who_said_no_at_the_provider(office: Office) -> None:
    browser, asked = begin(office)
    state = parse_qs(urlsplit(asked).query)["state"][0]
    query = urlencode({"error": "access_denied", "error_description": "<b>no</b>", "state": state})
    answer = come_back(browser, f"{OFFICE}/sign-in/organisation/return?{query}")
    assert refused(office, answer) and "<b>no</b>" not in answer.text


def test_a_provider_that_is_away(new_app: Callable[..., FastAPI]) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        office = with_provider(new_app, f"http://127.0.0.1:{taken.getsockname()[1]}")
        answer = office.browser().get("/sign-in/organisation")
    assert answer.status_code == 503 and "does not answer: try again in a few minutes" in answer.text
    assert "Traceback" not in answer.text and "127.0.0.1" not in answer.text


def test_a_provider_that_goes_away_on_the_way(new_app: Callable[..., FastAPI]) -> None:
    with run_server_in_thread(user_claims=[User(sub="ada-1", claims=CLAIMS)]) as server:
        there = Provider(f"http://localhost:{server.server_port}")
        office = with_provider(new_app, there.address)
        browser, asked = begin(office)
        back = there.answer(asked)
    answer = come_back(browser, back)
    assert answer.status_code == 503 and "does not answer" in answer.text and office.people.all() == []


def test_a_provider_that_says_it_is_another(new_app: Callable[..., FastAPI], provider: Provider) -> None:
    office = with_provider(new_app, provider.address.replace("localhost", "127.0.0.1"))
    import qualitycheck.service.accounts.organisation as module

    read = module._read
    try:
        module._read = lambda client, address: read(client, address) | {"issuer": "https://elsewhere.example.org"}
        assert office.browser().get("/sign-in/organisation").status_code == 503
    finally:
        module._read = read


def test_a_provider_is_not_asked_in_the_clear() -> None:
    settings = Settings(oidc_issuer="http://idp.example.org", oidc_client_id="x", oidc_client_secret="y")
    with pytest.raises(BadSetting, match="oidc_issuer"):
        Organisation(settings, time.monotonic)


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The service on a port of its own, over real HTTP."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [here]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{here.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def test_over_real_http_on_both_sides(office: Office, provider: Provider) -> None:
    """As behind a web server in front, which speaks https with the browser: Host and cookies are the office's own."""
    host = {"host": urlsplit(OFFICE).netloc, "accept": "text/html"}
    with listening(office.app) as address, httpx.Client(base_url=address, headers=host) as browser:
        start = browser.get("/sign-in/organisation")
        cookie = start.headers["set-cookie"].partition(";")[0]
        back = provider.answer(start.headers["location"]).removeprefix(OFFICE)
        done = browser.get(back, headers={"cookie": cookie})
        assert done.status_code == 303 and done.headers["location"] == "/"
        session = next(one for one in done.headers.get_list("set-cookie") if one.startswith(f"{SESSION}="))
        page = browser.get("/account", headers={"cookie": session.partition(";")[0]})
        assert page.status_code == 200 and "Ada Quill" in page.text
