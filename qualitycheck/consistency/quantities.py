"""The same thing counted twice with different results.

Two numbers are of the same thing when they count the same noun, nothing in the two sentences sets them apart (another
person, another period, another speaker, "a further three"), and they share enough of what is said about them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from qualitycheck.consistency.accounts import differing_accounts, speaker
from qualitycheck.consistency.amounts import CUSTODY, PER_CENT, UNITS, Amount, amounts
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import frequency, quoted, stems_in, words_in
from qualitycheck.consistency.words import PLAIN, content, stem
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Case, Position, Role, Sentence

# Things that every report counts in many ways: the noun alone never shows that the same ones are meant.
_COMMON = frozenset(
    stem(word)
    for word in """
    visits sessions meetings children people adults parents options reasons points ways things words pages parts
    steps places rooms orders sides letters questions matters issues views messages calls others brothers
    sisters homes houses photographs statements reports hearings appointments contacts accounts weekends
    saturdays sundays mondays tuesdays wednesdays thursdays fridays stages conditions advantages boys girls
    professionals workers carers tests books texts minutes names schools entries dates lists dogs cats friends
    nights mornings holidays
    """.split()
)
# What files count once and for all.
_ON_RECORD = frozenset(
    stem(word)
    for word in """
    call-outs callouts incidents referrals convictions cautions arrests allegations absences exclusions
    suspensions admissions placements breaches offences assaults separations relapses overdoses notifications
    charges bedrooms siblings stepchildren grandchildren evictions miscarriages pregnancies fractures bruises
    injuries removals strikes warrants attendances detentions conferences tenancies jobs
    """.split()
)
_OCCASIONS = frozenset(stem(word) for word in ("nights", "times", "occasions", "weekends"))  # counted one by one
_PERIOD = re.compile(
    r"(?:19|20)\d\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_SEASON = re.compile(r"\b(?:autumn|winter|spring|summer|Easter|Christmas)\b")
_DISTANCES = frozenset({stem("miles"), stem("kilometres")})
_PEOPLE = re.compile(r"\b(?:CHILD|SIBLING|MOTHER|FATHER|ADULT)\b")
# What was not done is another count than what was.
_UNDONE = re.compile(r"(?i)\b(?:missed|cancelled|refused|failed|unattended|did not|didn't|not attended|absent)\b")
_TIMES = stem("times")
_PREVIOUS = stem("previous")
_COULD_BE = re.compile(r"(?i)\b(?:could|would|might|may|option|proposes?|suggests?|offers?|asks? for|seeks?)\b")
_SUBJECT = re.compile(r"^\W*(?:\d+\w*[.)]\s+)?(?:The|A|An|His|Her|Their|Its) ([a-z][\w-]+)(?: ([a-z][\w-]+))?")
_MET_SINCE = re.compile(r"(?i)\b(?:seen|met|visited|stayed with|been to see|spent time with)\b.{0,60}\btimes since\b")
BESIDE = 6  # words close to an amount
RARE = 4  # sentences: a word in no more tells what a sentence is about
MOST = 40  # amounts of one noun compared: more is a table of figures


def quantities(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for the later of two numbers told of the same thing."""
    look = _Look(case)
    by_head: dict[str, list[Amount]] = defaultdict(list)
    for sentence in case.sentences:
        if sentence.heading or sentence.statutory or sentence.role is Role.STATUTE:
            continue
        for amount in amounts(sentence, words_in(sentence, case)):
            if not quoted(case, sentence.paragraph, amount.start):
                by_head[amount.head].append(amount)
    for told in by_head.values():
        flagged: set[Span] = set()
        for at, later in enumerate(told[:MOST]):
            for earlier in told[:at]:
                if look.contradict(earlier, later, matched=_told_again(later, told) or _told_again(earlier, told)):
                    place = Span(later.sentence.paragraph, later.start, later.end)
                    if place not in flagged:
                        flagged.add(place)
                        against = Span(earlier.sentence.paragraph, earlier.start, earlier.end)
                        detail = {"this": later.phrase, "other": earlier.phrase}
                        yield Fault("inconsistent-fact", *place, (against,), detail)
                    break


def _told_again(amount: Amount, told: list[Amount]) -> bool:
    """Whether another sentence tells the same number of the same thing."""
    return any(one.value == amount.value and one.sentence.index != amount.sentence.index for one in told)


class _Look:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.frequency = frequency(case)

    def contradict(self, one: Amount, other: Amount, *, matched: bool) -> bool:
        """`matched`: one of the two numbers is told of such things elsewhere as well."""
        if one.sentence.paragraph == other.sentence.paragraph:
            return False  # a writer who tells two numbers in one breath means two things
        if one.whole is not None and other.whole is not None:
            return self.ratios(one, other)
        if one.value == other.value or one.whole is not None or other.whole is not None:
            return False
        both_previous = _PREVIOUS in one.modifiers & other.modifiers
        if (one.restricted or other.restricted) and not both_previous:
            return False
        if one.rate != other.rate or 1.0 in (one.value, other.value):
            return False
        if self.tells(one, other) or self.tells(other, one):
            return False
        if self.times_since(one, other):
            return True
        if self.apart(one, other) or self.same_list(one.sentence, other.sentence):
            return False
        if one.head == CUSTODY:
            return True
        if not one.head or one.head == PER_CENT:
            return self.shared(one, other) >= 3
        same_kind = bool(one.modifiers & other.modifiers)
        if one.modifiers and other.modifiers and not same_kind:
            return False
        shared = self.shared(one, other)
        if (one.definite or other.definite) and not matched and one.head not in UNITS:
            rare = one.head not in _COMMON and self.frequency[one.head] <= 3
            return shared >= 1 or one.head in _ON_RECORD or rare  # it goes back to something told before
        if not same_kind and Role.OPTIONS in (one.sentence.role, other.sentence.role):
            return False  # what could be, not what is
        if one.head in _DISTANCES and self.of_whom(one) & self.of_whom(other):
            return self.landmarks(one, other) >= 1
        if one.head in UNITS:
            gone_back_to = (one.definite or other.definite) and one.head in _OCCASIONS and self.beside(one, other) >= 1
            return shared >= 3 or gone_back_to or (shared >= 2 and self.beside(one, other) >= 2)
        shared += any(self.frequency[word] <= 3 for word in one.modifiers & other.modifiers)
        if one.head in _COMMON:
            return shared >= (2 if same_kind else 3) or self.beside(one, other) >= 2
        return one.head in _ON_RECORD or shared >= (1 if same_kind or self.frequency[one.head] <= 3 else 2)

    def tells(self, one: Amount, other: Amount) -> bool:
        """Whether the sentence of one gives the other number too: "six months, not three"."""
        cut = words_in(one.sentence, self.case)
        if any(a.text.lower() == "not" and number(b.text.lower()) == other.value for a, b in pairwise(cut)):
            return True
        return any(amount.head == one.head and amount.value == other.value for amount in amounts(one.sentence, cut))

    def ratios(self, one: Amount, other: Amount) -> bool:
        if one.whole != other.whole or one.value == other.value or one.head != other.head:
            return False
        return not self.apart(one, other) and self.shared(one, other) >= (
            2 if one.head in _COMMON or not one.head else 1
        )

    def apart(self, one: Amount, other: Amount) -> bool:
        """Whether other people, other periods or other speakers are meant."""
        if differing_accounts(self.case, one.sentence, other.sentence):
            return True
        mine, theirs = self.parents(one.sentence), self.parents(other.sentence)
        if mine and theirs and not mine & theirs:
            return True
        if self.of_whom(one) and self.of_whom(other) and not self.of_whom(one) & self.of_whom(other):
            return True
        if bool(_UNDONE.search(self.clause(one))) != bool(_UNDONE.search(self.clause(other))):
            return True
        if _COULD_BE.search(self.clause(one)) and _COULD_BE.search(self.clause(other)):
            return True  # two things that could be
        if self.other_subjects(one, other):
            return True
        for periods in (_PERIOD, _SEASON):
            mine_in, theirs_in = set(periods.findall(self.clause(one))), set(periods.findall(self.clause(other)))
            if mine_in and theirs_in and not mine_in & theirs_in:
                return True
        return False

    def other_subjects(self, one: Amount, other: Amount) -> bool:
        """ "The neighbour made two calls ... The grandmother made four calls" """
        mine, theirs = _SUBJECT.match(one.sentence.text), _SUBJECT.match(other.sentence.text)
        if mine is None or theirs is None or stem(mine.group(1)) == stem(theirs.group(1)):
            return False
        shared = stems_in(one.sentence, self.case) & stems_in(other.sentence, self.case)
        return not any(stem(word) in shared - PLAIN for word in (*mine.groups(""), *theirs.groups("")) if word)

    def parents(self, sentence: Sentence) -> frozenset[str]:
        """Which parents a sentence is about, pronouns included; who tells it aside."""
        people = (self.case.person.get(key) for key in sentence.about if key != speaker(self.case, sentence))
        both = (Position.MOTHER, Position.FATHER)
        return frozenset(person.key for person in people if person is not None and person.position in both)

    def bounds(self, amount: Amount) -> tuple[int, int]:
        """The clause around an amount, up to a semicolon or colon; offsets in the sentence's text."""
        text = amount.sentence.text
        at = amount.start - amount.sentence.start
        begin = max(text.rfind(mark, 0, at) for mark in (";", ":"))
        end = text.find(";", at)
        return begin + 1, len(text) if end < 0 else end

    def clause(self, amount: Amount) -> str:
        return amount.sentence.text[slice(*self.bounds(amount))]

    def of_whom(self, amount: Amount) -> frozenset[str]:
        """The family members that the clause names, children by name."""
        sentence = amount.sentence
        begin, end = (sentence.start + at for at in self.bounds(amount))
        named = {
            found.group()
            for found in _PEOPLE.finditer(sentence.masked)
            if begin <= sentence.offsets[found.start()] < end
        }
        if "CHILD" in named and len(self.case.children) > 1:
            clause = self.clause(amount)
            named.discard("CHILD")
            named |= {child.key for child in self.case.children if child.name.split()[0] in clause}
        return frozenset(named)

    def same_list(self, one: Sentence, other: Sentence) -> bool:
        """Items of one list tell of different things."""
        first, second = self.case.paragraph_of(one), self.case.paragraph_of(other)
        return None not in (first.list_level, second.list_level) and first.section == second.section

    def times_since(self, one: Amount, other: Amount) -> bool:
        """ "has seen her four times since": meetings counted from the same day on."""
        return all(
            amount.head == _TIMES and _MET_SINCE.search(self.clause(amount)) and not _UNDONE.search(self.clause(amount))
            for amount in (one, other)
        )

    def beside(self, one: Amount, other: Amount) -> int:
        """Telling words that stand close to both amounts."""
        both = self.around(one) & self.around(other)
        aside = {one.head, *one.modifiers, *other.modifiers} | PLAIN
        telling = [word for word in both - aside if self.frequency[word] <= RARE]
        return len(telling) + any(self.frequency[word] == 2 for word in telling)  # in these two alone: counts twice

    def around(self, amount: Amount) -> frozenset[str]:
        start, end = amount.start - amount.sentence.start, amount.end - amount.sentence.start
        cut = words_in(amount.sentence, self.case)
        near = [word for word in cut if word.end <= start][-BESIDE:] + [word for word in cut if word.start >= end][
            :BESIDE
        ]
        return frozenset(content(near))

    def landmarks(self, one: Amount, other: Amount) -> int:
        """Words of meaning that both sentences share, names aside: "school" in "eleven miles from the school"."""
        both = stems_in(one.sentence, self.case) & stems_in(other.sentence, self.case)
        names = {stem(word) for person in self.case.people for word in person.name.split()}
        return len(both - names - PLAIN - {one.head})

    def shared(self, one: Amount, other: Amount) -> int:
        """Telling words that the two sentences share, what is counted aside."""
        both = stems_in(one.sentence, self.case) & stems_in(other.sentence, self.case)
        aside = {one.head, *one.modifiers, *other.modifiers} | PLAIN
        return sum(1 for word in both - aside if self.frequency[word] <= RARE)
