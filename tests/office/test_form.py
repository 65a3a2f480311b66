"""`make office`: LibreOffice makes the reading form into a tagged PDF, and leaves nothing of it behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from qualitycheck.precourt.form import render
from qualitycheck.rendering import pdf
from tests.precourt.readings import form

PIPES = Path("/tmp")  # noqa: S108 - where LibreOffice puts its own


def test_the_form_becomes_a_tagged_pdf(tmp_path: Path) -> None:
    made = tmp_path / "form.pdf"
    made.write_bytes(pdf.as_pdf(render(form())))
    data = made.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/MarkInfo" in data
    assert b"/StructTreeRoot" in data
    assert b"/Lang(en-GB)" in data


def test_nothing_is_left_behind_even_where_it_was_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY", tmp_path)
    pipes = set(PIPES.glob("OSL_PIPE_*"))
    word = render(form())
    pdf.as_pdf(word)
    for seconds in (0.3, 0.9, 1.3):
        with pytest.raises(pdf.NoPdf):
            pdf.as_pdf(word, seconds)
    assert list(tmp_path.iterdir()) == []
    assert set(PIPES.glob("OSL_PIPE_*")) <= pipes
    running = subprocess.run(["ps", "-axo", "args"], check=True, capture_output=True, text=True).stdout
    assert str(tmp_path) not in running
