"""`qualitycheck evaluate`: how often the checker is right on an office's own labelled reports."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from qualitycheck.checking import Checker
from qualitycheck.cli.check import progress
from qualitycheck.cli.files import one_input, put
from qualitycheck.cli.formats import as_json
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import UnreadableReport
from qualitycheck.measuring.labels import BadLabels, Labels, read_labels
from qualitycheck.measuring.outcome import Lost, Outcome, outcome_of
from qualitycheck.measuring.summary import as_data, as_text, summary_of


def run(options: Namespace) -> int:
    """0 when every labelled report could be measured; raises BadLabels before any figure is shown."""
    checker = Checker(options.type, load_configuration(options.config))
    labelled = list(_labelled(options.folder, checker))
    try:
        outcomes = [_outcome(report, labels, checker) for report, labels in labelled]
    finally:
        progress("")
    summary = summary_of(outcomes, checker.rulebook.criteria)
    put(as_json(as_data(summary)) if options.format == "json" else as_text(summary).encode())
    return 0


def _labelled(folder: Path, checker: Checker) -> Iterator[tuple[Path, Labels]]:
    """Each NAME.docx that has a NAME.json, and what that says."""
    if not folder.is_dir():
        raise BadLabels(f"{folder} is not a folder: give the folder of the labelled reports")
    criteria = checker.rulebook.criteria.values()
    elements = {criterion.id for criterion in criteria if criterion.kind == "element"}
    findings = {criterion.id for criterion in criteria if criterion.kind == "finding"}
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadLabels(f"{folder} holds no labels: put NAME.json beside each NAME.docx (docs/own-reports.md)")
    for file in files:
        report = file.with_suffix(".docx")
        if not report.is_file():
            raise BadLabels(f"{file.name} has no {report.name} beside it: give both the same name")
        yield report, read_labels(file, elements, findings)


def _outcome(report: Path, labels: Labels, checker: Checker) -> Outcome:
    progress(f"checking {report.name}")
    try:
        data = one_input(str(report)).read(checker.limits.file_bytes)
    except UnreadableReport as refusal:
        raise BadLabels(f"{report.name} {refusal.message}") from None
    checked = checker.check(data, report.name)
    if checked.document is None:
        assert checked.result.error
        raise BadLabels(checked.result.error.message)
    try:
        return outcome_of(checked.document, checked.result, labels)
    except Lost as which:
        raise BadLabels(
            f"{report.with_suffix('.json').name}: the words of {which} stand in no single paragraph of {report.name}:"
            " copy them exactly as `qualitycheck text` prints them"
        ) from None
