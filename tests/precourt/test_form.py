"""The reading form as a service would file it: everything that was said, and plainly what was not."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from docx import Document as open_word
from docx.document import Document as Word

from qualitycheck.precourt.form import CAVEAT, Form, render
from qualitycheck.precourt.reading import Handing, Judgement, Reply, Said, Stance, State
from qualitycheck.result import Level, Status
from tests.precourt.readings import DRAFTS, READING, SAID, day, form, of_one_round
from tests.precourt.said import comment, document, draft, finding, result

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(given: Form) -> Word:
    return open_word(io.BytesIO(render(given)))


@pytest.fixture(scope="module")
def usual() -> Word:
    """The form of the reading of two rounds."""
    return opened(form())


def lines(given: Form | Word) -> list[str]:
    page = opened(given) if isinstance(given, Form) else given
    return [paragraph.text for paragraph in page.paragraphs if paragraph.text]


def rows(given: Form | Word, table: int) -> list[list[str]]:
    page = opened(given) if isinstance(given, Form) else given
    return [[cell.text for cell in row.cells] for row in page.tables[table].rows]


def after(told: list[str], heading: str) -> list[str]:
    return told[told.index(heading) + 1 :]


def test_what_it_is_about_and_who_read_it(usual: Word) -> None:
    about = after(lines(usual), "Report")
    assert about[:6] == [
        "Case: Marlowe",
        "Case number: NE26P00417",
        "Report: section 7 report, 1 words",
        "Author: Jo Lindqvist",
        "Reader: S. Okafor, read as a manager",
        "Asked for by: Jo Lindqvist",
    ]
    assert about[6] == "Handed on: from A. Peel to S. Okafor on 11 November 2026, by T. Brandt. Reason: On leave."


def test_the_dates_stand_to_the_filing_date(usual: Word) -> None:
    assert rows(usual, 0) == [
        ["What", "Day", "To the filing date"],
        ["Round 1: draft 1 sent", "10 November 2026", "10 days before the filing date"],
        ["Round 1: draft 1 given back", "12 November 2026", "8 days before the filing date"],
        ["Round 2: draft 3 sent", "16 November 2026", "4 days before the filing date"],
        ["Round 2: draft 3 signed off", "18 November 2026", "2 days before the filing date"],
        ["Filed, as recorded", "19 November 2026", "1 day before the filing date"],
        ["Filing date", "20 November 2026", ""],
    ]
    assert "Signed off 1 day before the day it was filed." in lines(usual)
    late = opened(form(replace(READING, signed_off=day(21))))
    assert ["Signed off", "21 November 2026", "1 day after the filing date"] in rows(late, 0)
    assert "Signed off 2 days after the day it was filed." in lines(late)
    assert "Filed without a sign-off." in lines(form(replace(READING, signed_off=None)))


def test_each_criterion_has_its_judgement_or_none(usual: Word) -> None:
    told = {row[0]: row[1:] for row in rows(usual, 1)}
    assert told["Criterion"] == ["Reader", "Checker", "Reader and checker", "Reader's reason"]
    assert told["Harm suffered or at risk"] == ["partly met (draft 3)", "partial", "agrees", ""]
    assert told["Child seen, and alone"] == ["not judged", "met", "–", ""]
    assert told["Diversity"] == ["not judged", "not examined", "–", ""]
    first = opened(form(of_one_round(SAID)))
    told = {row[0]: row[1:] for row in rows(first, 1)}
    assert told["Harm suffered or at risk"][:3] == ["missing (before seeing the checker's)", "not found", "agrees"]
    assert told["Child seen, and alone"] == ["missing", "met", "disagrees", "Only the brother."]
    kinds = {row[0]: row[1:] for row in rows(first, 2)}
    assert kinds["A claim with nothing under it"] == ["not judged", "1 flagged", "–", ""]
    assert kinds["Should not stand in the report"][1] == "none flagged, 1 set aside by the author"


def test_a_fault_is_judged_in_its_own_words() -> None:
    said = replace(SAID, judgements={"vague-term": Judgement(Status.PARTIAL), "too-young": Judgement(Status.MET)})
    told = {row[0]: row[1] for row in rows(form(of_one_round(said)), 2)}
    assert told["A term left without meaning"] == "partly: some of it"
    assert told["Set aside as too young"] == "met: free of it"


def test_free_of_it_beside_what_was_found_is_said() -> None:
    found = "unsupported-assertion"
    free = replace(SAID, judgements={found: Judgement(Status.MET), "too-young": Judgement(Status.MET)})

    def beside(said: Said) -> dict[str, str]:
        return {row[0]: row[3] for row in rows(form(of_one_round(said)), 2)}

    assert beside(free)["A claim with nothing under it"] == "disagrees"
    assert beside(free)["Set aside as too young"] == "agrees"
    both = replace(free, replies={"aaaaaaaaaaaa": Reply(found, Stance.AGREE)})
    assert beside(both)["A claim with nothing under it"] == "disagrees, and agrees with or amends 1 of 1 flagged"


def test_who_took_it_and_who_withdrew_it_are_named() -> None:
    taken = replace(of_one_round(SAID), handed=(Handing(None, "read", "read", day(11), ""),))
    assert "Taken: by S. Okafor on 11 November 2026" in lines(form(taken))
    gone = replace(of_one_round(SAID), withdrawn=day(13), withdrawn_by="auth")
    assert "Withdrawn on 13 November 2026 by Jo Lindqvist, without a sign-off." in lines(form(gone))


def test_each_comment_has_its_answer_and_what_became_of_it(usual: Word) -> None:
    told = after(lines(usual), "1. A term left without meaning")
    assert told[:5] == [
        "On: 1. Analysis: “often”",
        "Reader: How often?",
        "Requested: Say since when.",
        "Author's answer: The author says: changed. With dates now.",
        "What became of it: In draft 3: The passage was not found again: it was taken out, or rewritten. "
        "The reader marked it as settled (round 2).",
    ]
    told = after(lines(usual), "2. Harm suffered or at risk")
    assert told[:4] == [
        "On: the whole report",
        "Reader: Well put.",
        "Requested: nothing",
        "3. Should not stand in the report",
    ]
    told = after(told, "3. Should not stand in the report")
    assert told[0] == "On: 3. Analysis", "words that should not stand in the report do not stand in the form"
    assert told[3] == "Author's answer: The author has not answered."
    assert told[4].endswith("The reader has not marked whether it is settled.")
    assert "Elm Road" not in " ".join(lines(usual))


def test_who_read_which_round_where_it_was_handed_on() -> None:
    handed = replace(READING, handed=(replace(READING.handed[0], at=day(14)),))
    told = lines(form(handed))
    assert "Round 1, draft 1, read by A. Peel" in told
    assert "Round 2, draft 3, read by S. Okafor" in told


def test_replies_and_what_was_not_answered(usual: Word) -> None:
    (_, reply) = rows(usual, 3)
    assert reply[1:] == ["must fix", "3", "disagrees", "His own words to me."]
    assert reply[0] == "A claim with nothing under it, 2. Analysis: “taken drugs”"
    assert "To 1 other finding in draft 3, none of which must be fixed, the reader wrote no reply." in lines(usual)
    silent = opened(form(of_one_round(replace(SAID, replies={}))))
    assert rows(silent, 3)[1][3:] == ["not answered", ""]
    assert "1 finding that must be fixed was not answered." in lines(silent)


def test_a_reply_to_a_finding_that_is_gone_stays_on_record() -> None:
    gone = form(drafts={1: DRAFTS[1], 2: draft(3, document("1.\tNew."), result())})
    later = replace(READING, rounds=(READING.rounds[0], replace(READING.rounds[1], said=Said())))
    assert rows(replace(gone, reading=later), 3)[1][2:] == ["1 (gone since)", "disagrees", "His own words to me."]


def test_overall_and_what_needs_a_person(usual: Word) -> None:
    told = lines(usual)
    assert after(told, "Overall")[0] == "Round 2: Argued at the hearing, as the court asked."
    left = after(told, "Not examined by the checker, or needing a person's reading")
    assert left[0] == "Seen in the file and not read: image, 2."
    assert "Diversity: The checker did not examine this. Reader: not judged." in left
    assert left[-1] == CAVEAT
    assert "The reader wrote no overall reason." in lines(form(of_one_round(SAID)))


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (Said(), "An empty reading: no comment was written."),
        (Said(comments=(comment(action=""),)), "No comment in this reading asks for anything: praise or remarks only."),
        (SAID, "33 of the 35 criteria for this report were not judged."),
    ],
)
def test_what_is_wanting_is_said_before_all_else(said: Said, first: str) -> None:
    told = lines(form(of_one_round(said)))
    assert told[:2] == ["Reading before court", first]


def test_where_it_stands() -> None:
    assert "This reading is not signed off." in lines(form(of_one_round(SAID)))
    not_back = lines(form(of_one_round(SAID, returned=False)))
    assert "This draft was not given back yet: what stands here of it may still change." in not_back
    withdrawn = replace(of_one_round(SAID), withdrawn=day(14))
    assert withdrawn.state is State.WITHDRAWN
    assert "Withdrawn on 14 November 2026, without a sign-off." in lines(form(withdrawn))


def test_who_judges_first_learns_nothing_of_the_checker_from_the_form() -> None:
    said = Said(judgements={"harm": Judgement(Status.MET, independent=True)}, comments=SAID.comments[:1])
    hidden = opened(form(of_one_round(said, returned=False, revealed=False)))
    assert rows(hidden, 1)[0] == ["Criterion", "Reader", "Reader's reason"]
    told = lines(hidden) + [cell for table in (0, 1, 2) for row in rows(hidden, table) for cell in row]
    for words in ("taken drugs", "flagged", "must be fixed", "agrees", "set aside", "The checker's findings"):
        assert not any(words in line for line in told), words


def test_headings_and_tables_are_what_they_look_like(usual: Word) -> None:
    levels = [int(p.style.name[-1]) for p in usual.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for table in usual.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblCaption") is not None
    assert usual.core_properties.title == "Reading before court: Marlowe"
    assert usual.core_properties.author == ""


def test_the_same_reading_makes_the_same_bytes() -> None:
    assert render(form()) == render(form())


def test_text_that_no_word_file_can_hold() -> None:
    odd = comment(said="a\x00b\ufffe <w:p>", action="c\x0bd")
    assert "Reader: ab <w:p>" in lines(form(of_one_round(replace(SAID, comments=(odd,)))))


def test_a_report_that_no_criterion_is_for() -> None:
    text = document("1.\tA letter.")
    other = result(finding(text, "letter", level=Level.CONSIDER), type="other")
    told = lines(form(of_one_round(SAID), {1: draft(1, text, other)}))
    assert "No criterion is written for a report of this kind." in told
