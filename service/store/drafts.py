"""Drafts that were kept: the file, what was found in it, and the report as the page shows it, all sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from qualitycheck.checking import TypeWanted
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import Level, ReportResult
from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.checks.counting import levels
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.cases import touched
from qualitycheck.service.store.ciphers import Cipher, place
from qualitycheck.service.store.database import KEEPING, Database
from qualitycheck.service.store.decisions import Decisions
from qualitycheck.service.store.keyring import Keyring
from qualitycheck.service.store.tables import Case, Draft, Reading, ReadingRound


@dataclass(frozen=True, slots=True)
class DraftView:
    id: str
    number: int  # from 1, within its case
    name: str  # of the file
    type: str
    created: datetime
    author: str  # an account
    levels: Mapping[Level, int]  # how many elements are lacking and findings not set aside, by level


Which = Literal["kept", "signed-off", "filed"]


@dataclass(frozen=True, slots=True)
class Framed:
    """A draft that may be drawn, and who had a part in it."""

    id: str
    author: str  # an account, as are the readers of its case
    readers: tuple[str, ...]
    team: str | None  # its id
    type: str
    month: str  # YYYY-MM in which it was filed, or else kept


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is sealed of a draft beside its file."""

    name: str
    wanted: TypeWanted
    result: ReportResult
    sheet: Sheet | None
    previous: Previous | None = None  # what it was compared with before it was kept


@cache
def _json() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


@cache
def _result() -> TypeAdapter[ReportResult]:
    return TypeAdapter(ReportResult)


class Drafts:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher, decisions: Decisions) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher
        self._decisions = decisions

    def keep(self, case: str, author: str, check: Check) -> str:
        """The next draft of the case, with what was set aside in it; the check's address stays the draft's.

        A check that is kept already stays as it is.

        Raises:
            Problem: 404 if there is no such case, 409 if the check is not done.
        """
        if check.state is not State.DONE or check.result is None:
            raise Problem(409, "Only a report that was checked can be kept: wait until its check is done.")
        key = self._keyring.key(case)
        with self._database.transaction() as session:
            if self.is_kept(check.id):
                return check.id
            touched(session, case)
            number = (session.scalar(select(func.max(Draft.number)).where(Draft.case == case)) or 0) + 1
            kept = _json().dump_json(_Kept(check.name, check.wanted, check.result, check.sheet, check.previous))
            session.add(
                Draft(
                    id=check.id,
                    case=case,
                    number=number,
                    author=author,
                    type=check.result.type,
                    created=datetime.now(UTC),
                    sealed=self._cipher.seal(key, kept, place("draft", "sealed", check.id)),
                    sealed_file=self._cipher.seal(key, check.data, place("draft", "sealed_file", check.id)),
                )
            )
            self._decisions.put(session, case, author, check.decisions)
        return check.id

    def is_kept(self, id: str) -> bool:
        """Whether it is a draft already. Within a transaction nobody else keeps one until that ends."""
        with self._database.transaction() as session:
            self._database.alone(session, KEEPING)
            return session.scalar(select(Draft.id).where(Draft.id == id)) is not None

    def get(self, id: str) -> Check | None:
        """Raises KeyDestroyed if its case was deleted and a backup brought its rows back."""
        with self._database.reading() as session:
            row = session.get(Draft, id)
            if row is None:
                return None
            key = self._keyring.key(row.case)
            kept = self._kept(key, row.id, row.sealed)
            data = self._cipher.unseal(key, row.sealed_file, place("draft", "sealed_file", row.id))
            return Check(
                id=row.id,
                owner=row.author,
                session=None,
                name=kept.name,
                data=data,
                wanted=kept.wanted,
                created=row.created,
                state=State.DONE,
                result=kept.result,
                sheet=kept.sheet,
                decisions=self._decisions.of(row.case),
                previous=kept.previous or self._before(session, key, row.case, row.number),
                case=row.case,
                number=row.number,
            )

    def in_case(self, case: str) -> list[DraftView]:
        """The newest first. Raises KeyDestroyed as `get` does."""
        with self._database.reading() as session:
            columns = (Draft.id, Draft.number, Draft.type, Draft.created, Draft.author, Draft.sealed)
            rows = session.execute(select(*columns).where(Draft.case == case).order_by(Draft.number.desc())).all()
            if not rows:
                return []
            key, aside = self._keyring.key(case), self._decisions.of(case)
            views = []
            for id, number, type, created, author, sealed in rows:
                kept = json.loads(self._cipher.unseal(key, sealed, place("draft", "sealed", id)))
                found = _result().validate_python(kept["result"])  # without the sheet, which is most of it
                views.append(DraftView(id, number, kept["name"], type, created, author, levels(found, aside)))
            return views

    def seen_by(self, id: str, who: Who) -> bool:
        """Whether somebody may see a draft: its author, a manager of its team, a reader of it."""
        allowed = [Draft.author == who.account]
        if Role.MANAGER in who.roles and who.teams:
            allowed.append(Case.team.in_(who.teams))
        if who.roles & {Role.PRACTITIONER, Role.MANAGER}:
            read = and_(ReadingRound.draft == Draft.id, ReadingRound.reading == Reading.id)
            allowed.append(exists().where(and_(read, Reading.reader == who.account)))
        query = select(Draft.id).join(Case, Case.id == Draft.case).where(Draft.id == id, or_(*allowed))
        with self._database.reading() as session:
            return session.scalar(query) is not None

    def for_frame(self, which: Which) -> list[Framed]:
        """One draft of each case, in order of its id: what an inspector may draw from."""
        rounds = select(ReadingRound.reading, func.max(ReadingRound.number).label("number")).group_by(
            ReadingRound.reading
        )
        newest = select(Draft.case, func.max(Draft.number).label("number")).group_by(Draft.case)
        drafts = select(Draft.id, Draft.case, Draft.author, Draft.type, Draft.created, Case.team).join(
            Case, Case.id == Draft.case
        )
        if which == "kept":
            last = newest.subquery()
            query = drafts.join(last, and_(last.c.case == Draft.case, last.c.number == Draft.number))
        else:
            last = rounds.subquery()
            read = and_(ReadingRound.reading == last.c.reading, ReadingRound.number == last.c.number)
            ended = Reading.filed.is_not(None) if which == "filed" else Reading.signed_off.is_not(None)
            query = (
                drafts.join(ReadingRound, ReadingRound.draft == Draft.id)
                .join(last, read)
                .join(Reading, Reading.id == ReadingRound.reading)
                .where(ended, Reading.withdrawn.is_(None))
            )
        with self._database.reading() as session:
            readings: dict[str, list[tuple[str | None, date | None]]] = {}
            for case, reader, filed in session.execute(select(Reading.case, Reading.reader, Reading.filed)):
                readings.setdefault(case, []).append((reader, filed))
            found = {}
            for row in session.execute(query.order_by(Draft.number, Draft.id)):
                of_case = readings.get(row.case, [])
                readers = tuple(sorted({reader for reader, _ in of_case if reader}))
                filed = max((filed for _, filed in of_case if filed), default=None)
                on = filed or row.created.date()
                found[row.case] = Framed(row.id, row.author, readers, row.team, row.type, f"{on:%Y-%m}")
        return sorted(found.values(), key=lambda one: one.id)

    def ids(self) -> list[str]:
        with self._database.reading() as session:
            return list(session.scalars(select(Draft.id).order_by(Draft.id)))

    def types(self, ids: Iterable[str]) -> dict[str, str]:
        """The types of reports by id, without opening anything of them."""
        with self._database.reading() as session:
            found = session.execute(select(Draft.id, Draft.type).where(Draft.id.in_(list(ids))))
            return {row.id: row.type for row in found}

    def result_of(self, id: str) -> tuple[str, ReportResult] | None:
        """The name of its file and what was found in it, without the rest; None where it or its key is gone."""
        with self._database.reading() as session:
            row = session.execute(select(Draft.case, Draft.sealed).where(Draft.id == id)).first()
        if row is None or not self._keyring.has(row.case):
            return None
        kept = json.loads(self._cipher.unseal(self._keyring.key(row.case), row.sealed, place("draft", "sealed", id)))
        return kept["name"], _result().validate_python(kept["result"])

    def written_by(self, id: str, who: Who) -> bool:
        with self._database.reading() as session:
            return session.scalar(select(Draft.author).where(Draft.id == id)) == who.account

    def place_of(self, id: str) -> tuple[str, int] | None:
        """Its case and its number there."""
        with self._database.reading() as session:
            found = session.execute(select(Draft.case, Draft.number).where(Draft.id == id)).first()
        return (found.case, found.number) if found else None

    def newest(self, case: str) -> Previous | None:
        """The last draft of the case, to compare with. Raises KeyDestroyed as `get` does."""
        with self._database.reading() as session:
            return self._before(session, self._keyring.key(case), case)

    def _before(self, session: Session, key: bytes, case: str, number: int | None = None) -> Previous | None:
        """The last draft of the case, or the last before the one of this number."""
        earlier = select(Draft.id, Draft.sealed).where(Draft.case == case)
        if number is not None:
            earlier = earlier.where(Draft.number < number)
        found = session.execute(earlier.order_by(Draft.number.desc()).limit(1)).first()
        if found is None:
            return None
        kept = self._kept(key, found.id, found.sealed)
        return Previous(kept.name, kept.result)

    def _kept(self, key: bytes, id: str, sealed: bytes) -> _Kept:
        return _json().validate_json(self._cipher.unseal(key, sealed, place("draft", "sealed", id)))
