"""docs/evaluation.md: the part that `make evaluate` writes, between its marks, and its plots."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import DRAWS, Draws, Estimate
from qualitycheck.measuring.outcome import Outcome
from qualitycheck.models.evaluation import plots, tables
from qualitycheck.models.evaluation.agreement import ReadTwice, of_element, of_fault
from qualitycheck.models.evaluation.configurations import BOTH, MAJORITY, MODEL, RULES
from qualitycheck.models.evaluation.reports import Report

BEGIN, END = "<!-- written by make evaluate -->", "<!-- to here -->"
COMPARED = (MAJORITY, RULES, MODEL, BOTH)
ABLATIONS, LEARNING_CURVE = "ablations.json", "learning_curve.json"


@dataclass(frozen=True)
class Measured:
    """All there is to write: the test reports, what came of them by way of judging, and what was read twice."""

    manifest: dict[str, Any]
    elements: Sequence[str]  # ids, in catalogue order
    findings: Sequence[str]
    reports: Sequence[Report]
    ways: dict[str, Sequence[Outcome]]
    read: Sequence[ReadTwice]


def write(measured: Measured, page: Path) -> None:
    """Write the plots beside the page, and the part of the page between the marks."""
    folder = page.parent / page.stem
    draw(measured, folder)
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    body = "\n\n".join(_parts(measured, folder))
    page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8", newline="\n")


def draw(measured: Measured, folder: Path) -> None:
    both = measured.ways[BOTH]
    draws = Draws(len(both))
    plots.reliability(
        figures.calibration_of_elements(both, draws),
        figures.calibration_of_findings(both, draws),
        folder / "reliability.svg",
    )
    plots.by_criterion(_f1_of_elements(measured), folder / "elements.svg", "F1 of partial or missing")
    plots.by_criterion(_f1_of_findings(measured), folder / "findings.svg", "F1")
    if points := _extra(folder / LEARNING_CURVE):
        plots.learning_curve(points, folder / "learning-curve.svg")


def _f1_of_elements(measured: Measured) -> dict[str, dict[str, Estimate]]:
    rows = {}
    for id_ in measured.elements:
        rows[id_] = {way: figures.deficient(of, Draws(len(of)), id_).f1 for way, of in measured.ways.items()}
        if measured.read:
            rows[id_][tables.SECOND] = of_element(measured.read, id_).scores.f1
    return rows


def _f1_of_findings(measured: Measured) -> dict[str, dict[str, Estimate]]:
    rows = {}
    for id_ in measured.findings:
        rows[id_] = {way: figures.faults(of, Draws(len(of)), [id_]).f1 for way, of in measured.ways.items()}
        if measured.read:
            rows[id_][tables.SECOND] = of_fault(measured.read, id_).scores.f1
    return rows


def _parts(measured: Measured, folder: Path) -> Iterator[str]:
    compared = {way: measured.ways[way] for way in COMPARED}
    judged = {way: measured.ways[way] for way in (RULES, MODEL, BOTH)}
    settings = {
        "strict": measured.ways["strict"],
        "balanced": measured.ways[BOTH],
        "thorough": measured.ways["thorough"],
    }
    yield _heading(measured)
    yield "## All together"
    yield tables.totals(compared | _second(measured))
    yield tables.counted(compared | _second(measured))
    yield "What is left to a person, and how right the others are:"
    yield tables.reading({way: measured.ways[way] for way in (RULES, BOTH)})
    yield "## Settings"
    yield tables.totals(settings)
    yield tables.counted(settings)
    yield "## Calibration"
    yield (
        "In ten bins of equal count. With so few answers the error is above nought even where confidence is perfect, "
        "and drawing the reports again adds to it: the intervals lie high, and may leave the figure below them."
    )
    yield tables.calibration(judged)
    yield f"![How sure against how often right, for elements and for findings]({folder.name}/reliability.svg)"
    yield from _by_group(measured)
    yield from _ingredients(folder)
    yield from _readers(measured)
    yield "## By element"
    yield (
        "Precision, recall and F1 are of telling partial or missing from the rest; beneath each, the second reader on "
        "the reports read twice."
    )
    yield f"![F1 of partial or missing, by element and way of judging]({folder.name}/elements.svg)"
    yield from tables.elements(measured.elements, compared, measured.read)
    yield "## By kind of finding"
    yield f"![F1 by kind of finding and way of judging]({folder.name}/findings.svg)"
    yield from tables.findings(measured.findings, judged, measured.read)


def _heading(measured: Measured) -> str:
    told = measured.manifest
    voices = len({report.label["voice"] for report in measured.reports})
    words = sum(report.document.words for report in measured.reports)
    dated = f", {told['date']}" if "date" in told else ""
    return (
        f"Models version {told['version']}{dated}. Measured on {len(measured.reports)} reports ({words:,} words) by "
        f"{voices} voices that nothing was learnt from. In brackets: intervals of 95% by bootstrap over reports, "
        f"{DRAWS:,} draws."
    )


def _second(measured: Measured) -> dict[str, Sequence[Outcome]]:
    if not measured.read:
        return {}
    return {f"second reader, on {len(measured.read)} reports": [one.outcome for one in measured.read]}


def _by_group(measured: Measured) -> Iterator[str]:
    yield "## By report"
    yield "Both together, balanced."
    for key in ("type", "quality", "layout", "voice"):
        yield tables.groups(measured.reports, measured.ways[BOTH], key)


def _ingredients(folder: Path) -> Iterator[str]:
    """What training measured, where it left it: what each ingredient is worth, and what more reports would be."""
    if rows := _extra(folder / ABLATIONS):
        yield "## What each ingredient is worth"
        yield tables.plain(rows)
    if rows := _extra(folder / LEARNING_CURVE):
        yield "## What more reports are worth"
        yield tables.plain(rows)
        yield f"![Figures by the number of reports to learn from]({folder.name}/learning-curve.svg)"


def _readers(measured: Measured) -> Iterator[str]:
    if measured.read:
        yield "## Two readers"
        yield (
            f"{len(measured.read)} reports read a second time by a reader who had not seen the labels. Elements: "
            "agreement on the status; F1 is of partial or missing. Findings: agreement and kappa over sentences; F1 is "
            "the second reader judged as a checker is."
        )
        yield tables.agreement(measured.elements, measured.findings, measured.read)


def _extra(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
