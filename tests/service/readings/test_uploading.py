"""A manager uploads a report for reading: checked first, kept in a case of its author, theirs to read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from qualitycheck.errors import UnreadableReport
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.precourt.reading import State
from qualitycheck.service.access.who import OWNER
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.desk import Desk
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.pool import Pool
from tests.service.conftest import let_in
from tests.service.readings.seeded import AUTHOR, MANAGER, PEER, STRANGER, Browser, Seeded, draft

SOON = date.today() + timedelta(5)


class Stub(Pool):
    """Workers that answer when they are told to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.asked: list[Future[Any]] = []

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append(future)
        return future

    def done(self, check: Check | None = None) -> None:
        check = check or draft()
        self.asked.pop().set_result((check.result, check.sheet))


def with_stub(app: FastAPI) -> Stub:
    desk: Desk = app.state.desk
    pool = Stub(desk.settings)
    app.state.desk = replace(desk, pool=pool, held=HeldChecks(desk.settings, pool))
    return pool


@pytest.fixture
def pool(office: Seeded) -> Stub:
    return with_stub(office.app)


def upload(browser: Browser, expect: int = 303, **fields: str) -> str:
    given = {"title": "Marlowe", "filing-day": str(SOON.day), "filing-month": str(SOON.month)}
    given |= {"filing-year": str(SOON.year), "form_token": browser.form_token, **fields}
    answer = browser.client.post("/readings/new", data=given, files={"file": ("theirs.docx", draft().data)})
    assert answer.status_code == expect, answer.text
    return answer.headers.get("location", answer.text)


def whose(office: Seeded, name: str) -> str:
    return f"{next(iter(office.who(name).teams))} {office.account(name)}"


def test_it_waits_and_becomes_a_reading_of_the_authors(office: Seeded, pool: Stub) -> None:
    browser = office.browser(MANAGER)
    page = upload(browser, author=whose(office, AUTHOR))
    assert "Checking your report" in browser.get(page)  # without scripts it refreshes itself
    pool.done()
    led = browser.client.get(page).headers["location"]
    (reading,) = (one for one in office.desk.store.readings.concerning(office.who(MANAGER)))
    assert led == f"/readings/{reading.id}?done=uploaded"
    assert (reading.title, reading.filing, reading.kind) == ("Marlowe", SOON, "manager")
    assert (reading.author, reading.reader, reading.author_name) == (
        office.account(AUTHOR),
        office.account(MANAGER),
        "",
    )
    case = office.desk.store.cases.get(reading.case)
    assert case and case.owner == office.account(AUTHOR) and case.team == reading.team
    assert office.desk.store.drafts.written_by(reading.last.draft, office.who(AUTHOR))
    assert "Marlowe" in office.browser(AUTHOR).get("/readings") and "Marlowe" in office.browser(AUTHOR).get("/cases")
    assert len(office.desk.held) == 0
    told = [entry.action for entry in office.desk.store.audit.entries()]
    assert "uploaded for reading" in told and "kept draft" in told


def test_of_somebody_without_an_account_the_reader_keeps_the_case(office: Seeded, pool: Stub) -> None:
    browser = office.browser(MANAGER)
    page = upload(browser, author="else", author_name="Olu Adeyemi")
    pool.done()
    browser.client.get(page)
    (reading,) = office.desk.store.readings.concerning(office.who(MANAGER))
    assert (reading.author, reading.author_name, reading.reader) == ("", "Olu Adeyemi", office.account(MANAGER))
    case = office.desk.store.cases.get(reading.case)
    assert case and case.owner == office.account(MANAGER)
    assert "Olu Adeyemi" in browser.get(f"/readings/{reading.id}")


def test_what_cannot_be_read_is_said_and_nothing_is_kept(office: Seeded, pool: Stub) -> None:
    browser, before = office.browser(MANAGER), office.desk.store.cases.ids()
    page = upload(browser, author=whose(office, AUTHOR))
    pool.asked.pop().set_exception(UnreadableReport("not-docx", "is not a Word file"))
    assert "is not a Word file." in browser.get(page) and "Nothing was kept" in browser.get(page)
    other = draft()
    assert other.result
    page = upload(browser, author=whose(office, AUTHOR))
    pool.done(replace(other, result=replace(other.result, type="other", elements=(), findings=())))
    assert "takes this file for no section 7 report" in browser.get(page)
    assert office.desk.store.cases.ids() == before


def test_what_was_typed_stays(office: Seeded, pool: Stub) -> None:
    page = upload(office.browser(MANAGER), 400, author=whose(office, PEER), title=" ", **{"filing-month": "13"})
    assert "Give the case a name" in page and "must be a real date" in page and "Choose the report again" in page
    assert f'value="{whose(office, PEER)}" selected' in page
    assert "Enter the name" in upload(office.browser(MANAGER), 400, author="else")
    for wrong in (whose(office, STRANGER), whose(office, MANAGER), ""):
        assert "Choose whose report it is" in upload(office.browser(MANAGER), 400, author=wrong)
    late = date.today() - timedelta(1)
    fields = {"filing-day": str(late.day), "filing-month": str(late.month), "filing-year": str(late.year)}
    assert "is in the past" in upload(office.browser(MANAGER), 400, author=whose(office, AUTHOR), **fields)
    assert not pool.asked
    upload(office.browser(MANAGER), author=whose(office, AUTHOR), late="yes", **fields)


def test_only_managers_upload_for_others(office: Seeded) -> None:
    assert office.browser(AUTHOR).client.get("/readings/new").status_code == 403
    assert "Ann Author" in office.browser(MANAGER).get("/readings/new")


def test_opened_twice_it_is_one_reading(office: Seeded, pool: Stub) -> None:
    browser = office.browser(MANAGER)
    page = upload(browser, author=whose(office, AUTHOR))
    pool.done()
    held = office.desk.held.get(page.rpartition("/")[2])
    assert held
    first = browser.client.get(page).headers["location"]
    with office.desk.held._lock:  # the second request had found it before the first let go of it
        from qualitycheck.service.readings.receiving import begin

        again = begin(office.desk, office.who(MANAGER), held, "")
    assert first == f"/readings/{again}?done=uploaded"
    assert len(office.desk.store.readings.concerning(office.who(MANAGER))) == 1


def test_who_judges_first_sees_nothing_of_the_check(new_app: Callable[..., FastAPI]) -> None:
    app = new_app(office=True, readers_judge_first=True)
    office = Seeded.of(app, draft())
    pool, browser = with_stub(app), office.browser(MANAGER)
    page = upload(browser, author=whose(office, AUTHOR))
    pool.done()
    assert "must fix" not in browser.get("/checks")
    for of in ("annotated.docx", "summary.docx", "result.html", "result.json"):
        assert browser.client.get(f"{page}/{of}").status_code == 409
    browser.client.get(page)
    (reading,) = office.desk.store.readings.concerning(office.who(MANAGER))
    assert not reading.last.revealed
    assert browser.client.get(f"/checks/{reading.last.draft}").status_code == 404


def test_on_ones_own_machine_somebody_elses_is_read(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    pool = with_stub(app)
    client = let_in(app)
    desk: Desk = app.state.desk
    assert "Who wrote it?" in client.get("/readings/new").text
    (token,) = {one.form_token for one in [desk.doors.home._sessions[key] for key in desk.doors.home._sessions]}  # type: ignore[union-attr]
    fields = {"title": "Marlowe", "author_name": "Olu Adeyemi", "form_token": token}
    fields |= {"filing-day": str(SOON.day), "filing-month": str(SOON.month), "filing-year": str(SOON.year)}
    page = client.post("/readings/new", data=fields, files={"file": ("theirs.docx", draft().data)}).headers["location"]
    pool.done()
    led = client.get(page).headers["location"].partition("?")[0]
    reading = desk.store.readings.get(led.rpartition("/")[2])
    assert reading and (reading.reader, reading.team, reading.state) == (OWNER, None, State.WITH_READER)
    assert "You have Olu Adeyemi’s draft 1 to read" in client.get(led).text
    assert "Hand it to somebody else" not in client.get(led).text
    desk.store.readings.give_back(reading.id)
    second = desk.store.drafts.keep(reading.case, OWNER, replace(draft(), owner=OWNER))
    assert "It goes to you, who read draft 1." in client.get(f"/checks/{second}/send").text
    assert client.post(f"/checks/{second}/send", data={"form_token": token}).status_code == 303
