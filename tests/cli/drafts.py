"""Small section 7 reports as .docx files, with faults that any version of the rules finds."""

from __future__ import annotations

from pathlib import Path

from tests.docx_builder import docx, p
from tests.hostile import FRONT

RESIDUE = "[Insert the child's views here]"
LEFT_IN = p(f"Wishes and feelings are these. {RESIDUE}")
BEFORE = p("The court asked for this report on 2 February 2026.")
LETTER = docx(p("Dear Sam,"), p("Thank you for the lovely flowers and the cake. See you at the seaside."), p("Jo"))


def report(*body: str) -> bytes:
    return docx(*FRONT, p("Introduction", style="Heading1"), BEFORE, *body)


def write(folder: Path, name: str = "draft.docx", *body: str) -> Path:
    path = folder / name
    path.write_bytes(report(*(body or (LEFT_IN,))))
    return path
