"""PDF by LibreOffice, of which a stand-in is here: where the bytes lie, that they go, and what is said without it.

`tests/office/test_form.py` asks LibreOffice itself.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qualitycheck.rendering import pdf

Program = Callable[[str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A `soffice` on the path that notes how it was called, and does what is said."""
    told = tmp_path / "told.json"

    def make(does: str) -> Path:
        file = tmp_path / "bin" / "soffice"
        file.parent.mkdir()
        file.write_text(
            f"#!{sys.executable}\n"
            "import json, os, pathlib, sys, time\n"
            "word = pathlib.Path(sys.argv[-1])\n"
            "mode = os.stat(word.parent).st_mode & 0o777\n"
            "told = {'arguments': sys.argv[1:], 'mode': mode, 'folder': str(word.parent)}\n"
            "told['environment'] = dict(os.environ)\n"
            f"pathlib.Path({str(told)!r}).write_text(json.dumps(told))\n"
            "print(word.read_bytes())\n"
            f"{does}\n"
        )
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}{os.environ['PATH']}")
        return told

    return make


def test_the_words_lie_in_a_folder_of_our_own_and_go(
    program: Program, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUALITYCHECK_SECRET", "a key")
    note = program("word.with_suffix('.pdf').write_bytes(b'%PDF of ' + word.read_bytes())")
    assert pdf.as_pdf(b"Ada's form") == b"%PDF of Ada's form"
    told = json.loads(note.read_text())
    assert told["mode"] == 0o700
    assert not Path(told["folder"]).exists()
    assert "UseTaggedPDF" in next(each for each in told["arguments"] if each.startswith("pdf:"))
    assert f"-env:UserInstallation={Path(told['folder']).as_uri()}/profile" in told["arguments"]
    assert told["environment"]["HOME"] == told["environment"]["TMPDIR"] == told["folder"]
    assert "QUALITYCHECK_SECRET" not in told["environment"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("does", ["time.sleep(60)", "sys.exit(1)", "sys.exit(0)"])
def test_what_hangs_or_makes_nothing_leaves_nothing(program: Program, does: str) -> None:
    note = program(does)
    with pytest.raises(pdf.NoPdf, match="LibreOffice made no PDF"):
        pdf.as_pdf(b"Ada's form", seconds=1)
    assert not Path(json.loads(note.read_text())["folder"]).exists()


def test_what_hangs_is_ended_with_all_that_it_started(program: Program, tmp_path: Path) -> None:
    child = tmp_path / "child"
    program(
        "import subprocess\n"
        f"subprocess.Popen([sys.executable, '-c', \"import time; time.sleep(2.5); open({str(child)!r}, 'w')\"])\n"
        "time.sleep(60)"
    )
    with pytest.raises(pdf.NoPdf):
        pdf.as_pdf(b"Ada's form", seconds=1)
    time.sleep(2.5)
    assert not child.exists()


def test_who_waits_too_long_is_told(program: Program) -> None:
    program("time.sleep(60)")
    with pdf._one_at_a_time, pytest.raises(pdf.NoPdf, match="Other forms"):
        pdf.as_pdf(b"Ada's form", seconds=0.1)


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pdf.NoOffice, match="LibreOffice is not on this machine"):
        pdf.as_pdf(b"")


def test_where_memory_has_no_room_it_is_left_to_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "MEMORY", tmp_path / "none")
    assert pdf._place() is None
    monkeypatch.setattr(pdf, "MEMORY", tmp_path)
    assert pdf._place() == tmp_path
    monkeypatch.setattr(pdf, "ROOM", 1 << 62)
    assert pdf._place() is None
