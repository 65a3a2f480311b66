"""What somebody hostile would try by the wire, by names and by links; tried against the program as well."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.precourt.reading import Comment
from qualitycheck.service.access.rules import RULES
from qualitycheck.service.observing import Lines
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.result import download
from qualitycheck.service.serve import _configured
from tests.service.conftest import OFFICE, client_of
from tests.service.test_access import A, M, N, Office, P, as_somebody, office, one_check

__all__ = ["office", "one_check"]  # fixtures
SCRIPT = "<script>steal()</script>"
ATTRIBUTE = '"><img src=x onerror=steal()>'


# By the wire: what stands in front and what stands behind must agree where a request ends (RFC 9112, 6 and 11.2)


@pytest.fixture
def port(new_app: Callable[..., FastAPI]) -> Iterator[int]:
    """The program's own server as `qualitycheck serve` sets it up; without workers."""
    app = new_app()
    config = _configured(app, app.state.desk.settings)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def answers(port: int, said: bytes) -> list[int]:
    """The statuses of all answers until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        told = b""
        with suppress(ConnectionError):  # it may close before all was sent
            line.sendall(said.replace(b"HOST", b"Host: 127.0.0.1"))
            while part := line.recv(65536):
                told += part
    return [int(line.split()[1]) for line in told.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


LAST = b"HOST\r\nConnection: close\r\n\r\n"
SECOND = b"GET /healthz HTTP/1.1\r\n" + LAST


@pytest.mark.parametrize(
    "said",
    [
        b"POST /sign-in HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd" + SECOND,
        b"POST /sign-in HTTP/1.1\r\nHOST\r\nContent-Length: +4\r\n\r\nabcd" + SECOND,
        b"POST /sign-in HTTP/1.1\r\nHOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND,
        b"POST /sign-in HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n" + SECOND,
        b"GET /healthz HTTP/1.1\r\nHOST\r\nX : a\r\n\r\n" + SECOND,
        b"GET /healthz HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n" + SECOND,
    ],
    ids=["two lengths", "signed length", "strange coding", "strange chunk", "space before colon", "two hosts"],
)
def test_what_could_be_read_in_two_ways_is_refused_and_what_follows_is_not_read(port: int, said: bytes) -> None:
    assert answers(port, said) == [400]


def test_of_a_length_and_chunks_the_chunks_count(port: int) -> None:
    both = b"POST /sign-in HTTP/1.1\r\nHOST\r\nContent-Length: 90\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    first, *more = answers(port, both + SECOND)
    assert first in (400, 403) and more in ([], [200])


def test_a_header_without_end_is_not_kept(port: int) -> None:
    assert answers(port, b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 2_000_000) in ([400], [])


def test_one_connection_too_many_is_told_so(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr("qualitycheck.service.serve.MOST_CONNECTIONS", 2)
    port: int = request.getfixturevalue("port")
    assert answers(port, b"GET /healthz HTTP/1.1\r\n" + LAST) == [200]
    with socket.create_connection(("127.0.0.1", port)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\n")
        assert answers(port, b"GET /healthz HTTP/1.1\r\n" + LAST) == [503]


def test_nothing_answers_trace(port: int) -> None:
    assert answers(port, b"TRACE /about HTTP/1.1\r\nX-Secret: a\r\n" + LAST) == [405]


def test_where_a_request_comes_from_is_believed_of_named_web_servers_only(
    new_app: Callable[..., FastAPI],
) -> None:
    """`X-Forwarded-For` from anybody else would get round the limits on sign-in."""
    told = {"x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
    for trusted, seen in (((), "192.0.2.1"), (("192.0.2.1",), "203.0.113.7"), (("192.0.2.9",), "192.0.2.1")):
        app = new_app(office=True, trusted_proxies=trusted)
        config = _configured(app, app.state.desk.settings)
        config.load()
        client = TestClient(config.loaded_app, base_url=OFFICE, headers=told, client=("192.0.2.1", 1))
        tries = app.state.desk.doors.tries
        for _ in range(10):
            assert client.get("/invitation/guessed").status_code == 404
        with pytest.raises(Problem):
            tries.hold(f"invitations from {seen}")


def test_a_line_of_the_log_is_one_line_and_in_utc(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "qualitycheck.service"):
        answers(port, b"GET /%0a%7b%22who%22:%22forged%22%7d HTTP/1.1\r\nUser-Agent: a\\nb\r\n" + LAST)
    (record,) = [record for record in caplog.records if record.getMessage() == "request"]
    line = Lines().format(record)
    assert "\n" not in line and "forged" not in line
    assert json.loads(line)["at"].endswith("+00:00")
    odd = logging.makeLogRecord({"name": "qualitycheck.service", "msg": 'a\n{"who": "forged"}', "levelname": "INFO"})
    assert Lines().format(odd).count("\n") == 0


# By addresses


@pytest.mark.parametrize(
    "path",
    [
        "/static/../rendering.py", "/static/%2e%2e/rendering.py", "/static/..%2f..%2fsettings.py", "/static/%00",
        "/static/..%5c..%5csettings.py", "/static//etc/passwd", "/static/", "/.git/config", "/docs", "/redoc",
    ],
)  # fmt: skip
def test_nothing_is_read_from_the_disk_but_our_own_static_files(new_app: Callable[..., FastAPI], path: str) -> None:
    assert client_of(new_app()).get(path).status_code == 404


def test_no_address_leads_on_to_another_site(office: Office) -> None:
    for next_one in ("https://evil.example", "//evil.example", "/\\evil.example"):
        asked = {"next": next_one, "return": next_one, "url": next_one, "done": next_one, "notice": next_one}
        client, form_token = as_somebody(office, P)
        for path in ("/sign-in", "/account", "/", "/cases"):
            answer = client.get(path, params=asked)
            assert "evil" not in answer.headers.get("location", "") + answer.text
        form = {"form_token": form_token, "filter": next_one, "fingerprint": "x", "reason": "x"}
        answer = client.post(f"/checks/{office.draft}/aside", data=form)
        assert "evil" not in answer.headers.get("location", "") + answer.text


def test_a_thing_whose_name_no_database_takes_is_not_there(office: Office) -> None:
    client, _ = as_somebody(office, P)
    for path in ("/checks/%00", "/cases/%00", "/checks/%0a", "/checks/%ff/result.json"):
        assert client.get(path).status_code == 404


# By names


def test_markup_in_the_names_of_people_teams_cases_files_and_reasons_is_text(office: Office) -> None:
    people, store = office.desk.store.people, office.desk.store
    team = people.add_team(SCRIPT)
    for name in (P, A):
        person = people.by_user_name(name)
        assert person
        people.change(person.id, name=ATTRIBUTE, teams={*person.teams, team})
    people.add(f"user{SCRIPT}", SCRIPT, set())
    case = store.cases.add(office.person(P), team, ATTRIBUTE + SCRIPT)
    store.decisions.set_aside(office.case, office.person(P), "a1b2c3d4e5f6", ATTRIBUTE + SCRIPT)
    store.false_alarms.add("vague-term", SCRIPT, 0.5, {"rules": SCRIPT}, None, ATTRIBUTE, SCRIPT)
    reading = store.readings.ask(office.draft, date(2026, 12, 1), "manager", office.person(M), office.person(P))
    comment = Comment("c1", "diversity", None, SCRIPT, ATTRIBUTE + SCRIPT)
    store.readings.change(reading, lambda said: replace(said, comments=(comment,), overall=SCRIPT))
    store.readings.give_back(reading)
    sample = store.samples.add(office.person(N), SCRIPT + ATTRIBUTE, criteria=("harm",), source="list")
    author, form_token = as_somebody(office, P)
    file = {"file": (f"{SCRIPT}{ATTRIBUTE}.docx", b"not a report")}
    made = author.post("/checks", data={"form_token": form_token}, files=file)
    seen = 0
    ids = {"case": case.id, "account": office.person(A), "reading": reading, "sample": sample}
    for name in (P, A, M, N):
        client = author if name == P else as_somebody(office, name)[0]
        client.headers["accept"] = "text/html"
        for method, path in RULES:
            if method != "GET" or path.endswith(("progress", "openapi.json", "/criteria")) or path == "/metrics":
                continue
            for check in (office.draft, made.headers["location"].rpartition("/")[2]):
                names = dict.fromkeys(("token", "criterion", "fingerprint", "report", "concern"), SCRIPT)
                told = client.get(path.format(check=check, **ids, **names))
                if told.headers.get("content-type", "").startswith("text/html"):
                    assert "<script>steal" not in told.text and "<img src=x" not in told.text, path
                    seen += "&lt;script&gt;" in told.text or "&lt;img" in told.text
    assert seen > 10


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename="evil.exe',
        "a\r\nSet-Cookie: x=y",
        "a\\",
        "é ж 你.docx",
        "a%22.docx",
        "../../etc/passwd",
        "\ud800",
        "a;b",
    ],
)
def test_no_name_of_a_file_gets_out_of_its_header(name: str) -> None:
    told = download(b"", name, "text/plain").headers["content-disposition"]
    plain, _, encoded = told.partition("; filename*=UTF-8''")
    assert plain.startswith('attachment; filename="') and plain.endswith('"')
    assert not set(plain[22:-1]) & set('"\\\r\n;%')
    assert not set(encoded) & set("\"\\\r\n; '/")
    assert told.isascii()
