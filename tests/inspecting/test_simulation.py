"""The page of the simulation holds what the issue asks, and a small run of it comes out as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from scipy.stats import hypergeom

from qualitycheck.inspecting import assisted
from qualitycheck.inspecting.proportions import proportion
from tests import simulate


def test_the_page_holds_what_is_promised(root: Path) -> None:
    page = (root / "docs" / "simulation.md").read_text("utf-8")
    figures = [float(number) for number in re.findall(r"\*\*([\d.]+)%?\*\*", page)]
    lowest_plain, lowest_assisted, smallest = figures
    assert lowest_plain >= simulate.ASKED
    assert lowest_assisted >= simulate.ASKED
    assert smallest == assisted.FEWEST


def test_at_200_graded_the_intervals_hold_over_2000_draws() -> None:
    for line in simulate.lines(draws=2000, sizes=(simulate.ASKED_SIZE,)):
        # Of 2,000 draws a share of 95% varies by half a per cent; the page has ten times as many.
        assert min(line.plain, *line.helped) >= simulate.ASKED - 1.0, line


def test_of_single_frames_plain_intervals_hold_as_the_page_says(root: Path) -> None:
    """Every number of reports of a frame of 1,000 that may fall short, by the exact chance of each sample."""
    page = (root / "docs" / "simulation.md").read_text("utf-8")
    [told] = re.findall(r"never less than ([\d.]+)% of the time, and ([\d.]+)% or more on average", page)
    short = np.arange(simulate.FRAME + 1)[:, None]
    lowest, means = [], []
    for size in simulate.SIZES:
        found = [proportion([count], [size], [simulate.FRAME]) for count in range(size + 1)]
        low, high = np.array([(each.low, each.high) for each in found]).T
        truth = short / simulate.FRAME
        held = (low <= truth + 1e-12) & (truth <= high + 1e-12)
        chance = hypergeom.pmf(np.arange(size + 1), simulate.FRAME, short, size)
        each_frame = (chance * held).sum(1)
        lowest.append(100 * each_frame.min())
        means.append(100 * each_frame.mean())
    assert min(lowest) >= float(told[0])
    assert min(means) >= float(told[1])
