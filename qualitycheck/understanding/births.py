"""Dates of birth, and the names they stand beside: "Ada Lowe, born 3 May 2018"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import re2

from qualitycheck.language.dates import whole_dates
from qualitycheck.understanding.capitals import capital_runs

_BORN = re2.compile(
    r"(?i)(?P<joint>,? ?\(?,? ?(?:who was |who were |was |were |is |both "
    r"|and was )*)(?P<word>born(?: on)?|d\.?o\.?b\.?:?"
    r"|date of birth:?(?: is| was)?|b\.)[ :]*"
)
_BORN_TOGETHER = re2.compile(r"(?i)\b(?:twins?|triplets|were born|both born|all born)\b")


def named_with_births(text: str, *, any_date: bool = False) -> Iterator[tuple[tuple[str, ...], date | None]]:
    """Names with the date of birth that follows each; with `any_date` (a child's cell) names alone or with any date."""
    for segment in re.split(r"[;\n]", text) if any_date else (text,):
        births = list(births_in(segment))
        if not births and any_date:
            births = whole_dates(segment)
        at = 0
        for start, end, birth in births:
            runs = list(capital_runs(segment[at:start]))
            joint = bool(_BORN_TOGETHER.search(segment)) and len(births) == 1
            for words in runs[:-1] if any_date or joint else ():
                shared = (*words, runs[-1][-1]) if len(words) == 1 < len(runs[-1]) else words
                yield shared, birth if joint else None
            if runs:
                yield runs[-1], birth
            at = end
        if any_date:
            for words in capital_runs(segment[at:]):
                yield words, None


def births_in(text: str) -> Iterator[tuple[int, int, date]]:
    """The dates after "born" and the like: where the word begins, where the date ends, and the date."""
    for match in _BORN.finditer(text):
        days = whole_dates(text[match.end() : match.end() + 30])
        if days and days[0][0] <= 4:
            yield match.start(), match.end() + days[0][1], days[0][2]


def is_minor(birth: date, at: date | None) -> bool:
    """Under eighteen at the report's date (today if it has none), or to be born within a year; half a year's grace."""
    at = at or date.today()
    return -1 <= (at - birth).days / 365.25 < 18.5
