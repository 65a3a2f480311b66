"""Bars in parts as SVG that needs nothing else: one a row, with the count in each part.

The table beside a chart holds the same figures. Parts are told by their order, by a shade that is lighter or darker,
and by their counts, so that it can be read in grey; a chart has a title and a description for those who hear it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from qualitycheck.rendering.plain import plain

WIDTH, LABELS, BAR, STEP, SMALL = 760, 220, 28, 44, 26
MOST = 42  # letters of a row's name
LEGEND, LINE = 42, 26  # where the first line of it begins, and how high one is
# From pale to dark; the text on each stands out from it by 4.5 to 1.
SHADES = ("#d9ecf5", "#a9d2e6", "#74b2d1", "#4390b8", "#226e98", "#0e4d72", "#06304b")
LIGHT, DARK = "#ffffff", "#0b0c0c"

Colours = Sequence[tuple[str, str]]  # of each part, and of the text on it


@dataclass(frozen=True, slots=True)
class Chart:
    """`rows` are names with a count for each part of the `legend`; `subject` is what the title says of them aloud."""

    title: str
    subject: str
    legend: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    foot: str
    alike: bool = True  # all bars as long as each other; else each as long as its row counts
    dark_first: bool = False  # the first part has the darkest shade, not the last


def shades(parts: int, *, dark_first: bool = False) -> list[tuple[str, str]]:
    """The fill of each part, first to last, and the colour of the text on it."""
    picks = [round(at * (len(SHADES) - 1) / max(parts - 1, 1)) for at in range(parts)]
    found = [(SHADES[pick], LIGHT if pick > 3 else DARK) for pick in picks]
    return found[::-1] if dark_first else found


def description(chart: Chart) -> str:
    """The chart in words: "section7: 0 excellent, 1 good, 7 adequate, 25 inadequate of 33."; empty without rows."""
    told = [
        f"{name}: {', '.join(f'{count} {part}' for part, count in zip(chart.legend, counts, strict=True))}"
        f" of {sum(counts)}."
        for name, counts in chart.rows
    ]
    return " ".join(told)


def svg(chart: Chart, ids: str = "") -> bytes:
    """`ids` goes before the ids in it, where several charts stand in one page."""
    return ("\n".join(_lines(chart, ids)) + "\n").encode()


def _lines(chart: Chart, ids: str) -> Iterator[str]:
    colours = shades(len(chart.legend), dark_first=chart.dark_first)
    legend, depth = _legend(chart.legend, colours)
    names = [_name(name, counts) for name, counts in chart.rows]
    left = max([LABELS, *(16 + 7 * len(name) for name in names)])
    top = LEGEND + LINE * depth + 20
    height = top + STEP * max(len(names), 1) + SMALL
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{ids}title {ids}description" font-family="Arial, sans-serif" font-size="14">'
    )
    yield f'<title id="{ids}title">{_text(chart.title)}: {_text(chart.subject)}</title>'
    yield f'<desc id="{ids}description">{_text(description(chart) or "Too few to show.")}</desc>'
    yield f'<rect width="{WIDTH}" height="{height}" fill="{LIGHT}"/>'
    yield f'<text x="8" y="26" font-size="18" font-weight="bold" fill="{DARK}">{_text(chart.title)}</text>'
    yield from legend
    longest = max((sum(counts) for _, counts in chart.rows), default=0)
    for at, (name, (_, counts)) in enumerate(zip(names, chart.rows, strict=True)):
        y = top + at * STEP
        yield f'<text x="8" y="{y + 19}" fill="{DARK}">{_text(name)}</text>'
        yield from _bar(counts, colours, left, y, sum(counts) if chart.alike else longest)
    yield f'<text x="8" y="{height - 8}" font-size="12" fill="{DARK}">{_text(chart.foot)}</text>'
    yield "</svg>"


def _legend(parts: Sequence[str], colours: Colours) -> tuple[list[str], int]:
    """What is drawn, and in how many lines."""
    drawn, x, line = [], 8, 0
    for part, (fill, _) in zip(parts, colours, strict=True):
        wide = 46 + 8 * len(part)
        if x > 8 and x + wide > WIDTH:
            x, line = 8, line + 1
        y = LEGEND + LINE * line
        drawn.append(f'<rect x="{x}" y="{y}" width="16" height="16" fill="{fill}" stroke="{DARK}"/>')
        drawn.append(f'<text x="{x + 22}" y="{y + 13}" fill="{DARK}">{_text(part)}</text>')
        x += wide
    return drawn, line + 1


def _bar(counts: Sequence[int], colours: Colours, left: float, y: float, of: int) -> Iterator[str]:
    x, scale = left, (WIDTH - left - 10) / max(of, 1)
    for count, (fill, ink) in zip(counts, colours, strict=True):
        if not count:
            continue
        wide = count * scale
        yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{fill}" stroke="{DARK}"/>'
        if wide >= 8 * len(str(count)) + 4:
            middle = x + wide / 2
            yield f'<text x="{middle:.1f}" y="{y + 19}" fill="{ink}" text-anchor="middle">{count}</text>'
        x += wide


def _name(name: str, counts: Sequence[int]) -> str:
    short = name if len(name) <= MOST else f"{name[: MOST - 1]}…"
    return f"{short} ({sum(counts)})"


def _text(told: str) -> str:
    return escape(plain(told), quote=False)
