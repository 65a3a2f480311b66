"""The list of readings, for whoever reads, writes or manages: most urgent first, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qualitycheck.precourt.reading import Reading, State
from qualitycheck.service.access.things import is_managed_by
from qualitycheck.service.access.who import Who
from qualitycheck.service.readings import waiting
from qualitycheck.service.readings.days import here
from qualitycheck.service.readings.people import People

FINISHED_DAYS = 90  # that a finished one stays in the list


@dataclass(frozen=True, slots=True)
class Row:
    """One reading in a list, in words."""

    id: str
    title: str
    author: str
    state: str
    filing: str
    urgent: str
    round: int
    role: str
    takes: bool  # whether whoever looks may take it
    reads: bool  # whether it leads to the page to read on
    hands: bool  # whether they may hand it on as a manager
    standing: tuple[str, ...]  # what stands out of it as it was given back
    gone: tuple[str, ...]  # names of those who have left, for whoever can do something about it


@dataclass(frozen=True, slots=True)
class Lists:
    to_read: tuple[Row, ...]
    untaken: tuple[Row, ...]
    with_author: tuple[Row, ...]
    own: tuple[Row, ...]  # reports of whoever looks
    team: tuple[Row, ...]
    finished: tuple[Row, ...]

    @property
    def nothing_open(self) -> bool:
        return not (self.to_read or self.untaken or self.with_author or self.own or self.team)


def lists(
    readings: Iterable[Reading], asking: Who, people: People, today: date, standing: Mapping[str, tuple[str, ...]]
) -> Lists:
    """`readings` are those that concern whoever asks, by filing date; `standing` what stands out of each, by id."""
    found: dict[str, list[Row]] = {name: [] for name in Lists.__dataclass_fields__}
    for reading in readings:
        if place := _place(reading, asking, today):
            found[place].append(row(reading, asking, people, today, standing.get(reading.id, ())))
    found["finished"].reverse()
    return Lists(**{name: tuple(rows) for name, rows in found.items()})


def _place(reading: Reading, asking: Who, today: date) -> str | None:
    if not reading.is_open:
        return "finished" if here(waiting.since(reading)) >= today - timedelta(days=FINISHED_DAYS) else None
    if reading.author == asking.account:
        return "own"
    if reading.reader == asking.account:
        return "to_read" if reading.state is State.WITH_READER else "with_author"
    return "untaken" if reading.state is State.UNTAKEN else "team"


def row(reading: Reading, asking: Who, people: People, today: date, standing: tuple[str, ...]) -> Row:
    manages = is_managed_by(reading, asking)
    return Row(
        id=reading.id,
        title=reading.title,
        author=people.author(reading),
        state=waiting.sentence(reading, people),
        filing=("" if reading.filed else "Filing date ") + waiting.filing(reading, today),
        urgent=waiting.urgency(reading, today),
        round=reading.last.number,
        role=waiting.role(reading),
        takes=reading.state is State.UNTAKEN and manages,
        reads=reading.state is State.WITH_READER and reading.reader == asking.account,
        standing=standing,
        hands=manages,
        gone=people.gone_from(reading) if (manages or reading.author == asking.account) and reading.is_open else (),
    )
