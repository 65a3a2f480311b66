"""Worker processes that check reports, and the queue before them: one that dies or hangs takes nobody with it.

Each worker has a pipe of its own and a thread of the server that minds it; workers share no lock and no queue, so that
one killed at any moment leaves nothing locked. A job is over when its worker answers, dies, or is killed for its time.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import Future
from threading import Condition
from typing import Any

from qualitycheck.errors import UnreadableReport
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.result import ReportResult
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.messages import Busy, Order, Terms
from qualitycheck.service.work.minder import Minder
from qualitycheck.service.work.queue import Job, Queue

TASKS = "qualitycheck.service.work.tasks"


class Pool:
    """`tasks` names the module of what can be asked for (see `worker.run`); `count` is told how each check ended:
    `answered`, `busy`, `forgotten` (nobody wanted it any longer), `fault`, or the contract's code."""

    def __init__(self, settings: Settings, tasks: str = TASKS, count: Callable[[str], None] = lambda _: None) -> None:
        self._count = count
        terms = Terms(tasks, settings.configuration, settings.check_seconds, settings.check_mib)
        self._queue = Queue(settings.queue, settings.workers)
        self._minders = [Minder(terms, self._queue, self._changed) for _ in range(settings.workers)]
        self._change = Condition()

    def start(self) -> None:
        """Start the workers; it does not wait until they are ready."""
        atexit.register(self.close)  # before multiprocessing ends them, which would have each replaced on the way out
        for minder in self._minders:
            minder.start()

    def close(self) -> None:
        """End every worker; what waits or runs fails with WorkerFault. Nothing happens when it is closed already."""
        atexit.unregister(self.close)
        self._queue.close()
        for minder in self._minders:
            minder.stop()
        for minder in self._minders:
            minder.join()

    @property
    def ready(self) -> bool:
        """Rules and models are loaded in a worker at least."""
        return self.workers_ready > 0

    @property
    def workers_ready(self) -> int:
        return sum(minder.ready for minder in self._minders)

    @property
    def waiting(self) -> int:
        """Jobs that wait for a worker."""
        return len(self._queue)

    def wait(self, seconds: float, workers: int = 1) -> bool:
        """Wait until so many workers are ready; whether they are, after so many seconds at most."""
        with self._change:
            return self._change.wait_for(lambda: self.workers_ready >= workers, seconds)

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        """What the task makes of its arguments (`tasks.py`); `tell` hears, in another thread, how far it is.

        Raises Busy when as many wait as may. The future fails with UnreadableReport, a UserError, or WorkerFault.
        """
        job = Job(Order(task, args), tell)
        is_check = not any(isinstance(known, ReportResult) for known in args)  # else it only shows what is known
        if is_check:
            job.future.add_done_callback(lambda future: self._count(outcome(future)))
        try:
            self._queue.join(job)
        except Busy:
            if is_check:
                self._count("busy")
            raise
        return job.future

    def place(self, future: Future[Any]) -> int:
        """Its place in the queue: 1 is next; 0 when it no longer waits."""
        return self._queue.place(future)

    def _changed(self) -> None:
        if all(minder.fails for minder in self._minders):
            self._queue.give_up("no worker could be started")
        with self._change:
            self._change.notify_all()


def outcome(future: Future[Any]) -> str:
    """How a check ended, for /metrics."""
    if future.cancelled():
        return "forgotten"
    error = future.exception()
    if isinstance(error, UnreadableReport):
        return error.code
    return "fault" if error else "answered"
