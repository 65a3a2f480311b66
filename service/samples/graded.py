"""What was graded in a sample, in the values that `qualitycheck inspect` counts: for results and for exports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from qualitycheck.inspecting.grades import Concern, Fault, Grade, Grades
from qualitycheck.sampling.manifest import Manifest
from qualitycheck.service.store.samples import Adjudication, ConcernView, GradingView, SampleView

BROUGHT = "brought-"  # begins what stands for a reader of the manifest who has no account


def grades_of(
    sample: SampleView,
    gradings: Iterable[GradingView],
    adjudications: Iterable[Adjudication],
    concerns: Iterable[ConcernView],
    people: Mapping[str, str] | None = None,
) -> Grades:
    """Every grade that was handed in, with its reason and its date, what settled differences, faults and concerns.

    A reader goes by their name in the manifest; `people` are names of other accounts: of who settled a difference or
    raised a concern and reads nothing. Reports that left the sample are not in it, nor are grades by somebody who no
    longer reads the report, nor what is still being graded. Passages are as the report has them, names and all.
    """
    readers = readers_of(sample.manifest) if sample.manifest else {}
    known = {**(people or {}), **{reader_key(sample, name): name for each in readers.values() for name in each}}
    counted = [
        one for one in gradings if one.given and known.get(one.reader) in readers.get(_id(sample, one.report), ())
    ]
    return Grades(
        (*_grades(sample, counted, known), *_adjudicated(sample, adjudications, readers, known)),
        tuple(_faults(sample, counted, known)),
        tuple(_concerns(sample, concerns, readers, known)),
    )


def readers_of(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    """Who reads what: names by the report's id, of the reports that are in the sample now."""
    return {one.id: one.readers for one in manifest.allotment.readings} if manifest.allotment else {}


def reader_key(sample: SampleView, name: str) -> str:
    """The account of a reader that the manifest names; of one who has none, what stands for them in the store."""
    for account, theirs in sample.readers.items():
        if theirs == name:
            return account
    return BROUGHT + hashlib.sha256(f"{sample.id}\n{name}".encode()).hexdigest()[:24]


def still_reads(sample: SampleView, gradings: Iterable[GradingView], account: str) -> bool:
    """Whether somebody has a report of the sample to grade yet: until then they see nothing of what the checker says,
    nor of what others gave."""
    name = sample.readers.get(account)
    if name is None or sample.manifest is None:
        return False
    own = {id for id, names in readers_of(sample.manifest).items() if name in names}
    return bool(own - {_id(sample, one.report) for one in gradings if one.reader == account and one.given})


def _id(sample: SampleView, report: str) -> str:
    return sample.ids.get(report, "")


def _grades(sample: SampleView, gradings: Iterable[GradingView], known: Mapping[str, str]) -> Iterator[Grade]:
    for grading in gradings:
        for criterion, given in grading.grades.items():
            yield Grade(
                report=_id(sample, grading.report),
                reader=known[grading.reader],
                date=_day(given.at),
                criterion=criterion,
                grade=given.grade,
                reason=given.reason,
            )


def _adjudicated(
    sample: SampleView, adjudications: Iterable[Adjudication], readers: Mapping[str, object], known: Mapping[str, str]
) -> Iterator[Grade]:
    newest = {(one.report, one.criterion): one for one in adjudications}
    for one in newest.values():
        if _id(sample, one.report) in readers:
            yield Grade(
                kind="adjudicated",
                report=_id(sample, one.report),
                reader=known.get(one.by, one.by),
                date=_day(one.at),
                criterion=one.criterion,
                grade=one.grade,
                reason=one.reason,
            )


def _faults(sample: SampleView, gradings: Iterable[GradingView], known: Mapping[str, str]) -> Iterator[Fault]:
    for grading in gradings:
        for fault in grading.faults:
            assert grading.given
            yield Fault(
                kind="fault",
                report=_id(sample, grading.report),
                reader=known[grading.reader],
                date=_day(grading.given),
                criterion=fault.criterion,
                passage=fault.passage.text if fault.passage else "",
                reason=fault.reason,
            )


def _concerns(
    sample: SampleView, concerns: Iterable[ConcernView], readers: Mapping[str, object], known: Mapping[str, str]
) -> Iterator[Concern]:
    for one in concerns:
        if _id(sample, one.report) in readers:
            yield Concern(
                kind="concern",
                report=_id(sample, one.report),
                reader=known.get(one.by, one.by),
                date=_day(one.raised),
                reason=one.reason,
                owner=one.owner,
                outcome=one.outcome,
                closed=_day(one.closed) if one.closed else None,
            )


def _day(when: datetime) -> date:
    """As the pages show it: in the time of this machine."""
    return when.astimezone().date()
