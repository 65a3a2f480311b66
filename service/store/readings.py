"""Drafts given to somebody else to read: a manager, or a peer; never to whoever wrote them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualitycheck.service.problems import Problem
from qualitycheck.service.store.ciphers import Cipher, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Draft, Reading

Kind = Literal["manager", "peer"]


@dataclass(frozen=True, slots=True)
class ReadingView:
    id: str
    draft: str
    reader: str  # an account, as is asked_by
    kind: Kind
    asked_by: str
    asked: datetime
    closed: datetime | None
    content: str  # what the reader judged and wrote; empty until it is closed


class Readings:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def give(self, draft: str, reader: str, kind: Kind, asked_by: str) -> str:
        """The reading's id. Raises Problem 404 if there is no such draft, 409 if its author were to read it."""
        with self._database.transaction() as session:
            found = session.execute(select(Draft.case, Draft.author).where(Draft.id == draft)).first()
            if found is None:
                raise Problem(404, "There is no such draft: it may have been deleted.")
            if found.author == reader:
                raise Problem(409, "Nobody reads their own report: choose somebody else.")
            id = secrets.token_urlsafe(16)
            row = Reading(id=id, draft=draft, reader=reader, kind=kind, asked_by=asked_by, asked=datetime.now(UTC))
            row.sealed = self._sealed(found.case, id, "")
            session.add(row)
        return id

    def of_reader(self, reader: str) -> list[ReadingView]:
        """The newest first."""
        with self._database.reading() as session:
            return self._views(session, session.scalars(_newest.where(Reading.reader == reader)))

    def of_draft(self, draft: str) -> list[ReadingView]:
        """The newest first."""
        with self._database.reading() as session:
            return self._views(session, session.scalars(_newest.where(Reading.draft == draft)))

    def close(self, id: str, content: str) -> None:
        """Raises Problem 404 if there is no such reading, 409 if it was closed before."""
        with self._database.transaction() as session:
            row = session.scalars(select(Reading).where(Reading.id == id).with_for_update()).first()
            if row is None:
                raise Problem(404, "There is no such reading: its case may have been deleted.")
            if row.closed:
                raise Problem(409, "This reading is closed: what was written stays as it is.")
            row.closed, row.sealed = datetime.now(UTC), self._sealed(_case(session, row), id, content)

    def _sealed(self, case: str, id: str, content: str) -> bytes:
        return self._cipher.seal(self._keyring.key(case), content.encode(), place("reading", "sealed", id))

    def _views(self, session: Session, rows: Iterable[Reading]) -> list[ReadingView]:
        views = []
        for row in rows:
            key = self._keyring.key(_case(session, row))
            content = self._cipher.unseal(key, row.sealed, place("reading", "sealed", row.id)).decode()
            kind: Kind = "manager" if row.kind == "manager" else "peer"
            views.append(ReadingView(row.id, row.draft, row.reader, kind, row.asked_by, row.asked, row.closed, content))
        return views


_newest = select(Reading).order_by(Reading.asked.desc(), Reading.id)


def _case(session: Session, row: Reading) -> str:
    return session.execute(select(Draft.case).where(Draft.id == row.draft)).scalar_one()
