"""Since when a child has been where the child is, told in two ways.

"Both girls have lived with Nan since early November" and "they have been with Mrs Reed since 4 September" are both of
where they are now, so one of them is wrong. A move on a day ("placed with the Reeds on 4 September") is compared only
where both name the same people or place, since a child may have moved before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.language.dates import DateMention, find_dates
from qualitycheck.understanding.case import Case, Sentence

_SINCE = re2.compile(
    r"\b(?P<now>(?:has|have|had|[’']s|[’']ve|[’']d) (?:now |all )?(?:been|lived|stayed|remained|been living) )"
    r"(?P<where>[^.;:,]{0,70}?)\bsince (?P<part>(?:the )?(?:start|beginning|middle|end"
    r"|(?:first|second|third|last) week) of |early |mid[- ]|late )?"
)
_MOVED = re2.compile(
    r"\b(?:received into|came into|placed|moved back|moved|came to live|went to live|returned)\b"
    r"(?P<where>[^.;:,]{3,60}?) on (?:\p{Lu}[a-z]+day,? )?"
)
_AT_HOME = re2.compile(r"(?i)^(?:living )?(?:with|in foster care|in placement|at (?:his|her|their)|back (?:with|at))\b")
_WHO = re2.compile(
    r"\p{Lu}[\p{L}-]{2,}|\b(?:aunt|uncle|dad|father|mum|mother|nan|grandmother|grandfather|grandparents)\b"
)
_NO_NAME = frozenset("Mr Mrs Ms Miss The She They Both Since".split())
# Days of the month that a part of it may mean.
_PART = {
    "start": (1, 10),
    "beginning": (1, 10),
    "early": (1, 12),
    "first": (1, 9),
    "second": (6, 16),
    "middle": (8, 22),
}
_PART |= {"mid": (8, 22), "third": (13, 23), "late": (18, 31), "last": (21, 31), "end": (20, 31)}


class _Told(NamedTuple):
    sentence: Sentence
    start: int  # in the sentence's text
    end: int
    since: bool
    who: frozenset[str]
    children: frozenset[str]
    month: int
    year: int | None
    days: tuple[int, int]  # the first and last day of the month that it may be


def living(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where two sentences give other months or days for where a child came to be."""
    told = [one for sentence in case.sentences if not sentence.statutory for one in _told(sentence, case)]
    flagged: set[int] = set()
    for at, one in enumerate(told):
        for other in told[:at]:
            if one.sentence.index not in flagged and _contradict(one, other, case):
                flagged.add(one.sentence.index)
                first, second = (one, other) if one.since else (other, one)
                yield Fault(
                    "inconsistent-fact",
                    first.sentence.paragraph,
                    first.sentence.start + first.start,
                    first.sentence.start + first.end,
                    (Span(second.sentence.paragraph, second.sentence.start, second.sentence.end),),
                    {"this": _words(first), "other": _words(second)},
                )


def _told(sentence: Sentence, case: Case) -> Iterator[_Told]:
    children = frozenset(child.key for child in case.children)
    for pattern, since in ((_SINCE, True), (_MOVED, False)):
        for found in pattern.finditer(sentence.text):
            date = next((d for d in find_dates(sentence.text) if 0 <= d.start - found.end() <= 2), None)
            if date is None or date.month is None or (since and not _AT_HOME.match(found.group("where"))):
                continue
            part = (found.group("part") or "") if since else ""
            yield _Told(
                sentence,
                found.start(),
                date.end,
                since,
                frozenset(_stem(word) for word in _WHO.findall(found.group("where")) if word not in _NO_NAME),
                sentence.about & children,
                date.month,
                date.year,
                _days(part, date),
            )


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")


def _days(part: str, date: DateMention) -> tuple[int, int]:
    if date.day is not None:
        return date.day, date.day
    words = (word for word in part.replace("-", " ").split() if word in _PART)
    return _PART.get(next(words, ""), (1, 31))


def _contradict(one: _Told, other: _Told, case: Case) -> bool:
    if not (one.since or other.since) or one.sentence.paragraph == other.sentence.paragraph:
        return False
    if one.children and other.children and not one.children & other.children:
        return False
    if not (one.since and other.since) and not one.who & other.who:
        return False  # a move that need not be the last
    if differing_accounts(case, one.sentence, other.sentence):
        return False
    if one.year and other.year and one.year != other.year:
        return True
    apart = one.days[1] < other.days[0] or other.days[1] < one.days[0]
    return one.month != other.month or apart


def _words(told: _Told) -> str:
    return told.sentence.text[told.start : told.end]
