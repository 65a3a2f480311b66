"""The words for a reader's judgements, the same on every page and paper."""

from __future__ import annotations

from qualitycheck.result import Status

STATUSES = {
    Status.MET: "Met",
    Status.PARTIAL: "Partly met",
    Status.MISSING: "Missing",
    Status.NOT_APPLICABLE: "Not applicable",
}
# Of a fault, which a report is the better for not having.
OF_A_FAULT = {
    Status.MET: "Met: free of it",
    Status.PARTIAL: "Partly: some of it",
    Status.MISSING: "Not met: much of it",
    Status.NOT_APPLICABLE: "Not applicable",
}
