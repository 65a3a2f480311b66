"""What is done for a sample in the background, in this process: reading its frame, checking what was drawn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """How far it is; touched by its own thread, read by any."""

    total: int
    done: int = 0
    failed: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)


class Stopped(Exception):
    """The service is ending; what was not finished is begun anew when somebody asks."""


class Jobs:
    """One job of a sample at a time. What fails says so on the sample's page, and can be begun again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, tuple[Job, threading.Thread]] = {}
        self._closed = False

    def start(self, sample: str, total: int, work: Callable[[Job], None]) -> None:
        """Nothing happens where something is going on for this sample already."""
        with self._lock:
            known = self._jobs.get(sample)
            if self._closed or (known and known[1].is_alive()):
                return
            job = Job(total)
            thread = threading.Thread(target=self._run, args=(sample, job, work), name="sample", daemon=True)
            self._jobs[sample] = (job, thread)
            thread.start()

    def of(self, sample: str) -> Job | None:
        """What is going on, or failed; None where there is nothing to tell."""
        with self._lock:
            known = self._jobs.get(sample)
            return known[0] if known else None

    def wait(self, sample: str, seconds: float) -> None:
        """Until it is over, or for so long at most."""
        with self._lock:
            known = self._jobs.get(sample)
        if known:
            known[1].join(seconds)

    def stop(self) -> None:
        """Whatever is going on is told to end; nothing more begins."""
        with self._lock:
            self._closed = True
            for job, _ in self._jobs.values():
                job.stopping.set()

    def join(self) -> None:
        """Wait until it has ended."""
        with self._lock:
            threads = [thread for _, thread in self._jobs.values()]
        for thread in threads:
            thread.join()

    def _run(self, sample: str, job: Job, work: Callable[[Job], None]) -> None:
        try:
            work(job)
        except Stopped:
            pass
        except Exception as error:
            log.error("what was done for a sample failed: %s", type(error).__name__)
            job.failed = True
            return
        with self._lock:
            self._jobs.pop(sample, None)
