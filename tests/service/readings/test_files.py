"""A reading to take away: who gets which rounds of it, what is in the files, and what is said where there is no PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document as open_word

from qualitycheck.checking import Checker
from qualitycheck.configuration import Configuration, Models
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.precourt.reading import Answer, Comment, Said
from qualitycheck.rendering import pdf
from qualitycheck.result import Passage
from qualitycheck.service.desk import Desk
from qualitycheck.service.routes import reading_files
from qualitycheck.service.settings import Settings
from qualitycheck.service.work import tasks
from qualitycheck.service.work.messages import Busy
from qualitycheck.service.work.pool import Pool
from qualitycheck.writing import filing_copy, leftovers
from tests.service.readings.seeded import AUTHOR, MANAGER, OTHER_MANAGER, PEER, SENTENCES, STRANGER, Seeded, draft
from tests.writing.marks import anchored, comments_of

ASKED = Comment("c1", "harm", Passage(1, None, "Report on Ada", 3, 28, SENTENCES[0]), "To whom?", "Say who saw it.")
OF_ALL = Comment("c2", "diversity", None, "Nothing on it.", "Say why it does not matter.")
LATER = Comment("c3", "harm", Passage(2, None, "Report on Ada", 3, 28, SENTENCES[1]), "Since when?", "Say since when.")
FILES = ("form.docx", "form.pdf", "annotated.docx")


class HereAndNow(Pool):
    """A worker that does it in this process: what it makes is looked at."""

    def __init__(self, settings: Settings, checker: Checker) -> None:
        super().__init__(settings)
        self._checkers = {"auto": checker}

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(tasks.TASKS[task](self._checkers, tell, *args))
        return done


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(configuration=Configuration(models=Models(use=False)))


@pytest.fixture
def office(office: Seeded, checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Seeded:
    desk: Desk = office.app.state.desk
    office.app.state.desk = replace(desk, pool=HereAndNow(desk.settings, checker))
    monkeypatch.setattr(reading_files, "as_pdf", lambda word: b"%PDF " + word)
    return office


def read(office: Seeded, *comments: Comment, **said: Any) -> str:
    """A reading whose first round was given back with these comments."""
    id = office.send()
    office.desk.store.readings.change(id, lambda _: Said(comments=comments, **said))
    office.desk.store.readings.give_back(id)
    return id


def next_round(office: Seeded, id: str, said: Said) -> None:
    office.desk.store.readings.send(id, office.keep(draft()))
    office.desk.store.readings.change(id, lambda _: said)


def got(office: Seeded, user_name: str, address: str) -> bytes:
    answer = office.browser(user_name).client.get(address)
    assert answer.status_code == 200, (answer.status_code, answer.text)
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def refused(office: Seeded, user_name: str, address: str) -> int:
    return office.browser(user_name).client.get(address).status_code


def words(data: bytes) -> str:
    page = open_word(io.BytesIO(data))
    cells = (cell.text for table in page.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


@pytest.mark.parametrize("file", FILES)
def test_who_may_take_what_was_given_back(office: Seeded, file: str) -> None:
    id = read(office, ASKED)
    for name in (AUTHOR, MANAGER, OTHER_MANAGER):
        assert got(office, name, f"/readings/{id}/{file}")
    for name in (PEER, STRANGER):
        assert refused(office, name, f"/readings/{id}/{file}") == 404


@pytest.mark.parametrize("file", FILES)
def test_what_was_not_given_back_is_its_readers(office: Seeded, file: str) -> None:
    id = office.send(PEER, "peer")
    office.desk.store.readings.change(id, lambda _: Said(comments=(ASKED,)))
    assert got(office, PEER, f"/readings/{id}/{file}")
    for name in (AUTHOR, MANAGER):
        answer = office.browser(name).client.get(f"/readings/{id}/{file}")
        assert answer.status_code == 404
        assert "Nothing was given back yet" in answer.text


def test_others_see_the_rounds_that_were_given_back_and_no_word_of_the_next(office: Seeded) -> None:
    id = read(office, ASKED)
    next_round(office, id, Said(comments=(LATER,), settled={"c1": False}, overall="I may yet change my mind here."))
    for name, file in ((AUTHOR, "form.docx"), (AUTHOR, "form.pdf"), (OTHER_MANAGER, "form.docx")):
        told = words(got(office, name, f"/readings/{id}/{file}").removeprefix(b"%PDF "))
        assert "Say who saw it." in told
        for secret in ("Since when?", "still open", "change my mind", "Round 2"):
            assert secret not in told
    theirs = words(got(office, MANAGER, f"/readings/{id}/form.docx"))
    assert "Since when?" in theirs
    assert "The reader marked it as still open (round 2)." in theirs
    assert "This draft was not given back yet" in theirs
    assert [text for _, text in comments_of(got(office, AUTHOR, f"/readings/{id}/annotated.docx")).values()] == [
        "Harm suffered or at risk. Reading before court, round 1.\nTo whom?\nRequested: Say who saw it."
    ]
    second = office.draft
    assert refused(office, AUTHOR, f"/readings/{id}/annotated.docx?draft={second}") == 404
    assert got(office, MANAGER, f"/readings/{id}/annotated.docx?draft={second}")


def test_comments_stand_on_their_words_in_the_readers_name(office: Seeded) -> None:
    copy = got(office, AUTHOR, f"/readings/{read(office, ASKED, OF_ALL)}/annotated.docx")
    assert anchored(copy) == {"To whom?": SENTENCES[0], "Nothing on it.": "Report on Ada"}
    assert {author for author, _ in comments_of(copy).values()} == {"Mo Manager (manager)"}
    filed = filing_copy(copy)
    assert leftovers(filed) == []
    assert comments_of(filed) == {}


def test_comments_stay_in_the_name_of_who_made_them(office: Seeded) -> None:
    id = read(office, ASKED)
    office.desk.store.readings.hand(id, office.account(OTHER_MANAGER), "manager", office.account(MANAGER), "On leave.")
    copy = got(office, AUTHOR, f"/readings/{id}/annotated.docx")
    assert {author for author, _ in comments_of(copy).values()} == {"Mo Manager (reader)"}


def test_the_checkers_own_beside_them_when_asked(office: Seeded) -> None:
    id = read(office, ASKED)
    copy = got(office, AUTHOR, f"/readings/{id}/annotated.docx?checker=yes")
    assert {author for author, _ in comments_of(copy).values()} == {"Mo Manager (manager)", "qualitycheck"}


def test_who_judges_first_gets_nothing_of_the_checker(office: Seeded) -> None:
    id = office.send(revealed=False)
    office.desk.store.readings.change(id, lambda _: Said(comments=(ASKED,)))
    copy = got(office, MANAGER, f"/readings/{id}/annotated.docx?checker=yes")
    assert {author for author, _ in comments_of(copy).values()} == {"Mo Manager (manager)"}
    told = words(got(office, MANAGER, f"/readings/{id}/form.docx"))
    assert "Say who saw it." in told
    assert "The checker's findings" not in told
    assert "flagged" not in told


def test_what_is_still_open_stands_in_the_next_draft_too(office: Seeded) -> None:
    id = read(office, ASKED)
    next_round(office, id, Said(comments=(LATER,), settled={"c1": False}))
    office.desk.store.readings.give_back(id)
    told = sorted(
        text.split("\n")[0] for _, text in comments_of(got(office, AUTHOR, f"/readings/{id}/annotated.docx")).values()
    )
    assert told == [
        "Harm suffered or at risk. Reading before court, round 1, still open.",
        "Harm suffered or at risk. Reading before court, round 2.",
    ]


def test_the_form_tells_who_read_what_was_answered_and_nothing_of_time(office: Seeded) -> None:
    id = read(office, ASKED)
    office.desk.store.readings.answer(id, {"c1": Answer("not-changed", "The school has closed.", datetime.now(UTC))})
    told = words(got(office, AUTHOR, f"/readings/{id}/form.docx"))
    for part in (
        "Case: A family",
        "Author: Ann Author",
        "Reader: Mo Manager, read as a manager",
        "Author's answer: The author says: not changed, because: The school has closed.",
        "4 December 2026",
    ):
        assert part in told
    for secret in ("second", "minute", "time spent", "opened"):
        assert secret not in told.casefold()


def test_an_author_without_an_account_is_named_as_typed(office: Seeded) -> None:
    store, manager = office.desk.store, office.account(MANAGER)
    case = store.cases.add(manager, None, "Another family").id
    kept = store.drafts.keep(case, manager, draft())
    id = store.readings.ask(kept, datetime.now(UTC).date(), "manager", manager, manager, author_name="Jo Away")
    assert "Author: Jo Away" in words(got(office, MANAGER, f"/readings/{id}/form.docx"))


def test_without_libreoffice_one_sentence(office: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    id = read(office, ASKED)

    def none(_: bytes) -> bytes:
        raise pdf.NoOffice(pdf.MISSING)

    monkeypatch.setattr(reading_files, "as_pdf", none)
    answer = office.browser(AUTHOR).client.get(f"/readings/{id}/form.pdf")
    assert answer.status_code == 501
    assert pdf.MISSING in answer.text
    assert "text/html" in answer.headers["content-type"]

    def fails(_: bytes) -> bytes:
        raise pdf.NoPdf(pdf.FAILED)

    monkeypatch.setattr(reading_files, "as_pdf", fails)
    answer = office.browser(AUTHOR).client.get(f"/readings/{id}/form.pdf")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_where_many_wait_it_says_when_to_come_again(office: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise Busy(7)

    monkeypatch.setattr(office.desk.pool, "submit", busy)
    answer = office.browser(AUTHOR).client.get(f"/readings/{read(office, ASKED)}/annotated.docx")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_each_is_on_record_without_a_word_of_the_report(office: Seeded) -> None:
    id = read(office, ASKED)
    for file in FILES:
        got(office, AUTHOR, f"/readings/{id}/{file}")
    entries = [(entry.action, entry.thing) for entry in office.desk.store.audit.entries()][:3]
    assert sorted(action for action, _ in entries) == [
        "downloaded the reading form",
        "downloaded the reading form as PDF",
        "downloaded the report with its reading",
    ]
    assert {thing for _, thing in entries} == {f"reading {id} of case {office.case}"}
