"""Backup and restore: one .zip, the same from SQLite and from PostgreSQL, with sealed bytes only and no key in it.

`manifest.json` says of which revision it is, and of each table how many rows and which SHA-256; `tables/<name>.jsonl`
has a row a line. Sessions are not in it. What was deleted since cannot come back: its key is gone.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, MetaData, exists, select, text
from sqlalchemy import Table as AnyTable

from qualitycheck.errors import BadSetting
from qualitycheck.service.store import migrations
from qualitycheck.service.store.audit import Entry
from qualitycheck.service.store.ciphers import DoesNotOpen, place
from qualitycheck.service.store.deleting import KEYED
from qualitycheck.service.store.false_alarms import of_no_case
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Table
from qualitycheck.whole_file import writing_whole

FORMAT = "qualitycheck/store/1"
MANIFEST = "manifest.json"
NOT_KEPT = frozenset({"session"})
_KEYED = frozenset(table.__tablename__ for table in KEYED)
AT_ONCE = 50  # rows that are read from the database at a time; a draft may be many megabytes

Row = dict[str, Any]


class TableNote(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(extra="forbid")
    format: str
    made: datetime
    revision: str
    tables: dict[str, TableNote]


@dataclass
class Restored:
    """What came back, and what did not."""

    made: datetime
    rows: dict[str, int] = field(default_factory=dict)
    cases_without_key: int = 0
    samples_without_key: int = 0
    alarms_without_key: int = 0
    foreign_log: int = 0  # entries of an audit log that was kept under another keyring
    log_kept: bool = False  # the store's own log goes on from the backup's, and was not put back in time
    log_lost: int = 0  # entries that the record beside the keys had more

    @property
    def nothing_opens(self) -> bool:
        """Whether not one of its cases and samples came back."""
        came = sum(self.rows.get(name, 0) for name in _KEYED)
        return not came and bool(self.cases_without_key + self.samples_without_key)


def back_up(store: Store, path: Path) -> Manifest:
    """Write all of the store, as it is at one moment, to one file that is there whole or not at all.

    Raises:
        BadSetting: if it cannot be written, or its folder is not there: a disk that is not mounted is no place for it.
    """
    if not path.resolve().parent.is_dir():
        raise BadSetting(f"the folder {path.parent} is not there: make it first, or mount the disk it is on")
    tables: dict[str, TableNote] = {}
    with (
        store.database.snapshot() as connection,
        writing_whole(path, mode=0o600) as file,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for table in Table.metadata.sorted_tables:
            if table.name not in NOT_KEPT:
                with archive.open(_member(table.name), "w", force_zip64=True) as lines:
                    tables[table.name] = _write_rows(connection, table, lines)
        revision = migrations.at(connection)
        assert revision is not None
        manifest = Manifest(format=FORMAT, made=datetime.now(UTC), revision=revision, tables=tables)
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def restore(store: Store, path: Path, replace: bool = False, without_keys: bool = False) -> Restored:
    """Put a backup into the store, whole or not at all; an older one is brought up to date on the way.

    Args:
        store: which must be empty, but for who is signed in.
        path: of the backup.
        replace: whether what is there now is deleted first. Its audit log stays if it goes on from the backup's.
        without_keys: whether to restore the rest where not one case can come back: the keyring may be the wrong one.

    Raises:
        BadSetting: if the backup is damaged or of a newer version, the store is not empty, or the keyring has no key
            of the backup's cases; nothing is changed then.
    """
    try:
        with ZipFile(path) as archive:
            manifest = _checked(archive)
            with store.database.rebuilding() as connection:
                restored = _put_in(store, archive, manifest, connection, replace)
                if restored.nothing_opens and not without_keys:
                    raise BadSetting(
                        "the keyring has a key to no case or sample of this backup: put the keyring that belongs to it "
                        "in its place, or add --without-keys to restore the rest"
                    )
    except (OSError, BadZipFile, EOFError):
        raise BadSetting(f"{path.name} is not a backup of the store that can be read: take another") from None
    restored.log_lost = 0 if restored.log_kept else store.audit.begin_again()
    said = f"the store, from a backup of {manifest.made:%Y-%m-%d %H:%M}"
    if restored.log_lost:
        said += f"; {restored.log_lost} entries of this log that were newer are lost"
    store.audit.write("operator", "restored", said)
    return restored


def _put_in(store: Store, archive: ZipFile, manifest: Manifest, connection: Connection, replace: bool) -> Restored:
    if not replace and any(_has_rows(connection, table) for table in Table.metadata.sorted_tables):
        raise BadSetting("the store is not empty: restore into an empty one, or add --replace to delete what is in it")
    restored = Restored(manifest.made)
    restored.log_kept = _goes_on(connection, archive, manifest)
    if restored.log_kept:
        connection.execute(text("CREATE TABLE audit_kept AS SELECT * FROM audit"))
    migrations.bring(connection, migrations.BASE)
    migrations.bring(connection, manifest.revision)
    tables = MetaData()
    tables.reflect(connection, only=list(manifest.tables))
    dropped: dict[str, set[str]] = {}
    for table in tables.sorted_tables:
        if table.name == "audit" and restored.log_kept:
            continue
        if table.name == "audit" and not _is_our_log(store, archive, manifest):
            restored.foreign_log = manifest.tables["audit"].rows
            continue
        count = 0
        for row in _rows(archive, table.name):
            if _is_readable(store, table.name, row, restored) and _belongs(table, row, dropped):
                connection.execute(table.insert(), row)
                count += 1
            elif "id" in row:
                dropped.setdefault(table.name, set()).add(row["id"])
        restored.rows[table.name] = count
    migrations.bring(connection, migrations.HEAD)
    if restored.log_kept:
        connection.execute(text("INSERT INTO audit SELECT * FROM audit_kept"))
        connection.execute(text("DROP TABLE audit_kept"))
    return restored


def _is_readable(store: Store, table: str, row: Row, restored: Restored) -> bool:
    """Whether there is a key for what is sealed in this row; else it was deleted since, or the keyring is another's."""
    if table in _KEYED and not store.keyring.has(row["id"]):
        restored.cases_without_key += table == "case"
        restored.samples_without_key += table == "sample"
        return False
    if table == "false_alarm" and row["case"] is None and row["sealed"] is not None:
        try:
            store.cipher.unseal(of_no_case(store.keyring), row["sealed"], place(table, "sealed", row["id"]))
        except DoesNotOpen:
            restored.alarms_without_key += 1
            return False
    return True


def _belongs(table: AnyTable, row: Row, dropped: Mapping[str, set[str]]) -> bool:
    """Whether everything that the row belongs to came back."""
    return not any(row[key.parent.name] in dropped.get(key.column.table.name, ()) for key in table.foreign_keys)


def _goes_on(connection: Connection, archive: ZipFile, manifest: Manifest) -> bool:
    """Whether the store's own audit log holds the backup's newest entry, so that it tells all that the backup tells."""
    log = Table.metadata.tables["audit"]
    newest = next(iter(deque(_rows(archive, "audit") if "audit" in manifest.tables else (), maxlen=1)), None)
    if newest is None:
        return _has_rows(connection, log)
    return bool(connection.scalar(select(log.c.hash).where(log.c.number == newest["number"])) == newest["hash"])


def _is_our_log(store: Store, archive: ZipFile, manifest: Manifest) -> bool:
    first = next(_rows(archive, "audit"), None)
    return first is None or store.audit.is_ours(Entry(**first))


def _has_rows(connection: Connection, table: AnyTable) -> bool:
    return table.name not in NOT_KEPT and bool(connection.scalar(select(exists().select_from(table))))


# Rows as lines


def _write_rows(connection: Connection, table: AnyTable, lines: IO[bytes]) -> TableNote:
    count, digest = 0, hashlib.sha256()
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(query).mappings():
        line = json.dumps({name: _plain(value) for name, value in row.items()}).encode() + b"\n"
        digest.update(line)
        lines.write(line)
        count += 1
    return TableNote(rows=count, sha256=digest.hexdigest())


def _rows(archive: ZipFile, table: str) -> Iterator[Row]:
    with archive.open(_member(table)) as lines:
        for line in lines:
            yield {name: _value(value) for name, value in json.loads(line).items()}


def _plain(value: Any) -> Any:
    """Times, days and bytes say what they are, so that no table is needed to read them."""
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    if "bytes" in plain:
        return base64.b64decode(plain["bytes"])
    return date.fromisoformat(plain["on"]) if "on" in plain else datetime.fromisoformat(plain["at"])


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _checked(archive: ZipFile) -> Manifest:
    """The manifest, when every table is as it was written. Raises BadSetting."""
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError):
        raise BadSetting("this is not a backup of the store: it has no manifest that can be read") from None
    if manifest.format != FORMAT or not migrations.is_known(manifest.revision):
        raise BadSetting("the backup was made by a newer version of this program: restore it with that one")
    for name, note in manifest.tables.items():
        digest = hashlib.sha256()
        try:
            with archive.open(_member(name)) as lines:
                for line in lines:
                    digest.update(line)
        except KeyError:
            raise BadSetting(f"the backup is damaged: its table {name} is not there") from None
        if digest.hexdigest() != note.sha256:
            raise BadSetting(f"the backup is damaged: its table {name} is not as it was written; take another")
    return manifest
