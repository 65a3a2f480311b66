"""What people do by mistake: a form not filled in, a wrong file, another family's report, a link that was used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.drafts import BEFORE
from tests.docx_builder import docx, p
from tests.hostile import FRONT
from tests.service.pages.browsing import NEXT, Pages, forms, words

ANOTHER_FAMILY = docx(
    *(part.replace("Ada", "Zebedee").replace("Marlowe", "Quill") for part in FRONT),
    p("Introduction", style="Heading1"),
    BEFORE,
    p("1. Zebedee is well. [Insert the child's views here]"),
)
REFUSED = b"PK nothing"


def kept(pages: Pages, title: str = "The Marlowe children") -> tuple[str, str]:
    """The addresses of a draft, and of the case that it is kept in."""
    address = pages.upload()
    pages.result(address)
    assert pages.post(f"{address}/keep", case="new", title=title).status_code == 303
    case = re.search(r'href="(/cases/[^"]+)"', pages.get(address).text)
    assert case
    return address, case[1]


def test_a_case_without_a_name_is_asked_for_it_at_its_box(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    answer = pages.post(f"{address}/keep", case="new", title=" ")
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text and "What to fix first" in answer.text
    assert '<a href="#title">Give the case a name that you will know again.</a>' in answer.text
    assert 'aria-describedby="title-hint title-error"' in answer.text


def test_a_next_draft_without_a_file_is_asked_for_it_at_its_box(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    answer = pages.post(f"{address}/next", [("file", ("", b""))])
    assert answer.status_code == 400
    assert 'href="#next-file"' in answer.text and 'id="next-file-error"' in answer.text
    assert "What to fix first" in answer.text


def test_a_finding_without_a_reason_is_asked_for_it_where_it_stands(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    fingerprint = forms(page, "/aside")[0]["fingerprint"]
    answer = pages.post(f"{address}/aside", fingerprint=fingerprint, reason=" ", filter="level=must-fix")
    assert answer.status_code == 400
    assert 'href="#reason-1"' in answer.text and 'aria-describedby="wrong-1"' in answer.text
    assert "data-aside open" in answer.text
    assert '<option value="must-fix" selected>' in answer.text


def test_a_wrong_next_draft_is_tried_again_as_the_next_draft(pages: Pages) -> None:
    address = pages.upload()
    first = pages.result(address)
    pages.post(f"{address}/aside", fingerprint=forms(first, "/aside")[0]["fingerprint"], reason="It is quoted.")
    wrong = pages.upload(REFUSED, "wrong.docx", f"{address}/next")
    page = pages.result(wrong)
    assert "next draft of draft.docx" in words(page) and f'action="{wrong}/next"' in page
    assert pages.post(f"{wrong}/next", [("file", ("", b""))]).status_code == 400
    again = pages.result(pages.upload(NEXT, "next.docx", f"{wrong}/next"))
    assert "Compared with draft.docx" in words(again) and "Set aside (1)" in again


def test_another_familys_report_is_not_compared_and_not_kept_unasked(pages: Pages) -> None:
    address, case = kept(pages)
    other = pages.upload(ANOTHER_FAMILY, "zebedee.docx", f"{address}/next", keep="yes")
    page = pages.result(other)
    assert "This looks like another report: zebedee.docx, section 7 report about Zebedee Quill" in words(page)
    assert "The draft before: draft.docx, section 7 report about Ada" in words(page)
    assert "Since the draft before" not in page and "Draft 2 of" not in page
    assert "zebedee.docx" not in pages.get(case).text
    assert "Since the draft before" in pages.get(f"{other}?compare=yes").text
    (asks,) = (form for form in forms(page, "/keep") if "all_the_same" in form)
    assert "Keep it in this case all the same" in page
    del asks["form_token"]
    assert pages.post(f"{other}/keep", **asks).status_code == 303
    assert "Draft 2 of" in pages.get(other).text
    assert "Looks like another report than draft.docx: not compared" in words(pages.get(case).text)


def test_a_case_that_is_chosen_for_another_familys_report_is_asked_about(pages: Pages) -> None:
    _, case = kept(pages)
    other = pages.upload(ANOTHER_FAMILY, "zebedee.docx")
    pages.result(other)
    asked = pages.post(f"{other}/keep", case=case.rpartition("/")[2])
    assert asked.headers["location"] == f"{other}#keep"
    page = pages.get(other).text
    assert "Does it belong in The Marlowe children?" in words(page)
    assert pages.post(f"{other}/keep", case="new", title="The Quills").status_code == 303
    assert "The Quills" in pages.get(other).text


def test_the_same_is_said_of_a_forgotten_check_and_of_none(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    pages.post(f"{address}/forget")
    told = set()
    for gone in (address, "/checks/never-was-one"):
        answer = pages.get(gone)
        assert answer.status_code == 404
        said = "This check was forgotten: 30 minutes after you last looked, or because you asked; or it was deleted."
        assert said in words(answer.text)
        assert "Check it again" in answer.text and "Kept drafts" in answer.text
        told.add(re.sub(r"Request \S+", "", words(answer.text)))
    assert len(told) == 1


def test_forgetting_is_asked_once_where_something_was_set_aside(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    assert "Forget it all the same" not in page
    pages.post(f"{address}/aside", fingerprint=forms(page, "/aside")[0]["fingerprint"], reason="It is quoted.")
    for asked in (address, "/checks"):
        assert re.search(r"<summary>Forget.*?your reasons.*?Forget it all the same", pages.get(asked).text, re.DOTALL)


def test_what_cannot_be_read_can_be_taken_off_the_list(pages: Pages) -> None:
    wrong = pages.upload(REFUSED, "wrong.docx")
    assert "Cannot be read" in pages.result(wrong) or "cannot be read" in pages.result(wrong)
    listed = pages.get("/checks").text
    assert f'action="{wrong}/forget"' in listed
    assert pages.post(f"{wrong}/forget", **{"from": "list"}).headers["location"] == "/checks?notice=forgotten"
    assert wrong not in pages.get("/checks").text


def test_the_list_and_the_case_count_as_the_result_does(pages: Pages) -> None:
    address, case = kept(pages)
    page = pages.get(address).text
    counts = {
        level: n for level, n in re.findall(r'<option value="([a-z]+(?:-fix)?)">[^(<]*\((\d+)\)', page) if n != "0"
    }
    counts = {level: n for level, n in counts.items() if level in ("must-fix", "should-fix", "consider")}
    shown = dict(re.findall(r'app-level--([a-z-]+)">(\d+) ', pages.get(case).text))
    assert shown == counts and counts
    held = pages.upload()
    pages.result(held)
    assert f"{sum(map(int, counts.values()))} things to look at, {counts['must-fix']} must fix" in words(
        pages.get("/checks").text
    )


def test_what_was_compared_before_it_was_kept_is_compared_still(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    second = pages.upload(NEXT, "next.docx", f"{address}/next")
    pages.result(second)
    assert pages.post(f"{second}/keep", case="new", title="Late").status_code == 303
    page = pages.get(second).text
    assert "Compared with draft.docx" in words(page)
    case = re.search(r'href="(/cases/[^"]+)"', page)
    assert case
    on_case = pages.get(case[1]).text
    assert re.search(r"\d+ fixed, \d+ still there, \d+ new.* since draft\.docx", words(on_case))
    assert f'action="{second}/next"' in on_case


def test_a_reported_false_alarm_is_seen_at_its_finding_and_may_be_set_aside(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    fingerprint = forms(page, "/aside")[0]["fingerprint"]
    alarm = f"{address}/false-alarm/{fingerprint}"
    pages.post(alarm)
    thanks = pages.get(alarm).text
    assert f'href="{address}#finding-1"' in thanks and f'action="{address}/aside"' in thanks
    page = pages.get(address).text
    assert page.count("You reported this as a false alarm.") == 1
    pages.post(f"{address}/aside", fingerprint=fingerprint, reason="A false alarm")
    assert "You set it aside" in pages.get(alarm).text
    element = re.search(r'id="element-([a-z-]+)" data-item', page)
    assert element
    pages.post(f"{address}/false-alarm/{element[1]}")
    thanks = pages.get(f"{address}/false-alarm/{element[1]}").text
    assert "Elements cannot be set aside" in thanks and "/aside" not in thanks


@pytest.mark.parametrize(
    ("query", "leads"),
    [("check=abc_-1&place=finding-3", "/checks/abc_-1#finding-3"), ("check=//evil&place=finding-3", "/criteria")],
)
def test_a_criterion_leads_back_to_where_it_was_asked_for(pages: Pages, query: str, leads: str) -> None:
    page = pages.get(f"/criteria/too-young?{query}").text
    assert re.search(rf'href="{re.escape(leads)}" class="govuk-back-link"', page)


def test_the_link_that_was_used_leads_on_whoever_is_in(pages: Pages) -> None:
    answer = pages.get("/open?key=used")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_other_kind_than_the_report_reads_like_is_doubted(pages: Pages) -> None:
    assert "Is this the right kind?" in pages.result(pages.upload(type="section31"))
    assert "Is this the right kind?" not in pages.result(pages.upload(type="section7"))


def test_what_must_be_read_is_named(pages: Pages, root: Path) -> None:
    address = pages.upload((root / "examples" / "local-authority-section7.docx").read_bytes())
    page = pages.result(address)
    elements = pages.get(f"{address}/result.json").json()["reports"][0]["elements"]
    reading = [element["id"] for element in elements if element["needs_reading"]]
    line = re.search(r"Read for yourself:</strong>(.*?)</p>", page, re.DOTALL)
    assert reading and line
    assert re.findall(r'href="#element-([a-z-]+)"', line[1]) == reading
