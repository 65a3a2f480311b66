"""One event dated in two ways, with or without the year.

An event is known by a word for something that happens once ("detoxification", "evicted", "completes"), or by a document
and whose it is ("Dr Odell's report of 9 May"). Dates are compared as stretches of days: "in May" and "on 9 May" agree.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import dates_in, frequency, quoted, stems_in
from qualitycheck.consistency.words import stem
from qualitycheck.language.dates import DateMention
from qualitycheck.understanding.case import Case, Position, Role, Sentence

# What happens to a family once, or seldom: told of the same people, two dates are one too many.
_ONCE = {
    "detoxification": r"detox\w*",
    "rehabilitation": r"rehab\w*",
    "operation": r"operation|operated on|surgery",
    "accident": r"accident|crash(?:ed)?|collision",
    "funeral": r"funeral|buried",
    "death": r"died|death of|passed away",
    "wedding": r"wedding|married",
    "divorce": r"divorced?|decree absolute",
    "redundancy": r"redundan\w+",
    "diagnosis": r"diagnosed|diagnosis",
    "overdose": r"overdose[d]?",
    "eviction": r"evict\w+",
    "stabbing": r"stabb\w+",
    "stroke": r"(?:a|the|his|her) stroke|heart attack",
    "miscarriage": r"miscarr\w+|stillborn|stillbirth",
    "completion": r"complete[sd]? (?:on|in)|completion (?:on|in|date)|exchange of contracts",
    "tenancy": r"tenancy (?:begins?|began|starts?|started|ends?|ended|from)",
    "sectioning": r"sectioned|detained under",
    "bail": r"bailed|bail (?:date|ends)",
    "charge": r"charged with",
    "conviction": r"convicted|pleaded guilty|found guilty",
    "acquittal": r"acquitted|not guilty",
    "sentence": r"sentenced",
    "release": r"released|(?:is|was) due out|comes out of prison|left prison",
    "arrest": r"arrested",
    "fire": r"(?:house|kitchen|flat) fire|the fire",
    "burn": r"burned|burnt|scalded",
    "fracture": r"fractured|broke (?:his|her|an?)",
    "emergency protection": r"police protection|emergency protection order",
    "threshold": r"threshold (?:was )?(?:agreed|found|conceded)",
    "matching": r"matching panel|matched at panel",
    "placement": r"placed with|moved to live with|went to live with|moved in with",
    "move": r"moved out|moved house|left (?:the )?(?:family )?home|moved back",
    "flit": r"(?:left|fled) (?:the )?(?:home|house|area|refuge)|went into (?:a |the )?refuge",
    "separation": r"separated|split up|separation",
    "suspension of contact": r"contact (?:was )?(?:stopped|suspended|ended)|stopped (?:contact|the visits)",
    "leaving school": r"permanently excluded|was excluded",
    "last drink": r"last (?:drank|used|drink|drug use)|sober since|abstinent since|clean since",
}
# What a court or an agency does once in a case: told with the year, two dates are one too many.
_FORMAL = {
    "the parents' first meeting": re2.compile(r"(?i)\b(?:parents|they|couple) (?:first )?met\b|\brelationship began\b"),
    "the interim care order": re2.compile(r"(?i)\binterim care orders?\b"),
    "the emergency protection order": re2.compile(r"(?i)\bemergency protection orders?\b"),
    "the non-molestation order": re2.compile(r"(?i)\bnon-molestation order\b"),
    "the application": re2.compile(
        r"(?i)\bapplied to (?:the )?court\b|\b(?:application|proceedings) (?:was |were )?(?:made|issued|dated|begun"
        r"|filed|lodged)\b|\bC100 (?:of|dated|issued)\b"
    ),
    "the safeguarding letter": re2.compile(r"(?i)\bsafeguarding letter\b"),
    "the special guardianship assessment": re2.compile(r"(?i)\bspecial guardianship assessment\b"),
    "the direction of this report": re2.compile(
        r"(?i)\b(?:court|judge|magistrates|justices|District Judge [A-Z]\w+) (?:directed|ordered|asked for) (?:this"
        r"|a section 7) report\b"
        r"|\breport (?:was )?(?:directed|ordered)\b"
    ),
    "the final hearing": re2.compile(r"(?i)\bfinal hearing\b"),
    "the child protection plan": re2.compile(
        r"(?i)\b(?:made subject to|placed on|subject of) a child protection plan\b"
    ),
}
_NAMES = tuple(_ONCE)
_EVENT = re2.compile("(?i)\\b(?:" + "|".join(f"(?P<e{at}>{words})" for at, words in enumerate(_ONCE.values())) + ")\\b")
_AGAIN = re2.compile(
    r"(?i)\b(?:again|second|another|third|earlier|previous\w*|first|briefly|reconcil\w+|renewed|extended|varied|also"
    r"|discharged|further|former\w*|re-?listed|adjourned|vacated|original(?:ly)?|both|several|twice|updated?"
    r"|until|addendum|anniversary|since then|later|each|every|amended)\b"
)
_POLICE = re2.compile(r"(?i)\b(?:police|call-?outs?|logs?|officers|constabulary|999)\b")
_ATTENDED = re2.compile(r"(?i)\b(?:attended|called|call-?outs?|came to|came out|were at|incident|999)\b")
_ANOTHER_DAY = re2.compile(r"(?i)\b(?:again|another|further|(?:next|same|following) (?:day|night|morning))\b")
_AGAIN_FORMAL = re2.compile(
    r"(?i)\b(?:again|second|another|third|earlier|previous|first|briefly|reconcil\w+|renewed|extended|varied"
    r"|discharged|further|former|re-?listed|adjourned|vacated|moved|original(?:ly)?|two|both|several|orders|updated"
    r"|expires?|until|update|addendum)\b"
)
NEAR_FORMAL = 30  # characters between what a court did and its date
_DOCUMENT = re2.compile(
    r"(?P<whose>\p{Lu}[\p{L}-]+['’]s?|[a-z]+(?:['’]s?)?) (?P<noun>report|assessment|letter|statement|plan|disclosure"
    r"|analysis|order|email|judgment|agreement|minutes|application|decision),? (?:is |was )?(?:of|dated|made on)\s+$"
)
_ANYBODYS = frozenset({"her", "his", "their", "my", "a", "an", "the", "this", "that", "by", "and", "of", "in", "new"})
_TO = re2.compile(r"^\s*(?:to|until|till|-|–|—)\s*$")
_BREAK = re2.compile(r"[;:]|\. |\bbut\b|\band then\b|\bwhile\b|\b(?:after|before|following|since)\b")
NEAR = 45  # characters between an event and its date
ASIDE = 25  # characters beside both, where "again" or "second" would set them apart
FEW = 3  # more dates told of one kind of event are those of several events
RARE = 4  # sentences: a word in no more tells what a sentence is about
_NEVER = frozenset({Role.OPTIONS, Role.STATUTE, Role.SIGNATURE})


class _When(NamedTuple):
    """Days from `first` to `last` of a year; a year of None is any."""

    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    year: int | None

    def agrees(self, other: _When) -> bool:
        if self.year is not None and other.year is not None and self.year != other.year:
            return False
        return self.first <= other.last and other.first <= self.last


class _Told(NamedTuple):
    when: _When
    sentence: Sentence
    start: int  # of the date, in the sentence's text
    end: int

    @property
    def exact(self) -> bool:
        return self.when.first == self.when.last

    @property
    def span(self) -> Span:
        return Span(self.sentence.paragraph, self.sentence.start + self.start, self.sentence.start + self.end)

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]


def events(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for the later of two dates of one event."""
    told: dict[str, list[_Told]] = defaultdict(list)
    formal: dict[str, list[_Told]] = defaultdict(list)
    documents: dict[str, list[_Told]] = defaultdict(list)
    for sentence in case.sentences:
        in_front = sentence.role is Role.FRONT_SHEET and sentence.in_table
        if sentence.heading or sentence.statutory or in_front or sentence.role in _NEVER:
            continue
        if not dates_in(sentence, case):
            continue
        for event, one in _dated_events(sentence, case):
            told[event].append(one)
        for event, one in _dated_formally(sentence, case):
            formal[event].append(one)
        for noun, one in _dated_documents(sentence, case):
            documents[noun].append(one)
    for event, places in told.items():
        if len(places) >= 2 and len({one.when for one in places}) <= FEW:
            yield from _contradictions(f"the {event}", places, case, telling=True)
    for event, places in formal.items():
        yield from _contradictions(event, places, case, telling=False)
    for document, places in documents.items():
        yield from _slips(document, places)
    yield from _police_days(case)


def _dated_events(sentence: Sentence, case: Case) -> Iterator[tuple[str, _Told]]:
    text = sentence.text
    stretches: list[_Told] | None = None
    for found in _EVENT.finditer(text):
        event = _NAMES[int((found.lastgroup or "e0")[1:])]
        stretches = list(_stretches(sentence, case)) if stretches is None else stretches
        near = [one for one in stretches if _gap(text, found.start(), found.end(), one) is not None]
        near = [one for one in near if not _AGAIN.search(_beside(text, found.start(), found.end(), one))]
        if near and not quoted(case, sentence.paragraph, sentence.start + found.start()):
            yield event, min(near, key=lambda one: _gap(text, found.start(), found.end(), one) or 0)


def _dated_formally(sentence: Sentence, case: Case) -> Iterator[tuple[str, _Told]]:
    """What a court or an agency did, with the year it was done in."""
    stretches = [one for one in _stretches(sentence, case) if one.when.year is not None]
    if not stretches or _AGAIN_FORMAL.search(sentence.text):
        return
    for event, pattern in _FORMAL.items():
        found = pattern.search(sentence.text)
        near = [one for one in stretches if found and _distance(found.start(), found.end(), one) <= NEAR_FORMAL]
        if found and near:
            yield event, min(near, key=lambda one: _distance(found.start(), found.end(), one))


def _distance(start: int, end: int, one: _Told) -> int:
    """Characters between an event and a date; a date before it counts as further off."""
    return one.start - end if one.start >= end else max(0, start - one.end) + 15


def _gap(text: str, start: int, end: int, one: _Told) -> int | None:
    """Characters between an event and a date of the same clause; None where they do not belong together."""
    between = text[end : one.start] if one.start >= end else text[one.end : start]
    return None if len(between) > NEAR or _BREAK.search(between) else len(between)


def _beside(text: str, start: int, end: int, one: _Told) -> str:
    """An event, its date, and a few words on either side."""
    return text[max(0, min(start, one.start) - ASIDE) : max(end, one.end) + ASIDE]


def _dated_documents(sentence: Sentence, case: Case) -> Iterator[tuple[str, _Told]]:
    for one in _stretches(sentence, case):
        if found := document_before(sentence.text[: one.start]):
            whose = stem(found.group("whose"))
            if whose not in _ANYBODYS:
                yield f"{whose} {found.group('noun')}", one


def document_before(text: str) -> re2._Match[str] | None:
    """A document and whose it is, at the end of `text`, where its date follows ("Dr Odell's report of ")."""
    return _DOCUMENT.search(text)


def _stretches(sentence: Sentence, case: Case) -> Iterator[_Told]:
    """The dates of a sentence that name a month, two ends of a period as one."""
    mentions = [one for one in dates_in(sentence, case) if (one.month or one.year) and one.possible]
    at = 0
    while at < len(mentions):
        first = last = mentions[at]
        if at + 1 < len(mentions) and _TO.match(sentence.text[first.end : mentions[at + 1].start]):
            last = mentions[at + 1]
            at += 1
        at += 1
        begins, ends = _day(first, opening=True), _day(last, opening=False)
        if begins <= ends:
            when = _When(begins, ends, last.year or first.year)
            yield _Told(when, sentence, first.start, last.end)


def _day(mention: DateMention, *, opening: bool) -> tuple[int, int]:
    month = mention.month or (1 if opening else 12)
    usual = 1 if opening else monthrange(mention.year or 2000, month)[1]
    return month, mention.day or usual


def _contradictions(event: str, places: list[_Told], case: Case, *, telling: bool) -> Iterator[Fault]:
    for at, later in enumerate(places):
        for earlier in places[:at]:
            if earlier.sentence.paragraph == later.sentence.paragraph or earlier.when.agrees(later.when):
                continue
            if _same_account(earlier, later, case) and (not telling or _same(earlier, later, case)):
                detail = {"event": event, "this": later.text, "other": earlier.text}
                yield Fault("inconsistent-fact", *later.span, (earlier.span,), detail)
                return


def _slips(document: str, places: list[_Told]) -> Iterator[Fault]:
    """One document dated twice: the day in another month, or a figure of the day otherwise."""
    uses = Counter(one.when.first for one in places)
    for at, later in enumerate(places):
        for earlier in places[:at]:
            if earlier.sentence.index != later.sentence.index and _near(earlier, later):
                oftener = uses[later.when.first] > uses[earlier.when.first]
                here, there = (earlier, later) if oftener else (later, earlier)
                detail = {"event": f"the document ({document})", "this": here.text, "other": there.text}
                yield Fault("inconsistent-fact", *here.span, (there.span,), detail)
                return


def _police_days(case: Case) -> Iterator[Fault]:
    """A day on which the police came that is not among those of the police record, but next to one of them."""
    days = Counter(
        (one.month, one.day) for sentence in case.sentences for one in dates_in(sentence, case) if one.day is not None
    )
    told = [
        one
        for sentence in case.sentences
        if not sentence.heading and not sentence.statutory and _POLICE.search(sentence.text)
        for one in _stretches(sentence, case)
        if one.exact
    ]
    for at, later in enumerate(told):
        for earlier in told[:at]:
            if earlier.sentence.paragraph == later.sentence.paragraph or not _near(earlier, later):
                continue
            if days[later.when.first] == 1 and _is_attendance(later) and _same(earlier, later, case):
                detail = {"event": "what the police attended", "this": later.text, "other": earlier.text}
                yield Fault("inconsistent-fact", *later.span, (earlier.span,), detail)
                return


def _is_attendance(one: _Told) -> bool:
    clause = one.sentence.text[max(0, one.start - NEAR) : one.end + NEAR]
    return bool(_ATTENDED.search(clause)) and not _ANOTHER_DAY.search(clause)


def _near(one: _Told, other: _Told) -> bool:
    if not (one.exact and other.exact) or one.when.agrees(other.when):
        return False
    (month, day), (other_month, other_day) = one.when.first, other.when.first
    if month == other_month:
        return abs(day - other_day) in (1, 2, 3, 10, 20) or f"{day:02}" == f"{other_day:02}"[::-1]
    return day == other_day


def _same_account(one: _Told, other: _Told, case: Case) -> bool:
    """Whether both are about the same people, and not two people's accounts."""
    mine, theirs = one.sentence, other.sentence
    if differing_accounts(case, mine, theirs):
        return False
    people, others = _family(mine, case), _family(theirs, case)
    return not people or not others or bool(people & others)


def _same(one: _Told, other: _Told, case: Case) -> bool:
    """Whether telling words, and people named in both, show that one event is meant."""
    common = frequency(case)
    shared = stems_in(one.sentence, case) & stems_in(other.sentence, case)
    telling = sum(common[word] <= RARE for word in shared if not word[0].isdigit())
    return telling >= 1 and (bool(_family(one.sentence, case) & _family(other.sentence, case)) or telling >= 2)


def _family(sentence: Sentence, case: Case) -> frozenset[str]:
    outside = (Position.AUTHOR, Position.PROFESSIONAL)
    return frozenset(key for key in sentence.about if key in case.person and case.person[key].position not in outside)
