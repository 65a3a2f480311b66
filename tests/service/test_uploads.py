"""What arrives is bounded: in bytes, in seconds, for one request and for all together, and in how it may be written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.limits import MEBIBYTE
from tests.hostile import GOOD
from tests.service.conftest import HOME, OFFICE, client_of, let_in

CHECK = "/api/v1/checks"
MULTIPART = {"content-type": "multipart/form-data; boundary=x"}
UNREADABLE = "The form cannot be read"


def part(name: str, value: bytes, *, file: bool = False) -> bytes:
    named = f'; filename="{name}.docx"' if file else ""
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + value + b"\r\n"


# Of an unknown type, so that it is refused as soon as it has been read, and no worker is needed.
WHOLE = part("type", b"sonnet") + part("file", bytes(MEBIBYTE + MEBIBYTE // 2), file=True) + b"--x--\r\n"


def asynchronous(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME, headers=MULTIPART)


def test_all_that_arrives_at_once_finds_room_or_is_told_when_to_come_again(new_app: Callable[..., FastAPI]) -> None:
    app = new_app(upload_mib=1, uploads_mib=2)

    async def both() -> None:
        half, rest = asyncio.Event(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield WHOLE[:-10]
            half.set()
            await rest.wait()
            yield WHOLE[-10:]

        async with asynchronous(app) as client:
            first = asyncio.create_task(client.post(CHECK, content=slowly()))
            await half.wait()
            refused = await client.post(CHECK, content=WHOLE)
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
            assert refused.headers["content-type"] == "application/problem+json"
            rest.set()
            assert "type of report" in (await first).json()["detail"]
            again = await client.post(CHECK, content=WHOLE)
            assert "type of report" in again.json()["detail"]  # what was answered has given its room back

    asyncio.run(both())


def test_what_takes_too_long_to_arrive_is_refused(new_app: Callable[..., FastAPI]) -> None:
    app = new_app(upload_seconds=0.05)

    async def stalls() -> AsyncIterator[bytes]:
        yield WHOLE[:100]
        await asyncio.Event().wait()

    async def send() -> httpx.Response:
        async with asynchronous(app) as client:
            return await client.post(CHECK, content=stalls())

    answer = asyncio.run(send())
    assert answer.status_code == 408
    assert "0.05 seconds" in answer.json()["detail"]


def test_who_goes_away_while_sending_is_no_fault_of_ours(
    new_app: Callable[..., FastAPI], caplog: pytest.LogCaptureFixture
) -> None:
    app = new_app()
    said: list[Any] = [
        {"type": "http.request", "body": WHOLE[:100], "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return said.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": CHECK, "raw_path": CHECK.encode(), "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8765"), (b"content-type", MULTIPART["content-type"].encode())],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 400
    assert "fault" not in [record.message for record in caplog.records]


# A mebibyte of punycode takes most of a minute; all other requests would wait.
@pytest.mark.parametrize("charset", ["punycode", "idna", "utf-7", "utf-16", "unicode_escape", '"punycode"', "zlib"])
def test_text_in_a_strange_alphabet_is_not_even_tried(new_app: Callable[..., FastAPI], charset: str) -> None:
    body = part("user_name", b"xn--" + b"a" * 1_000_000) + b"--x--\r\n"
    headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    client = client_of(new_app(office=True))
    began = time.perf_counter()
    answer = client.post("/sign-in", content=body, headers=headers)
    assert time.perf_counter() - began < 10
    assert (answer.status_code, answer.json()["detail"].startswith(UNREADABLE)) == (400, True)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_text_as_everybody_writes_it_is_read(new_app: Callable[..., FastAPI], charset: str) -> None:
    headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    assert "type of report" in client_of(new_app()).post(CHECK, content=WHOLE, headers=headers).json()["detail"]


def test_a_field_with_a_null_is_malformed(new_app: Callable[..., FastAPI]) -> None:
    answer = client_of(new_app(office=True)).post("/sign-in", data={"user_name": "ada\x00", "password": "x"})
    assert (answer.status_code, answer.json()["detail"].startswith(UNREADABLE)) == (400, True)


def test_whoever_is_not_known_sends_no_more_than_a_short_form(new_app: Callable[..., FastAPI]) -> None:
    client = client_of(new_app(office=True))
    assert client.post("/sign-in", content=WHOLE, headers=MULTIPART).status_code == 413
    assert client.post("/invitation/x", content=WHOLE, headers=MULTIPART).status_code == 413
    assert client.post(CHECK, content=WHOLE, headers=MULTIPART).status_code == 401


@pytest.mark.parametrize(
    "toml",
    [b"a" + b".a" * 100_000 + b" = 1", b"# " + bytes(300_000), b"\n".join(b"x%d = 1" % n for n in range(60_000))],
    ids=["a key of a hundred thousand parts", "long", "many lines"],
)
def test_a_file_of_decisions_that_is_none_is_refused_at_once(new_app: Callable[..., FastAPI], toml: bytes) -> None:
    browser = let_in(new_app())
    files = {"file": ("draft.docx", GOOD), "decisions": ("aside.toml", toml)}
    began = time.perf_counter()
    answer = browser.post("/checks", files=files, data={"form_token": token_of(browser)})
    assert time.perf_counter() - began < 10  # the first would take longer
    assert answer.status_code == 400


def token_of(browser: TestClient) -> str:
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    (session,) = desk.doors.home._sessions.values()
    return str(session.form_token)


# Starlette takes the address it listens on for the name where the header is none; a browser may be led here by such.
@pytest.mark.parametrize("name", ["evil.example", "ev{il.example", 'ev"il.example', "ev`il.example:8765", "", "[::1"])
def test_a_name_that_leads_here_and_is_not_ours_is_refused(new_app: Callable[..., FastAPI], name: str) -> None:
    for office in (False, True):
        answer = client_of(new_app(office=office)).get("/about", headers={"host": name})
        assert answer.status_code == 400, name


@pytest.mark.parametrize("name", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_answered(new_app: Callable[..., FastAPI], name: str) -> None:
    assert client_of(new_app()).get("/about", headers={"host": name}).status_code == 200


def test_the_offices_own_name_is_answered(new_app: Callable[..., FastAPI]) -> None:
    name = OFFICE.removeprefix("https://")
    assert client_of(new_app(office=True)).get("/about", headers={"host": f"{name}:443"}).status_code == 200


def test_room_for_less_than_one_report_is_a_wrong_setting(new_app: Callable[..., FastAPI]) -> None:
    with pytest.raises(ValueError, match="uploads_mib must be more"):
        new_app(upload_mib=64, uploads_mib=64)
