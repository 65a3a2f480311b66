"""Where two readers of a report, who have both handed it in, gave different grades, and what was settled of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.samples.graded import reader_key, readers_of
from qualitycheck.service.samples.grading import checklist
from qualitycheck.service.store.samples import Adjudication, Given, GradingView, SampleView


@dataclass(frozen=True, slots=True)
class Apart:
    """One line of the checklist, graded differently by two, and what counts if that is settled."""

    id: str
    title: str
    grades: Mapping[str, str]  # best first, and how each is shown
    given: tuple[tuple[str, Given], ...]  # by the reader's name
    settled: Adjudication | None


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A report that both of its readers have handed in."""

    report: str  # its id in the manifest
    id: str  # of the SampleReport
    readers: tuple[str, ...]  # names
    apart: tuple[Apart, ...]

    @property
    def overall(self) -> Apart | None:
        """Where they differ on the whole."""
        return next((one for one in self.apart if one.id == OVERALL), None)

    @property
    def open(self) -> tuple[Apart, ...]:
        return tuple(one for one in self.apart if one.settled is None)


@dataclass(frozen=True, slots=True)
class Twice:
    """How far the reports are that are read twice."""

    asked: int
    done: tuple[ReadTwice, ...]  # handed in by both, in the order of the sample

    @property
    def open(self) -> int:
        """Differences that wait."""
        return sum(len(one.open) for one in self.done)


def read_twice(sample: SampleView, gradings: Iterable[GradingView], criteria: Mapping[str, Criterion]) -> Twice:
    """What two readers made of each report; nothing of a report that one of them still has."""
    by_both = {(one.report, one.reader): one for one in gradings if one.given}
    pairs = (
        {report: names for report, names in readers_of(sample.manifest).items() if len(names) > 1}
        if sample.manifest
        else {}
    )
    done = []
    for report, names in pairs.items():
        id = sample.reports.get(report, "")
        found = {name: by_both.get((id, reader_key(sample, name))) for name in names}
        if all(found.values()):
            given = {name: one for name, one in found.items() if one}
            done.append(ReadTwice(report, id, names, tuple(_apart(sample, report, id, given, criteria))))
    return Twice(len(pairs), tuple(done))


def _apart(
    sample: SampleView, report: str, id: str, gradings: Mapping[str, GradingView], criteria: Mapping[str, Criterion]
) -> Iterator[Apart]:
    for asked in checklist(sample, report, criteria, None):
        given = tuple((name, one.grades[asked.id]) for name, one in gradings.items() if asked.id in one.grades)
        if len({each.grade for _, each in given}) > 1:
            yield Apart(asked.id, asked.title, asked.grades, given, sample.settled.get((id, asked.id)))
