"""One fact told twice: otherwise, which is found; and alike or of different things, which is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualitycheck.consistency import CHECKS
from qualitycheck.miniature import report
from qualitycheck.understanding import understand

HERE = Path(__file__).parent
BACKGROUND, ANALYSIS = "## Rory", "## Recommendation"  # each sentence of a pair goes in front of one of these
FOUND_AT_LEAST = 0.8  # of the contradictions


def pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, _, second = line.partition(" || ")
            yield first, second


def marked(first: str, second: str) -> list[tuple[str, str]]:
    """The check and the words of each fault in a clean report with the two sentences put in."""
    text = (HERE / "section7.txt").read_text(encoding="utf-8")
    text = text.replace(BACKGROUND, f"7a.\t{first}\n{BACKGROUND}").replace(ANALYSIS, f"13a.\t{second}\n{ANALYSIS}")
    document = report(*text.splitlines())
    case = understand(document)
    return [
        (name, document.paragraphs[fault.paragraph].text[fault.start : fault.end])
        for name, check in CHECKS.items()
        for fault in check(case)
    ]


def test_most_contradictions_are_found() -> None:
    planted = list(pairs("contradictions.txt"))
    missed = [pair for pair in planted if not marked(*pair)]
    assert len(planted) >= 60
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(planted), missed


@pytest.mark.parametrize(("first", "second"), list(pairs("look_alikes.txt")))
def test_what_only_looks_alike_is_left_alone(first: str, second: str) -> None:
    assert marked(first, second) == []
