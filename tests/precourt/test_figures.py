"""The figures of readings, from records: what counts as what, and what is never shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product

import pytest
from lxml import etree
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score

from qualitycheck.inspecting.agreement import kappa, kappa_within
from qualitycheck.miniature import report
from qualitycheck.precourt import figure_tables
from qualitycheck.precourt.cells import TOO_FEW, Agreed, Cell, Days, Rate, Share, hidden
from qualitycheck.precourt.criteria_figures import GRADES
from qualitycheck.precourt.figures import Figure, Figures, Kept, Month, Settings, Told, figures_of
from qualitycheck.precourt.reading import (
    Answer,
    Comment,
    Judgement,
    Kind,
    Reading,
    Reply,
    Round,
    Said,
    Stance,
)
from qualitycheck.precourt.record import Found, Pair, Reacted, Record, Request, Seen, from_json, record_of, to_json
from qualitycheck.rendering.bars import svg
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Status
from qualitycheck.rulebook.packs import load_rulebook

CRITERIA = load_rulebook().criteria
TODAY = date(2026, 11, 22)
FILING = date(2026, 6, 20)
MARCH, JUNE = Month(2026, 3), Month(2026, 6)


def record(day: date = date(2026, 6, 10), kind: Kind = "peer", **given: object) -> Record:
    done = Record("section7", kind, day - timedelta(days=2), FILING, returned=day, signed_off=day, rounds=1, days=(2,))
    return replace(done, **given)  # type: ignore[arg-type]


def figures(records: Sequence[Told], since: Month = MARCH, until: Month = JUNE, **given: object) -> Figures:
    teams = {"e": "East", "w": "West"}
    return figures_of(records, Settings(since, until, teams, CRITERIA, **given), TODAY)  # type: ignore[arg-type]


def figure(found: Figures, id: str) -> Figure:
    return next(each for each in found.figures if each.id == id)


def cells(found: Figures, id: str, row: str = "all") -> dict[str, Cell | None]:
    """Of one row, by column."""
    of = figure(found, id)
    rows = [each for block in of.every for each in block.rows if each.label == row]
    return dict(zip(of.columns, rows[0].cells, strict=True))


# The inspection of 2008 (Ofsted's report on Cafcass's East Midlands region): 88 forms, 15 of them by managers, 60
# without a written comment, 8 with a critical one.


def inspected() -> Figures:
    forms = [
        record(
            date(2007, 6, 1 + number % 28),
            "manager" if number < 15 else "peer",
            filing=date(2007, 7, 20),
            comments=int(number >= 60),
            requests=(Request("harm"),) if number >= 80 else (),
        )
        for number in range(88)
    ]
    return figures([("e", form) for form in forms], Month(2007, 6), Month(2007, 7))


def test_the_forms_of_the_inspection_give_its_own_numbers() -> None:
    found = inspected()
    assert cells(found, "comments")["with a comment"] == Share(28, 88)
    assert cells(found, "comments")["with a substantive comment"] == Share(8, 88)
    assert cells(found, "readings", "Managers")["readings done"] == Share(15, 88)
    assert cells(found, "readings", "Peers")["readings done"] == Share(73, 88)
    assert cells(found, "comments")["comments in readings"] == Rate(28, 88)
    assert cells(found, "actions")["acted on before filing"] == Share(0, 8)
    assert cells(found, "actions")["open at filing"] == Share(8, 8)


# What counts as what


@pytest.mark.parametrize(
    ("filed", "day", "column"),
    [
        (date(2026, 6, 12), date(2026, 6, 10), "before filing"),
        (date(2026, 6, 12), date(2026, 6, 12), "before filing"),
        (date(2026, 6, 12), date(2026, 6, 13), "after filing"),
        (None, date(2026, 6, 20), "by the day it was due, filing not recorded"),
        (None, date(2026, 6, 21), "after the day it was due, filing not recorded: not known"),
    ],
)
def test_before_filing_or_after_is_by_the_day_recorded_and_else_said_to_be_by_the_day_due(
    filed: date | None, day: date, column: str
) -> None:
    found = figures([("e", record(day, filed=filed))] * 6)
    for id in ("read", "signed-off"):
        told = cells(found, id)
        assert told.pop(column) == Share(6, 6)
        assert set(told.values()) == {Share(0, 6)}


def test_what_was_never_signed_off_was_signed_off_neither_before_nor_after() -> None:
    found = figures([("e", record(signed_off=None, filed=date(2026, 6, 30)))] * 6)
    assert cells(found, "signed-off")["not signed off"] == Share(6, 6)
    assert cells(found, "read")["before filing"] == Share(6, 6)


BEFORE, AFTER = date(2026, 6, 19), date(2026, 6, 21)


@pytest.mark.parametrize(
    ("request_", "more", "column"),
    [
        (Request("harm", "changed", BEFORE), {}, "acted on before filing"),
        (Request("harm", "changed", FILING), {}, "acted on before filing"),
        (Request("harm", "changed", AFTER), {}, "open at filing"),
        (Request("harm", "changed", AFTER), {"filed": AFTER}, "acted on before filing"),
        (Request("harm", "changed", BEFORE), {"filed": date(2026, 6, 11)}, "open at filing"),
        (Request("harm", "declined", BEFORE), {}, "declined with a reason"),
        (Request("harm", "declined", AFTER), {}, "open at filing"),
        (Request("harm"), {}, "open at filing"),
        (Request("harm", settled=True), {}, "open at filing"),  # the reader is content; the author said nothing
        (Request("harm"), {"filing": TODAY}, "not due"),
        (Request("harm"), {"filing": TODAY, "filed": date(2026, 6, 12)}, "open at filing"),
        (Request("harm"), {"withdrawn": BEFORE, "signed_off": None}, "withdrawn"),
        (Request("harm"), {"withdrawn": AFTER, "signed_off": None}, "open at filing"),
        (Request("harm"), {"withdrawn": BEFORE, "filed": FILING, "signed_off": None}, "open at filing"),
        (Request("harm", "changed", BEFORE), {"withdrawn": BEFORE, "signed_off": None}, "acted on before filing"),
    ],
)
def test_a_request_is_acted_on_only_where_its_author_said_so_by_the_day_of_filing(
    request_: Request, more: dict[str, object], column: str
) -> None:
    told = cells(figures([("e", record(requests=(request_,), **more))] * 5), "actions")
    ways = list(told)[:5]
    assert {way: told[way] for way in ways} == {way: Share(5 * (way == column), 5) for way in ways}


def test_of_those_acted_on_the_reader_says_which_are_settled() -> None:
    marks = [Request("harm", "changed", BEFORE, mark) for mark in (True, True, True, False, None, None)]
    told = cells(figures([("e", record(requests=(mark,))) for mark in marks]), "actions")
    assert told["of those acted on: settled"] == Share(3, 6)
    assert told["of those acted on: still open to the reader"] == Share(1, 6)


def test_turn_round_is_the_median_with_what_it_is_of() -> None:
    found = figures([("e", record(days=(days,))) for days in (0, 1, 2, 9, 30)])
    assert cells(found, "time")["days with the reader, a draft"] == Days(2.0, 5)
    assert cells(found, "time")["days to sign-off, a reading"] == Days(2.0, 5)


def test_a_reading_counts_in_the_month_in_which_it_was_first_given_back() -> None:
    told = [("e", record(day)) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 7, 1))]
    found = figures([one for one in told for _ in range(5)])
    assert found.readings == 10
    assert cells(found, "readings", "March 2026")["readings done"] == Share(5, 10)
    assert cells(found, "readings", "June 2026")["readings done"] == Share(0, 10)


def test_what_was_asked_for_and_not_read_is_told_and_is_in_no_other_figure() -> None:
    waiting = record(returned=None, signed_off=None, rounds=0, days=())
    withdrawn = replace(waiting, withdrawn=date(2026, 6, 11))
    found = figures([("e", one) for one in [record()] * 5 + [waiting] * 2 + [withdrawn]])
    assert cells(found, "asked") == {
        "given back": Share(5, 8),
        "not yet given back": Share(2, 8),
        "withdrawn before that": Share(1, 8),
    }
    assert cells(found, "comments")["with a comment"] == Share(0, 5)


def test_readings_of_other_teams_are_not_counted() -> None:
    assert figures([("e", record())] * 5 + [("somebody else's", record())] * 9).readings == 5


def test_teams_stand_in_the_order_of_their_names_and_nobody_is_in_any_figure() -> None:
    more = [("w", record(comments=9))] * 9 + [("e", record())] * 5
    by = {block.by: [row.label for row in block.rows] for block in figure(figures(more), "comments").blocks}
    assert by["team"] == ["East", "West"]
    assert set(by) == {"month", "reader", "team", "type of report"}


def test_coverage_is_of_the_cases_that_are_kept_and_says_so() -> None:
    settings = Settings(MARCH, JUNE, {"e": "East"}, CRITERIA)
    found = figures_of([], settings, TODAY, Kept(date(2026, 5, 26), 40, 12, 50))
    assert cells(found, "coverage")["cases with a report read"] == Share(12, 40)
    told = figure(found, "coverage")
    assert "26 May 2026" in told.definition and "not a share of all reports filed" in told.definition
    assert "50%" in told.notes[0]
    assert "coverage" not in [each.id for each in figures([]).figures]


# By criterion and rule


def found(**elements: Status) -> Found:
    return Found({id.replace("_", "-"): status for id, status in elements.items()}, {"vague-term": 2})


def test_findings_by_criterion_are_of_the_reports_to_which_they_apply() -> None:
    lacking, met, off = found(harm=Status.PARTIAL), found(harm=Status.MET), found(harm=Status.NOT_APPLICABLE)
    told = [record(first=lacking, last=met)] * 5 + [record(first=met, last=met)] * 5 + [record(first=off, last=off)]
    told[0] = replace(told[0], pairs=(Pair("harm", Status.PARTIAL, Status.MET, False),))
    rows = figures([("e", one) for one in told])
    harm = cells(rows, "lacking", CRITERIA["harm"].title)
    assert harm == {
        "checker, first draft": Share(5, 10),
        "checker, last draft": Share(0, 10),
        "reader's own judgement": None,  # of one report
    }
    vague = cells(rows, "lacking", CRITERIA["vague-term"].title)
    assert vague["checker, first draft"] == Share(11, 11)
    threshold = [row.label for row in figure(rows, "lacking").blocks[0].rows]
    assert CRITERIA["threshold"].title not in threshold  # of another kind of report


def test_what_comes_back_is_counted_month_by_month() -> None:
    lacking, met = found(harm=Status.MISSING, diversity=Status.MET), found(harm=Status.MET, diversity=Status.MISSING)
    march = [record(date(2026, 3, 5), first=lacking)] * 6
    april = [record(date(2026, 4, 5), first=lacking)] * 2 + [record(date(2026, 4, 6), first=met)] * 5
    told = figure(figures([("e", one) for one in march + april]), "repeated")
    assert told.columns == ("March 2026", "April 2026")
    rows = {row.label: row.cells for row in told.blocks[0].rows}
    assert rows[CRITERIA["harm"].title] == (Share(6, 6), Share(2, 7))
    assert CRITERIA["diversity"].title not in rows  # in one month only


def pairs(given: Sequence[tuple[Status, Status]], *, independent: bool) -> list[Record]:
    return [record(pairs=(Pair("harm", one, other, independent),)) for one, other in given]


GIVEN = [
    *[(Status.MET, Status.MET)] * 9,
    *[(Status.MISSING, Status.MISSING)] * 4,
    *[(Status.PARTIAL, Status.MET)] * 3,
    *[(Status.MISSING, Status.PARTIAL)] * 2,
]


def test_agreement_is_weighted_kappa_apart_for_judgements_before_and_after() -> None:
    off = pairs([(Status.MET, Status.NOT_APPLICABLE)], independent=True)
    told = pairs(GIVEN, independent=True) + off + pairs(GIVEN[:15], independent=False)
    before, after = cells(figures([("e", one) for one in told]), "agreement", CRITERIA["harm"].title).values()
    assert isinstance(before, Agreed) and isinstance(after, Agreed)
    assert (before.of, before.apart, after.of) == (18, 1, 15)
    checker, reader = zip(*GIVEN, strict=True)
    order = [str(grade) for grade in GRADES]
    expected = cohen_kappa_score([str(c) for c in checker], [str(r) for r in reader], labels=order, weights="quadratic")
    assert before.kappa.value == pytest.approx(expected)
    assert before.kappa.low is not None and before.kappa.high is not None
    assert before.kappa.low < expected < before.kappa.high
    assert "0.8" in figure_tables.text(before) and "%" not in figure_tables.text(before)


def test_no_kappa_follows_where_one_of_the_two_gave_everything_one_grade() -> None:
    told = pairs([(Status.MET, grade) for grade in GRADES] * 3, independent=True)
    before = cells(figures([("e", one) for one in told]), "agreement", CRITERIA["harm"].title)
    assert figure_tables.text(next(iter(before.values()))) == "–, 9 reports"


def test_kappa_of_many_criteria_draws_whole_reports() -> None:
    order = [str(grade) for grade in GRADES]
    alone = [(str(one), str(other)) for one, other in GIVEN]
    assert kappa_within([[pair] for pair in alone], order) == kappa(alone, order)
    thrice = kappa_within([[pair] * 3 for pair in alone], order)
    assert thrice.value == pytest.approx(kappa(alone, order).value)
    assert thrice.low == pytest.approx(kappa(alone, order).low)  # no narrower for being said three times


def test_overruled_findings_and_elements_are_counted_by_rule() -> None:
    stances = [Stance.AGREE, Stance.DISAGREE, Stance.AMEND, Stance.DISAGREE, Stance.AGREE, Stance.AGREE]
    told = [record(reacted=(Reacted("vague-term.left-open", stance),)) for stance in stances]
    told += pairs([(Status.MET, Status.MISSING)] * 2 + [(Status.MISSING, Status.PARTIAL)] * 3, independent=False)
    rows = figures([("e", one) for one in told])
    assert cells(rows, "overruled", "vague-term.left-open") == {"disagreed": Share(2, 6), "amended": Share(1, 6)}
    assert cells(rows, "overruled", "harm (rule)") == {"disagreed": Share(2, 5), "amended": Share(3, 5)}
    assert cells(rows, "overruled", "All rules together") == {"disagreed": Share(4, 11), "amended": Share(4, 11)}


# What is not shown


def test_what_is_too_small_is_hidden_with_as_much_else_as_it_takes() -> None:
    assert hidden([20, 3, 7], 5) == {1, 2}
    assert hidden([20, 3, 4], 5) == {1, 2}  # seven together
    assert hidden([20, 1, 2, 9], 5) == {1, 2, 3}  # three together would still tell
    assert hidden([20, 0, 9], 5) == set()
    assert hidden([3], 5) == {0}
    assert hidden([3, 0], 5) == {0}


def test_nothing_hidden_can_be_worked_out_from_the_whole() -> None:
    for sizes in product((0, 1, 4, 5, 8), repeat=4):
        gone = hidden(sizes, 5)
        together = sum(sizes[at] for at in gone)
        assert all(at in gone for at, size in enumerate(sizes) if 0 < size < 5)
        assert together == 0 or together >= 5 or len(gone) == sum(size > 0 for size in sizes)


def test_a_team_of_few_readings_is_shown_in_no_figure_nor_the_one_that_would_tell_of_it() -> None:
    few = [("w", record(comments=7, requests=(Request("harm"),) * 7))] * 4
    told = figures([*few, *[("e", record())] * 20])
    for id in ("readings", "comments", "actions", "time", "signed-off", "read", "judged"):
        assert set(cells(told, id, "West").values()) == set(cells(told, id, "East").values()) == {None}
    assert told.hidden > 0
    assert f"Cells not shown: {told.hidden}" in figure_tables.suppression(told)


def test_where_there_are_few_in_all_not_even_their_number_is_shown() -> None:
    told = figures([("e", record(comments=1))] * 3)
    every = {cell for each in told.figures for block in each.every for row in block.rows for cell in row.cells}
    assert every <= {None, Share(0, 0), Days(None, 0), Rate(0, 0)}
    assert " 3 " not in " ".join(figure_tables.about(told))


def test_requests_of_few_are_hidden_where_their_readings_are_not() -> None:
    asked = record(requests=(Request("harm"),), comments=1)
    told = figures([("e", asked)] * 8 + [("e", record())] * 4 + [("w", asked)] * 3 + [("w", record())] * 6)
    assert cells(told, "comments", "West")["with a substantive comment"] == Share(3, 9)
    assert cells(told, "actions", "West")["open at filing"] is None
    assert cells(told, "actions", "East")["open at filing"] is None
    assert cells(told, "actions")["open at filing"] == Share(11, 11)


def test_what_comes_from_few_readings_is_hidden_however_much_was_counted_in_them() -> None:
    busy = record(
        comments=6,
        requests=(Request("harm"),) * 6,
        days=(1,) * 6,
        judged=6,
        elements=6,
        reacted=(Reacted("vague-term.left-open", Stance.DISAGREE),) * 6,
        pairs=tuple(Pair(id, Status.MET, Status.MISSING, False) for id in ("harm", "diversity", "child-seen")),
    )
    told = figures([("e", busy)] + [("e", record(days=()))] * 9)
    assert cells(told, "comments")["with a substantive comment"] == Share(1, 10)
    assert set(cells(told, "actions").values()) <= {None, Share(0, 0)}
    assert cells(told, "time")["days with the reader, a draft"] is None
    assert set(cells(told, "judged").values()) <= {None, Share(0, 0)}
    assert {cell for row in figure(told, "overruled").blocks[0].rows for cell in row.cells} == {None}


def test_rules_of_the_same_few_readings_do_not_hide_each_other() -> None:
    """Three rules of the same four readings are four readings together, and would be told by the sum."""
    few = record(reacted=tuple(Reacted(rule, Stance.AMEND) for rule in ("a", "b", "c")))
    more = record(reacted=(Reacted("d", Stance.AGREE),))
    told = figures([("e", few)] * 4 + [("e", more)] * 6)
    assert cells(told, "overruled", "d") == {"disagreed": None, "amended": None}
    assert cells(told, "overruled", "All rules together")["amended"] == Share(12, 18)


def test_criteria_judged_are_contents_and_writing() -> None:
    stamp = record(judged=18, elements=19, kinds_judged=0, kinds=16)
    told = cells(figures([("e", stamp)] * 5), "judged")
    assert told["criteria judged"] == Share(90, 175)
    assert told["of the contents: judged"] == Share(90, 95)
    assert told["of the writing: judged"] == Share(0, 80)
    assert told["readings with every criterion judged"] == Share(0, 5)
    before = cells(figures([("e", record(judged=19, elements=19))] * 5), "judged")
    assert before["of the writing: judged"] == Share(0, 0)


@pytest.mark.parametrize(
    ("seen", "column"),
    [
        ("as-before", "said to be changed, passage as before"),
        ("no-later-draft", "said to be changed, no later draft sent"),
        ("not-as-before", "acted on before filing"),
        (None, "acted on before filing"),
    ],
)
def test_what_was_only_said_to_be_changed_is_counted_apart(seen: Seen | None, column: str) -> None:
    said = Request("harm", "changed", BEFORE, seen=seen)
    told = cells(figures([("e", record(requests=(said,)))] * 5), "actions")
    ways = list(told)[:7]
    assert {way: told[way] for way in ways} == {way: Share(5 * (way == column), 5) for way in ways}


def test_what_is_hidden_is_in_no_chart_and_no_file() -> None:
    told = figures([("e", record(date(2026, 3, 3)))] * 9 + [("e", record(date(2026, 4, 3), comments=1))] * 3)
    drawn = figure(told, "comments").bars
    assert drawn is not None and drawn.rows == () and drawn.hidden == 2
    march = [row for row in rows_of(figure_tables.as_csv(told)) if row[:3] == ["Comments", "month", "March 2026"]]
    assert march == [["Comments", "month", "March 2026", TOO_FEW, "", TOO_FEW, "", TOO_FEW, "", "", TOO_FEW, "", ""]]


# As charts and files


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_share_stands_with_what_it_is_of_in_the_files() -> None:
    told = inspected()
    rows = rows_of(figure_tables.as_csv(told))
    comments = next(row for row in rows if row[:3] == ["Comments", "all", "all"])
    assert comments[3:7] == ["28", "88", "8", "88"]
    about = " ".join(row[1] for row in rows if row[0] == "about")
    for said in ("June 2007 to July 2007", "22 November 2026", "fewer than 5", "not of people"):
        assert said in about
    for each in told.figures:
        assert f"{each.title}. {each.definition}" in about
    book = load_workbook(io.BytesIO(figure_tables.as_xlsx(told)))
    assert book.sheetnames[0] == "About"
    sheet = book["Comments"]
    whole = next(row for row in sheet.iter_rows(values_only=True) if row[:2] == ("all", "all"))
    assert whole[2:6] == (28, 88, 8, 88)
    assert not [cell for each in book for row in each.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(book["Comments, drawn"]._charts) == 1
    assert figure_tables.as_xlsx(told) == figure_tables.as_xlsx(told)


def test_a_team_that_is_called_like_a_formula_is_none() -> None:
    settings = Settings(JUNE, JUNE, {"e": "=1+1", "w": "West"}, CRITERIA)
    told = figures_of([("e", record())] * 6 + [("w", record())] * 6, settings, TODAY)
    rows = rows_of(figure_tables.as_csv(told))
    assert "'=1+1" in {row[2] for row in rows if len(row) > 2}
    assert "=1+1" not in {cell for row in rows for cell in row}
    book = load_workbook(io.BytesIO(figure_tables.as_xlsx(told)))
    assert not [cell for each in book for row in each.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_chart_has_a_title_a_description_and_the_counts_of_its_table() -> None:
    drawing = figure_tables.chart(figure(inspected(), "comments"))
    assert drawing is not None
    picture = etree.fromstring(svg(drawing, "comments-"))
    names = {"s": "http://www.w3.org/2000/svg"}
    assert picture.findtext("s:title", namespaces=names) == "Comments: counts by month"
    assert picture.findtext("s:desc", namespaces=names) == (
        "June 2007: 8 a substantive comment, 20 comments, none substantive, 60 no comment of 88."
    )
    assert [text.text for text in picture.findall("s:text[@text-anchor]", names)] == ["8", "20", "60"]
    assert picture.get("aria-labelledby") == "comments-title comments-description"


def test_without_readings_there_is_nothing_and_nothing_fails() -> None:
    told = figures([])
    assert {
        figure_tables.text(cell) for each in told.figures for b in each.every for r in b.rows for cell in r.cells
    } == {figure_tables.NOTHING}
    assert figure_tables.as_csv(told) and figure_tables.as_xlsx(told)


# Records

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = "Ada Marlowe was seen at her school."
PLACE = Passage(1, "1.", "Analysis", 0, len(WORDS), WORDS)


def result(*elements: tuple[str, Status], findings: int = 1) -> ReportResult:
    made = tuple(Element(id, status, 0.8, False, "rule+model", None, (), WORDS, ()) for id, status in elements)
    doubts = tuple(
        Finding("vague-term", "vague-term.left-open", Level.MUST_FIX, 0.9, f"f{n}", PLACE, WORDS, WORDS, WORDS)
        for n in range(findings)
    )
    return ReportResult("ada.docx", "", "section7", 0.9, "", "final", (), 100, 10, made, doubts)


def reading(*rounds: Round, **given: object) -> Reading:
    made = Reading("r", "c", "Marlowe", "ann", "mo", "manager", "e", "ann", AT, FILING, rounds=rounds)
    return replace(made, author_name="Ann Author", **given)  # type: ignore[arg-type]


def round_(number: int, said: Said, *, days: int | None = 1, **answers: Answer) -> Round:
    sent = AT + timedelta(days=3 * (number - 1))
    returned = None if days is None else sent + timedelta(days=days)
    return Round(number, f"d{number}", number, sent, returned, True, said, answers)


COMMENT = Comment("c1", "vague-term", PLACE, WORDS, "Say who Ada Marlowe is.", "f0")
PRAISE = Comment("c2", "harm", None, WORDS, "")
FIRST = Said(
    {"harm": Judgement(Status.MET, WORDS, independent=True)},
    {"f0": Reply("vague-term", Stance.DISAGREE, WORDS)},
    (COMMENT, PRAISE),
    overall=WORDS,
)


def test_a_record_holds_counts_and_days_and_no_word_and_no_name() -> None:
    second = Said(
        {"harm": Judgement(Status.MISSING, WORDS), "diversity": Judgement(Status.MET)},
        {"f0": Reply("vague-term", Stance.AMEND)},
        settled={"c1": True},
    )
    answer = Answer("changed", WORDS, AT + timedelta(days=2))
    found = record_of(
        reading(round_(1, FIRST, c1=answer), round_(2, second, days=2), signed_off=AT + timedelta(days=5)),
        {
            "d1": result(("harm", Status.MISSING), ("diversity", Status.PARTIAL), findings=2),
            "d2": result(("harm", Status.PARTIAL), ("diversity", Status.MET)),
        },
        CRITERIA,
        UTC,
    )
    assert found == Record(
        type="section7",
        kind="manager",
        asked=date(2026, 6, 1),
        filing=FILING,
        returned=date(2026, 6, 2),
        signed_off=date(2026, 6, 6),
        rounds=2,
        days=(1, 2),
        comments=2,
        requests=(Request("vague-term", "changed", date(2026, 6, 3), True),),
        judged=2,
        elements=2,
        kinds=16,
        first=Found({"harm": Status.MISSING, "diversity": Status.PARTIAL}, {"vague-term": 2}),
        last=Found({"harm": Status.PARTIAL, "diversity": Status.MET}, {"vague-term": 1}),
        pairs=(
            Pair("harm", Status.MISSING, Status.MET, True, "rule+model"),
            Pair("diversity", Status.MET, Status.MET, False, "rule+model"),
        ),
        reacted=(Reacted("vague-term.left-open", Stance.AMEND),),
    )
    kept = to_json(found)
    assert from_json(kept) == found
    assert not {"Ada", "Marlowe", "Ann", "school", "ann", "mo", "docx", "c1", "f0"} & set(re.findall(r"\w+", kept))


@pytest.mark.parametrize(
    ("answered", "texts", "seen"),
    [
        (2, (WORDS,), "no-later-draft"),
        (2, (WORDS, WORDS), "as-before"),
        (2, (WORDS, "Ada was seen at home on 3 May."), "not-as-before"),
        (2, (WORDS, WORDS, "Ada was seen at home on 3 May."), "as-before"),  # it is the next that counts
        (5, (WORDS, WORDS, "Ada was seen at home on 3 May."), "not-as-before"),
        (9, (WORDS, WORDS), "as-before"),  # answered after the last was sent
    ],
)
def test_a_change_is_looked_for_in_the_draft_that_was_sent_next(
    answered: int, texts: tuple[str, ...], seen: Seen
) -> None:
    answer = Answer("changed", "", AT + timedelta(days=answered))
    more = [round_(number, Said()) for number in range(2, len(texts) + 1)]
    sheets = {f"d{n}": lay_out(result(), report("# Analysis", f"1.\t{text}")) for n, text in enumerate(texts, start=1)}
    found = record_of(reading(round_(1, FIRST, c1=answer), *more), {}, CRITERIA, UTC, sheets)
    assert found.requests[0].seen == seen


def test_what_was_not_given_back_counts_as_nothing() -> None:
    found = record_of(reading(round_(1, FIRST, days=None)), {"d1": result(("harm", Status.MET))}, CRITERIA, UTC)
    assert (found.returned, found.rounds, found.comments, found.requests, found.pairs) == (None, 0, 0, (), ())
    assert (found.type, found.first) == ("", None)


def test_silence_a_sign_off_and_a_refusal_without_a_reason_are_no_answers() -> None:
    done = AT + timedelta(days=1)
    silent = record_of(reading(round_(1, FIRST), signed_off=done), {}, CRITERIA, UTC)
    assert silent.requests == (Request("vague-term"),)
    refused = record_of(reading(round_(1, FIRST, c1=Answer("not-changed", " ", AT))), {}, CRITERIA, UTC)
    assert refused.requests == (Request("vague-term"),)
    reasoned = record_of(reading(round_(1, FIRST, c1=Answer("not-changed", WORDS, AT))), {}, CRITERIA, UTC)
    assert reasoned.requests == (Request("vague-term", "declined", date(2026, 6, 1)),)


def test_days_are_those_of_the_place_and_not_of_greenwich() -> None:
    late = datetime(2026, 6, 20, 23, 30, tzinfo=UTC)
    answered = reading(round_(1, FIRST, c1=Answer("changed", "", late)))
    summer = timezone(timedelta(hours=1))
    assert record_of(answered, {}, CRITERIA, summer).requests[0].on == date(2026, 6, 21)
    assert record_of(answered, {}, CRITERIA, UTC).requests[0].on == date(2026, 6, 20)


def test_records_of_earlier_and_later_versions_can_be_read() -> None:
    earlier = '{"type":"section7","kind":"peer","asked":"2026-06-01","filing":"2026-06-20"}'
    assert from_json(earlier) == Record("section7", "peer", date(2026, 6, 1), FILING)
    assert from_json(earlier[:-1] + ',"weather":"fine"}') == from_json(earlier)
    assert from_json('{"kind":"robot"}') is None
    assert from_json("not JSON") is None


def test_months_are_told_and_counted() -> None:
    assert Month.told("2026-01") == Month(2026, 1)
    for wrong in ("", "2026", "2026-13", "2026-01-01", "january"):
        assert Month.told(wrong) is None
    assert Month(2026, 1).later(-1) == Month(2025, 12)
    assert Month(2025, 12).later(13) == Month(2027, 1)
    assert (str(Month(2026, 1)), Month(2026, 1).title) == ("2026-01", "January 2026")
