"""A check by its id, wherever it is; and what is said where it is nowhere."""

from __future__ import annotations

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
    since = f"{settings.hold_minutes:g} minutes after you last looked"
    return f"This check was forgotten: {since}, or because you asked; or it was deleted."
