"""How the tables came to be, a step a file, up and down; run from code, alone, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, inspect, select, table

from qualitycheck.errors import BadSetting
from qualitycheck.service.store.database import Database

HEAD, BASE = "head", "base"


def migrate(database: Database, to: str = HEAD, *, lose: bool = False, from_older: bool = True) -> None:
    """Bring the tables to a revision, whole or not at all.

    Args:
        database: of the store.
        to: the revision.
        lose: whether what only newer revisions have tables for may be lost.
        from_older: whether tables that are there may be changed; otherwise they are made only where there are none.

    Raises:
        BadSetting: if the store is of a newer version of the program, or of an older one where that is not to be
            changed, there is no such revision, or rows would be lost.
    """
    with database.rebuilding() as connection:  # whoever starts at the same time waits, and finds it done
        now = at(connection)
        if not from_older and now != newest() and now is not None and is_known(now):
            raise BadSetting(
                f"the store is of revision {now}, and this version of the program has {newest()}: use the version that "
                "the service ran with, or bring the store up to date with `qualitycheck store migrate`"
            )
        before = _rows(connection)
        bring(connection, to)
        after = inspect(connection).get_table_names()
        lost = {name: rows for name, rows in before.items() if rows and name not in after}
        if lost and not lose:
            told = ", ".join(f"{name} ({rows})" for name, rows in lost.items())
            raise BadSetting(f"revision {to} has no tables for these rows: {told}; make a backup, then add --lose")


def bring(connection: Connection, to: str) -> None:
    """The tables up or down to a revision, within the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    order = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    now = at(connection)
    if now is not None and now not in order:
        raise BadSetting("the store was made by a newer version of this program: install that one")
    if to not in (HEAD, BASE, *order):
        raise BadSetting(f"there is no revision {to} of the store: there are {', '.join(order)}")
    wanted = {HEAD: len(order), BASE: 0}.get(to) or (order.index(to) + 1 if to in order else 0)
    try:
        if wanted >= (order.index(now) + 1 if now else 0):
            command.upgrade(config, to if wanted else HEAD)
        else:
            command.downgrade(config, to)
    except CommandError as error:
        raise BadSetting(f"the store cannot be brought to revision {to}: {error}") from None


def at(connection: Connection) -> str | None:
    """The revision of the tables; None where there are none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def is_known(revision: str) -> bool:
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
