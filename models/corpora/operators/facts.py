"""Operators on ages, dates, names and counts: a fact that contradicts another, and its sister that does not."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from qualitycheck.models.corpora.operators.changes import Edit, Labels, edited
from qualitycheck.models.corpora.operators.mutation import Made, Operator
from qualitycheck.models.corpora.operators.scene import DATE, MONTHS, NUMBERS, Child, Scene, Sentence

ID = "inconsistent-fact"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_PAST = re.compile(r"\b(?:saw|met|told|visited|was|were|said|spoke|wrote|attended|had|rang|went|came|gave|made)\b")
_QUOTED = re.compile(r"['‘“\"](?=\w).*")


_SPELLINGS = (  # how a name is often heard and written
    (r"([bdfglmnprt])\1", r"\1"),
    (r"(?<=[aeiou])([lmnrst])(?=[aeiouy])", r"\1\1"),
    (r"(?<!e)y$", "ie"),
    (r"ie$", "y"),
    (r"ah$", "a"),
    (r"(?<=[a-z])ck$", "k"),
    (r"(?<=[aeiou])k$", "ck"),
    (r"ph", "f"),
    (r"(?<=[a-z])i(?=[a-z])", "y"),
    (r"(?<=[a-z])y(?=[a-z])", "i"),
    (r"ei", "ie"),
    (r"ae", "ea"),
    (r"(?<=[a-z])e$", ""),
)


class Place(NamedTuple):
    """Where a fact can be put, what to write when it is right and when it is wrong, and what that contradicts."""

    sentence: Sentence
    start: int  # in the sentence
    end: int
    right: str
    wrong: str
    other: str
    before: int = 0  # characters of the sentence before `start` that belong to the judged passage
    behind: int = 0  # and behind `end`


def _written(date: datetime.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _body(scene: Scene) -> Iterator[Sentence]:
    return (s for s in scene.body if s not in scene.faulty)


def _born(scene: Scene, child: Child) -> str | None:
    return _written(child.born) if _written(child.born) in scene.text else None


def _openings(scene: Scene) -> Iterator[tuple[Sentence, Child]]:
    """Sentences that open with a child's name and go on to what the child does."""
    for sentence in _body(scene):
        for child in scene.children:
            if re.match(
                rf"{re.escape(child.name)} (?:is|was|has|had|said|told|wants|goes|asked|likes|lives|needs|does|would"
                rf"|came|went|spoke|drew|showed|says|talked|knows|can)\b",
                sentence.text,
            ):
                yield sentence, child


def _age_beside(scene: Scene, chance: random.Random) -> Iterator[Place]:
    for sentence, child in _openings(scene):
        age, born, end = scene.age(child), _born(scene, child), len(child.name)
        if (
            born
            and 2 < age < 18
            and not re.match(r"\w+ (?:\w+ )?(?:\d+|" + "|".join(NUMBERS) + r")\b", sentence.text[end:])
        ):
            off = NUMBERS[age + chance.choice((-2, -1, 1, 2))]
            form = chance.choice((", who is {},", ", now {},", ", aged {},", ", {} years old,", ", at {},"))
            yield Place(sentence, end, end, form.format(NUMBERS[age]), form.format(off), born, end)


def _age_said(scene: Scene, chance: random.Random) -> Iterator[Place]:
    for sentence in _body(scene):
        for child in scene.children:
            age, born = scene.age(child), _born(scene, child)
            told = (
                re.search(
                    rf"\b{re.escape(child.name)},? (?:who )?(?:is|aged|now|at) "
                    rf"({NUMBERS[age]}|{age})(?= years| and|[,.])",
                    sentence.text,
                )
                if born and 2 < age < 18
                else None
            )
            if told and born and not _QUOTED.search(sentence.text[: told.start()]):
                digits = told[1].isdigit()
                off = age + chance.choice((-2, -1, 1, 2))
                yield Place(
                    sentence,
                    told.start(1),
                    told.end(1),
                    NUMBERS[age] if digits else str(age),
                    str(off) if digits else NUMBERS[off],
                    born,
                    told.start(1) - told.start(),
                )


def _birth_beside(scene: Scene, chance: random.Random) -> Iterator[Place]:
    for sentence, child in _openings(scene):
        born, end = _born(scene, child), len(child.name)
        if born:
            shift = chance.choice((1, 2, 9, 10, -1, -9, -10, 31, -30, 365, -365, 366))
            form = chance.choice(
                (" (born {})", ", born on {},", " (born on {})", ", who was born on {},", ", born {},")
            )
            off = _written(child.born + datetime.timedelta(days=shift))
            yield Place(sentence, end, end, form.format(born), form.format(off), born, end)


def _weekday(scene: Scene, chance: random.Random) -> Iterator[Place]:
    for sentence in _body(scene):
        for match in DATE.finditer(sentence.text):
            if match[3] and sentence.text[: match.start()].endswith(("on ", "of ")) and scene.text.count(match[0]) == 1:
                day = datetime.date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])).weekday()
                right, wrong = (f"{_DAYS[d]} {match[0]}" for d in (day, (day + chance.randrange(1, 7)) % 7))
                yield Place(sentence, match.start(), match.end(), right, wrong, match[0])


def _year(scene: Scene, chance: random.Random) -> Iterator[Place]:
    filed = _written(scene.date)
    for sentence in _body(scene) if filed in scene.text else ():
        dates = list(DATE.finditer(sentence.text))
        if len(dates) != 1 or dates[0][3] or not _PAST.search(sentence.text) or _QUOTED.search(sentence.text):
            continue
        day, month = int(dates[0][1]), MONTHS.index(dates[0][2]) + 1
        year = scene.date.year - ((month, day) > (scene.date.month, scene.date.day))
        if (scene.date - datetime.date(year, month, min(day, 28))).days < 200:
            yield Place(
                sentence, dates[0].start(), dates[0].end(), f"{dates[0][0]} {year}", f"{dates[0][0]} {year + 1}", filed
            )


def _count(scene: Scene, chance: random.Random) -> Iterator[Place]:
    number = "|".join(NUMBERS[6:])
    said = re.compile(rf"\b({number}) ((?:[a-z]+ )?[a-z]{{4,}}s)\b")
    told: dict[tuple[str, str], list[tuple[Sentence, re.Match[str]]]] = {}
    for sentence in _body(scene):
        for match in said.finditer(sentence.text):
            told.setdefault((match[1], match[2]), []).append((sentence, match))
    for (count, noun), all_ in told.items():
        units = {s.unit for s, _ in all_}
        if len(units) < 2 or noun.split()[-1] in {
            "years",
            "months",
            "weeks",
            "days",
            "hours",
            "minutes",
            "miles",
            "times",
        }:
            continue
        sentence, match = all_[-1]
        off = NUMBERS[NUMBERS.index(count) - chance.choice((1, 2))]
        yield Place(
            sentence,
            match.start(1),
            match.end(1),
            str(NUMBERS.index(count)),
            off,
            all_[0][0].text,
            behind=match.end() - match.end(1),
        )


def _name(scene: Scene, chance: random.Random) -> Iterator[Place]:
    for sentence, child in _openings(scene):
        first = child.name
        if first != child.full.split()[0] or len(first) < 4:
            continue
        slips = {re.sub(pattern, new, first, count=1) for pattern, new in _SPELLINGS} - {first}
        if not slips:
            continue
        surname = child.full.split()[-1]
        yield Place(
            sentence,
            0,
            len(first),
            f"{first} {surname}",
            f"{chance.choice(sorted(slips))} {surname}",
            f"{child.full.split()[0]} {' '.join(child.full.split()[1:])}",
        )


Places = Callable[[Scene, random.Random], Iterator[Place]]


def _operator(name: str, sister: str, find: Places, says: str, *, wrong: bool, held_out: bool = False) -> Operator:
    def change(scene: Scene, chance: random.Random) -> Made | None:
        found = [place for place in find(scene, chance) if place.other in scene.text]
        if not found or scene.closed:
            return None
        place = chance.choice(found)
        text = place.sentence.text
        fact = place.wrong if wrong else place.right
        quote = (
            text[place.start - place.before : place.start] + fact + text[place.end : place.end + place.behind]
        ).strip(" ,")
        if quote in scene.text:
            return None
        at = place.sentence.start
        edit = Edit(place.sentence.unit, at + place.start, at + place.end, fact)
        labels = (
            Labels(findings=[{"rule": ID, "quote": quote, "other": place.other}])
            if wrong
            else Labels(clean=[{"rule": ID, "quote": quote, "why": says}])
        )
        report, touched = edited(scene, [edit], labels)
        return Made(report, ID, "clean", "fault" if wrong else "clean", quote, touched)

    return Operator(name, (ID,), change, says, sister=sister, held_out=held_out)


def _both(wrong: str, right: str, find: Places, fault: str, clean: str, held_out: bool = False) -> list[Operator]:
    return [
        _operator(wrong, right, find, fault, wrong=True, held_out=held_out),
        _operator(right, wrong, find, clean, wrong=False, held_out=held_out),
    ]


OPERATORS = [
    *_both(
        "age-put-off",
        "age-put-right",
        _age_beside,
        "an age put in that does not go with the date of birth",
        "an age put in that goes with the date of birth",
    ),
    *_both(
        "age-off",
        "age-rewritten",
        _age_said,
        "an age off by a year or two",
        "the same age in figures or in words",
        held_out=True,
    ),
    *_both(
        "birth-put-off",
        "birth-put-right",
        _birth_beside,
        "another date of birth put beside a child's name",
        "the date of birth put beside a child's name",
    ),
    *_both(
        "weekday-off",
        "weekday-right",
        _weekday,
        "a weekday put to a date on which it did not fall",
        "the weekday put to a date",
    ),
    *_both(
        "future-year",
        "right-year",
        _year,
        "a year put to a past day that makes it later than the report",
        "the year put to a day",
    ),
    *_both(
        "count-off",
        "count-rewritten",
        _count,
        "one of two counts of the same thing changed",
        "one of two counts written in figures",
    ),
    *_both("name-misspelt", "name-in-full", _name, "a child's name spelt in another way", "a child's name in full"),
]
