"""What the figures count of a reading, kept apart from it: it stays when the case, and the reading with it, is deleted.

To be told after every change that matters: given back, answered, signed off, filed, filing date moved, handed on,
withdrawn. A reading that was withdrawn after it was given back counts with what was said until then; one withdrawn
before is counted as withdrawn, and in nothing else.
"""

from __future__ import annotations

import logging

from qualitycheck.precourt.reading import Reading
from qualitycheck.precourt.record import record_of, to_json
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import ReportResult
from qualitycheck.service.desk import Desk

log = logging.getLogger(__name__)


def tell(at: Desk, reading: str) -> None:
    """Work out the record of a reading, and keep it in the place of the one before.

    Within a transaction (`at.store.together()`) it is kept with the change that it tells of. Of a reading that is
    gone the record stays as it was. What goes wrong here is logged, and does not undo what the person did.
    """
    with at.store.together() as session:
        try:
            with session.begin_nested():
                found = at.store.readings.get(reading)
                if found is not None:
                    record = record_of(found, _results(at, found), at.rulebook.criteria, sheets=_sheets(at, found))
                    at.store.readings.tell(reading, found.team, to_json(record))
        except Exception as error:  # figures can be told again at the next change; a reading cannot
            log.error("a reading could not be counted: %s", type(error).__name__)


def _sheets(at: Desk, reading: Reading) -> dict[str, Sheet]:
    """The texts of the drafts that were sent; only where something was said to be changed, as it takes a while."""
    if len(reading.rounds) < 2 or not any(answer.kind == "changed" for answer in reading.answers.values()):
        return {}
    found = {each.draft: at.store.drafts.get(each.draft) for each in reading.rounds}
    return {draft: check.sheet for draft, check in found.items() if check is not None and check.sheet is not None}


def _results(at: Desk, reading: Reading) -> dict[str, ReportResult]:
    """What the checker found in each draft that was given back, whatever its author set aside."""
    found = {each.draft: at.store.drafts.result_of(each.draft) for each in reading.rounds if each.returned}
    return {draft: kept[1] for draft, kept in found.items() if kept is not None}
