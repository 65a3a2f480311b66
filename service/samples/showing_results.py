"""The page of results, worked out: a part for each criterion, and the tables over all of them.

What the downloads hold, in the order of an inspection's annex; the page only lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from qualitycheck.inspecting.agreement import FEW, Agreement
from qualitycheck.inspecting.assisted import FEWEST
from qualitycheck.inspecting.charts import chart, drawn
from qualitycheck.inspecting.results import Cell, Criterion, Results, Row
from qualitycheck.inspecting.tables import (
    LITTLE,
    METHODS,
    Titles,
    about,
    figure,
    in_words,
    per_cent,
    said,
    settled_of,
    tables,
    unsettled,
)
from qualitycheck.rendering.tables import Table
from qualitycheck.service.samples.results import Worked


@dataclass(frozen=True, slots=True)
class Line:
    """One grade in one stratum."""

    grade: str
    count: int
    share: str  # of the frame, with its interval
    method: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """One stratum, or all of them together; `instead` stands where there are no figures."""

    stratum: str
    graded: int | None
    not_applicable: int | None
    lines: tuple[Line, ...]
    instead: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: what falls short, by stratum, then the chart and the table that it was drawn from."""

    id: str
    title: str
    unsettled: str | None  # which reports its figures are without
    notes: tuple[str, ...]
    short: str  # the grades that fall short
    sums: tuple[tuple[str, str], ...]  # a stratum, and what is to be said of it
    agreement: str | None
    chart: Markup | None
    groups: tuple[Group, ...]
    any_not_applicable: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """`unhelped` is why no estimate with the checker's help can be had of so many reports."""

    about: tuple[str, ...]
    parts: tuple[Part, ...]
    tables: tuple[Table, ...]
    unhelped: str | None


def show(worked: Worked) -> Shown:
    results, titles = worked.results, worked.titles
    found = tables(results, titles)
    of_criteria = found[: len(results.criteria)]  # they come first, in the order of the criteria
    return Shown(
        about=tuple(about(results, titles)),
        parts=tuple(
            _part(number, criterion, table, titles)
            for number, (criterion, table) in enumerate(zip(results.criteria, of_criteria, strict=True), start=1)
        ),
        tables=tuple(found[len(of_criteria) :]),
        unhelped=_unhelped(results),
    )


def _part(number: int, criterion: Criterion, table: Table, titles: Titles) -> Part:
    id = f"part-{number}"
    return Part(
        id=id,
        title=table.title,
        unsettled=(waiting := unsettled(criterion)),
        notes=tuple(note for note in table.notes if note != waiting),
        short=criterion.scale.falling_short,
        sums=tuple((row.stratum, _sum(row.short)) for row in criterion.rows if row.short),
        agreement=_agreement(criterion),
        chart=Markup(chart(criterion, titles, f"{id}-").decode()) if drawn(criterion) else None,  # noqa: S704
        groups=tuple(map(_group, criterion.rows)),
        any_not_applicable=any(row.not_applicable for row in criterion.rows),
    )


def _sum(cell: Cell) -> str:
    """Most (25 of 33), 76% (95% interval 59 to 87)."""
    p = cell.proportion
    told = in_words(cell, f"{p.count} of {p.of}")
    return f"{told}, {per_cent(p.share)}% (95% interval {per_cent(p.low)} to {per_cent(p.high)})"


def _group(row: Row) -> Group:
    instead = "too few to show" if row.cells is None else None if row.cells else "none graded"
    return Group(row.stratum, row.graded, row.not_applicable, tuple(map(_line, row.cells or ())), instead)


def _line(cell: Cell) -> Line:
    p = cell.proportion
    share = f"{per_cent(p.share)}% ({per_cent(p.low)} to {per_cent(p.high)})"
    return Line(cell.grade, p.count, share, METHODS[p.method], said(cell))


def _agreement(criterion: Criterion) -> str | None:
    """In sentences, with its interval; None where nothing was read twice."""
    if not criterion.twice.read:
        return None
    told = f"Readers: {settled_of(criterion.twice)}. {_agreed(criterion.agreement)}"
    return f"{told} More than nine in ten readings gave one grade: {LITTLE}" if criterion.agreement.one_grade else told


def _agreed(found: Agreement) -> str:
    if found.reports < FEW:
        return f"Too few reports read twice to say how far they agree ({found.reports}; {FEW} are needed)."
    if found.alpha.value is None:
        return f"Only one grade was ever given to the {found.reports} reports read twice: no figure follows."
    return (
        f"Readers agree by {figure(found.alpha)} on {found.reports} reports read twice, where 1 is full agreement and "
        "0 what chance gives (Krippendorff’s alpha, ordinal, with its 95% interval)."
    )


def _unhelped(results: Results) -> str | None:
    graded = results.sample - len(results.missing)
    if graded >= FEWEST:
        return None
    return (
        f"Estimates with the checker’s help need {FEWEST} graded reports, and {graded} were graded: below that their "
        "intervals do not hold what they promise, and only the plain ones are shown."
    )
