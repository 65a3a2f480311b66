"""`qualitycheck store`: look after what the service keeps."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from qualitycheck.cli.service import service
from qualitycheck.errors import BadSetting

if TYPE_CHECKING:
    from qualitycheck.service.store.store import Store

_AS_IT_IS = ("backup", "status")  # what one does before a new version changes the tables must not change them
OPERATOR = "operator"  # in the audit log: whoever may run commands on the machine of the service


def run(options: Namespace) -> int:
    with service(options.settings):
        if options.action == "migrate":
            return _migrate(options)
        from qualitycheck.service.settings import load_settings
        from qualitycheck.service.store.store import Store

        with Store.open(load_settings(), as_it_is=options.action in _AS_IT_IS) as store:
            return _ACTIONS[options.action](store, options)


def _migrate(options: Namespace) -> int:
    from qualitycheck.service.settings import load_settings
    from qualitycheck.service.store import migrations
    from qualitycheck.service.store.database import Database

    if options.to == migrations.BASE:
        raise BadSetting(f"{options.to} is before the first revision and would empty the whole store: name a revision")
    database = Database(load_settings().database)
    try:
        database.answers()
        migrations.migrate(database, options.to, lose=options.lose)
        with database.snapshot() as connection:
            print(f"The store is at revision {migrations.at(connection) or migrations.BASE}.")
    finally:
        database.close()
    return 0


def _rotate_key(store: Store, _: Namespace) -> int:
    done = store.keyring.rotate()
    store.audit.write(OPERATOR, "master key rotated", f"{done} keys wrapped anew")
    print(f"Keys wrapped with the new master key: {done}. The old one opens nothing any more.")
    if store.settings.key.get_secret_value():
        print("Take the old one out of the setting `key` now, on every machine of the service.")
    return 0


def _purge(store: Store, _: Namespace) -> int:
    purged = store.retention.purge()
    for name, count in (
        ("cases", purged.cases),
        ("samples", purged.samples),
        ("figures of readings", purged.tallies),
        ("false alarms", purged.false_alarms),
        ("sessions", purged.sessions),
        ("entries of the audit log", purged.audit),
    ):
        print(f"{count:6}  {name}")
    return 0


def _backup(store: Store, options: Namespace) -> int:
    from qualitycheck.service.store.backup import back_up

    store.audit.write(OPERATOR, "backup begun", "the store")  # before it, so that the backup tells of itself
    manifest = back_up(store, options.file)
    print(f"{sum(note.rows for note in manifest.tables.values())} rows are in {options.file}.")
    print("The keys are not: docs/store.md says how to keep them safe.")
    return 0


def _restore(store: Store, options: Namespace) -> int:
    from qualitycheck.service.store.backup import restore

    restored = restore(store, options.file, options.replace, options.without_keys)
    for name, count in restored.rows.items():
        print(f"{count:6}  {name}")
    for what, count in (("Cases", restored.cases_without_key), ("Samples", restored.samples_without_key)):
        if count:
            why = "their keys are not in this keyring (deleted since, or the keyring is another's)"
            print(f"{what} left out, for {why}: {count}.")
    if restored.alarms_without_key:
        print(f"False alarms left out, for their key is not in this keyring: {restored.alarms_without_key}.")
    if restored.foreign_log:
        print(f"Entries of the audit log left out, for it was kept under another keyring: {restored.foreign_log}.")
    if restored.log_kept:
        print("The audit log of this store goes on from the backup's, and was kept as it is.")
    if restored.log_lost:
        print(f"Entries of the audit log that were newer than the backup, and are lost: {restored.log_lost}.")
    return 0


def _delete_case(store: Store, options: Namespace) -> int:
    if options.id not in store.cases.ids():
        raise BadSetting("there is no such case: its address in the service ends in its id")
    with store.together():
        store.cases.delete(options.id)
        store.audit.write(OPERATOR, "case deleted", f"case {options.id}")
    print("The case is deleted, and its key with it: no backup can bring it back.")
    return 0


def _verify_audit(store: Store, _: Namespace) -> int:
    problems = store.audit.verify()
    for problem in problems:
        print(problem)
    if not problems:
        newest = next(iter(store.audit.entries(limit=1)), None)
        print(f"The audit log is sound, up to entry {newest.number if newest else 0}.")
    return 1 if problems else 0


def _status(store: Store, _: Namespace) -> int:
    from qualitycheck.service.store.status import status

    for name, value in status(store).items():
        print(f"{name + ':':22}{value}")
    return 0


_ACTIONS: dict[str, Callable[[Store, Namespace], int]] = {
    "rotate-key": _rotate_key,
    "purge": _purge,
    "backup": _backup,
    "restore": _restore,
    "delete-case": _delete_case,
    "verify-audit": _verify_audit,
    "status": _status,
}
