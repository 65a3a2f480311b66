"""The tables. What could name a family is in columns called `sealed`: bytes that only the case's own key opens.

What stays readable is what the store itself must ask by: ids drawn at random, who, when, which type of report.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKey, LargeBinary, MetaData, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time with its zone, in UTC; SQLite keeps none, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC) if value else None


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment(), bytes: LargeBinary, str: String(200)}


# People


class Account(Table):
    """Somebody who signs in: with a password of this service's own, or through an OpenID Connect provider."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(unique=True)  # folded to lower case
    name: Mapped[str]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    password: Mapped[str | None]  # argon2
    invitation: Mapped[str | None]  # hash of the one-time token with which a password is set
    invited_until: Mapped[datetime | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime]
    last_signed_in: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class AccountRole(Table):
    __tablename__ = "account_role"
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Team(Table):
    __tablename__ = "team"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Membership(Table):
    __tablename__ = "membership"
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    team: Mapped[str] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)


class SessionRow(Table):
    """A person signed in; the cookie's token is kept only as its hash."""

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(primary_key=True)  # public: what held checks are bound to
    token: Mapped[str] = mapped_column(unique=True)  # SHA-256
    form_token: Mapped[str]
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    seen: Mapped[datetime]


class ApiKey(Table):
    """A key for a program; shown once and kept only as its hash."""

    __tablename__ = "api_key"
    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    secret: Mapped[str]  # SHA-256
    scopes: Mapped[str]  # separated by spaces
    created: Mapped[datetime]
    last_used: Mapped[datetime | None]
    revoked: Mapped[datetime | None]


# Cases and what belongs to them


class Case(Table):
    """One family's proceedings: its drafts, decisions and readings go with it, and so does its key."""

    __tablename__ = "case"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)  # an account, or `owner` on one's own machine
    team: Mapped[str | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)
    created: Mapped[datetime]
    changed: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes]  # its title


class Draft(Table):
    """One draft of a report as it was checked."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]  # from 1, within the case
    author: Mapped[str] = mapped_column(index=True)  # an account
    type: Mapped[str]
    created: Mapped[datetime]
    sealed: Mapped[bytes]  # name, result and the report as the page shows it
    sealed_file: Mapped[bytes]
    __table_args__ = (UniqueConstraint("case", "number"),)


class Decision(Table):
    """A finding set aside, with its reason; it holds for every later draft of the case."""

    __tablename__ = "decision"
    id: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    by: Mapped[str]
    created: Mapped[datetime]
    sealed: Mapped[bytes]  # fingerprint and reason


class Reading(Table):
    """A draft given to somebody else to read: a manager, or a peer."""

    __tablename__ = "reading"
    id: Mapped[str] = mapped_column(primary_key=True)
    draft: Mapped[str] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    reader: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]  # manager or peer
    asked_by: Mapped[str]
    asked: Mapped[datetime]
    closed: Mapped[datetime | None]
    sealed: Mapped[bytes]  # what the reader judged and wrote


class Sample(Table):
    """Reports given to an inspector."""

    __tablename__ = "sample"
    id: Mapped[str] = mapped_column(primary_key=True)
    inspector: Mapped[str] = mapped_column(index=True)
    given_by: Mapped[str]
    created: Mapped[datetime]


class SampleDraft(Table):
    __tablename__ = "sample_draft"
    sample: Mapped[str] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True)
    draft: Mapped[str] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True, index=True)


# For whoever looks after the rules


class FalseAlarm(Table):
    """Somebody said that a finding was wrong. Words of the report are in it only where the user added them."""

    __tablename__ = "false_alarm"
    id: Mapped[str] = mapped_column(primary_key=True)
    criterion: Mapped[str]
    rule: Mapped[str]
    confidence: Mapped[float]
    tool: Mapped[str]  # versions of program, rules and models
    case: Mapped[str | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    sealed: Mapped[bytes | None]  # the reason, and the passage if it was added


# The audit log


class Audit(Table):
    """Who did what to which thing when; each entry vouches for the one before it."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]  # ISO, as it is hashed
    who: Mapped[str]
    action: Mapped[str]
    thing: Mapped[str]  # "case 3f2a…", never a name or a word of a report
    request: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
