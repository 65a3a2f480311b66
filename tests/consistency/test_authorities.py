"""Paragraphs of judgments, practice directions and Acts are never looked for in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck.consistency.cross_references import cross_references
from qualitycheck.miniature import report
from qualitycheck.understanding import understand

TEXT = (Path(__file__).parent / "section7.txt").read_text(encoding="utf-8")


def found(sentence: str) -> list[str]:
    document = report(*TEXT.replace("15.\tI went", f"15.\t{sentence} I went").splitlines())
    return [
        document.paragraphs[fault.paragraph].text[fault.start : fault.end]
        for fault in cross_references(understand(document))
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "See Re B [2013] UKSC 33 at paragraph 77.",
        "I have had regard to Practice Direction 12J paragraph 36.",
        "The law is as set out in PD12J at paragraphs 35 to 37.",
        "See Re X (Children) at paragraph 41.",
        "See Re X (Children) (Relocation: Appeal) [2015] EWCA Civ 901, paras 28 and 29.",
        "As described in Smith v Jones at paragraph 52, delay does harm.",
        "As explained at paragraph 44 of Re B-S, all options count.",
        "See the Children Act 1989, section 91 and Schedule 1, paragraph 31.",
        "I refer to the Family Procedure Rules 2010 at paragraph 22.",
    ],
)
def test_an_authoritys_paragraph_is_not_this_reports(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "reference"),
    [
        ("I have applied Practice Direction 12J as I explain at paragraph 36 above.", "paragraph 36"),
        ("As I set out at paragraph 41, he is settled.", "paragraph 41"),
    ],
)
def test_this_reports_own_still_is(sentence: str, reference: str) -> None:
    assert found(sentence) == [reference]
