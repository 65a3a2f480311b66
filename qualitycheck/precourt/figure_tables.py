"""The figures as tables, as charts and as files, with what each of them means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qualitycheck.inspecting.tables import figure as in_words
from qualitycheck.precourt.cells import TOO_FEW, Cell, Days, Rate, Row, Share
from qualitycheck.precourt.figures import Bars, Figure, Figures
from qualitycheck.rendering import bars
from qualitycheck.rendering.tables import Table, Value
from qualitycheck.rendering.tables import as_csv as csv_of
from qualitycheck.rendering.tables import as_xlsx as xlsx_of

TITLE = "Figures of readings before court"
NOTHING = "none to count"
OF_TEAMS = (
    "These are figures of teams, not of people: there are none of one author or reader, and nothing here says how "
    "anybody works. Teams stand in the order of their names and are not ranked."
)


def about(figures: Figures) -> list[str]:
    """What stands above all of them: of what, when, and what is not shown."""
    settings = figures.settings
    teams = ", ".join(sorted(settings.teams.values(), key=str.casefold)) or "no team"
    told = [
        f"{TITLE}: {settings.since.title} to {settings.until.title}. Teams: {teams}.",
        f"Made on {figures.today.day} {figures.today:%B %Y}, of {_how_many(figures)} first given back in these months; "
        "months are by the day of that.",
        OF_TEAMS,
        suppression(figures),
    ]
    if figures.unreadable:
        told.append(
            f"Records of readings that this version of the program cannot read, and that are in no figure: "
            f"{figures.unreadable}."
        )
    return told


def _how_many(figures: Figures) -> str:
    smallest = figures.settings.smallest
    return f"fewer than {smallest} readings" if 0 < figures.readings < smallest else f"{figures.readings:,} readings"


def suppression(figures: Figures) -> str:
    rule = (
        f"What comes from fewer than {figures.settings.smallest} readings is not shown, however much was counted in "
        "them, nor is as much else as it takes that it cannot be worked out from the rest of these figures."
    )
    return f"{rule} Cells not shown: {figures.hidden}." if figures.hidden else f"{rule} Nothing had to be left out."


def text(cell: Cell | None) -> str:
    """8 of 88; 0.62 (0.41 to 0.79), 40 reports; too few to show."""
    if cell is None:
        return TOO_FEW
    if isinstance(cell, Share):
        return f"{cell.count:,} of {cell.of:,}" if cell.of else NOTHING
    if isinstance(cell, Rate):
        return f"{cell.count:,} in {cell.of:,} ({cell.each:.1f} each)" if cell.each is not None else NOTHING
    if isinstance(cell, Days):
        return f"{_days(cell.median)} (of {cell.of:,})" if cell.median is not None else NOTHING
    if not cell.of:
        return NOTHING
    told = f"{in_words(cell.kappa)}, {cell.of:,} {'report' if cell.of == 1 else 'reports'}"
    return f"{told}; {cell.apart} apart on whether it applies" if cell.apart else told


def _days(days: float) -> str:
    told = f"{days:.1f}".removesuffix(".0")
    return f"{told} {'day' if told == '1' else 'days'}"


def tables(figures: Figures) -> list[Table]:
    """One of each figure: a count and what it was counted in, in columns of their own."""
    return [table(figure) for figure in figures.figures]


def table(figure: Figure) -> Table:
    rows = [(block.by, row) for block in figure.every for row in block.rows]
    kinds = [_kind([row for _, row in rows], place) for place in range(len(figure.columns))]
    heads = [head for column, kind in zip(figure.columns, kinds, strict=True) for head in _heads(column, kind)]
    notes = [*figure.notes, *([f"{TOO_FEW}: {figure.hidden} of its cells."] if figure.hidden else [])]
    return Table(
        figure.title,
        tuple(notes),
        ("by", "which", *heads),
        tuple((by, row.label, *_all_values(row, kinds)) for by, row in rows),
    )


def _all_values(row: Row, kinds: Sequence[type[Cell]]) -> Iterator[Value]:
    for cell, kind in zip(row.cells, kinds, strict=True):
        yield from _values(cell, kind)


def _kind(rows: Sequence[Row], place: int) -> type[Cell]:
    """What the cells of a column are; where none is shown, shares."""
    return next((type(cell) for row in rows if (cell := row.cells[place]) is not None), Share)


def _heads(column: str, kind: type[Cell]) -> tuple[str, ...]:
    if kind is Share:
        return (column, f"{column}: of")
    if kind is Rate:
        return (column, f"{column}: readings", f"{column}: each")
    if kind is Days:
        return (f"{column}: median", f"{column}: of")
    return (f"{column}: kappa", f"{column}: from", f"{column}: to", f"{column}: reports", f"{column}: apart")


def _values(cell: Cell | None, kind: type[Cell]) -> tuple[Value, ...]:
    if cell is None:
        return (TOO_FEW, *[None] * (len(_heads("", kind)) - 1))
    if isinstance(cell, Share):
        return (cell.count, cell.of)
    if isinstance(cell, Rate):
        return (cell.count, cell.of, None if cell.each is None else round(cell.each, 2))
    if isinstance(cell, Days):
        return (cell.median, cell.of)
    estimate = cell.kappa
    return (*(_rounded(value) for value in (estimate.value, estimate.low, estimate.high)), cell.of, cell.apart)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


# Charts


def chart(figure: Figure) -> bars.Chart | None:
    """None where there is nothing to draw."""
    drawn = figure.bars
    if drawn is None or not drawn.rows:
        return None
    by = figure.blocks[0].by
    foot = f"{drawn.told}{_left_out(drawn, by)}"  # short, as it is not broken into lines
    return bars.Chart(
        figure.title, f"counts by {by}", drawn.legend, drawn.rows, foot, alike=False, dark_first=drawn.dark_first
    )


def _left_out(drawn: Bars, by: str) -> str:
    if not drawn.hidden:
        return ""
    rows = {"month": "months", "criterion": "criteria"}[by]
    return f" Not shown, of too few: {drawn.hidden} {rows if drawn.hidden > 1 else by}."


# Files


def as_csv(figures: Figures) -> bytes:
    return csv_of([*about(figures), *_definitions(figures)], tables(figures))


def as_xlsx(figures: Figures) -> bytes:
    """A sheet a figure, and one a chart with what is drawn in it; what each figure means on the first."""
    drawn = {figure.id: drawing for figure in figures.figures if (drawing := chart(figure))}
    beside = {f"{drawing.title}, drawn": drawing for drawing in drawn.values()}
    sheets = []
    for figure in figures.figures:
        sheets.append(table(figure))
        if figure.id in drawn:
            sheets.append(_as_drawn(drawn[figure.id], figure.blocks[0].by))

    def charted(book: Any, sheet: str, shown: Table, top: int) -> Any:
        return _bars(book, sheet, beside[shown.title], top) if shown.title in beside else None

    settings = figures.settings
    foot = f"{TITLE}, {settings.since.title} to {settings.until.title}. Of teams, not of people."
    return xlsx_of(TITLE, [*about(figures), "", *_definitions(figures)], sheets, foot, charted)


def _definitions(figures: Figures) -> Iterator[str]:
    for figure in figures.figures:
        yield f"{figure.title}. {figure.definition}"


def _as_drawn(drawing: bars.Chart, by: str) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple((name, *counts) for name, counts in drawing.rows)
    return Table(f"{drawing.title}, drawn", (drawing.foot,), (by, *drawing.legend), rows)


def _bars(book: Any, sheet: str, drawing: bars.Chart, top: int) -> Any:
    """Of what stands in the sheet from the row `top` on: names in the first column, parts in the next ones."""
    made = book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = top + 1, top + len(drawing.rows)
    colours = bars.shades(len(drawing.legend), dark_first=drawing.dark_first)
    for column, (part, (fill, ink)) in enumerate(zip(drawing.legend, colours, strict=True), 1):
        made.add_series(
            {
                "name": part,
                "values": [sheet, first, column, last, column],
                "categories": [sheet, first, 0, last, 0],
                "fill": {"color": fill},
                "border": {"color": bars.DARK},
                "data_labels": {"value": True, "font": {"color": ink}, "num_format": "0;;"},  # nothing is not written
                "gap": 40,
            }
        )
    made.set_title({"name": drawing.title})
    made.set_x_axis({"major_gridlines": {"visible": False}})
    made.set_y_axis({"reverse": True})
    made.set_legend({"position": "bottom"})
    made.set_size({"width": 720, "height": 140 + 34 * len(drawing.rows)})
    return made
