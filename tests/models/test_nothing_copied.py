"""No rule and no code repeats a passage of the labelled reports: what the rules find there would prove nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LABELLED = sorted(
    path for name in ("train", "development", "test") for path in (ROOT / "models" / "corpora" / name).glob("*.json")
)
OURS = sorted(
    path
    for folder in ("rules", "qualitycheck")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".yaml", ".py", ".md", ".txt"}
)
WORDS = 8  # in a row; seven are met by chance now that there are so many reports
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
# The names of orders, and the words of the Act, are the law's, in every report and in every rule: a run ends at one.
_LAW = re.compile(
    r"(?:child arrangements|special guardianship|prohibited steps|specific issue|family assistance|care|supervision"
    r"|placement) orders?|section [0-9]+(?:\([0-9a-z]+\))* of the children act|reasonable to expect a parent"
)


def runs(text: str) -> Iterator[str]:
    """Each run of `WORDS` words, in lower case, without marks."""
    plain = text.lower().replace("[[", "").replace("]]", "").replace("’", "'")
    for piece in _LAW.split(plain):
        words = _WORD.findall(piece)
        for first in range(len(words) - WORDS + 1):
            yield " ".join(words[first : first + WORDS])


def quotations(report: Path) -> Iterator[str]:
    gold = json.loads(report.read_text(encoding="utf-8"))["gold"]
    for passage in gold["findings"] + gold["clean"]:
        yield passage["quote"]
    for element in gold["elements"].values():
        yield from element.get("evidence", [])


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    """Each run of words of ours, to a file that holds it."""
    return {run: path.name for path in OURS for run in runs(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("report", LABELLED, ids=lambda path: path.stem)
def test_nothing_is_copied_from(report: Path, ours: dict[str, str]) -> None:
    copied = {run: ours[run] for quotation in quotations(report) for run in runs(quotation) if run in ours}
    assert copied == {}


def test_there_is_something_to_compare(ours: dict[str, str]) -> None:
    assert len(LABELLED) >= 120
    assert len(ours) > 50_000
