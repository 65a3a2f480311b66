"""A thread of the server that minds one worker process: starts it, gives it jobs, puts another in its place."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Pipe, wait
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import Self

from qualitycheck.errors import UnreadableReport
from qualitycheck.service.work import worker
from qualitycheck.service.work.messages import (
    Answer,
    Began,
    Done,
    Failed,
    FromWorker,
    Mistaken,
    Order,
    OutOfMemory,
    Reached,
    Ready,
    Refused,
    Terms,
    WorkerFault,
)
from qualitycheck.service.work.queue import TRIES, Job, Queue

WARM_UP_SECONDS = 180  # the most that loading rules and models may take
PAUSES = (1, 2, 5, 15, 30)  # seconds between tries, while workers do not start
ONE_REPORT = "check that it is one report, and not a whole bundle"
TOO_LONG = f"took longer than {{:g}} seconds to check: {ONE_REPORT}"
TOO_MUCH = f"needs more memory than one report may take ({{}} MiB): {ONE_REPORT}"
STOPPED = f"stopped the process that was checking it, as a report does that needs too much memory: {ONE_REPORT}"
log = logging.getLogger("qualitycheck.service.work")


class Gone(Exception):
    """The worker has ended."""


class Worker:
    """A worker process, as the server holds it."""

    def __init__(self, terms: Terms) -> None:
        self.gone = False
        self.connection, theirs = Pipe()
        with theirs:
            self.process = get_context("spawn").Process(target=worker.run, args=(theirs, terms), daemon=True)
            try:
                self.process.start()
            except BaseException:
                self.connection.close()
                raise

    def send(self, order: Order) -> None:
        try:
            self.connection.send(order)
        except OSError:
            self.gone = True
            raise Gone from None

    def hear(self) -> FromWorker:
        try:
            said: FromWorker = self.connection.recv()
        except (EOFError, OSError):
            self.gone = True
            raise Gone from None
        except Exception:  # what it says cannot be understood, and so neither can what it says next
            self.gone = True
            raise
        self.gone = isinstance(said, OutOfMemory)
        return said

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Deadline:
    """Kills the worker when the time is up: whoever waits for its word then hears that it is gone."""

    def __init__(self, seconds: float, worker: Worker) -> None:
        self.passed = False
        self._worker = worker
        self._timer = Timer(seconds, self._pass)
        self._timer.daemon = True

    def _pass(self) -> None:
        self.passed = True
        self._worker.process.kill()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()


class Minder:
    """`changed` is called when its worker has become ready, or is so no longer."""

    def __init__(self, terms: Terms, queue: Queue, changed: Callable[[], None]) -> None:
        self.ready = False
        self.fails = False  # its worker did not start when it last tried
        self._terms = terms
        self._queue = queue
        self._changed = changed
        self._lock = Lock()
        self._closing = False
        self._worker: Worker | None = None
        self._handed: Job | None = None
        self._bell, self._ring = Pipe(duplex=False)
        self._thread = Thread(target=self._mind, name="worker's minder", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def hand(self, job: Job) -> None:
        """Give it a job while it waits for one."""
        self._handed = job
        self._ring.send_bytes(b"!")

    def stop(self) -> None:
        """Kill the worker and let the thread end; `join` waits for it."""
        with self._lock:
            self._closing = True
            if self._worker:
                self._worker.process.kill()
        self._ring.send_bytes(b"!")

    def join(self) -> None:
        if self._thread.ident:  # it was started
            self._thread.join()

    def _mind(self) -> None:
        if hasattr(signal, "pthread_sigmask"):  # what this thread starts must not hear Ctrl-C even while it starts
            resource_tracker.ensure_running()  # starting it, which the first worker would do, ends the block
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        pauses = iter(PAUSES)
        while not self._closing:
            worker = self._started()
            if worker is None:
                wait([self._bell], next(pauses, PAUSES[-1]))
                continue
            pauses = iter(PAUSES)
            self._now(ready=True)
            while self._fit(worker):
                pass
            self._now(ready=False)
            worker.end()

    def _now(self, *, ready: bool, fails: bool = False) -> None:
        self.ready, self.fails = ready, fails
        self._changed()

    def _started(self) -> Worker | None:
        """A worker that is ready; None where it could not be."""
        worker: Worker | None = None
        try:
            worker = Worker(self._terms)
            with self._lock:
                self._worker = worker
                if self._closing:
                    worker.process.kill()
            with Deadline(WARM_UP_SECONDS, worker):
                said = worker.hear()
        except Gone:
            said = Failed("its process ended")
        except Exception as fault:  # no file handle, memory or process left: the thread outlives it, and tries again
            said = Failed(type(fault).__name__)
        if worker and isinstance(said, Ready):
            return worker
        if worker:
            worker.end()
        if not self._closing:
            why = said.where if isinstance(said, Failed) else type(said).__name__
            log.error("a worker does not start: %s", why)
            self._now(ready=False, fails=True)
        return None

    def _fit(self, worker: Worker) -> bool:
        """Do the next job, when there is one; whether the worker is fit for another."""
        job = self._queue.next(self) or self._waited(worker)
        if job is None:
            return False
        if not job.claim():
            self._queue.done(None)
            return True
        began = time.monotonic()
        try:
            answer = self._answer(job, worker)
        except Gone:
            if job.tries < TRIES and not self._closing:
                self._queue.back(job)
                return False
            answer = Failed("no worker lived long enough to begin")
        except Exception as fault:  # of whoever is told: the thread outlives it
            worker.gone = True
            answer = Failed(type(fault).__name__)
        self._queue.done(time.monotonic() - began)
        self._deliver(answer, job)
        return not worker.gone

    def _waited(self, worker: Worker) -> Job | None:
        """The job that it is handed; None where the worker has ended meanwhile, or the service does."""
        heard = wait([self._bell, worker.connection])
        if self._bell not in heard:  # the worker says nothing when it has nothing to do: it is gone
            self._queue.away(self)
        while self._bell.poll():
            self._bell.recv_bytes()
        job, self._handed = self._handed, None
        return job

    def _answer(self, job: Job, worker: Worker) -> Answer:
        """What the worker made of the job; raises Gone where it was gone before it began."""
        begun = False
        with Deadline(self._terms.seconds, worker) as deadline:
            try:
                worker.send(job.order)
                while True:
                    said = worker.hear()
                    if isinstance(said, Began):
                        begun = True
                    elif isinstance(said, Reached):
                        job.tell(said.stage)
                    elif not isinstance(said, Ready):
                        return said
            except Gone:
                if deadline.passed:
                    return Refused("timed-out", TOO_LONG.format(self._terms.seconds))
                if self._closing:
                    return Failed("the service is stopping")
                if not begun:
                    raise
                log.warning("a worker ended while it was checking a report")
                return Refused("too-complex", STOPPED)

    def _deliver(self, answer: Answer, job: Job) -> None:
        match answer:
            case Done(value):
                job.future.set_result(value)
            case Refused(code, message):
                job.future.set_exception(UnreadableReport(code, message))
            case OutOfMemory():
                job.future.set_exception(UnreadableReport("too-complex", TOO_MUCH.format(self._terms.mib)))
            case Mistaken(kind, message):
                job.future.set_exception(kind(message))
            case Failed(where):
                log.error("a fault of our own: %s", where)
                job.future.set_exception(WorkerFault(where))
