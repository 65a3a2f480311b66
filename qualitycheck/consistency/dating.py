"""Dates of a report as stretches of days: "March 2024" is the whole month, a day takes its year from what is near."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import re2

from qualitycheck.consistency.fault import Span
from qualitycheck.consistency.once import dates_in, once
from qualitycheck.language.dates import DateMention
from qualitycheck.understanding.case import Case, Role, Sentence

# Something still to come, or that runs on: a later date is no slip.
PLANNED = re2.compile(
    r"(?i)\b(?:will|shall|would|could|might|should|can|hearing|listed|due|until|till|by (?:the end|early|late|mid"
    r"|\d)|expires?|ends?|review|reviewed|next|plan(?:s|ned)?|"
    r"propose[sd]?|intend(?:s|ed)?|expect(?:s|ed)?|appointment|booked|fixed|arranged|scheduled|offered|available"
    r"|starts?|begins?|runs?|"
    r"continu\w+|release[d]?|conference|to be|from|hopes?|forthcoming|upcoming|future|deadline|timetable"
    r"|week commencing|filed by|"
    r"before|after|once|if|when|recommend\w*|order to|birthday|turns?|term|going|trial|valid|in force|expir\w+"
    r"|since then|onwards?|"
    r"start|step|first|session|held for|is on|are on|meeting|wait\w*|surgery|operation|sentenc\w*|transfer\w*"
    r"|allow\w*|transition\w*)\b"
)

FEWEST_TO_GUESS = 3  # days told as past, to guess from the last of them when a report was written
MOST_LATE = 2  # enquiries after the report's date: more, and it is the date that is wrong or misread
TO_COME = re2.compile(
    r"(?i)\b(?:will|shall|to be|planned|hearing|next|is (?:listed|due|fixed|booked)|are (?:listed|due|fixed|booked))\b"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date mentioned in a sentence, as the first and last day it can mean; offsets in the paragraph's text."""

    sentence: Sentence
    mention: DateMention
    first: date
    last: date

    @property
    def span(self) -> Span:
        return Span(
            self.sentence.paragraph, self.sentence.start + self.mention.start, self.sentence.start + self.mention.end
        )

    @property
    def text(self) -> str:
        return self.sentence.text[self.mention.start : self.mention.end]

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def agrees(self, other: Dated) -> bool:
        """Whether both can be the same day, or one says the other less exactly."""
        return self.first <= other.last and other.first <= self.last


def dated(sentence: Sentence, case: Case) -> Iterator[Dated]:
    """The dates of a sentence that say their year, and that exist."""
    for mention in dates_in(sentence, case):
        if stretch := stretch_of(mention):
            yield Dated(sentence, mention, *stretch)


def stretch_of(mention: DateMention) -> tuple[date, date] | None:
    """First and last day a mention with a year can mean."""
    if mention.year is None or not mention.possible:
        return None
    if mention.day is not None and mention.month is not None:
        return (day := date(mention.year, mention.month, mention.day)), day
    if mention.day is not None:
        return None
    if mention.month is not None:
        return date(mention.year, mention.month, 1), date(
            mention.year, mention.month, monthrange(mention.year, mention.month)[1]
        )
    return date(mention.year, 1, 1), date(mention.year, 12, 31)


def possible_days(mention: DateMention, sentence: Sentence, case: Case) -> list[date]:
    """The days that a day and month without a year can mean: in years named nearby, or around the report's date."""
    if mention.day is None or mention.month is None:
        return []
    if mention.year is not None:
        return [mention.date] if mention.date else []
    beside = case.by_paragraph.get(sentence.paragraph, (sentence,))
    years = {one.year for other in beside for one in dates_in(other, case) if one.year is not None}
    written = written_on(case)
    if written is not None and TO_COME.search(sentence.text):
        ahead = _day(written.year, mention)
        years.add(written.year + (ahead is not None and ahead < written))
    elif written is not None:
        past = _day(written.year, mention) or _day(written.year - 1, mention)
        years.add(written.year if past is not None and past <= written else written.year - 1)
        ahead = _day(written.year, mention)
        if PLANNED.search(sentence.text) and (ahead is None or ahead <= written):
            years.add(written.year + 1)
        elif PLANNED.search(sentence.text):
            years.add(written.year)
    return sorted(filter(None, (_day(year, mention) for year in years)))


def _day(year: int, mention: DateMention) -> date | None:
    try:
        return date(year, mention.month or 1, mention.day or 1)
    except ValueError:
        return None


@once
def written_on(case: Case) -> date | None:
    """The report's date; where it is not given, or several enquiries are later, the last day told as past."""
    births = {person.date_of_birth for person in case.people}
    past = sorted(
        {
            one.first
            for sentence in case.sentences
            if (sentence.role is Role.ENQUIRIES or case.report_date is None) and not PLANNED.search(sentence.text)
            for one in dated(sentence, case)
            if one.exact and one.first not in births
        }
    )
    if case.report_date is None:
        return past[-1] if len(past) >= FEWEST_TO_GUESS else None
    later = [day for day in past if day > case.report_date]
    return later[-1] if len(later) > MOST_LATE else case.report_date


def age_on(day: date, born: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(first: date, last: date) -> float:
    return (last - first) / timedelta(days=30.44)
