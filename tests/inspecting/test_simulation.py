"""The page of the simulation holds what the issue asks, and a small run of it comes out as the page says."""

from __future__ import annotations

import re
from pathlib import Path

from qualitycheck.inspecting import assisted
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
