"""The words and signs in which every output says the same things."""

from __future__ import annotations

import re

from qualitycheck.priorities import place_of
from qualitycheck.result import Level, Passage, ReportResult, Status

__all__ = ["CAVEAT", "LEVELS", "NOT_SURE", "STATUSES", "TYPES", "elements_met", "place_of", "whereabouts"]

STATUSES = {
    Status.MET: "met",
    Status.PARTIAL: "partial",
    Status.MISSING: "not found",
    Status.NOT_APPLICABLE: "not applicable",
}
LEVELS = {Level.MUST_FIX: "must fix", Level.SHOULD_FIX: "should fix", Level.CONSIDER: "consider"}
TYPES = {
    "section7": "section 7 report",
    "section31": "guardian's analysis in section 31 proceedings",
    "other": "not a report that is judged here",
}

NOT_SURE = "the checker is not sure"  # beside a status that a person must read for

CAVEAT = (
    "This is help with reading, not a judgement: it says what was looked for and not found. You decide. "
    "Its rules and models were made and measured on fictional reports."
)


_OWN_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]?\s+")


def whereabouts(passage: Passage) -> str:
    """Its paragraph's number and its section: "3.2 Background" where the section is "3. Background"."""
    section = passage.section or "before the first heading"
    if not passage.label or section.startswith(passage.label):
        return section
    own = _OWN_NUMBER.match(section)
    return f"{passage.label} {section[own.end() :] if own else section}"


def elements_met(report: ReportResult) -> tuple[int, int]:
    """How many elements are met, of how many that apply to this report."""
    applying = [element for element in report.elements if element.status is not Status.NOT_APPLICABLE]
    return sum(element.status is Status.MET for element in applying), len(applying)
