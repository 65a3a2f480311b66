"""The plots of docs/evaluation.md: the same bytes for the same figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from qualitycheck.measuring.bootstrap import Estimate
from qualitycheck.measuring.figures import Calibration

# Told apart without colour too (marks), and by those who see few colours (Okabe and Ito).
LOOKS = {
    "rules only": ("#e69f00", "s"),
    "model only": ("#56b4e9", "^"),
    "both": ("#0072b2", "o"),
    "second reader": ("#555555", "|"),
}
_STYLE: Any = {
    "svg.hashsalt": "qualitycheck",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "legend.frameon": False,
}


def reliability(elements: Calibration, findings: Calibration, path: Path) -> None:
    """How sure against how often right, for each tenth of the answers."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7, 3.4), layout="constrained")
        for axes, what, measured in zip(
            figure.subplots(1, 2), ("Element statuses", "Findings"), (elements, findings), strict=True
        ):
            axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
            sure, right = [each.confidence for each in measured.bins], [each.right for each in measured.bins]
            axes.plot(sure, right, marker="o", color=LOOKS["both"][0], linewidth=1)
            axes.set(
                title=what, xlabel="confidence given", ylabel="share right", xlim=(0, 1), ylim=(0, 1), aspect="equal"
            )
        _save(figure, path)


def by_criterion(rows: Mapping[str, Mapping[str, Estimate]], path: Path, measure: str) -> None:
    """A line for each criterion, a mark for each way of judging; the interval of `both`."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7, 0.8 + 0.24 * len(rows)), layout="constrained")
        axes = figure.subplots()
        for way, (colour, mark) in LOOKS.items():
            at = [place for place, row in enumerate(rows.values()) if way in row and row[way].value is not None]
            figures = [estimate for row in rows.values() if way in row and (estimate := row[way]).value is not None]
            if figures:
                axes.scatter(_numbers(one.value for one in figures), at, s=22, color=colour, marker=mark, label=way)
            if way == "both":
                bounds = _numbers(one.low for one in figures), _numbers(one.high for one in figures)
                axes.hlines(at, *bounds, color=colour, linewidth=1)
        axes.set(xlabel=measure, xlim=(-0.02, 1.02), yticks=range(len(rows)), yticklabels=list(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=len(LOOKS), fontsize=8)
        _save(figure, path)


def learning_curve(points: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Figures by how many reports the reader learnt from."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6, 3.4), layout="constrained")
        axes = figure.subplots()
        measured = ("statuses", "deficient_f1", "unsupported_f1", "findings_f1")
        for name, colour, mark in zip(measured, ("#0072b2", "#009e73", "#d55e00", "#cc79a7"), "os^D", strict=True):
            known = [(point["reports"], point[name]) for point in points if point.get(name) is not None]
            axes.plot(*zip(*known, strict=True), marker=mark, color=colour, linewidth=1, label=name.replace("_", " "))
        axes.set(xlabel="reports to learn from", ylabel="on the development voices", ylim=(0, 1))
        axes.set_xlim(left=0)
        axes.legend(loc="lower right", fontsize=8)
        _save(figure, path)


def _numbers(values: Iterable[float | None]) -> list[float]:
    """What is not known is not drawn."""
    return [math.nan if value is None else value for value in values]


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
