"""What the checker says of a report, without its author's name, for whoever has handed in their grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualitycheck.inspecting.masked import Mask
from qualitycheck.result import LACKING, Level, Passage, Status
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.store.samples import ReportView


@dataclass(frozen=True, slots=True)
class Quoted:
    paragraph: int
    label: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An element of the catalogue."""

    id: str
    title: str
    status: Status
    needs_reading: bool
    reason: str
    passages: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A fault at one place."""

    id: str
    title: str
    level: Level
    message: str
    passage: Quoted


@dataclass(frozen=True, slots=True)
class Said:
    lacking: tuple[Judged, ...]
    others: tuple[Judged, ...]
    flagged: tuple[Flagged, ...]


def said_by_checker(report: ReportView, mask: Mask, criteria: Mapping[str, Criterion]) -> Said:
    """Of a report that was checked."""
    assert report.result is not None

    def quoted(passage: Passage) -> Quoted:
        return Quoted(passage.paragraph, passage.label, mask.of(passage.text).text)

    judged = [
        Judged(
            one.id,
            criteria[one.id].title if one.id in criteria else one.id,
            one.status,
            one.needs_reading,
            mask.of(one.reason).text,
            tuple(map(quoted, one.passages)),
        )
        for one in report.result.elements
    ]
    flagged = tuple(
        Flagged(
            one.id,
            criteria[one.id].title if one.id in criteria else one.id,
            one.level,
            mask.of(one.message).text,
            quoted(one.passage),
        )
        for one in report.result.findings
    )
    lacking = tuple(one for one in judged if one.status in LACKING)
    return Said(lacking, tuple(one for one in judged if one.status not in LACKING), flagged)
