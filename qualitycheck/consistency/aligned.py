"""A day, time, sum or share told of the same thing in two ways.

Two sentences tell of the same thing when the words around the two details are the same ones, and rare in the report:
"an attendance of 96 per cent ... 82 per cent", "the pool opens at 9.20 ... the pool opens at 9.50".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.events import document_before
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import dates_in, frequency, quoted, words_in
from qualitycheck.consistency.words import PLAIN, STOPWORDS, stem
from qualitycheck.language.dates import DateMention, find_times
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Case, Role, Sentence

BEFORE, AFTER = 9, 6  # words around a detail that say what it is of
BESIDE = 3  # words: a word so near, that stands in these two sentences alone, counts twice
RARE = 4  # sentences: a word in no more tells what a sentence is about
_DETAIL = re2.compile(
    r"(?i)\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\b|£(?P<money>[\d,]+(?:\.\d\d)?)"
    r"|\b(?P<share>\d{1,3}|[a-z]+(?:-[a-z]+)?)(?: ?%| per cent\b| percent\b)"
)
_MAY_HAVE_DETAIL = re2.compile(r"day|£|%|cent")
_MAY_HAVE_TIME = re2.compile(r"[0-9]|clock|past|quarter|noon|midday|midnight|[Nn]oon")
_SEVERAL = re2.compile(
    r"(?i)\b(?:both|or|either|other|another|sometimes|alternate|usually|instead|rather than|moved to|changed|used to|"
    r"then|now|until|from (?:now|then|[A-Z\d])|each|every|would|could|if|increase\w*|reduc\w*|fell|rose|rising"
    r"|again|second|also|too|previous\w*|earlier|further|new|later)\b"
)
_PEOPLE = re2.compile(r"\b(?:MOTHER|FATHER|ADULT|SIBLING)\b")
_NAME = re2.compile(r"\b\p{Lu}\p{Ll}{2,}\b")
_DATE_WORDS = re2.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Mrs|Miss)\b"
)
_TO_ANOTHER = re2.compile(r"^ ?(?:to|until|till|-|–|—) ?[\w]")  # the first of two times: a stretch, not a time
_BORN = re2.compile(r"(?i)\b(?:born|birth|d\.?o\.?b\.?)\b[^.;]{0,20}$")
_NEVER = frozenset({Role.ENQUIRIES, Role.OPTIONS, Role.STATUTE})
NEEDED = {"weekday": 2, "time": 2, "date": 2, "money": 2, "share": 2}  # rare words shared


@dataclass(frozen=True, slots=True)
class _Detail:
    sentence: Sentence
    kind: str
    value: tuple[int | str | None, ...]
    start: int  # in the sentence's text
    end: int
    around: frozenset[str]
    beside: frozenset[str]


def aligned(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for the later of two details of one thing that cannot both be right."""
    common = frequency(case)
    seen: dict[tuple[str, str], list[_Detail]] = defaultdict(list)
    for sentence in case.sentences:
        in_front = sentence.role is Role.FRONT_SHEET and sentence.in_table
        if sentence.heading or sentence.statutory or in_front or sentence.role in _NEVER:
            continue
        for detail in _details(sentence, case):
            rare = sorted(word for word in detail.around if common[word] <= RARE)
            shared = Counter(id(one) for word in rare for one in seen[detail.kind, word])
            known = {id(one): one for word in rare for one in seen[detail.kind, word]}
            for key, count in shared.most_common(3):
                other = known[key]
                count += any(common[word] == 2 for word in other.beside & detail.beside)
                if count >= NEEDED[detail.kind] and _contradict(case, other, detail):
                    yield _fault(other, detail)
                    break
            for word in rare:
                seen[detail.kind, word].append(detail)


def _fault(earlier: _Detail, later: _Detail) -> Fault:
    def span(one: _Detail) -> Span:
        return Span(one.sentence.paragraph, one.sentence.start + one.start, one.sentence.start + one.end)

    words = {
        "this": later.sentence.text[later.start : later.end],
        "other": earlier.sentence.text[earlier.start : earlier.end],
    }
    return Fault("inconsistent-fact", *span(later), (span(earlier),), words)


def _contradict(case: Case, one: _Detail, other: _Detail) -> bool:
    if one.sentence.paragraph == other.sentence.paragraph or _agree(one, other):
        return False
    if differing_accounts(case, one.sentence, other.sentence):
        return False
    if one.kind == "date" and not any(a == b and a is not None for a, b in zip(one.value, other.value, strict=True)):
        return False  # two days, not one day with a slip in it
    if _apart(_PEOPLE, one.sentence.masked, other.sentence.masked) or _apart(_NAME, _named(one), _named(other)):
        return False
    return not _SEVERAL.search(one.sentence.text) and not _SEVERAL.search(other.sentence.text)


def _named(detail: _Detail) -> str:
    """The sentence after its first word, which has its capital from the sentence."""
    return str(_DATE_WORDS.sub("", detail.sentence.text.partition(" ")[2]))


def _apart(pattern: re2._Regexp[str], one: str, other: str) -> bool:
    """Whether both name somebody or something, and nothing the same."""
    mine, theirs = set(pattern.findall(one)), set(pattern.findall(other))
    return bool(mine and theirs and not mine & theirs)


def _agree(one: _Detail, other: _Detail) -> bool:
    """Whether what both say is the same; what one leaves unsaid contradicts nothing."""
    return all(a == b or a is None or b is None for a, b in zip(one.value, other.value, strict=True))


def _details(sentence: Sentence, case: Case) -> Iterator[_Detail]:
    places: list[tuple[str, tuple[int | str | None, ...], int, int]] = []
    dates = dates_in(sentence, case)
    if len(dates) == 1 and dates[0].month is not None:
        one = dates[0]
        if not document_before(sentence.text[: one.start]) and not _is_birth(sentence, one, case):
            places.append(("date", (one.day, one.month, one.year), one.start, one.end))
    for found in _DETAIL.finditer(sentence.text) if _MAY_HAVE_DETAIL.search(sentence.text) else ():
        kind = found.lastgroup or ""
        told = found.group(kind)
        value = number(told) if kind == "share" else told.lower().rstrip("s")
        if value is not None and not any(date.start <= found.start() < date.end for date in dates):
            places.append((kind, (value,), found.start(), found.end()))
    clock = find_times(sentence.text) if _MAY_HAVE_TIME.search(sentence.text) else []
    places += [
        ("time", (one.hour % 12, one.minute), one.start, one.end)
        for one in clock
        if not _TO_ANOTHER.match(sentence.text[one.end :])
    ]
    kinds = Counter(kind for kind, *_ in places)
    for kind, value, start, end in places:
        if kinds[kind] == 1 and not quoted(case, sentence.paragraph, sentence.start + start):
            around = _around(sentence, case, start, end, BEFORE, AFTER)
            yield _Detail(
                sentence, kind, value, start, end, around, _around(sentence, case, start, end, BESIDE, BESIDE)
            )


def _is_birth(sentence: Sentence, mention: DateMention, case: Case) -> bool:
    """A date of birth is never the date of an event told otherwise."""
    if _BORN.search(sentence.text[: mention.start]):
        return True
    return mention.date is not None and any(person.date_of_birth == mention.date for person in case.people)


def _around(sentence: Sentence, case: Case, start: int, end: int, most_before: int, most_after: int) -> frozenset[str]:
    cut = words_in(sentence, case)
    before = [word for word in cut if word.end <= start][-most_before:]
    after = [word for word in cut if word.start >= end][:most_after]
    around = (
        stem(word.text)
        for word in (*before, *after)
        if word.text.lower() not in STOPWORDS and not word.text[0].isdigit() and not _DATE_WORDS.fullmatch(word.text)
    )
    return frozenset(word for word in around if word not in PLAIN)
