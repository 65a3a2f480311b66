"""What the figures are made of: counts that always stand with what they were counted in; and how they are hidden.

A count of a few people's work tells of those people. What comes from fewer than so many readings is not shown, however
many comments, elements or findings were counted in them; nor are so many others as it takes that it cannot be had by
taking what is shown from the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from qualitycheck.measuring.bootstrap import Estimate

TOO_FEW = "too few to show"


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, which come from so many `readings`; None: `of` are readings."""

    count: int
    of: int
    readings: int | None = field(default=None, compare=False)

    @property
    def behind(self) -> int:
        return self.of if self.readings is None else self.readings


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` in `of`, of which they are no part: comments in readings."""

    count: int
    of: int

    @property
    def behind(self) -> int:
        return self.of

    @property
    def each(self) -> float | None:
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Days:
    """The median over `of`, which come from so many `readings`; None where there is nothing to take it of."""

    median: float | None
    of: int
    readings: int | None = field(default=None, compare=False)

    @property
    def behind(self) -> int:
        return self.of if self.readings is None else self.readings


@dataclass(frozen=True, slots=True)
class Agreed:
    """Kappa over the elements judged in `of` reports; `apart` more were held not applicable by one of the two."""

    kappa: Estimate
    of: int
    apart: int = 0

    @property
    def behind(self) -> int:
        return self.of


Cell = Share | Rate | Days | Agreed


@dataclass(frozen=True, slots=True)
class Row:
    """None is a cell of too few to show."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one breakdown: by month, by team."""

    by: str
    rows: tuple[Row, ...]

    @property
    def hidden(self) -> int:
        return sum(cell is None for row in self.rows for cell in row.cells)


def hidden(
    sizes: Sequence[int],
    smallest: int,
    already: Collection[int] = (),
    together: Callable[[Collection[int]], int] | None = None,
) -> set[int]:
    """The places of what is not shown: all that is too small and, while these are too small together, the next.

    Nothing at all is shown as nothing: there is nobody of whom it tells. `together`: how many readings some places come
    from, where one reading may be in several; None: their sum.
    """
    whole = together or (lambda places: sum(sizes[at] for at in places))
    found = {at for at, size in enumerate(sizes) if 0 < size < smallest} | set(already)
    others = sorted((at for at, size in enumerate(sizes) if size and at not in found), key=lambda at: sizes[at])
    while 0 < whole(found) < smallest and others:
        found.add(others.pop(0))
    return found


def block(by: str, rows: Mapping[str, Sequence[Cell]], groups: Sequence[int], smallest: int) -> Block:
    """The rows, which are parts of one whole, without what is too small; `groups` is how many each row is made of."""
    small = hidden(groups, smallest)
    columns = [hidden([cell.behind for cell in column], smallest, small) for column in zip(*rows.values(), strict=True)]
    return Block(
        by,
        tuple(
            Row(label, tuple(None if at in columns[place] else cell for place, cell in enumerate(cells)))
            for at, (label, cells) in enumerate(rows.items())
        ),
    )


def apart(by: str, rows: Mapping[str, Sequence[Cell]], smallest: int) -> Block:
    """The rows, which add up to nothing, without what is too small."""
    return Block(
        by,
        tuple(
            Row(label, tuple(None if 0 < cell.behind < smallest else cell for cell in cells))
            for label, cells in rows.items()
        ),
    )
