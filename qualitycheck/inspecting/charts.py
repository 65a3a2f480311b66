"""Charts as in an inspection's annex: one bar a stratum, stacked by grade."""

from __future__ import annotations

from qualitycheck.inspecting.results import Criterion, Row
from qualitycheck.inspecting.tables import Titles
from qualitycheck.rendering import bars
from qualitycheck.rendering.bars import shades

__all__ = ["chart", "description", "drawn", "shades"]

UNWEIGHTED = "counts in the sample; not weighted"


def drawn(criterion: Criterion) -> list[Row]:
    """The rows that have something to draw."""
    return [row for row in criterion.rows if row.cells]


def description(criterion: Criterion) -> str:
    """The chart in words: "section7: 0 excellent, 1 good, 7 adequate, 25 inadequate of 33."."""
    return bars.description(_chart(criterion, "")) or "Too few reports to show."


def chart(criterion: Criterion, titles: Titles, ids: str = "") -> bytes:
    """The SVG. Bars are of counts in the sample, each as long as the others; shares of the frame are in the table.

    `ids` goes before the ids in it, where several charts stand in one page.
    """
    return bars.svg(_chart(criterion, titles.of(criterion.id)), ids)


def _chart(criterion: Criterion, title: str) -> bars.Chart:
    return bars.Chart(
        title,
        "reports by grade",
        criterion.scale.grades,
        [(row.stratum, [cell.proportion.count for cell in row.cells or ()]) for row in drawn(criterion)],
        f"{UNWEIGHTED.capitalize()}. Grades: {criterion.scale.title}.",
    )
