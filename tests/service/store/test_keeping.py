"""Cases and their drafts, decisions, readings, samples, false alarms: what is kept comes back, to whom it may."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from qualitycheck.result import Level
from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.checks.check import Previous, State
from qualitycheck.service.checks.keeping import keep_in_new_case
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.store import Store

from .kept import check, finding, result, sent, who


def test_a_draft_comes_back_as_it_was_checked(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    first = check("First words.", (finding("f1"), finding("f2", level=Level.CONSIDER)), {"f1": "as agreed"}, "one.docx")
    assert store.drafts.keep(case.id, "ann", first) == first.id
    kept = store.drafts.get(first.id)
    assert kept == replace(first, session=None, created=kept.created, case=case.id, number=1)
    assert abs((datetime.now(UTC) - kept.created).total_seconds()) < 60
    second = check("Second words.", (finding("f2"),), name="two.docx")
    store.drafts.keep(case.id, "ann", second)
    again = store.drafts.get(second.id)
    assert again.previous == Previous("one.docx", first.result)
    assert again.decisions == {"f1": "as agreed"}
    assert again.number == 2
    assert again.sheet == second.sheet


def test_a_case_lists_its_drafts_with_what_is_open_in_each(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    findings = (finding("a"), finding("b"), finding("c", level=Level.CONSIDER))
    store.drafts.keep(case.id, "ann", check("One.", findings, name="one.docx"))
    store.drafts.keep(case.id, "ann", check("Two.", findings[1:], name="two.docx"))
    store.decisions.set_aside(case.id, "ann", "b", "known")
    views = store.drafts.in_case(case.id)
    assert [(view.number, view.name, view.type, view.author) for view in views] == [
        (2, "two.docx", "section7", "ann"),
        (1, "one.docx", "section7", "ann"),
    ]
    # Each report has one element that is partial, too: should fix.
    assert [dict(view.levels) for view in views] == [
        {Level.SHOULD_FIX: 1, Level.CONSIDER: 1},
        {Level.SHOULD_FIX: 1, Level.MUST_FIX: 1, Level.CONSIDER: 1},
    ]


def test_what_a_draft_was_compared_with_is_kept_with_it(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    before = Previous("not kept.docx", result("Before."))
    one = replace(check("One."), previous=before)
    store.drafts.keep(case.id, "ann", one)
    two = check("Two.", name="two.docx")
    store.drafts.keep(case.id, "ann", two)
    kept, later = store.drafts.get(one.id), store.drafts.get(two.id)
    assert kept and kept.previous == before
    assert later and later.previous == Previous("report.docx", one.result)
    assert store.drafts.newest(case.id) == Previous("two.docx", two.result)


def test_the_same_check_is_kept_once(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    one = check()
    assert store.drafts.keep(case.id, "ann", one) == store.drafts.keep(case.id, "ann", one) == one.id
    assert len(store.drafts.in_case(case.id)) == 1


def test_drafts_kept_at_the_same_moment_have_numbers_of_their_own(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    start, failures = threading.Barrier(6), []

    def keep() -> None:
        one = check()
        start.wait()
        try:
            store.drafts.keep(case.id, "ann", one)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=keep) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [view.number for view in store.drafts.in_case(case.id)] == [6, 5, 4, 3, 2, 1]


def test_a_button_that_is_pressed_twice_keeps_once(store: Store) -> None:
    desk = cast(Desk, SimpleNamespace(store=store, held=SimpleNamespace(forget=lambda _: None)))
    one, start, failures = check(), threading.Barrier(4), []

    def keep() -> None:
        start.wait()
        try:
            keep_in_new_case(desk, one, "A family", None, "")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    (case,) = store.cases.ids()
    assert [view.id for view in store.drafts.in_case(case)] == [one.id]
    assert store.keyring.ids() == [case]
    assert [entry.action for entry in store.audit.entries()] == ["kept draft"]


def test_only_what_was_checked_is_kept(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    with pytest.raises(Problem, match="wait until its check is done"):
        store.drafts.keep(case.id, "ann", replace(check(), state=State.RUNNING, result=None))
    assert store.drafts.in_case(case.id) == []
    assert store.drafts.get("not there") is None


def test_a_decision_is_changed_and_taken_up_again(store: Store) -> None:
    case, other = store.cases.add("ann", None, "A family"), store.cases.add("ann", None, "Another")
    store.decisions.set_aside(case.id, "ann", "f1", "first")
    store.decisions.set_aside(case.id, "ann", "f2", "second")
    store.decisions.set_aside(other.id, "ann", "f1", "elsewhere")
    store.decisions.set_aside(case.id, "ann", "f1", "better")
    assert store.decisions.of(case.id) == {"f1": "better", "f2": "second"}
    store.decisions.take_up(case.id, "f1")
    store.decisions.take_up(case.id, "f1")
    assert store.decisions.of(case.id) == {"f2": "second"}
    assert store.decisions.of(other.id) == {"f1": "elsewhere"}
    with pytest.raises(Problem) as refused:
        store.decisions.set_aside("no such case", "ann", "f1", "why")
    assert refused.value.status == 404


def test_a_case_is_its_owners_and_its_managers(store: Store) -> None:
    north, south = store.people.add_team("North"), store.people.add_team("South")
    mine = store.cases.add("ann", north, "Mine")
    theirs = store.cases.add("bob", south, "Theirs")
    none = store.cases.add("bob", None, "Nobody's team")
    seen = lambda asking: {case.title for case in store.cases.of(asking)}  # noqa: E731
    assert seen(who("ann", Role.PRACTITIONER, teams=frozenset({south}))) == {"Mine"}
    assert seen(who("bob", Role.PRACTITIONER)) == {"Theirs", "Nobody's team"}
    assert seen(who("mia", Role.MANAGER, teams=frozenset({north}))) == {"Mine"}
    assert seen(who("mia", Role.MANAGER, teams=frozenset({north, south}))) == {"Mine", "Theirs"}
    assert seen(who("mia", Role.ADMINISTRATOR, Role.INSPECTOR, teams=frozenset({north}))) == set()
    assert store.cases.get(mine.id) == mine
    assert store.cases.get(none.id).team is None
    # The newest change first
    store.decisions.set_aside(theirs.id, "bob", "f", "why")
    assert [case.id for case in store.cases.of(who("bob", Role.PRACTITIONER))] == [theirs.id, none.id]


def test_who_sees_a_draft(store: Store) -> None:
    north, south = store.people.add_team("North"), store.people.add_team("South")
    case = store.cases.add("ann", north, "A family")
    draft = store.drafts.keep(case.id, "ann", check())
    sees = lambda *asking, **more: store.drafts.seen_by(draft, who(*asking, **more))  # noqa: E731
    assert sees("ann", Role.PRACTITIONER)
    assert sees("mia", Role.MANAGER, teams=frozenset({north}))
    assert not sees("mia", Role.MANAGER, teams=frozenset({south}))
    assert not sees("mia", Role.PRACTITIONER, teams=frozenset({north}))
    assert not sees("ada", Role.ADMINISTRATOR, teams=frozenset({north}))
    assert not sees("pat", Role.PRACTITIONER)
    sent(store, draft, "pat")
    assert sees("pat", Role.PRACTITIONER)
    assert not sees("pat", Role.ADMINISTRATOR)
    assert not sees("ian", Role.INSPECTOR)
    assert not store.drafts.seen_by("another", who("ann", *Role))
    assert store.drafts.written_by(draft, who("ann"))
    assert not store.drafts.written_by(draft, who("pat"))


def test_on_ones_own_machine_all_is_ones_own(store: Store) -> None:
    case = store.cases.add(OWNER, None, "A family")
    draft = store.drafts.keep(case.id, OWNER, check())
    me = who(OWNER, *Role)
    assert [each.id for each in store.cases.of(me)] == [case.id]
    assert store.drafts.seen_by(draft, me)


def test_a_false_alarm_with_and_without_a_case(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    tool = {"program": "1.0", "rules": "2"}
    store.false_alarms.add("wishes", "rule", 0.75, tool, case.id, "it is there", "She said so.")
    store.false_alarms.add("basis", "rule", 0.5, tool, reason="not about him")
    store.false_alarms.add("basis", "rule", 0.5, tool)
    found = {(one.criterion, one.case, one.reason, one.passage) for one in store.false_alarms.all()}
    assert found == {
        ("wishes", case.id, "it is there", "She said so."),
        ("basis", None, "not about him", None),
        ("basis", None, "", None),
    }
    assert {one.tool for one in store.false_alarms.all()} == {"program 1.0, rules 2"}
    store.cases.delete(case.id)
    assert {one.criterion for one in store.false_alarms.all()} == {"basis"}


def test_deleting_a_case_leaves_nothing_of_it(store: Store) -> None:
    case, other = store.cases.add("ann", None, "A family"), store.cases.add("ann", None, "Another")
    drafts = [store.drafts.keep(each.id, "ann", check(decisions={"f": "why"})) for each in (case, other)]
    for draft in drafts:
        sent(store, draft)
    store.cases.delete(case.id)
    assert store.cases.get(case.id) is store.drafts.get(drafts[0]) is None
    assert store.decisions.of(case.id) == {}
    assert [reading.last.draft for reading in store.readings.concerning(who("mia"))] == [drafts[1]]
    assert store.keyring.ids() == [other.id]
    assert store.drafts.get(drafts[1]).decisions == {"f": "why"}


def test_what_is_done_together_is_done_or_not_done(store: Store) -> None:
    case = store.cases.add("ann", None, "A family")
    with pytest.raises(ZeroDivisionError), store.together():
        store.cases.delete(case.id)
        store.cases.add("ann", None, "Another")
        store.audit.write("ann", "deleted", f"case {case.id}")
        raise ZeroDivisionError
    assert store.cases.get(case.id) == case
    assert store.keyring.ids() == [case.id]
    assert store.keyring.doomed() == []
    assert store.audit.entries() == []
    with store.together():
        store.cases.delete(case.id)
        store.audit.write("ann", "deleted", f"case {case.id}")
        assert store.cases.get(case.id) is None
        assert store.keyring.has(case.id)  # destroyed only once the rows are gone for good
    assert store.keyring.ids() == []
    assert [entry.thing for entry in store.audit.entries()] == [f"case {case.id}"]
