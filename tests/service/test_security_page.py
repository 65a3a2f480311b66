"""docs/security.md names every requirement once, and only tests that there are."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
# OWASP ASVS 5.0.0: how many requirements of level 1 and 2 each section has; they are numbered from 1 without a gap,
# those of level 3 come after. 3.6, 5.5 and the like have none of these levels.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
ROWS = re.findall(r"^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    return frozenset(node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef))


def test_every_requirement_stands_there_once() -> None:
    told = Counter(number for numbers, _, _ in ROWS for number in numbers.split(", "))
    asked = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert len(asked) == 253
    assert {number for number, times in told.items() if times > 1} == set()
    assert set(told) == asked


def test_every_test_that_it_names_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 100
    missing = []
    for file, test in named:
        path = ROOT / file if file.startswith("tests/") else ROOT / "tests" / "service" / file
        if not test.startswith("test_") or not path.is_file() or test not in names_in(path):
            missing.append(f"{file}::{test}")
    assert missing == []


def test_every_answer_is_one() -> None:
    """A test, a reason, what is lacking, who does it, or the part of the page that says it."""
    kinds = ("met by", "does not apply", "not met", "by the office", "written down above", "see 8", "::", "this page")
    unanswered = [numbers for numbers, _, answer in ROWS if not any(kind in answer.lower() for kind in kinds)]
    assert unanswered == []
