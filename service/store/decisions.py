"""Findings set aside, each with its reason: they hold for every later draft of the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qualitycheck.service.store.cases import touched
from qualitycheck.service.store.ciphers import Cipher, derived, mark, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Decision


class Decisions:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def set_aside(self, case: str, by: str, fingerprint: str, reason: str) -> None:
        """A finding that is set aside already takes the new reason. Raises Problem 404."""
        with self._database.transaction() as session:
            touched(session, case)
            self.put(session, case, by, {fingerprint: reason})

    def take_up(self, case: str, fingerprint: str) -> None:
        """Raises Problem 404 if there is no such case; a finding that is not set aside stays as it is."""
        with self._database.transaction() as session:
            touched(session, case)
            id = _id(self._keyring.key(case), fingerprint)
            session.execute(delete(Decision).where(Decision.id == id, Decision.case == case))

    def of(self, case: str) -> dict[str, str]:
        """Reasons by fingerprint, the oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(Decision).where(Decision.case == case).order_by(Decision.created, Decision.id)
            ).all()
            if not rows:
                return {}
            key = self._keyring.key(case)
            opened = (self._cipher.unseal(key, row.sealed, place("decision", "sealed", row.id)) for row in rows)
            return dict(json.loads(text) for text in opened)

    def put(self, session: Session, case: str, by: str, reasons: Mapping[str, str]) -> None:
        """Within the transaction of whoever keeps a draft."""
        key = self._keyring.key(case)
        for fingerprint, reason in reasons.items():
            id = _id(key, fingerprint)
            said = json.dumps([fingerprint, reason]).encode()
            sealed = self._cipher.seal(key, said, place("decision", "sealed", id))
            session.merge(Decision(id=id, case=case, by=by, created=datetime.now(UTC), sealed=sealed))


def _id(key: bytes, fingerprint: str) -> str:
    """The same finding of a case has one row, and nothing outside the case tells which finding it is."""
    return mark(derived(key, "decisions"), fingerprint)
