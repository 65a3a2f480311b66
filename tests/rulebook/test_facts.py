"""What a report says of itself, in fronts of several shapes."""

from __future__ import annotations

import pytest

from qualitycheck.miniature import report
from qualitycheck.rulebook.facts import FACTS
from qualitycheck.understanding import understand

TABLE = (
    "# Section 7 report",
    "| Court | Family Court at Lincoln |",
    "| Case number | LN25P00123 |",
    "| Child | Mia Hart, born 2 March 2017 |",
    "| Author | Jo Finch, family court adviser |",
    "| Date of report | 3 June 2025 |",
)
SENTENCES = (
    "# Mia Hart: a report for the court",
    "IN THE FAMILY COURT AT LINCOLN. LN25P00123.",
    "Mia Hart, born 2 March 2017.",
    "Prepared by Jo Finch, family court adviser, Cafcass, on 3 June 2025.",
)


@pytest.mark.parametrize("front", [TABLE, SENTENCES])
@pytest.mark.parametrize(
    "fact", ["court-named", "case-number-given", "dates-of-birth-given", "author-named", "report-dated"]
)
def test_a_whole_front_has_all_five(front: tuple[str, ...], fact: str) -> None:
    assert FACTS[fact](understand(report(*front, "# Background", "The parents met in 2014."))).holds


@pytest.mark.parametrize(
    ("left_out", "fact"),
    [(1, "court-named"), (2, "case-number-given"), (4, "author-named"), (5, "report-dated")],
)
def test_what_is_left_out_is_not_found(left_out: int, fact: str) -> None:
    front = [line for index, line in enumerate(TABLE) if index != left_out]
    assert not FACTS[fact](understand(report(*front, "# Background", "The parents met in 2014."))).holds


def test_a_birth_or_a_hearing_does_not_date_the_report() -> None:
    front = (*TABLE[:5], "| Date of hearing | 30 June 2025 |")
    assert not FACTS["report-dated"](understand(report(*front, "# Background", "They met in 2014."))).holds
