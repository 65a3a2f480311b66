"""Charts as in an inspection's annex: one bar a stratum, stacked by grade, as SVG that needs nothing else.

The table beside a chart holds the same figures. Grades are told by their order, by a shade that is lighter or darker,
and by the count in each part; a chart has a title and a description for those who hear it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from qualitycheck.inspecting.results import Criterion, Row
from qualitycheck.inspecting.tables import Titles
from qualitycheck.rendering.plain import plain

WIDTH, LABELS, BAR, STEP, TOP, SMALL = 760, 190, 28, 44, 88, 26
# From pale, best, to dark, worst; the text on each stands out from it by 4.5 to 1.
SHADES = ("#d9ecf5", "#a9d2e6", "#74b2d1", "#4390b8", "#226e98", "#0e4d72", "#06304b")
LIGHT, DARK = "#ffffff", "#0b0c0c"


def shades(grades: int) -> list[tuple[str, str]]:
    """The fill of each grade, best first, and the colour of the text on it."""
    picks = [round(at * (len(SHADES) - 1) / max(grades - 1, 1)) for at in range(grades)]
    return [(SHADES[pick], LIGHT if pick > 3 else DARK) for pick in picks]


def drawn(criterion: Criterion) -> list[Row]:
    """The rows that have something to draw."""
    return [row for row in criterion.rows if row.cells]


def description(criterion: Criterion) -> str:
    """The chart in words: "section7: 0 excellent, 1 good, 7 adequate, 25 inadequate of 33."."""
    parts = []
    for row in drawn(criterion):
        counts = ", ".join(f"{cell.proportion.count} {cell.grade}" for cell in row.cells or ())
        parts.append(f"{row.stratum}: {counts} of {row.graded}.")
    return " ".join(parts) or "Too few reports to show."


def chart(criterion: Criterion, titles: Titles, ids: str = "") -> bytes:
    """The SVG. Bars are of counts in the sample, each as long as the others; shares of the frame are in the table.

    `ids` goes before the ids in it, where several charts stand in one page.
    """
    return ("\n".join(_lines(criterion, titles.of(criterion.id), ids)) + "\n").encode()


def _lines(criterion: Criterion, title: str, ids: str) -> Iterator[str]:
    rows = drawn(criterion)
    height = TOP + STEP * max(len(rows), 1) + SMALL
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{ids}title {ids}description" font-family="Arial, sans-serif" font-size="14">'
    )
    yield f'<title id="{ids}title">{_text(title)}: reports by grade</title>'
    yield f'<desc id="{ids}description">{_text(description(criterion))}</desc>'
    yield f'<rect width="{WIDTH}" height="{height}" fill="{LIGHT}"/>'
    yield f'<text x="8" y="26" font-size="18" font-weight="bold" fill="{DARK}">{_text(title)}</text>'
    yield from _legend(criterion.scale.grades)
    for at, row in enumerate(rows):
        yield from _bar(row, TOP + at * STEP)
    yield (
        f'<text x="8" y="{height - 8}" font-size="12" fill="{DARK}">Counts of reports in the sample. '
        f"Grades: {_text(criterion.scale.title)}.</text>"
    )
    yield "</svg>"


def _legend(grades: Sequence[str]) -> Iterator[str]:
    x = 8.0
    for grade, (fill, _) in zip(grades, shades(len(grades)), strict=True):
        yield f'<rect x="{x:.0f}" y="42" width="16" height="16" fill="{fill}" stroke="{DARK}"/>'
        yield f'<text x="{x + 22:.0f}" y="55" fill="{DARK}">{_text(grade)}</text>'
        x += 46 + 8 * len(grade)


def _bar(row: Row, y: float) -> Iterator[str]:
    assert row.cells and row.graded
    name = row.stratum if len(row.stratum) <= 22 else f"{row.stratum[:21]}…"
    yield f'<text x="8" y="{y + 19}" fill="{DARK}">{_text(name)} ({row.graded})</text>'
    x, scale = float(LABELS + 30), (WIDTH - LABELS - 40) / row.graded
    for cell, (fill, ink) in zip(row.cells, shades(len(row.cells)), strict=True):
        count = cell.proportion.count
        if not count:
            continue
        wide = count * scale
        yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{fill}" stroke="{LIGHT}"/>'
        if wide >= 8 * len(str(count)) + 4:
            middle = x + wide / 2
            yield f'<text x="{middle:.1f}" y="{y + 19}" fill="{ink}" text-anchor="middle">{count}</text>'
        x += wide


def _text(told: str) -> str:
    return escape(plain(told), quote=False)
