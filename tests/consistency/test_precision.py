"""What only looks like a contradiction: two people's accounts, other people, other times, months and towns."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck.consistency import CHECKS
from qualitycheck.miniature import report
from qualitycheck.understanding import understand

TEXT = (Path(__file__).parent / "section7.txt").read_text(encoding="utf-8")
BACKGROUND, ANALYSIS = "## Rory", "## Recommendation"


def marked(first: str, second: str = "", text: str = TEXT) -> list[tuple[str, str]]:
    text = text.replace(BACKGROUND, f"7a.\t{first}\n{BACKGROUND}")
    if second:
        text = text.replace(ANALYSIS, f"13a.\t{second}\n{ANALYSIS}")
    document = report(*text.splitlines())
    return [
        (name, document.paragraphs[fault.paragraph].text[fault.start : fault.end])
        for name, check in CHECKS.items()
        for fault in check(understand(document))
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Ms Tallis says that Rory's left wrist was bruised.",
            "Mr Aldridge says that Rory's right wrist was bruised.",
        ),
        (
            "Ms Tallis told me that he broke his left arm on the trampoline.",
            "Mr Aldridge told me that he broke his right arm on the trampoline.",
        ),
        (
            "Mr Aldridge alleges that there were six arguments at the flat that winter.",
            "Ms Tallis says that there were two arguments at the flat that winter.",
        ),
        (
            "Ms Tallis told me that handover at the library in Monks Road is on Fridays.",
            "Mr Aldridge told me that handover at the library in Monks Road is on Thursdays.",
        ),
    ],
)
def test_two_peoples_accounts_may_differ(first: str, second: str) -> None:
    assert marked(first, second) == []


def test_a_side_that_nobody_is_said_to_tell_may_not_change() -> None:
    found = marked("The hospital recorded bruising to the left wrist.", "The bruise on his right wrist has no cause.")
    assert [name for name, _ in found] == ["sides"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr Aldridge had a fall in March 2023 and was off work. Marsh and Mr Aldridge are not related.",
        "In August they all went to Rary for ten days.",
        "They were in Roary for a week.",
    ],
)
def test_months_and_towns_are_no_misspelt_names(sentence: str) -> None:
    assert marked(sentence) == []


def test_a_slip_in_a_name_after_a_preposition_is_found_where_a_person_is_meant() -> None:
    assert ("names", "Roary") in marked("It is a long way to Roary's school.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Rory has gone fishing with his uncle since he was two, and for a whole week in April 2025.",
        "Two more of his teeth came out in May 2025.",
    ],
)
def test_a_number_that_is_no_present_age_is_not_compared(sentence: str) -> None:
    assert marked(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The order would last from 3 May 2024 until he is eighteen.",
        "The order made on 3 May 2024 lasts until he is 18.",
        "The first would end at eighteen at the latest.",
        "The first would end when Rory is eighteen, at the latest.",
        "An order of 3 May 2024 ends before he is eighteen, or at the age of sixteen.",
        "The order of 3 May 2024 is in force to the age of 18.",
        "At eighteen, Rory will choose for himself.",
        "By the age of eighteen he would have had nine social workers.",
        "In January 2025 Mr Aldridge promised to pay until Rory turns 16.",
    ],
)
def test_an_age_that_an_order_or_a_plan_speaks_of_is_not_the_childs_age(sentence: str) -> None:
    assert marked(sentence) == []
    assert marked("Rory is seven.", sentence) == []


@pytest.mark.parametrize("sentence", ["Rory is eighteen.", "Rory, aged nine, is at school.", "At nine he reads well."])
def test_an_age_that_the_child_has_not_reached_and_is_said_to_have_is_found(sentence: str) -> None:
    assert [name for name, _ in marked(sentence)] == ["ages"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mrs Court: Rory is fine till home time. Rory is tired by then. She would sooner that nothing changed.",
        "Rory wants to see her every week.",
    ],
)
def test_a_pronoun_may_be_anybodys_whom_the_paragraph_names(sentence: str) -> None:
    assert marked(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Ms Tallis's uncle, Rory Price, is 34 and a roofer.",
        "Mr Aldridge's cousin Rory Price, a roofer, drives him to handovers.",
    ],
)
def test_an_adult_may_have_the_childs_first_name(sentence: str) -> None:
    assert marked(sentence) == []


def test_a_date_of_birth_is_no_date_of_a_visit() -> None:
    text = TEXT.replace("Rory James Tallis, born 9 October 2017 (7)", "Rory James Tallis (9 October 2017)")
    text = text.replace("at his mother's home on 8 May 2025", "at his mother's home on 9 May 2025")
    text = text.replace("On 8 May he", "On 9 May he")
    text = text.replace("met Ms Tallis on 8 May 2025", "met Ms Tallis on 9 May 2025")
    assert marked("On Friday 9 May 2025 I saw Rory James Tallis.", text=text) == []


def test_one_of_two_children_may_be_told_of_with_another() -> None:
    assert marked("Mr Aldridge has a daughter, Skye, who lives in Leeds. He loves both children.") == []
    assert marked("Both children were at the match. Rory sat with his half-sister.") == []
