"""Grading on the checklist: blind to the checker, to the author and to the other reader; final once handed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from fastapi import FastAPI

from qualitycheck.inspecting.masked import lines_of, text_of
from qualitycheck.service.store.samples import Closed
from qualitycheck.service.store.tables import Sample

from .grading_office import CRITERIA, ELSEWHERE, FILES, NAMES, TWICE, Inspection, inspection

CHOSEN = r"<input[^>]* checked"
KAI = "leanne-mostyn-kai.docx"
TOBIAS = "dinesh-warrier-tobias.docx"


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> Inspection:
    return inspection(new_app(office=True))


def words_of_the_checker(office: Inspection, report: str) -> list[str]:
    kept = office.desk.store.samples.report(office.reports[report])
    assert kept
    assert kept.result
    said = [finding.message for finding in kept.result.findings] + [
        finding.fingerprint for finding in kept.result.findings
    ]
    said += [element.reason for element in kept.result.elements]
    return [words for words in said if len(words) > 10]


def test_the_list_says_how_far_each_is_and_which_is_next(office: Inspection) -> None:
    ina = office.browser("ina")
    text = ina.get("/reports").text
    assert text.count("Not begun") == 2
    assert "0 of 2 handed in" in text
    assert "Grade report 1" in text
    first = re.search(r'href="/samples/[^"]+/reports/([^"]+)" role="button"', text)
    assert first
    ina.post(f"/reports/{first[1]}", **{"grade:harm": "met", "reason:harm": "It is described."})
    text = ina.get("/reports").text
    assert "Begun: 1 of 3 done" in text
    assert "Go on with report 1" in text


def test_grades_of_a_fault_say_which_of_them_is_good(office: Inspection) -> None:
    fault = "relevance-unclear"
    office.desk.store.samples.change(office.sample, lambda view: replace(view, criteria=("harm", fault)))
    ina = office.browser("ina")
    text = ina.get(office.at(TWICE)).text
    assert [text.count(words) for words in ("Met: free of it", "Not met: much of it", ">Met<")] == [1, 1, 1]
    asked = {f"{kind}:{id}": "missing" for kind in ("grade", "reason") for id in ("harm", fault)}
    ina.post(office.at(TWICE), **asked, **{"grade:overall": "good", "reason:overall": "So."})
    assert "Not met: much of it" in ina.get(f"{office.at(TWICE)}/hand-in").text
    office.desk.store.samples.change(office.sample, lambda view: replace(view, criteria_scale="ofsted"))
    assert ina.get(office.at(TWICE)).text.count("the best grade is for a report that is free of it") == 1


def test_a_report_that_is_graded_shows_nothing_of_the_checker(office: Inspection) -> None:
    ina = office.browser("ina")
    for path in (
        "/reports",
        office.at(TWICE),
        f"{office.at(TWICE)}/hand-in",
        f"{office.at(TWICE)}/concern",
        "/concerns",
    ):
        page = unescape(ina.get(path).text)
        assert ina.get(path).status_code == 200
        for words in words_of_the_checker(office, TWICE):
            assert words not in page
        assert "<mark" not in page
        assert 'class="shows"' not in page
        assert "must-fix" not in page.lower().replace("app-item--must-fix", "")
    refused = ina.get(f"{office.at(TWICE)}/checker")
    assert refused.status_code == 403
    assert "Hand in your grades first" in refused.text


def test_what_the_checker_says_is_shown_after_handing_in_and_to_that_reader_only(office: Inspection) -> None:
    ina = office.grade("ina", TWICE)
    page = unescape(ina.get(f"{office.at(TWICE)}/checker").text)
    said = words_of_the_checker(office, TWICE)
    assert sum(words in page for words in said) > 5
    assert not any(name in page for name in NAMES)
    graded, _, others = page.partition("other criteria")
    assert graded.count("You: <strong>Met</strong>") == graded.count("The checker:") == len(CRITERIA)
    assert "You:" not in others
    assert office.browser("ian").get(f"{office.at(TWICE)}/checker").status_code == 403
    assert ina.get(f"{office.at(TOBIAS)}/checker").status_code == 403
    assert office.browser("lea").get(f"{office.at(TWICE)}/checker").status_code == 404


def test_who_wrote_a_report_is_nowhere(office: Inspection) -> None:
    ina = office.grade("ina", TWICE)
    paths = ["/reports", "/concerns"]
    for report in (TWICE, TOBIAS):
        paths += [office.at(report) + end for end in ("", "/hand-in", "/checker", "/concern")]
    for path in paths:
        answer = ina.get(path)
        assert not any(name.lower() in answer.text.lower() for name in NAMES), path
        assert not any(file in answer.text for file in FILES), path
    assert "[author], Family Court Adviser" in ina.get(office.at(TWICE)).text
    assert ina.get(f"{office.at(TWICE)}/annotated.docx").status_code == 404


def test_names_are_shown_where_the_sample_says_so(new_app: Callable[..., FastAPI]) -> None:
    office = inspection(new_app(office=True), authors_shown=True)
    assert "Miriam Castell" in office.browser("ina").get(office.at(TWICE)).text


def test_who_may_read_and_who_may_not(office: Inspection) -> None:
    pages = (office.at(TWICE), f"{office.at(TWICE)}/hand-in", f"{office.at(TWICE)}/concern")
    for user_name in ("pat", "max", "ada"):
        for page in ("/reports", *pages, "/concerns", "/apart", "/grades"):
            assert office.browser(user_name).get(page).status_code == 403
    for user_name in ("iris", "lea"):  # an inspector of other samples; the lead, to whom it is not allotted
        for page in pages:
            assert office.browser(user_name).get(page).status_code == 404
    assert office.browser("iris").get("/reports").status_code == 404
    assert office.browser("lea").get("/reports").status_code == 200
    assert office.browser("ian").get(office.at(TOBIAS)).status_code == 404
    assert office.browser("ian").post(office.at(TOBIAS)).status_code == 404
    for user_name in ("ina", "ian", "iris"):
        for page in ("/apart", f"/apart/{office.reports[TWICE]}", "/grades"):
            assert office.browser(user_name).get(page).status_code == 404
    office.desk.store.samples.delete(office.sample)
    assert office.browser("ina").get(office.at(TWICE)).status_code == 404


def test_a_report_is_not_found_in_another_sample(office: Inspection) -> None:
    other = office.desk.store.samples.add(office.person("iris"), "West")
    client = office.browser("ina").client
    assert client.get(f"/samples/{other}{office.at(TWICE)}").status_code == 404


def test_nothing_is_chosen_before_and_no_grade_is_proposed(office: Inspection) -> None:
    ina = office.browser("ina")
    assert not re.search(CHOSEN, ina.get(office.at(TWICE)).text)
    for criterion in CRITERIA:
        ina.post(office.at(TWICE), **{f"grade:{criterion}": "missing", f"reason:{criterion}": "None."})
    page = ina.get(office.at(TWICE)).text
    assert len(re.findall(CHOSEN, page)) == 2
    assert not re.search(r'name="grade:overall"[^>]* checked', page)
    for word in ("average", "suggest", "proposed", "recommended grade"):
        assert word not in page.lower().split('<section class="app-side app-side--report"')[0]
    assert "overall" not in office.grading(TWICE, "ina").grades


def test_a_draft_is_saved_bit_by_bit_and_a_line_that_is_not_sent_stays(office: Inspection) -> None:
    ina = office.browser("ina")
    assert ina.post(office.at(TWICE), **{"reason:harm": "Only the words so far."}).status_code == 303
    assert ina.post(office.at(TWICE), **{"grade:overall": "good", "reason:overall": ""}).status_code == 303
    kept = office.grading(TWICE, "ina").grades
    assert (kept["harm"].grade, kept["harm"].reason) == ("", "Only the words so far.")
    assert (kept["overall"].grade, kept["overall"].reason) == ("good", "")
    assert kept["harm"].reason in ina.get(office.at(TWICE)).text
    told = ina.post(office.at(TWICE), headers={"accept": "application/json"}, **{"grade:harm": "met"})
    assert told.json() == {"lacking": ["line-1", "line-3"], "of": 3, "errors": {}}
    assert office.grading(TWICE, "ina").grades["harm"].grade == "met"
    assert ina.post(office.at(TWICE), **{"grade:harm": "splendid"}).status_code == 400
    graded = [action for action, _ in office.entries() if action == "graded"]
    ina.post(office.at(TWICE), **{"grade:harm": "met"})
    assert [action for action, _ in office.entries() if action == "graded"] == graded  # nothing changed


def test_handing_in_says_what_lacks_and_is_final(office: Inspection) -> None:
    ina = office.browser("ina")
    assert "line-3" in ina.get(f"{office.at(TWICE)}/hand-in").text
    refused = ina.post(f"{office.at(TWICE)}/hand-in")
    assert refused.status_code == 400
    assert "The report as a whole: choose a grade." in refused.text
    office.grade("ina", TWICE, overall="adequate")
    for path, form in ((office.at(TWICE), {"grade:harm": "missing"}), (f"{office.at(TWICE)}/hand-in", {})):
        again = ina.post(path, **form)
        assert again.status_code == 409
        assert "stay as they are" in again.text
    kept = office.grading(TWICE, "ina")
    assert kept.given
    assert kept.grades["harm"].grade == "met"
    shown = ina.get(office.at(TWICE)).text
    assert "<form" not in shown.split("<main")[1]
    assert "Adequate" in shown
    assert re.search(r"Report \d is handed in", ina.get(f"/reports?handed={office.reports[TWICE]}").text)
    assert ("handed in grades", f"report {office.reports[TWICE]} of sample {office.sample}") in office.entries()


def test_a_sample_that_was_closed_takes_no_more_grades(office: Inspection) -> None:
    ina = office.browser("ina")
    ina.post(office.at(TWICE), **{"grade:harm": "met", "reason:harm": "Set out."})
    closed = Closed(office.person("lea"), datetime.now(UTC), "The court needs it.")
    office.desk.store.samples.change(office.sample, lambda view: replace(view, closed=closed))
    assert ina.post(office.at(TWICE), **{"grade:harm": "missing"}).status_code == 409
    assert office.grading(TWICE, "ina").grades["harm"].grade == "met"
    page = ina.get("/reports").text
    assert "no more grades are taken" in page
    assert "Go on with report" not in page


def test_a_second_reader_learns_nothing_of_the_first(office: Inspection) -> None:
    before = office.browser("ian").get(office.at(TWICE)).text
    office.grade("ina", TWICE, overall="inadequate", harm="missing")
    ian = office.browser("ian")
    after = ian.get(office.at(TWICE)).text
    strip = re.compile(r'name="form_token" value="[^"]+"')
    assert strip.sub("", before) == strip.sub("", after)
    assert "Ina" not in ian.get("/reports").text
    office.grade("ian", TWICE)
    for path in ("/reports", office.at(TWICE), f"{office.at(TWICE)}/checker", "/concerns"):
        assert "Ina Reader" not in ian.get(path).text
        assert "ina thought so" not in ian.get(path).text


def test_a_lead_who_reads_is_not_told_who_reads_what_before_they_have_graded(office: Inspection) -> None:
    """Ian leads, and reads one report, which Ina reads too."""
    with office.desk.store.database.transaction() as session:
        row = session.get(Sample, office.sample)
        assert row
        row.lead = office.person("ian")
    lead = office.browser("ian")
    assert "allotment" not in lead.get("/manifest.json").json()
    assert "until you have handed in your own reports" in lead.get("").text
    office.grade("ian", TWICE)
    assert lead.get("/manifest.json").json()["allotment"]["readings"]


def fault(**form: str) -> dict[str, str]:
    return {"do": "fault", "fault-criterion": "vague-term", "fault-reason": "How much is not said.", **form}


def test_a_fault_has_the_words_as_they_were_written(office: Inspection) -> None:
    ina = office.browser("ina")
    kept = office.desk.store.samples.report(office.reports[TWICE])
    assert kept
    assert kept.sheet
    line = next(line for line in lines_of(kept.sheet) if text_of(line).startswith("Miriam Castell"))
    shown = ina.post(
        office.at(TWICE), **fault(**{"fault-passage": "[author], Family", "fault-paragraph": str(line.index)})
    )
    assert shown.status_code == 303
    passage = office.grading(TWICE, "ina").faults[0].passage
    assert passage
    assert (passage.paragraph, passage.text) == (line.index, "Miriam Castell, Family")
    assert text_of(line)[passage.start : passage.end] == passage.text
    assert "<q>[author], Family</q>" in ina.get(office.at(TWICE)).text


def test_words_that_are_not_in_the_report_or_in_two_places_are_refused_and_nothing_is_lost(office: Inspection) -> None:
    ina = office.browser("ina")
    for words, said in (
        ("He never said this.", "not in the report"),
        ("Orla", "more than one place"),
        ("Miriam", "not in"),
    ):
        form = fault(**{"fault-passage": words, "grade:harm": "met", "reason:harm": "Set out."})
        refused = ina.post(office.at(TWICE), **form)
        assert refused.status_code == 400
        assert said in refused.text
        assert "How much is not said." in refused.text
        assert words in refused.text
    assert office.grading(TWICE, "ina").grades["harm"].reason == "Set out."
    assert office.grading(TWICE, "ina").faults == ()
    # Another button does not lose a fault that was begun.
    kept = ina.post(office.at(TWICE), **fault(do="save", **{"fault-passage": "drank more  than was\nsensible"}))
    assert kept.status_code == 303
    assert office.grading(TWICE, "ina").faults[0].passage


def test_a_fault_may_be_changed_and_taken_out_until_it_is_handed_in(office: Inspection) -> None:
    ina = office.browser("ina")
    ina.post(office.at(TWICE), **fault())
    (made,) = office.grading(TWICE, "ina").faults
    assert made.passage is None
    to = ina.post(office.at(TWICE), do=f"change:{made.id}").headers["location"]
    assert to.endswith(f"?fault={made.id}#fault")
    assert "Save the fault" in ina.client.get(to).text
    ina.post(office.at(TWICE), **fault(fault=made.id, **{"fault-passage": "30", "fault-reason": "Nothing is weighed."}))
    (changed,) = office.grading(TWICE, "ina").faults
    assert (changed.id, changed.reason) == (made.id, "Nothing is weighed.")
    assert changed.passage
    ina.post(office.at(TWICE), do=f"remove:{made.id}")
    assert office.grading(TWICE, "ina").faults == ()
    assert "Miriam" not in str(office.entries())


def test_a_sample_whose_reports_are_of_somebody_without_an_account_lists_none_of_them(office: Inspection) -> None:
    assert ELSEWHERE not in office.browser("ina").get("/reports").text
    assert "No reports of this sample are yours" in office.browser("lea").get("/reports").text
    assert KAI not in office.browser("ina").get("/reports").text
