"""Places kept for reports that were told to come back.

Without them whoever comes next takes the place, and somebody who does as told is told so again and again. A report is
known again by its own bytes; no more than a hash of them is kept, and that for as long as the promise lasts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

EARLY, LATE = 1.0, 30.0  # seconds before and after the time told that somebody may come


class Promises:
    """At most so many; `clock` is in seconds."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._due: list[tuple[float, int]] = []  # when, and whose, in the order in which they were made

    def make(self, ticket: int, seconds: float) -> None:
        """Let whoever has this ticket in, so many seconds from now; nothing where there are enough already."""
        if len(self) < self._most:
            self._due.append((self._clock() + seconds, ticket))

    def keep(self, ticket: int) -> bool:
        """Whether this one was told to come at about this time; it is let in once for each time that it was told."""
        now = self._clock()
        for one in self._due:
            due, whose = one
            if whose == ticket and due - EARLY <= now <= due + LATE:
                self._due.remove(one)
                return True
        return False

    def __len__(self) -> int:
        """How many may still come."""
        now = self._clock()
        self._due = [one for one in self._due if now <= one[0] + LATE]
        return len(self._due)
