"""What a front sheet and a signature tell, in the shapes in which people write them."""

from __future__ import annotations

from datetime import date

import pytest

from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Position
from tests.builders import report

ADA, BEN = ("Ada Lowe", date(2018, 5, 3)), ("Ben Lowe", date(2020, 6, 4))
BODY = ("## Enquiries", "The child was seen at school and talked about home and the cat.")
CHILDREN = {
    "one cell": ("| Children | Ada Lowe, 3 May 2018; Ben Lowe, 4 June 2020 |",),
    "one cell with and": ("| Children | Ada Lowe 03/05/2018 and Ben Lowe 04/06/2020 |",),
    "rows": ("| Name | D.O.B. |", "| Ada Lowe | 03.05.2018 |", "| Ben Lowe | 04.06.2020 |"),
    "rows under a heading": (
        "## Subject children",
        "| Name of child | Date of birth | Lives with |",
        "| Ada Lowe | 3 May 2018 | Mother |",
        "| Ben Lowe | 4 June 2020 | Mother |",
    ),
    "list": ("## The children", "- Ada Lowe, born 3 May 2018", "- Ben Lowe, born 4 June 2020"),
    "text": ("This report concerns Ada Lowe (born 3 May 2018) and Ben Lowe (born 4 June 2020).",),
    "short dates": ("In the matter of Ada Lowe (born 3.5.18) and Ben Lowe (born 4.6.20)",),
    "two cells": ("| Names of children | Ada Lowe and Ben Lowe |", "| Dates of birth | 3 May 2018 and 4 June 2020 |"),
    "Welsh label": ("| Y plant / Children | Ada Lowe, 3 May 2018 (7); Ben Lowe, 4 June 2020 (5) |",),
}


@pytest.mark.parametrize("shape", CHILDREN)
def test_every_child_has_a_name_and_a_date_of_birth(shape: str) -> None:
    case = understand(report("# Section 7 report", *CHILDREN[shape], *BODY))
    assert [(child.name, child.date_of_birth) for child in case.children] == [ADA, BEN]
    assert case.report_date is None  # a date of birth is not the report's


def test_twins_share_a_surname_and_a_birthday() -> None:
    case = understand(
        report("# Report", "This report is about the twins, Ada and Ben Lowe, who were born on 3 May 2018.")
    )
    assert {(child.name, child.date_of_birth) for child in case.children} == {ADA, ("Ben Lowe", ADA[1])}


def test_a_half_brother_is_a_sibling() -> None:
    front = ("| Child | Ada Lowe, born 3 May 2018 |", "| Half-brother (not a subject) | Cal Dunne, born 5 May 2014 |")
    case = understand(report("# Section 7 report", *front, *BODY))
    assert [child.name for child in case.children] == ["Ada Lowe"]
    assert [person.name for person in case.people if person.position is Position.SIBLING] == ["Cal Dunne"]


@pytest.mark.parametrize(
    ("lines", "name", "role"),
    [
        (("Sue Fenn", "Family Court Adviser"), "Sue Fenn", "family court adviser"),
        (("Xanthippa Quorl", "Family Court Adviser, Cafcass"), "Xanthippa Quorl", "family court adviser"),
        (("Report by Sue Fenn, NYAS caseworker, 4 June 2026.",), "Sue Fenn", "nyas caseworker"),
        (("Signed: S Fenn, Social Worker",), "S Fenn", "social worker"),
    ],
)
def test_the_author_by_the_signature(lines: tuple[str, ...], name: str, role: str) -> None:
    case = understand(report("# Section 7 report", *BODY, "## Recommendation", "I recommend Saturdays.", *lines))
    assert [(person.name, person.role) for person in case.people if person.position is Position.AUTHOR] == [
        (name, role)
    ]


def test_a_father_named_in_the_last_line_is_not_the_author() -> None:
    case = understand(report("# Section 7 report", *BODY, "Mr Cole rang on Monday.", "Mr Cole"))
    assert not [person for person in case.people if person.position is Position.AUTHOR]


def test_a_surname_may_be_a_common_word() -> None:
    case = understand(report("# Section 7 report", *BODY, "Mrs Ellen Court, class teacher, said so. Ms Hill agreed."))
    assert {"Ellen Court", "Ms Hill"} <= {person.name for person in case.people}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("| When? | 3 May 2026, for the hearing on 14 May 2026 |", date(2026, 5, 3)),
        ("| Filed | 3 May 2026. Hearing 25 May 2026. |", date(2026, 5, 3)),
        ("Prepared by Sue Fenn, social worker, East team, 3 May 2026", date(2026, 5, 3)),
        ("Ada Lowe, b. 3 May 2018. Guardian: Sue Fenn. 4 May 2026, for the final hearing.", date(2026, 5, 4)),
        ("Dated this 4th day of June 2026", date(2026, 6, 4)),
        ("Hearing: 14 May 2026", None),
    ],
)
def test_the_reports_own_date(line: str, day: date | None) -> None:
    assert understand(report("# Section 7 report", line, *BODY)).report_date == day


@pytest.mark.parametrize("line", ["IN THE FAMILY COURT AT BRISTOL.", "| Court | Family Court, Bristol |"])
def test_the_court_with_its_place(line: str) -> None:
    assert "bristol" in (understand(report("# Section 7 report", line, *BODY)).court or "").lower()
