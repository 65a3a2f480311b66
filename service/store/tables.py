"""The tables. What could name a family is in columns called `sealed`: bytes that only the case's own key opens.

What stays readable is what the store itself must ask by: ids drawn at random, who, when, which type of report.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
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
    """A report given to somebody else to read before it is filed: a manager, or a peer."""

    __tablename__ = "reading"
    id: Mapped[str] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(index=True)  # an account, or empty where the author has none here
    reader: Mapped[str | None] = mapped_column(index=True)  # None: any manager of the team
    team: Mapped[str | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]  # manager or peer
    asked_by: Mapped[str]
    asked: Mapped[datetime]
    filing: Mapped[date]
    signed_off: Mapped[datetime | None]
    withdrawn: Mapped[datetime | None]
    filed: Mapped[date | None]
    sealed: Mapped[bytes]  # the author's name where they have no account; who handed it to whom, and why


class ReadingRound(Table):
    """One draft of it, sent to the reader and given back."""

    __tablename__ = "reading_round"
    id: Mapped[str] = mapped_column(primary_key=True)
    reading: Mapped[str] = mapped_column(ForeignKey("reading.id", ondelete="CASCADE"))
    number: Mapped[int]  # from 1
    draft: Mapped[str] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    sent: Mapped[datetime]
    returned: Mapped[datetime | None]
    revealed: Mapped[bool]  # whether the reader may see what the checker says
    sealed: Mapped[bytes]  # what the reader judged and wrote
    sealed_answers: Mapped[bytes]  # the author's
    sealed_own: Mapped[bytes]  # for the reader's eyes only: time spent, passages opened
    __table_args__ = (UniqueConstraint("reading", "number"),)


class Tally(Table):
    """What the figures count of a reading: times, criteria and outcomes, no names and no words.

    It stays when the case is deleted: figures over months must not need the reports.
    """

    __tablename__ = "tally"
    id: Mapped[str] = mapped_column(primary_key=True)  # the reading's
    team: Mapped[str | None] = mapped_column(index=True)  # an id; the team may be gone
    changed: Mapped[datetime] = mapped_column(index=True)
    counts: Mapped[str] = mapped_column(Text)  # JSON: `qualitycheck.precourt.figures.Record`


class Sample(Table):
    """An inspector's sample. It has a key of its own, which is destroyed with it, as a case has."""

    __tablename__ = "sample"
    id: Mapped[str] = mapped_column(primary_key=True)
    lead: Mapped[str] = mapped_column(index=True)  # an account
    created: Mapped[datetime]
    changed: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes]  # title, settings, frame and manifest; what was confirmed for print
    sealed_seen: Mapped[bytes]  # what the checker says of every report of the frame


class SampleReader(Table):
    __tablename__ = "sample_reader"
    sample: Mapped[str] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True, index=True)


class SampleReport(Table):
    """A report of a sample, as far as it was brought: its file, what the checker found, and the text to read."""

    __tablename__ = "sample_report"
    id: Mapped[str] = mapped_column(primary_key=True)  # a mark of its id in the manifest, which may be a name
    sample: Mapped[str] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), index=True)
    checked: Mapped[bool]
    sealed: Mapped[bytes]  # its id in the manifest, result, and the text as the page shows it
    sealed_file: Mapped[bytes]


class Grading(Table):
    """One reader's grades of one report, and the faults that they saw."""

    __tablename__ = "grading"
    id: Mapped[str] = mapped_column(primary_key=True)
    sample: Mapped[str] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), index=True)
    report: Mapped[str] = mapped_column(ForeignKey("sample_report.id", ondelete="CASCADE"))
    reader: Mapped[str] = mapped_column(index=True)  # an account
    given: Mapped[datetime | None]  # when it was handed in; it stays as it is from then on
    sealed: Mapped[bytes]
    __table_args__ = (UniqueConstraint("report", "reader"),)


class Concern(Table):
    """Something serious that an inspector marked for review at once; followed until it is closed."""

    __tablename__ = "concern"
    id: Mapped[str] = mapped_column(primary_key=True)
    sample: Mapped[str] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), index=True)
    report: Mapped[str] = mapped_column(ForeignKey("sample_report.id", ondelete="CASCADE"))
    by: Mapped[str]  # an account
    raised: Mapped[datetime]
    closed: Mapped[datetime | None]
    sealed: Mapped[bytes]  # what it is, who looks into it, what was done, what came of it


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
