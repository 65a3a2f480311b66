"""The queue: who is next, who waits for work, and how long it takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from math import ceil
from statistics import fmean
from threading import Lock
from typing import Any, Protocol

from qualitycheck.pipeline import Stage
from qualitycheck.service.work.messages import Busy, Order, WorkerFault
from qualitycheck.service.work.promises import Promises

TYPICAL_SECONDS = 2.0  # of a check, until there have been some
PROMISES = 4  # to each place in the queue
RECENT = 50  # jobs that the estimate looks back on
TRIES = 3  # of a job whose worker was gone before it began


class Job:
    """An order, and whoever waits for its answer."""

    def __init__(self, order: Order, tell: Callable[[Stage], None]) -> None:
        self.order = order
        self.tell = tell
        self.future: Future[Any] = Future()
        self.tries = 0

    @property
    def ticket(self) -> int | None:
        """What it is known by when it comes again: the task, the file and its name. None: it has no file."""
        told = [argument for argument in self.order.args if isinstance(argument, bytes | str)]
        return hash((self.order.task, *told)) if any(isinstance(one, bytes) for one in told) else None

    def claim(self) -> bool:
        """Take it up; False where nobody wants it any longer."""
        self.tries += 1
        return self.tries > 1 or self.future.set_running_or_notify_cancel()


class Server(Protocol):
    def hand(self, job: Job) -> None: ...


class Queue:
    """Jobs, first come, first served; at most `room` wait beyond those that a free server takes at once.

    Whoever finds no room is told when to come again, and is then let in: `PROMISES` times `room` at the most may so be
    added to those that wait, should they take longer than was to be expected.
    """

    def __init__(self, room: int, servers: int) -> None:
        self._room = room
        self._servers = servers
        self._lock = Lock()
        self._waiting: deque[Job] = deque()
        self._free: list[Server] = []
        self._at_work = 0
        self._took: deque[float] = deque(maxlen=RECENT)
        self._promises = Promises(PROMISES * room)
        self._closed = False

    def join(self, job: Job) -> None:
        """Raises Busy when there is no room, and WorkerFault when it is closed."""
        ticket = job.ticket
        with self._lock:
            if self._closed:
                raise WorkerFault("the service is stopping")
            promised = ticket is not None and self._promises.keep(ticket)
            if self._free:
                self._give(job)
            elif promised or self._has_room():
                self._waiting.append(job)
            else:
                seconds = self._seconds_to_wait()
                if ticket is not None:
                    self._promises.make(ticket, seconds)
                raise Busy(seconds)
        job.future.add_done_callback(lambda future: self._leave(job) if future.cancelled() else None)

    def back(self, job: Job) -> None:
        """Put a job that nobody began in front; its server is no longer at work."""
        with self._lock:
            self._at_work -= 1
            if self._free:
                self._give(job)
            else:
                self._waiting.appendleft(job)

    def next(self, server: Server) -> Job | None:
        """The next job; None where there is none: the server is handed one as soon as there is."""
        with self._lock:
            if self._waiting:
                self._at_work += 1
                return self._waiting.popleft()
            self._free.append(server)
            return None

    def away(self, server: Server) -> None:
        """The server can be handed nothing more for now."""
        with self._lock:
            if server in self._free:
                self._free.remove(server)

    def done(self, seconds: float | None) -> None:
        """A server's job is over, after so many seconds; None: it was never begun."""
        with self._lock:
            self._at_work -= 1
            if seconds is not None:
                self._took.append(seconds)

    def place(self, future: Future[Any]) -> int:
        """1: the next to be begun. 0: it does not wait."""
        with self._lock:
            return next((n for n, job in enumerate(self._waiting, start=1) if job.future is future), 0)

    def __len__(self) -> int:
        with self._lock:
            return len(self._waiting)

    def give_up(self, why: str) -> None:
        """Fail all that wait."""
        with self._lock:
            waiting, self._waiting = self._waiting, deque()
        for job in waiting:
            if job.claim():
                job.future.set_exception(WorkerFault(why))

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self.give_up("the service is stopping")

    def _give(self, job: Job) -> None:
        self._at_work += 1
        self._free.pop().hand(job)

    def _leave(self, job: Job) -> None:
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)

    def _has_room(self) -> bool:
        """For somebody new: beside those promised a place, unless the servers would soon have nothing to do."""
        waiting = len(self._waiting)
        return waiting < self._room and (waiting < self._servers or waiting + len(self._promises) < self._room)

    def _seconds_to_wait(self) -> int:
        typical = fmean(self._took) if self._took else TYPICAL_SECONDS
        before = len(self._waiting) + len(self._promises) + 1 - self._room  # so many must be done with first
        return max(1, ceil(before / self._servers * typical))
