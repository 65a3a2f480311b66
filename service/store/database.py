"""The database: SQLite with nothing to set up, or PostgreSQL by its address; one transaction at a time in a thread."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from qualitycheck.errors import BadSetting

WAIT_SECONDS = 30  # for somebody else's transaction
# Numbers of PostgreSQL's advisory locks, drawn at random once; only this program uses them.
MIGRATING, TELLING, CHANGING_ACCOUNTS, KEEPING = 7_204_551_318, 7_204_551_319, 7_204_551_320, 7_204_551_321


class Database:
    """Connections to the store, and what must hold for each."""

    def __init__(self, address: str) -> None:
        """Raises BadSetting if the address is of no database that the store knows."""
        self.url = _known(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            assert self.url.database is not None
            _make_private(Path(self.url.database))
        self.engine = self._engine()
        self._writing = self.engine.execution_options(writes=True)
        self._mine = threading.local()

    def _engine(self, **options: Any) -> Engine:
        if self.is_sqlite:
            options["connect_args"] = {"timeout": WAIT_SECONDS}
        # What a statement was given is never in an error's message: it may be somebody's name.
        engine = create_engine(self.url, hide_parameters=True, pool_pre_ping=not self.is_sqlite, **options)
        if self.is_sqlite:
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    def close(self) -> None:
        self.engine.dispose()

    def answers(self) -> None:
        """Raises BadSetting if the database cannot be reached; the sentence never holds its password."""
        try:
            with self.engine.connect():
                pass
        except OperationalError:
            where = self.url.render_as_string(hide_password=True)
            raise BadSetting(
                f"the store at {where} does not answer: see that it runs, and check database_url"
            ) from None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Everything in it or nothing; within another of this thread it is part of that one."""
        if (current := self._current) is not None:
            yield current
            return
        with Session(self._writing) as session:
            self._mine.session, self._mine.afterwards, self._mine.otherwise = session, [], []
            try:
                yield session
                session.commit()
            except BaseException:
                self._mine.session = None
                session.rollback()
                with suppress(Exception):  # why it came to nothing matters more
                    _run_all(self._mine.otherwise)
                raise
            finally:
                self._mine.session = None
            _run_all(self._mine.afterwards)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """For questions only; within a transaction of this thread it sees what that one has changed."""
        if (current := self._current) is not None:
            yield current
            return
        with Session(self.engine) as session:
            yield session

    def afterwards(self, act: Callable[[], None]) -> None:
        """What is to be done once the transaction of this thread is committed, and only then."""
        self._mine.afterwards.append(act)

    def otherwise(self, act: Callable[[], None]) -> None:
        """What is to be done if the transaction of this thread comes to nothing."""
        self._mine.otherwise.append(act)

    @property
    def _current(self) -> Session | None:
        return getattr(self._mine, "session", None)

    def alone(self, connection: Connection | Session, lock: int) -> None:
        """Whoever else asks for this lock waits until this transaction ends; SQLite has one writer at a time anyway."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """One transaction, alone, in which tables may be made anew; SQLite without foreign keys: they would cascade."""
        engine = self._engine(poolclass=NullPool)
        if self.is_sqlite:
            event.listen(engine, "connect", _without_foreign_keys)
        try:
            with engine.execution_options(writes=True).begin() as connection:
                self.alone(connection, MIGRATING)
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """All of the store as it is at one moment, however long the reading takes."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", stream_results=True)
            with connection.begin():
                yield connection


def _known(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise BadSetting(
            "database_url is no address of a database: postgresql+psycopg://name:password@host/db"
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise BadSetting("database_url must begin with sqlite:/// or postgresql+psycopg://")
    if url.drivername == "sqlite" and not url.database:
        raise BadSetting("database_url must name the file of the store: sqlite:////srv/qualitycheck/store.db")
    return url


def _make_private(file: Path) -> None:
    """The file, for its owner only; SQLite gives its log the same rights."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise BadSetting(f"the store {file} cannot be written ({error.strerror}): check data_folder") from None


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # so that transactions begin when we say, and hold changes of tables too
    _keep_a_log(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _keep_a_log(connection: Any) -> None:
    """Write-ahead logging. Whoever turns it on while another is at a new store is told so at once, and not to wait."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _without_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer says so at once and waits its turn: two that read first and then write would block each other.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _run_all(acts: list[Callable[[], None]]) -> None:
    """Each of them, even where one fails; then the first failure is raised."""
    failed: list[BaseException] = []
    for act in acts:
        try:
            act()
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]
