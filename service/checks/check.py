"""A check as the pages show it: held in memory for a while, or kept in the store; the same either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from qualitycheck.checking import TypeWanted
from qualitycheck.pipeline import Stage
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import ReportResult


class State(StrEnum):
    WAITING = "waiting"  # for a worker
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # by the reader or a limit: `result.error` says why


@dataclass(frozen=True, slots=True)
class Previous:
    """The draft before this one: what its check found, nothing set aside yet."""

    name: str
    result: ReportResult


@dataclass(frozen=True, slots=True)
class ForReading:
    """What a manager who uploaded a report for reading said of it, until it is checked and kept."""

    author: str  # an account; empty: somebody who has none here
    author_name: str  # of whom has none
    team: str | None
    title: str  # of the case that it will be kept in
    filing: date


@dataclass(frozen=True, slots=True)
class Check:
    """One report and what was found in it. Changes are new values: `dataclasses.replace`."""

    id: str  # drawn at random, in its address
    owner: str  # account
    session: str | None  # whom it is held for; None once kept
    name: str  # of the file
    data: bytes  # the file
    wanted: TypeWanted
    created: datetime
    state: State = State.WAITING
    stage: Stage | None = None  # what the worker is doing
    result: ReportResult | None = None  # everything found; what was set aside is in `decisions` only
    sheet: Sheet | None = None  # the report as written, laid out with every finding marked
    decisions: Mapping[str, str] = field(default_factory=dict)  # reasons of what was set aside, by fingerprint
    previous: Previous | None = None
    case: str | None = None  # where it is kept
    number: int | None = None  # of the draft in its case
    for_reading: ForReading | None = None  # it becomes a reading once it is done
