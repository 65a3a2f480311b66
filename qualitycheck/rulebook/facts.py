"""Facts about a case that rules may ask for by name and that no cue can tell.

A fact says whether it holds and which sentences show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qualitycheck.rulebook import front_matter
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
    """The court that will read it is named with its place."""
    return Fact(case.court is not None or front_matter.names_court(case))


def case_number_given(case: Case) -> Fact:
    return Fact(case.case_number is not None)


def dates_of_birth_given(case: Case) -> Fact:
    """Every subject child has a name and a date of birth."""
    if case.children:
        return Fact(all(child.date_of_birth for child in case.children))
    return Fact(front_matter.gives_birth(case))


def author_named(case: Case) -> Fact:
    """The author is named with a role."""
    known = any(person.position is Position.AUTHOR and person.role for person in case.people)
    return Fact(known or front_matter.names_author(case))


def report_dated(case: Case) -> Fact:
    """The report bears a date: one known to be its own, or one that stands alone or after "dated" at its edges."""
    return Fact(case.report_date is not None or front_matter.bears_date(case))


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
