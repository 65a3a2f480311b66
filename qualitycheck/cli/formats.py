"""Results to bytes, in the format asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qualitycheck.checking import Checked, Checker
from qualitycheck.rendering.data import as_json


def for_all(
    checked: Sequence[Checked], checker: Checker, format: Literal["text", "json", "csv"], *, colour: bool
) -> bytes:
    """One text for all the reports."""
    result = checker.result(checked)
    if format == "json":
        return as_json(result.as_dict())
    if format == "csv":
        from qualitycheck.rendering.csv import render as render_csv

        return render_csv(result, checker.rulebook.criteria)
    from qualitycheck.rendering.text import render as render_text

    return render_text(result, checker.rulebook.criteria, colour=colour).encode()


def for_one(one: Checked, checker: Checker, format: Literal["html", "docx"], *, clean: bool) -> bytes:
    """A page or a Word copy of one report that could be read."""
    assert one.document is not None
    if format == "html":
        from qualitycheck.rendering.html import render as render_html

        return render_html(one.result, one.document, checker.rulebook.criteria, checker.tool).encode()
    from qualitycheck import writing

    if clean:
        return writing.clean(one.data)
    return writing.annotate(one.data, one.document, one.result, checker.rulebook.criteria)
