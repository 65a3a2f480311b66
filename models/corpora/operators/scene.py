"""A labelled report looked through once: its sentences, the people in it, what its author calls them, its dates."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from qualitycheck.language.sentences import split
from qualitycheck.models.corpora.edits import texts

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sister|Professor)"
_SURNAME = r"[A-Z][\w'’]+(?:-[A-Z][\w'’]+)?"
_TITLED = re.compile(rf"\b{_TITLE} {_SURNAME}")
_ROLE = (
    r"(?:class teacher|form tutor|head ?teacher|headmistress|teacher|health visitor|social worker|key ?worker|nursery"
    r"|SENCO|GP|paediatrician|school nurse|nurse|psychologist|support worker|drug worker|pastoral|mentor"
    r"|safeguarding lead|supervisor|tutor|midwife|school)"
)
_NEAR_ROLE = re.compile(
    rf"({_TITLE} {_SURNAME})(?:,| at| from| who| \(|:)[^.;]{{0,30}}?\b{_ROLE}\b"
    rf"|\b{_ROLE},? (?:is |was |\()?({_TITLE} {_SURNAME})"
)
_UNNAMED = ("class teacher", "health visitor", "key worker", "head teacher", "school nurse", "GP")
_NO_NAMES = frozenset("He She They Dad Mum Mam Nan Grandad Both Mr Mrs Ms Miss Dr I The It In On At".split())
_TYPED_NUMBER = re.compile(r"^(?:\d+[.)]|\d+(?:\.\d+)+\.?|\([a-z]\))\s+")
_MOTHERS = ("the mother", "the Mother", "Mother", "mum", "Mum", "M")
_FATHERS = ("the father", "the Father", "Father", "dad", "Dad", "F")
_AUTHORS = ("the guardian", "the author", "the writer", "the reporter", "this officer", "the reporting officer")
MONTHS = ("January February March April May June July August September October November December").split()
NUMBERS = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")


class Unit(NamedTuple):
    """One text of the report: a heading, paragraph, footnote, item, cell or box."""

    text: str
    kind: str
    section: int  # counted by headings; 0 and 1 are the front of the report
    number: int  # characters of a number typed before it


class Sentence(NamedTuple):
    unit: int
    nth: int  # in its unit
    start: int
    end: int
    text: str


class Adult(NamedTuple):
    """A parent as the author calls them, within a sentence, with pronouns."""

    name: str
    he: str
    him: str
    his: str


class Child(NamedTuple):
    name: str
    full: str
    born: datetime.date


class Scene:
    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.units = list(_units(report["blocks"]))
        assert [unit.text for unit in self.units] == texts(report["blocks"])
        self.text = "\n".join(unit.text for unit in self.units)
        self.date = datetime.date.fromisoformat(report["report_date"])
        self._split: dict[int, list[Sentence]] = {}

    def sentences(self, unit: int) -> list[Sentence]:
        if unit not in self._split:
            text, skip = self.units[unit].text, self.units[unit].number
            self._split[unit] = [
                Sentence(unit, index, span.start + skip, span.end + skip, text[span.start + skip : span.end + skip])
                for index, span in enumerate(split(text[skip:]))
            ]
        return self._split[unit]

    @cached_property
    def body(self) -> list[Sentence]:
        """Whole sentences of the report proper: no headings, nothing of its front, no scraps of cells."""
        return [
            sentence
            for number, unit in enumerate(self.units)
            if unit.kind not in ("heading", "footnote") and unit.section > 1
            for sentence in self.sentences(number)
            if sentence.text.endswith((".", ".'", '."', ".’", ".”")) and len(sentence.text.split()) > 3
        ]

    def beside(self, sentence: Sentence, by: int) -> Sentence | None:
        there, at = self.sentences(sentence.unit), sentence.nth + by
        return there[at] if 0 <= at < len(there) else None

    def holding(self, quote: str) -> list[Sentence]:
        """The sentences that a quotation touches where it first stands."""
        for number, unit in enumerate(self.units):
            at = unit.text.find(quote)
            if at >= 0:
                return [s for s in self.sentences(number) if s.start < at + len(quote) and at < s.end]
        return []

    @cached_property
    def faulty(self) -> frozenset[Sentence]:
        """Sentences that a labelled fault touches."""
        quotes = [quote for item in self.report["gold"]["findings"] for quote in (item["quote"], item.get("other"))]
        return frozenset(s for quote in quotes if quote for s in self.holding(quote))

    @cached_property
    def evidence(self) -> frozenset[Sentence]:
        labels = self.report["gold"]["elements"].values()
        return frozenset(s for label in labels for quote in label.get("evidence", []) for s in self.holding(quote))

    def heading_of(self, section: int) -> str:
        return next((u.text for u in self.units if u.kind == "heading" and u.section == section), "")

    def says(self, pattern: str) -> int:
        return len(re.findall(pattern, self.text))

    @cached_property
    def closed(self) -> bool:
        """No new sentence would ring true: a letter to the child, or a child who goes by a name not told here."""
        unknown = any(self.says(rf"\b{re.escape(child.name)}\b") < 4 for child in self.children)
        return unknown or self.says(r"\b[Yy]ou(?:rs?)?\b") > 40

    @cached_property
    def children(self) -> list[Child]:
        found = []
        for child in self.report["children"]:
            first = child["name"].split()[0]
            short = Counter(re.findall(rf"\b(?!The){re.escape(first[:3])}\w*(?:-[A-Z]\w+)?\b", self.text))
            called = first if self.says(rf"\b{re.escape(first)}\b") > 4 or not short else short.most_common(1)[0][0]
            born = child.get("dob") or child["date_of_birth"]
            found.append(Child(called, child["name"], datetime.date.fromisoformat(born)))
        return found

    def age(self, child: Child) -> int:
        before = (self.date.month, self.date.day) < (child.born.month, child.born.day)
        return self.date.year - child.born.year - before

    @cached_property
    def mother(self) -> Adult | None:
        name = self._called("[Mm](?:other|um|am)", _MOTHERS, ("Ms", "Mrs", "Miss"))
        return Adult(name, "she", "her", "her") if name and not self._dead(name) else None

    @cached_property
    def father(self) -> Adult | None:
        name = self._called("(?:[Ff]ather|[Dd]ad)", _FATHERS, ("Mr",))
        return Adult(name, "he", "him", "his") if name and not self._dead(name) else None

    def _dead(self, name: str) -> bool:
        return bool(
            self.says(rf"\b{re.escape(name)}\b[^.]{{0,60}}\b(?:died|dead|deceased)\b|\blate {re.escape(name)}\b")
        )

    def _called(self, role: str, common: tuple[str, ...], titles: tuple[str, ...]) -> str | None:
        """What the author calls a parent most often: a common word, a title and surname, or a first name."""
        counts = {word: self.says(rf"(?<![\w'’]){word}\b(?![.\w]\w)") for word in common}
        counts[common[2]] -= counts[common[1]]
        usual = max(counts, key=lambda word: counts[word])
        for name in self._names_beside(role, titles):
            *title, last = (word for word in name.split() if word in titles or word == name.split()[-1])
            forms = {form: self.says(rf"\b{re.escape(form)}\b") for form in (f"{t} {last}" for t in title or titles)}
            first = next(word for word in name.split() if word not in titles)
            if first != last and self._inside(first):
                forms[first] = self.says(rf"\b{re.escape(first)}\b")
            best = max(forms, key=lambda form: forms[form])
            if forms[best] >= max(4, counts[usual]):
                return best
        if counts[usual] >= 5:
            return usual
        titled = Counter(
            name
            for name in re.findall(_TITLED.pattern + r"\b(?! [A-Z][a-z])", self.text)
            if name.split()[0] in (titles[0], titles[-1])
        )
        name, count = titled.most_common(1)[0] if titled else ("", 0)
        return name if count >= 6 else None

    def _inside(self, name: str) -> bool:
        """It stands within sentences too: no verb with a capital because it opens one."""
        return self.says(rf"(?<=[a-z,] ){re.escape(name)}\b") > 2

    def _names_beside(self, role: str, titles: tuple[str, ...]) -> list[str]:
        text = " ".join(unit.text for unit in self.units)
        title, name = rf"(?:(?:{'|'.join(titles)}) )?", r"[A-Z][a-z][\w'’-]*(?: [A-Z][a-z][\w'’-]*)*"
        label = (
            rf"(?<!['’]s )\b{role}\b(?: and (?:applicant|respondent)|[ ,:(]|is|the|first|second|applicant|respondent)*"
        )
        found = re.findall(rf"{label}({title}{name})", text)
        found += re.findall(rf"({title}{name})(?:,| is| \()+ ?(?:the |his |her |their |\w+'s )?{role}\b", text)
        barred = {child.full.split()[0] for child in self.children} | _NO_NAMES
        return [
            name
            for name in found
            if not {word for word in name.split() if word not in titles} & barred and name not in titles
        ][:4]

    @cached_property
    def professionals(self) -> list[str]:
        """People whose work is named beside their name, then others with a title who are no parents; else roles."""
        parents = {adult.name.split()[-1] for adult in (self.mother, self.father) if adult}
        family = parents | {child.full.split()[-1] for child in self.children}
        named = {name for pair in _NEAR_ROLE.findall(self.text) for name in pair if name}
        named |= {name for name, count in Counter(_TITLED.findall(self.text)).items() if count > 1}
        known = sorted({name.removesuffix("'s").removesuffix("’s") for name in named})
        known = [
            name for name in known if name.split()[-1] not in family and not self.says(rf"\b{re.escape(name)} [A-Z]")
        ]
        roles = [f"the {role}" for role in _UNNAMED if self.says(rf"\b{role}\b")]
        return [*known, *roles][:6] or ["the school"]

    @cached_property
    def author(self) -> tuple[str, str, str, str]:
        """I, me, my and mine, or what the author says instead."""
        if self.says(r"\bI\b") > 5:
            return "I", "me", "my", "mine"
        name = max(_AUTHORS, key=lambda word: self.says(rf"\b{word}\b"))
        return name, name, f"{name}'s", f"{name}'s"

    @cached_property
    def years(self) -> bool:
        """The author writes dates with the year, more often than not."""
        dates = [match.group(3) for sentence in self.body for match in DATE.finditer(sentence.text)]
        return sum(map(bool, dates)) * 2 > len(dates)


def _units(blocks: list[dict[str, Any]]) -> Iterator[Unit]:
    section = 0
    for block in blocks:
        section += block["kind"] == "heading"
        for key in ("text", "footnote"):
            if isinstance(block.get(key), str):
                yield _unit(block[key], "footnote" if key == "footnote" else block["kind"], section)
        for item in block.get("items", []):
            yield _unit(item, "item", section)
        for row in block.get("rows", []):
            for cell in row:
                yield _unit(cell, "cell", section)


def _unit(text: str, kind: str, section: int) -> Unit:
    number = _TYPED_NUMBER.match(text)
    return Unit(text, kind, section, number.end() if number else 0)
