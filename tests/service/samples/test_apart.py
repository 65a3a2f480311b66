"""Where two readers differ, what both gave is shown once both are handed in, and settled for good with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI

from qualitycheck.inspecting.grades import settle
from qualitycheck.service.samples.graded import grades_of, still_reads
from qualitycheck.service.store.samples import GradingView

from .grading_office import ELSEWHERE, NAMES, TWICE, Inspection, inspection

KAI = "leanne-mostyn-kai.docx"
TOBIAS = "dinesh-warrier-tobias.docx"


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> Inspection:
    return inspection(new_app(office=True))


def apart(office: Inspection) -> str:
    return f"/apart/{office.reports[TWICE]}"


def gradings(office: Inspection) -> list[GradingView]:
    return office.desk.store.samples.gradings(office.sample)


def test_nothing_is_shown_before_both_have_handed_in(office: Inspection) -> None:
    lea = office.browser("lea")
    office.grade("ina", TWICE)
    office.browser("ian").post(office.at(TWICE), **{"grade:harm": "missing", "reason:harm": "Nothing of it."})
    page = lea.get("/apart").text
    assert "0 of 1 reports" in page
    assert TWICE not in page
    assert lea.get(apart(office)).status_code == 409
    assert lea.post(apart(office), criterion="harm", grade="met", reason="So.").status_code == 409


def test_both_grades_and_reasons_are_shown_and_what_counts_is_settled_once(office: Inspection) -> None:
    office.grade("ina", TWICE, overall="good", harm="met")
    office.grade("ian", TWICE, overall="inadequate", harm="met")
    lea = office.browser("lea")
    page = lea.get(apart(office)).text
    for words in ("Ina Reader", "Ian Reader", "Good", "Inadequate", "ina thought so.", "ian thought so."):
        assert words in page
    assert "By ina." not in page  # they agree there
    assert re.search(r"Good / Inadequate|Inadequate / Good", lea.get("/apart").text)
    assert not any(name in page.replace(TWICE, "") for name in NAMES)
    for form, said in (
        ({"grade": "good"}, "say why"),
        ({"reason": "So."}, "choose the grade"),
        ({"grade": "splendid", "reason": "So."}, "choose the grade"),
    ):
        refused = lea.post(apart(office), criterion="overall", **form)
        assert refused.status_code == 400
        assert said in refused.text
    assert lea.post(apart(office), criterion="harm", grade="met", reason="So.").status_code == 400
    assert office.view.adjudicated == ()
    settled = {"criterion": "overall", "grade": "adequate", "reason": "The options are not weighed."}
    assert lea.post(apart(office), **settled).status_code == 303
    again = lea.post(apart(office), **{**settled, "grade": "good"})
    assert again.status_code == 409
    assert "stays as it is" in again.text
    page = lea.get(apart(office)).text
    assert "What counts: Adequate." in page
    assert "Settled by Lea on" in page
    (kept,) = office.view.adjudicated
    assert (kept.by, kept.own, kept.grade) == (office.person("lea"), False, "adequate")
    assert ("adjudicated", f"report {office.reports[TWICE]} of sample {office.sample}") in office.entries()
    assert "not weighed" not in str(office.entries())


def test_a_lead_who_read_it_settles_it_only_if_they_say_that_nobody_else_can(office: Inspection) -> None:
    lea = office.person("lea")
    office.desk.store.samples.change(
        office.sample,
        lambda view: replace(view, readers={lea: "Ina Reader", office.person("ian"): "Ian Reader"}),
    )
    office.grade("lea", TWICE, overall="good")
    office.grade("ian", TWICE, overall="adequate")
    browser = office.browser("lea")
    assert "You read this report yourself." in browser.get(apart(office)).text
    form = {"criterion": "overall", "grade": "good", "reason": "So."}
    assert browser.post(apart(office), **form).status_code == 400
    assert browser.post(apart(office), **form, own="yes").status_code == 303
    assert office.view.adjudicated[0].own
    assert "who read the report too" in browser.get(apart(office)).text
    assert "adjudicated, having read it" in [action for action, _ in office.entries()]


def test_what_was_graded_is_counted_as_the_command_line_does(office: Inspection) -> None:
    office.grade("ina", TWICE, overall="good", harm="met")
    office.grade("ian", TWICE, overall="adequate", harm="partial")
    office.browser("ina").post(office.at(TOBIAS), **{"grade:harm": "met", "reason:harm": "Begun, and not handed in."})
    office.browser("lea").post(apart(office), criterion="harm", grade="partial", reason="As Ian says.")
    sent = {"reason": "At once.", "owner": "Lea"}
    office.browser("ina").post(f"{office.at(TWICE)}/concern", **sent)
    samples = office.desk.store.samples
    names = {office.person("lea"): "Lea"}
    view = office.view
    grades = grades_of(view, gradings(office), view.adjudicated, samples.concerns(office.sample), names)
    assert {(one.criterion, one.state, one.grade) for one in settle(grades)} == {
        ("wishes-and-feelings", "two alike", "met"),
        ("harm", "adjudicated", "partial"),
        ("overall", "apart", None),
    }
    assert {one.report for one in grades.grades} == {TWICE}
    assert {one.reader for one in grades.grades} == {"Ina Reader", "Ian Reader", "Lea"}
    assert [(one.reader, one.owner, one.closed) for one in grades.concerns] == [("Ina Reader", "Lea", None)]
    assert still_reads(view, gradings(office), office.person("ina"))
    assert not still_reads(view, gradings(office), office.person("ian"))


def csv(*rows: str) -> dict[str, tuple[str, bytes]]:
    head = "kind,report,reader,criterion,grade,reason,date,passage"
    return {"file": ("grades.csv", "\n".join([head, *rows]).encode())}


WHOLE = tuple(
    f"grade,{KAI},{ELSEWHERE},{criterion},{grade},Seen on paper.,2026-11-20,"
    for criterion, grade in (("wishes-and-feelings", "partial"), ("harm", "met"), ("overall", "inadequate"))
)


def test_grades_of_a_reader_without_an_account_are_brought_whole(office: Inspection) -> None:
    lea = office.browser("lea")
    assert ELSEWHERE in lea.get("/grades").text
    fault = f"fault,{KAI},{ELSEWHERE},vague-term,,Left open.,2026-11-20,at times been inappropriate"
    assert lea.post("/grades", files=csv(*WHOLE, fault)).status_code == 303
    view = office.view
    grades = grades_of(view, gradings(office), (), ())
    assert {(one.reader, one.criterion, one.grade) for one in grades.grades} == {
        (ELSEWHERE, "wishes-and-feelings", "partial"),
        (ELSEWHERE, "harm", "met"),
        (ELSEWHERE, "overall", "inadequate"),
    }
    assert {str(one.date) for one in grades.grades} == {"2026-11-20"}
    assert grades.faults[0].passage == "at times been inappropriate"
    again = lea.post("/grades", files=csv(*WHOLE))
    assert again.status_code == 400
    assert "already" in again.text


REFUSED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "has no grades"),
    (WHOLE[:2], "overall is not graded"),
    ((*WHOLE[:2], WHOLE[2].replace("inadequate", "poor")), "a grade is one of"),
    ((*WHOLE[:2], WHOLE[2].replace("Seen on paper.", "")), "say why"),
    ((*WHOLE, WHOLE[0]), "graded twice"),
    (tuple(row.replace(KAI, "another") for row in WHOLE), "not in the sample"),
    (tuple(row.replace(KAI, TWICE) for row in WHOLE), "not allotted"),
    (tuple(row.replace(KAI, TWICE).replace(ELSEWHERE, "Ina Reader") for row in WHOLE), "has an account"),
    ((*WHOLE, WHOLE[0].replace("grade", "adjudicated", 1)), "on their pages"),
    ((*WHOLE, f"fault,{KAI},{ELSEWHERE},vague-term,,x,2026-11-20,nowhere at all"), "not in the report"),
    ((*WHOLE, WHOLE[0].replace("wishes-and-feelings", "luck")), "not on the checklist"),
)


def test_what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_kept(office: Inspection) -> None:
    lea = office.browser("lea")
    for rows, said in REFUSED:
        refused = lea.post("/grades", files=csv(*rows))
        assert refused.status_code == 400
        assert said in refused.text
    assert gradings(office) == []


def test_nobody_is_taken_off_for_the_grades_that_they_gave(office: Inspection) -> None:
    lea = office.browser("lea")
    form = {"reader": office.person("iris"), "others": "", "twice": "0"}
    office.grade("ina", TWICE)
    before = office.view.manifest
    assert "who reads what stays as it is" in lea.get("/allot").text
    assert lea.post("/allot", **form).status_code == 409
    assert office.view.manifest == before


def test_no_report_leaves_for_the_grades_that_it_was_given(office: Inspection) -> None:
    lea = office.browser("lea")
    office.grade("ina", TWICE)
    left = {"report": TWICE, "why": "not-eligible", "reason": "It does not suit.", "substitute": "no"}
    refused = lea.post("/change", **left)
    assert refused.status_code == 400
    assert "was graded and handed in: it stays in the sample" in refused.text
    other = next(one.id for one in office.view.manifest.sample if one.id != TWICE)  # type: ignore[union-attr]
    assert lea.post("/change", **{**left, "report": other}).status_code == 303
