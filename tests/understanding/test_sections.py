"""What sections are for, whatever their headings say."""

from __future__ import annotations

import pytest

from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Role
from qualitycheck.understanding.sections import heading_role
from tests.builders import report

FRONT = ("# Section 7 report", "| Child | Ada Lowe, born 3 May 2018 |", "| Mother | Ms Rhian Lowe |")


def role(heading: str, *lines: str) -> Role:
    case = understand(report(*FRONT, f"## {heading}", *lines))
    return case.roles[-1]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What the court has asked", Role.ISSUES),
        ("2. Enquiries undertaken", Role.ENQUIRIES),
        ("PART D: CHECKS", Role.CHECKS),
        ("How it began", Role.BACKGROUND),
        ("The parents' positions", Role.PARTIES),
        ("Wishes and feelings", Role.WISHES),
        ("School, nursery and health visitor", Role.PROFESSIONALS),
        ("Observation of contact", Role.OBSERVATION),
        ("Risk and harm", Role.HARM),
        ("Parenting capacity", Role.CAPACITY),
        ("Threshold", Role.THRESHOLD),
        ("Identity and culture", Role.DIVERSITY),
        ("Professional analysis", Role.ANALYSIS),
        ("Ways this could go", Role.OPTIONS),
        ("The local authority's care plan", Role.CARE_PLAN),
        ("Timescales", Role.TIMESCALES),
        ("The independent reviewing officer", Role.IRO),
        ("Conclusions and recommendations", Role.RECOMMENDATION),
        ("Who has been told", Role.SHARING),
        ("Time with his father", Role.CONTACT),
    ],
)
def test_headings_of_every_kind(heading: str, expected: Role) -> None:
    assert heading_role(heading) is expected


def test_a_name_in_a_heading_is_a_role() -> None:
    assert role("Ms Lowe", "She is 31.") is Role.PARTIES
    assert role("About Ada", "She is six.") is Role.CHILD
    assert role("What Ada told me", "She likes school.") is Role.WISHES
    assert role("What Ms Lowe says", "She is tired.") is Role.PARTIES


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["For: nobody moves. Against: it is far.", "Against that, it costs nothing. No order would be simpler."],
            Role.OPTIONS,
        ),
        (
            ["Ada told me that she likes school.", "She said, 'I want to stay.' I asked Ada what she would change."],
            Role.WISHES,
        ),
        (["Ms Lowe told me that mornings are hard.", "Ms Lowe says that she is tired."], Role.PARTIES),
        (["I recommend that Ada stays.", "There should be an order for one year."], Role.RECOMMENDATION),
    ],
)
def test_an_odd_heading_is_told_by_what_stands_under_it(lines: list[str], expected: Role) -> None:
    assert role("Kites", *lines) is expected


def test_label_cells_inherit_and_the_front_sheet_is_one() -> None:
    case = understand(
        report(
            *FRONT,
            "| Case number | DE24P00123 |",
            "## The options",
            "| Stay | For: it is near. |",
            "| Move | Against: far. |",
        )
    )
    by_title = {section.title: case.roles[section.index] for section in case.document.sections}
    assert by_title["Child"] is by_title["Case number"] is by_title["Mother"] is Role.FRONT_SHEET
    assert by_title["Stay"] is by_title["Move"] is Role.OPTIONS
