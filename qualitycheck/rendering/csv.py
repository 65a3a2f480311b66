"""Results as CSV: one row an element and one a finding, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from qualitycheck.result import Passage, ReportResult, Result
from qualitycheck.rulebook.schema import Criterion

COLUMNS = (
    "file", "type", "kind", "id", "title", "status", "level", "confidence", "needs_reading", "paragraph", "label",
    "section", "passage", "message", "suggestion", "source", "rule", "fingerprint",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet run a cell (OWASP, CSV injection)


def render(result: Result, criteria: Mapping[str, Criterion]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads it as such; no cell can start a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for report in result.reports:
        for row in _rows(report, criteria):
            writer.writerow([_safe(row.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _rows(report: ReportResult, criteria: Mapping[str, Criterion]) -> Iterator[dict[str, object]]:
    start = {"file": report.file, "type": report.type}
    if report.error:
        yield {**start, "kind": "error", "id": report.error.code, "message": report.error.message}
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


def _safe(value: object) -> object:
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) and not isinstance(value, int | float) else value
