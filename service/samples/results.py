"""What a sample came to: the figures of `qualitycheck inspect`, for its page and for what is downloaded.

Figures may sway whoever still grades. So there are none until every grading is handed in, or the lead has closed the
sample early and said why; from then on no grades are taken, and every output says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualitycheck import __version__
from qualitycheck.errors import UserError
from qualitycheck.inspecting import exporting
from qualitycheck.inspecting.checked import View, views_of
from qualitycheck.inspecting.grades import Grades
from qualitycheck.inspecting.results import Results, Settings, results_of
from qualitycheck.inspecting.scales import scale_of
from qualitycheck.inspecting.tables import Titles
from qualitycheck.inspecting.words import WORDS
from qualitycheck.rendering.data import as_json
from qualitycheck.sampling.drawing import strata_of
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Manifest
from qualitycheck.service.pages.rendering import day
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.examples import printed, withheld
from qualitycheck.service.samples.graded import grades_of, reader_key, readers_of
from qualitycheck.service.store.samples import GONE, Closed, GradingView, SampleView

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk

NOT_YET = "The figures are shown once every grading is handed in, or the lead has closed the sample."


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sample is: gradings handed in of those that are asked for. A report read twice has two."""

    handed: int
    of: int
    closed: Closed | None

    @property
    def finished(self) -> bool:
        return 0 < self.of <= self.handed

    @property
    def shown(self) -> bool:
        """Whether there are figures to look at."""
        return self.finished or (self.closed is not None and self.handed > 0)


@dataclass(frozen=True, slots=True)
class Worked:
    """Everything that was given, and what it came to; `unhelped` says why the checker's results are of no use."""

    sample: SampleView
    manifest: Manifest
    standing: Standing
    grades: Grades
    results: Results
    titles: Titles
    helped: bool
    unhelped: str | None

    def rendered(self, format: str) -> bytes:
        """As csv, xlsx, docx or json."""
        if format == "json":
            return as_json(exporting.as_data(self.results, self.manifest, self.grades, __version__, self.titles))
        return exporting.rendered(self.results, self.titles, format)


def sample_of(at: Desk, id: str) -> SampleView:
    """Raises Problem 404."""
    found = at.store.samples.get(id)
    if found is None:
        raise Problem(404, GONE)
    return found


def standing_of(sample: SampleView, gradings: Iterable[GradingView]) -> Standing:
    reads = readers_of(sample.manifest) if sample.manifest else {}
    asked = {(report, reader_key(sample, name)) for report, names in reads.items() for name in names}
    handed = {(sample.ids.get(one.report, ""), one.reader) for one in gradings if one.given}
    return Standing(len(asked & handed), len(asked), sample.closed)


def worked_out(at: Desk, sample: SampleView) -> Worked:
    """Raises Problem 409 while there is nothing to look at yet."""
    gradings = at.store.samples.gradings(sample.id)
    standing = standing_of(sample, gradings)
    if sample.manifest is None or not standing.shown:
        raise Problem(409, NOT_YET)
    people = {person.id: person.name for person in at.store.people.all()}
    grades = grades_of(sample, gradings, sample.adjudicated, at.store.samples.concerns(sample.id), people)
    views, unhelped = _views(at, sample, sample.manifest, grades)
    results = results_of(
        sample.manifest,
        grades,
        settings_of(sample),
        views,
        printed(sample, grades),
        left_out=withheld(sample, grades),
        remarks=_remarks(sample.title, sample.manifest, standing),
    )
    titles = Titles.of_catalogue(at.rulebook.criteria)
    return Worked(sample, sample.manifest, standing, grades, results, titles, views is not None, unhelped)


def settings_of(sample: SampleView) -> Settings:
    return Settings(
        overall=scale_of(sample.scale),
        criteria=scale_of(sample.criteria_scale or sample.scale),
        words=WORDS[sample.words],
        smallest=sample.smallest,
        finite=sample.finite,
    )


def frame_views(
    sample: SampleView, manifest: Manifest, seen: Sequence[Mapping[str, Any]], criteria: Iterable[str]
) -> dict[str, View]:
    """The checker's view of each criterion, over the whole frame; raises UserError where it is not all there."""
    strata = strata_of(frame_of(sample.frame), manifest.settings.by)
    return views_of(manifest, [dict(one) for one in seen], criteria, strata)


def _views(
    at: Desk, sample: SampleView, manifest: Manifest, grades: Grades
) -> tuple[dict[str, View] | None, str | None]:
    seen = at.store.samples.seen(sample.id)
    if not seen:
        return None, None
    try:
        return frame_views(sample, manifest, seen, grades.criteria), None
    except UserError as error:
        return None, str(error)


def _remarks(title: str, manifest: Manifest, standing: Standing) -> list[str]:
    """Which sample it is, and whether all of it was graded."""
    drawn = f"{manifest.date.day} {manifest.date:%B %Y}"
    told = [f"{title}. Drawn on {drawn} with the seed “{manifest.seed}”."]
    if standing.closed:
        told.append(
            f"Closed on {day(standing.closed.at)} with {standing.handed} of {standing.of} gradings handed in: "
            f"{standing.closed.reason}"
        )
    return told
