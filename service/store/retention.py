"""How long each kind of thing is kept, and the purge that holds to it."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, Delete, delete, or_, select

from qualitycheck.service.settings import Settings
from qualitycheck.service.store.audit import AuditLog
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.deleting import delete_with_key, finish
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Case, Concern, FalseAlarm, Sample, SessionRow, Tally

if TYPE_CHECKING:
    from qualitycheck.service.store.store import Store

log = logging.getLogger(__name__)
ITSELF = "qualitycheck"  # who did it, in the audit log


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each kind were deleted."""

    cases: int
    samples: int
    tallies: int
    false_alarms: int
    sessions: int
    audit: int

    @property
    def anything(self) -> bool:
        return bool(self.cases or self.samples or self.tallies or self.false_alarms or self.audit)


class Retention:
    def __init__(self, settings: Settings, database: Database, keyring: Keyring, audit: AuditLog) -> None:
        self._settings = settings
        self._database = database
        self._keyring = keyring
        self._audit = audit

    def purge(self, now: datetime | None = None) -> Purged:
        """Delete what is older than its days, and finish what was being deleted.

        Each case and each sample is told in the audit log.

        Raises:
            BadSetting: if a key could not be destroyed in the copy; what was purged before it stays so.
        """
        now = now or datetime.now(UTC)
        settings = self._settings
        finish(self._database, self._keyring)
        cases = self._delete_old(Case, "case", _before(now, settings.draft_days))
        samples = self._delete_old(Sample, "sample", _before(now, settings.sample_days))
        unused = now - timedelta(minutes=settings.session_minutes)
        too_long = now - timedelta(hours=settings.session_hours)
        with self._database.transaction():
            purged = Purged(
                cases=cases,
                samples=samples,
                tallies=self._delete(delete(Tally).where(Tally.changed < _before(now, settings.reading_days))),
                false_alarms=self._delete(
                    delete(FalseAlarm).where(FalseAlarm.created < _before(now, settings.false_alarm_days))
                ),
                sessions=self._delete(
                    delete(SessionRow).where(or_(SessionRow.seen < unused, SessionRow.created < too_long))
                ),
                audit=self._audit.forget(_before(now, settings.audit_days)),
            )
            if purged.anything:
                counts = f"{purged.tallies} tallies of readings, {purged.false_alarms} false alarms"
                self._audit.write(ITSELF, "purged", f"{counts}, {purged.audit} entries of this log")
        return purged

    def _delete_old(self, table: type[Case | Sample], kind: str, before: datetime) -> int:
        """What was last changed before then, each with its key; how many."""
        with self._database.reading() as session:
            followed = select(Concern.sample).where(Concern.closed.is_(None))  # until what is open was closed
            query = select(table.id).where(table.changed < before, table.id.not_in(followed))
            old = list(session.scalars(query.order_by(table.id)))
        for id in old:
            with self._database.transaction():
                delete_with_key(self._database, self._keyring, id)
                self._audit.write(ITSELF, f"{kind} deleted, its time being over", f"{kind} {id}")
        return len(old)

    def _delete(self, what: Delete) -> int:
        with self._database.transaction() as session:
            done = session.execute(what)
            assert isinstance(done, CursorResult)
            return done.rowcount


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


class Schedule:
    """Purges at the start and every so many hours after, in a thread of its own."""

    def __init__(self, store: Store, hours: float) -> None:
        self._store = store
        self._seconds = hours * 3600
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="purge", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for a purge that is running."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._store.retention.purge()
            except Exception as error:  # the next one may do better; what went wrong must not be lost meanwhile
                log.error("the scheduled purge failed: %s", type(error).__name__)
            self._stopped.wait(self._seconds)
