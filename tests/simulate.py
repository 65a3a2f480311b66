"""How often the intervals of an inspection hold the truth: `make simulate` prints that and writes it to its page.

    python tests/simulate.py docs/simulation.md

Frames of fictional grades are made, sampled and estimated over and over with the code that inspections use. The seed is
fixed, so that the same figures come out each time. Nothing is asserted here: tests/inspecting/test_simulation.py holds
the page to what it promises.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualitycheck.inspecting import assisted, proportions
from qualitycheck.inspecting.proportions import Array

BEGIN, END = "<!-- written by make simulate -->\n", "<!-- to here -->\n"
SEED = 20261122
DRAWS = 20_000  # of frame and sample for each line, ten times the 2,000 asked for: a figure is right to about 0.15
ASKED = 94.0  # per cent, of intervals that are to hold 95
SIZES = (5, 10, 20, 33, 50, 62, 80, 90, 100, 120, 150, 200)  # a stratum of 100 is in some of the frames
ASKED_SIZE = 200
FRAME = 1000


class Checker(NamedTuple):
    """How often the checker sees a report as falling short that does, and one that does not."""

    name: str
    of_short: float
    of_sound: float


CHECKERS = (
    Checker("good", 0.90, 0.10),
    Checker("near perfect", 0.98, 0.02),
    Checker("useless", 0.40, 0.40),
    Checker("biased: flags nearly all", 0.98, 0.70),
    Checker("biased: misses most", 0.30, 0.02),
    Checker("wrong way round", 0.20, 0.70),
)


class Kind(NamedTuple):
    """A frame: the part of it, the part of the sample, and the chance to fall short, of each stratum."""

    name: str
    of_frame: tuple[float, ...]
    of_sample: tuple[float, ...]
    short: tuple[float, ...]


KINDS = (
    *(
        Kind(f"{share:.0%} fall short", (1.0,), (1.0,), (share,))
        for share in (0.05, 0.10, 0.20, 0.30, 0.50, 0.75, 0.90)
    ),
    Kind("two strata, 76% and 31%, drawn in proportion", (0.53, 0.47), (0.53, 0.47), (0.76, 0.31)),
    Kind("two strata, 76% and 31%, drawn alike from 80% and 20%", (0.8, 0.2), (0.5, 0.5), (0.76, 0.31)),
    Kind("two strata, 10% and 80%, drawn alike from 90% and 10%", (0.9, 0.1), (0.5, 0.5), (0.1, 0.8)),
    Kind("three strata, 10%, 30% and 60%, drawn alike", (0.5, 0.3, 0.2), (0.34, 0.33, 0.33), (0.1, 0.3, 0.6)),
)


@dataclass(frozen=True)
class Line:
    """Of one kind of frame and one size of sample: per cent of intervals that hold the truth; nan where none is shown.

    `plain` are the intervals that `proportion` gives, `helped` those of `assisted`, by checker, with their mean width
    as a ratio to the plain ones'.
    """

    kind: Kind
    size: int
    plain: float
    helped: tuple[float, ...]
    width: tuple[float, ...]
    shown: float  # per cent of samples with enough of each for an assisted interval


def lines(draws: int = DRAWS, sizes: Sequence[int] = SIZES) -> Iterator[Line]:
    chance = np.random.default_rng(SEED)
    for kind in KINDS:
        for size in sizes:
            yield line(kind, size, draws, chance)


def line(kind: Kind, size: int, draws: int, chance: np.random.Generator) -> Line:
    of = np.round(np.array(kind.of_frame) * FRAME)
    n = np.maximum(np.round(np.array(kind.of_sample) * size), 1)
    short = np.array(kind.short)
    graded_short = chance.binomial(n.astype(int), short, (draws, len(n)))
    rest_short = chance.binomial((of - n).astype(int), short, (draws, len(n)))
    truth = (graded_short + rest_short).sum(1) / of.sum()
    counted, graded = graded_short.sum(1), n.sum()

    plain = _plain(graded_short, n, of)
    enough = np.minimum(counted, graded - counted) >= assisted.FEWEST_OF_EACH
    helped, width = [], []
    for checker in CHECKERS:
        low, high = _helped(checker, n, of, graded_short, rest_short, chance)
        helped.append(_held(low, high, truth, enough))
        width.append(_ratio(high - low, plain[1] - plain[0], enough))
    return Line(
        kind,
        size,
        _held(*plain, truth),
        tuple(helped),
        tuple(width),
        100 * float(enough.mean()),
    )


def _plain(short: NDArray[np.int64], n: Array, of: Array) -> tuple[Array, Array]:
    """The plain intervals, worked out once for each different sample."""
    samples, which = np.unique(short, axis=0, return_inverse=True)
    found = [proportions.proportion(sample, n, of) for sample in samples]
    low, high = np.array([(each.low, each.high) for each in found]).T
    return low[which.ravel()], high[which.ravel()]


def _helped(
    checker: Checker,
    n: Array,
    of: Array,
    short: NDArray[np.int64],
    rest: NDArray[np.int64],
    chance: np.random.Generator,
) -> tuple[Array, Array]:
    """The assisted intervals: a report is seen as falling short or not, so that every sum is a count."""
    both = chance.binomial(short, checker.of_short)
    seen = both + chance.binomial((n - short).astype(int), checker.of_sound)
    seen_in_rest = chance.binomial(rest, checker.of_short) + chance.binomial(
        (of - n - rest).astype(int), checker.of_sound
    )
    in_frame = (seen + seen_in_rest).astype(float)
    sums = assisted.Sums(
        graded=n,
        judged=short.astype(float),
        seen=seen.astype(float),
        both=both.astype(float),
        seen_squared=seen.astype(float),
        frame=of,
        frame_seen=in_frame,
        frame_seen_squared=in_frame,
    )
    share, effective, _ = assisted.estimate(sums)
    return proportions.wilson(share, effective)


def _held(low: Array, high: Array, truth: Array, where: NDArray[np.bool_] | None = None) -> float:
    held = (low <= truth + 1e-12) & (truth <= high + 1e-12)
    if where is not None:
        if where.mean() < 0.05:
            return float("nan")
        held = held[where]
    return 100 * float(held.mean())


def _ratio(first: Array, second: Array, where: NDArray[np.bool_]) -> float:
    return float(first[where].mean() / second[where].mean()) if where.any() else float("nan")


def smallest(found: Sequence[Line]) -> int:
    """The size from which on every assisted interval that would be shown holds as often as asked."""
    failing = [each.size for each in found if any(held < ASKED for held in each.helped)]
    return min(size for size in SIZES if size > max(failing, default=0))


def page(found: Sequence[Line]) -> list[str]:
    plain = min(found, key=lambda each: each.plain)
    asked = [each for each in found if each.size == ASKED_SIZE]
    lowest = min(held for each in asked for held in each.helped)
    heads = [checker.name for checker in CHECKERS]
    return [
        f"Seed {SEED}; {DRAWS:,} frames of {FRAME:,} reports, each with its sample, for every line.",
        "",
        f"- Plain intervals, the lowest of all lines: **{plain.plain:.1f}%** ({plain.kind.name}, {plain.size} graded).",
        f"- Assisted intervals at {ASKED_SIZE} graded, the lowest of all lines and checkers: **{lowest:.1f}%**.",
        f"- All assisted intervals hold at least {ASKED:.0f}% from **{smallest(found)}** graded on.",
        "",
        "Per cent of intervals that hold the truth; for checkers, of samples with at least "
        f"{assisted.FEWEST_OF_EACH} reports that fall short and {assisted.FEWEST_OF_EACH} that do not, whatever the "
        "size; a dash where fewer than one sample in twenty has so many.",
        "",
        f"| frame | graded | plain | {' | '.join(heads)} |",
        f"|---|---|---|{'---|' * len(heads)}",
        *(
            f"| {each.kind.name} | {each.size} | {each.plain:.1f} | {' | '.join(map(_shown, each.helped))} |"
            for each in found
        ),
        "",
        f"Mean width of assisted intervals at {ASKED_SIZE} graded, the plain one's being 1:",
        "",
        f"| frame | {' | '.join(heads)} |",
        f"|---|{'---|' * len(heads)}",
        *(f"| {each.kind.name} | {' | '.join(f'{wide:.2f}' for wide in each.width)} |" for each in asked),
    ]


def _shown(held: float) -> str:
    return "–" if np.isnan(held) else f"{held:.1f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("page", type=Path, help="the page that the figures are written into")
    target: Path = arguments.parse_args().page
    told = page(list(lines()))
    print(*told, sep="\n")
    before, _, rest = target.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    target.write_text(before + BEGIN + "\n".join(told) + "\n" + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
