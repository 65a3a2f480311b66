"""Facts about a case that rules may ask for by name and that no cue can tell.

A fact says whether it holds and which sentences show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import re2

from qualitycheck.rulebook.matching import Hit
from qualitycheck.understanding.case import Case, Position, Role, Sentence


class Fact(NamedTuple):
    holds: bool
    shown_by: tuple[Hit, ...] = ()


def _hit(sentence: Sentence) -> Hit:
    return Hit(sentence.index, sentence.start, sentence.end)


EDGE = 24  # sentences at the beginning and at the end of a report among which its front matter or signature stands
_BORN = re2.compile(r"(?:child|children|plant|plentyn|born|birth|d\.?o\.?b)\b.*\bDATE")
_NAME = re2.compile(r"[A-Z][a-z'-]+ (?:[A-Z][\w'-]*\.? )*[A-Z]\w*[a-z]")
_OFFICE = re2.compile(
    r"(?i)\b(?:family court advis[eo]r|children's guardian|guardian|social worker|reporter|proceedings officer|fca|isw)\b"
)
_AUTHORSHIP = re2.compile(r"(?i)\b(?:author|awdur|prepared|completed|written|report (?:by|of)|from|signed|officer|by)\b")
_ALONE = re2.compile(r"^DATE[ .,]*(?:for .*)?$")
_DATE_LABEL = re2.compile(r"^$|\b(?:dated?|dyddiad|completed|filed|signed)\b")
_OTHER_DATE = re2.compile(r"\b(?:birth|born|hearing|order|seen|visits?|since)\b")
_DATED = re2.compile(
    r"^(?:dated?|signed|filed on|prepared|completed|written|(?:this )?(?:report|analysis) (?:of|by|from|dated|is dated)|AUTHOR)\b"
    r".{0,80}DATE"
)
_COURT = re2.compile(r"(?i)\bfamily court (?:sitting )?(?:at|in) \w|\b\w+ family court\b|\bhigh court of justice\b|\bllys teulu\b")


def _edges(case: Case) -> Iterator[tuple[Sentence, str]]:
    """The sentences of the front matter and of the end, each with the label or heading that stands right before it."""
    before = ""
    for sentence in case.sentences:
        near = min(sentence.index, len(case.sentences) - 1 - sentence.index) < EDGE
        if (near or sentence.role in (Role.FRONT_SHEET, Role.SIGNATURE)) and not sentence.heading:
            yield sentence, before
        before = sentence.masked if sentence.heading or sentence.in_table else ""


def several_children(case: Case) -> Fact:
    """The report is about more than one child."""
    return Fact(len(case.children) > 1)


def brothers_or_sisters(case: Case) -> Fact:
    """There is more than one child, or a brother or sister who is not a subject."""
    siblings = sum(person.position in (Position.CHILD, Position.SIBLING) for person in case.people)
    return Fact(siblings > 1)


def both_parents(case: Case) -> Fact:
    """Both a mother and a father are known in the case."""
    positions = {person.position for person in case.people}
    return Fact({Position.MOTHER, Position.FATHER} <= positions)


def court_named(case: Case) -> Fact:
    """The court that will read it is named with its place."""
    return Fact(case.court is not None or any(_COURT.search(sentence.text) for sentence, _ in _edges(case)))


def case_number_given(case: Case) -> Fact:
    return Fact(case.case_number is not None)


def dates_of_birth_given(case: Case) -> Fact:
    """Every subject child has a name and a date of birth."""
    if case.children:
        return Fact(all(child.date_of_birth for child in case.children))
    born = [sentence for sentence, label in _edges(case) if _BORN.search(f"{label} {sentence.masked}")]
    return Fact(bool(born))


def author_named(case: Case) -> Fact:
    """The author is named with a role."""
    if any(person.position is Position.AUTHOR and person.role for person in case.people):
        return Fact(True)
    signed = [
        sentence
        for sentence, label in _edges(case)
        if _NAME.search(sentence.text)
        and _OFFICE.search(sentence.text)
        and (_AUTHORSHIP.search(f"{label} {sentence.text}") or sentence.role in (Role.SIGNATURE, Role.SHARING))
    ]
    return Fact(bool(signed))


def report_dated(case: Case) -> Fact:
    """The report bears a date: one known to be its own, or one that stands alone or after "dated" at its edges."""
    if case.report_date is not None:
        return Fact(True)
    return Fact(any(_bears_date(sentence.masked, label) for sentence, label in _edges(case)))


def _bears_date(line: str, label: str) -> bool:
    if _OTHER_DATE.search(label):
        return False
    return bool(_ALONE.search(line) and _DATE_LABEL.search(label) or _DATED.search(line))


def wishes_only(case: Case) -> Fact:
    """The court asked for the child's wishes and feelings only."""
    return Fact(case.wishes_only)


def front_sheet(case: Case) -> Fact:
    """Something stands on a front sheet."""
    found = [_hit(sentence) for sentence in case.sentences if sentence.role is Role.FRONT_SHEET]
    return Fact(bool(found), tuple(found[:3]))


FACTS: Mapping[str, Callable[[Case], Fact]] = {
    fact.__name__.replace("_", "-"): fact
    for fact in (
        several_children,
        brothers_or_sisters,
        both_parents,
        court_named,
        case_number_given,
        dates_of_birth_given,
        author_named,
        report_dated,
        wishes_only,
        front_sheet,
    )
}
