"""Who is in a report, on front sheets of every kind and on none."""

from __future__ import annotations

from datetime import date

import pytest

from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, Person, Position
from tests.builders import report

BIRTH = date(2018, 5, 3)


def people(*lines: str) -> Case:
    return understand(report(*lines))


def only(case: Case, position: Position) -> Person:
    (person,) = [person for person in case.people if person.position is position]
    return person


FRONTS = {
    "rows": ["| Child | Ada Lowe, born 3 May 2018 |", "| Mother | Rhian Lowe |", "| Father | Carl Hume |"],
    "sentence": ["Concerning: Ada Lowe (born 3 May 2018).",
                 "Applicant: Mr Carl Hume, father. Respondent: Ms Rhian Lowe, mother."],
    "columns": ["| Child's name | Date of birth | School |", "| Ada Lowe | 3 May 2018 | Elm Park |",
                "Parents: Rhian Lowe (M); Carl Hume (F)"],
    "name and birth rows": ["## The child", "| Name | Ada Lowe |", "| Date of birth | 03/05/2018 |", "## Parties",
                            "Mother: Rhian Lowe", "Father: Carl Hume"],
    "initials": ["Ada Lowe, b. 3 May 2018. M: Rhian Lowe. F: Carl Hume, PR by birth certificate."],
    "known as": ["Ada Lowe, known as Addie, born 3 May 2018.", "Mother: Ms Rhian Lowe", "Father: Mr Carl Hume"],
}  # fmt: skip


@pytest.mark.parametrize("lines", FRONTS.values(), ids=FRONTS)
def test_child_and_parents_on_any_front_sheet(lines: list[str]) -> None:
    case = people("# Section 7 report", *lines, "## Background", "Ada lives with her mother. Mr Hume lives nearby.")
    child = only(case, Position.CHILD)
    assert (child.name, child.date_of_birth) == ("Ada Lowe", BIRTH)
    assert only(case, Position.MOTHER).name == "Rhian Lowe"
    assert only(case, Position.FATHER).name == "Carl Hume"


def test_several_children_keep_their_order_and_dates() -> None:
    case = people(
        "# Section 7 report",
        "| Children | Ada Lowe, born 3 May 2018; Ben Lowe, 04.06.2020; Cai Lowe (1) |",
        "| Half-sister | Dot Hume, 12, not a subject |",
    )
    assert [(c.name, c.date_of_birth) for c in case.children] == [
        ("Ada Lowe", BIRTH),
        ("Ben Lowe", date(2020, 6, 4)),
        ("Cai Lowe", None),
    ]
    assert only(case, Position.SIBLING).name == "Dot Hume"


def test_children_of_a_report_without_a_front_sheet() -> None:
    case = people(
        "# Report",
        "Ada is a girl of six and Ben is a boy of three. Ada goes to Elm Park. Ada likes it.",
        "Ben is at home. Ben sleeps badly.",
    )
    assert [child.name for child in case.children] == ["Ada", "Ben"]
    assert [child.pronoun for child in case.children] == ["she", "he"]


def test_professionals_and_relatives_by_what_stands_beside_their_names() -> None:
    case = people(
        "# Section 7 report",
        *FRONTS["rows"],
        "Mrs Joan Sallis, the health visitor, rang. The class teacher, Mr Oduya, wrote. Tess Hume (F's sister) came.",
        "Mr Hume's mother, Mrs Edie Hume, was there. Petronel Marsh, social worker, was not.",
    )
    role = {person.name: (person.position, person.role) for person in case.people}
    assert role["Joan Sallis"] == (Position.PROFESSIONAL, "health visitor")
    assert role["Mr Oduya"] == (Position.PROFESSIONAL, "class teacher")
    assert role["Petronel Marsh"] == (Position.PROFESSIONAL, "social worker")
    assert role["Tess Hume"][0] is Position.ADULT
    assert role["Edie Hume"][0] is Position.ADULT


def test_every_form_of_a_name_is_the_same_person() -> None:
    case = people(
        "# Section 7 report",
        *FRONTS["rows"],
        "Ms Rhian Lowe spoke. Ms Lowe said so. M agreed. Rhian laughed. M left.",
    )
    mother = only(case, Position.MOTHER)
    assert {"Rhian Lowe", "Ms Lowe", "Ms Rhian Lowe", "M", "Rhian"} <= mother.aliases
    assert mother.pronoun == "she"


@pytest.mark.parametrize(
    "lines",
    [
        ["| Author | Jean Marsh, family court adviser |", "## Background", "They met in 2014."],
        ["Prepared by Jean Marsh, social worker, on 3 May 2024.", "## Background", "They met in 2014."],
        ["## Background", "They met in 2014.", "Jean Marsh", "Family court adviser"],
        ["I am Jean Marsh, a family court adviser.", "## Background", "They met in 2014."],
    ],
)
def test_the_author_is_known(lines: list[str]) -> None:
    assert only(people("# Section 7 report", *lines), Position.AUTHOR).name == "Jean Marsh"


def test_places_months_and_headings_are_nobody() -> None:
    case = people(
        "# Section 7 report",
        *FRONTS["rows"],
        "## Home Visit",
        "In May Elm Park School and Derby City Council wrote.",
        "On Saturday the Three Houses tool was used in Stoke Newington.",
    )
    assert {person.name for person in case.people} == {"Ada Lowe", "Rhian Lowe", "Carl Hume"}


def test_many_names_cost_no_more_than_their_length() -> None:
    case = people("# Section 7 report", *(f"Mr Abel Surname{n} and Mrs Joan Other{n} were seen." for n in range(400)))
    assert len(case.people) <= 160
