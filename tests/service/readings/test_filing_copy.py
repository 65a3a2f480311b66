"""The clean copy for filing: nothing is left in it, what was taken out is said, and a copy that is not clean stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import pytest

from qualitycheck import writing
from qualitycheck.checking import Checker
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.precourt.reading import Comment, Said
from qualitycheck.service.work import tasks
from qualitycheck.service.work.pool import Pool
from tests.docx_builder import docx, ins, p
from tests.service.readings.seeded import AUTHOR, MANAGER, STRANGER, Seeded, draft

MARGIN_NOTE = "Mo Manager would not file this"


@pytest.fixture(scope="module")
def checkers() -> dict[str, Checker]:
    return {"auto": Checker()}


class Here(Pool):
    """A worker's task, done at once in this process."""

    checkers: dict[str, Checker]

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(tasks.TASKS[task](self.checkers, tell, *args))
        return future


@pytest.fixture
def read(office: Seeded, checkers: dict[str, Checker]) -> tuple[Seeded, str]:
    """A reading of a draft with tracked changes, given back with a comment."""
    pool = Here(office.desk.settings)
    pool.checkers = checkers
    office.app.state.desk = replace(office.desk, pool=pool)
    data = docx(p("Report on Ada"), p("She lives ", ins("with her mother")), p("Contact went well."))
    office.keep(replace(draft(), data=data))
    reading = office.send()
    comment = Comment("c1", "harm", None, MARGIN_NOTE, "Say who saw it.")
    office.desk.store.readings.change(reading, lambda _: Said(comments=(comment,)))
    office.desk.store.readings.give_back(reading)
    return office, reading


def test_it_is_checked_and_said_before_it_is_downloaded(read: tuple[Seeded, str]) -> None:
    office, reading = read
    page = office.browser(AUTHOR).get(f"/readings/{reading}/copy")
    assert "Checked: no comments, tracked changes, hidden text or author’s name is left." in page
    assert "1 tracked change, accepted" in page
    assert "This draft is not signed off." in page
    answer = office.browser(AUTHOR).client.get(f"/readings/{reading}/filing.docx")
    assert answer.status_code == 200
    assert "for%20filing.docx" in answer.headers["content-disposition"]
    assert writing.leftovers(answer.content) == []
    with ZipFile(io.BytesIO(answer.content)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    assert "with her mother" in text and MARGIN_NOTE not in text and "w:ins " not in text
    told = [entry.action for entry in office.desk.store.audit.entries(2)]
    assert told == ["downloaded the copy for filing", "looked at the copy for filing"]


def test_of_a_draft_that_is_signed_off_nothing_is_warned_of(read: tuple[Seeded, str]) -> None:
    office, _ = read
    reading = office.desk.store.readings
    for one in reading.of_case(office.case):
        reading.withdraw(one.id, "")
    id = office.send()
    reading.sign_off(id)
    assert "Warning" not in office.browser(AUTHOR).get(f"/readings/{id}/copy")


def test_a_copy_with_anything_left_is_not_given_out(read: tuple[Seeded, str], monkeypatch: pytest.MonkeyPatch) -> None:
    office, reading = read
    monkeypatch.setattr(writing, "filing_copy", lambda data: data)
    page = office.browser(AUTHOR).get(f"/readings/{reading}/copy")
    assert "The copy still holds what should not be filed: 1 tracked change" in page
    assert "Download" not in page
    answer = office.browser(AUTHOR).client.get(f"/readings/{reading}/filing.docx")
    assert answer.status_code == 409 and "1 tracked change" in answer.text


def test_it_is_of_a_draft_of_this_reading(read: tuple[Seeded, str]) -> None:
    office, reading = read
    first = office.desk.store.drafts.in_case(office.case)[-1].id  # which was never sent
    assert office.browser(AUTHOR).client.get(f"/readings/{reading}/filing.docx?draft={first}").status_code == 404
    assert office.browser(AUTHOR).client.get(f"/readings/{reading}/copy?draft={office.draft}").status_code == 200
    assert office.browser(MANAGER).client.get(f"/readings/{reading}/copy").status_code == 200
    assert office.browser(STRANGER).client.get(f"/readings/{reading}/filing.docx").status_code == 404
