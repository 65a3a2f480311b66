"""Results as CSV: one row an element and one a finding, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from qualitycheck.rendering.plain import plain
from qualitycheck.result import Passage, ReportResult, Result
from qualitycheck.rulebook.schema import Criterion

COLUMNS = (
    "file", "type", "kind", "id", "title", "status", "level", "confidence", "needs_reading", "paragraph", "label",
    "section", "passage", "message", "suggestion", "source", "rule", "fingerprint",
)  # fmt: skip
# What makes a spreadsheet run a cell, the wide forms of East Asian typing too (OWASP, CSV injection). Every cell is in
# quotation marks, so that nothing in it can begin a cell of its own where lists are parted by semicolons.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(result: Result, criteria: Mapping[str, Criterion]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads it as such; no cell can start a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for report in result.reports:
        for row in _rows(report, criteria):
            writer.writerow([safe(row.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _rows(report: ReportResult, criteria: Mapping[str, Criterion]) -> Iterator[dict[str, object]]:
    start = {"file": report.file, "type": report.type}
    if report.error:
        yield {**start, "kind": "error", "id": report.error.code, "message": report.error.message}
    elif report.type == "other":
        yield {**start, "kind": "not judged", "message": report.type_reason}
    for rule in report.not_run:
        yield {**start, "kind": "not run", "id": rule.rule, "message": rule.reason}
    for element in report.elements:
        yield {
            **start,
            "kind": "element",
            "id": element.id,
            "title": criteria[element.id].title,
            "status": element.status,
            "level": element.level or "",
            "confidence": element.confidence,
            "needs_reading": "yes" if element.needs_reading else "no",
            "message": element.reason,
            **(_place(element.passages[0]) if element.passages else {}),
        }
    for finding in report.findings:
        yield {
            **start,
            "kind": "finding",
            "id": finding.id,
            "title": criteria[finding.id].title,
            "level": finding.level,
            "confidence": finding.confidence,
            "message": finding.message,
            "suggestion": finding.suggestion,
            "source": finding.source,
            "rule": finding.rule,
            "fingerprint": finding.fingerprint,
            **_place(finding.passage),
        }


def _place(passage: Passage) -> dict[str, object]:
    return {
        "paragraph": passage.paragraph,
        "label": passage.label or "",
        "section": passage.section,
        "passage": passage.text,
    }


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one comes after an apostrophe."""
    if isinstance(value, int | float):
        return value
    text = plain(str(value))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
