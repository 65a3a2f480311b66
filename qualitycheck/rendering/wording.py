"""The words and signs in which every output says the same things."""

from __future__ import annotations

from qualitycheck.priorities import place_of
from qualitycheck.result import Level, ReportResult, Status

__all__ = ["CAVEAT", "LEVELS", "NOT_SURE", "STATUSES", "TYPES", "elements_met", "place_of"]

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


def elements_met(report: ReportResult) -> tuple[int, int]:
    """How many elements are met, of how many that apply to this report."""
    applying = [element for element in report.elements if element.status is not Status.NOT_APPLICABLE]
    return sum(element.status is Status.MET for element in applying), len(applying)
