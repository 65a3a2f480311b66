"""Labelled reports of the corpus, read as a user's file would be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from qualitycheck.document import Document
from qualitycheck.measuring.labels import Labels, labels_of
from qualitycheck.models.corpora.layouts import as_laid_out, write_docx
from qualitycheck.reading import read_docx


class Report(NamedTuple):
    """`label` is the whole labelled report, its quotations as its layout writes them."""

    id: str
    label: dict[str, Any]
    labels: Labels
    document: Document


def read_written(folder: Path) -> list[dict[str, Any]]:
    """The labelled reports of a folder as they were written, by name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def read_reports(folder: Path) -> Iterator[Report]:
    """The reports of a folder by name; one without a .docx beside it is written in its own layout."""
    for path in sorted(folder.glob("*.json")):
        yield report_of(json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".docx"))


def report_of(written: dict[str, Any], docx: Path | None = None) -> Report:
    label = as_laid_out(written, written["layout"])
    data = docx.read_bytes() if docx and docx.is_file() else write_docx(written, written["layout"])
    return Report(label["id"], label, labels_of(label), read_docx(data, name=f"{label['id']}.docx"))
