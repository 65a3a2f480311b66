"""A draft is sent for reading: to whom, with which filing date, and the next draft to the same reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi import FastAPI

from qualitycheck.precourt.reading import Comment, Said, State
from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings.days import day_in, relative, until
from qualitycheck.service.uploads import Form
from tests.service.conftest import let_in
from tests.service.readings.seeded import AUTHOR, FILING, MANAGER, OTHER_MANAGER, PEER, STRANGER, Seeded, draft

TODAY = date(2026, 11, 22)


def fields(on: date = FILING, **more: str) -> dict[str, str]:
    return {"filing-day": str(on.day), "filing-month": str(on.month), "filing-year": str(on.year), **more}


def soon(days: int = 12) -> date:
    return date.today() + timedelta(days)


def with_comment(office: Seeded, id: str = "c1") -> str:
    """A reading, given back with one comment."""
    readings = office.desk.store.readings
    reading = office.send()
    readings.change(reading, lambda _: Said(comments=(Comment(id, "harm", None, "Too vague.", "Say who saw it."),)))
    readings.give_back(reading)
    return reading


def test_the_page_offers_everybody_who_may_read_and_never_the_author(office: Seeded) -> None:
    page = office.browser(AUTHOR).get(f"/checks/{office.draft}/send")
    offered = set(re.findall(r'name="to" type="radio" value="([^"]+)"', page))
    assert offered == {"any", *(office.account(one) for one in (MANAGER, OTHER_MANAGER, PEER))}
    assert "Any manager of North" in page and "Pat Peer, as peer" in page
    assert " checked" not in page  # the author says to whom it goes


@pytest.mark.parametrize(("to", "kind"), [(MANAGER, "manager"), (PEER, "peer"), (None, "manager")])
def test_it_goes_to_whom_was_chosen(office: Seeded, to: str | None, kind: str) -> None:
    account = office.account(to) if to else None
    led = office.browser(AUTHOR).post(f"/checks/{office.draft}/send", **fields(soon(), to=account or "any"))
    (reading,) = office.desk.store.readings.of_case(office.case)
    assert led == f"/readings/{reading.id}?done=sent"
    assert (reading.reader, reading.kind, reading.filing) == (account, kind, soon())
    assert reading.last.revealed
    assert reading.state is (State.WITH_READER if to else State.UNTAKEN)
    entry = office.desk.store.audit.entries()[0]
    assert (entry.action, entry.thing) == ("sent a draft for reading", f"reading {reading.id} of case {office.case}")
    assert office.desk.store.readings.tallies([reading.team or ""])


def test_nobody_else_can_be_chosen(office: Seeded) -> None:
    browser = office.browser(AUTHOR)
    for name in (AUTHOR, STRANGER):
        page = browser.post(f"/checks/{office.draft}/send", 400, **fields(soon(), to=office.account(name)))
        assert "Choose who is to read it" in page
    office.desk.store.people.change(office.account(MANAGER), disabled=True)
    page = browser.post(f"/checks/{office.draft}/send", 400, **fields(soon(), to=office.account(MANAGER)))
    assert "Mo Manager" not in page
    assert office.desk.store.readings.of_case(office.case) == []


def test_what_was_typed_stays_where_something_is_wrong(office: Seeded) -> None:
    peer = office.account(PEER)
    page = office.browser(AUTHOR).post(
        f"/checks/{office.draft}/send", 400, **{**fields(), "filing-day": "31", "filing-month": "2", "to": peer}
    )
    assert "The filing date must be a real date" in page
    assert 'href="#filing-day"' in page
    assert re.search(rf'value="{peer}" checked', page)
    assert re.search(r'id="filing-day"[^>]* value="31"', page)


def test_a_date_that_is_past_is_asked_about_once(office: Seeded) -> None:
    browser, past = office.browser(AUTHOR), date.today() - timedelta(3)
    page = browser.post(f"/checks/{office.draft}/send", 400, **fields(past, to="any"))
    assert "is in the past" in page and 'name="late"' in page
    browser.post(f"/checks/{office.draft}/send", **fields(past, to="any", late="yes"))
    assert office.desk.store.readings.of_case(office.case)[0].filing == past


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("4", "12", "2026", date(2026, 12, 4)),
        (" 04 ", "December", "2026", date(2026, 12, 4)),
        ("4", "sept", "2026", date(2026, 9, 4)),
        ("", "12", "2026", "Enter the day: day, month and year."),
        ("30", "2", "2026", "The day must be a real date, such as 4 12 2026."),
        ("4", "12", "26", "The day must be a real date, such as 4 12 2026."),
        ("4", "x", "2026", "The day must be a real date, such as 4 12 2026."),
        ("²", "12", "2026", "The day must be a real date, such as 4 12 2026."),
        ("4", "12", "2062", "The day is more than 2 years away: check the year."),
    ],
)
def test_a_day_as_people_write_it(day: str, month: str, year: str, said: object) -> None:
    form = Form({"on-day": [day], "on-month": [month], "on-year": [year]})
    assert day_in(form, "on", "the day", TODAY) == said


def test_how_far_away_it_is_in_words() -> None:
    told = {days: until(TODAY + timedelta(days), TODAY) for days in (-3, -1, 0, 1, 2)}
    assert told == {
        -3: "3 days ago",
        -1: "yesterday",
        0: "today",
        1: "tomorrow",
        2: "in 2 days",
    }
    assert relative(TODAY, TODAY + timedelta(2), "filing") == "2 days before filing"
    assert relative(TODAY, TODAY, "filing") == "on the day of filing"
    assert relative(TODAY, TODAY - timedelta(1), "the filing date") == "1 day after the filing date"
    assert relative(TODAY, TODAY, "the filing date") == "on the filing date"


def test_a_case_without_a_team_is_given_one_of_the_authors(office: Seeded) -> None:
    store, account, browser = office.desk.store, office.account(AUTHOR), office.browser(AUTHOR)
    case = store.cases.add(account, None, "Of no team").id
    kept = store.drafts.keep(case, account, replace(draft(), owner=account))
    (team,) = office.who(AUTHOR).teams
    assert 'name="to"' not in browser.get(f"/checks/{kept}/send")
    assert "Mo Manager" in browser.get(f"/checks/{kept}/send?team={team}")
    assert "Choose the team" in browser.post(f"/checks/{kept}/send", 400, **fields(soon(), to="any"))
    south = next(iter(office.who(STRANGER).teams))
    assert "Choose the team" in browser.post(f"/checks/{kept}/send", 400, **fields(soon(), to="any", team=south))
    browser.post(f"/checks/{kept}/send", **fields(soon(), to=office.account(MANAGER), team=team))
    found = store.cases.get(case)
    assert found and found.team == team
    assert store.readings.of_case(case)[0].team == team


def test_somebody_in_no_team_is_told_what_to_do(office: Seeded) -> None:
    store = office.desk.store
    alone = store.people.add("alone", "Al One", {Role.PRACTITIONER}).id
    case = store.cases.add(alone, None, "Of no team").id
    kept = store.drafts.keep(case, alone, replace(draft(), owner=alone))
    page = office.browser("alone").get(f"/checks/{kept}/send")
    assert "you are in no team yet: ask an administrator" in page


def test_while_it_is_read_it_is_not_sent_again(office: Seeded) -> None:
    browser = office.browser(AUTHOR)
    reading = office.send()
    office.keep(draft())
    page = browser.get(f"/checks/{office.draft}/send")
    assert "This report is being read: Mo Manager has draft 1." in page and f"/readings/{reading}" in page
    assert "is being read" in browser.post(f"/checks/{office.draft}/send", 409, **fields(soon(), to="any"))
    assert len(office.desk.store.readings.of_case(office.case)) == 1


def test_the_next_draft_goes_to_the_same_reader_with_what_is_carried_over(office: Seeded) -> None:
    store, browser = office.desk.store, office.browser(AUTHOR)
    reading = with_comment(office)
    page = browser.get(f"/checks/{office.draft}/send")
    assert "The reader has had draft 1" in page
    office.keep(draft(("Ada has bruises that her teacher saw.",)))
    page = browser.get(f"/checks/{office.draft}/send")
    assert "It goes to Mo Manager, who read draft 1." in page
    assert "1 comment has no answer yet." in page and "Say who saw it." in page
    assert "You have not answered." in page  # which is never taken for an answer
    assert browser.post(f"/checks/{office.draft}/send") == f"/readings/{reading}?done=sent"
    found = store.readings.get(reading)
    assert found and [each.draft_number for each in found.rounds] == [1, 2]
    assert found.state is State.WITH_READER
    assert found.answers == {}
    browser.post(f"/checks/{office.draft}/send", 409)  # pressed twice


def test_a_reader_who_judges_first_is_told_nothing_by_the_checker(new_app: Callable[..., FastAPI]) -> None:
    office = Seeded.of(new_app(office=True, readers_judge_first=True), draft())
    office.browser(AUTHOR).post(f"/checks/{office.draft}/send", **fields(soon(), to=office.account(MANAGER)))
    (reading,) = office.desk.store.readings.of_case(office.case)
    assert not reading.last.revealed
    page = office.browser(MANAGER).get(f"/readings/{reading.id}")
    assert f"/checks/{office.draft}" not in page
    assert "The checker" not in page


def test_what_looks_like_no_report_is_not_sent(office: Seeded) -> None:
    check = draft()
    assert check.result
    office.keep(replace(check, result=replace(check.result, type="other", elements=(), findings=())))
    assert "takes this file for no section 7 report" in office.browser(AUTHOR).get(f"/checks/{office.draft}/send")
    office.browser(AUTHOR).post(f"/checks/{office.draft}/send", 409, **fields(soon(), to="any"))


def test_on_ones_own_machine_there_is_nobody_else(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    desk: Desk = app.state.desk
    case = desk.store.cases.add(OWNER, None, "A family").id
    kept = desk.store.drafts.keep(case, OWNER, replace(draft(), owner=OWNER))
    page = let_in(app).get(f"/checks/{kept}/send").text
    assert "on this computer there is nobody else" in page and 'href="/readings/new"' in page
    assert 'name="to"' not in page


def test_the_result_and_the_case_lead_there(office: Seeded) -> None:
    browser = office.browser(AUTHOR)
    for page in (f"/checks/{office.draft}", f"/cases/{office.case}"):
        assert f"/checks/{office.draft}/send" in browser.get(page)
    reading = office.send()
    for page in (f"/checks/{office.draft}", f"/cases/{office.case}"):
        shown = browser.get(page)
        assert f"/readings/{reading}" in shown and f"/checks/{office.draft}/send" not in shown
    assert f"/readings/{reading}" in office.browser(MANAGER).get(f"/checks/{office.draft}")
