"""Running it: alive, ready, counted; every answer carries its number and its headers."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from qualitycheck.cli import main
from qualitycheck.errors import BadSetting
from qualitycheck.service import serve
from qualitycheck.service.observing import Figures, Observed, Seldom
from qualitycheck.service.settings import Settings
from tests.hostile import GOOD
from tests.service.conftest import OFFICE, client_of


def test_it_says_that_it_is_alive_and_ready(home: TestClient) -> None:
    assert home.get("/healthz").json() == {"status": "alive"}
    while (ready := home.get("/readyz")).status_code == 503:
        assert ready.headers["retry-after"]
        assert ready.json()["detail"]
    assert ready.json() == {"status": "ready"}


def test_it_is_not_ready_before_the_models_are_loaded(new_app: Callable[..., FastAPI]) -> None:
    answer = client_of(new_app()).get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


def test_figures_count_requests_by_route_and_never_by_what_was_asked(home: TestClient) -> None:
    home.get("/criteria/Wilhelmina-Quartermaine")
    home.get("/nothing/Wilhelmina-Quartermaine")
    home.post("/api/v1/checks", files={"file": ("Wilhelmina Quartermaine.docx", GOOD)})
    figures = home.get("/metrics").text
    assert 'qualitycheck_requests_total{method="POST",route="/api/v1/checks",status="200"}' in figures
    assert 'qualitycheck_checks_total{outcome="answered"}' in figures
    assert "Quartermaine" not in figures


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/criteria", "/", "/about", "/nothing", "/static/app.css"])
def test_every_answer_has_its_number_and_the_security_headers(home: TestClient, path: str) -> None:
    answer = home.get(path)
    assert len(answer.headers["x-request-id"]) == 16
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    stored = answer.headers["cache-control"] != "no-store"
    assert stored == (path == "/static/app.css")
    assert "server" not in answer.headers


def test_an_office_is_reached_by_https_only(new_app: Callable[..., FastAPI]) -> None:
    answer = client_of(new_app(office=True)).get("/healthz")
    assert "max-age=63072000" in answer.headers["strict-transport-security"]
    assert client_of(new_app(office=True)).get("/about", headers={"host": "evil.example"}).status_code == 400


def test_a_fault_of_ours_is_answered_without_its_text(
    new_app: Callable[..., FastAPI], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app()

    def fails() -> bool:
        raise RuntimeError("Wilhelmina Quartermaine")

    monkeypatch.setattr(type(app.state.desk.store), "ready", property(lambda _: fails()))
    with caplog.at_level("DEBUG"):
        answer = client_of(app).get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "fault"
    assert answer.headers["content-security-policy"]
    told = answer.text + caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "RuntimeError" in told
    assert "Quartermaine" not in told


def test_without_the_database_it_says_so_and_nothing_else(
    new_app: Callable[..., FastAPI], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app(office=True)

    def gone(*_: object) -> None:
        raise OperationalError("SELECT Wilhelmina", {}, Exception("Quartermaine"))

    monkeypatch.setattr(type(app.state.desk.store.people), "key", gone)
    with caplog.at_level("DEBUG"):
        answer = client_of(app).get("/metrics", headers={"authorization": "Bearer qck_00_00"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["detail"] == "The store does not answer: see that the database is there."
    told = answer.text + caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "the store does not answer" in told
    assert "Wilhelmina" not in told and "Quartermaine" not in told


def test_what_can_be_answered_is_described(new_app: Callable[..., FastAPI]) -> None:
    home, office = client_of(new_app()), client_of(new_app(office=True, sign_in_tries=1))
    paths = home.get("/openapi.json").json()["paths"]
    elsewhere, wrong = {"sec-fetch-site": "cross-site"}, {"authorization": "Bearer qck_00_00"}

    def is_described(client: TestClient, path: str, status: int, headers: dict[str, str]) -> None:
        assert client.get(path, headers=headers).status_code == status
        assert str(status) in paths[path]["get"]["responses"]

    is_described(home, "/api/v1/criteria", 400, {"host": "evil.example"})
    is_described(home, "/api/v1/criteria", 403, elsewhere)
    home.app.state.desk.doors.listening(8765)  # type: ignore[attr-defined]
    for path in ("/healthz", "/readyz", "/metrics"):
        is_described(home, path, 403, {"host": "127.0.0.1:9999"})
        assert "503" in paths[path]["get"]["responses"]
    is_described(office, "/metrics", 401, wrong)
    for _ in range(10):
        office.get("/metrics", headers=wrong)
    is_described(office, "/metrics", 429, wrong)


@pytest.mark.parametrize("has_begun", [False, True])
def test_what_is_not_finished_when_it_stops_is_told_so(has_begun: bool, caplog: pytest.LogCaptureFixture) -> None:
    """The web server cancels it after its time of grace."""
    told: list[dict[str, Any]] = []

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        if has_begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.Event().wait()

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    async def stopped() -> None:
        scope = {"type": "http", "method": "POST", "path": "/api/v1/checks", "headers": [], "query_string": b""}
        asking = asyncio.create_task(Observed(endless, Figures())(scope, None, send))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        asking.cancel()
        await asking

    asyncio.run(stopped())
    assert "fault" not in caplog.text
    assert [message["type"] for message in told] == ["http.response.start", "http.response.body"]
    if not has_begun:
        assert told[0]["status"] == 503
        assert (b"retry-after", b"60") in told[0]["headers"]
        assert json.loads(told[1]["body"])["detail"] == "The service is stopping: send it again in a minute."


def test_that_no_file_handle_is_left_is_said_once_a_second() -> None:
    seldom = Seldom()

    def passes(at: float, name: str = "asyncio", said: str = "socket.accept() out of system resource") -> bool:
        record = logging.makeLogRecord({"name": name, "msg": said, "created": at})
        return seldom.filter(record)

    assert [passes(at) for at in (10.0, 10.1, 10.9, 11.1, 11.2)] == [True, False, False, True, False]
    assert passes(11.3, said="another fault")
    assert not passes(12.0, "uvicorn.error", "Cancel %s running task(s), timeout graceful shutdown exceeded")


def test_a_browser_that_takes_its_time_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    closed, opened = threading.Event(), threading.Event()
    waited: list[bool] = []

    def slow(link: str) -> bool:
        opened.set()
        waited.append(closed.wait(30))
        return True

    async def nothing(server: uvicorn.Server, sockets: Any = None) -> None:
        pass

    monkeypatch.setattr(webbrowser, "open", slow)
    monkeypatch.setattr(uvicorn.Server, "startup", nothing)
    asyncio.run(serve._Server(uvicorn.Config("nobody"), "http://127.0.0.1/open").startup())
    assert opened.wait(30)
    assert not waited
    closed.set()


def test_ctrl_c_is_how_one_stops_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*given: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "serve", stopped)
    assert main(["serve"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("host", ["nobody.invalid", "192.0.2.1"])
def test_a_host_that_is_not_here_is_not_blamed_on_the_port(host: str) -> None:
    settings = Settings(mode="office", host=host, port=0, public_address=OFFICE)
    with pytest.raises(BadSetting, match=f"setting host: {host} is no address of this computer"):
        serve.serve(settings, open_browser=False)


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (["--settings", "gone.toml"], {}, "--settings names gone.toml, which is not there"),
        ([], {"QUALITYCHECK_SETTINGS": "gone.toml"}, "QUALITYCHECK_SETTINGS names gone.toml, which is not there"),
        ([], {"QUALITYCHECK_CONFIGURATION": "gone.toml"}, "the configuration gone.toml cannot be read"),
        (["--config", "gone.toml"], {}, "the configuration gone.toml cannot be read"),
    ],
)
def test_a_file_that_is_not_there_is_named_as_it_was_given(
    options: list[str],
    environment: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["serve", "--port", "0", "--no-browser", *options]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "--config" not in told


def test_a_part_that_is_not_installed_is_said_without_an_index(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "qualitycheck.service.serve", None)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.endswith("is not installed: install it as docs/install.md says\n")
