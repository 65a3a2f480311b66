"""Checks that nobody chose to keep: held while somebody looks, told about as they go on, and gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

import pytest

from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import MEBIBYTE
from qualitycheck.pipeline import Stage
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import ReportResult
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.messages import Busy, WorkerFault

NAME = "Marlowe draft.docx"
RESULT = ReportResult(NAME, "0" * 64, "section7", 0.9, "it says so", "final", (), 10, 2)
SHEET = Sheet((), ())


class Pool:
    """Takes what is submitted and leaves it to the test to say what becomes of it."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []
        self.tell: list[Callable[[Stage], None]] = []
        self.full = False

    def submit(self, task: str, *args: object, tell: Callable[[Stage], None]) -> Future[Any]:
        assert (task, args[1:]) == ("check", (NAME, "auto"))
        if self.full:
            raise Busy(7)
        self.futures.append(Future())
        self.tell.append(tell)
        return self.futures[-1]

    def place(self, future: Future[Any]) -> int:
        return self.futures.index(future) + 1

    def begin(self, number: int = -1) -> None:
        self.futures[number].set_running_or_notify_cancel()
        for stage in Stage:
            self.tell[number](stage)

    def finish(self, number: int = -1) -> None:
        self.futures[number].set_result((RESULT, SHEET))


class Desk:
    """What is held, the pool that checks it, and a clock that the test turns."""

    def __init__(self, **given: Any) -> None:
        self.now = 1000.0
        self.pool = Pool()
        settings = Settings(hold_minutes=30, **given)
        self.held = HeldChecks(settings, self.pool, lambda: self.now)  # type: ignore[arg-type]

    def add(self, session: str = "s1", data: bytes = b"PK", **given: Any) -> Check:
        return self.held.add("ada", session, NAME, data, "auto", **given)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_check_waits_runs_and_is_done(desk: Desk) -> None:
    previous = Previous("first draft.docx", RESULT)
    check = desk.add(decisions={"0a1b2c3d4e5f": "it is in the annex"}, previous=previous)
    assert desk.held.get(check.id) == check
    assert (check.state, check.stage, check.result) == (State.WAITING, None, None)
    desk.pool.begin()
    running = desk.held.get(check.id)
    assert running and (running.state, running.stage) == (State.RUNNING, Stage.JUDGING)
    desk.pool.finish()
    done = desk.held.get(check.id)
    assert done and (done.state, done.stage, done.result, done.sheet) == (State.DONE, None, RESULT, SHEET)
    assert (done.decisions, done.previous) == ({"0a1b2c3d4e5f": "it is in the annex"}, previous)


def test_a_refusal_has_its_reason(desk: Desk) -> None:
    check = desk.add()
    desk.pool.futures[-1].set_exception(UnreadableReport("encrypted", "is encrypted: remove the password"))
    refused = desk.held.get(check.id)
    assert refused and refused.state is State.REFUSED
    assert refused.result and refused.result.error
    assert refused.result.error.code == "encrypted"
    assert refused.result.error.message == f"{NAME} is encrypted: remove the password"


def test_a_crash_of_our_own_is_called_one(desk: Desk) -> None:
    check = desk.add()
    desk.pool.futures[-1].set_exception(WorkerFault("ValueError at qualitycheck.pipeline:1"))
    refused = desk.held.get(check.id)
    assert refused and refused.result and refused.result.error
    assert refused.result.error.code == "fault"
    assert "ValueError" not in refused.result.error.message


def test_nothing_is_held_of_what_finds_no_room(desk: Desk) -> None:
    desk.pool.full = True
    with pytest.raises(Busy):
        desk.add()
    assert len(desk.held) == 0


def test_each_session_has_its_own_newest_first(desk: Desk) -> None:
    first, second = desk.add(), desk.add()
    desk.add(session="s2")
    assert [check.id for check in desk.held.of("ada", "s1")] == [second.id, first.id]
    assert desk.held.of("ben", "s1") == []
    desk.held.forget_session("s1")
    assert desk.held.of("ada", "s1") == []
    assert len(desk.held.of("ada", "s2")) == 1


def test_what_is_not_looked_at_is_forgotten(desk: Desk) -> None:
    looked_at, other = desk.add(), desk.add()
    desk.now += 29 * 60
    assert desk.held.get(looked_at.id)
    desk.now += 2 * 60
    assert desk.held.get(other.id) is None
    assert desk.held.get(looked_at.id)
    desk.now += 31 * 60
    desk.held.sweep()
    assert len(desk.held) == 0


def test_beyond_its_memory_the_longest_not_looked_at_goes_first() -> None:
    desk = Desk(hold_mib=16)
    checks = []
    for _ in range(3):
        checks.append(desk.add(data=bytes(6 * MEBIBYTE)))
        desk.now += 1
        desk.held.get(checks[0].id)
        desk.now += 1
    assert [desk.held.get(check.id) is not None for check in checks] == [True, False, True]
    desk.now += 1
    large = desk.add(data=bytes(20 * MEBIBYTE))
    assert [check.id for check in desk.held.of("ada", "s1")] == [large.id]


def test_what_is_forgotten_is_no_longer_checked(desk: Desk) -> None:
    check = desk.add()
    desk.held.forget(check.id)
    desk.held.forget(check.id)
    assert desk.pool.futures[-1].cancelled()
    assert desk.held.get(check.id) is None


def test_what_is_forgotten_while_it_runs_does_not_come_back(desk: Desk) -> None:
    check = desk.add()
    desk.pool.begin()
    desk.held.forget(check.id)
    desk.pool.finish()
    assert desk.held.get(check.id) is None


def test_a_change_is_a_new_value(desk: Desk) -> None:
    check = desk.add()
    changed = desk.held.change(check.id, decisions={"0a1b2c3d4e5f": "no"})
    assert check.decisions == {}
    assert desk.held.get(check.id) == changed
    with pytest.raises(KeyError):
        desk.held.change("another", case="c")


def test_its_place_in_the_queue(desk: Desk) -> None:
    first, second = desk.add(), desk.add()
    assert [desk.held.position(id) for id in (first.id, second.id, "another")] == [1, 2, 0]
    desk.pool.finish(0)
    assert desk.held.position(first.id) == 0


def watched(desk: Desk, id: str, go_on: Callable[[], None]) -> list[tuple[State, Stage | None]]:
    """What somebody who watches is told, while the rest goes on in another thread."""

    async def watch() -> list[tuple[State, Stage | None]]:
        seen = []
        async for check in desk.held.watch(id):
            if not seen:
                Thread(target=go_on).start()
            seen.append((check.state, check.stage))
        return seen

    return asyncio.run(asyncio.wait_for(watch(), 10))


def test_who_watches_sees_every_change_until_it_is_done(desk: Desk) -> None:
    def go_on() -> None:
        desk.pool.begin()
        desk.pool.finish()

    check = desk.add()
    running = [(State.RUNNING, stage) for stage in Stage]
    assert watched(desk, check.id, go_on) == [(State.WAITING, None), *running, (State.DONE, None)]
    assert watched(desk, check.id, lambda: None) == [(State.DONE, None)]


def test_who_watches_what_is_forgotten_waits_no_longer(desk: Desk) -> None:
    check = desk.add()
    assert watched(desk, check.id, lambda: desk.held.forget(check.id)) == [(State.WAITING, None)]
    assert watched(desk, check.id, lambda: None) == []


def test_who_stops_watching_is_told_no_more(desk: Desk) -> None:
    check = desk.add()

    async def glance() -> None:
        watching = desk.held.watch(check.id)
        await anext(watching)
        await watching.aclose()  # type: ignore[attr-defined]

    asyncio.run(glance())
    desk.pool.begin()
    desk.pool.finish()
    done = desk.held.get(check.id)
    assert done and done.state is State.DONE
