"""The practitioner's journeys by forms and links alone, as a browser without scripts goes through them."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI

from qualitycheck.service.store.store import Store
from qualitycheck.service.work.messages import Busy
from tests.cli.drafts import report
from tests.docx_builder import p
from tests.service.conftest import let_in
from tests.service.pages.browsing import DRAFT, HTML, NEXT, OTHER, Pages, forms, words


def in_order(page: str, *told: str) -> bool:
    places = [page.find(one) for one in told]
    return -1 not in places and places == sorted(places)


def test_the_first_page(pages: Pages) -> None:
    page = pages.get("/").text
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input[^>]*name="file"[^>]*multiple', page)
    assert "Nothing is kept unless you choose to keep it" in words(page)
    assert "<script" in page and not re.search(r"<script(?![^>]*src=)", page)


def test_one_report_from_upload_to_result(pages: Pages) -> None:
    address = pages.upload()
    waiting = pages.get(address)
    assert waiting.headers["cache-control"] == "no-store"
    page = pages.result(address)
    assert in_order(page, ">What to fix first<", 'id="elements"', 'id="findings"', ">The report as written<")
    assert page.count('<span class="app-level app-level--must-fix">Must fix</span>') >= 2
    for number in re.findall(r'id="finding-(\d+)"', page):
        assert page.count(f'href="#mark-{number}"') == 1
        assert page.count(f'id="mark-{number}"') == 1
        assert page.count(f'href="#finding-{number}" aria-label="Finding {number}') == 1
    assert "This is help with reading, not a judgement" in page


def test_every_link_within_the_page_leads_somewhere_and_every_id_is_one(pages: Pages) -> None:
    page = pages.result(pages.upload())
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)) <= set(ids)


def test_progress_is_told_in_words(pages: Pages) -> None:
    address = pages.upload()
    events = pages.get(f"{address}/progress")
    assert events.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in events.text.splitlines() if line]
    assert lines[-2:] == ["event: done", "data: {}"]
    told = [json.loads(line[6:]) for line in lines[:-2] if line.startswith("data: ")]
    assert told and all(set(one) == {"state", "stage", "said"} and one["said"] for one in told)


def test_a_filter_works_by_its_form(pages: Pages) -> None:
    address = pages.upload()
    everything = pages.result(address)
    criterion = re.findall(r'<option value="([a-z-]+)">[^<]*left over', everything, re.IGNORECASE)
    page = pages.get(f"{address}?level=must-fix&criterion=template-residue").text
    assert criterion == ["template-residue"]
    shown = re.findall(r'id="finding-(\d+)"', page)
    assert 0 < len(shown) < len(re.findall(r"data-item", everything))
    assert 'id="element-' not in page
    assert set(re.findall(r'id="mark-(\d+)"', page)) == set(shown)
    assert re.search(rf"Showing {len(shown)} of \d+", page)
    assert pages.get(f"{address}?level=nonsense").text.count("data-item") == everything.count("data-item")


def test_set_aside_and_taken_up_again(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    fields = forms(page, "/aside")[0]
    assert pages.post(f"{address}/aside", fingerprint=fields["fingerprint"], reason=" ").status_code == 400
    assert pages.post(f"{address}/aside", fingerprint="0" * 12, reason="No.").status_code == 404
    done = pages.post(f"{address}/aside", fingerprint=fields["fingerprint"], reason="It is <quoted>.")
    assert (done.status_code, done.headers["location"]) == (303, f"{address}#finding-1")
    page = pages.get(address).text
    assert "Set aside (1)" in page
    assert "It is &lt;quoted&gt;." in page
    assert 'id="mark-1"' not in page
    assert page.count('id="finding-1"') == 1
    file = pages.get(f"{address}/decisions")
    assert 'filename="qualitycheck-aside.toml"' in file.headers["content-disposition"]
    assert tomllib.loads(file.text)["aside"] == [{"fingerprint": fields["fingerprint"], "reason": "It is <quoted>."}]
    taken = pages.post(f"{address}/take-up", fingerprint=fields["fingerprint"])
    assert taken.status_code == 303
    assert pages.get(address).text.count('id="mark-1"') == 1


def test_a_filter_is_still_there_after_a_decision(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    page = pages.get(f"{address}?level=must-fix").text
    fields = forms(page, "/aside")[0]
    done = pages.post(
        f"{address}/aside", fingerprint=fields["fingerprint"], reason="So.", filter=html.unescape(fields["filter"])
    )
    assert done.headers["location"].startswith(f"{address}?level=must-fix")
    evil = pages.post(f"{address}/take-up", fingerprint=fields["fingerprint"], filter="x\r\nset-cookie: a=b")
    assert evil.headers["location"] == f"{address}#finding-1"


def test_the_small_file_comes_back_with_the_next_draft(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    pages.post(f"{address}/aside", fingerprint=forms(page, "/aside")[0]["fingerprint"], reason="It is quoted.")
    file = pages.get(f"{address}/decisions").content
    again = pages.post("/checks", [("file", ("next.docx", NEXT)), ("decisions", ("aside.toml", file))])
    assert "Set aside (1)" in pages.result(again.headers["location"])
    wrong = pages.post("/checks", [("file", ("next.docx", NEXT)), ("decisions", ("aside.toml", b"[[["))])
    assert wrong.status_code == 400
    assert "That is not the file of what you set aside. It is called qualitycheck-aside.toml." in words(wrong.text)


def test_the_next_draft_begins_with_what_changed(pages: Pages) -> None:
    address = pages.upload()
    first = pages.result(address)
    pages.post(f"{address}/aside", fingerprint=forms(first, "/aside")[0]["fingerprint"], reason="It is quoted.")
    page = pages.result(pages.upload(NEXT, "next.docx", f"{address}/next"))
    assert in_order(page, "<h3>Fixed: ", "<h3>Still there: ", "<h3>New: ", ">What to fix first<")
    assert "Set aside (1)" in page
    assert re.search(r"<h3>Fixed: [1-9]", page)
    assert re.search(r"<h3>New: [1-9]", page)
    assert "Compared with draft.docx" in words(page)


def test_kept_drafts_from_the_first_to_the_end(pages: Pages) -> None:
    address = pages.upload()
    first = pages.result(address)
    aside = forms(first, "/aside")[0]["fingerprint"]
    pages.post(f"{address}/aside", fingerprint=aside, reason="It is quoted.")
    assert pages.post(f"{address}/keep", case="new", title=" ").status_code == 400
    assert pages.post(f"{address}/keep", case="f" * 32).status_code == 404
    assert pages.post(f"{address}/keep", case="new", title="The Marlowe children").headers["location"] == address
    check = address.rpartition("/")[2]
    assert pages.desk.held.get(check) is None
    kept = pages.get(address).text
    assert "Draft 1 of" in kept and "Set aside (1)" in kept
    case = re.search(r'href="(/cases/[^"]+)"', kept)
    assert case
    # The next draft, kept too once its result is opened.
    following = pages.upload(NEXT, "next.docx", f"{address}/next", keep="yes")
    second = pages.result(following)
    assert "Draft 2 of" in second
    assert in_order(second, "<h3>Fixed: ", ">What to fix first<")
    assert pages.get(following).text.count("Draft 2 of") == 1
    # And one that is only looked at.
    third = pages.result(pages.upload(DRAFT, "third.docx", f"{following}/next"))
    assert "Draft 3 of" not in third
    shown = words(pages.get(case[1]).text)
    assert "Deleted by itself 180 days after its newest draft, decision or reading." in shown
    assert "2. next.docx" in shown and "1. draft.docx" in shown
    assert re.search(r"\d+ fixed, \d+ still there, \d+ new", shown)
    # A decision in a kept draft is the case's, and of no check that is held.
    assert pages.post(f"{following}/take-up", fingerprint=aside).status_code == 303
    assert "Set aside" not in re.sub(r"<summary>.*?</summary>|<button.*?</button>", "", pages.get(address).text)
    assert pages.post(f"{following}/forget").status_code == 409
    confirm = words(pages.get(f"{case[1]}/delete").text)
    assert "2 drafts, with their files and results" in confirm and "cannot be undone" in confirm
    assert pages.post(f"{case[1]}/delete").headers["location"] == "/cases?notice=deleted"
    assert [pages.get(gone).status_code for gone in (address, following, case[1])] == [404, 404, 404]
    actions = [entry.action for entry in pages.desk.store.audit.entries(10)]
    assert {"kept draft", "took up", "deleted case"} <= set(actions)


def test_a_case_that_is_deleted_meanwhile_keeps_nothing_back(pages: Pages) -> None:
    address = pages.upload()
    page = pages.result(address)
    pages.post(f"{address}/keep", case="new", title="Short")
    case = re.search(r'href="/cases/([^"]+)"', pages.get(address).text)
    assert case
    following = pages.upload(NEXT, "next.docx", f"{address}/next", keep="yes")
    pages.desk.store.cases.delete(case[1])
    page = pages.result(following)
    assert "Keep this draft" in page and "Draft 2 of" not in page


def test_the_list_of_cases_asks_for_them_once(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = [], pages.desk.store.cases.of
    monkeypatch.setattr(pages.desk.store.cases, "of", lambda who: asked.append(who) or real(who))
    assert pages.get("/cases").status_code == 200
    assert len(asked) == 1


def test_nothing_is_left_of_what_is_forgotten(pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    gone = pages.post(f"{address}/forget")
    assert gone.headers["location"] == "/?notice=forgotten"
    assert "nothing of it is left" in pages.get(gone.headers["location"]).text
    assert pages.get(address).status_code == 404


def test_several_reports_and_their_list(pages: Pages) -> None:
    files = [("file", ("one.docx", DRAFT)), ("file", ("two.docx", OTHER)), ("file", ("three.docx", b"PK nothing"))]
    assert pages.post("/checks", files).headers["location"] == "/checks"
    page = pages.get("/checks").text
    addresses = re.findall(r'href="(/checks/[^"]+)">(one|two|three)\.docx', page)
    assert [name for _, name in addresses[:3]] == ["three", "two", "one"]
    refused, other, checked = (pages.result(address) for address, _ in addresses[:3])
    assert "This report cannot be read" in refused and "three.docx" in refused and 'name="file"' in refused
    assert "Nothing was judged" in other and "check it again" in other
    assert "What to fix first" in checked
    assert "Cannot be read" in pages.get("/checks").text


def test_a_form_without_a_report_says_so(pages: Pages) -> None:
    answer = pages.post("/checks", [("file", ("", b""))])
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text
    assert 'href="#file"' in answer.text
    address = pages.upload()
    pages.result(address)
    assert pages.post(f"{address}/next", [("file", ("", b""))]).status_code == 400
    assert pages.post("/checks", [("file", ("a.docx", DRAFT))], type="section8").status_code == 400


def test_too_many_says_which_and_when(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy(17)

    monkeypatch.setattr(pages.desk.held, "add", busy)
    answer = pages.post("/checks", [("file", ("a.docx", DRAFT)), ("file", ("b.docx", DRAFT))])
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "17")
    assert "No room for a.docx, b.docx" in words(answer.text)


def test_downloads_are_what_was_shown(pages: Pages, tmp_path: Path) -> None:
    address = pages.upload(name="Entwurf “Zoë”; 1.docx")
    page = pages.result(address)
    before = pages.get(f"{address}/result.json").json()
    pages.post(f"{address}/aside", fingerprint=forms(page, "/aside")[0]["fingerprint"], reason="It is quoted.")
    after = pages.get(f"{address}/result.json")
    assert len(after.json()["reports"][0]["findings"]) == len(before["reports"][0]["findings"]) - 1
    name = after.headers["content-disposition"]
    assert name.isascii() and name.count('"') == 2
    assert unquote(name.partition("filename*=UTF-8''")[2]) == "Entwurf “Zoë”; 1 result.json"
    assert after.headers["cache-control"] == "no-store"
    as_page = pages.get(f"{address}/result.html")
    assert "The report as read" in as_page.text
    for made in ("annotated.docx", "summary.docx"):
        answer = pages.get(f"{address}/{made}")
        assert answer.status_code == 200
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert made in answer.headers["content-disposition"]


def test_the_data_is_what_the_command_line_says(pages: Pages, tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(DRAFT)
    address = pages.upload()
    pages.result(address)
    told = subprocess.run(
        [sys.executable, "-m", "qualitycheck", "check", "draft.docx", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
    )
    assert json.loads(told.stdout) == pages.get(f"{address}/result.json").json()


def test_markup_in_a_report_is_text(pages: Pages) -> None:
    name = "<img src=x onerror=alert(1)>.docx"
    page = pages.result(pages.upload(report(p("Then <script>alert(1)</script> [Insert <b>name</b>]")), name))
    assert "<script>alert" not in page and "<img" not in page and "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_another_session_sees_nothing_of_a_held_check(new_app: Callable[..., FastAPI], pages: Pages) -> None:
    address = pages.upload()
    pages.result(address)
    pages.client.cookies.clear()
    assert pages.get(address).status_code == 401
    let = let_in(new_app())
    assert let.get(address, headers=HTML).status_code == 404


def test_whoever_reads_anothers_draft_cannot_decide_in_it(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    address = pages.upload()
    pages.result(address)
    monkeypatch.setattr("qualitycheck.service.pages.result_page.works_on_check", lambda *_: False)
    page = pages.get(address).text
    for ending in ("/aside", "/take-up", "/next", "/keep", "/forget"):
        assert f'{ending}"' not in page
    assert "result.json" in page


def test_the_store_is_not_touched_by_a_check_on_its_own(pages: Pages) -> None:
    store: Store = pages.desk.store
    before = store.cases.ids()
    pages.result(pages.upload())
    assert store.cases.ids() == before
