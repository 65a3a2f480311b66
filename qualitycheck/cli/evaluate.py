"""`qualitycheck evaluate`: how often the checker is right on an office's own labelled reports."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from qualitycheck.checking import Checker
from qualitycheck.cli.check import progress
from qualitycheck.cli.files import put
from qualitycheck.cli.labelled import bytes_of, labelled, not_there, refuse_other_types
from qualitycheck.configuration import load_configuration
from qualitycheck.measuring.labels import BadLabels, Labels
from qualitycheck.measuring.outcome import Lost, Outcome, outcome_of
from qualitycheck.measuring.summary import as_data, as_text, summary_of
from qualitycheck.rendering.data import as_json


def run(options: Namespace) -> int:
    """0 when every labelled report could be measured; raises BadLabels before any figure is shown."""
    checker = Checker(options.type, load_configuration(options.config))
    reports = list(labelled(options.folder, checker))  # all labels are read before the first report is checked
    try:
        outcomes = [_outcome(report, labels, checker) for report, labels in reports]
    finally:
        progress("")
    summary = summary_of(outcomes, checker.rulebook.criteria)
    put(as_json(as_data(summary)) if options.format == "json" else as_text(summary).encode())
    return 0


def _outcome(report: Path, labels: Labels, checker: Checker) -> Outcome:
    progress(f"checking {report.name}")
    checked = checker.check(bytes_of(report, checker), report.name)
    if checked.document is None:
        assert checked.result.error
        raise BadLabels(checked.result.error.message)
    refuse_other_types(report, checked.result.type, labels, checker)
    try:
        return outcome_of(checked.document, checked.result, labels)
    except Lost as which:
        raise not_there(report, which) from None
