"""The list of readings: what waits for whom, most urgent first, for everybody in their own words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from qualitycheck.precourt.reading import Kind
from qualitycheck.service.access.who import Role
from qualitycheck.service.store.tables import Reading as Row
from tests.service.readings.seeded import AUTHOR, MANAGER, OTHER_MANAGER, PEER, STRANGER, Seeded, draft

SECTIONS = r'<h2 class="govuk-heading-m">([^<]+?) <span'


def add(office: Seeded, title: str, days: int, reader: str | None, kind: Kind = "manager", by: str = AUTHOR) -> str:
    """A case of somebody's team with one draft, sent for reading."""
    store, author = office.desk.store, office.account(by)
    case = store.cases.add(author, next(iter(office.who(by).teams)), title).id
    kept = store.drafts.keep(case, author, replace(draft(), owner=author))
    account = office.account(reader) if reader else None
    return store.readings.ask(kept, date.today() + timedelta(days), kind, account, author)


def sections(page: str) -> dict[str, list[str]]:
    """The titles of the cases in each part of the list."""
    parts = re.split(SECTIONS, page.partition("Finished in")[0])
    links = r'<a class="govuk-link app-wrap" href="/readings/[^"]+">([^<]+)</a>'
    return {title: re.findall(links, part) for title, part in zip(parts[1::2], parts[2::2], strict=True)}


def test_each_sees_their_own_most_urgent_first(office: Seeded) -> None:
    add(office, "Later", 9, MANAGER)
    add(office, "Overdue", -2, MANAGER)
    add(office, "Tomorrow", 1, MANAGER)
    add(office, "Untaken", 4, None)
    add(office, "By a peer", 5, PEER, "peer")
    back = add(office, "Given back", 6, MANAGER)
    office.desk.store.readings.give_back(back)
    assert sections(office.browser(MANAGER).get("/readings")) == {
        "For you to read": ["Overdue", "Tomorrow", "Later"],
        "Waiting for a reader": ["Untaken"],
        "With the author": ["Given back"],
        "Others of your team": ["By a peer"],
    }
    assert sections(office.browser(AUTHOR).get("/readings")) == {
        "Your reports": ["Overdue", "Tomorrow", "Untaken", "By a peer", "Given back", "Later"]
    }
    assert sections(office.browser(PEER).get("/readings")) == {"For you to read": ["By a peer"]}
    assert sections(office.browser(STRANGER).get("/readings")) == {}


def test_what_is_late_stands_out_in_words(office: Seeded) -> None:
    add(office, "Overdue", -2, MANAGER)
    add(office, "Tomorrow", 1, MANAGER)
    page = office.browser(MANAGER).get("/readings")
    assert "Filing date passed" in page and "2 days ago" in page
    assert "Due tomorrow" in page and "By Ann Author, round 1, read as manager" in page


def test_a_practitioner_never_sees_anothers(office: Seeded) -> None:
    office.desk.store.people.add("colleague", "Col League", {Role.PRACTITIONER}, office.who(AUTHOR).teams)
    add(office, "Somebody’s family", 3, None)
    assert "Somebody’s family" not in office.browser("colleague").get("/readings")
    assert "Somebody’s family" not in office.browser(PEER).get("/readings")


def test_the_list_is_for_those_who_write_and_read(office: Seeded) -> None:
    people = office.desk.store.people
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR):
        people.add(role, role.title(), {role}, office.who(AUTHOR).teams)
        assert office.browser(role).client.get("/readings").status_code == 403
    assert "Reading" not in re.findall(r'href="/readings"', office.browser("inspector").get("/criteria"))


def test_the_menu_and_the_start_page_say_how_many_wait(office: Seeded) -> None:
    assert "Reading (" not in office.browser(MANAGER).get("/")
    add(office, "One", 3, MANAGER)
    add(office, "Two", 4, None)
    start = office.browser(MANAGER).get("/")
    assert "Reading (2)" in start and "2 readings wait for you" in start
    assert "Reading (1)" in office.browser(OTHER_MANAGER).get("/criteria")
    assert "Reading (" not in office.browser(AUTHOR).get("/")


def test_what_is_finished_stays_for_a_while(office: Seeded) -> None:
    store = office.desk.store
    done, old = add(office, "Done", 3, MANAGER), add(office, "Done long ago", 3, MANAGER)
    for reading in (done, old):
        store.readings.sign_off(reading)
    with store.together() as session:
        row = session.get_one(Row, old)
        row.signed_off = row.signed_off and row.signed_off - timedelta(days=91)
    page = office.browser(AUTHOR).get("/readings")
    assert "Finished in the last 90 days (1)" in page and "Done long ago" not in page
    assert "Mo Manager signed off draft 1 on" in page


def test_where_nothing_waits_it_says_what_to_do(office: Seeded) -> None:
    assert "choose <strong>Send for reading</strong>" in office.browser(AUTHOR).get("/readings")
    assert "Upload a report for reading" in office.browser(MANAGER).get("/readings")
    office.desk.store.people.add("new", "New Manager", {Role.MANAGER})
    assert "You are in no team yet" in office.browser("new").get("/readings")
