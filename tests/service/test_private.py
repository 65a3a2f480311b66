"""Nothing is written: no word of a report, no file's name and no title is in a file, log or figure that is left behind.

The real program runs with every folder it could write to below one of the test's own. What it is given is full of words
that stand nowhere else; then all that is there is searched for them, however they might be written down.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import random
import re
import resource
import signal
import socket
import sqlite3
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.docx_builder import docx, p
from tests.hostile import FRONT, OLE2
from tests.service.searching import search, search_text
from tests.serving import Service, is_alive, serving, until, worked

TEXT, CHILD, FILE, TITLE = "Quillonbrake", "Zephyrinella", "Thistlemoorby", "Farnwexleigh"
REASON, FIELD, QUERY = "Obbledrifting", "Marrowgately", "Ravenspurnley"
PLANTED = (TEXT, CHILD, FILE, TITLE, REASON, FIELD, QUERY)
NAME = f"{FILE} draft.docx"
WRONG_KINDS = (f"multipart/{FIELD}", "multipart/form-data; boundary=x", f"multipart/form-data; boundary={FIELD}")
API, ANNOTATED = "/api/v1/checks", "/api/v1/checks/annotated"
WATCHED = (str(Path(__file__).with_name("watched.py")),)


def report(paragraphs: int = 12, picture: int = 0) -> bytes:
    """A report full of planted words, with a picture of so many bytes that do not pack."""
    told = (
        f"{n}.\t{CHILD} told me on {n % 28 + 1} May 2026 that {TEXT} shouts at her. Mr {TEXT} is a danger to her."
        for n in range(1, paragraphs + 1)
    )
    said = [*FRONT, p(f"Child: {CHILD} {TEXT}, born 3 May 2017"), p("Analysis", style="Heading1"), *map(p, told)]
    said += [p(f"It is significant harm that Mr {TEXT} always {does} {CHILD}.") for does in ("lies to", "neglects")]
    more = {"word/media/image1.png": random.Random(1).randbytes(picture)} if picture else {}
    return docx(*said, p("Recommendation", style="Heading1"), p(f"{CHILD} lives with {TEXT}."), more=more)


SMALL, LARGE, SLOW = report(), report(picture=5 * 2**20), report(paragraphs=1_500)


class Browser:
    """Somebody at the pages, let in by the link."""

    def __init__(self, service: Service) -> None:
        self.http = httpx.Client(base_url=service.address, timeout=60, headers={"sec-fetch-site": "same-origin"})
        assert self.http.get(service.link).status_code == 303
        token = re.search(r'name="form_token"[^>]* value="([^"]+)"', self.get("/").text)
        assert token
        self._token = token[1]

    def get(self, path: str, status: int = 200, **given: Any) -> httpx.Response:
        answer = self.http.get(path, **given)
        assert answer.status_code == status, (path, answer.status_code)
        return answer

    def send(self, path: str, status: int = 303, files: Any = None, **fields: str) -> httpx.Response:
        data = {"form_token": self._token, "more": FIELD, FIELD: "more", **fields}
        answer = self.http.post(path, data=data, files=files)
        assert answer.status_code == status, (path, answer.status_code)
        return answer

    def upload(self, data: bytes, name: str = NAME, to: str = "/checks", **fields: str) -> str:
        """The address of its check."""
        return self.send(to, files={"file": (name, data)}, **fields).headers["location"]

    def finished(self, check: str) -> httpx.Response:
        """Its page, once its progress has come to an end."""
        with self.http.stream("GET", f"{check}/progress") as told:
            assert "event: done" in "".join(told.iter_text())
        return self.get(check)


def ask(service: Service, data: bytes, url: str = API, name: str = NAME) -> httpx.Response:
    """The API, asked as a program does that says more than it must."""
    said = {"user-agent": QUERY, "referer": f"http://{QUERY}.example/{FILE}", "cookie": f"{QUERY}={TEXT}"}
    given = {"params": {"q": QUERY}, "data": {"type": "auto", FIELD: FIELD}, "headers": said, "timeout": 60}
    return httpx.post(service.address + url, files={"file": (name, data)}, **given)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`watched(fault=…, **settings)`: the program, each file that it opens for writing put down in `writes`."""

    def start(fault: str = "", **settings: Any) -> Any:
        told = {"WRITES": str(tmp_path / "writes"), "FAULT": fault, "PYTHONDONTWRITEBYTECODE": "1"}
        return serving(tmp_path, program=WATCHED, environment=told, workers=1, **settings)

    unlimited = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (unlimited[1], unlimited[1]))  # a crash leaves a core file, if it can
    yield start
    resource.setrlimit(resource.RLIMIT_CORE, unlimited)


def assert_nothing_written(folder: Path, *said: str) -> None:
    """No planted word below the folder, nor in what was `said`; and nothing opened for writing but what is for that."""
    assert search(PLANTED, folder) == []
    assert [hit for one in said for hit in search_text(PLANTED, one.encode())] == []
    assert list((folder / "temporary").iterdir()) == []
    assert list((folder / "work").iterdir()) == []
    written = set((folder / "writes").read_text("utf-8").splitlines())
    in_store = {one for one in written if one.startswith(str(folder / "data"))}
    assert in_store, "the server was not watched"
    assert os.devnull in written, "the workers were not watched"
    assert written - in_store <= {os.devnull, "/proc/self/oom_score_adj"}


WRITERS: dict[str, Callable[[Path], object]] = {
    "as text": lambda at: at.write_text(f"she said {TEXT}.", "utf-8"),
    "in capitals": lambda at: at.write_text(f"she said {TEXT.upper()}.", "utf-8"),
    "as UTF-16": lambda at: at.write_bytes(f"she said {TEXT}.".encode("utf-16")),
    "as UTF-16, the other way": lambda at: at.write_bytes(f"x{TEXT}.".encode("utf-16-be")),
    "in a zip": lambda at: at.write_bytes(SMALL),
    "in a zip in a zip": lambda at: _zipped(at, "inner.docx", SMALL),
    "in the name of what is in a zip": lambda at: _zipped(at, f"{TEXT}.xml", b""),
    "in gzip": lambda at: at.write_bytes(gzip.compress(TEXT.encode())),
    "in zlib": lambda at: at.write_bytes(zlib.compress(TEXT.encode())),
    "in bzip2": lambda at: at.write_bytes(bz2.compress(TEXT.encode())),
    "in xz": lambda at: at.write_bytes(lzma.compress(TEXT.encode())),
    "as base64": lambda at: at.write_bytes(base64.b64encode(f"so {TEXT}".encode())),
    "as base64, one on": lambda at: at.write_bytes(base64.b64encode(f"so, {TEXT}.".encode())),
    "as base64, two on": lambda at: at.write_bytes(base64.b64encode(f"she, {TEXT} ".encode())),
    "as base64 of UTF-16": lambda at: at.write_bytes(base64.b64encode(f"so {TEXT}".encode("utf-16-le"))),
    "in hexadecimal": lambda at: at.write_text(TEXT.encode().hex().upper()),
    "in a pickle": lambda at: at.write_bytes(pickle.dumps({"said": [TEXT]})),
    "in a database": lambda at: _stored(at),
    "as a name": lambda at: at.with_name(f"{TEXT}.tmp").write_bytes(b""),
    "as a folder's name": lambda at: at.with_name(f"of {TEXT.lower()}").mkdir(),
}  # fmt: skip


def _zipped(at: Path, name: str, data: bytes) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    at.write_bytes(held.getvalue())


def _stored(at: Path) -> None:
    with sqlite3.connect(at) as database:
        database.execute("create table t (said text)")
        database.execute("insert into t values (?)", (f"she said {TEXT}",))
    database.close()


@pytest.mark.parametrize("how", WRITERS)
def test_the_search_finds_a_word_that_is_written(tmp_path: Path, how: str) -> None:
    inner = tmp_path / "a" / "folder"
    inner.mkdir(parents=True)
    assert search(PLANTED, tmp_path) == []
    WRITERS[how](inner / "file")
    assert any(TEXT in hit for hit in search(PLANTED, tmp_path))


def test_nothing_of_a_report_is_written(watched: Callable[..., Any], tmp_path: Path) -> None:
    """Every flow of the API and of the pages; what is kept is there, and sealed."""
    with watched() as service:
        said = [*_by_program(service), *_by_pages(service, Browser(service))]
        said.append(httpx.get(f"{service.address}/metrics").text)
        _hang_up(service)
        assert ask(service, SMALL).status_code == 200
        service.stop()
    assert_nothing_written(tmp_path, *said)


def _by_program(service: Service) -> list[str]:
    """Errors, which must not quote."""
    assert TEXT in ask(service, SMALL).text
    assert json.loads(ask(service, LARGE).text)["file"] == NAME
    assert ask(service, LARGE, ANNOTATED).status_code == 200
    refused = [
        (415, ask(service, f"%PDF {TEXT}".encode())),
        (415, ask(service, OLE2 + f"WordDocument {TEXT}".encode("utf-16-le"))),
        (422, ask(service, SMALL[: len(SMALL) // 2])),
        (422, ask(service, OLE2 + "EncryptedPackage".encode("utf-16-le"), ANNOTATED)),
        (413, ask(service, SMALL * (66 * 2**20 // len(SMALL)))),
        (400, httpx.post(service.address + API, data={"type": TEXT, FIELD: FIELD})),
        (400, httpx.post(service.address + API, files={"file": (NAME, SMALL)}, data={"type": FIELD})),
        *((400, httpx.post(service.address + API, content=SMALL, headers={"content-type": it})) for it in WRONG_KINDS),
        (404, httpx.get(f"{service.address}/api/v1/{QUERY}?{TEXT}={CHILD}")),
        (401, httpx.get(f"{service.address}/checks/{QUERY}?{TEXT}={CHILD}")),
    ]  # fmt: skip
    assert [status for status, _ in refused] == [answer.status_code for _, answer in refused]
    return [answer.text for _, answer in refused]


def _by_pages(service: Service, browser: Browser) -> list[str]:
    """A practitioner's hour."""
    check = browser.upload(LARGE)
    assert CHILD in browser.finished(check).text
    browser.get(f"{check}?criterion={QUERY}&level={QUERY}&{QUERY}={TEXT}")
    found = browser.get(f"{check}/result.json").json()["reports"][0]["findings"]
    assert len(found) >= 2
    first, second = found[0]["fingerprint"], found[1]["fingerprint"]
    browser.send(f"{check}/aside", fingerprint=first, reason=REASON)
    browser.send(f"{check}/aside", fingerprint=second, reason=REASON)
    browser.send(f"{check}/take-up", fingerprint=second)
    assert REASON in browser.get(f"{check}/decisions").text
    for file in ("annotated.docx", "summary.docx", "result.html", "result.json"):
        assert FILE in browser.get(f"{check}/{file}").headers["content-disposition"]
    browser.get(f"{check}/false-alarm/{second}")
    browser.send(f"{check}/false-alarm/{second}", reason=REASON, passage="yes")

    next_draft = browser.upload(SMALL, to=f"{check}/next")
    assert REASON in browser.finished(next_draft).text
    browser.send(f"{next_draft}/keep", case="new", title=TITLE)
    kept = browser.get(next_draft).text
    assert CHILD in kept and TITLE in kept
    case = re.search(r'href="(/cases/[^"/]+)"', browser.get("/cases").text)
    assert case and TITLE in browser.get(case[1]).text
    browser.send(f"{next_draft}/aside", fingerprint=second, reason=REASON)
    third = browser.upload(report(8), to=f"{next_draft}/next", keep="yes")
    assert CHILD in browser.finished(third).text
    browser.get(f"{third}/annotated.docx")

    browser.send(f"{check}/forget")
    unreadable = browser.upload(SMALL[: len(SMALL) // 2])
    browser.finished(unreadable)
    browser.send("/checks", 400)
    browser.send("/checks", 400, files={"decisions": (NAME, TEXT.encode())})
    wrong = browser.http.post("/checks", files={"file": (NAME, SMALL)}, data={"form_token": FIELD})
    assert wrong.status_code == 403
    missing = browser.get(f"/checks/{QUERY}?{TEXT}={CHILD}", 404, headers={"accept": "text/html"})
    browser.get("/metrics")
    return [wrong.text, missing.text]


def _hang_up(service: Service) -> None:
    """A client that goes away in the middle of an upload, and one that does not wait for the answer."""
    host, _, port = service.address.removeprefix("http://").partition(":")
    body = _multipart(LARGE)
    for part in (len(body) // 2, len(body)):
        with socket.create_connection((host, int(port))) as line:
            head = f"POST {API}?{QUERY} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(body)}\r\n"
            line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n" + body[:part])


def _multipart(data: bytes) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{NAME}"\r\n\r\n'
    return head.encode() + data + b"\r\n--x--\r\n"


class Asked:
    """A check that is asked for in another thread, and its answer, or None where there was none."""

    def __init__(self, service: Service, data: bytes) -> None:
        (self._worker,) = service.workers()
        self._before = worked(self._worker)
        self.answer: httpx.Response | None = None
        self._thread = threading.Thread(target=self._ask, args=(service, data))
        self._thread.start()

    def _ask(self, service: Service, data: bytes) -> None:
        try:
            self.answer = ask(service, data)
        except httpx.TransportError:
            self.answer = None

    def under_way(self) -> int:
        """The worker, once it is in the middle of it."""
        until(lambda: worked(self._worker) > self._before + 0.2, "the worker does nothing")
        return self._worker

    def ended(self) -> httpx.Response | None:
        self._thread.join()
        return self.answer


def test_nothing_is_written_when_a_worker_is_killed(watched: Callable[..., Any], tmp_path: Path) -> None:
    """By somebody, by its own fault, and for its time; the next report is checked as ever."""
    said = []
    with watched() as service:
        for how in (signal.SIGKILL, signal.SIGSEGV):
            asked = Asked(service, SLOW)
            os.kill(asked.under_way(), how)
            answer = asked.ended()
            assert answer is not None
            assert (answer.status_code, answer.json()["code"]) == (422, "too-complex")
            said.append(answer.text)
            assert ask(service, SMALL).status_code == 200
        service.stop()
    assert_nothing_written(tmp_path, *said)


def test_nothing_is_written_when_a_check_takes_too_long(watched: Callable[..., Any], tmp_path: Path) -> None:
    with watched(check_seconds=0.3) as service:
        answer = ask(service, SLOW)
        assert (answer.status_code, answer.json()["code"]) == (422, "timed-out")
        browser = Browser(service)
        assert browser.finished(browser.upload(SLOW)).status_code == 200
        service.stop()
    assert_nothing_written(tmp_path, answer.text)


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        ("server", 500, "RuntimeError at watched.py"),
        ("worker", 500, "RuntimeError at "),
        ("worker dies", 422, "a worker ended while it was checking"),
    ],
)
def test_nothing_is_written_when_we_fail(
    watched: Callable[..., Any], tmp_path: Path, fault: str, status: int, told: str
) -> None:
    """With an exception that quotes the report, and with a library that says it and falls over."""
    with watched(fault) as service:
        answer = ask(service, SMALL)
        assert (answer.status_code, answer.json()["code"]) == (status, "fault" if status == 500 else "too-complex")
        browser = Browser(service)
        browser.finished(browser.upload(SMALL))
        service.stop()
        assert told in service.said().decode()
    assert_nothing_written(tmp_path, answer.text)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGABRT])
def test_nothing_is_written_when_the_server_ends_while_it_works(
    watched: Callable[..., Any], tmp_path: Path, how: signal.Signals
) -> None:
    with watched() as service:
        browser = Browser(service)
        browser.finished(browser.upload(SMALL))  # held in the server's memory
        asked = Asked(service, SLOW)
        worker = asked.under_way()
        service.stop(how)
        asked.ended()
        assert not is_alive(worker)
    assert_nothing_written(tmp_path)
