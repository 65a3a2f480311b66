"""The wordings in `wordings/*.yaml`, filled with the people and dates of a report.

Alternatives stand between [ and ], divided by |; one without a | is text. Slots: {child} {childs} (possessive)
{children} {childrens} {age} {age_now}; {mother} {father} {mother_s} {father_s}; {parent} {parent_s} {other} {whom} with
{he} {him} {his} of the parent; {pro} {document} {doctor} {doctor_s} {name} {speaker}; {I} {me} {my} {mine};
{date} {date2} {date3} (in order, before the report's own) {ahead} (after it) {month}; {foreign} {foreign2}; {heading}
{stray} {place}.
A slot with a capital, or one that opens the sentence, is filled with a capital.
"""

from __future__ import annotations

import datetime
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qualitycheck.models.corpora.operators.scene import MONTHS, NUMBERS, Adult, Child, Scene

_FOLDER = Path(__file__).parent / "wordings"
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_VERB = re.compile(
    r"\{I\} (have|am|do|recommend|support|agree|prefer|intend|endorse|need|list|take"
    r"|hope|advise|rely|consider|accept|invite|say|come|hold|trust|believe)\b"
)
_THIRD = {"have": "has", "am": "is", "do": "does"}
_SLOT = re.compile(r"\{(\w+?)\}")
_DOCTORS = (
    "Dr Amadi",
    "Dr Kerslake",
    "Dr Purewal",
    "Dr Ostrowska",
    "Dr Linney",
    "Dr Balfour-Hay",
    "Dr Chandran",
    "Dr Wetherall",
    "Dr Mbeki-Shaw",
    "Dr Tolhurst",
)
_REVIEWERS = (
    "Mr Callaghan",
    "Mrs Osborne-Pyke",
    "Ms Rahimi",
    "Mrs Tebbutt",
    "Mr Ferreira",
    "Ms Lightbown",
    "Mr Dosanjh",
    "Miss Ackroyd",
    "Mrs Nwosu",
    "Mr Penney",
    "Ms Strand",
)
_FOREIGN = (
    "Harley",
    "Jessica",
    "Kyle",
    "Imogen",
    "Rashid",
    "Lacey",
    "Connor",
    "Freya",
    "Dylan",
    "Paige",
    "Callum",
    "Zainab",
    "Declan",
    "Ruby",
    "Jasper",
    "Nadia",
)
_PAPERS = (
    "{}'s letter of {}",
    "{}'s record of {}",
    "{}'s email of {}",
    "the note that {} made on {}",
    "{}'s written account of {}",
    "the report that {} sent on {}",
    "the log that {} kept to {}",
)


class Unfillable(KeyError):
    """The report has nobody for a slot."""


@cache
def load(name: str) -> Any:
    """One file of wordings; raises FileNotFoundError."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


class Filler:
    """Fills wordings for one report; the same draws give the same people and dates in every wording of a mutation."""

    def __init__(
        self, scene: Scene, chance: random.Random, *, parent: Adult | None = None, child: Child | None = None
    ) -> None:
        self.scene, self.seed = scene, chance.random()
        parents = [adult for adult in (scene.mother, scene.father) if adult]
        child = child or chance.choice(scene.children)
        parent = parent or (chance.choice(parents) if parents else None)
        other = next((adult for adult in parents if adult != parent), None)
        pro, age = chance.choice(scene.professionals), scene.age(child)
        names = [each.name for each in scene.children]
        together = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
        dates = sorted(scene.date - datetime.timedelta(days=days) for days in chance.sample(range(12, 90), 3))
        dates = [date - datetime.timedelta(days=max(date.weekday() - 4, 0)) for date in dates]
        foreign = chance.sample([name for name in _FOREIGN if name not in scene.text], 2)
        i, me, my, mine = scene.author
        self.slots: dict[str, str] = {
            "child": child.name,
            "childs": _possessive(child.name),
            "children": together,
            "childrens": _possessive(together),
            "age": NUMBERS[age] if age else "less than one",
            "age_now": NUMBERS[age] if age else "under a year old",
            "I": i,
            "me": me,
            "my": my,
            "mine": mine,
            "pro": pro,
            "document": chance.choice(_PAPERS).format(pro, self._date(dates[1])),
            "doctor": chance.choice(_DOCTORS),
            "name": chance.choice(_REVIEWERS),
            "foreign": foreign[0],
            "foreign2": foreign[1],
            "date": self._date(dates[0]),
            "date2": self._date(dates[1]),
            "date3": self._date(dates[2]),
            "month": MONTHS[(scene.date - datetime.timedelta(days=chance.randrange(95, 150))).month - 1],
            "ahead": self._date(scene.date + datetime.timedelta(days=chance.randrange(20, 70))),
        }
        self.slots["doctor_s"] = _possessive(self.slots["doctor"])
        for slot, adult in (("mother", scene.mother), ("father", scene.father), ("parent", parent), ("other", other)):
            if adult:
                self.slots |= {slot: adult.name, f"{slot}_s": _possessive(adult.name)}
        if parent:
            self.slots |= {"he": parent.he, "him": parent.him, "his": parent.his}

    def _date(self, date: datetime.date) -> str:
        return f"{date.day} {MONTHS[date.month - 1]}" + (f" {date.year}" if self.scene.years else "")

    def fill(self, wording: str, **more: str) -> str:
        """The wording in this report's own names and marks; raises Unfillable."""
        slots = self.slots | more
        several = len(self.scene.children) > 1
        chance = random.Random(self.seed)

        def chosen(match: re.Match[str]) -> str:
            said = match.group(1).split("|")
            if said in (["is", "are"], ["was", "were"], ["has", "have"]):
                return said[several]
            return chance.choice(said)

        def named(match: re.Match[str]) -> str:
            slot = match.group(1)
            key = slot if slot == "I" else (slot[0].lower() + slot[1:]).removesuffix("_") if slot[0].isupper() else slot
            if key not in slots:
                raise Unfillable(slot)
            return slots[key][0].upper() + slots[key][1:] if slot[0].isupper() and slot != "I" else slots[key]

        if self.slots["I"] != "I":
            wording = _VERB.sub(lambda match: "{I} " + _THIRD.get(match[1], f"{match[1]}s"), wording)
        text = _SLOT.sub(named, _CHOICE.sub(chosen, wording))
        text = re.sub(r"(^|[.!?] )([a-z])", lambda match: match.group(1) + match.group(2).upper(), text)
        return text.replace("'", "’") if "’" in self.scene.text and "'" not in self.scene.text else text


def _possessive(name: str) -> str:
    return f"{name}'s"
