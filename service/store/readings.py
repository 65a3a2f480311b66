"""Readings before court: asked for, read in rounds, answered, signed off; never by whoever wrote the report."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qualitycheck.precourt.reading import Answer, Handing, Kind, Reading, Round, Said
from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.problems import Problem
from qualitycheck.service.store import tables
from qualitycheck.service.store.cases import touched
from qualitycheck.service.store.ciphers import Cipher, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.keyring import KeyDestroyed, Keyring

GONE = "There is no such reading: its case may have been deleted."
ANYBODY: Final = object()  # whoever has it
OWN = "Nobody reads their own report: choose somebody else."


@dataclass(frozen=True, slots=True)
class Own:
    """What only the reader sees of their reading of one draft."""

    seconds: int = 0  # with the page in front of them
    opened: frozenset[str] = frozenset()  # passages, as the page names them
    told: datetime | None = field(default=None, compare=False)  # when this was last added to


@dataclass(frozen=True, slots=True)
class People:
    author: str  # an account; empty where they have none here
    reader: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class _About:
    """What is sealed of a reading itself."""

    author_name: str = ""
    handed: tuple[Handing, ...] = ()
    withdrawn_by: str = ""  # an account


@dataclass(frozen=True, slots=True)
class TallyView:
    id: str  # the reading's
    team: str | None
    counts: str  # JSON


@cache
def _said() -> TypeAdapter[Said]:
    return TypeAdapter(Said)


@cache
def _answers() -> TypeAdapter[dict[str, Answer]]:
    return TypeAdapter(dict[str, Answer])


@cache
def _own() -> TypeAdapter[Own]:
    return TypeAdapter(Own)


@cache
def _about() -> TypeAdapter[_About]:
    return TypeAdapter(_About)


class Readings:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def ask(
        self,
        draft: str,
        filing: date,
        kind: Kind,
        reader: str | None,
        asked_by: str,
        *,
        revealed: bool = True,
        author_name: str = "",
    ) -> str:
        """Send a draft for reading; the reading's id. Without a reader it waits for any manager of its team.

        Args:
            draft: the id of one that is kept.
            filing: the day it is due at court.
            kind: in what role it is read.
            reader: an account.
            asked_by: an account.
            revealed: whether the reader sees what the checker says from the beginning.
            author_name: of an author who has no account here; whoever keeps the case may then read it.

        Raises:
            Problem: 404 if there is no such draft, 409 if its author were to read it or the report is being read.
        """
        with self._database.transaction() as session:
            found = session.execute(
                select(tables.Draft.case, tables.Draft.author, tables.Case.team)
                .join(tables.Case, tables.Case.id == tables.Draft.case)
                .where(tables.Draft.id == draft)
            ).first()
            if found is None:
                raise Problem(404, "There is no such draft: it may have been deleted.")
            author = "" if author_name else found.author
            if reader is not None and author == reader:
                raise Problem(409, OWN)
            touched(session, found.case)
            if session.scalar(select(exists().where(_is_open, tables.Reading.case == found.case))):
                raise Problem(409, "This report is being read: send the next draft to the same reader.")
            id = secrets.token_hex(16)
            session.add(
                tables.Reading(
                    id=id,
                    case=found.case,
                    author=author,
                    reader=reader,
                    team=found.team,
                    kind=kind,
                    asked_by=asked_by,
                    asked=datetime.now(UTC),
                    filing=filing,
                    sealed=self._seal(found.case, _about().dump_json(_About(author_name)), "reading", "sealed", id),
                )
            )
            session.flush()
            self._add_round(session, found.case, id, 1, draft, revealed, Said())
        return id

    def send(self, id: str, draft: str, *, revealed: bool = True, said: Said | None = None) -> None:
        """The next draft of the report goes to the same reader; `said` is what they carry over.

        Raises:
            Problem: 404 if there is no such reading or draft, 409 if it is not with the author.
        """
        with self._database.transaction() as session:
            row = self._row(session, id)
            last = _last(session, id)
            if row.signed_off or row.withdrawn or last.returned is None:
                raise Problem(409, "This report is not with you: wait until the reader has given it back.")
            if session.scalar(select(tables.Draft.case).where(tables.Draft.id == draft)) != row.case:
                raise Problem(404, "There is no such draft of this report: keep it in the same case first.")
            if last.draft == draft:
                raise Problem(409, "The reader has read this draft: keep the next one, and send that.")
            touched(session, row.case)
            self._add_round(session, row.case, id, last.number + 1, draft, revealed, said or Said())

    def get(self, id: str) -> Reading | None:
        """None too where the key of its case is gone."""
        with self._database.reading() as session:
            row = session.get(tables.Reading, id)
            return next(iter(self._views(session, [row])), None) if row else None

    def of_case(self, case: str) -> list[Reading]:
        """The newest first."""
        with self._database.reading() as session:
            return self._views(session, session.scalars(_newest.where(tables.Reading.case == case)))

    def concerning(self, who: Who) -> list[Reading]:
        """Those of which somebody is author, reader or manager of the team; by filing date, the next first."""
        with self._database.reading() as session:
            return self._views(session, session.scalars(_by_filing.where(or_(*_concerned(who)))))

    def concerns(self, id: str, who: Who) -> bool:
        """Whether this reading is one of those."""
        with self._database.reading() as session:
            found = select(tables.Reading.id).where(tables.Reading.id == id, or_(*_concerned(who)))
            return session.scalar(found) is not None

    def waiting_for(self, who: Who) -> int:
        """How many wait for somebody: to read, to take on, or to work on as their author. Asked for every page."""
        returned = (
            select(tables.ReadingRound.returned)
            .where(tables.ReadingRound.reading == tables.Reading.id)
            .order_by(tables.ReadingRound.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        mine = [
            and_(tables.Reading.reader == who.account, or_(returned.is_(None), tables.Reading.author == "")),
            and_(tables.Reading.author == who.account, returned.is_not(None)),
        ]
        if Role.MANAGER in who.roles and who.teams:
            untaken = and_(tables.Reading.reader.is_(None), returned.is_(None), tables.Reading.author != who.account)
            mine.append(and_(untaken, tables.Reading.team.in_(who.teams)))
        with self._database.reading() as session:
            counted = select(func.count()).select_from(tables.Reading).where(_is_open, or_(*mine))
            return session.scalar(counted) or 0

    def people_of(self, id: str) -> People | None:
        """Who it is between, without opening anything of it."""
        with self._database.reading() as session:
            row = session.get(tables.Reading, id)
            return People(row.author, row.reader, row.team) if row else None

    def reader_of(self, id: str) -> str | None:
        """An account."""
        with self._database.reading() as session:
            return session.scalar(select(tables.Reading.reader).where(tables.Reading.id == id))

    def place_of(self, id: str) -> str | None:
        """The case it belongs to."""
        with self._database.reading() as session:
            return session.scalar(select(tables.Reading.case).where(tables.Reading.id == id))

    def hides_checker(self, draft: str, account: str) -> bool:
        """Whether this draft is with a reader who is to judge first: only its author sees the checker now.

        Not its reader alone: whoever looks now may be handed the reading next.
        """
        hidden = select(
            exists().where(
                tables.ReadingRound.draft == draft,
                tables.ReadingRound.reading == tables.Reading.id,
                tables.ReadingRound.revealed.is_(False),
                tables.Reading.author != account,
                _is_open,
            )
        )
        with self._database.reading() as session:
            return bool(session.scalar(hidden))

    # What the reader does

    def change(self, id: str, change: Callable[[Said], Said]) -> None:
        """What they say of the draft they have; raises Problem 404, 409 if it was given back."""
        with self._database.transaction() as session:
            row, last = self._with_reader(session, id)
            touched(session, row.case)
            said = change(_said().validate_json(self._open(row.case, last.sealed, "reading_round", "sealed", last.id)))
            last.sealed = self._seal(row.case, _said().dump_json(said), "reading_round", "sealed", last.id)

    def reveal(self, id: str) -> None:
        """Show what the checker says; raises as `change` does."""
        with self._database.transaction() as session:
            self._with_reader(session, id)[1].revealed = True

    def give_back(self, id: str) -> None:
        """To the author, with comments; raises as `change` does."""
        with self._database.transaction() as session:
            row, last = self._with_reader(session, id)
            last.returned = datetime.now(UTC)
            touched(session, row.case)

    def sign_off(self, id: str) -> None:
        """Nothing more is asked for; raises as `change` does."""
        with self._database.transaction() as session:
            row, last = self._with_reader(session, id)
            last.returned = row.signed_off = datetime.now(UTC)
            touched(session, row.case)

    def own(self, id: str) -> Own:
        """Of the last round; raises Problem 404."""
        with self._database.reading() as session:
            row, last = self._row(session, id, lock=False), _last(session, id)
            return _own().validate_json(self._open(row.case, last.sealed_own, "reading_round", "sealed_own", last.id))

    def spend(self, id: str, seconds: int, opened: Iterable[str]) -> None:
        """Add time and passages to the reader's own; what was given back stays as it is.

        No more time than has gone by since the last was added: two pages open at once are one reader.
        """
        with self._database.transaction() as session:
            row, last = self._row(session, id), _last(session, id)
            if last.returned is not None:
                return
            own = _own().validate_json(self._open(row.case, last.sealed_own, "reading_round", "sealed_own", last.id))
            now = datetime.now(UTC)
            most = seconds if own.told is None else min(seconds, int((now - own.told).total_seconds()))
            own = Own(own.seconds + max(most, 0), own.opened | frozenset(opened), now)
            last.sealed_own = self._seal(row.case, _own().dump_json(own), "reading_round", "sealed_own", last.id)

    # What the author does

    def answer(self, id: str, answers: dict[str, Answer]) -> None:
        """To comments of any round, by their ids; a second answer takes the place of the first.

        Raises:
            Problem: 404 if there is no such reading or comment, 409 if nothing was given back yet or it is over.
        """
        with self._database.transaction() as session:
            row = self._row(session, id)
            if row.withdrawn:
                raise Problem(409, "This reading was withdrawn: its comments need no answer.")
            if row.signed_off:
                raise Problem(409, "This reading was signed off: what was answered until then stays as it is.")
            unknown = set(answers)
            for each in _rounds(session, id):
                if each.returned is None:
                    continue
                said = _said().validate_json(self._open(row.case, each.sealed, "reading_round", "sealed", each.id))
                mine = {comment.id for comment in said.comments} & unknown
                if mine:
                    before = self._open(row.case, each.sealed_answers, "reading_round", "sealed_answers", each.id)
                    now = {**_answers().validate_json(before), **{one: answers[one] for one in mine}}
                    each.sealed_answers = self._seal(
                        row.case, _answers().dump_json(now), "reading_round", "sealed_answers", each.id
                    )
                    unknown -= mine
            if unknown:
                raise Problem(404, "There is no such comment: go back to the reading.")
            touched(session, row.case)

    def withdraw(self, id: str, by: str) -> None:
        """`by`: an account. Raises Problem 404, 409 if it is over."""
        with self._database.transaction() as session:
            row = self._going_on(session, id)
            row.withdrawn = datetime.now(UTC)
            about = _about().validate_json(self._open(row.case, row.sealed, "reading", "sealed", id))
            about = replace(about, withdrawn_by=by)
            row.sealed = self._seal(row.case, _about().dump_json(about), "reading", "sealed", id)

    def file_on(self, id: str, filing: date) -> None:
        """Another day it is due; raises Problem 404, 409 if it is over."""
        with self._database.transaction() as session:
            self._going_on(session, id).filing = filing

    def filed(self, id: str, on: date | None) -> None:
        """The day it was filed, as somebody records; None takes it back. Raises Problem 404."""
        with self._database.transaction() as session:
            self._row(session, id).filed = on

    # Who reads

    def hand(self, id: str, reader: str | None, kind: Kind, by: str, reason: str, *, instead_of: Any = ANYBODY) -> None:
        """To another reader, or to any manager of the team (None); what was written so far goes with it.

        Args:
            id: of the reading.
            reader: an account.
            kind: in what role it is read from now on.
            by: an account.
            reason: why, in their words.
            instead_of: the account that has it (None: nobody) as whoever hands it on has seen it.

        Raises:
            Problem: 404 if there is no such reading, 409 if it is over, has gone to somebody else meanwhile, or the
                author were to read it.
        """
        with self._database.transaction() as session:
            row = self._going_on(session, id)
            if reader is not None and reader == row.author:
                raise Problem(409, OWN)
            if instead_of is not ANYBODY and instead_of != row.reader:
                raise Problem(409, "Somebody else was quicker: look at who has it now.")
            about = _about().validate_json(self._open(row.case, row.sealed, "reading", "sealed", id))
            handing = Handing(row.reader, reader, by, datetime.now(UTC), reason)
            about = replace(about, handed=(*about.handed, handing))
            row.reader, row.kind = reader, kind
            row.sealed = self._seal(row.case, _about().dump_json(about), "reading", "sealed", id)

    # What the figures count

    def tell(self, id: str, team: str | None, counts: str) -> None:
        """Keep what is counted of a reading, in the place of what was counted before."""
        with self._database.transaction() as session:
            session.merge(tables.Tally(id=id, team=team, changed=datetime.now(UTC), counts=counts))

    def tallies(self, teams: Iterable[str | None]) -> list[TallyView]:
        """Of these teams, in the order of their ids; None is of no team."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(tables.Tally).where(_of_teams(tables.Tally.team, teams)).order_by(tables.Tally.id)
            )
            return [TallyView(row.id, row.team, row.counts) for row in rows]

    def coverage(self, teams: Iterable[str | None], since: datetime, until: datetime) -> tuple[int, int]:
        """Of these teams' cases with a draft kept from `since` to before `until`: how many were read, of how many.

        Read: given back at least once, whenever that was. Cases that were deleted are in neither number.
        """
        kept = exists().where(
            tables.Draft.case == tables.Case.id, tables.Draft.created >= since, tables.Draft.created < until
        )
        read = exists().where(
            tables.Reading.case == tables.Case.id,
            tables.ReadingRound.reading == tables.Reading.id,
            tables.ReadingRound.returned.is_not(None),
        )
        cases = select(func.count()).select_from(tables.Case).where(kept, _of_teams(tables.Case.team, teams))
        with self._database.reading() as session:
            return session.scalar(cases.where(read)) or 0, session.scalar(cases) or 0

    def _add_round(
        self, session: Session, case: str, reading: str, number: int, draft: str, revealed: bool, said: Said
    ) -> None:
        id = secrets.token_hex(16)
        session.add(
            tables.ReadingRound(
                id=id,
                reading=reading,
                number=number,
                draft=draft,
                sent=datetime.now(UTC),
                revealed=revealed,
                sealed=self._seal(case, _said().dump_json(said), "reading_round", "sealed", id),
                sealed_answers=self._seal(case, _answers().dump_json({}), "reading_round", "sealed_answers", id),
                sealed_own=self._seal(case, _own().dump_json(Own()), "reading_round", "sealed_own", id),
            )
        )

    def _row(self, session: Session, id: str, *, lock: bool = True) -> tables.Reading:
        wanted = select(tables.Reading).where(tables.Reading.id == id)
        row = session.scalars(wanted.with_for_update() if lock else wanted).first()
        if row is None:
            raise Problem(404, GONE)
        return row

    def _going_on(self, session: Session, id: str) -> tables.Reading:
        row = self._row(session, id)
        if row.signed_off or row.withdrawn:
            raise Problem(409, "This reading is over: ask for another.")
        return row

    def _with_reader(self, session: Session, id: str) -> tuple[tables.Reading, tables.ReadingRound]:
        row, last = self._going_on(session, id), _last(session, id)
        if last.returned is not None:
            raise Problem(409, "This draft was given back: what was written of it stays as it is.")
        return row, last

    def _views(self, session: Session, rows: Iterable[tables.Reading]) -> list[Reading]:
        views = []
        for row in rows:
            try:
                self._keyring.key(row.case)
            except KeyDestroyed:
                continue
            case = session.get_one(tables.Case, row.case)
            about = _about().validate_json(self._open(row.case, row.sealed, "reading", "sealed", row.id))
            kind: Kind = "manager" if row.kind == "manager" else "peer"
            views.append(
                Reading(
                    id=row.id,
                    case=row.case,
                    title=self._open(row.case, case.sealed, "case", "sealed", row.case).decode(),
                    author=row.author,
                    reader=row.reader,
                    kind=kind,
                    team=row.team,
                    asked_by=row.asked_by,
                    asked=row.asked,
                    filing=row.filing,
                    signed_off=row.signed_off,
                    withdrawn=row.withdrawn,
                    withdrawn_by=about.withdrawn_by,
                    filed=row.filed,
                    author_name=about.author_name,
                    handed=about.handed,
                    rounds=tuple(self._round(session, row.case, each) for each in _rounds(session, row.id)),
                )
            )
        return views

    def _round(self, session: Session, case: str, row: tables.ReadingRound) -> Round:
        number = session.execute(select(tables.Draft.number).where(tables.Draft.id == row.draft)).scalar_one()
        said = _said().validate_json(self._open(case, row.sealed, "reading_round", "sealed", row.id))
        answers = self._open(case, row.sealed_answers, "reading_round", "sealed_answers", row.id)
        return Round(
            number=row.number,
            draft=row.draft,
            draft_number=number,
            sent=row.sent,
            returned=row.returned,
            revealed=row.revealed,
            said=said,
            answers=_answers().validate_json(answers),
        )

    def _seal(self, case: str, data: bytes, table: str, column: str, id: str) -> bytes:
        return self._cipher.seal(self._keyring.key(case), data, place(table, column, id))

    def _open(self, case: str, sealed: bytes, table: str, column: str, id: str) -> bytes:
        return self._cipher.unseal(self._keyring.key(case), sealed, place(table, column, id))


_is_open = tables.Reading.signed_off.is_(None) & tables.Reading.withdrawn.is_(None)
_newest = select(tables.Reading).order_by(tables.Reading.asked.desc(), tables.Reading.id)
_by_filing = select(tables.Reading).order_by(tables.Reading.filing, tables.Reading.asked, tables.Reading.id)


def _of_teams(column: InstrumentedAttribute[str | None], teams: Iterable[str | None]) -> ColumnElement[bool]:
    wanted = set(teams)
    named = column.in_([team for team in wanted if team is not None])
    return or_(named, column.is_(None)) if None in wanted else named


def _concerned(who: Who) -> list[ColumnElement[bool]]:
    mine = [tables.Reading.author == who.account, tables.Reading.reader == who.account]
    if Role.MANAGER in who.roles and who.teams:
        mine.append(tables.Reading.team.in_(who.teams))
    return mine


def _rounds(session: Session, reading: str) -> list[tables.ReadingRound]:
    wanted = select(tables.ReadingRound).where(tables.ReadingRound.reading == reading)
    return list(session.scalars(wanted.order_by(tables.ReadingRound.number)))


def _last(session: Session, reading: str) -> tables.ReadingRound:
    return _rounds(session, reading)[-1]
