"""The results as text, CSV, XLSX and JSON; Word is in `word`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from qualitycheck.inspecting import grades as graded
from qualitycheck.inspecting.charts import UNWEIGHTED, drawn, shades
from qualitycheck.inspecting.results import Criterion, Results
from qualitycheck.inspecting.tables import Titles, about, provisional, tables
from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.tables import Table, Value
from qualitycheck.rendering.tables import as_csv as csv_of
from qualitycheck.rendering.tables import as_xlsx as xlsx_of
from qualitycheck.sampling import manifest as manifests

SCHEMA = "qualitycheck/inspection/1"
WIDTH = 100
_GAP = "  "
_LONGEST = 60  # letters of a line in a cell of text


def rendered(results: Results, titles: Titles, format: str) -> bytes:
    """As `csv`, `xlsx` or `docx`; as text for any other format."""
    if format == "csv":
        return as_csv(results, titles)
    if format == "xlsx":
        return as_xlsx(results, titles)
    if format == "docx":
        from qualitycheck.inspecting import word

        return word.render(results, titles)
    return as_text(results, titles).encode()


def as_text(results: Results, titles: Titles) -> str:
    return "\n".join(_text(results, titles)).rstrip() + "\n"


def as_csv(results: Results, titles: Titles) -> bytes:
    """All tables in one list, as `qualitycheck.rendering.tables` writes it."""
    return csv_of(about(results, titles), tables(results, titles))


def as_data(
    results: Results, manifest: manifests.Manifest, grades: graded.Grades, tool: str, titles: Titles
) -> dict[str, Any]:
    """For JSON: the results, the tables, and the trail: the manifest, every grade as it was given and what it came to.

    The trail is whole, whatever is too few to show in the results: it is for those who inspect. The words of a report
    are in none of it but for the passages that a person has confirmed.
    """
    settings = results.settings
    return {
        "schema": SCHEMA,
        "tool": tool,
        "scales": {"overall": asdict(settings.overall), "criteria": asdict(settings.criteria)},
        "words": asdict(settings.words),
        "smallest": settings.smallest,
        "finite_frame": settings.finite,
        "about": about(results, titles),
        "sample": results.sample,
        "frame": results.frame.reports,
        "missing": list(results.missing),
        "criteria": [_criterion(criterion, titles) for criterion in results.criteria],
        "recurring": [asdict(one) for one in results.recurring],
        "concerns": [concern.model_dump(mode="json") for concern in results.concerns],
        "trail": {
            "manifest": manifests.as_data(manifest),
            "grades": [{key: told for key, told in row.items() if key != "passage"} for row in graded.as_rows(grades)],
            "settled": [asdict(one) for one in results.settled],
        },
    }


def as_xlsx(results: Results, titles: Titles) -> bytes:
    """A sheet a table, a chart beside the counts; the scales stand on every sheet and at the foot of every page."""
    by_title = {titles.of(criterion.id): criterion for criterion in results.criteria}

    def charted(book: Any, sheet: str, table: Table, top: int) -> Any:
        criterion = by_title.get(table.title)
        return _chart(book, sheet, criterion, table, top) if criterion and drawn(criterion) else None

    found = tables(results, titles)
    return xlsx_of("Inspection: tables and charts", about(results, titles), found, _foot(results), charted)


def _text(results: Results, titles: Titles) -> Iterator[str]:
    for line in about(results, titles):
        yield from textwrap.wrap(plain(line), WIDTH)
    for table in tables(results, titles):
        yield ""
        yield plain(table.title)
        for note in table.notes:
            yield from textwrap.wrap(plain(note), WIDTH, initial_indent=_GAP, subsequent_indent=_GAP)
        rows = [line for row in (table.heads, *table.rows) for line in _wrapped(row)]
        wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield (_GAP + _GAP.join(cell.ljust(width) for cell, width in zip(row, wide, strict=True))).rstrip()


def _cell(value: Value) -> str:
    return "" if value is None else " ".join(plain(str(value)).split())


def _wrapped(row: Sequence[Value]) -> Iterator[tuple[str, ...]]:
    """The lines of a row: cells of much text go over several."""
    return zip_longest(*(textwrap.wrap(_cell(value), _LONGEST) or [""] for value in row), fillvalue="")


def _criterion(criterion: Criterion, titles: Titles) -> dict[str, Any]:
    return {"title": titles.of(criterion.id), **asdict(criterion), "scale": criterion.scale.name}


def _foot(results: Results) -> str:
    """What stands at the foot of every page: short, as there is room for 255 letters."""
    settings = results.settings
    scales = dict.fromkeys((settings.overall.title[:80], settings.criteria.title[:80]))
    told = f"Grades: {'; '.join(scales)}. Words: {settings.words.name}."
    return " ".join(filter(None, (provisional(results), told)))


def _chart(book: Any, sheet: str, criterion: Criterion, table: Table, top: int) -> Any:
    """Bars of the counts in the table: the rows of a stratum are as many as the scale has grades."""
    grades = criterion.scale.grades
    rows = drawn(criterion)
    starts = [next(at for at, line in enumerate(table.rows) if line[0] == row.stratum) for row in rows]
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for place, (grade, (fill, ink)) in enumerate(zip(grades, shades(len(grades)), strict=True)):
        cells = [f"'{sheet}'!$E${top + 2 + start + place}" for start in starts]
        names = [f"'{sheet}'!$A${top + 2 + start}" for start in starts]
        chart.add_series(
            {
                "name": grade,
                "values": f"=({','.join(cells)})",
                "categories": f"=({','.join(names)})",
                "fill": {"color": fill},
                "data_labels": {"value": True, "font": {"color": ink}},
            }
        )
    chart.set_title({"name": f"{table.title} ({UNWEIGHTED})"})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    return chart
