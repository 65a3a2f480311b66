"""What the server and a worker say to each other, and what is raised where a worker gives no answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualitycheck.errors import Code
from qualitycheck.pipeline import Stage


class Busy(Exception):
    """As many reports wait as may wait; `retry_after` is in how many seconds there should be room again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} seconds")
        self.retry_after = retry_after


class WorkerFault(Exception):
    """A crash of our own; its text says what kind and where in the code, never a word of a report."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a worker is told when it starts: no more of the settings, as some of them are secrets."""

    tasks: str  # the module of its tasks
    configuration: Path | None
    seconds: float  # for one job
    mib: int  # for one job, beyond what the loaded worker has


# To the worker


@dataclass(frozen=True, slots=True)
class Order:
    task: str
    args: tuple[Any, ...]


# To the server


@dataclass(frozen=True, slots=True)
class Ready:
    """Rules and models are loaded."""

    limited: bool  # this platform holds it to its memory


@dataclass(frozen=True, slots=True)
class Began:
    """The order has come: whatever happens from here on happens to it."""


@dataclass(frozen=True, slots=True)
class Reached:
    stage: Stage


@dataclass(frozen=True, slots=True)
class Done:
    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The report cannot be read."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Mistaken:
    """Something else that the user can change: a UserError of this kind."""

    kind: type[Exception]
    message: str


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The worker's last word."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A crash of our own."""

    where: str  # what kind, and where in the code


Answer = Done | Refused | Mistaken | OutOfMemory | Failed
FromWorker = Ready | Began | Reached | Answer
