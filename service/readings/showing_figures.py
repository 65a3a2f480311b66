"""What the page of figures shows, worked out before any template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from qualitycheck.precourt import figure_tables
from qualitycheck.precourt.cells import Block
from qualitycheck.precourt.figures import Figure, Figures, Kept, Month, Settings, Told, figures_of
from qualitycheck.precourt.record import from_json
from qualitycheck.rendering.bars import svg
from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem

PERIOD = 12  # months, unless others are asked for
MOST = 60  # months to choose from
BACKWARDS = "Choose a last month that is not before the first."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: months as they stand in the address, one team or all that are theirs."""

    since: Month
    until: Month
    team: str | None

    @property
    def query(self) -> str:
        told = {"since": str(self.since), "until": str(self.until)}
        return urlencode(told | ({"team": self.team} if self.team else {}))


def months(at: Desk, today: date) -> list[Month]:
    """Those of which figures may be kept, the newest first."""
    count = min(at.settings.reading_days // 30 + 2, MOST)
    return [Month.of(today).later(-number) for number in range(count)]


def teams_of(at: Desk, asking: Who) -> dict[str, str]:
    """The teams that somebody manages: names by id, in the order of the names."""
    return {id: name for id, name in at.store.people.teams().items() if id in asking.teams}


def wanted(at: Desk, asking: Who, today: date, since: str, until: str, team: str) -> Wanted:
    """Months that are none to choose are as if nothing was said. Raises Problem 404 for a team that is not theirs."""
    known = months(at, today)
    if team and team not in teams_of(at, asking):
        raise Problem(404, "There is no such team of yours: choose one of the list.")
    first, last = Month.told(since), Month.told(until)
    end = last if last in known else known[0]
    begin = first if first in known else max(end.later(1 - PERIOD), known[-1])
    assert begin is not None and end is not None
    return Wanted(begin, end, team or None)


def figures(at: Desk, asking: Who, of: Wanted, today: date) -> Figures:
    teams = {id: name for id, name in teams_of(at, asking).items() if of.team in (None, id)}
    counted: list[str | None] = list(teams)
    if not at.settings.is_office:  # one person, whose cases are of no team
        counted.append(None)
    told: list[Told] = []
    unreadable = 0
    for tally in at.store.readings.tallies(counted):
        record = from_json(tally.counts)
        if record is None:
            unreadable += 1
        else:
            told.append((tally.team, record))
    settings = Settings(of.since, of.until, teams, at.rulebook.criteria)
    return figures_of(told, settings, today, _kept(at, counted, of, today), unreadable)


def _kept(at: Desk, teams: Iterable[str | None], of: Wanted, today: date) -> Kept:
    """Cases are deleted so many days after they last changed, so that only since then it is known which there were."""
    since = max(of.since.first, today - timedelta(days=at.settings.draft_days))
    read, cases = at.store.readings.coverage(teams, _midnight(since), _midnight(of.until.later(1).first))
    return Kept(since, cases, read, at.settings.expected_reading_share)


def _midnight(day: date) -> datetime:
    """The beginning of a day on this machine."""
    return datetime.combine(day, time()).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Without the rows of which nothing is shown; it may have none left."""

    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    too_few: tuple[str, ...]  # rows of which nothing is shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: the whole in words, its chart, and a table of each breakdown."""

    figure: Figure
    whole: tuple[tuple[str, str], ...]  # of what is shown
    chart: Markup | None
    tables: tuple[ShownTable, ...]
    too_few: str  # what is not shown of it, in one sentence; empty: all of it is


def shown(of: Figures) -> list[Shown]:
    return [_shown(figure) for figure in of.figures]


def _shown(figure: Figure) -> Shown:
    drawing = figure_tables.chart(figure)
    whole = figure.whole.rows[0].cells if figure.whole else ()
    told = list(zip(figure.columns, whole, strict=bool(whole)))
    tables = [found for block in figure.blocks if (found := _table(figure, block)).rows or found.too_few]
    return Shown(
        figure,
        tuple((column, figure_tables.text(cell)) for column, cell in told if cell is not None),
        # Drawn by us, with all text escaped.
        Markup(svg(drawing, f"{figure.id}-").decode()) if drawing else None,  # noqa: S704
        tuple(table for table in tables if table.rows),
        _too_few([column for column, cell in told if cell is None], len(told), tables),
    )


def _too_few(columns: list[str], of: int, tables: list[ShownTable]) -> str:
    """Once for the whole figure, instead of in every cell."""
    if not columns and not any(table.too_few for table in tables):
        return ""
    if len(columns) == of and not any(table.rows for table in tables):
        return "Too few readings to show any of it."
    told = [f"{', '.join(columns)} (of all together)"] if columns else []
    for table in tables:
        if table.too_few:
            few = ", ".join(table.too_few)
            told.append(f"by {table.head}: {few}" if table.rows else f"anything by {table.head}")
    return f"Too few readings to show: {'; '.join(told)}."


def _table(figure: Figure, block: Block) -> ShownTable:
    """Without the rows in which there was nothing to count, or of which nothing is shown."""
    counted = [row for row in block.rows if any(cell is None or cell.of for cell in row.cells)]
    rows = [row for row in counted if any(cell is not None and cell.of for cell in row.cells)]
    few = tuple(row.label for row in counted if row not in rows)
    told = tuple((row.label, tuple(figure_tables.text(cell) for cell in row.cells)) for row in rows)
    title = f"{figure.title}, by {block.by}" if figure.whole else figure.title
    return ShownTable(title, block.by, figure.columns, told, few)
