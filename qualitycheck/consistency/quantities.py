"""The same thing counted twice with different results.

Two numbers are of the same thing when they count the same noun, nothing in the two sentences sets them apart (another
person, another period, another speaker, "a further three"), and they share enough of what is said about them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from qualitycheck.consistency.amounts import CUSTODY, PER_CENT, UNITS, Amount, amounts
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.words import content, stem, words
from qualitycheck.understanding.case import Case, Role, Sentence, Voice

# Things that every report counts in many ways: the noun alone never shows that the same ones are meant.
_COMMON = frozenset(
    stem(word)
    for word in """visits sessions meetings children people adults parents options reasons points ways things words pages parts steps
    places rooms orders sides letters questions matters issues views messages calls others brothers sisters homes houses
    photographs statements reports hearings appointments contacts accounts weekends saturdays sundays mondays tuesdays wednesdays
    thursdays fridays stages conditions advantages boys girls professionals workers carers tests books texts minutes names
    schools entries dates lists dogs cats friends nights mornings holidays""".split()
)
_PERIOD = re.compile(
    r"(?:19|20)\d\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_OWN_VOICE = frozenset({Voice.TOLD, Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED})
RARE = 4  # sentences: a word in no more tells what a sentence is about
MOST = 40  # amounts of one noun compared: more is a table of figures


def quantities(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for the later of two numbers told of the same thing."""
    look = _Look(case)
    by_head: dict[str, list[Amount]] = defaultdict(list)
    for sentence in case.sentences:
        if sentence.heading or sentence.statutory or sentence.role in (Role.OPTIONS, Role.STATUTE):
            continue
        for amount in amounts(sentence):
            if not look.quoted(amount):
                by_head[amount.head].append(amount)
    for told in by_head.values():
        flagged: set[Span] = set()
        for at, later in enumerate(told[:MOST]):
            for earlier in told[:at]:
                if look.contradict(earlier, later):
                    place = Span(later.sentence.paragraph, later.start, later.end)
                    if place not in flagged:
                        flagged.add(place)
                        against = Span(earlier.sentence.paragraph, earlier.start, earlier.end)
                        detail = {"this": later.phrase, "other": earlier.phrase}
                        yield Fault("inconsistent-fact", *place, (against,), detail)
                    break


class _Look:
    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def stems(self) -> dict[int, frozenset[str]]:
        return {sentence.index: frozenset(content(words(sentence.text))) for sentence in self.case.sentences}

    @cached_property
    def frequency(self) -> Counter[str]:
        return Counter(word for stems in self.stems.values() for word in stems)

    def quoted(self, amount: Amount) -> bool:
        before = amount.sentence.text[: amount.start - amount.sentence.start]
        return len(re.findall(r"(?:^|[\s(])[‘'“\"]", before)) > len(re.findall(r"[’'”\"](?:[\s,.;:)]|$)", before))

    def contradict(self, one: Amount, other: Amount) -> bool:
        if one.sentence.index == other.sentence.index:
            return False
        if one.whole is not None and other.whole is not None:
            return self.ratios(one, other)
        if one.value == other.value or one.whole is not None or other.whole is not None:
            return False
        if one.restricted or other.restricted or one.rate != other.rate or 1.0 in (one.value, other.value):
            return False
        if self.apart(one.sentence, other.sentence):
            return False
        if one.head == CUSTODY:
            return True
        if not one.head or one.head == PER_CENT:
            return self.shared(one, other) >= 3
        same_kind = bool(one.modifiers & other.modifiers)
        if one.modifiers and other.modifiers and not same_kind:
            return False
        shared = self.shared(one, other)
        if one.head in UNITS:
            return shared >= 4
        if one.head in _COMMON:
            return shared >= (2 if same_kind else 3)
        return same_kind or shared >= 1 or self.frequency[one.head] <= 3

    def ratios(self, one: Amount, other: Amount) -> bool:
        if one.whole != other.whole or one.value == other.value or one.head != other.head:
            return False
        return not self.apart(one.sentence, other.sentence) and self.shared(one, other) >= (1 if one.head else 2)

    def apart(self, one: Sentence, other: Sentence) -> bool:
        """Whether other people, other periods or other speakers are meant."""
        if one.speaker and other.speaker and one.speaker != other.speaker:
            return True
        if one.voice in _OWN_VOICE and other.voice in _OWN_VOICE and one.speaker != other.speaker:
            return True
        if one.about and other.about and not one.about & other.about:
            return True
        mine, theirs = set(_PERIOD.findall(one.text)), set(_PERIOD.findall(other.text))
        return bool(mine and theirs and not mine & theirs)

    def shared(self, one: Amount, other: Amount) -> int:
        """Telling words that the two sentences share, what is counted aside."""
        both = self.stems[one.sentence.index] & self.stems[other.sentence.index]
        aside = {one.head, *one.modifiers, *other.modifiers}
        return sum(1 for word in both - aside if self.frequency[word] <= RARE)
