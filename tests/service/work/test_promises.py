"""Whoever is told to come back finds a place when they do as told, however many came in between."""

from __future__ import annotations

import pytest

from qualitycheck.service.work import promises
from qualitycheck.service.work.messages import Busy, Order
from qualitycheck.service.work.promises import LATE, Promises
from qualitycheck.service.work.queue import PROMISES, TYPICAL_SECONDS, Job, Queue


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Server:
    """Never free: it only takes from the queue."""

    def hand(self, job: Job) -> None:
        raise AssertionError("it was not free")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(promises.Promises.__init__, "__defaults__", (made,))
    return made


def job(data: bytes) -> Job:
    return Job(Order("check", (data, "draft.docx", "auto")), lambda stage: None)


def told(queue: Queue, data: bytes) -> int | None:
    """In how many seconds to come again; None: it was taken."""
    try:
        queue.join(job(data))
    except Busy as busy:
        return busy.retry_after
    return None


def test_a_promise_is_kept_once_and_about_when_it_was_told(clock: Clock) -> None:
    kept = Promises(2, clock)
    kept.make(7, 10)
    assert not kept.keep(7)  # too early
    clock.now += 10
    assert not kept.keep(8)
    assert kept.keep(7)
    assert not kept.keep(7)
    kept.make(7, 10)
    clock.now += 10 + LATE + 1
    assert not kept.keep(7)
    assert len(kept) == 0


def test_no_more_are_made_than_may_be(clock: Clock) -> None:
    kept = Promises(2, clock)
    for ticket in range(3):
        kept.make(ticket, 10)
    clock.now += 10
    assert [kept.keep(ticket) for ticket in range(3)] == [True, True, False]


def test_the_place_of_whoever_comes_back_is_not_given_to_somebody_new(clock: Clock) -> None:
    queue = Queue(room=4, servers=1)
    assert [told(queue, bytes([n])) for n in range(4)] == [None] * 4
    first, second = told(queue, b"first"), told(queue, b"second")
    assert (first, second) == (TYPICAL_SECONDS, 2 * TYPICAL_SECONDS)
    for _ in range(2):
        assert queue.next(Server())
    assert told(queue, b"new") is not None
    assert told(queue, b"first") is not None  # before its time
    clock.now += first
    assert told(queue, b"first") is None
    clock.now += second - first
    assert told(queue, b"second") is None
    assert len(queue) == 4


def test_a_promise_is_kept_though_work_took_longer_than_expected(clock: Clock) -> None:
    queue = Queue(room=1, servers=1)
    assert told(queue, b"first") is None
    seconds = [told(queue, bytes([n])) for n in range(PROMISES + 1)]
    for n, wait in enumerate(seconds[:-1]):
        assert wait
        clock.now = 100 + wait
        assert told(queue, bytes([n])) is None
    assert len(queue) == 1 + PROMISES
    clock.now = 100 + (seconds[-1] or 0)
    assert told(queue, bytes([PROMISES])) is not None  # there was no promise left for it


def test_servers_are_not_kept_idle_for_whoever_does_not_come_back(clock: Clock) -> None:
    queue = Queue(room=2, servers=1)
    for n in range(5):
        told(queue, bytes([n]))
    assert queue.next(Server())
    assert queue.next(Server())
    assert told(queue, b"new") is None
    assert told(queue, b"another") is not None
    clock.now += 100 + LATE
    assert told(queue, b"another") is None
