"""Grades brought in a file, of readers that the manifest names and who have no account here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from qualitycheck.inspecting.grades import OVERALL, BadGrades, Grades, parse
from qualitycheck.inspecting.masked import Mask
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.samples.graded import reader_key, readers_of
from qualitycheck.service.samples.grading import checklist
from qualitycheck.service.samples.placing import NotFound, found
from qualitycheck.service.store.samples import FaultSeen, Given, Graded, GradingView, SampleView

ELSEWHERE = "Settle differences and mark concerns on their pages: bring grades and faults only."


@dataclass(frozen=True, slots=True)
class Brought:
    """What one reader gave one report."""

    report: str  # the id of a SampleReport
    reader: str  # as the store knows them
    graded: Graded

    def instead_of(self, _: Graded) -> Graded:
        """What is kept: all of it, whatever was there."""
        return self.graded


def brought(
    data: bytes,
    sample: SampleView,
    gradings: list[GradingView],
    sheets: Mapping[str, Sheet],
    criteria: Mapping[str, Criterion],
) -> list[Brought]:
    """Every grading in the file, each whole; `sheets` are the reports' texts, by the ids of their SampleReports.

    Raises:
        BadGrades: if the file does not fit the sample; the message is a sentence, and nothing is to be kept of it.
    """
    read = parse(data)
    if read.concerns or any(grade.kind == "adjudicated" for grade in read.grades):
        raise BadGrades(ELSEWHERE)
    taken = {(one.report, one.reader) for one in gradings}
    made = [_one(read, report, reader, sample, sheets, criteria) for report, reader in _pairs(read)]
    for one in made:
        if (one.report, one.reader) in taken:
            raise BadGrades(
                f"{sample.ids[one.report][:60]!r} was graded by that reader already: grades stay as they are"
            )
    return made


def _pairs(read: Grades) -> list[tuple[str, str]]:
    """Report and reader, each once."""
    return list(dict.fromkeys((row.report, row.reader) for row in (*read.grades, *read.faults)))


def _one(
    read: Grades,
    report: str,
    reader: str,
    sample: SampleView,
    sheets: Mapping[str, Sheet],
    criteria: Mapping[str, Criterion],
) -> Brought:
    where = f"{report[:60]!r}"
    readers = readers_of(sample.manifest) if sample.manifest else {}
    if report not in readers:
        raise BadGrades(f"{where} is not in the sample: give the id that the manifest gives it")
    if reader not in readers[report]:
        raise BadGrades(f"{where} is not allotted to {reader[:60]!r}: give the reader's name as the manifest has it")
    if reader in sample.readers.values() and sample.readers.get(sample.lead) != reader:
        raise BadGrades(f"{reader[:60]!r} has an account here, and grades on the pages")
    id = sample.reports.get(report)
    if id is None or id not in sheets:
        raise BadGrades(f"{where} has no file here that can be read: bring the report before its grades")
    asked = {one.id: one for one in checklist(sample, report, criteria, None)}
    grades: dict[str, Given] = {}
    for row in read.grades:
        if (row.report, row.reader) != (report, reader):
            continue
        if row.criterion not in asked:
            raise BadGrades(f"{where}: {row.criterion[:60]!r} is not on the checklist of this report")
        if row.criterion in grades:
            raise BadGrades(f"{where}: {row.criterion[:60]!r} is graded twice by one reader")
        if row.grade not in asked[row.criterion].grades:
            raise BadGrades(f"{where}, {row.criterion}: a grade is one of {', '.join(asked[row.criterion].grades)}")
        if not row.reason.strip():
            raise BadGrades(f"{where}, {row.criterion}: say why in the column `reason`")
        grades[row.criterion] = Given(row.grade, row.reason.strip(), datetime.combine(row.date, time(12), UTC))
    for criterion in asked:
        if criterion not in grades:
            told = "overall" if criterion == OVERALL else repr(criterion)
            raise BadGrades(f"{where}: {told} is not graded: bring whole checklists only")
    faults = tuple(_faults(read, report, reader, sheets[id], {*asked, *criteria}, where))
    return Brought(id, reader_key(sample, reader), Graded(grades=grades, faults=faults))


def _faults(read: Grades, report: str, reader: str, sheet: Sheet, known: set[str], where: str) -> Iterator[FaultSeen]:
    for number, row in enumerate(read.faults):
        if (row.report, row.reader) != (report, reader):
            continue
        if row.criterion not in known:
            raise BadGrades(f"{where}: {row.criterion[:60]!r} is no criterion of the catalogue or the checklist")
        try:
            passage = found(row.passage, sheet, Mask(()))
        except NotFound as wrong:
            raise BadGrades(f"{where}, a fault against {row.criterion}: {wrong}") from None
        yield FaultSeen(f"brought{number}", row.criterion, passage, row.reason.strip())
