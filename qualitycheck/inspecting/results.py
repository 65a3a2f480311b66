"""What the graded sample says, by criterion and stratum: counts, shares of the frame, words, agreement, comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qualitycheck.inspecting.agreement import Agreement, agreement
from qualitycheck.inspecting.assisted import Assisted, Stratum, assisted
from qualitycheck.inspecting.checked import View
from qualitycheck.inspecting.grades import (
    OVERALL,
    BadGrades,
    Concern,
    Fault,
    Grades,
    Settled,
    refuse_what_does_not_fit,
    settle,
)
from qualitycheck.inspecting.proportions import Proportion, difference, overlap, proportion
from qualitycheck.inspecting.scales import NOT_APPLICABLE, SCALES, Scale
from qualitycheck.inspecting.words import WORDS, Words
from qualitycheck.sampling.manifest import Change, FrameRecord, Manifest

ALL = "all reports"
RECURS = 2  # reports in which a fault is seen, at least


@dataclass(frozen=True)
class Settings:
    """`overall` is the scale of the overall grade, `criteria` that of every other; `smallest` the fewest reports of
    which figures are shown. Without `finite`, intervals are as if the frame had no end, as published ones often are."""

    overall: Scale = SCALES["2008"]
    criteria: Scale = SCALES["2008"]
    words: Words = WORDS["2008"]
    smallest: int = 5
    finite: bool = True

    def scale(self, criterion: str) -> Scale:
        return self.overall if criterion == OVERALL else self.criteria


@dataclass(frozen=True)
class Cell:
    """One grade in one stratum, with the word for its share."""

    grade: str
    proportion: Proportion
    word: str | None


@dataclass(frozen=True)
class Row:
    """One stratum, or all. `cells` is None where too few were graded to show; `short` are grades that fall short."""

    stratum: str
    graded: int | None  # of those to which the criterion applies; None where too few to show
    not_applicable: int | None
    cells: tuple[Cell, ...] | None
    short: Cell | None


@dataclass(frozen=True)
class Comparison:
    """How much more of the first stratum falls short than of the second; nothing is ranked where intervals overlap."""

    first: str
    second: str
    apart: float
    low: float
    high: float
    overlapping: bool


@dataclass(frozen=True)
class Twice:
    """Reports that two readers graded: on how many they differed, and how many of those were settled, how many of them
    by one of the two."""

    read: int = 0
    differed: int = 0
    settled: int = 0
    by_a_reader: int = 0


@dataclass(frozen=True)
class Criterion:
    """`waiting` reports are graded apart by two readers, and in no figure until somebody has settled it."""

    id: str
    scale: Scale
    rows: tuple[Row, ...]  # strata in the order of the frame, and all together last
    comparisons: tuple[Comparison, ...]
    agreement: Agreement
    waiting: int
    assisted: Assisted | None
    why_not_assisted: str | None
    twice: Twice

    @property
    def whole(self) -> Row:
        return self.rows[-1]


@dataclass(frozen=True)
class Recurring:
    """A fault seen in more than one report: how many of those graded, and the passages that a person has confirmed."""

    criterion: str
    proportion: Proportion
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """`missing` are reports of the sample that nobody graded overall or on any criterion; `remarks` are sentences that
    must be known to whoever reads the figures, and stand above all tables."""

    settings: Settings
    sample: int
    frame: FrameRecord
    changes: tuple[Change, ...]  # what left the sample since it was drawn, and why
    criteria: tuple[Criterion, ...]
    recurring: tuple[Recurring, ...]
    concerns: tuple[Concern, ...]
    settled: tuple[Settled, ...]
    missing: tuple[str, ...]
    without_reason: int  # grades that give none
    passages_waiting: int  # of faults that recur: not confirmed, and not printed
    remarks: tuple[str, ...] = ()


def results_of(
    manifest: Manifest,
    grades: Grades,
    settings: Settings,
    views: Mapping[str, View] | None = None,
    confirmed: Mapping[str, Sequence[str]] | None = None,
    *,
    left_out: int = 0,
    remarks: Sequence[str] = (),
) -> Results:
    """All figures. `views` are the checker's, by criterion; `confirmed` the passages that may be printed, likewise, and
    `left_out` how many a person decided not to print.

    Raises:
        BadGrades: where the grades do not go with the sample or the scales.
    """
    reports = {report.id: report.stratum for report in manifest.sample}
    scales = {criterion: settings.scale(criterion) for criterion in grades.criteria}
    refuse_what_does_not_fit(grades, reports, scales)
    settled = settle(grades)
    frame = {stratum.name: stratum.reports for stratum in manifest.frame.strata}
    for name in set(reports.values()) - set(frame):
        raise BadGrades(f"the manifest has reports of the stratum {name[:40]!r}, which its frame has not")
    graded = dict.fromkeys(one.report for one in settled)
    recurring = tuple(_recurring(grades, reports, frame, graded, settings, confirmed or {}))
    printed = sum(len(one.passages) for one in recurring)
    return Results(
        settings=settings,
        sample=len(reports),
        frame=manifest.frame,
        changes=manifest.changes,
        criteria=tuple(
            _Counted(
                criterion, settings, [one for one in settled if one.criterion == criterion], reports, frame
            ).result(None if views is None else views.get(criterion), asked=views is not None)
            for criterion in grades.criteria
        ),
        recurring=recurring,
        concerns=grades.concerns,
        settled=tuple(settled),
        missing=tuple(report for report in reports if report not in graded),
        without_reason=sum(not grade.reason.strip() for grade in grades.grades),
        passages_waiting=len(passages_of({one.criterion for one in recurring}, grades)) - printed - left_out,
        remarks=tuple(remarks),
    )


def passages_of(criteria: Collection[str], grades: Grades) -> tuple[Fault, ...]:
    """The faults of these criteria that have a passage, each passage of a report once."""
    found = {
        (fault.report, fault.criterion, fault.passage): fault
        for fault in grades.faults
        if fault.criterion in criteria and fault.passage.strip()
    }
    return tuple(found.values())


def called(stratum: str) -> str:
    """A stratum as it stands in print: "section 7, North" for section7/North."""
    types = {"section7": "section 7", "section31": "section 31"}
    return ", ".join(types.get(part, part) for part in stratum.split("/"))


class _Counted:
    """One criterion's grades, counted by stratum."""

    def __init__(
        self,
        criterion: str,
        settings: Settings,
        settled: Sequence[Settled],
        reports: Mapping[str, str],
        frame: Mapping[str, int],
    ) -> None:
        self.criterion, self.settings, self.settled = criterion, settings, settled
        self.scale = settings.scale(criterion)
        self.reports, self.frame = reports, frame
        self.by_stratum: dict[str, Counter[str]] = {stratum: Counter() for stratum in frame}
        for one in settled:
            if one.grade is not None:
                self.by_stratum[reports[one.report]][one.grade] += 1

    def result(self, view: View | None, *, asked: bool) -> Criterion:
        rows = tuple(self._rows())
        helped, why = self._assisted(view) if asked else (None, None)
        twice = [one for one in self.settled if len(one.given) > 1]
        return Criterion(
            id=self.criterion,
            scale=self.scale,
            rows=rows,
            comparisons=tuple(_comparisons(rows[:-1])),
            agreement=agreement([one.given for one in twice], self.scale.grades),
            waiting=sum(one.state == "apart" for one in self.settled),
            assisted=helped,
            why_not_assisted=why,
            twice=_twice(twice),
        )

    def _rows(self) -> Iterator[Row]:
        hidden = _hidden({name: self._applying(name) for name in self.frame}, self.settings.smallest)
        if len(self.frame) > 1:
            for name in self.frame:
                yield self._row(called(name), [name], shown=name not in hidden)
        whole = sum(map(self._applying, self.frame))
        yield self._row(ALL, list(self.frame), shown=whole == 0 or whole >= self.settings.smallest)

    def _row(self, title: str, strata: Sequence[str], *, shown: bool) -> Row:
        if not shown:
            return Row(title, None, None, None, None)
        graded = sum(map(self._applying, strata))
        off = sum(self.by_stratum[name][NOT_APPLICABLE] for name in strata)
        if not graded:
            return Row(title, 0, off, (), None)
        cells = tuple(self._cell(grade, [grade], strata) for grade in self.scale.grades)
        return Row(title, graded, off, cells, self._cell(self.scale.falling_short, self.scale.short, strata))

    def _cell(self, title: str, grades: Sequence[str], strata: Sequence[str]) -> Cell:
        share = proportion(
            [sum(self.by_stratum[name][grade] for grade in grades) for name in strata],
            [self._applying(name) for name in strata],
            [self._frame_of(name) for name in strata],
            finite=self.settings.finite,
        )
        return Cell(title, share, self.settings.words.word(share.share))

    def _applying(self, stratum: str) -> int:
        counts = self.by_stratum[stratum]
        return counts.total() - counts[NOT_APPLICABLE]

    def _frame_of(self, stratum: str) -> float:
        """How many reports of the frame the criterion applies to: the part of it that it applies to in the sample
        (Cochran, 1977, section 2.11: estimates for a part of the frame)."""
        graded = self.by_stratum[stratum].total()
        return self.frame[stratum] * self._applying(stratum) / graded if graded else 0.0

    def _assisted(self, view: View | None) -> tuple[Assisted | None, str | None]:
        if view is None:
            return None, "the checker does not look at this criterion"
        if any(one.grade == NOT_APPLICABLE for one in self.settled):
            return None, "it does not apply to every report"
        strata = {name: Stratum([], view.frame[name]) for name in self.frame if view.frame.get(name)}
        pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in strata}
        for one in self.settled:
            if one.grade is not None:
                short = float(one.grade in self.scale.short)
                pairs[self.reports[one.report]].append((short, view.reports[one.report]))
        found = assisted([Stratum(pairs[name], stratum.seen) for name, stratum in strata.items()])
        return found, None if found else "too few reports were graded for such an interval to hold"


def _twice(read: Sequence[Settled]) -> Twice:
    differed = [one for one in read if one.differed]
    settled = [one for one in differed if one.by]
    return Twice(len(read), len(differed), len(settled), sum(one.by in one.given for one in settled))


def _hidden(graded: Mapping[str, int], smallest: int) -> set[str]:
    """Strata that are not shown: those of too few reports and, while that is only one or all of them together are too
    few, the next smallest too, as what is hidden could else be had by taking the others from the whole."""
    hidden = [name for name, count in graded.items() if 0 < count < smallest]
    others = sorted((name for name, count in graded.items() if count >= smallest), key=lambda name: graded[name])
    while hidden and others and (len(hidden) == 1 or sum(graded[name] for name in hidden) < smallest):
        hidden.append(others.pop(0))
    return set(hidden)


def _comparisons(rows: Sequence[Row]) -> Iterator[Comparison]:
    for first, second in combinations([row for row in rows if row.short], 2):
        assert first.short and second.short
        one, other = first.short.proportion, second.short.proportion
        yield Comparison(first.stratum, second.stratum, *difference(one, other), overlapping=overlap(one, other))


def _recurring(
    grades: Grades,
    reports: Mapping[str, str],
    frame: Mapping[str, int],
    graded: Mapping[str, object],
    settings: Settings,
    confirmed: Mapping[str, Sequence[str]],
) -> Iterator[Recurring]:
    """The most often seen first."""
    seen: dict[str, set[str]] = {}
    for fault in grades.faults:
        seen.setdefault(fault.criterion, set()).add(fault.report)
    read = Counter(reports[report] for report in graded)
    of_graded = {criterion: where & graded.keys() for criterion, where in seen.items()}
    for criterion, where in sorted(of_graded.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(where) < RECURS:
            continue
        counts = Counter(reports[report] for report in where)
        share = proportion(
            [counts[name] for name in frame],
            [read[name] for name in frame],
            list(frame.values()),
            finite=settings.finite,
        )
        yield Recurring(criterion, share, tuple(confirmed.get(criterion, ())))
