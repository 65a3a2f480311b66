"""Who waits for whom since when, and how near the filing date is: in words, the same to both."""

from __future__ import annotations

from datetime import date, datetime

from qualitycheck.precourt.reading import Reading, State
from qualitycheck.service.pages.rendering import counted, moment
from qualitycheck.service.readings.answering import to_answer
from qualitycheck.service.readings.days import here, in_words, relative, until
from qualitycheck.service.readings.people import People


def sentence(reading: Reading, people: People) -> str:
    """The state of a reading in one sentence, for whoever looks."""
    draft, at = f"draft {reading.last.draft_number}", moment(since(reading))
    author = people.author(reading)
    match reading.state:
        case State.UNTAKEN:
            return f"Waits for any manager of {people.team(reading.team)} to take it, since {at}."
        case State.WITH_READER:
            reader, whose = people.you(reading.reader or ""), "your" if author == "you" else f"{author}’s"
            return f"{_capital(reader)} {_has(reader)} {whose} {draft} to read, since {at}."
        case State.WITH_AUTHOR:
            left = len(to_answer(reading))
            asked = f"{counted(left, 'comment')} to answer" if left else "the next draft to send"
            return f"{_capital(author)} {_has(author)} {draft} back since {at}, with {asked}."
        case State.SIGNED_OFF:
            reader = people.you(reading.reader or "")
            return f"{_capital(reader)} signed off {draft} on {at}: {before_filing(reading)}."
        case State.WITHDRAWN:
            by = reading.withdrawn_by and _capital(people.you(reading.withdrawn_by))
            return f"{by} withdrew it on {at}." if by else f"Withdrawn on {at}."


def since(reading: Reading) -> datetime:
    """When it came to whoever has it now."""
    ended = reading.withdrawn or reading.signed_off or reading.last.returned
    if ended:
        return ended
    return max([reading.last.sent, *(handing.at for handing in reading.handed)])


def before_filing(reading: Reading) -> str:
    """When it was signed off, to the day it was filed; as far as either is known."""
    if reading.signed_off is None:
        return "filed without sign-off" if reading.filed else "not signed off"
    signed = here(reading.signed_off)
    if reading.filed:
        return f"{relative(signed, reading.filed, 'filing')}, which was on {in_words(reading.filed)}"
    return f"{relative(signed, reading.filing, 'the filing date')}; nobody has recorded the filing"


def filing(reading: Reading, today: date) -> str:
    """When it is filed: "4 December 2026, in 2 days"."""
    if reading.filed:
        told = f"Filed on {in_words(reading.filed)}"
        return told if reading.signed_off and here(reading.signed_off) <= reading.filed else f"{told}, without sign-off"
    if not reading.is_open:
        return in_words(reading.filing)
    return f"{in_words(reading.filing)}, {until(reading.filing, today)}"


def urgency(reading: Reading, today: date) -> str:
    """What stands out of one that is not finished: a few words, or nothing."""
    if reading.filed or not reading.is_open:
        return ""
    days = (reading.filing - today).days
    if days < 0:
        return "Filing date passed"
    return {0: "Due today", 1: "Due tomorrow"}.get(days, "")


def role(reading: Reading) -> str:
    return "as manager" if reading.kind == "manager" else "as peer"


def _has(subject: str) -> str:
    return "have" if subject == "you" else "has"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
