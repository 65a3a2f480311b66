"""False alarms that people reported, for whoever looks after the rules."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from qualitycheck.service.store.ciphers import Cipher, derived, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.keyring import KeyDestroyed, Keyring
from qualitycheck.service.store.tables import FalseAlarm


@dataclass(frozen=True, slots=True)
class FalseAlarmView:
    id: str
    criterion: str
    rule: str
    confidence: float
    tool: str  # "program 1.2, rules 3"
    case: str | None
    created: datetime
    reason: str
    passage: str | None  # only where whoever reported it added the report's words


class FalseAlarms:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def add(
        self,
        criterion: str,
        rule: str,
        confidence: float,
        tool: Mapping[str, str],
        case: str | None = None,
        reason: str = "",
        passage: str | None = None,
        id: str | None = None,
    ) -> str:
        """Its id; sealed with the case's key where it belongs to one, and deleted with it.

        With an `id` of its own it is added once, however often it is reported.
        """
        id = id or secrets.token_urlsafe(16)
        sealed = self._sealed(id, case, reason, passage)
        versions = ", ".join(f"{name} {version}" for name, version in tool.items())
        with self._database.transaction() as session:
            if session.get(FalseAlarm, id):
                return id
            session.add(
                FalseAlarm(
                    id=id,
                    criterion=criterion,
                    rule=rule,
                    confidence=confidence,
                    tool=versions[:200],
                    case=case,
                    created=datetime.now(UTC),
                    sealed=sealed,
                )
            )
        return id

    def update(self, id: str, reason: str, passage: str | None) -> None:
        """What whoever reported it says of it, anew; nothing where it is gone."""
        with self._database.transaction() as session:
            if row := session.get(FalseAlarm, id):
                row.sealed = self._sealed(id, row.case, reason, passage)

    def get(self, id: str) -> FalseAlarmView | None:
        with self._database.reading() as session:
            row = session.get(FalseAlarm, id)
        return self._view(row) if row else None

    def among(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids that are recorded."""
        with self._database.reading() as session:
            return list(session.scalars(select(FalseAlarm.id).where(FalseAlarm.id.in_(list(ids)))))

    def all(self) -> list[FalseAlarmView]:
        """The newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(FalseAlarm).order_by(FalseAlarm.created.desc(), FalseAlarm.id)).all()
        return [view for row in rows if (view := self._view(row))]

    def _view(self, row: FalseAlarm) -> FalseAlarmView | None:
        try:
            reason, passage = self._opened(row)
        except KeyDestroyed:
            return None
        said = (row.id, row.criterion, row.rule, row.confidence, row.tool, row.case, row.created)
        return FalseAlarmView(*said, reason, passage)

    def _sealed(self, id: str, case: str | None, reason: str, passage: str | None) -> bytes | None:
        if not (reason or passage):
            return None
        said = json.dumps([reason, passage]).encode()
        return self._cipher.seal(self._key(case), said, place("false_alarm", "sealed", id))

    def _opened(self, row: FalseAlarm) -> tuple[str, str | None]:
        if row.sealed is None:
            return "", None
        text = self._cipher.unseal(self._key(row.case), row.sealed, place("false_alarm", "sealed", row.id))
        reason, passage = json.loads(text)
        return reason, passage

    def _key(self, case: str | None) -> bytes:
        return self._keyring.key(case) if case else of_no_case(self._keyring)


def alarm_id(check: str, doubted: str) -> str:
    """One record for one finding (or element) of one check, however often it is reported as a false alarm; the check is
    not to be seen in it."""
    return hashlib.sha256(f"{check} {doubted}".encode()).hexdigest()[:32]


def of_no_case(keyring: Keyring) -> bytes:
    """The key of false alarms that belong to no case."""
    return derived(keyring.service_key, "false alarms")
