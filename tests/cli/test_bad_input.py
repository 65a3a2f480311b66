"""Bad input through the command line: one plain sentence and status 2, or it is read; in time; nothing else touched."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.hostile import READ, REFUSED

SECONDS = 30  # of CPU, whatever else the machine does; `make fuzz` looks at the clock


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_gets_a_sentence(run: Run, tmp_path: Path, kind: str) -> None:
    code, build = REFUSED[kind]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "draft.docx").write_bytes(build())
    begun = time.process_time()
    ran = run("check", "in/draft.docx", "--format", "json")
    assert time.process_time() - begun < SECONDS
    assert ran.status == 2
    assert ran.report["error"]["code"] == code
    assert ran.err == f"qualitycheck: {ran.report['error']['message']}\n"
    assert re.fullmatch(r"qualitycheck: draft\.docx [^\n]+[:,] [^\n]+[^.\n]\n", ran.err)
    for command in (["text"], ["ready"], ["compare", "in/draft.docx"]):
        refused = run(*command, "in/draft.docx")
        assert (refused.status, refused.out, refused.err) == (2, b"", ran.err), command
    for format in ("html", "docx"):
        assert run("check", "in/draft.docx", "--format", format, "--output", "out").status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("kind", READ)
def test_what_looks_bad_and_is_not_is_read(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "draft.docx").write_bytes(READ[kind]())
    ran = run("text", "draft.docx", "--format", "json")
    assert ran.status == 0
    assert "five." in json.loads(ran.out)[0]["text"]
    assert run("check", "draft.docx").status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["draft.docx"]
