"""What lies where, and how much of it."""

from __future__ import annotations

from sqlalchemy import func, select

from qualitycheck.service.store import migrations
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Account, Case, Decision, Draft, FalseAlarm, Reading, Sample

COUNTED = {
    "accounts": Account,
    "cases": Case,
    "drafts": Draft,
    "decisions": Decision,
    "readings": Reading,
    "samples": Sample,
    "false alarms": FalseAlarm,
}


def status(store: Store) -> dict[str, str]:
    """By name, as whoever runs the service reads it; no secret is in it."""
    with store.database.snapshot() as connection:
        counts = {
            name: str(connection.scalar(select(func.count()).select_from(table))) for name, table in COUNTED.items()
        }
        revision = migrations.at(connection) or migrations.BASE
    settings, keyring = store.settings, store.keyring
    with_key = set(keyring.ids())
    newest = next(iter(store.audit.entries(limit=1)), None)
    return {
        "database": store.database.url.render_as_string(hide_password=True),
        "revision": revision,
        "master key": "the setting `key`" if keyring.masters.given else str(keyring.masters.file),
        "keyring": str(keyring.folder),
        "copy of the keyring": str(settings.keyring_copy or "none: set keyring_copy to a folder on another disk"),
        "keys not in the copy": str(len(keyring.without_copy())),
        **counts,
        "cases without a key": str(sum(case not in with_key for case in store.cases.ids())),
        "samples without a key": str(sum(sample not in with_key for sample in store.samples.ids())),
        "audit log": f"up to entry {newest.number}" if newest else "empty",
    }
