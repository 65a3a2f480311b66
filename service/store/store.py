"""The store, opened: its parts, and what several of them do together."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import exists, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from qualitycheck.service.settings import Settings
from qualitycheck.service.store import migrations
from qualitycheck.service.store.audit import AuditLog
from qualitycheck.service.store.cases import Cases
from qualitycheck.service.store.ciphers import Cipher, Sealing
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.decisions import Decisions
from qualitycheck.service.store.deleting import finish
from qualitycheck.service.store.drafts import Drafts
from qualitycheck.service.store.false_alarms import FalseAlarms
from qualitycheck.service.store.keyring import Keyring, make_folder
from qualitycheck.service.store.people import People
from qualitycheck.service.store.readings import Readings
from qualitycheck.service.store.retention import Retention
from qualitycheck.service.store.samples import Samples
from qualitycheck.service.store.tables import Audit, Case, FalseAlarm, Sample


class Store:
    """What is kept. Any thread may use it; what it hands out are plain values."""

    def __init__(self, settings: Settings, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self.settings = settings
        self.database = database
        self.keyring = keyring
        self.cipher = cipher
        self.people = People(database)
        self.cases = Cases(database, keyring, cipher)
        self.decisions = Decisions(database, keyring, cipher)
        self.drafts = Drafts(database, keyring, cipher, self.decisions)
        self.readings = Readings(database, keyring, cipher)
        self.samples = Samples(database, keyring, cipher)
        self.false_alarms = FalseAlarms(database, keyring, cipher)
        self.audit = AuditLog(database, keyring)
        self.retention = Retention(settings, database, keyring, self.audit)

    @classmethod
    def open(cls, settings: Settings, cipher: Cipher | None = None, *, as_it_is: bool = False) -> Store:
        """Make what is not there yet, bring the tables up to date, and see that the keys open.

        Args:
            settings: where everything lies.
            cipher: for tests of what would be seen without one; otherwise text is sealed.
            as_it_is: refuse tables of an older revision rather than bring them up to date.

        Raises:
            BadSetting: if the database or a folder cannot be used, or the keys are not those of this store.
        """
        make_folder(settings.data_folder)
        database = Database(settings.database)
        try:
            database.answers()
            migrations.migrate(database, from_older=not as_it_is)
            keyring = Keyring(settings)
            with database.reading() as session:
                keyring.open(is_new=not _is_used(session))
        except BaseException:
            database.close()
            raise
        store = cls(settings, database, keyring, cipher or Sealing())
        finish(database, keyring)
        return store

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.database.reading() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def together(self) -> AbstractContextManager[Session]:
        """What is done in it is kept whole or not at all: a change, and the entry of the audit log that tells of it."""
        return self.database.transaction()


def _is_used(session: Session) -> bool:
    """Whether anything in it needs a key of the keyring."""
    return any(bool(session.scalar(select(exists().select_from(table)))) for table in (Case, Sample, FalseAlarm, Audit))
