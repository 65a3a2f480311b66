"""The words and signs in which every output says the same things."""

from __future__ import annotations

from qualitycheck.result import Level, Status

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
