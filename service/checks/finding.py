"""A check by its id, wherever it is; and what is said where it is nowhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qualitycheck.service.checks.check import Check
from qualitycheck.service.problems import Problem

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk
    from qualitycheck.service.settings import Settings


def find(desk: Desk, id: str) -> Check:
    """Held in memory, or kept in the store; raises Problem 404 where it was forgotten since the guard looked."""
    check = desk.held.get(id) or desk.store.drafts.get(id)
    if check is None:
        raise Problem(404, gone(desk.settings))
    return check


def gone(settings: Settings) -> str:
    """The same of every check that is not there for whoever asks, so that nobody learns which ones ever were."""
    return f"This check was forgotten: {settings.hold_minutes:g} minutes after you last looked, or because you asked."


def alarm_id(check: str, doubted: str) -> str:
    """One record for one finding (or element) of one check, however often it is reported as a false alarm; the check is
    not to be seen in it."""
    return hashlib.sha256(f"{check} {doubted}".encode()).hexdigest()[:32]
