"""The figures of readings: for managers, of their own teams, kept when the cases are gone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from lxml import html

from qualitycheck.precourt.figures import Month
from qualitycheck.precourt.reading import Answer, Comment, Said
from qualitycheck.precourt.record import Record, Request, from_json
from qualitycheck.service.access.who import OWNER
from qualitycheck.service.app import create_app
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings.showing_figures import BACKWARDS
from qualitycheck.service.readings.telling import tell
from tests.service.conftest import in_office, let_in
from tests.service.readings import many
from tests.service.readings.seeded import AUTHOR, FILING, MANAGER, Browser, Seeded, draft

PAGE = "/readings/figures"
ASKS = Comment("c1", "harm", None, "Where is it?", "Say so.")


def record(office: Seeded, id: str) -> Record:
    team = next(iter(office.who(MANAGER).teams))
    found = {tally.id: tally for tally in office.desk.store.readings.tallies([team])}[id]
    told = from_json(found.counts)
    assert told
    return told


def given_back(office: Seeded) -> str:
    """A reading with one comment that asks for something."""
    store, id = office.desk.store.readings, office.send()
    store.change(id, lambda _: Said(comments=(ASKS,)))
    store.give_back(id)
    tell(office.desk, id)
    return id


# What is kept of a reading


def test_each_change_is_told_in_the_place_of_the_one_before(office: Seeded) -> None:
    desk, store, id = office.desk, office.desk.store.readings, office.send()
    tell(desk, id)
    assert record(office, id).returned is None
    store.change(id, lambda _: Said(comments=(ASKS,)))
    tell(desk, id)
    assert record(office, id).comments == 0  # the author has not seen it
    store.give_back(id)
    tell(desk, id)
    today = datetime.now().date()
    assert (record(office, id).returned, record(office, id).requests) == (today, (Request("harm"),))
    assert record(office, id).type == "section7"
    store.answer(id, {"c1": Answer("changed", "", datetime.now(UTC))})
    tell(desk, id)
    assert record(office, id).requests == (Request("harm", "changed", today, seen="no-later-draft"),)
    store.file_on(id, FILING + timedelta(days=1))
    store.filed(id, FILING)
    store.withdraw(id, "")
    tell(desk, id)
    told = record(office, id)
    assert (told.filing, told.filed, told.withdrawn) == (FILING + timedelta(days=1), FILING, today)


def test_nothing_that_is_kept_names_anybody_or_quotes_anything(office: Seeded) -> None:
    given_back(office)
    (tally,) = office.desk.store.readings.tallies(office.who(MANAGER).teams)
    people = [office.account(name) for name in (AUTHOR, MANAGER)]
    for word in (*people, "Ann", "Mo", "Ada", "family", "Where is it", "Say so", "draft.docx", office.case):
        assert word not in tally.counts


def test_it_stays_when_the_case_is_deleted_until_its_days_are_over(office: Seeded) -> None:
    id = given_back(office)
    store = office.desk.store
    before = record(office, id)
    store.cases.delete(office.case)
    assert store.readings.get(id) is None
    tell(office.desk, id)  # a reading that is gone
    assert record(office, id) == before
    days = office.desk.settings.reading_days
    store.retention.purge(datetime.now(UTC) + timedelta(days=days - 1))
    assert record(office, id) == before
    assert store.retention.purge(datetime.now(UTC) + timedelta(days=days + 1)).tallies == 1
    assert store.readings.tallies(office.who(MANAGER).teams) == []


def test_what_cannot_be_counted_is_logged_and_undoes_nothing(
    office: Seeded, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store, id = office.desk.store, office.send()

    def fails(*_: object) -> None:
        raise ValueError("Ada Marlowe")

    monkeypatch.setattr(store.readings, "tell", fails)
    with caplog.at_level(logging.ERROR), store.together():
        store.readings.give_back(id)
        tell(office.desk, id)
    found = store.readings.get(id)
    assert found and found.last.returned
    assert "ValueError" in caplog.text and "Ada" not in caplog.text
    tell(office.desk, "no such reading")


def test_a_draft_that_is_gone_leaves_the_rest_to_count(office: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    id = given_back(office)
    monkeypatch.setattr(office.desk.store, "drafts", SimpleNamespace(result_of=lambda _: None))
    tell(office.desk, id)
    assert (record(office, id).type, record(office, id).comments) == ("", 1)


# The page


@pytest.fixture(scope="module")
def _app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    app = create_app(in_office(tmp_path_factory.mktemp("figures"), expected_reading_share=80))
    yield app
    app.state.desk.pool.close()
    app.state.desk.store.close()


@pytest.fixture(scope="module")
def seeded(_app: FastAPI) -> many.Many:
    return many.seed(_app.state.desk, date.today())


@pytest.fixture
def visit(_app: FastAPI, seeded: many.Many) -> Callable[[str], Browser]:
    desk: Desk = _app.state.desk
    return lambda name: Seeded(_app, "", "").browser(_user_name(desk, seeded.people[name]))


def _user_name(desk: Desk, account: str) -> str:
    found = desk.store.people.get(account)
    assert found
    return found.user_name


def words(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def whole(page: str, figure: str) -> dict[str, str]:
    """What a figure comes to in all, by column."""
    rows = html.fromstring(page).xpath(f'//section[@aria-labelledby="{figure}"]/dl/div')
    return {row.findtext("dt"): row.findtext("dd") for row in rows}


def test_a_manager_sees_the_figures_of_all_their_teams(visit: Callable[[str], Browser]) -> None:
    page = visit("manager").get(PAGE)
    assert whole(page, "readings")["Readings done"] == f"{many.READINGS} of {many.READINGS}"
    assert whole(page, "coverage") == {"Cases with a report read": f"{many.READINGS} of {many.READINGS + many.UNREAD}"}
    assert "of teams, not of people" in words(page)
    assert "What comes from fewer than 5 readings is not shown" in words(page)
    assert "Expected here: 80% of reports." in words(page)
    for name in ("Ann", "Pat", "Family"):
        assert name not in words(page)


def test_few_readings_say_once_a_section_what_is_too_few(office: Seeded) -> None:
    """Two readings, with six requests in one of them: nothing of them is told, and no table is full of nothing."""
    store, id = office.desk.store.readings, office.send()
    asks = tuple(replace(ASKS, id=f"c{number}") for number in range(6))
    store.change(id, lambda _: Said(comments=asks))
    store.give_back(id)
    tell(office.desk, id)
    page = office.browser(MANAGER).get(PAGE)
    assert "6 of 6" not in page and "0 of 6" not in page
    tree = html.fromstring(page)
    assert not tree.xpath("//table")
    for section in tree.xpath('//section[@class="app-figure"]'):
        assert section.text_content().count("Too few readings") <= 1
    assert whole(page, "actions") == {}


def test_every_figure_says_what_it_counts_and_every_chart_has_its_table(visit: Callable[[str], Browser]) -> None:
    tree = html.fromstring(visit("manager").get(PAGE))
    sections = tree.xpath('//section[@class="app-figure"]')
    assert len(sections) == 13
    for section in sections:
        assert section.xpath('.//details/summary//*[normalize-space()="What this counts"]')
        if section.xpath(".//svg"):
            assert section.xpath(".//table"), section.get("aria-labelledby")
    assert len(tree.xpath("//svg")) == 6
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not tree.xpath("//*[@style]")


def test_of_one_team_only_that_one_is_counted(visit: Callable[[str], Browser], seeded: many.Many) -> None:
    browser = visit("manager")
    counts = {
        name: int(whole(browser.get(f"{PAGE}?team={id}"), "readings")["Readings done"].split()[0])
        for name, id in seeded.teams.items()
    }
    assert sum(counts.values()) == many.READINGS and all(counts.values())
    own = visit("east manager").get(PAGE)
    assert whole(own, "readings")["Readings done"] == f"{counts['East Midlands']} of {counts['East Midlands']}"
    assert "West Midlands" not in own


def test_a_team_that_is_not_theirs_is_not_to_be_seen(visit: Callable[[str], Browser], seeded: many.Many) -> None:
    manager = visit("east manager")
    for ending in ("", ".csv", ".xlsx"):
        assert manager.client.get(f"{PAGE}{ending}?team={seeded.teams['West Midlands']}").status_code == 404
        assert visit("east").client.get(f"{PAGE}{ending}").status_code == 403


def test_months_are_chosen_without_scripts(visit: Callable[[str], Browser]) -> None:
    browser = visit("manager")
    first = Month.of(date.today()).later(1 - many.MONTHS)
    page = browser.get(f"{PAGE}?since={first}&until={first.later(1)}&team=")
    assert whole(page, "readings")["Readings done"] == f"{sum(many.IN_MONTH[:2])} of {sum(many.IN_MONTH[:2])}"
    chosen = html.fromstring(page).xpath("//form//option[@selected]/@value")
    assert chosen == [str(first), str(first.later(1))]
    links = html.fromstring(page).xpath("//a[@download]/@href")
    assert links == [f"{PAGE}.{kind}?since={first}&until={first.later(1)}" for kind in ("xlsx", "csv")]
    assert visit("manager").client.get(links[0]).status_code == 200


@pytest.mark.parametrize("wrong", ["since=0001-01&until=9999-12", "since=%00&until=x", "since=2026-13", "until=1"])
def test_months_that_are_none_to_choose_are_as_if_nothing_was_said(visit: Callable[[str], Browser], wrong: str) -> None:
    page = visit("manager").get(f"{PAGE}?{wrong}")
    chosen = html.fromstring(page).xpath('//select[@name="since" or @name="until"]/option[@selected]/@value')
    assert chosen == [str(Month.of(date.today()).later(-11)), str(Month.of(date.today()))]


def test_months_the_wrong_way_round_are_told(visit: Callable[[str], Browser]) -> None:
    now = Month.of(date.today())
    query = f"since={now}&until={now.later(-3)}"
    answer = visit("manager").client.get(f"{PAGE}?{query}")
    assert answer.status_code == 400 and answer.text.count(BACKWARDS) == 2
    chosen = html.fromstring(answer.text).xpath("//form//option[@selected]/@value")
    assert chosen[:2] == [str(now), str(now.later(-3))]
    assert visit("manager").client.get(f"{PAGE}.csv?{query}").status_code == 400


def test_small_months_are_not_shown_anywhere(visit: Callable[[str], Browser]) -> None:
    """The last two months have one reading and three: the one before them is hidden too, as four would still tell."""
    browser, now = visit("manager"), Month.of(date.today())
    tree = html.fromstring(browser.get(PAGE))
    hidden = [now.later(-2).title, now.title, now.later(-1).title]
    for month in hidden:
        assert not tree.xpath(f'//section[not(@aria-labelledby="repeated")]//tr[th="{month}"]')
        (told,) = tree.xpath('//section[@aria-labelledby="comments"]/p[starts-with(., "Too few readings to show")]')
        assert month in told.text_content()
        assert not [one for one in tree.xpath("//svg/*/text()") if month in one]
        assert f'"{month}","too few to show"' in browser.client.get(f"{PAGE}.csv").text


def test_the_files_hold_what_the_page_shows(visit: Callable[[str], Browser]) -> None:
    browser = visit("manager")
    page = browser.get(PAGE)
    listed = browser.client.get(f"{PAGE}.csv")
    acted = whole(page, "actions")["Acted on before filing"].split(" of ")
    assert f'"Requested actions","all","all","{acted[0]}","{acted[1]}"' in listed.text
    assert listed.headers["content-disposition"].startswith('attachment; filename="readings ')
    assert listed.headers["cache-control"] == "no-store"
    assert browser.client.get(f"{PAGE}.xlsx").content.startswith(b"PK")


def test_who_looked_is_on_record(visit: Callable[[str], Browser], _app: FastAPI, seeded: many.Many) -> None:
    browser = visit("manager")
    for ending in ("", ".csv"):
        browser.client.get(f"{PAGE}{ending}")
    newest = _app.state.desk.store.audit.entries()[:2]
    assert [(entry.who, entry.action, entry.thing) for entry in newest] == [
        (seeded.people["manager"], f"{done} the figures of readings", "figures of readings")
        for done in ("downloaded", "opened")
    ]


def test_a_record_of_a_later_version_is_told_of_and_breaks_nothing(office: Seeded) -> None:
    given_back(office)
    (team,) = office.who(MANAGER).teams
    office.desk.store.readings.tell("later", team, '{"kind": "by machine"}')
    told = words(office.browser(MANAGER).get(PAGE))
    assert "cannot read, and that are in no figure: 1." in told


def test_coverage_counts_cases_once_and_only_those_still_kept(office: Seeded) -> None:
    store, (team,) = office.desk.store, office.who(MANAGER).teams
    now = datetime.now(UTC)
    day = timedelta(days=1)

    def told(since: datetime = now - day, until: datetime = now + day) -> tuple[int, int]:
        return store.readings.coverage([team], since, until)

    assert told() == (0, 1)
    office.send()
    assert told() == (0, 1)  # asked for, not read
    office.keep(draft())
    store.readings.give_back(store.readings.of_case(office.case)[0].id)
    assert told() == (1, 1)
    assert told(now + day, now + 2 * day) == told(now - 2 * day, now - day) == (0, 0)
    assert store.readings.coverage(["another"], now - day, now + day) == (0, 0)
    store.cases.delete(office.case)
    assert told() == (0, 0)


def test_on_ones_own_machine_there_are_no_teams_and_the_figures_are_of_all(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    desk: Desk = app.state.desk
    for number in range(5):
        case = desk.store.cases.add(OWNER, None, f"Family {number}").id
        kept = desk.store.drafts.keep(case, OWNER, replace(draft(), owner=OWNER))
        id = desk.store.readings.ask(kept, FILING, "manager", OWNER, OWNER, author_name="Ann Author")
        desk.store.readings.sign_off(id)
        tell(desk, id)
    page = let_in(app).get(PAGE, headers={"accept": "text/html"}).text
    assert whole(page, "readings")["Readings done"] == "5 of 5"
    assert whole(page, "coverage")["Cases with a report read"] == "5 of 5"
    assert "Ann Author" not in page
