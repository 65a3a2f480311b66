"""A folder of an office's labelled reports: each NAME.docx with its labels in NAME.json (docs/own-reports.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualitycheck.checking import Checker
from qualitycheck.cli.files import one_input
from qualitycheck.errors import UnreadableReport
from qualitycheck.measuring.labels import BadLabels, Labels, read_labels
from qualitycheck.measuring.outcome import Lost

TYPES = {"section7": "section 7 report", "section31": "section 31 report"}


def labelled(folder: Path, checker: Checker) -> Iterator[tuple[Path, Labels]]:
    """Each NAME.docx that has a NAME.json, and what that says; raises BadLabels where something is not as described."""
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


def bytes_of(report: Path, checker: Checker) -> bytes:
    """The report's bytes; raises BadLabels."""
    try:
        return one_input(str(report)).read(checker.limits.file_bytes)
    except UnreadableReport as refusal:
        raise BadLabels(f"{report.name} {refusal.message}") from None


def refuse_other_types(report: Path, type: str, labels: Labels, checker: Checker) -> None:
    """Raises BadLabels where an element is labelled that is not judged in a report of this type."""
    if type not in TYPES:  # nothing is judged in it, and all its labels count as wrong
        return
    for id_ in labels.elements:
        if type not in checker.rulebook.criteria[id_].report_types:
            raise BadLabels(
                f"{report.with_suffix('.json').name}: {id_} is not judged in a {TYPES[type]}, and {report.name} was"
                " read as one: leave the label out, or say with --type what the report is"
            )


def not_there(report: Path, which: Lost) -> BadLabels:
    """What to say where labelled words are not in the report."""
    return BadLabels(
        f"{report.with_suffix('.json').name}: the words of {which} stand in no single paragraph of {report.name}:"
        " copy them exactly as `qualitycheck text` prints them"
    )
