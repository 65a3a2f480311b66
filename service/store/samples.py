"""Drafts given to an inspector: what they may see, and nothing beside it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, insert, select

from qualitycheck.service.problems import Problem
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.tables import Draft, Sample, SampleDraft


@dataclass(frozen=True, slots=True)
class SampleView:
    id: str
    inspector: str  # an account, as is given_by
    given_by: str
    created: datetime
    drafts: tuple[str, ...]  # ids; those of deleted cases are gone from it


class Samples:
    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, inspector: str, drafts: Iterable[str], given_by: str) -> str:
        """The sample's id. Raises Problem 404 if one of the drafts is not there."""
        id = secrets.token_urlsafe(16)
        wanted = sorted(set(drafts))
        with self._database.transaction() as session:
            there = session.scalar(select(func.count()).select_from(Draft).where(Draft.id.in_(wanted)))
            if there != len(wanted):
                raise Problem(404, "A draft of the sample is not there: it may have been deleted.")
            session.add(Sample(id=id, inspector=inspector, given_by=given_by, created=datetime.now(UTC)))
            session.flush()
            if wanted:
                session.execute(insert(SampleDraft), [{"sample": id, "draft": draft} for draft in wanted])
        return id

    def of_inspector(self, inspector: str) -> list[SampleView]:
        """The newest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(Sample).where(Sample.inspector == inspector).order_by(Sample.created.desc(), Sample.id)
            ).all()
            pairs = session.execute(
                select(SampleDraft.sample, SampleDraft.draft)
                .join(Sample, Sample.id == SampleDraft.sample)
                .where(Sample.inspector == inspector)
                .order_by(SampleDraft.draft)
            ).all()
        drafts: dict[str, list[str]] = {}
        for sample, draft in pairs:
            drafts.setdefault(sample, []).append(draft)
        return [
            SampleView(row.id, row.inspector, row.given_by, row.created, tuple(drafts.get(row.id, ()))) for row in rows
        ]
