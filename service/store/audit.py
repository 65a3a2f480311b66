"""The audit log: who did what to which thing when, never what it said; each entry vouches for the one before it.

An entry's hash is an HMAC-SHA-256 of all that it says and of the hash before it, under a key from the keyring: whoever
can only write the database cannot make the chain anew. Where the log begins and ends is kept in `audit.json` beside the
keys, so that cutting off either end is found too; after a crash that file may lag behind the log, never be ahead of it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qualitycheck.errors import BadSetting
from qualitycheck.service.store.database import TELLING, Database
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Audit

GENESIS = "0" * 64
MOST_COMPARED = 1000  # entries out of place that are told apart one by one


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    number: int
    at: str  # ISO 8601, UTC
    who: str
    action: str
    thing: str
    request: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the log begins and ends: the first number that is kept, the hash before it, the newest number and hash."""

    first: int = 1
    before: str = GENESIS
    last: int = 0
    hash: str = GENESIS


class AuditLog:
    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    def write(self, who_id: str, action: str, thing: str, request_id: str = "") -> None:
        """One entry; within `store.together()` it is committed with what it tells, or not at all."""
        with self._database.transaction() as session:
            self._database.alone(session, TELLING)
            ends = self._ends()
            last = _last(session)
            number, previous = (last.number, last.hash) if last else (0, GENESIS)
            if ends.last > number:  # somebody cut off the end: the gap stays, for `verify` to find
                number, previous = ends.last, ends.hash
            at = datetime.now(UTC).isoformat(timespec="microseconds")
            entry = Entry(number + 1, at, who_id[:200], action[:200], thing[:200], request_id[:200], previous, "")
            entry = replace(entry, hash=self._hash(entry))
            session.add(Audit(**asdict(entry)))
            session.flush()
            self._database.afterwards(lambda: self._remember(entry))

    def entries(self, limit: int = 100, before: int | None = None) -> list[Entry]:
        """The newest first; `before`: those with a lower number."""
        with self._database.reading() as session:
            query = select(Audit).order_by(Audit.number.desc()).limit(limit)
            if before is not None:
                query = query.where(Audit.number < before)
            return [_entry(row) for row in session.scalars(query)]

    def verify(self) -> list[str]:
        """What is wrong with the log, a sentence each; empty: it is sound, and whole from its recorded beginning."""
        try:
            ends = self._ends()
        except BadSetting as error:
            return [str(error)]
        with self._database.reading() as session:
            rows = session.scalars(select(Audit).order_by(Audit.number).execution_options(yield_per=1000))
            return list(self._problems((_entry(row) for row in rows), ends))

    def forget(self, until: datetime) -> int:
        """Remove what is older, but never the newest entry; the log then begins, on record, where it was cut."""
        with self._database.transaction() as session:
            self._database.alone(session, TELLING)
            last = _last(session)
            if last is None:
                return 0
            moment = until.astimezone(UTC).isoformat(timespec="microseconds")
            kept = (
                session.scalars(select(Audit).where(Audit.at >= moment).order_by(Audit.number).limit(1)).first() or last
            )
            count = len(session.scalars(select(Audit.number).where(Audit.number < kept.number)).all())
            if count:
                # On record before it is done: entries from before the beginning do no harm, missing ones would.
                self._keyring.change_ends(lambda now: now | {"first": kept.number, "before": kept.previous})
                session.execute(delete(Audit).where(Audit.number < kept.number))
            return count

    def begin_again(self) -> int:
        """After a restore: the log ends where the restored one ends. Returns how many entries the record had more."""
        with self._database.reading() as session:
            last, first = _last(session), session.scalars(select(Audit).order_by(Audit.number).limit(1)).first()
            now = Ends(first.number, first.previous, last.number, last.hash) if first and last else Ends()
        try:
            lost = max(0, self._ends().last - now.last)
        except BadSetting:  # a record that cannot be read is replaced as well
            lost = 0
        self._keyring.replace_ends(asdict(now))
        return lost

    def is_ours(self, entry: Entry) -> bool:
        """Whether it was written under the key of this keyring, and not changed since."""
        return hmac.compare_digest(self._hash(entry), entry.hash)

    def _remember(self, entry: Entry) -> None:
        def later(now: dict[str, Any]) -> dict[str, Any]:
            return now if now["last"] >= entry.number else now | {"last": entry.number, "hash": entry.hash}

        self._keyring.change_ends(later)

    def _ends(self) -> Ends:
        return Ends(**self._keyring.ends())

    def _hash(self, entry: Entry) -> str:
        return _hash(self._keyring.audit_key, entry)

    def _problems(self, entries: Iterator[Entry], ends: Ends) -> Iterator[str]:
        key = self._keyring.audit_key
        number, previous = None, ""
        wrong: list[Entry] = []
        empty: list[int] = []
        at_end = None
        for entry in entries:
            sound = hmac.compare_digest(_hash(key, entry), entry.hash)
            if number is None:
                if entry.number > ends.first:
                    yield _missing(ends.first, entry.number - 1, " at the beginning")
                elif entry.number == ends.first and entry.previous != ends.before:
                    yield f"Entry {entry.number} does not follow where the log is on record to begin."
            elif entry.number > number + 1:
                yield _missing(number + 1, entry.number - 1)
                empty += range(number + 1, min(entry.number, number + MOST_COMPARED))
            elif sound and previous and entry.previous != previous:
                yield f"Entry {entry.number} does not follow entry {number}."
            if not sound:
                wrong.append(entry)
            if entry.number == ends.last:
                at_end = entry.hash
            number, previous = entry.number, entry.hash if sound else ""
        if (number or ends.first - 1) < ends.last:
            yield _missing((number or ends.first - 1) + 1, ends.last, " at the end")
            empty += range((number or ends.first - 1) + 1, min(ends.last, (number or 0) + MOST_COMPARED) + 1)
        elif ends.last >= ends.first and at_end not in (None, ends.hash):
            yield f"Entry {ends.last} is not the one on record as the newest."
        yield from _told(wrong, empty, ends, key)


def _told(wrong: list[Entry], empty: list[int], ends: Ends, key: bytes) -> Iterator[str]:
    """What befell the entries whose hash is not theirs; some may be from a place that is now empty."""
    places = [entry.number for entry in wrong] + empty
    for entry in wrong:
        moved = (
            place
            for place in (places if len(places) <= MOST_COMPARED else ())
            if place != entry.number and hmac.compare_digest(_hash(key, replace(entry, number=place)), entry.hash)
        )
        if (place := next(moved, None)) is not None:
            yield f"Entry {place} was moved to the place of entry {entry.number}."
        elif entry.number > ends.last:
            yield f"Entry {entry.number} was not written by this service."
        else:
            yield f"Entry {entry.number} was changed, or was not written by this service."


def _hash(key: bytes, entry: Entry) -> str:
    said = [entry.number, entry.at, entry.who, entry.action, entry.thing, entry.request, entry.previous]
    return hmac.new(key, json.dumps(said, ensure_ascii=True).encode(), hashlib.sha256).hexdigest()


def _missing(first: int, last: int, where: str = "") -> str:
    return f"Entry {first} is missing{where}." if first == last else f"Entries {first} to {last} are missing{where}."


def _last(session: Session) -> Audit | None:
    return session.scalars(select(Audit).order_by(Audit.number.desc()).limit(1)).first()


def _entry(row: Audit) -> Entry:
    return Entry(row.number, row.at, row.who, row.action, row.thing, row.request, row.previous, row.hash)
