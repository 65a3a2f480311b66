"""Example passages: the words of a report with its people taken out, printed once a person has confirmed them.

The tool puts "the mother", "child 1" or "the class teacher" in the place of every form of every name that it found in
the report, and "(date)", "(address)" and the like in the place of what else tells who somebody is. What it did not
recognise it cannot take out, so a passage is "to be confirmed by a person" until a file of confirmations says who has
read it and when. Its key is the checksum of the passage as the tool wrote it: another passage needs another look.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import re2

from qualitycheck.errors import UserError
from qualitycheck.inspecting.grades import Fault
from qualitycheck.inspecting.masked import AUTHOR, MANAGER, Mask, people_to_hide
from qualitycheck.language.dates import find_dates
from qualitycheck.rendering.csv import safe
from qualitycheck.understanding.case import Case, Person, Position
from qualitycheck.understanding.people import lexicon_of

COLUMNS = ("passage", "criterion", "text", "look_at", "confirmed_by", "confirmed_on")
STATE = "to be confirmed by a person"

_PLACES = re2.compile(
    r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b"  # a postcode
    r"|\b[0-9]{1,4}[a-z]? (?:[A-Z][a-z']+ ){1,3}"
    r"(?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Place|Crescent|Terrace)\b"
)
_REACHED = re2.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b|\b(?:0|\+44 ?)[0-9][0-9 ]{8,12}\b")
_NUMBERS = re2.compile(r"\b[A-Z]{2}[0-9]{2}[A-Z][0-9]{5}\b|\b[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{4}\b")  # cases, the NHS
_STAFF = {AUTHOR: "the author", MANAGER: "the manager"}
_HIDDEN = re.compile("|".join(map(re.escape, _STAFF)))
_WORD = re.compile(r"\w+")
_CAPITALS = re2.compile(r"\b[A-Z][\w'’]+")
_SENTENCE = re2.compile(r"(?:^|[.!?:]['\"’”]?\s+|['\"‘“])$")


class BadConfirmations(UserError):
    """A file of confirmations is wrong; the message names the line."""


@dataclass(frozen=True)
class Passage:
    """A passage without names. `look_at` are words with a capital left in it, which may still name somebody."""

    key: str
    criterion: str
    text: str
    look_at: tuple[str, ...]


@dataclass(frozen=True)
class Confirmed:
    """Who has read a passage and when, and its text as it may be printed."""

    text: str
    by: str
    on: datetime.date


def passage_of(fault: Fault, case: Case, authors: Iterable[str] = (), managers: Iterable[str] = ()) -> Passage:
    """The fault's words with the people of its report replaced by who they are in it.

    `authors` and `managers` are names that are known from elsewhere: from the list that the sample was drawn from.
    """
    text = pseudonymised(fault.passage, case, authors, managers)
    told = "\n".join((fault.report, fault.criterion, text))
    return Passage(hashlib.sha256(told.encode()).hexdigest()[:12], fault.criterion, text, _left(text))


def _left(text: str) -> tuple[str, ...]:
    """Words with a capital, but for one that begins a sentence with no other after it: there each has one."""
    words = list(_CAPITALS.finditer(text))
    starts = {word.start() for word in words if _SENTENCE.search(text[: word.start()])}
    followed = {one.start() for one, after in pairwise(words) if text[one.end() : after.start()] in (" ", "-")}
    return tuple(dict.fromkeys(w.group() for w in words if w.start() not in starts or w.start() in followed))


def pseudonymised(text: str, case: Case, authors: Iterable[str] = (), managers: Iterable[str] = ()) -> str:
    """The text with roles for names, and a word in brackets for dates, addresses and numbers."""
    whole = Mask(people_to_hide(case, authors, managers)).of(" ".join(text.split())).text
    names = {person.key: _called(person, case) for person in case.people}
    spans = [(match.start(), match.end(), _STAFF[match.group()]) for match in _HIDDEN.finditer(whole)]
    for pattern, word in ((_PLACES, "(address)"), (_REACHED, "(contact)"), (_NUMBERS, "(number)")):
        spans += [(match.start(), match.end(), word) for match in pattern.finditer(whole)]
    spans += [(found.start, found.end, "(date)") for found in find_dates(whole)]
    spans += _names(whole, case, names)
    return _replaced(whole, spans)


def _names(text: str, case: Case, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Every form of every name, in quotations too, and in "Ada's mother" as well as alone."""
    lexicon = lexicon_of(case.people)
    for person in case.people:  # a judge, whom no rule needs to see, is not in it
        for alias in person.aliases:
            lexicon.add(alias, person.position.value.upper(), person.key)
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        found = lexicon.at(words, at, text)
        taken, _, key = found or (1, "", None)
        if key in names:
            assert key
            yield words[at].start(), words[at + taken - 1].end(), names[key]
        at += taken


def _called(person: Person, case: Case) -> str:
    """Who somebody is in the case, in words that many could be."""
    if person.position in (Position.CHILD, Position.SIBLING):
        same = [other.key for other in case.people if other.position is person.position]
        return f"{person.position.value} {same.index(person.key) + 1}"
    if person.position in (Position.MOTHER, Position.FATHER, Position.AUTHOR):
        return f"the {person.position.value}"
    if person.role:
        return f"the {person.role}"
    same = [other.key for other in case.people if other.position is person.position]
    return f"{person.position.value} {same.index(person.key) + 1}"


def _replaced(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, word in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        begins = _SENTENCE.search(text[:start]) is not None
        parts += [text[at:start], word[:1].upper() + word[1:] if begins else word]
        at = end
    return "".join([*parts, text[at:]])


def as_csv(passages: Sequence[Passage], confirmed: Mapping[str, Confirmed]) -> bytes:
    """A table for a person to fill in: who confirms, and on what date; `text` may be changed to take out more."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for passage in passages:
        by = confirmed.get(passage.key)
        row = (passage.key, passage.criterion, by.text if by else passage.text, ", ".join(passage.look_at))
        writer.writerow([safe(cell) for cell in (*row, by.by if by else "", by.on.isoformat() if by else "")])
    return out.getvalue().encode("utf-8-sig")


def read_confirmed(path: Path) -> dict[str, Confirmed]:
    """What was confirmed, by the key of the passage; lines that nobody has confirmed are not in it.

    Raises:
        BadConfirmations: if the file is no such table, or a line says who and not when.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadConfirmations(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadConfirmations(f"{path.name} is not UTF-8 text: save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise BadConfirmations(f"{path.name} is not the table that --to-confirm wrote: it needs {', '.join(COLUMNS)}")
    found = {}
    for row in rows:
        if not (row["confirmed_by"] or "").strip():
            continue
        try:
            on = datetime.date.fromisoformat((row["confirmed_on"] or "").strip())
        except ValueError:
            raise BadConfirmations(
                f"{path.name}, line {rows.line_num}: say in confirmed_on when, as in 2026-11-21"
            ) from None
        found[row["passage"]] = Confirmed(row["text"].strip().removeprefix("'"), row["confirmed_by"].strip(), on)
    return found


def printable(passages: Sequence[Passage], confirmed: Mapping[str, Confirmed]) -> dict[str, tuple[str, ...]]:
    """The texts that a person has confirmed, by criterion."""
    found: dict[str, list[str]] = {}
    for passage in {passage.key: passage for passage in passages}.values():  # two readers may give the same one
        if passage.key in confirmed:
            found.setdefault(passage.criterion, []).append(confirmed[passage.key].text)
    return {criterion: tuple(texts) for criterion, texts in found.items()}
