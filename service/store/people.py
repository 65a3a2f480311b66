"""Who signs in, and with what: accounts, teams, sessions and API keys."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qualitycheck.service.access.who import Role, Scope
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.database import CHANGING_ACCOUNTS, Database
from qualitycheck.service.store.tables import Account, AccountRole, ApiKey, Membership, SessionRow, Team

LONGEST_NAME = 100  # of a person, a team, a key
LONGEST_USER_NAME = 200


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    user_name: str
    name: str
    roles: frozenset[Role]
    teams: frozenset[str]  # ids
    disabled: bool
    has_password: bool
    issuer: str | None  # of the OpenID Connect provider they come from
    created: datetime
    last_signed_in: datetime | None


@dataclass(frozen=True, slots=True)
class SessionView:
    id: str  # public: what held checks are bound to
    account: str
    form_token: str
    created: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class KeyView:
    id: str
    account: str
    name: str
    secret_hash: str
    scopes: frozenset[Scope]
    created: datetime
    last_used: datetime | None
    revoked: datetime | None


# An account with its roles and teams in one query: every request of somebody signed in asks for one.
WITH_ALL = select(
    Account,
    select(func.aggregate_strings(AccountRole.role, " ")).where(AccountRole.account == Account.id).scalar_subquery(),
    select(func.aggregate_strings(Membership.team, " ")).where(Membership.account == Account.id).scalar_subquery(),
)


class People:
    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One transaction, in which nobody else who asks for this changes an account: what is seen in it stays so."""
        with self._database.transaction() as session:
            self._database.alone(session, CHANGING_ACCOUNTS)
            yield

    # Accounts

    def add(
        self,
        user_name: str,
        name: str,
        roles: Iterable[Role],
        teams: Iterable[str] = (),
        *,
        issuer: str | None = None,
        subject: str | None = None,
    ) -> Person:
        """Raises Problem 409 if there is such an account already, 400 if a name is empty or too long."""
        id = secrets.token_hex(16)
        row = Account(
            id=id,
            user_name=_name(folded(user_name), LONGEST_USER_NAME),
            name=_name(name),
            issuer=issuer,
            subject=subject,
            disabled=False,
            created=datetime.now(UTC),
        )
        try:
            with self._database.transaction() as session, session.begin_nested():
                session.add(row)
                session.flush()
                _put_roles(session, id, roles)
                _put_teams(session, id, teams)
                return _person(session, row)
        except IntegrityError:
            raise Problem(409, "There is already an account with that user name: choose another.") from None

    def get(self, id: str) -> Person | None:
        return self._where(Account.id == id)

    def by_user_name(self, name: str) -> Person | None:
        return self._where(Account.user_name == folded(name))

    def by_subject(self, issuer: str, subject: str) -> Person | None:
        return self._where(Account.issuer == issuer, Account.subject == subject)

    def by_invitation(self, token_hash: str) -> Person | None:
        """Whoever may set a password with this token; None when it was used, or is too old."""
        now = datetime.now(UTC)
        return self._where(Account.invitation == token_hash, Account.invited_until > now, Account.disabled.is_(False))

    def all(self) -> list[Person]:
        """Everybody, by name."""
        with self._database.reading() as session:
            return [_seen(*found) for found in session.execute(WITH_ALL.order_by(Account.name, Account.id))]

    def change(
        self,
        id: str,
        *,
        name: str | None = None,
        roles: Iterable[Role] | None = None,
        teams: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> Person:
        """What is given is changed; whoever is disabled, or loses a role, is signed out everywhere. Problem 404.

        The API keys of whoever is disabled are revoked: let in again, they make new ones.
        """
        with self._database.transaction() as session:
            row = _account(session, id)
            before = _person(session, row)
            if name is not None:
                row.name = _name(name)
            if disabled is not None:
                row.disabled = disabled
            if roles is not None:
                _put_roles(session, id, roles)
            if teams is not None:
                _put_teams(session, id, teams)
            session.flush()
            after = _person(session, row)
            if after.disabled or before.roles - after.roles:
                self.close_sessions(id)
            if after.disabled:
                _revoke(session, ApiKey.account == id)
            return after

    def password_of(self, id: str) -> str | None:
        """The argon2 hash."""
        with self._database.reading() as session:
            return session.scalar(select(Account.password).where(Account.id == id))

    def set_password(self, id: str, hash: str) -> None:
        """An invitation is used up by it."""
        with self._database.transaction() as session:
            row = _account(session, id)
            row.password, row.invitation, row.invited_until = hash, None, None

    def invite(self, id: str, token_hash: str, until: datetime) -> None:
        with self._database.transaction() as session:
            row = _account(session, id)
            row.invitation, row.invited_until = token_hash, until

    def signed_in(self, id: str) -> None:
        with self._database.transaction() as session:
            _account(session, id).last_signed_in = datetime.now(UTC)

    def _where(self, *conditions: object) -> Person | None:
        with self._database.reading() as session:
            found = session.execute(WITH_ALL.where(*conditions)).first()  # type: ignore[arg-type]
            return _seen(*found) if found else None

    # Teams

    def add_team(self, name: str) -> str:
        """Its id. Raises Problem 409 if there is one of that name."""
        id = secrets.token_hex(16)
        try:
            with self._database.transaction() as session, session.begin_nested():
                session.add(Team(id=id, name=_name(name)))
        except IntegrityError:
            raise Problem(409, "There is already a team of that name: choose another.") from None
        return id

    def rename_team(self, id: str, name: str) -> None:
        try:
            with self._database.transaction() as session, session.begin_nested():
                row = session.get(Team, id)
                if row is None:
                    raise Problem(404, "There is no such team.")
                row.name = _name(name)
        except IntegrityError:
            raise Problem(409, "There is already a team of that name: choose another.") from None

    def teams(self) -> dict[str, str]:
        """Names by id, in the order of the names."""
        with self._database.reading() as session:
            return {row.id: row.name for row in session.scalars(select(Team).order_by(Team.name))}

    # Sessions

    def open_session(self, account: str, token_hash: str, form_token: str, now: datetime) -> str:
        id = secrets.token_urlsafe(16)
        with self._database.transaction() as session:
            session.add(
                SessionRow(id=id, token=token_hash, form_token=form_token, account=account, created=now, seen=now)
            )
        return id

    def session(self, token_hash: str) -> SessionView | None:
        with self._database.reading() as session:
            row = session.scalars(select(SessionRow).where(SessionRow.token == token_hash)).first()
            return SessionView(row.id, row.account, row.form_token, row.created, row.seen) if row else None

    def seen(self, id: str, now: datetime) -> None:
        with self._database.transaction() as session:
            session.execute(update(SessionRow).where(SessionRow.id == id).values(seen=now))

    def close_session(self, id: str) -> None:
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.id == id))

    def close_sessions(self, account: str, but: str | None = None) -> None:
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.account == account, SessionRow.id != (but or "")))

    # API keys

    def add_key(self, id: str, account: str, name: str, secret_hash: str, scopes: Iterable[Scope]) -> None:
        with self._database.transaction() as session:
            session.add(
                ApiKey(
                    id=id,
                    account=account,
                    name=_name(name),
                    secret=secret_hash,
                    scopes=" ".join(sorted(scopes)),
                    created=datetime.now(UTC),
                )
            )

    def key(self, id: str) -> KeyView | None:
        with self._database.reading() as session:
            row = session.get(ApiKey, id)
            return _key(row) if row else None

    def keys_of(self, account: str) -> list[KeyView]:
        """Newest first, revoked ones too."""
        with self._database.reading() as session:
            query = select(ApiKey).where(ApiKey.account == account).order_by(ApiKey.created.desc(), ApiKey.id)
            return [_key(row) for row in session.scalars(query)]

    def revoke_key(self, id: str) -> None:
        with self._database.transaction() as session:
            _revoke(session, ApiKey.id == id)

    def key_used(self, id: str) -> None:
        with self._database.transaction() as session:
            session.execute(update(ApiKey).where(ApiKey.id == id).values(last_used=datetime.now(UTC)))

    def owner_of_key(self, id: str) -> str | None:
        with self._database.reading() as session:
            return session.scalar(select(ApiKey.account).where(ApiKey.id == id))


def folded(user_name: str) -> str:
    """A user name as it is kept and compared: case and spaces around it do not count."""
    return user_name.strip().casefold()


def _name(text: str, longest: int = LONGEST_NAME) -> str:
    text = text.strip()
    if not text or len(text) > longest or "\x00" in text:
        raise Problem(400, f"Enter a name of 1 to {longest} characters.")
    return text


def _account(session: Session, id: str) -> Account:
    row = session.get(Account, id)
    if row is None:
        raise Problem(404, "There is no such account.")
    return row


def _revoke(session: Session, which: ColumnElement[bool]) -> None:
    session.execute(update(ApiKey).where(which, ApiKey.revoked.is_(None)).values(revoked=datetime.now(UTC)))


def _put_roles(session: Session, account: str, roles: Iterable[Role]) -> None:
    session.execute(delete(AccountRole).where(AccountRole.account == account))
    if rows := [{"account": account, "role": str(role)} for role in sorted(set(roles))]:
        session.execute(insert(AccountRole), rows)


def _put_teams(session: Session, account: str, teams: Iterable[str]) -> None:
    session.execute(delete(Membership).where(Membership.account == account))
    if rows := [{"account": account, "team": team} for team in sorted(set(teams))]:
        session.execute(insert(Membership), rows)


def _person(session: Session, row: Account) -> Person:
    return _seen(*session.execute(WITH_ALL.where(Account.id == row.id)).one())


def _seen(row: Account, roles: str | None, teams: str | None) -> Person:
    return Person(
        row.id,
        row.user_name,
        row.name,
        frozenset(map(Role, (roles or "").split())),
        frozenset((teams or "").split()),
        row.disabled,
        row.password is not None,
        row.issuer,
        row.created,
        row.last_signed_in,
    )


def _key(row: ApiKey) -> KeyView:
    scopes = frozenset(Scope(scope) for scope in row.scopes.split())
    return KeyView(row.id, row.account, row.name, row.secret, scopes, row.created, row.last_used, row.revoked)
