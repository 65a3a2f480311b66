"""Dates that cannot be: days no calendar has, weekdays that were not, ends before beginnings, the future."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

import re2

from qualitycheck.consistency.amounts import amounts
from qualitycheck.consistency.dating import (
    MOST_LATE,
    PLANNED,
    TO_COME,
    Dated,
    dated,
    months_between,
    possible_days,
    stretch_of,
    written_on,
)
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import dates_in, words_in
from qualitycheck.consistency.words import content, words
from qualitycheck.language.dates import WEEKDAYS, DateMention
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Case, Role, Sentence

_TO = re2.compile(r"^\s*(?:,\s*)?(?:to|until|till|and|-|–|—)\s*(?:about|around|early|late|the)?\s*$")
_FROM = re2.compile(r"(?i)\b(?P<from>from|between)\s+(?:about |around |early |late |mid-|the )?$")
_DONE = re2.compile(
    r"(?i)\b(?:saw|seen|met|spoke|spoken|visited|visit|interviewed|observed|telephoned|rang|told|said|read|attended"
    r"|discussed|shared|"
    r"explained|was|were|had|did|replied|confirmed|received|happened|occurred|arrested|reported|made|called|wrote"
    r"|separated|moved|ended|began|"
    r"took|came|went|gave|issued|ordered|directed|applied)\b"
)
# "I told him of this on 3 May", "On 3 May the nurse saw her": the verb governs the day, and nothing is yet to come.
_DOER = r"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|\p{Lu}[\p{L}’'-]+|[Tt]he [a-z]+(?: [a-z]+)?)"
_DID = (
    r"(?:saw|met|told|said|asked|rang|telephoned|spoke|wrote|went|came|visited|attended|gave|took|made|ran|read"
    r"|showed|explained|shared|discussed|discharged|interviewed|observed|arrived|refused|returned|collected|hit"
    r"|looked|watched|knew|sent|got|heard|found|left|drove|walked|stood|stayed|played|brought|drew|fell|cried|slept|ate|sat"
    r"|was (?:seen|born|arrested|taken|found|told|admitted|discharged)|were (?:seen|told|found))"
)
_NOT_BETWEEN = (
    r"(?i)\b(?:that|which|who|whose|when|until|till|before|after|if|will|shall|would|should|could|may|might|can|to be"
    r"|is|are|be|listed|fixed|due|planned|adjourned|for|about|because|hearing|start\w*|begin\w*|next|from)\b"
)
_DONE_BEFORE = re2.compile(rf"\b{_DOER} (?:\w+ )?{_DID}\b([^.;:]{{0,70}}?) ?\bon (?:the )?$")
_DONE_AFTER = re2.compile(rf"^,? {_DOER}(?: \p{{Lu}}[\p{{L}}’'-]+| [a-z]+)? ?{_DID}\b")
_ON = re2.compile(r"(?:^|[.;:,)] |\band |\bbut |^\d{1,3}\.? )[Oo]n (?:the )?$")
_BETWEEN = re2.compile(_NOT_BETWEEN)
# Where dates to come are what a reader expects, or the date is the report's own.
_LOOKS_AHEAD = frozenset(
    {
        Role.FRONT_SHEET,
        Role.SIGNATURE,
        Role.OPTIONS,
        Role.CARE_PLAN,
        Role.CONTACT,
        Role.TIMESCALES,
        Role.RECOMMENDATION,
        Role.SHARING,
    }
)
# Longest slip of a round figure: "six months" may be said of five and a half.
TOLERANCE = {"day": 1.5, "week": 1.2, "month": 1.1, "year": 0.7}
_DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}


def _at(sentence: Sentence, mention: DateMention) -> tuple[int, int, int]:
    return sentence.paragraph, sentence.start + mention.start, sentence.start + mention.end


def impossible_dates(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for each date that no calendar has (31 June)."""
    for sentence in case.sentences:
        for mention in dates_in(sentence, case):
            if not mention.possible:
                written = sentence.text[mention.start : mention.end]
                yield Fault("inconsistent-fact", *_at(sentence, mention), detail={"date": written})


def weekdays(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a date did not fall on the weekday written with it."""
    for sentence in case.sentences:
        for mention in dates_in(sentence, case):
            if mention.weekday is None:
                continue
            days = possible_days(mention, sentence, case)
            if days and all(day.weekday() != mention.weekday for day in days):
                right = _nearest(days, written_on(case))
                detail = {
                    "date": sentence.text[mention.start : mention.end],
                    "weekday": WEEKDAYS[right.weekday()].capitalize(),
                    "year": str(right.year),
                }
                yield Fault("inconsistent-fact", *_at(sentence, mention), detail=detail)


def _nearest(days: list[date], written: date | None) -> date:
    """The day that was most likely meant."""
    return days[-1] if written is None else min(days, key=lambda day: abs((day - written).days))


def future_dates(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where something told as done is dated after the report."""
    faults = list(_late(case))
    if len(faults) <= MOST_LATE:  # more: the report's date is wrong, or was misread
        yield from faults


def _late(case: Case) -> Iterator[Fault]:
    written = written_on(case)
    if written is None or case.report_date is None:
        return
    for sentence in case.sentences:
        if sentence.heading:
            continue
        for one in dated(sentence, case):
            if one.first <= written:
                continue
            if one.exact and _plainly_done(sentence.text, one.mention):
                detail = {"date": one.text, "report": f"{written.day} {written:%B %Y}"}
                yield Fault("inconsistent-fact", *one.span, detail=detail)
            if sentence.role in _LOOKS_AHEAD or _plainly_done(sentence.text, one.mention):
                continue
            clause = _clause(sentence.text, one.mention.start, one.mention.end)
            told = bool(_DONE.search(clause)) or (sentence.role is Role.ENQUIRIES and one.exact)
            if told and not (TO_COME if sentence.role is Role.ENQUIRIES else PLANNED).search(clause):
                detail = {"date": one.text, "report": f"{written.day} {written:%B %Y}"}
                yield Fault("inconsistent-fact", *one.span, detail=detail)


def _plainly_done(text: str, day: DateMention) -> bool:
    """Whether the words beside an exact day tell what somebody did on it."""
    before = text[max(0, day.start - 120) : day.start]
    done = _DONE_BEFORE.search(before)
    if done and not _BETWEEN.search(done.group(1)):
        return True
    return bool(_ON.search(before) and _DONE_AFTER.match(text[day.end :]))


def _clause(text: str, start: int, end: int) -> str:
    """The words around a place up to the nearest semicolon or full stop."""
    begin = max(text.rfind(mark, 0, start) for mark in (";", ". ", ":"))
    ends = [at for at in (text.find(mark, end) for mark in (";", ". ")) if at >= 0]
    return text[begin + 1 : min(ends, default=len(text))]


def date_order(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for a period that ends before it begins."""
    for sentence in case.sentences:
        for first, last in _periods(sentence, case):
            if last.last < first.first:
                yield Fault(
                    "inconsistent-fact",
                    sentence.paragraph,
                    first.span.start,
                    last.span.end,
                    detail={"first": first.text, "last": last.text},
                )


def _periods(sentence: Sentence, case: Case) -> Iterator[tuple[Dated, Dated]]:
    """Each "from D to D", "between D and D" of a sentence whose two dates say their year."""
    told = list(dated(sentence, case))
    for first, last in itertools.pairwise(told):
        before = sentence.text[: first.mention.start]
        between = sentence.text[first.mention.end : last.mention.start]
        if _FROM.search(before) and _TO.match(between):
            yield first, last


def durations(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a length of time does not fit the two dates told with it."""
    for sentence in case.sentences:
        periods = list(_inherited(sentence, case))
        if len(periods) != 1:
            continue
        first, last, start, end = periods[0]
        spans = [
            one
            for one in amounts(sentence, words_in(sentence, case))
            if one.head in _DAYS and one.rate is None and one.whole is None
        ]
        near = [one for one in spans if _beside(sentence, one.start, one.end, start, end)]
        if len(near) != 1 or near[0].restricted:
            continue
        told = near[0]
        days = _DAYS[told.head]
        least = (last.first - first.last).days / days
        most = (last.last - first.first).days / days + 1 / days
        if not least - TOLERANCE.get(told.head, 1) <= told.value <= most + TOLERANCE.get(told.head, 1):
            yield Fault(
                "inconsistent-fact",
                sentence.paragraph,
                min(told.start, sentence.start + start),
                max(told.end, sentence.start + end),
                detail={"told": told.phrase, "months": f"{months_between(first.first, last.last):.0f}"},
            )


def _inherited(sentence: Sentence, case: Case) -> Iterator[tuple[Dated, Dated, int, int]]:
    """Periods, where the first date may take its year from the second ("from March to June 2024")."""
    mentions = dates_in(sentence, case)
    for one, other in itertools.pairwise(mentions):
        if not _FROM.search(sentence.text[: one.start]) or not _TO.match(sentence.text[one.end : other.start]):
            continue
        year = other.year if one.year is None else one.year
        if year is None or other.year is None or other.month is None or one.month is None:
            continue
        if one.year is None and one.month > other.month:
            year -= 1
        first = DateMention(one.start, one.end, one.day, one.month, year)
        if (a := _stretched(sentence, first)) and (b := _stretched(sentence, other)) and a.first <= b.last:
            yield a, b, one.start, other.end


def _stretched(sentence: Sentence, mention: DateMention) -> Dated | None:
    stretch = stretch_of(mention)
    return Dated(sentence, mention, *stretch) if stretch else None


def _beside(sentence: Sentence, start: int, end: int, first: int, last: int) -> bool:
    """Whether an amount stands right before or after a period, in the same clause."""
    start, end = start - sentence.start, end - sentence.start
    gap = sentence.text[end:first] if end <= first else sentence.text[last:start] if start >= last else "....."
    return len(gap) <= 12 and "." not in gap and ";" not in gap


_SINCE = re2.compile(
    r"(?i)\b(?:has|have|had|'s|’s) (?:\w+ ){0,2}?(?:been|lived|worked|stayed|had|attended|looked after|cared for) "
    r"([^.;:,]{0,60}?)\s?\b(?:since|for (?:about |almost |nearly |over |more than |some )?"
    r"(\d{1,2}|[a-z]+(?:-[a-z]+)?) (week|month|year)s?)\b"
)
_SOBER_FOR = re2.compile(
    r"(?i)\b(?:been )?(?:sober|abstinent|clean|dry|off (?:drink|alcohol|drugs|heroin|cocaine|cannabis)) for "
    r"(?:about |almost |nearly |over |more than |some )?(\d{1,2}|[a-z]+(?:-[a-z]+)?) (week|month|year)s?\b"
)
_SOBER_SINCE = re2.compile(
    r"(?i)\b(?:last (?:drink|drank|drunk|used|use)|(?:sober|abstinent|clean|dry) since)"
    r"(?: (?:was|on|in|of|alcohol|drugs))*"
    r"[:,]? ?$"
)
_SOBER = frozenset({"sober"})
ALIKE = 0.5  # share of content words: "in the same foster home" and "in her foster home" are one thing


def lasting(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where "for nine months" does not fit a "since 27 February" told of the same."""
    written = written_on(case)
    since: list[tuple[frozenset[str], Dated, Sentence]] = []
    lasted: list[tuple[frozenset[str], int, str, Span, Sentence]] = []
    for sentence in case.sentences:
        for found in _SINCE.finditer(sentence.text):
            what = frozenset(content(words(found.group(1))))
            if found.group(2) is None:
                after = [one for one in dated(sentence, case) if 0 <= one.mention.start - found.end() <= 2]
                since += [(what, one, sentence) for one in after]
            elif (count := number(found.group(2))) is not None:
                place = Span(sentence.paragraph, sentence.start + found.start(), sentence.start + found.end())
                lasted.append((what, count, found.group(3), place, sentence))
        for found in _SOBER_FOR.finditer(sentence.text):
            if (count := number(found.group(1))) is not None:
                place = Span(sentence.paragraph, sentence.start + found.start(), sentence.start + found.end())
                lasted.append((_SOBER, count, found.group(2), place, sentence))
        since += [
            (_SOBER, one, sentence)
            for one in dated(sentence, case)
            if _SOBER_SINCE.search(sentence.text[: one.mention.start])
        ]
    for what, count, unit, place, sentence in lasted:
        for other, start, where in since:
            if written is None or case.report_date is None or not what or len(what & other) < ALIKE * len(what | other):
                continue
            most, least = (((written - day).days / _DAYS[unit]) for day in (start.first, start.last))
            if _same_people(sentence, where) and not least - TOLERANCE[unit] <= count <= most + TOLERANCE[unit]:
                told = case.paragraph_of(sentence).text[place.start : place.end]
                yield Fault("inconsistent-fact", *place, (start.span,), {"told": told, "since": start.text})
                break


def _same_people(one: Sentence, other: Sentence) -> bool:
    if one.speaker and other.speaker and one.speaker != other.speaker:
        return False
    return not one.about or not other.about or bool(one.about & other.about)


_SEEN = re2.compile(
    r"(?i)\b(?:I (?:\w+ )?(?:saw|met|visited|spoke|observed|interviewed|watched|telephoned|rang)|told me|said to me"
    r"|showed me|my (?:\w+ )?visit|"
    r"my (?:\w+ )?(?:meeting|interview|observation|conversation) )\b"
)


def visit_dates(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where the author saw someone on a day that the enquiries do not list.

    Only a near miss counts: the enquiries have a date in the same month, or the same day in another month, that the
    rest of the report never takes up.
    """
    listed: list[tuple[DateMention, Sentence]] = []
    others: list[tuple[DateMention, Sentence]] = []
    for sentence in case.sentences:
        exact = [one for one in dates_in(sentence, case) if one.day is not None and one.month is not None]
        if sentence.role is Role.ENQUIRIES:
            listed += [(one, sentence) for one in exact]
        elif not sentence.heading and _SEEN.search(sentence.text):
            others += [(one, sentence) for one in exact if not _reported(sentence, one)]
    days = {(one.day, one.month) for one, _ in listed}
    if len(days) < 4:
        return
    mentioned = {(one.day, one.month) for one, _ in others}
    for one, sentence in others:
        if (one.day, one.month) in days:
            continue
        near = [
            (other, place)
            for other, place in listed
            if _slip(one, other) and (other.day, other.month) not in mentioned and sentence.about & place.about
        ]
        if near:
            other, place = near[0]
            detail = {"date": sentence.text[one.start : one.end], "listed": place.text[other.start : other.end]}
            yield Fault("inconsistent-fact", *_at(sentence, one), (Span(*_at(place, other)),), detail)


def _slip(one: DateMention, other: DateMention) -> bool:
    """Whether one date is the other with the month wrong, or with one figure of the day wrong or a day or two out."""
    if one.day is None or other.day is None or one.month is None or other.month is None:
        return False
    if one.month != other.month:
        return one.day == other.day and abs(one.month - other.month) <= 2
    return abs(one.day - other.day) in (1, 2, 10, 20) or f"{one.day:02}" == f"{other.day:02}"[::-1]


def _reported(sentence: Sentence, mention: DateMention) -> bool:
    """Whether the date belongs to what was said rather than to when the author was told ("told me that on 3 May")."""
    before = sentence.text[: mention.start]
    return not _SEEN.search(sentence.text[max(0, mention.start - 40) : mention.end + 40]) or bool(
        re2.search(r"(?i)\b(?:that|because|when|since|until|before|after)\b[^,.]{0,60}$", before)
    )
