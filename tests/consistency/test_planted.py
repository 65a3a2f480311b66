"""Faults planted one at a time in a clean report: each is found at its place, and the clean report has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck.consistency import CHECKS, Fault
from qualitycheck.miniature import report
from qualitycheck.understanding import understand

HERE = Path(__file__).parent
SECTION7 = (HERE / "section7.txt").read_text(encoding="utf-8")
SECTION31 = (HERE / "section31.txt").read_text(encoding="utf-8")

PLANTED = [
    # report, what stands there, what is put in its place, the check that must find it, the words it must mark
    (SECTION7, "Rory is seven and", "Rory is nine and", "ages", "nine"),
    (SECTION7, "9 October 2017 (7)", "9 October 2017 (9)", "ages", "9"),
    (SECTION7, "At seven he can say", "At six he can say", "ages", "At six"),
    (SECTION7, "August 2022, when Rory was four", "August 2022, when Rory was six", "ages", "six"),
    (SECTION7, "is in Year 2", "is in Year 4", "school-years", "Year 4"),
    (SECTION7, "Tuesday 29 April 2025", "Thursday 29 April 2025", "weekdays", "Thursday 29 April 2025"),
    (SECTION7, "on 12 May 2025", "on 31 April 2025", "impossible-dates", "31 April 2025"),
    (SECTION7, "on 6 May 2025", "on 6 July 2025", "future-dates", "6 July 2025"),
    (SECTION7, "from June 2016 to", "from June 2026 to", "date-order", "June 2026 to August 2022"),
    (SECTION7, "for six years, from", "for nine years, from", "durations", "nine years, from June 2016 to August 2022"),
    (SECTION7, "On 8 May he showed me", "On 18 May he showed me", "visit-dates", "18 May"),
    (SECTION7, "The admissions described", "The eight admissions described", "quantities", "eight admissions"),
    (SECTION7, "He likes maps", "She likes maps", "pronouns", "She"),
    (
        SECTION7,
        "with Mrs Joan",
        "with the paternal grandmother, Mrs Joan",
        "kinship",
        "paternal grandmother, Mrs Joan Tallis",
    ),
    (SECTION7, "Ms Tallis meets", "Ms Talis meets", "names", "Ms Talis"),
    (SECTION7, "Mr Aldridge has since", "Mr Aldrige has since", "names", "Mr Aldrige"),
    (SECTION7, "I shall tell Rory at", "I shall tell Kacper at", "strangers", "Kacper"),
    (SECTION7, "12 above", "29 above", "cross-references", "paragraphs 9 to 29"),
    (SECTION7, "at paragraph 6", "at paragraph 26", "cross-references", "paragraph 26"),
    (SECTION7, "paragraphs 9 to 12 above", "paragraphs 9 to 12 below", "cross-references", "paragraphs 9 to 12"),
    (SECTION7, "He likes maps.", "[Insert likes and dislikes]", "placeholders", "[Insert likes and dislikes]"),
    (SECTION7, "lives nearby", "lives at 14 Carr Lane, Lincoln LN1 3ZZ", "addresses", "14 Carr Lane, Lincoln LN1 3ZZ"),
    (
        SECTION7,
        "15.\tI went",
        "15.\tMr Aldridge then saw Rory on alternate Saturdays for two years. There were nineteen "
        "handovers at the library, and Ms Tallis says that seven of them ended in an argument. I went",
        "repetition",
        "Mr Aldridge then saw Rory on alternate Saturdays for two years. There were nineteen "
        "handovers at the library, and Ms Tallis says that seven of them ended in an argument.",
    ),
    (SECTION7, "lives nearby", "lives nearby. Rory, who is five, sees her", "ages", "five"),
    (SECTION7, "weight to it", "weight to it. The genogram is at Appendix B", "cross-references", "Appendix B"),
    (SECTION31, "Nia is six and", "Nia is eight and", "ages", "eight"),
    (SECTION31, "Gethin is three.", "Gethin is five.", "ages", "five"),
    (SECTION31, "in Year 2. Gethin", "in Year 4. Gethin", "school-years", "Year 4"),
    (SECTION31, "In section 6 I explain", "In section 9 I explain", "cross-references", "section 9"),
    (SECTION31, "Option 2 gives", "Option 4 gives", "cross-references", "Option 4"),
    (SECTION31, "Both children were placed", "All three children were placed", "child-count", "All three children"),
    (SECTION31, "Her hair", "Please describe the plan. Her hair", "placeholders", "Please describe the plan."),
    (SECTION31, "Nia asks each week", "Shanice asks each week", "strangers", "Shanice"),
    (SECTION31, "with Mr Lacey on 6", "with Mr Lacy on 6", "names", "Mr Lacy"),
    (SECTION31, "| Date | 10", "| Our reference | SA25C50808 |\n| Date | 10", "case-number", "SA25C50808"),
    (SECTION31, "| Date | 10", "| Our reference | CF22P01234 |\n| Date | 10", "other-case-number", "CF22P01234"),
]  # fmt: skip


def found(text: str) -> list[tuple[str, Fault, str]]:
    """Every fault of every check: its check, the fault, the words it marks."""
    document = report(*text.splitlines())
    case = understand(document)
    return [
        (name, fault, document.paragraphs[fault.paragraph].text[fault.start : fault.end])
        for name, check in CHECKS.items()
        for fault in check(case)
    ]


@pytest.mark.parametrize("text", [SECTION7, SECTION31], ids=["section 7", "section 31"])
def test_a_clean_report_has_no_fault(text: str) -> None:
    assert [(name, words) for name, _, words in found(text)] == []


@pytest.mark.parametrize(
    ("text", "old", "new", "check", "words"), PLANTED, ids=[f"{row[3]}: {row[2][:30]}" for row in PLANTED]
)
def test_a_planted_fault_is_found_at_its_place(text: str, old: str, new: str, check: str, words: str) -> None:
    assert text.count(old) == 1
    assert (check, words) in [(name, marks) for name, _, marks in found(text.replace(old, new))]
