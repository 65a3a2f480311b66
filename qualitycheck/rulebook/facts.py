"""Facts about a case that rules may ask for by name and that no cue can tell.

A fact says whether it holds and which sentences show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qualitycheck.rulebook.matching import Hit
from qualitycheck.understanding.case import Case, Position, Role, Sentence


class Fact(NamedTuple):
    holds: bool
    shown_by: tuple[Hit, ...] = ()


def _hit(sentence: Sentence) -> Hit:
    return Hit(sentence.index, sentence.start, sentence.end)


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
    return Fact(case.court is not None)


def case_number_given(case: Case) -> Fact:
    return Fact(case.case_number is not None)


def dates_of_birth_given(case: Case) -> Fact:
    """Every subject child has a name and a date of birth."""
    return Fact(bool(case.children) and all(child.date_of_birth for child in case.children))


def author_named(case: Case) -> Fact:
    """The author is named with a role."""
    return Fact(any(person.position is Position.AUTHOR and person.role for person in case.people))


def report_dated(case: Case) -> Fact:
    return Fact(case.report_date is not None)


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
