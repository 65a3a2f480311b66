"""Files of grades: read as meant, refused with the row that is wrong, settled where two readers differ."""

from __future__ import annotations

import json

import pytest

from qualitycheck.errors import BadSetting
from qualitycheck.inspecting import grades
from qualitycheck.inspecting.grades import BadGrades, parse, settle
from qualitycheck.inspecting.results import Settings, results_of
from qualitycheck.inspecting.scales import SCALES, scale_of
from qualitycheck.inspecting.words import WORDS
from tests.inspecting import east_midlands

HEAD = "kind,report,reader,criterion,grade,reason,date,owner,outcome,closed,passage\n"


def file(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows)).encode()


ONE = ",section7-01,Ada,overall,Good,Sound.,2026-11-02,,,,"
OTHER = ",section7-01,Ben,overall,adequate,Thin.,2026-11-03,,,,"
SETTLED = "adjudicated,section7-01,Dee,overall,adequate,The options are not weighed.,2026-11-05,,,,"
CONCERN = "concern,section7-01,Ada,,,A bruise was not followed up.,2026-11-02,Duty manager,Referred,2026-11-04,"
FAULT = "fault,section7-01,Ada,unsupported-assertion,,No source.,2026-11-02,,,,He is violent."


def test_reads_grades_faults_and_concerns() -> None:
    read = parse(file(ONE, CONCERN, FAULT))
    assert [(grade.reader, grade.criterion, grade.grade) for grade in read.grades] == [("Ada", "overall", "good")]
    assert (read.concerns[0].owner, str(read.concerns[0].closed)) == ("Duty manager", "2026-11-04")
    assert read.faults[0].passage == "He is violent."


def test_json_and_semicolons_say_the_same() -> None:
    rows = grades.as_rows(parse(file(ONE, CONCERN, FAULT)))
    as_json = json.dumps({"schema": grades.SCHEMA, "rows": rows}).encode()
    assert parse(as_json) == parse(file(ONE, CONCERN, FAULT))
    assert parse(file(ONE).replace(b",", b";")) == parse(file(ONE))


def test_a_difference_waits_until_it_is_settled() -> None:
    [apart] = settle(parse(file(ONE, OTHER)))
    assert (apart.grade, apart.state) == (None, "apart")
    [settled] = settle(parse(file(ONE, OTHER, SETTLED)))
    assert (settled.grade, settled.state) == ("adequate", "adjudicated")
    assert settled.given == {"Ada": "good", "Ben": "adequate"}
    [alike] = settle(parse(file(ONE, OTHER.replace("adequate", "good"))))
    assert (alike.grade, alike.state) == ("good", "two alike")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([ONE, ONE], "graded it twice"),
        ([ONE, OTHER, OTHER.replace("Ben", "Cy")], "3 readers have graded it"),
        ([ONE, OTHER, SETTLED, SETTLED], "adjudicated twice"),
        ([ONE, OTHER, SETTLED.replace("The options are not weighed.", "")], "adjudicated without a reason"),
        ([SETTLED], "nobody had graded it"),
    ],
)
def test_refuses_what_cannot_be_settled(rows: list[str], told: str) -> None:
    with pytest.raises(BadGrades, match=told):
        settle(parse(file(*rows)))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no grades"),
        (file(CONCERN), "no grades"),
        (file(ONE.replace("2026-11-02", "yesterday")), "line 2: date"),
        (file(ONE.replace("Good", "")), "line 2: grade"),
        (file("praise" + ONE), "line 2: kind is"),
        (file(ONE + ",more"), "more or fewer cells"),
        (file(CONCERN.replace("Duty manager", ""), ONE), "line 2: owner"),
        (b'{"schema": "other", "rows": []}', "needs the schema"),
        (b"{", "neither JSON nor CSV"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(data: bytes, told: str) -> None:
    with pytest.raises(BadGrades, match=told):
        parse(data, "grades.csv")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ONE.replace("section7-01", "section7-99"), "not in the sample"),
        (ONE.replace("Good", "splendid"), "is not one of excellent, good"),
        (ONE.replace("Good", "not applicable"), "on this scale everything is graded"),
    ],
)
def test_grades_that_do_not_go_with_the_sample_are_refused(row: str, told: str) -> None:
    with pytest.raises(BadGrades, match=told):
        results_of(east_midlands.manifest(), parse(file(row)), Settings())


def test_scales_are_a_setting() -> None:
    assert scale_of("ofsted").grades[2] == "requires improvement"
    own = scale_of("Sound, thin,None")
    assert (own.grades, own.short, own.given[-1]) == (("sound", "thin", "none"), ("none",), "not applicable")
    assert SCALES["met"].falling_short == "partial or missing"
    for wrong in ("2013", "good,good", "a,,b", "good,not applicable"):
        with pytest.raises(BadSetting, match="is no scale"):
            scale_of(wrong)


@pytest.mark.parametrize(
    ("count", "of", "word_2008", "word_later"),
    [
        (25, 33, "most", "large majority"),
        (85, 100, "almost all", "most"),
        (70, 100, "most", "large majority"),
        (80, 100, "most", "most"),
        (65, 100, "majority", "large majority"),
        (51, 100, None, "majority"),
        (20, 100, None, "small minority"),
        (19, 100, "few", "few"),
        (0, 33, "none", "none"),
        (33, 33, "all", "all"),
    ],
)
def test_words_take_the_highest_threshold_exceeded(count: int, of: int, word_2008: str, word_later: str) -> None:
    assert WORDS["2008"].word(count / of) == word_2008
    assert WORDS["later"].word(count / of) == word_later
