"""British dates, ages and times in running text."""

from __future__ import annotations

from datetime import date

import pytest

from qualitycheck.language.dates import find_ages, find_dates, find_times, parse_date
from qualitycheck.language.numbers import number


@pytest.mark.parametrize(
    "written",
    [
        "3 May 2024",
        "3rd May 2024",
        "3rd of May, 2024",
        "Friday 3 May 2024",
        "Fri. 3 May 2024",
        "03/05/24",
        "3.5.2024",
        "03-05-2024",
        "2024-05-03",
        "May 3, 2024",
    ],
)
def test_every_form_of_a_whole_date(written: str) -> None:
    text = f"It was {written}, at home."
    (mention,) = find_dates(text)
    assert mention.date == date(2024, 5, 3)
    assert text[mention.start : mention.end] == written
    assert mention.weekday == (4 if written.startswith("Fri") else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen on 3, 8 and 12 May 2024.", [(3, 5, 2024), (8, 5, 2024), (12, 5, 2024)]),
        ("between 4 and 9 May", [(4, 5, None), (9, 5, None)]),
        ("from 4-9 May 2024", [(4, 5, 2024), (9, 5, 2024)]),
        ("in May 2024, since 2019 and by April", [(None, 5, 2024), (None, None, 2019), (None, 4, None)]),
        ("on the 24th", [(24, None, None)]),
        ("He may march in. June told me. Room 2024 has 12 may bugs.", [(12, 5, None)][:0]),
    ],
)
def test_parts_and_lists_of_dates(text: str, expected: list[tuple[int | None, ...]]) -> None:
    assert [(m.day, m.month, m.year) for m in find_dates(text)] == expected


def test_a_date_that_no_calendar_has() -> None:
    (wrong,) = find_dates("31 June 2024")
    assert wrong.date is None and not wrong.possible
    (leap,) = find_dates("29 February")
    assert leap.possible


def test_parse_date_gives_the_first_whole_one() -> None:
    assert parse_date("May, then 03/05/98") == date(1998, 5, 3)
    assert parse_date("none here") is None


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        ("Ada, aged five, came.", 5, None),
        ("He is aged 3 years and 4 months.", 3, 4),
        ("a five-year-old boy", 5, None),
        ("She is twenty-two months old.", 1, 10),
        ("At five, he cannot choose.", 5, None),
        ("Ada (8) was seen.", 8, None),
        ("Alfie, six, was seen.", 6, None),
        ("Ms Sallis is 29.", 29, None),
        ("a girl of 7 months", 0, 7),
    ],
)
def test_ages(text: str, years: int, months: int | None) -> None:
    (age,) = find_ages(text)
    assert (age.years, age.months) == (years, months)


def test_an_age_knows_whose_it_is() -> None:
    text = "Ada (8) and Ben (5) live there."
    assert [text[a.owner[0] : a.owner[1]] for a in find_ages(text) if a.owner] == ["Ada", "Ben"]


@pytest.mark.parametrize(
    "text",
    [
        "section 31 (2) of the Act",
        "At 5 o'clock she left.",
        "Option (3) is best.",
        "In March, 3, came.",
        "He is 3 miles away.",
    ],
)
def test_numbers_that_are_no_ages(text: str) -> None:
    assert find_ages(text) == []


def test_times() -> None:
    text = "at 3.30 pm, 10 a.m., 14:30, noon, half past six and nine o'clock; 3.5 kg"
    assert [(t.hour, t.minute) for t in find_times(text)] == [(15, 30), (10, 0), (14, 30), (12, 0), (6, 30), (9, 0)]


def test_numbers_in_words() -> None:
    assert [number(word) for word in ("Fourteen", "twenty-five", "7", "none")] == [14, 25, 7, None]
