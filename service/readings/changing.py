"""A reading changed: with the entry of the audit log, and what the figures count of it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from qualitycheck.precourt.reading import Reading
from qualitycheck.service.access.things import name_in_log
from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.telling import tell
from qualitycheck.service.store.readings import GONE


def reading_of(at: Desk, id: str) -> Reading:
    """Raises Problem 404 where its case was deleted since the guard looked."""
    found = at.store.readings.get(id)
    if found is None:
        raise Problem(404, GONE)
    return found


@contextmanager
def changing(at: Desk, asking: Who, request: Request, reading: str, action: str) -> Iterator[None]:
    """What is done in it is kept together with who did it, and counted."""
    with at.store.together():
        yield
        on_record(at, asking, reading, action, request.state.request_id)


def on_record(at: Desk, asking: Who, reading: str, action: str, request_id: str) -> None:
    name = name_in_log(at, "reading", reading)
    assert name is not None
    at.store.audit.write(asking.account, action, name, request_id)
    tell(at, reading)
