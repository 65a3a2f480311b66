"""What happened to a reading, in plain lines, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qualitycheck.precourt.reading import Handing, Reading, Round
from qualitycheck.service.pages.rendering import counted
from qualitycheck.service.readings.people import People


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    said: str


def history(reading: Reading, people: People) -> tuple[Event, ...]:
    """Filing has a day and no moment: the page says it apart."""
    events = [*_rounds(reading, people), *(_handed(one, reading, people) for one in reading.handed)]
    if reading.signed_off:
        reader = _capital(people.you(reading.reader or ""))
        events.append(Event(reading.signed_off, f"{reader} signed off draft {reading.last.draft_number}."))
    if reading.withdrawn:
        events.append(Event(reading.withdrawn, withdrawn(reading, people)))
    return tuple(sorted(events, key=lambda event: event.at))


def withdrawn(reading: Reading, people: People) -> str:
    """Who ended it, as far as that was kept."""
    by = _capital(people.you(reading.withdrawn_by)) if reading.withdrawn_by else ""
    return f"{by} withdrew it." if by else "It was withdrawn."


def _rounds(reading: Reading, people: People) -> Iterator[Event]:
    author = people.author(reading)
    for each in reading.rounds:
        sender = people.you(reading.asked_by) if each.number == 1 else author
        reader = _reader_at(reading, each.sent)
        if each.number == 1 and reader == reading.asked_by:
            yield Event(each.sent, f"{_capital(sender)} uploaded draft {each.draft_number} to read it.")
        else:
            to = _whom(reader, reading, people)
            yield Event(each.sent, f"{_capital(sender)} sent draft {each.draft_number} to {to}.")
        if each.returned and each.returned != reading.signed_off:
            yield Event(each.returned, _given_back(each, reading, people))


def _given_back(each: Round, reading: Reading, people: People) -> str:
    assert each.returned
    reader = _capital(people.you(_reader_at(reading, each.returned) or ""))
    return f"{reader} gave draft {each.draft_number} back with {counted(len(each.said.comments), 'comment')}."


def _handed(handing: Handing, reading: Reading, people: People) -> Event:
    by = _capital(people.you(handing.by))
    if handing.before is None and handing.after == handing.by:
        return Event(handing.at, f"{by} took it.")
    before = "" if handing.before in (None, handing.by) else f" from {people.you(handing.before or '')}"
    reason = f": “{handing.reason}”" if handing.reason else "."
    return Event(handing.at, f"{by} handed it{before} to {_whom(handing.after, reading, people)}{reason}")


def _whom(reader: str | None, reading: Reading, people: People) -> str:
    return people.you(reader) if reader else f"any manager of {people.team(reading.team)}"


def _reader_at(reading: Reading, moment: datetime) -> str | None:
    """Who had it at a moment, an account; None: nobody in particular."""
    later = [handing for handing in reading.handed if handing.at > moment]
    return later[0].before if later else reading.reader


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
