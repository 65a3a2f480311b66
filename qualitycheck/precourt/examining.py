"""Which criteria a report is judged by, and which of them the checker leaves to its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualitycheck.result import ReportResult

if TYPE_CHECKING:
    from qualitycheck.rulebook.packs import Rulebook
    from qualitycheck.rulebook.schema import Criterion


class Why(StrEnum):
    NOT_EXAMINED = "not-examined"
    UNSURE = "unsure"  # tells something of what the checker says: not for a reader who judges first


@dataclass(frozen=True, slots=True)
class ToRead:
    """What is shown as *needs your reading*: a criterion, or (None) something of the whole file."""

    criterion: str | None
    why: Why
    sentence: str


def applying(criteria: Mapping[str, Criterion], report_type: str) -> tuple[str, ...]:
    """The ids of the criteria for a type of report: elements, then kinds of finding, in the order of the catalogue.

    None for a report of another type, which no criterion is written for.
    """
    fitting = [each for each in criteria.values() if report_type in each.report_types]
    return tuple(each.id for each in sorted(fitting, key=lambda each: (each.kind != "element", each.order)))


def needs_reading(result: ReportResult, rulebook: Rulebook) -> tuple[ToRead, ...]:
    """What the checker did not examine, or is not sure of; the whole file first, then in the order of `applying`."""
    return (*_of_the_file(result), *_of_criteria(result, rulebook))


def _of_the_file(result: ReportResult) -> list[ToRead]:
    told = [f"Seen in the file and not read: {part.what}, {part.count}." for part in result.unread]
    if result.error is not None:
        told.insert(0, "The checker could not read this file.")
    elif result.type == "other":
        told.insert(0, "The checker judged nothing: this does not look like a report that it knows.")
    return [ToRead(None, Why.NOT_EXAMINED, sentence) for sentence in told]


def _of_criteria(result: ReportResult, rulebook: Rulebook) -> list[ToRead]:
    elements = {element.id: element for element in result.elements}
    failed = {each.rule for each in result.not_run}
    asked: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        if result.type in rule.report_types:
            asked.setdefault(rule.criterion, set()).add(rule.id)
    found = {finding.id for finding in result.findings} | {aside.finding.id for aside in result.set_aside}
    told: list[ToRead] = []
    for id_ in applying(rulebook.criteria, result.type):
        rules, element = asked.get(id_, set()), elements.get(id_)
        if element is not None:
            if element.needs_reading:
                told.append(ToRead(id_, Why.UNSURE, "The checker is not sure of this one."))
        elif rules & failed:
            part = "part of this" if rules - failed else "this"
            told.append(ToRead(id_, Why.NOT_EXAMINED, f"The checker did not examine {part}: a rule of it failed."))
        elif rulebook.criteria[id_].kind == "element" or not (rules or id_ in found):
            told.append(ToRead(id_, Why.NOT_EXAMINED, "The checker did not examine this."))
    return told
