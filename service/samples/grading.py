"""Grading one report: what is asked, what was said so far, what lacks, and how far a reader is with all of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.inspecting.scales import Scale, scale_of
from qualitycheck.inspecting.tables import FAULT
from qualitycheck.precourt.words import OF_A_FAULT
from qualitycheck.result import Status
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.sampling.allotting import reading_list
from qualitycheck.sampling.manifest import Report
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.samples import Given, Graded, GradingView, SampleView
from qualitycheck.service.uploads import Form

MOST_LETTERS = 10_000
OVERALL_TITLE = "The report as a whole"
TYPES = ("section7", "section31")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the checklist, and what the reader says of it so far."""

    id: str
    title: str
    guide: tuple[tuple[str, str], ...]  # when it is met, and when not
    grades: Mapping[str, str]  # best first, and how each is shown
    hint: str
    grade: str
    reason: str

    @property
    def lacks(self) -> str | None:
        """What is still to be done, as a sentence."""
        if not self.grade:
            return f"{self.title}: choose a grade."
        return None if self.reason.strip() else f"{self.title}: say why."


def checklist(
    sample: SampleView, report: str, criteria: Mapping[str, Criterion], graded: Graded | None
) -> tuple[Asked, ...]:
    """What is graded of a report of the manifest: the sample's criteria that are meant for its type, then the whole."""
    given = graded.grades if graded else {}
    type = _type(sample, report)
    wanted = [id for id in sample.criteria if id not in criteria or type is None or type in criteria[id].report_types]
    overall = replace(scale_of(sample.scale), applies=True)  # a report as a whole is always graded
    asked = [_asked(id, criteria.get(id), scale_of(sample.criteria_scale), given.get(id)) for id in wanted]
    return (*asked, _asked(OVERALL, None, overall, given.get(OVERALL)))


def _type(sample: SampleView, report: str) -> str | None:
    """As the manifest says, not as the checker does."""
    known = sample.manifest.by_id.get(report) if sample.manifest else None
    return known.type if known and known.type in TYPES else None


def _asked(id: str, criterion: Criterion | None, scale: Scale, given: Given | None) -> Asked:
    guide: list[tuple[str, str]] = []
    fault = criterion is not None and criterion.kind == "finding"
    if criterion:
        guide = [
            ("Met when", criterion.met_when),
            ("Partial when", criterion.partial_when),
            ("Missing when", criterion.missing_when),
            ("What is wrong", criterion.wrong_when),
            ("What is not a fault", criterion.not_a_fault),
        ]
    return Asked(
        id,
        OVERALL_TITLE if id == OVERALL else criterion.title if criterion else id,
        tuple((heading, text) for heading, text in guide if text),
        {grade: _shown(grade, scale, fault) for grade in scale.given},
        FAULT if fault and scale.name != "met" else "",
        given.grade if given else "",
        given.reason if given else "",
    )


def _shown(grade: str, scale: Scale, fault: bool) -> str:
    """So that nobody calls a fault missing to say that the report is free of it."""
    return OF_A_FAULT[Status(grade)] if fault and scale.name == "met" and grade in scale.grades else grade.capitalize()


def said(form: Form, asked: Iterable[Asked], graded: Graded) -> Graded:
    """What the reader says now: the lines of the checklist that the form has, the others as they were.

    Raises:
        Problem: 400 for a grade that is not on the scale.
    """
    grades = dict(graded.grades)
    for one in asked:
        if f"reason:{one.id}" not in form.fields and f"grade:{one.id}" not in form.fields:
            continue
        before = grades.get(one.id)
        grade = form.one(f"grade:{one.id}", before.grade if before else "")
        reason = form.one(f"reason:{one.id}", before.reason if before else "").replace("\r\n", "\n").strip()
        if grade and grade not in one.grades:
            raise Problem(400, "That grade is not on the scale: go back and choose another.")
        now = (grade, reason[:MOST_LETTERS])
        if (before and (before.grade, before.reason) != now) or (not before and any(now)):
            grades[one.id] = Given(*now, datetime.now(UTC))
    return replace(graded, grades=grades)


State = Literal["no file", "not begun", "begun", "handed in"]
IN_WORDS: Mapping[State, str] = {
    "no file": "Its file is not here yet",
    "not begun": "Not begun",
    "begun": "Begun",
    "handed in": "Handed in",
}


@dataclass(frozen=True, slots=True)
class Mine:
    """One report of a reader's list; it goes by its number there, as its id may be a name."""

    number: int
    report: Report
    id: str | None  # of the SampleReport
    state: State
    graded: int  # lines of its checklist with a grade and a reason
    asked: int


def mine(
    sample: SampleView, account: str, gradings: Iterable[GradingView], criteria: Mapping[str, Criterion]
) -> tuple[Mine, ...]:
    """What somebody reads in a sample, in their own order; nothing where they read nothing."""
    name = sample.readers.get(account)
    if name is None or sample.manifest is None or sample.manifest.allotment is None:
        return ()
    own = {one.report: one for one in gradings if one.reader == account}
    allotted = sample.manifest.allotment.readings
    if not any(name in reading.readers for reading in allotted):
        return ()
    listed = []
    for number, report in enumerate(reading_list(sample.manifest, name), start=1):
        id = sample.reports.get(report.id)
        grading = own.get(id) if id else None
        asked = checklist(sample, report.id, criteria, grading)
        listed.append(
            Mine(number, report, id, _state(id, grading), sum(one.lacks is None for one in asked), len(asked))
        )
    return tuple(listed)


def _state(id: str | None, grading: GradingView | None) -> State:
    if id is None:
        return "no file"
    if grading is None or not (grading.given or grading.grades or grading.faults):
        return "not begun"
    return "handed in" if grading.given else "begun"


def next_of(listed: Iterable[Mine]) -> Mine | None:
    """What to grade now: what was begun, or else the first that was not."""
    left = [one for one in listed if one.state in ("begun", "not begun")]
    return next((one for one in left if one.state == "begun"), left[0] if left else None)
