"""Readings: asked for by the author, read in rounds by somebody else, answered, signed off, gone with their case."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from qualitycheck.precourt.reading import Answer, Said, State
from qualitycheck.service.access.who import Role
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.readings import OWN, Own
from qualitycheck.service.store.store import Store

from .kept import FILING, check, read, said, sent, who

CHANGED = Answer("changed", "", datetime(2026, 11, 20, 12, tzinfo=UTC))


@dataclass(frozen=True)
class Kept:
    """A case of Ann's team with one draft."""

    store: Store
    team: str
    case: str
    draft: str

    def next(self) -> str:
        return self.store.drafts.keep(self.case, "ann", check("The next draft."))


@pytest.fixture
def kept(store: Store) -> Kept:
    team = store.people.add_team("North")
    case = store.cases.add("ann", team, "A family").id
    return Kept(store, team, case, store.drafts.keep(case, "ann", check()))


def refused(status: int, do: Callable[[], object]) -> str:
    with pytest.raises(Problem) as problem:
        do()
    assert problem.value.status == status
    return str(problem.value)


def test_a_draft_is_sent_read_given_back_answered_and_sent_again(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft)
    asked = readings.get(id)
    assert asked
    assert (asked.case, asked.title, asked.author, asked.reader) == (kept.case, "A family", "ann", "mia")
    assert (asked.kind, asked.team, asked.asked_by, asked.filing) == ("manager", kept.team, "ann", FILING)
    assert asked.state is State.WITH_READER
    assert (asked.last.number, asked.last.draft, asked.last.draft_number, asked.last.revealed) == (
        1,
        kept.draft,
        1,
        True,
    )
    readings.change(id, lambda before: replace(said(), overall=f"{before.overall}Read."))
    readings.give_back(id)
    given = readings.get(id)
    assert given and given.state is State.WITH_AUTHOR
    assert given.last.said == replace(said(), overall="Read.")
    readings.answer(id, {"c1": CHANGED})
    second = kept.next()
    readings.send(id, second, revealed=False, said=Said(overall="carried over"))
    again = readings.get(id)
    assert again and again.state is State.WITH_READER
    assert [each.draft_number for each in again.rounds] == [1, 2]
    assert again.last.said.overall == "carried over"
    assert not again.last.revealed
    assert again.answers == {"c1": CHANGED}
    assert [comment.id for comment in again.earlier] == ["c1"]
    readings.reveal(id)
    readings.sign_off(id)
    over = readings.get(id)
    assert over and over.state is State.SIGNED_OFF and not over.is_open
    assert over.last.revealed and over.last.returned == over.signed_off
    readings.filed(id, FILING)
    filed = readings.get(id)
    assert filed and filed.filed == FILING


def test_nobody_reads_their_own_report(kept: Kept) -> None:
    readings = kept.store.readings
    assert refused(409, lambda: sent(kept.store, kept.draft, "ann")) == OWN
    assert readings.of_case(kept.case) == []
    id = sent(kept.store, kept.draft)
    assert refused(409, lambda: readings.hand(id, "ann", "peer", "mia", "on leave")) == OWN
    found = readings.get(id)
    assert found and (found.reader, found.handed) == ("mia", ())


def test_whoever_keeps_a_case_for_somebody_without_an_account_reads_it(kept: Kept) -> None:
    readings = kept.store.readings
    id = readings.ask(kept.draft, FILING, "manager", "ann", "ann", author_name="Olu Adeyemi")
    found = readings.get(id)
    assert found and (found.author, found.author_name, found.reader) == ("", "Olu Adeyemi", "ann")


def test_a_report_has_one_open_reading(kept: Kept) -> None:
    readings = kept.store.readings
    first = sent(kept.store, kept.draft)
    assert "is being read" in refused(409, lambda: sent(kept.store, kept.next(), "pat"))
    readings.withdraw(first, "")
    second = sent(kept.store, kept.draft, "pat")
    readings.sign_off(second)
    third = sent(kept.store, kept.draft)
    assert {one.id for one in readings.of_case(kept.case)} == {first, second, third}
    assert "no such draft" in refused(404, lambda: sent(kept.store, "another"))


def test_the_next_draft_is_another_of_the_same_case_and_waits_for_the_reader(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft)
    second = kept.next()
    assert "not with you" in refused(409, lambda: readings.send(id, second))
    readings.give_back(id)
    assert "has read this draft" in refused(409, lambda: readings.send(id, kept.draft))
    other = kept.store.cases.add("ann", None, "Another").id
    elsewhere = kept.store.drafts.keep(other, "ann", check())
    assert "no such draft of this report" in refused(404, lambda: readings.send(id, elsewhere))
    readings.send(id, second)
    readings.sign_off(id)
    assert "not with you" in refused(409, lambda: readings.send(id, kept.next()))
    assert "no such reading" in refused(404, lambda: readings.send("another", second))


def test_what_was_given_back_stays_as_it_is(kept: Kept) -> None:
    readings = kept.store.readings
    id = read(kept.store, kept.draft)
    before = readings.get(id)
    for do in (
        lambda: readings.change(id, lambda _: Said()),
        lambda: readings.reveal(id),
        lambda: readings.give_back(id),
        lambda: readings.sign_off(id),
    ):
        assert "was given back" in refused(409, do)
    assert readings.get(id) == before


def test_only_comments_that_were_given_back_are_answered(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft)
    readings.change(id, lambda _: said())
    assert "no such comment" in refused(404, lambda: readings.answer(id, {"c1": CHANGED}))
    readings.give_back(id)
    assert "no such comment" in refused(404, lambda: readings.answer(id, {"c1": CHANGED, "c2": CHANGED}))
    found = readings.get(id)
    assert found and found.answers == {}  # all of them or none
    readings.answer(id, {"c1": CHANGED})
    declined = Answer("not-changed", "She asked me not to.", CHANGED.at)
    readings.send(id, kept.next())
    readings.change(id, lambda _: said("And this.", "c2"))
    readings.answer(id, {"c1": declined})  # of an earlier round, while the next is being read
    assert "no such comment" in refused(404, lambda: readings.answer(id, {"c2": CHANGED}))
    readings.give_back(id)
    readings.answer(id, {"c1": CHANGED, "c2": declined})
    found = readings.get(id)
    assert found and found.answers == {"c1": CHANGED, "c2": declined}
    readings.withdraw(id, "")
    assert "withdrawn" in refused(409, lambda: readings.answer(id, {"c1": CHANGED}))


def test_a_reading_is_handed_over_with_what_was_written(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft, None)
    found = readings.get(id)
    assert found and found.state is State.UNTAKEN
    readings.hand(id, "mia", "manager", "mia", "taken")
    readings.change(id, lambda _: said())
    readings.hand(id, "pat", "peer", "mia", "on leave")
    found = readings.get(id)
    assert found and (found.reader, found.kind, found.state) == ("pat", "peer", State.WITH_READER)
    assert found.last.said == said()
    assert [(one.before, one.after, one.by, one.reason) for one in found.handed] == [
        (None, "mia", "mia", "taken"),
        ("mia", "pat", "mia", "on leave"),
    ]
    readings.sign_off(id)
    assert "is over" in refused(409, lambda: readings.hand(id, "moe", "manager", "mia", "why"))


def test_two_who_take_it_at_once_do_not_both_have_it(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft, None)
    start, said_to = threading.Barrier(4), []

    def take(account: str) -> None:
        start.wait()
        try:
            readings.hand(id, account, "manager", account, "", instead_of=None)
            said_to.append(f"{account} has it")
        except Problem as problem:
            said_to.append(str(problem))

    threads = [threading.Thread(target=take, args=(f"m{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = readings.get(id)
    assert found and len(found.handed) == 1
    assert sorted(said_to) == sorted(
        [f"{found.reader} has it"] + ["Somebody else was quicker: look at who has it now."] * 3
    )


def test_who_is_concerned(kept: Kept) -> None:
    readings, north = kept.store.readings, frozenset({kept.team})
    id = sent(kept.store, kept.draft)
    concerned = {
        "ann": who("ann", Role.PRACTITIONER),
        "mia": who("mia", Role.MANAGER),
        "a manager of the team": who("moe", Role.MANAGER, teams=north),
    }
    others = {
        "a colleague": who("pat", Role.PRACTITIONER, teams=north),
        "a manager of another team": who("max", Role.MANAGER, teams=frozenset({"south"})),
        "an inspector": who("ian", Role.INSPECTOR, teams=north),
        "an administrator": who("ada", Role.ADMINISTRATOR, teams=north),
    }
    assert {name for name, one in (concerned | others).items() if readings.concerns(id, one)} == set(concerned)
    assert {name for name, one in (concerned | others).items() if readings.concerning(one)} == set(concerned)
    readings.hand(id, "pat", "peer", "mia", "on leave")
    assert readings.concerns(id, others["a colleague"])
    assert not readings.concerns(id, concerned["mia"])
    assert (readings.reader_of(id), readings.place_of(id)) == ("pat", kept.case)
    assert readings.reader_of("another") is readings.place_of("another") is readings.people_of("another") is None


def test_the_next_to_be_filed_comes_first(kept: Kept) -> None:
    readings = kept.store.readings
    other = kept.store.cases.add("ann", None, "Another").id
    later, sooner = sent(kept.store, kept.draft), sent(kept.store, kept.store.drafts.keep(other, "ann", check()))
    readings.file_on(sooner, date(2026, 11, 30))
    assert [one.id for one in readings.concerning(who("mia"))] == [sooner, later]
    readings.withdraw(later, "")
    assert "is over" in refused(409, lambda: readings.file_on(later, FILING))
    assert "is over" in refused(409, lambda: readings.withdraw(later, ""))


def test_the_checker_is_hidden_from_whoever_judges_first(kept: Kept) -> None:
    readings = kept.store.readings
    id = readings.ask(kept.draft, FILING, "manager", None, "ann", revealed=False)
    hidden = lambda account: readings.hides_checker(kept.draft, account)  # noqa: E731
    assert [hidden(one) for one in ("ann", "mia", "moe")] == [False, True, True]  # each of them may take it
    readings.hand(id, "mia", "manager", "mia", "")
    assert [hidden(one) for one in ("ann", "mia", "moe")] == [False, True, True]  # moe may be handed it
    readings.reveal(id)
    assert not hidden("mia")
    readings.give_back(id)
    readings.send(id, second := kept.next(), revealed=False)
    assert not hidden("mia")
    assert readings.hides_checker(second, "mia")
    readings.withdraw(id, "")
    assert not readings.hides_checker(second, "mia")


def test_time_and_passages_are_the_readers_own_until_it_is_given_back(kept: Kept) -> None:
    readings = kept.store.readings
    id = sent(kept.store, kept.draft)
    assert readings.own(id) == Own()
    readings.spend(id, 60, ["p1"])
    readings.spend(id, -5, ["p1", "p2"])
    assert readings.own(id) == Own(60, frozenset({"p1", "p2"}))
    readings.give_back(id)
    readings.spend(id, 600, ["p3"])
    assert readings.own(id) == Own(60, frozenset({"p1", "p2"}))
    readings.send(id, kept.next())
    assert readings.own(id) == Own()
    refused(404, lambda: readings.own("another"))


def test_it_goes_with_its_case_and_its_tally_stays(kept: Kept) -> None:
    readings = kept.store.readings
    id = read(kept.store, kept.draft)
    readings.tell(id, kept.team, '{"comments": 0}')
    readings.tell(id, kept.team, '{"comments": 1}')
    kept.store.cases.delete(kept.case)
    assert readings.get(id) is None
    assert readings.of_case(kept.case) == readings.concerning(who("mia")) == []
    assert [(one.id, one.counts) for one in readings.tallies([kept.team, "south"])] == [(id, '{"comments": 1}')]
    assert readings.tallies(["south"]) == []


def test_a_change_keeps_its_case(kept: Kept) -> None:
    """A case goes some days after its newest change: what is read and answered is one."""
    readings = kept.store.readings
    changed = lambda: kept.store.cases.get(kept.case).changed  # type: ignore[union-attr] # noqa: E731
    moments = [changed()]
    id = sent(kept.store, kept.draft)
    moments.append(changed())
    readings.change(id, lambda _: said())
    moments.append(changed())
    readings.give_back(id)
    moments.append(changed())
    readings.answer(id, {"c1": CHANGED})
    moments.append(changed())
    assert moments == sorted(set(moments))


def test_how_many_wait_for_somebody(kept: Kept) -> None:
    readings, north = kept.store.readings, frozenset({kept.team})
    people = {
        "author": who("ann", Role.PRACTITIONER, teams=north),
        "reader": who("mia", Role.MANAGER, teams=north),
        "another manager": who("moe", Role.MANAGER, teams=north),
        "colleague": who("pat", Role.PRACTITIONER, teams=north),
    }
    waits = lambda: {name for name, one in people.items() if readings.waiting_for(one)}  # noqa: E731
    assert waits() == set()
    id = sent(kept.store, kept.draft, None)
    assert waits() == {"reader", "another manager"}
    readings.hand(id, "mia", "manager", "mia", "")
    assert waits() == {"reader"}
    readings.give_back(id)
    assert waits() == {"author"}
    readings.send(id, kept.next())
    assert waits() == {"reader"}
    readings.sign_off(id)
    assert waits() == set()
    told = readings.ask(kept.draft, FILING, "manager", "mia", "mia", author_name="Olu")
    readings.give_back(told)
    assert waits() == {"reader"}  # who keeps the next draft for somebody without an account


def test_a_case_without_a_team_is_given_one(kept: Kept) -> None:
    store = kept.store
    case = store.cases.add("ann", None, "Of no team").id
    store.cases.give_team(case, kept.team)
    store.cases.give_team(case, kept.team)
    found = store.cases.get(case)
    assert found and found.team == kept.team
    south = store.people.add_team("South")
    assert "has a team" in refused(409, lambda: store.cases.give_team(case, south))
    assert "no such case" in refused(404, lambda: store.cases.give_team("another", south))
