"""A number announced and the dates or options listed after it: "twice, on 8 May, 12 May and 20 May"."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault
from qualitycheck.consistency.once import dates_in, quoted
from qualitycheck.language.numbers import WORDS_PATTERN, number
from qualitycheck.understanding.case import Case, Role

# What is counted, and then nothing but dates: "on three occasions, on 29 April and 8 May 2025".
_ANNOUNCED = re2.compile(
    rf"(?i)\b(?P<told>(?P<twice>twice)|(?P<once>once)|(?:on )?(?P<count>[0-9]{{1,2}}|{WORDS_PATTERN}) "
    r"(?:\w+ ){0,2}?(?:times|occasions|visits|sessions|meetings|interviews|logs|calls|call-outs|hearings|incidents"
    r"|appointments|observations|dates|assaults))(?:,|:| \(| -| –| —)? ?(?:namely |on )?(?:the )?$"
)
_FROM_DATE_TO_DATE = re2.compile(r"^(?:\s*,?\s*(?:and|&|then|,)?\s*(?:then )?(?:on |again on )?(?:the )?)$")
_PERIOD = re2.compile(r"(?i)^\s*(?:to|until|till|-|–|—)\s*$")
_MORE = re2.compile(r"(?i)^\s*,?\s*(?:and|among|amongst|including|plus|the last|most recently|once|twice|with)\b")
_SOME = re2.compile(r"(?i)\b(?:last|including|first|most recent\w*|latest|at least|more than|over)\b[^.;]{0,40}$")


def announced(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where more or fewer dates follow than were announced in the same sentence."""
    for sentence in case.sentences:
        if sentence.heading or sentence.statutory or sentence.role is Role.STATUTE:
            continue
        dates = [one for one in dates_in(sentence, case) if one.day is not None]
        if len(dates) < 2:
            continue
        text = sentence.text
        for at, first in enumerate(dates):
            found = _ANNOUNCED.search(text[max(0, first.start - 80) : first.start])
            if found is None or _SOME.search(text[max(0, first.start - 100) : first.start]):
                continue
            listed, end = 1, first.end
            for following in dates[at + 1 :]:
                if not _FROM_DATE_TO_DATE.match(text[end : following.start]):
                    break
                listed, end = listed + 1, following.end
            told = 2 if found.group("twice") else 1 if found.group("once") else number(found.group("count") or "")
            ends = not _MORE.match(text[end:]) and not _PERIOD.match(text[end : end + 4])
            start = max(0, first.start - 80) + found.start(_ANNOUNCED.groupindex["told"])
            if told is None or told == listed or listed < 2 or not ends:
                continue
            if listed < told and len(dates) > at + listed:
                continue  # the list goes on after a place or a name
            if quoted(case, sentence.paragraph, sentence.start + start):
                continue
            place = (sentence.paragraph, sentence.start + start, sentence.start + end)
            yield Fault("inconsistent-fact", *place, (), {"told": found.group("told"), "listed": str(listed)})
            break
