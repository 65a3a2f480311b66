"""The case as a whole: its facts, and that every sentence leads back to its words."""

from __future__ import annotations

from datetime import date

import pytest

from qualitycheck.document import Document
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType
from tests.builders import report
from tests.growth import growth


def full() -> Document:
    return report(
        "# Section 7 report",
        "| Court | Family Court at Derby |",
        "| Case number | DE24P00123 |",
        "| Child | Ada Lowe, born 3 May 2018 |",
        "| Mother | Ms Rhian Lowe |",
        "| Author | Jean Marsh, family court adviser |",
        "| Date of report | 11 June 2024 |",
        "| Hearing | 8 July 2024 |",
        "## Wishes and feelings",
        "4.1 Ada told me on 3 June 2024 that “it’s fine”. She is six – nearly seven.",
        "- She likes Mrs. Hale, e.g. for her songs.",
        "^ Seen at school, see para. 12.",
    )


def test_the_facts_of_the_front_sheet() -> None:
    case = understand(full())
    assert (case.type, case.report_date) == (ReportType.SECTION7, date(2024, 6, 11))
    assert (case.case_number, case.court) == ("DE24P00123", "Family Court at Derby")


def test_every_sentence_is_its_paragraphs_words() -> None:
    case = understand(full())
    for sentence in case.sentences:
        text = case.paragraph_of(sentence).text
        assert sentence.text == text[sentence.start : sentence.end]
        assert len(sentence.offsets) == len(sentence.masked) + 1
        assert sentence.span(0, len(sentence.masked)) == (sentence.start, sentence.end)
    assert [sentence.index for sentence in case.sentences] == list(range(len(case.sentences)))


def test_masks_and_typed_numbers() -> None:
    case = understand(full())
    masked = [sentence.masked for sentence in case.sentences]
    assert "CHILD told me on DATE that QUOTE." in masked
    assert "seen at school, see REF." in masked


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Report dated 11 June 2024 and filed for the hearing on 8 July 2024.", date(2024, 6, 11)),
        ("Signed: J. Marsh, 11 June 2024", date(2024, 6, 11)),
        ("11 June 2024", date(2024, 6, 11)),
        ("The plan, dated 11 June 2024, was read and I have thought about it for some time since then.", None),
    ],
)
def test_the_reports_own_date(line: str, expected: date | None) -> None:
    assert understand(report("# Section 7 report", "## Background", "They met in 2014.", line)).report_date == expected


def test_an_empty_document_is_understood_as_nothing() -> None:
    case = understand(report())
    assert (case.type, case.people, case.sentences) == (ReportType.OTHER, (), ())


def test_the_same_document_gives_the_same_case() -> None:
    assert understand(full()) == understand(full())


def test_cost_grows_in_proportion_to_length() -> None:
    lines = [
        f"On {day} May 2024 Ms Lowe told me that 'it is hard'. "
        f"She said that Mr Abel Stone{day} came. I consider that it is."
        for day in range(1, 29)
    ]

    front = ("# Section 7 report", "| Child | Ada Lowe, born 3 May 2018 |")
    documents = {times: report(*front, *(lines * times)) for times in (2, 20)}
    assert growth(lambda times: understand(documents[times]), 2) < 40
