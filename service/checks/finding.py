"""A check by its id, wherever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualitycheck.service.checks.check import Check
from qualitycheck.service.problems import Problem

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk

GONE = "This check is no longer held: check the report again."


def find(desk: Desk, id: str) -> Check:
    """Held in memory, or kept in the store; raises Problem 404 where it was forgotten since the guard looked."""
    check = desk.held.get(id) or desk.store.drafts.get(id)
    if check is None:
        raise Problem(404, GONE)
    return check
