"""What the checker says of a report, without its author's name, for whoever has handed in their grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.inspecting.masked import Mask
from qualitycheck.result import LACKING, Level, Passage, Status
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.samples.grading import Asked
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
class Beside:
    """A line of the checklist: what the reader gave it, and what the checker says of the same."""

    title: str
    given: str
    judged: Judged | None
    flagged: tuple[Flagged, ...]
    unexamined: bool  # the checker has no view of it


@dataclass(frozen=True, slots=True)
class Said:
    """`beside` is of what the reader graded; the others are of everything else."""

    beside: tuple[Beside, ...]
    lacking: tuple[Judged, ...]
    others: tuple[Judged, ...]
    flagged: tuple[Flagged, ...]


def said_by_checker(report: ReportView, mask: Mask, criteria: Mapping[str, Criterion], graded: Iterable[Asked]) -> Said:
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
    lines = {one.id: one for one in graded if one.id != OVERALL}
    by_id = {one.id: one for one in judged}
    beside = tuple(
        Beside(
            line.title,
            line.grades.get(line.grade, ""),
            by_id.get(id),
            tuple(one for one in flagged if one.id == id),
            id not in by_id and (id not in criteria or criteria[id].kind == "element"),
        )
        for id, line in lines.items()
    )
    rest = [one for one in judged if one.id not in lines]
    return Said(
        beside,
        tuple(one for one in rest if one.status in LACKING),
        tuple(one for one in rest if one.status not in LACKING),
        tuple(one for one in flagged if one.id not in lines),
    )
