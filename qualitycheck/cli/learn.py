"""`qualitycheck learn`: the shipped models moved towards an office's own decisions, where that makes them better."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qualitycheck.checking import Checker
from qualitycheck.cli.check import progress
from qualitycheck.cli.files import put
from qualitycheck.cli.labelled import bytes_of, labelled, not_there
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.judging.judge import shipped_thresholds
from qualitycheck.learning.hearing import Labelled
from qualitycheck.learning.keeping import keep, refuse_to_replace
from qualitycheck.learning.trial import LEAST_REPORTS, SURE, Trial, trial
from qualitycheck.measuring.labels import BadLabels, Labels
from qualitycheck.measuring.outcome import Lost, spots_of
from qualitycheck.measuring.summary import Summary, as_data, shown, warning
from qualitycheck.rendering.data import as_json

FOLDER = "qualitycheck-models"
KEPT, NOT_BETTER = 0, 1


def run(options: Namespace) -> int:
    """0 when something better was learnt and written, 1 when it is not better and nothing is; raises UserError."""
    configuration = load_configuration(options.config)
    if not configuration.models.use:
        raise BadSetting("there is nothing to learn for: the configuration says not to use models (`use` in [models])")
    checker = Checker(options.type, configuration)
    beside = options.config.parent if options.config else Path()
    into: Path = options.into or beside / FOLDER
    files = list(labelled(options.folder, checker))
    if len(files) < LEAST_REPORTS:
        raise BadLabels(
            f"{options.folder} holds {len(files)} labelled reports: learning takes at least {LEAST_REPORTS},"
            " by several authors (docs/own-models.md)"
        )
    refuse_to_replace(into, len(files))
    reports = [_read(path, labels, checker) for path, labels in files]
    try:
        told = trial(
            reports, checker.settings, checker.rulebook, configuration.models.boldness, shipped_thresholds(), progress
        )
    finally:
        progress("")
    if told.better:
        keep(told, into, date.today())
    put(
        as_json(_as_data(told, into))
        if options.format == "json"
        else "\n".join([*_lines(told, into, beside), ""]).encode()
    )
    return KEPT if told.better else NOT_BETTER


def _read(path: Path, labels: Labels, checker: Checker) -> Labelled:
    """The report and its labels; what is marked as sound is not learnt from."""
    try:
        document = checker.read(bytes_of(path, checker), path.name)
        spots_of(document, labels.findings or ())
    except UnreadableReport as refusal:
        raise BadLabels(f"{path.name} {refusal.message}") from None
    except Lost as which:
        raise not_there(path, which) from None
    return Labelled(path.name, _author(path), document, labels.model_copy(update={"clean": ()}))


def _author(path: Path) -> str:
    """Who wrote the report, as its labels say; else the report stands by itself."""
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8-sig"))
    return str(told.get("author") or told.get("voice") or path.name)


def _as_data(told: Trial, into: Path) -> dict[str, Any]:
    return {
        "schema": "qualitycheck/learning/1",
        "better": told.better,
        "verdict": _verdict(told, into),
        "better_in": told.better_in,
        "worse": list(told.lost),
        "written_to": str(into) if told.better else None,
        "authors": told.authors,
        "before": as_data(told.before),
        "after": as_data(told.after),
    }


def _lines(told: Trial, into: Path, beside: Path) -> Iterator[str]:
    """`beside`: the folder of the configuration, which its paths are taken from."""
    before, after = told.before, told.after
    yield f"{before.reports} reports by {told.authors} authors, {told.elements} statuses"
    if told.authors == 1:
        yield "All by one author: how it does on another's is not known."
    if told.faults is None:
        yield f"Fewer than {LEAST_REPORTS} of them have their faults labelled, so only elements were learnt."
    if few := warning(before.reports):
        yield few
    yield ""
    yield f"{'each report held out in its turn':32} {'as shipped':34} learnt"
    for what, one, other in zip(_names(before), _figures(before), _figures(after), strict=True):
        yield f"{what:32} {one:34} {other}"
    yield ""
    yield _verdict(told, into)
    if told.better:
        yield "To use it, put this into qualitycheck.toml:"
        yield ""
        yield "[models]"
        full = into.resolve()
        shown_as = full.relative_to(beside.resolve()) if full.is_relative_to(beside.resolve()) else full
        yield f"folder = {json.dumps(shown_as.as_posix())}"


def _names(summary: Summary) -> Sequence[str]:
    names = ["element statuses right", "", "partial or missing, F1", "", "calibration error, elements"]
    return [*names, "findings, F1", "", "calibration error, findings"] if summary.faults else names


def _figures(summary: Summary) -> Iterator[str]:
    yield shown(summary.statuses.estimate)
    yield f"{summary.statuses.count} of {summary.statuses.of}"
    yield shown(summary.deficient.f1)
    yield f"{summary.deficient.found} found, {summary.deficient.missed} missed, {summary.deficient.false} false"
    yield shown(summary.element_calibration.error)
    if summary.faults and summary.finding_calibration:
        yield shown(summary.faults.f1)
        yield f"{summary.faults.found} found, {summary.faults.missed} missed, {summary.faults.false} false"
        yield shown(summary.finding_calibration.error)


def _verdict(told: Trial, into: Path) -> str:
    sure = f"Better in {told.better_in:.0%} of the draws of reports"
    if told.better:
        return f"{sure}. Written to {into}."
    why = f"learning makes worse: {', '.join(told.lost)}" if told.lost else f"less than {SURE:.0%} may be chance"
    return f"{sure}. Nothing is written: {why}. The shipped models stay in use."
