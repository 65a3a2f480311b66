"""Deleting what has a key of its own: its rows go, then its key, so that no backup can bring it back."""

from __future__ import annotations

from sqlalchemy import delete

from qualitycheck.service.store.database import Database
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Case, Sample

KEYED = (Case, Sample)  # with all that belongs to each


def delete_with_key(database: Database, keyring: Keyring, id: str) -> None:
    """Its rows, then its key, here and in the copy.

    Raises:
        BadSetting: if the key could not be destroyed in the copy; the rows are gone, the next purge tries again.
    """
    with database.transaction() as session:
        database.otherwise(lambda: keyring.spare(id))
        keyring.doom(id)
        for table in KEYED:  # an id is drawn at random: it is of one thing
            session.execute(delete(table).where(table.id == id))
        database.afterwards(lambda: keyring.destroy(id))


def finish(database: Database, keyring: Keyring) -> None:
    """Delete what was being deleted when the program stopped."""
    for id in keyring.doomed():
        delete_with_key(database, keyring, id)
