"""Addresses and numbers of the family are found whatever stands beside them; an office's are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck.consistency.addresses import addresses
from qualitycheck.miniature import report
from qualitycheck.understanding import understand

TEXT = (Path(__file__).parent / "section7.txt").read_text(encoding="utf-8")


def found(text: str) -> list[str]:
    document = report(*text.splitlines())
    return [
        document.paragraphs[fault.paragraph].text[fault.start : fault.end] for fault in addresses(understand(document))
    ]


def told(sentence: str) -> list[str]:
    return found(TEXT.replace("## Rory", f"7a.\t{sentence}\n## Rory"))


HOME = "14 Carr Lane, Lincoln LN1 3ZZ"


@pytest.mark.parametrize(
    ("sentence", "details"),
    [
        (f"Ms Tallis now lives at {HOME}, and works nights.", [HOME]),
        (f"Ms Tallis met me. She now lives at {HOME}, near the school.", [HOME]),
        (f"She moved to {HOME} with her partner, a police officer.", [HOME]),
        (f"Ms Tallis works nights at a shop and lives at {HOME}.", [HOME]),
        (f"Ms Tallis lives near the contact centre at {HOME}.", [HOME]),
        (f"Ms Hart now lives at {HOME}.", [HOME]),
        ("Rory lives with his mother at 27 Quarry Close, Buxton.", ["27 Quarry Close"]),
        ("Mr Aldridge lives in the end house on Tanners Row, Hexham.", ["end house on Tanners Row, Hexham"]),
        (
            "Mr Aldridge lives at 14 Carr Lane, works at the school, and his mobile is 07700 900123.",
            ["14 Carr Lane", "07700 900123"],
        ),
        ("Ms Tallis moved from 3 Mill Road to 14 Carr Lane last year.", ["3 Mill Road", "14 Carr Lane"]),
        ("Ms Tallis can be contacted on 07700 900123 after she leaves the shop.", ["07700 900123"]),
        ("Ms Tallis works at a shop and can be contacted on 07700 900123.", ["07700 900123"]),
        ("Her e-mail address is h.tallis@gmail.com.", ["h.tallis@gmail.com"]),
    ],
)
def test_a_private_detail_is_found(sentence: str, details: list[str]) -> None:
    assert told(sentence) == details


@pytest.mark.parametrize(
    "sentence",
    [
        "I saw Rory at his school, 12 School Road, Lincoln LN1 2AB.",
        "Contact takes place at the Willow Contact Centre, 3 Mill Lane, Lincoln LN2 1AA.",
        "Ms Tallis meets Rory at the library, 3 Mill Lane, Lincoln LN2 1AA, and they walk home.",
        "Rory lives with Ms Tallis and goes to Westgate Primary School, 12 School Road, Lincoln LN1 2AB.",
        "Ms Tallis was seen at my office, 4 Castle Street, Lincoln LN1 1AA.",
        "She may call the duty social worker on 01522 552222.",
        "Mrs Court, Rory's class teacher, can be contacted on 01522 552222.",
        "The school's number is 01522 552222 and his mother has it.",
        "Mr Aldridge works at the garage, 9 Mill Road, Lincoln.",
        "Mr Aldridge lives with his aunt and works at 9 Mill Road, Lincoln.",
        "Police were called to a row in Carr Lane, where Ms Tallis lives.",
        "Ms Tallis attends the surgery at 8 High Street, Lincoln LN5 7AA.",
        "Her home address is confidential (form C8).",
    ],
)
def test_an_offices_or_a_professionals_is_left_alone(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        (f"Ms Tallis now lives at {HOME}.", " of the family"),
        (f"The mother now lives at {HOME}.", " of the family"),
        (f"She now lives at {HOME}.", ""),
    ],
)
def test_it_is_said_to_be_the_familys_only_where_one_of_them_is_named(sentence: str, whose: str) -> None:
    document = report(*TEXT.replace("## Rory", f"7a.\t{sentence}\n## Rory").splitlines())
    (fault,) = addresses(understand(document))
    assert fault.detail == {"kind": "home address", "whose": whose}


@pytest.mark.parametrize(
    ("row", "details"),
    [
        (f"| Mother | Ms Hannah Tallis, {HOME} |", [HOME]),
        ("| Maternal grandmother | Mrs Joan Tallis, 07700 900123 |", ["07700 900123"]),
        (f"| Mother's solicitor | Nunn and Co, {HOME} |", []),
        (f"| Court | Family Court at Lincoln, {HOME} |", []),
    ],
)
def test_a_front_sheet_gives_an_offices_address_and_no_home(row: str, details: list[str]) -> None:
    assert found(TEXT.replace("| Father |", f"{row}\n| Father |")) == details
