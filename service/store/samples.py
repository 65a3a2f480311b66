"""Inspectors' samples: what was drawn from what, its reports, who graded them how, and what is looked into at once.

A sample has a key of its own. Everything that could tell whose report it is, or what somebody thinks of it, is sealed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from qualitycheck.inspecting.masked import Hidden
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import Passage, ReportResult
from qualitycheck.sampling.manifest import LeftOut, Manifest, Report
from qualitycheck.service.access.who import Who
from qualitycheck.service.problems import Problem
from qualitycheck.service.store import tables
from qualitycheck.service.store.ciphers import Cipher, derived, mark, place
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.deleting import delete_with_key
from qualitycheck.service.store.keyring import KeyDestroyed, Keyring

GONE = "There is no such sample: it may have been deleted."
NO_REPORT = "There is no such report in the sample: go back to the list."
SETTLED = "This difference was settled: what counts stays as it is."
HANDED_IN = "These grades were handed in: they stay as they are."
CLOSED = "The sample was closed: its figures are known, and no more grades are taken."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What counts where two readers differ; settled once."""

    report: str  # the id of a SampleReport
    criterion: str
    grade: str
    reason: str
    by: str  # an account
    at: datetime
    own: bool = False  # whether they read the report themselves: nobody else could settle it


@dataclass(frozen=True, slots=True)
class Closed:
    """The lead looks at the figures before all grades were handed in; none are taken after it."""

    by: str  # an account
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A passage as the tool wrote it, without the names that it found (`inspecting.faults.Passage`).

    `shown` is what the report has, but for the names of its author and their managers where the sample hides them.
    """

    key: str
    shown: str
    text: str
    look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A passage that somebody decided not to print."""

    by: str  # an account
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A passage that somebody has read and found fit for print, without names."""

    text: str
    by: str  # an account
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is sealed of a sample itself. Until there is a manifest it is being made."""

    title: str
    scale: str = "2008"  # of the overall grade, as `inspecting.scales.scale_of` reads it
    criteria_scale: str = "met"
    words: str = "2008"  # the scale of words for proportions
    criteria: tuple[str, ...] = ()  # what is graded beside the whole
    smallest: int = 5  # counts below it are not shown for strata
    authors_shown: bool = False
    finite: bool = True  # intervals respect the size of the frame
    readers: Mapping[str, str] = field(default_factory=dict)  # account to name in the manifest
    source: str = ""  # where the frame comes from: list, folder, files or store
    folder: str = ""  # of the frame's files, where they lie in one
    listed: str = ""  # the list as it was uploaded
    columns: Mapping[str, str] = field(default_factory=dict)  # of the list, by field of a report
    ready: bool = False  # whether the frame is complete, so that a sample can be drawn
    frame: tuple[Report, ...] = ()  # all that could be drawn, with authors and managers where they are known
    left_out: tuple[LeftOut, ...] = ()
    manifest: Manifest | None = None
    adjudicated: tuple[Adjudication, ...] = ()
    closed: Closed | None = None
    prepared: Mapping[str, Prepared] = field(default_factory=dict)  # by the checksum of the fault, as it was then
    confirmed: Mapping[str, Confirmed] = field(default_factory=dict)  # by the key of the passage
    withheld: Mapping[str, Withheld] = field(default_factory=dict)  # likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleView(About):
    id: str
    lead: str  # an account
    created: datetime
    changed: datetime
    reports: Mapping[str, str] = field(default_factory=dict)  # id in the frame or manifest to id of its SampleReport

    @property
    def ids(self) -> Mapping[str, str]:
        """The other way round: id in the manifest by the id of the SampleReport."""
        return {report: id for id, report in self.reports.items()}

    @property
    def settled(self) -> Mapping[tuple[str, str], Adjudication]:
        """What counts, by report and criterion."""
        return {(one.report, one.criterion): one for one in self.adjudicated}


@dataclass(frozen=True, slots=True)
class Brought:
    """What is sealed of a report beside its file. Until it was checked there is no result."""

    report: str  # its id in the manifest
    name: str  # of the file: it may name people
    result: ReportResult | None = None
    sheet: Sheet | None = None  # None too where the file could not be read
    hidden: tuple[Hidden, ...] | None = None  # whose names are not shown; None: nobody has looked who wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView(Brought):
    id: str
    sample: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """A grade, and why."""

    grade: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault that a reader saw, and the words that show it; None: in the whole report."""

    id: str
    criterion: str
    passage: Passage | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What is sealed of a grading."""

    grades: Mapping[str, Given] = field(default_factory=dict)  # by criterion
    faults: tuple[FaultSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingView(Graded):
    id: str
    sample: str
    report: str  # the id of a SampleReport
    reader: str  # an account
    given: datetime | None  # when it was handed in


@dataclass(frozen=True, slots=True)
class Step:
    """What happened with a concern: who looks into it from now on, and what was done."""

    at: datetime
    by: str  # an account
    owner: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is sealed of a concern."""

    reason: str
    passage: Passage | None = None
    steps: tuple[Step, ...] = ()
    outcome: str = ""  # what came of it, once it is closed

    @property
    def owner(self) -> str:
        return self.steps[-1].owner if self.steps else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernView(Told):
    id: str
    sample: str
    report: str  # the id of a SampleReport
    by: str  # an account
    raised: datetime
    closed: datetime | None


Seen = tuple[dict[str, Any], ...]  # what the checker says of each report


_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


class Samples:
    def __init__(self, database: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._database = database
        self._keyring = keyring
        self._cipher = cipher

    def add(self, lead: str, title: str, **about: Any) -> str:
        """A sample that is being made; its id. `about` is what else `About` holds."""
        now, id = datetime.now(UTC), secrets.token_hex(16)
        with self._database.transaction() as session:
            self._database.otherwise(lambda: self._keyring.destroy(id))
            self._keyring.make(id)
            sealed = self._dump(id, About, About(title=title, **about), "sample", "sealed", id)
            seen = self._seal(id, _adapter(Seen).dump_json(()), "sample", "sealed_seen", id)
            session.add(tables.Sample(id=id, lead=lead, created=now, changed=now, sealed=sealed, sealed_seen=seen))
        return id

    def get(self, id: str) -> SampleView | None:
        """None too where its key is gone."""
        with self._database.reading() as session:
            row = session.get(tables.Sample, id)
            return next(iter(self._views(session, [row])), None) if row else None

    def of(self, who: Who) -> list[SampleView]:
        """Those somebody leads or reads in, the newest change first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(tables.Sample)
                .where(or_(tables.Sample.lead == who.account, _reads_in(who.account)))
                .order_by(tables.Sample.changed.desc(), tables.Sample.id)
            )
            return self._views(session, rows)

    def led_by(self, id: str, who: Who) -> bool:
        with self._database.reading() as session:
            return session.scalar(select(tables.Sample.lead).where(tables.Sample.id == id)) == who.account

    def seen_by(self, id: str, who: Who) -> bool:
        """Whether somebody leads it or reads in it."""
        query = select(tables.Sample.id).where(
            tables.Sample.id == id, or_(tables.Sample.lead == who.account, _reads_in(who.account))
        )
        with self._database.reading() as session:
            return session.scalar(query) is not None

    def change(self, id: str, change: Callable[[SampleView], SampleView]) -> None:
        """What is sealed of it; who reads in it follows. Raises Problem 404."""
        with self._database.transaction() as session:
            row = _touched(session, id)
            view = next(iter(self._views(session, [row])), None)
            if view is None:
                raise Problem(404, GONE)
            self._put(session, row, change(view))

    def set_readers(self, id: str, readers: Mapping[str, str]) -> None:
        """Accounts, and their names in the manifest. Raises Problem 404."""
        self.change(id, lambda view: replace(view, readers=dict(readers)))

    def delete(self, id: str) -> None:
        """With everything in it, and its key; raises as `delete_with_key` does."""
        delete_with_key(self._database, self._keyring, id)

    def ids(self) -> list[str]:
        with self._database.reading() as session:
            return list(session.scalars(select(tables.Sample.id).order_by(tables.Sample.id)))

    # What the checker says of every report of the frame

    def keep_seen(self, id: str, results: Sequence[Mapping[str, Any]]) -> None:
        """In the form of `qualitycheck check --format json`, cut short (`inspecting.checked`). Raises Problem 404."""
        with self._database.transaction() as session:
            row = _touched(session, id)
            data = _adapter(Seen).dump_json(tuple(dict(result) for result in results))
            row.sealed_seen = self._seal(id, data, "sample", "sealed_seen", id)

    def seen(self, id: str) -> Seen:
        """What `keep_seen` kept. Raises Problem 404."""
        with self._database.reading() as session:
            row = session.get(tables.Sample, id)
            if row is None:
                raise Problem(404, GONE)
            found: Seen = _adapter(Seen).validate_json(self._open(id, row.sealed_seen, "sample", "sealed_seen", id))
            return found

    # Its reports

    def put_report(
        self,
        sample: str,
        report: str,
        name: str,
        data: bytes,
        result: ReportResult | None = None,
        sheet: Sheet | None = None,
    ) -> str:
        """Keep a report of the frame; another of the same id in the manifest takes its place. Raises Problem 404."""
        with self._database.transaction() as session:
            _touched(session, sample)
            id = self._id(sample, report)
            sealed = self._dump(sample, Brought, Brought(report, name, result, sheet), "sample_report", "sealed", id)
            file = self._seal(sample, data, "sample_report", "sealed_file", id)
            row = session.get(tables.SampleReport, id)
            if row is None:
                session.add(
                    tables.SampleReport(
                        id=id, sample=sample, checked=result is not None, sealed=sealed, sealed_file=file
                    )
                )
            else:
                row.checked, row.sealed, row.sealed_file = result is not None, sealed, file
            session.flush()
        return id

    def drop_reports(self, sample: str, reports: Iterable[str]) -> None:
        """Forget the files of reports, by the ids of their SampleReports, with what was graded of them."""
        with self._database.transaction() as session:
            _touched(session, sample)
            session.execute(
                delete(tables.SampleReport).where(
                    tables.SampleReport.sample == sample, tables.SampleReport.id.in_(list(reports))
                )
            )

    def report(self, id: str) -> ReportView | None:
        """None too where its key is gone."""
        with self._database.reading() as session:
            row = session.get(tables.SampleReport, id)
            if row is None or not self._keyring.has(row.sample):
                return None
            kept = self._load(row.sample, Brought, row.sealed, "sample_report", "sealed", id)
            data = self._open(row.sample, row.sealed_file, "sample_report", "sealed_file", id)
            return ReportView(**_as(Brought, kept), id=id, sample=row.sample, data=data)

    def keep_hidden(self, id: str, hidden: tuple[Hidden, ...]) -> None:
        """Whose names are not shown with a report. Raises Problem 404."""
        with self._database.transaction() as session:
            row = session.scalars(
                select(tables.SampleReport).where(tables.SampleReport.id == id).with_for_update()
            ).first()
            if row is None:
                raise Problem(404, NO_REPORT)
            kept = self._load(row.sample, Brought, row.sealed, "sample_report", "sealed", id)
            kept = replace(kept, hidden=hidden)
            row.sealed = self._dump(row.sample, Brought, kept, "sample_report", "sealed", id)

    def file_of(self, sample: str, report: str) -> tuple[str, bytes] | None:
        """Name and bytes of what was brought for a report, by its id in the frame; raises KeyDestroyed."""
        found = self.report(self._id(sample, report))
        return (found.name, found.data) if found else None

    def id_of(self, sample: str, report: str) -> str:
        """The id of the SampleReport that a report of the frame has, or would have; raises KeyDestroyed."""
        return self._id(sample, report)

    def ids_of(self, sample: str, reports: Iterable[str]) -> dict[str, str]:
        """The same of many reports, with the key read once."""
        key = derived(self._keyring.key(sample), "reports")
        return {report: mark(key, report) for report in reports}

    def sample_of(self, report: str) -> str | None:
        """The sample that a SampleReport belongs to."""
        with self._database.reading() as session:
            return session.scalar(select(tables.SampleReport.sample).where(tables.SampleReport.id == report))

    def brought(self, sample: str) -> dict[str, bool]:
        """Every SampleReport by its id, and whether it was checked."""
        with self._database.reading() as session:
            rows = session.execute(
                select(tables.SampleReport.id, tables.SampleReport.checked)
                .where(tables.SampleReport.sample == sample)
                .order_by(tables.SampleReport.id)
            )
            return {row.id: row.checked for row in rows}

    def report_names(self, sample: str) -> dict[str, str]:
        """Names of files by the ids of their SampleReports; all of them are opened for it."""
        with self._database.reading() as session:
            rows = session.execute(
                select(tables.SampleReport.id, tables.SampleReport.sealed).where(tables.SampleReport.sample == sample)
            )
            return {id: self._load(sample, Brought, sealed, "sample_report", "sealed", id).name for id, sealed in rows}

    # Grades

    def grading(self, report: str, reader: str) -> GradingView | None:
        """What a reader says of a report so far; None where they have not begun."""
        with self._database.reading() as session:
            row = session.scalars(_grading(report, reader)).first()
            return self._grading_view(row) if row and self._keyring.has(row.sample) else None

    def gradings(self, sample: str) -> list[GradingView]:
        with self._database.reading() as session:
            rows = session.scalars(
                select(tables.Grading)
                .where(tables.Grading.sample == sample)
                .order_by(tables.Grading.report, tables.Grading.reader)
            )
            return [self._grading_view(row) for row in rows]

    def handed_in(self, sample: str) -> dict[str, set[str]]:
        """Which reports each reader has handed in; none of the grades is opened for it."""
        with self._database.reading() as session:
            rows = session.execute(
                select(tables.Grading.reader, tables.Grading.report).where(
                    tables.Grading.sample == sample, tables.Grading.given.is_not(None)
                )
            )
            found: dict[str, set[str]] = {}
            for row in rows:
                found.setdefault(row.reader, set()).add(row.report)
            return found

    def grade(self, report: str, reader: str, change: Callable[[Graded], Graded]) -> None:
        """Change what a reader says of a report.

        Raises:
            Problem: 404 if there is no such report, 409 once it was handed in or the sample closed.
        """
        with self._database.transaction() as session:
            row = self._own(session, report, reader)
            graded = change(self._load(row.sample, Graded, row.sealed, "grading", "sealed", row.id))
            row.sealed = self._dump(row.sample, Graded, graded, "grading", "sealed", row.id)

    def hand_in(self, report: str, reader: str) -> None:
        """From now on it stays as it is; raises as `grade` does."""
        with self._database.transaction() as session:
            self._own(session, report, reader).given = datetime.now(UTC)

    def adjudicate(
        self, sample: str, report: str, criterion: str, grade: str, reason: str, by: str, *, own: bool = False
    ) -> None:
        """What counts where two readers differ. Raises Problem 404, 409 where it was settled already."""
        made = Adjudication(report, criterion, grade, reason, by, datetime.now(UTC), own)

        def settled(view: SampleView) -> SampleView:
            if (report, criterion) in view.settled:
                raise Problem(409, SETTLED)
            return replace(view, adjudicated=(*view.adjudicated, made))

        self.change(sample, settled)

    # Concerns

    def raise_concern(
        self, report: str, by: str, reason: str, owner: str, passage: Passage | None = None, done: str = ""
    ) -> str:
        """Mark a report for review at once; the concern's id. Raises Problem 404."""
        with self._database.transaction() as session:
            sample = self._sample_of(session, report)
            now, id = datetime.now(UTC), secrets.token_hex(16)
            told = Told(reason=reason, passage=passage, steps=(Step(now, by, owner, done),))
            sealed = self._dump(sample, Told, told, "concern", "sealed", id)
            session.add(
                tables.Concern(id=id, sample=sample, report=report, by=by, raised=now, closed=None, sealed=sealed)
            )
        return id

    def concern(self, id: str) -> ConcernView | None:
        with self._database.reading() as session:
            row = session.get(tables.Concern, id)
            return self._concern_view(row) if row and self._keyring.has(row.sample) else None

    def concerns(self, sample: str) -> list[ConcernView]:
        """Those that are open first, then the newest."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(tables.Concern)
                .where(tables.Concern.sample == sample)
                .order_by(tables.Concern.closed.is_not(None), tables.Concern.raised.desc(), tables.Concern.id)
            )
            return [self._concern_view(row) for row in rows]

    def open_concerns(self, who: Who) -> dict[str, int]:
        """How many are open, by sample: all to its lead, to others those that they raised."""
        query = (
            select(tables.Concern.sample, func.count())
            .join(tables.Sample, tables.Sample.id == tables.Concern.sample)
            .where(tables.Concern.closed.is_(None))
            .where(or_(tables.Sample.lead == who.account, tables.Concern.by == who.account))
            .group_by(tables.Concern.sample)
        )
        with self._database.reading() as session:
            return {row.sample: row[1] for row in session.execute(query)}

    def follow(self, id: str, by: str, owner: str, done: str) -> None:
        """The next step of a concern. Raises Problem 404, 409 once it is closed."""
        self._step(id, by, owner, done)

    def close(self, id: str, by: str, outcome: str) -> None:
        """What came of a concern. Raises Problem 404, 409 once it is closed."""
        self._step(id, by, None, outcome, closes=True)

    def _step(self, id: str, by: str, owner: str | None, done: str, *, closes: bool = False) -> None:
        with self._database.transaction() as session:
            row = session.scalars(select(tables.Concern).where(tables.Concern.id == id).with_for_update()).first()
            if row is None:
                raise Problem(404, "There is no such concern: its sample may have been deleted.")
            if row.closed is not None:
                raise Problem(409, "This concern was closed: raise another.")
            _touched(session, row.sample)
            now = datetime.now(UTC)
            told = self._load(row.sample, Told, row.sealed, "concern", "sealed", id)
            told = replace(told, steps=(*told.steps, Step(now, by, owner or told.owner, done)))
            if closes:
                told, row.closed = replace(told, outcome=done), now
            row.sealed = self._dump(row.sample, Told, told, "concern", "sealed", id)

    # Rows and what is sealed in them

    def _views(self, session: Session, rows: Iterable[tables.Sample]) -> list[SampleView]:
        views = []
        for row in rows:
            try:
                about = self._load(row.id, About, row.sealed, "sample", "sealed", row.id)
            except KeyDestroyed:
                continue
            views.append(
                SampleView(
                    **_as(About, about),
                    id=row.id,
                    lead=row.lead,
                    created=row.created,
                    changed=row.changed,
                    reports=self._reports(session, row.id, about),
                )
            )
        return views

    def _reports(self, session: Session, sample: str, about: About) -> dict[str, str]:
        there = set(
            session.scalars(
                select(tables.SampleReport.id).where(
                    tables.SampleReport.sample == sample, tables.SampleReport.checked.is_(True)
                )
            )
        )
        if not there:
            return {}
        named = about.manifest.by_id if about.manifest else {one.id for one in about.frame}
        return {id: report for id, report in self.ids_of(sample, named).items() if report in there}

    def _put(self, session: Session, row: tables.Sample, view: SampleView) -> None:
        about = About(**_as(About, view))
        row.sealed = self._dump(row.id, About, about, "sample", "sealed", row.id)
        known = set(session.scalars(select(tables.SampleReader.account).where(tables.SampleReader.sample == row.id)))
        gone, new = known - set(view.readers), set(view.readers) - known
        session.execute(
            delete(tables.SampleReader).where(
                tables.SampleReader.sample == row.id, tables.SampleReader.account.in_(list(gone))
            )
        )
        session.add_all(tables.SampleReader(sample=row.id, account=account) for account in sorted(new))
        session.flush()

    def _id(self, sample: str, report: str) -> str:
        """One row for one report of the manifest, whose id may be a name: nothing outside the sample tells which."""
        return mark(derived(self._keyring.key(sample), "reports"), report)

    def _sample_of(self, session: Session, report: str) -> str:
        """Changed now. Raises Problem 404."""
        sample = session.scalar(select(tables.SampleReport.sample).where(tables.SampleReport.id == report))
        if sample is None:
            raise Problem(404, NO_REPORT)
        _touched(session, sample)
        return sample

    def _own(self, session: Session, report: str, reader: str) -> tables.Grading:
        sample = self._sample_of(session, report)
        of = session.get_one(tables.Sample, sample)
        if self._load(sample, About, of.sealed, "sample", "sealed", sample).closed:
            raise Problem(409, CLOSED)
        row = session.scalars(_grading(report, reader)).first()
        if row is None:
            id = secrets.token_hex(16)
            sealed = self._dump(sample, Graded, Graded(), "grading", "sealed", id)
            row = tables.Grading(id=id, sample=sample, report=report, reader=reader, given=None, sealed=sealed)
            session.add(row)
        elif row.given is not None:
            raise Problem(409, HANDED_IN)
        return row

    def _grading_view(self, row: tables.Grading) -> GradingView:
        graded = self._load(row.sample, Graded, row.sealed, "grading", "sealed", row.id)
        return GradingView(
            **_as(Graded, graded), id=row.id, sample=row.sample, report=row.report, reader=row.reader, given=row.given
        )

    def _concern_view(self, row: tables.Concern) -> ConcernView:
        told = self._load(row.sample, Told, row.sealed, "concern", "sealed", row.id)
        return ConcernView(
            **_as(Told, told),
            id=row.id,
            sample=row.sample,
            report=row.report,
            by=row.by,
            raised=row.raised,
            closed=row.closed,
        )

    def _dump(self, sample: str, kind: type[T], value: T, table: str, column: str, id: str) -> bytes:
        return self._seal(sample, _adapter(kind).dump_json(value), table, column, id)

    def _load(self, sample: str, kind: type[T], sealed: bytes, table: str, column: str, id: str) -> T:
        value: T = _adapter(kind).validate_json(self._open(sample, sealed, table, column, id))
        return value

    def _seal(self, sample: str, data: bytes, table: str, column: str, id: str) -> bytes:
        return self._cipher.seal(self._keyring.key(sample), data, place(table, column, id))

    def _open(self, sample: str, sealed: bytes, table: str, column: str, id: str) -> bytes:
        return self._cipher.unseal(self._keyring.key(sample), sealed, place(table, column, id))


def _as(kind: type, value: object) -> dict[str, Any]:
    """What a value holds of the fields of its base."""
    return {one.name: getattr(value, one.name) for one in fields(kind)}


def _reads_in(account: str) -> Any:
    return exists().where(tables.SampleReader.sample == tables.Sample.id, tables.SampleReader.account == account)


def _grading(report: str, reader: str) -> Any:
    return select(tables.Grading).where(tables.Grading.report == report, tables.Grading.reader == reader)


def _touched(session: Session, id: str) -> tables.Sample:
    """The sample, changed now, and nobody else's to change until this transaction ends. Raises Problem 404."""
    row = session.scalars(select(tables.Sample).where(tables.Sample.id == id).with_for_update()).first()
    if row is None:
        raise Problem(404, GONE)
    row.changed = datetime.now(UTC)
    return row
