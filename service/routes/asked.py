"""What the pages and the API are asked for alike, and how both say that too much was."""

from __future__ import annotations

from qualitycheck.checking import TypeWanted
from qualitycheck.service.problems import Problem
from qualitycheck.service.uploads import Form
from qualitycheck.service.work.messages import Busy

TYPES: tuple[TypeWanted, ...] = ("auto", "section7", "section31")


def wanted_type(form: Form, otherwise: str) -> TypeWanted:
    """The type of report that was asked for; raises Problem 400, which says `otherwise`, where there is none."""
    told = form.one("type", "auto")
    for known in TYPES:
        if told == known:
            return known
    raise Problem(400, otherwise)


def too_many(busy: Busy) -> Problem:
    return Problem(
        429,
        f"Many reports are being checked at this moment: try again in {busy.retry_after} seconds.",
        headers={"Retry-After": str(busy.retry_after)},
    )
