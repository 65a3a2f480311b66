"""Results of a sample: when there are any, what the page and the files say, and what is printed of passages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from qualitycheck.checking import Checker
from qualitycheck.errors import UserError
from qualitycheck.inspecting.grades import Fault
from qualitycheck.inspecting.results import called
from qualitycheck.result import SCHEMA
from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.app import create_app
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.graded import reader_key, readers_of
from qualitycheck.service.store.samples import Graded
from qualitycheck.service.store.store import Store
from qualitycheck.service.work import tasks
from tests.inspecting import east_midlands
from tests.service.accounts.office import Office, form_token
from tests.service.conftest import at_home, let_in
from tests.service.samples import graded_sample
from tests.service.samples.graded_sample import CRITERION, FAULT, REPORT, WORDS, manifest_of, published, sample, view

READERS = {OWNER: "Ada Lowe", "ben": "Ben Orme"}
SEEN_TWICE = ("section7-01", "section7-02", "section7-03")


@pytest.fixture
def home(new_app: Callable[..., FastAPI]) -> tuple[TestClient, Store]:
    app = new_app()
    desk: Desk = app.state.desk
    return let_in(app), desk.store


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(html.fromstring(answer.text).text_content().split())


def send(client: TestClient, path: str, **fields: str) -> Any:
    token = form_token(client, "/")
    return client.post(path, data={"form_token": token, **fields})


def audited(store: Store) -> list[str]:
    return [entry.action for entry in store.audit.entries()]


# The sample of 2007


@pytest.fixture(scope="module")
def as_published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """One for all tests that only look at it."""
    app = create_app(at_home(tmp_path_factory.mktemp("published")))
    desk: Desk = app.state.desk
    yield let_in(app), sample(desk.store, OWNER, READERS, finite=False)
    desk.pool.close()
    desk.store.close()


def rows_of(page: str, part: str) -> dict[str, list[list[str]]]:
    """The cells of a table by stratum: grade, count, share, interval, words."""
    [table] = html.fromstring(page).xpath(f'//section[@aria-labelledby="{part}"]//table')
    found = {}
    for body in table.xpath("./tbody"):
        rows = [[" ".join(cell.text_content().split()) for cell in row] for row in body.xpath("./tr")]
        found[rows[0][0]] = [rows[0][2:], *rows[1:]]
    return found


def test_the_published_sample_gives_its_counts_words_and_intervals(as_published: tuple[TestClient, str]) -> None:
    client, id = as_published
    page = client.get(f"/samples/{id}/results").text
    rows = rows_of(page, "part-2")
    assert "Overall" in page
    for stratum, counts in east_midlands.PUBLISHED.items():
        assert tuple(int(row[1]) for row in rows[called(stratum)]) == counts
    assert rows["section 7"][3] == ["inadequate", "25", "76% (59 to 87)", "Wilson", "most (25 of 33)"]
    assert rows["section 31"][3] == ["inadequate", "9", "31% (17 to 49)", "Wilson", "9 of 29"]
    told = text_of(client, f"/samples/{id}/results")
    assert "section 7: most (25 of 33), 76% (95% interval 59 to 87)" in told
    assert "section 31: 9 of 29, 31% (95% interval 17 to 49)" in told
    assert "Intervals without finite-frame correction." in told
    assert "East Midlands. Drawn on 1 June 2007 with the seed “east midlands”." in told


def test_every_section_names_both_scales(as_published: tuple[TestClient, str]) -> None:
    client, id = as_published
    page = html.fromstring(client.get(f"/samples/{id}/results").text)
    sections = page.xpath("//section[.//table]")
    assert len(sections) >= 4
    for section in sections:
        told = section.text_content()
        assert "Grades: " in told
        assert "Words: almost all over 80%" in told


def test_strata_are_compared_and_readers_agreement_has_its_interval(as_published: tuple[TestClient, str]) -> None:
    client, id = as_published
    told = text_of(client, f"/samples/{id}/results")
    assert "higher in section 7" in told
    assert "cannot be told apart" in told  # on the criterion beside it
    assert "Readers agree by 1.00 (too alike for an interval) on 12 reports read twice" in told
    assert "% agreement" not in told


def test_charts_are_told_in_words_and_need_no_style_of_their_own(as_published: tuple[TestClient, str]) -> None:
    client, id = as_published
    answer = client.get(f"/samples/{id}/results")
    assert "style-src 'self';" in answer.headers["content-security-policy"]
    assert not re.search(r"<style|\sstyle=", answer.text)
    page = html.fromstring(answer.text)
    charts = page.xpath("//svg")
    assert len(charts) == 2
    assert "section 7: 0 excellent, 1 good, 7 adequate, 25 inadequate of 33." in charts[1].xpath("string(./desc)")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_few_graded_have_no_help_of_the_checker_and_are_told_why(as_published: tuple[TestClient, str]) -> None:
    client, id = as_published
    assert "need 100 graded reports, and 62 were graded" in text_of(client, f"/samples/{id}/results")


def test_the_files_hold_the_same_and_are_told_in_the_log(home: tuple[TestClient, Store]) -> None:
    client, store = home
    id = sample(store, OWNER, READERS, finite=False, faults=SEEN_TWICE)
    for ending in ("docx", "xlsx"):
        answer = client.get(f"/samples/{id}/results.{ending}")
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
        assert f'filename="East Midlands results.{ending}"' in answer.headers["content-disposition"]
    listed = client.get(f"/samples/{id}/results.csv").content.decode("utf-8-sig")
    assert '"inadequate","25","76","59","87","Wilson","most (25 of 33)"' in listed
    data = json.loads(client.get(f"/samples/{id}/results.json").content)
    assert len(data["trail"]["manifest"]["drawn"]) == 62
    grades = [row for row in data["trail"]["grades"] if row["kind"] == "grade"]
    assert len(grades) == 2 * (62 + 12)
    assert {"reader", "date", "reason", "grade"} <= grades[0].keys()
    for told in (listed, str(data)):
        assert "Sallow" not in told
        assert "Nair" not in told
    assert sum(action.startswith("downloaded the results") for action in audited(store)) == 4


# When there are figures


def test_there_are_none_until_all_is_handed_in(home: tuple[TestClient, Store]) -> None:
    client, store = home
    id = sample(store, OWNER, READERS, handed_in=38)
    told = text_of(client, f"/samples/{id}/results")
    assert "38 of 74 gradings handed in" in told
    assert "inadequate" not in told
    for path in ("results.docx", "results.xlsx", "results.csv", "results.json", "passages"):
        assert client.get(f"/samples/{id}/{path}").status_code == 409


def test_the_lead_may_close_early_with_a_reason_that_is_printed(home: tuple[TestClient, Store]) -> None:
    client, store = home
    id = sample(store, OWNER, READERS, handed_in=38)
    refused = send(client, f"/samples/{id}/close", reason="  ")
    assert refused.status_code == 400
    assert "Say why the sample is closed" in refused.text
    assert send(client, f"/samples/{id}/close", reason="A reader fell ill.").status_code == 303
    remark = "with 38 of 74 gradings handed in: A reader fell ill."
    assert remark in text_of(client, f"/samples/{id}/results")
    assert remark in client.get(f"/samples/{id}/results.csv").text
    assert remark in json.loads(client.get(f"/samples/{id}/results.json").content)["about"][1]
    assert "closed before all was handed in" in audited(store)
    again = send(client, f"/samples/{id}/close", reason="Another.")
    assert again.status_code == 303
    assert (view(store, id).closed or pytest.fail()).reason == "A reader fell ill."


def test_a_closed_sample_takes_no_more_grades(home: tuple[TestClient, Store]) -> None:
    client, store = home
    id = sample(store, OWNER, READERS, handed_in=38)
    send(client, f"/samples/{id}/close", reason="A reader fell ill.")
    kept = view(store, id)
    assert kept.manifest
    report, names = list(readers_of(kept.manifest).items())[-1]
    with pytest.raises(Problem, match="was closed"):
        store.samples.grade(kept.reports[report], reader_key(kept, names[0]), lambda _: Graded())


def test_nothing_handed_in_cannot_be_closed(home: tuple[TestClient, Store]) -> None:
    client, store = home
    id = sample(store, OWNER, READERS, handed_in=0)
    assert send(client, f"/samples/{id}/close", reason="No time.").status_code == 400


def test_differences_wait_for_adjudication_and_are_in_no_figure(home: tuple[TestClient, Store]) -> None:
    client, store = home

    def apart(report: str, reader: str, criterion: str) -> str:
        given = published(report, reader, criterion)
        return "adequate" if (given, reader) == ("inadequate", "Ben Orme") else given

    id = sample(store, OWNER, READERS, twice=20, grade=apart)
    told = text_of(client, f"/samples/{id}/results")
    assert "Graded apart by two readers, not settled, and in no figure" in told
    assert re.search(r"Not in this table: \d+ reports? graded apart by two readers", told)
    assert re.search(r"Readers: 20 reports read twice; \d+ graded apart; none settled\.", told)
    listed = client.get(f"/samples/{id}/results.csv").text
    assert "reader A and reader B" in listed
    assert "Ben Orme" not in told + listed
    assert "Ben Orme" in client.get(f"/samples/{id}/results.json").text
    assert "differences between readers are settled" in told


def test_readers_see_results_once_they_have_handed_in_all_of_theirs(new_app: Callable[..., FastAPI]) -> None:
    office = Office.of(new_app(office=True))
    people = {name: office.add(name, Role.INSPECTOR).id for name in ("lead", "ada", "ben", "cy")}
    readers = {people["ada"]: "Ada Lowe", people["ben"]: "Ben Orme"}
    store = office.desk.store
    done = sample(store, people["lead"], readers)
    begun = sample(store, people["lead"], readers, handed_in=38)
    seen = {name: office.signed_in(name) for name in people}
    for name, statuses in {"lead": (200, 200), "ada": (200, 404), "ben": (200, 404), "cy": (404, 404)}.items():
        found = tuple(seen[name].get(f"/samples/{id}/results").status_code for id in (done, begun))
        assert found == statuses, name
    assert seen["ada"].get(f"/samples/{done}/results.csv").status_code == 200
    assert seen["ada"].get(f"/samples/{done}/results.json").status_code == 404
    token = form_token(seen["ada"])
    closing = seen["ada"].post(f"/samples/{begun}/close", data={"form_token": token, "reason": "I want to know."})
    assert closing.status_code == 404


# The checker's help


def whole_frame(missing: int = 0) -> bytes:
    """Results of a check of every report of a frame of 400: the checker sees a part of what falls short."""
    reports = [
        {
            "file": f"{number:02}.docx",
            "sha256": "",
            "type": "section7",
            "elements": [{"id": CRITERION, "status": "partial" if number % 2 else "met", "reason": "Ned"}],
            "findings": [],
        }
        for number in range(1, 401 - missing)
    ]
    return json.dumps({"schema": SCHEMA, "reports": reports}).encode()


def bring(client: TestClient, id: str, data: bytes) -> Any:
    token = form_token(client, "/")
    files = {"checked": ("results.json", data, "application/json")}
    return client.post(f"/samples/{id}/checked", data={"form_token": token}, files=files)


def test_estimates_with_the_checkers_help_stand_beside_the_plain_ones(home: tuple[TestClient, Store]) -> None:
    client, store = home
    large = manifest_of({"section7": (120, 400)})

    def half(report: str, reader: str, criterion: str) -> str:
        short = int(report.rpartition("-")[2]) % 2
        return ("inadequate" if short else "good") if criterion == "overall" else ("partial" if short else "met")

    id = sample(store, OWNER, {OWNER: "Ada Lowe"}, manifest=large, twice=0, grade=half)
    path = f"/samples/{id}/results"
    assert "The checker’s results of the whole frame" in text_of(client, path)
    wrong = bring(client, id, whole_frame(missing=1))
    assert wrong.status_code == 400
    assert "was not checked: check every report of the frame" in wrong.text
    assert bring(client, id, b"{}").status_code == 400
    assert bring(client, id, whole_frame()).status_code == 303
    assert "Ned" not in str(store.samples.seen(id))
    told = text_of(client, path)
    assert "Beside them: estimates with the checker's help" in told
    assert "Falls short (partial or missing): all reports: 60 of 120, 50%" in told  # the plain ones are still there
    assert "brought the checker’s results" in audited(store)


# Passages


class ByHand:
    """A worker that does what the worker's own code does, in this process."""

    def __init__(self) -> None:
        self.asked = 0
        self._checkers = {"auto": Checker()}

    def submit(self, task: str, *args: Any, **_: Any) -> Future[Any]:
        self.asked += 1
        done: Future[Any] = Future()
        try:
            done.set_result(tasks.TASKS[task](self._checkers, lambda _: None, *args))
        except UserError as error:
            done.set_exception(error)
        return done

    def close(self) -> None:
        pass


@pytest.fixture
def confirming(new_app: Callable[..., FastAPI]) -> tuple[TestClient, Store, str, ByHand]:
    app = new_app()
    client = let_in(app)
    desk: Desk = app.state.desk
    desk.pool.close()
    pool = ByHand()
    app.state.desk = replace(desk, pool=pool)  # type: ignore[arg-type]
    return client, desk.store, sample(desk.store, OWNER, READERS, faults=SEEN_TWICE), pool


def test_the_tool_takes_names_out_and_a_person_confirms_what_is_printed(
    confirming: tuple[TestClient, Store, str, ByHand],
) -> None:
    client, store, id, pool = confirming
    path = f"/samples/{id}/passages"
    assert "3 passages still have the names in" in text_of(client, path)
    assert "Sallow" not in text_of(client, path)
    assert send(client, path, do="prepare").status_code == 303
    assert pool.asked == 3
    told = text_of(client, path)
    assert "The mother told the author that child 1 was often late at Brackenhill School." in told
    assert "Priya" not in told  # who wrote it is hidden from inspectors, beside what was changed too
    assert "Mrs Tess Sallow told [author] that Ned" in told
    assert "Look at: Brackenhill, School" in told
    first, second, third = (one.key for one in view(store, id).prepared.values())
    results = f"/samples/{id}/results"
    assert "confirmed by a person, and not printed: 3" in text_of(client, results)
    edited = "The mother told the author that child 1 was often late at school."
    assert send(client, path, do="confirm", key=first, text=edited).status_code == 303
    assert send(client, path, do="leave-out", key=second).status_code == 303
    told = text_of(client, results)
    assert f"“{edited}”" in told
    assert "confirmed by a person, and not printed: 1" in told
    assert "Brackenhill" not in told
    assert edited in client.get(f"/samples/{id}/results.csv").text
    assert "Left out by you on" in text_of(client, path)
    assert "confirmed a passage for print" in audited(store)
    assert view(store, id).confirmed[first].by == OWNER
    assert send(client, path, do="undo", key=first).status_code == 303
    assert edited not in text_of(client, results)
    assert third not in view(store, id).confirmed


def test_a_passage_without_words_is_not_confirmed(confirming: tuple[TestClient, Store, str, ByHand]) -> None:
    client, store, id, _ = confirming
    send(client, f"/samples/{id}/passages", do="prepare")
    key = next(iter(view(store, id).prepared.values())).key
    refused = send(client, f"/samples/{id}/passages", do="confirm", key=key, text=" ")
    assert refused.status_code == 400
    assert "Write what may be printed" in refused.text
    assert send(client, f"/samples/{id}/passages", do="confirm", key="other", text="Words.").status_code == 409


def test_what_was_confirmed_of_a_fault_that_was_changed_is_confirmed_again(
    confirming: tuple[TestClient, Store, str, ByHand], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, store, id, pool = confirming
    path = f"/samples/{id}/passages"
    send(client, path, do="prepare")
    for one in view(store, id).prepared.values():
        send(client, path, do="confirm", key=one.key, text="It was confirmed.")
    assert "It was confirmed." in text_of(client, f"/samples/{id}/results")
    other = WORDS.replace("late", "early")
    faults = tuple(
        Fault(kind="fault", report=report, reader="Ada Lowe", date=graded_sample.TODAY, criterion=FAULT, passage=other)
        for report in SEEN_TWICE
    )
    monkeypatch.setattr("qualitycheck.service.samples.graded._faults", lambda *_: faults)
    assert "It was confirmed." not in text_of(client, f"/samples/{id}/results")
    assert "3 passages still have the names in" in text_of(client, path)
    send(client, path, do="prepare")
    assert pool.asked == 6
    assert text_of(client, path).count("To be confirmed by a person.") == 3


def test_a_file_that_cannot_be_read_any_more_keeps_no_other_waiting(
    confirming: tuple[TestClient, Store, str, ByHand],
) -> None:
    client, store, id, _ = confirming
    broken = store.samples.report(view(store, id).reports[SEEN_TWICE[0]])
    assert broken
    store.samples.put_report(id, SEEN_TWICE[0], broken.name, b"no docx", broken.result, broken.sheet)
    answer = send(client, f"/samples/{id}/passages", do="prepare")
    told = text_of(client, answer.headers["location"])
    assert "The file of 1 report cannot be read any more" in told
    assert len(view(store, id).prepared) == 2


def test_the_worker_hides_an_author_whom_only_the_frame_names() -> None:
    fault = Fault(
        kind="fault", report="r", reader="Ada", date=graded_sample.TODAY, criterion=FAULT, passage="Tom Beck saw Ned."
    )
    [(found, shown)] = tasks.passages(
        {"auto": Checker()}, lambda _: None, REPORT, "r.docx", None, ("Tom Beck",), (), (fault,)
    )
    assert (found.text, shown) == ("The author saw child 1.", "[author] saw Ned.")
