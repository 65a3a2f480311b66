"""Sentences with planted mistakes, and the case that a sentence makes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType
from tests.builders import report

HERE = Path(__file__).parent
CHILDREN = (
    "Iwan Tomos Megan Ruby Dylan Ffion Owain Lowri Gethin Nia Alfie Joe Zac Leo Ava Sian Kian Cerys Callum".split()
)


class Planted(NamedTuple):
    kind: str
    text: str
    marked: tuple[tuple[int, int], ...]


def unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without its `[[ ]]`, and where they stood."""
    text, spans = "", []
    for index, piece in enumerate(re.split(r"\[\[|\]\]", marked)):
        if index % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return text, tuple(spans)


def planted(name: str) -> list[Planted]:
    """The sentences of planted-NAME.txt."""
    rows = [line.split(" | ", 1) for line in lines_of(f"planted-{name}.txt")]
    return [Planted(kind, *unmarked(sentence)) for kind, sentence in rows]


def lines_of(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def case_of(*paragraphs: str) -> Case:
    """A section 7 report about children with common names; its own paragraphs come last."""
    return understand(report(*paragraphs, children=CHILDREN), type=ReportType.SECTION7)
