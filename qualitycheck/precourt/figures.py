"""The figures of readings before court: of teams and never of people, with what each was counted in, or not at all.

Teams stand in the order of their names. Nothing is ranked, nothing is turned into a mark, and no figure is of one
author or reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qualitycheck.precourt import criteria_figures as criteria
from qualitycheck.precourt.cells import TOO_FEW, Block, Cell, Share, apart, block
from qualitycheck.precourt.measures import Measure, Records, measures
from qualitycheck.precourt.record import Record
from qualitycheck.rendering.wording import TYPES
from qualitycheck.rulebook.schema import Criterion

SMALLEST = 5
ALL = "all"
KINDS = {"manager": "Managers", "peer": "Peers"}


@dataclass(frozen=True, order=True, slots=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def told(cls, text: str) -> Month | None:
        """From `2026-01`; None where it is no month."""
        try:
            return cls.of(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def title(self) -> str:
        return f"{self.first:%B %Y}"

    def later(self, months: int) -> Month:
        """Or earlier; raises ValueError where the calendar ends."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month.of(date(year, month + 1, 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """Of which months and teams, and how little is too little to show."""

    since: Month
    until: Month  # the last month in it
    teams: Mapping[str, str]  # names by id
    criteria: Mapping[str, Criterion]  # by id, in the order of the catalogue
    smallest: int = SMALLEST

    @property
    def months(self) -> list[Month]:
        count = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return [self.since.later(number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the cases that are still kept: how many have a draft kept on `since` or after, and how many were read."""

    since: date
    cases: int
    read: int
    expected: int | None = None  # per cent, where a share is agreed


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a row, in as many parts as the legend has; rows of too few are left out."""

    legend: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    hidden: int = 0  # rows left out
    dark_first: bool = False  # the first part stands out
    told: str = "Counts in the bars; in brackets what each row counts in all."


@dataclass(frozen=True, slots=True)
class Figure:
    """`whole` is of all that was counted, `blocks` are its breakdowns; each row has a cell for each column."""

    id: str
    title: str
    definition: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    whole: Block | None = None
    bars: Bars | None = None
    notes: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[Block, ...]:
        return (self.whole, *self.blocks) if self.whole else self.blocks

    @property
    def hidden(self) -> int:
        """Cells that are not shown."""
        return sum(each.hidden for each in self.every)


@dataclass(frozen=True, slots=True)
class Figures:
    settings: Settings
    today: date
    figures: tuple[Figure, ...]
    readings: int  # that they are of
    unreadable: int = 0  # records of a later version of the program, which are in no figure
    hidden: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", sum(figure.hidden for figure in self.figures))


Told = tuple[str | None, Record]  # a team's id, and what is counted of one of its readings


def figures_of(
    records: Sequence[Told], settings: Settings, today: date, kept: Kept | None = None, unreadable: int = 0
) -> Figures:
    """All of them, of the readings first given back in these months, and of those asked for in them."""
    told = [(team, record) for team, record in records if team is None or team in settings.teams]
    read = [(team, record) for team, record in told if record.returned and _within(record.returned, settings)]
    asked = [record for _, record in told if _within(record.asked, settings)]
    everything = [record for _, record in read]
    groups = _Groups(read, settings)
    found = [_asked(asked, settings)]
    found += [_measured(each, everything, groups, settings) for each in measures(everything, today)]
    if kept is not None:
        found.insert(1, _coverage(kept, settings))
    return Figures(settings, today, (*found, *_by_criterion(everything, groups, settings)), len(read), unreadable)


class _Groups:
    """The readings of each month, of managers and peers, of each team, of each type of report."""

    def __init__(self, read: Sequence[Told], settings: Settings) -> None:
        self.months: dict[str, Records] = {
            month.title: [r for _, r in read if r.returned and Month.of(r.returned) == month]
            for month in settings.months
        }
        self.kinds: dict[str, Records] = {
            title: [r for _, r in read if r.kind == kind] for kind, title in KINDS.items()
        }
        teams = sorted(settings.teams.items(), key=lambda team: (team[1].casefold(), team[0]))
        self.teams: dict[str, Records] = {name: [r for t, r in read if t == id] for id, name in teams}
        if without := [r for t, r in read if t is None]:
            self.teams["No team"] = without
        known = {type: [r for _, r in read if r.type == type] for type in TYPES}
        self.types: dict[str, Records] = {_capital(TYPES[type]): records for type, records in known.items() if records}
        if others := [r for _, r in read if r.type not in TYPES]:
            self.types["Type not known"] = others

    def __iter__(self) -> Iterator[tuple[str, Mapping[str, Records]]]:
        yield "month", self.months
        yield "reader", self.kinds
        if len(self.teams) > 1:
            yield "team", self.teams
        yield "type of report", self.types


def _measured(measure: Measure, everything: Records, groups: _Groups, settings: Settings) -> Figure:
    blocks = [
        block(
            by,
            {label: measure.cells(records) for label, records in parts.items()},
            [len(records) for records in parts.values()],
            settings.smallest,
        )
        for by, parts in groups
    ]
    return Figure(
        measure.id,
        measure.title,
        measure.definition,
        measure.columns,
        tuple(blocks),
        apart(ALL, {ALL: measure.cells(everything)}, settings.smallest),
        _bars(measure, blocks[0]),
    )


def _bars(measure: Measure, months: Block) -> Bars | None:
    if measure.parts is None:
        return None
    shown = [(row.label, [cell for cell in row.cells[: measure.drawn] if cell is not None]) for row in months.rows]
    whole = [(label, cells) for label, cells in shown if len(cells) == measure.drawn]
    drawn = [(label, tuple(measure.parts(cells))) for label, cells in whole]
    rows = tuple((label, parts) for label, parts in drawn if sum(parts))
    return Bars(measure.legend, rows, hidden=len(shown) - len(whole))


def _asked(asked: Records, settings: Settings) -> Figure:
    waiting = sum(record.returned is None and record.withdrawn is None for record in asked)
    cells: list[Cell] = [
        Share(sum(record.returned is not None for record in asked), len(asked)),
        Share(waiting, len(asked)),
        Share(len(asked) - waiting - sum(record.returned is not None for record in asked), len(asked)),
    ]
    return Figure(
        "asked",
        "Asked for",
        "Readings that were asked for in these months: given back by now, not yet given back, or withdrawn before "
        "anything was given back. All other figures are of readings first given back in these months, whenever they "
        "were asked for.",
        ("given back", "not yet given back", "withdrawn before that"),
        (),
        apart(ALL, {ALL: cells}, settings.smallest),
    )


def _coverage(kept: Kept, settings: Settings) -> Figure:
    expected = (
        (f"Expected here: {kept.expected}% of reports. Less than all of them may be policy.",)
        if kept.expected is not None
        else ()
    )
    return Figure(
        "coverage",
        "Reports read, of those kept",
        "Of the cases of the team that are still kept here and have a draft kept in these months, those of which a "
        f"reading was given back. Counted from {kept.since.day} {kept.since:%B %Y} only, as older cases may have been "
        "deleted by their time. It knows nothing of reports that were never kept here, nor of cases that somebody "
        "deleted: it is not a share of all reports filed.",
        ("cases with a report read",),
        (),
        apart(ALL, {ALL: [Share(kept.read, kept.cases)]}, settings.smallest),
        notes=expected,
    )


def _by_criterion(everything: Records, groups: _Groups, settings: Settings) -> Iterator[Figure]:
    given = (settings.criteria, settings.smallest)
    lacking = criteria.lacking(everything, *given)
    months = {month: records for month, records in groups.months.items() if records}
    yield Figure(
        "lacking",
        "Findings by criterion",
        criteria.LACKING_DEFINITION,
        criteria.LACKING_COLUMNS,
        (lacking,),
        bars=_lacking_bars(lacking),
    )
    yield Figure(
        "repeated",
        "Findings that come back",
        criteria.REPEATED_DEFINITION,
        tuple(months),
        (criteria.repeated(months, *given),),
    )
    yield Figure(
        "agreement",
        "Agreement with the checker",
        criteria.AGREEMENT_DEFINITION,
        criteria.AGREEMENT_COLUMNS,
        (criteria.agreement(everything, *given),),
    )
    yield Figure(
        "overruled",
        "Overruled by readers, by rule",
        criteria.OVERRULED_DEFINITION,
        criteria.OVERRULED_COLUMNS,
        (criteria.overruled(everything, *given),),
    )


def _lacking_bars(shown: Block) -> Bars:
    """In the first draft; criteria that no report lacked have no bar."""
    first = [(row.label, row.cells[0]) for row in shown.rows]
    shares = [(label, cell) for label, cell in first if isinstance(cell, Share) and cell.count]
    rows = tuple((label, (cell.count, cell.of - cell.count)) for label, cell in shares)
    return Bars(
        ("lacking", "not lacking"),
        rows,
        hidden=sum(cell is None for _, cell in first),
        dark_first=True,
        told="By the checker, in the first draft. Criteria that no report lacked are left out.",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _within(day: date, settings: Settings) -> bool:
    return settings.since <= Month.of(day) <= settings.until


__all__ = ["SMALLEST", "TOO_FEW", "Bars", "Figure", "Figures", "Kept", "Month", "Record", "Settings", "figures_of"]
