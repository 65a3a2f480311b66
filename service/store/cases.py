"""Cases: each with a key of its own, which is destroyed with it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.ciphers import Cipher, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.deleting import delete_with_key
from qualitycheck.service.store.keyring import KeyDestroyed, Keyring
from qualitycheck.service.store.tables import Case

NO_CASE = "There is no such case: it may have been deleted."


@dataclass(frozen=True, slots=True)
class CaseView:
    id: str
    owner: str  # an account
    team: str | None  # its id
    title: str
    created: datetime
    changed: datetime


class Cases:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def add(self, owner: str, team: str | None, title: str) -> CaseView:
        now = datetime.now(UTC)
        id = secrets.token_hex(16)
        with self._database.transaction() as session:
            self._database.otherwise(lambda: self._keyring.destroy(id))
            key = self._keyring.make(id)
            sealed = self._cipher.seal(key, title.encode(), place("case", "sealed", id))
            session.add(Case(id=id, owner=owner, team=team, created=now, changed=now, sealed=sealed))
            session.flush()
        return CaseView(id, owner, team, title, now, now)

    def get(self, id: str) -> CaseView | None:
        """None too where its key is gone: then it was deleted, whatever a backup brought back."""
        with self._database.reading() as session:
            row = session.get(Case, id)
            return next(self._views([row]), None) if row else None

    def give_team(self, id: str, team: str) -> None:
        """The team whose managers may see it, for a case that has none. Raises Problem 404, 409 if it has one."""
        with self._database.transaction() as session:
            row = touched(session, id)
            if row.team not in (None, team):
                raise Problem(409, "This case has a team: go back and look at it.")
            row.team = team

    def of(self, who: Who) -> list[CaseView]:
        """Their own, and a manager's teams'; the newest change first."""
        mine = [Case.owner == who.account]
        if Role.MANAGER in who.roles and who.teams:
            mine.append(Case.team.in_(who.teams))
        with self._database.reading() as session:
            return list(
                self._views(session.scalars(select(Case).where(or_(*mine)).order_by(Case.changed.desc(), Case.id)))
            )

    def delete(self, id: str) -> None:
        """With everything in it, and its key; raises as `delete_with_key` does."""
        delete_with_key(self._database, self._keyring, id)

    def ids(self) -> list[str]:
        with self._database.reading() as session:
            return list(session.scalars(select(Case.id).order_by(Case.id)))

    def _views(self, rows: Iterator[Case] | list[Case]) -> Iterator[CaseView]:
        for row in rows:
            try:
                key = self._keyring.key(row.id)
            except KeyDestroyed:
                continue
            title = self._cipher.unseal(key, row.sealed, place("case", "sealed", row.id)).decode()
            yield CaseView(row.id, row.owner, row.team, title, row.created, row.changed)


def touched(session: Session, case: str) -> Case:
    """The case, changed now, and nobody else's to change until this transaction ends. Raises Problem 404."""
    row = session.scalars(select(Case).where(Case.id == case).with_for_update()).first()
    if row is None:
        raise Problem(404, NO_CASE)
    row.changed = datetime.now(UTC)
    return row
