"""The API: what the contract says, in its words and statuses; what the command line says, and nothing kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qualitycheck.rulebook.packs import load_rulebook
from tests.docx_builder import docx, p
from tests.hostile import GOOD, REFUSED

URL = "/api/v1/checks"
ANNOTATED = "/api/v1/checks/annotated"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def send(home: TestClient, data: bytes, name: str = "draft.docx", url: str = URL, **fields: str) -> Any:
    return home.post(url, files={"file": (name, data, DOCX)}, data=fields)


def by_command_line(folder: Path, name: str, *options: str, format: str = "json") -> bytes:
    command = [sys.executable, "-m", "qualitycheck", "check", name, "--format", format, *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_same_report_gives_the_same_json_as_the_command_line(home: TestClient, examples: list[Path]) -> None:
    said = json.loads(by_command_line(examples[0].parent, "."))["reports"]
    assert len(said) == len(examples) >= 6
    for report in said:
        answer = send(home, (examples[0].parent / report["file"]).read_bytes(), "another name.docx")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.json() == report | {"file": "another name.docx"}


def test_a_type_that_is_asked_for_is_taken(home: TestClient, examples: list[Path]) -> None:
    data = examples[0].read_bytes()
    for type in ("section7", "section31"):
        assert send(home, data, type=type).json()["type"] == type


def test_what_is_no_such_report_is_named_and_not_judged(home: TestClient) -> None:
    answer = send(home, docx(p("Dear parents, the school play is on Friday. Bring a coat.")))
    assert answer.status_code == 200
    assert answer.json()["type"] == "other"
    assert answer.json()["type_reason"]
    assert answer.json()["elements"] == []


def test_the_annotated_report_is_the_command_lines(home: TestClient, examples: list[Path]) -> None:
    answer = send(home, examples[0].read_bytes(), examples[0].name, ANNOTATED)
    assert (answer.status_code, answer.headers["content-type"]) == (200, DOCX)
    assert answer.content == by_command_line(examples[0].parent, examples[0].name, format="docx")


@pytest.mark.parametrize("url", [URL, ANNOTATED])
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_and_harms_nobody(home: TestClient, kind: str, url: str) -> None:
    code, build = REFUSED[kind]
    data = build()
    answer = send(home, data, url=url)
    if len(data) > 64 * 2**20:
        assert answer.status_code == 413
    else:
        assert answer.status_code == (415 if code in ("not-docx", "old-doc") else 422)
        assert answer.json()["code"] == code
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.json()["request"] == answer.headers["x-request-id"]
    assert send(home, GOOD).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: nothing\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"--y\r\n", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"file=x", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"PK", DOCX),
    ],
)
def test_a_malformed_request_is_answered_with_400(home: TestClient, body: bytes, kind: str) -> None:
    answer = home.post(URL, content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


def test_an_unknown_type_and_two_files_are_malformed(home: TestClient) -> None:
    assert send(home, GOOD, type="section8").status_code == 400
    two = [("file", ("a.docx", GOOD, DOCX)), ("file", ("b.docx", GOOD, DOCX))]
    assert home.post(URL, files=two).status_code == 400


def test_the_catalogue_is_data(home: TestClient) -> None:
    answer = home.get("/api/v1/criteria")
    assert [criterion["id"] for criterion in answer.json()] == list(load_rulebook().criteria)
    assert len(answer.json()) == 42


def test_folders_in_a_file_name_are_left_out(home: TestClient) -> None:
    assert send(home, GOOD, "C:\\cases\\Smith\\draft.docx").json()["file"] == "draft.docx"


def test_an_unknown_address_and_method_are_problems_too(home: TestClient) -> None:
    for method, url, status in (("GET", "/api/v1/nothing", 404), ("DELETE", URL, 405)):
        answer = home.request(method, url)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_web_page_elsewhere_cannot_use_the_api_of_ones_own_machine(home: TestClient) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = home.post(URL, files={"file": ("draft.docx", GOOD, DOCX)}, headers=headers)
        assert answer.status_code == 403
    assert home.get("/api/v1/criteria", headers={"host": "evil.example"}).status_code == 400
