"""What the page of a result shows, worked out before any template: which findings, in which order, marked how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qualitycheck.aside import SetAside
from qualitycheck.comparison import Comparison, compare, is_another
from qualitycheck.priorities import First, by_level, lacking_by_child, what_to_fix_first
from qualitycheck.rendering.sheet import Group, Line, Piece, Sheet, Table
from qualitycheck.rendering.wording import elements_met
from qualitycheck.result import LACKING, Element, Finding, Level, ReportResult, Status
from qualitycheck.service.checks.check import Check, Previous
from qualitycheck.service.checks.counting import levels, to_look_at


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader wants to see of it: of one level, of one criterion."""

    level: Level | None = None
    criterion: str | None = None

    @classmethod
    def told(cls, level: str, criterion: str, known: Iterable[str]) -> Wanted:
        """From the address; what is no level or criterion is as if nothing was said."""
        return cls(Level(level) if level in set(Level) else None, criterion if criterion in known else None)

    @property
    def everything(self) -> bool:
        return self.level is None and self.criterion is None

    def holds(self, one: Element | Finding) -> bool:
        return self.level in (None, one.level) and self.criterion in (None, one.id)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding under the number it has in the report, which stays its own whatever is set aside or filtered out."""

    number: int
    finding: Finding
    reason: str | None = None  # why it was set aside


@dataclass(frozen=True, slots=True)
class Showing:
    """All that the templates need of a result."""

    result: ReportResult  # what was set aside taken out
    first: tuple[First, ...]
    by_child: list[tuple[str, list[tuple[str, Status]]]]
    met: tuple[int, int]  # elements met, of how many that apply
    levels: Mapping[Level, int]  # how many lacking elements and findings of each level
    criteria: Mapping[str, int]  # and of each criterion, in the order they come
    lacking: tuple[Element, ...]  # as wanted: must-fix first, in catalogue order within a level
    settled: tuple[Element, ...]  # met or not applicable; none of them where something in particular is wanted
    findings: tuple[Numbered, ...]  # as wanted
    aside: tuple[Numbered, ...]
    numbers: Mapping[str, int]  # by fingerprint
    level_of: Mapping[int, Level]  # of the findings shown
    sheet: Sheet | None  # only those marked
    to_read: tuple[Element, ...]  # of which the checker is not sure, whatever it says of them
    compared: Comparison | None  # with the draft before
    another: Previous | None  # the draft before, where it looks like another report: then compared only if asked
    wanted: Wanted

    @property
    def total(self) -> int:
        return sum(self.levels.values())

    @property
    def shown(self) -> int:
        return len(self.lacking) + len(self.findings)


def show(check: Check, wanted: Wanted, *, even_another: bool = False) -> Showing:
    """`even_another`: compare with the draft before, though it looks like another report.

    Raises AssertionError for a check that has no result yet.
    """
    assert check.result is not None
    decided = SetAside(check.decisions)
    result = decided.applied_to(check.result)
    numbered = [
        Numbered(number, finding, check.decisions.get(finding.fingerprint))
        for number, finding in enumerate(check.result.findings, start=1)
    ]
    open_ones = [one for one in numbered if one.reason is None]
    findings = tuple(one for one in open_ones if wanted.holds(one.finding))
    lacking = by_level(element for element in result.elements if element.status in LACKING)
    level_of = {one.number: one.finding.level for one in findings}
    previous = check.previous
    another = previous if previous and is_another(previous.result, check.result) else None
    to_compare = previous if even_another or another is None else None
    return Showing(
        result=result,
        first=what_to_fix_first(result),
        by_child=lacking_by_child(result),
        met=elements_met(result),
        levels=levels(check.result, check.decisions),
        criteria=Counter(one.id for one in to_look_at(result, ())),
        lacking=tuple(element for element in lacking if wanted.holds(element)),
        settled=tuple(e for e in result.elements if e.status not in LACKING) if wanted.everything else (),
        findings=findings,
        aside=tuple(one for one in numbered if one.reason is not None),
        numbers={one.finding.fingerprint: one.number for one in numbered},
        level_of=level_of,
        sheet=marked_for(check.sheet, level_of) if check.sheet else None,
        to_read=tuple(element for element in result.elements if element.needs_reading),
        compared=compare(decided.applied_to(to_compare.result), result) if to_compare else None,
        another=another,
        wanted=wanted,
    )


def marked_for(sheet: Sheet, level_of: Mapping[int, Level]) -> Sheet:
    """The same report with these findings marked only; the text is not touched."""
    return replace(sheet, blocks=tuple(_block(block, level_of) for block in sheet.blocks))


def _block(block: Group | Table, level_of: Mapping[int, Level]) -> Group | Table:
    if isinstance(block, Group):
        return _group(block, level_of)
    rows = tuple(
        tuple(replace(cell, groups=tuple(_group(group, level_of) for group in cell.groups)) for cell in row)
        for row in block.rows
    )
    return replace(block, rows=rows)


def _group(group: Group, level_of: Mapping[int, Level]) -> Group:
    return replace(group, lines=tuple(_line(line, level_of) for line in group.lines))


def _line(line: Line, level_of: Mapping[int, Level]) -> Line:
    if not any(piece.begin for piece in line.pieces):
        return line
    return replace(line, pieces=tuple(_pieces(line.pieces, level_of)))


def _pieces(pieces: tuple[Piece, ...], level_of: Mapping[int, Level]) -> Iterator[Piece]:
    """A finding begins and ends in one line, so that which are open is known from the pieces before."""
    open_now: set[int] = set()
    for piece in pieces:
        open_now.update(number for number in piece.begin if number in level_of)
        level = min((level_of[number] for number in open_now), key=lambda level: level.rank, default=None)
        begin = tuple(number for number in piece.begin if number in level_of)
        end = tuple(number for number in piece.end if number in level_of)
        yield replace(piece, begin=begin, end=end, level=level)
        open_now.difference_update(piece.end)
