"""The results as text, CSV, XLSX and JSON; Word is in `word`."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from qualitycheck.inspecting import grades as graded
from qualitycheck.inspecting.charts import drawn, shades
from qualitycheck.inspecting.results import Criterion, Results
from qualitycheck.inspecting.tables import Table, Titles, Value, about, tables
from qualitycheck.rendering.csv import safe
from qualitycheck.rendering.plain import plain
from qualitycheck.sampling import manifest as manifests

SCHEMA = "qualitycheck/inspection/1"
WIDTH = 100
_GAP = "  "
_LONGEST = 60  # letters of a cell of text before it is cut; the last of a row is never cut
_SHEET = 31  # letters in the name of a sheet, at most
_UNDATED = datetime(1980, 1, 1)  # the same file for the same results


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
    """All tables in one list: the title of its table before each row, and a row of headings and of notes for each.

    UTF-8 with a byte-order mark; no cell can start a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for line in about(results):
        writer.writerow(["about", safe(line)])
    for table in tables(results, titles):
        for note in table.notes:
            writer.writerow([safe(table.title), "note", safe(note)])
        for row in (table.heads, *table.rows):
            writer.writerow([safe(table.title), *("" if cell is None else safe(cell) for cell in row)])
    return out.getvalue().encode("utf-8-sig")


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
        "about": about(results),
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
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Inspection: tables and charts", "created": _UNDATED})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("About")
    for at, line in enumerate(about(results)):
        first.write_string(at, 0, plain(line), wrapped)
    first.set_column(0, 0, 110)
    by_title = {titles.of(criterion.id): criterion for criterion in results.criteria}
    taken = {"about"}
    for table in tables(results, titles):
        sheet = book.add_worksheet(_name(table.title, taken))
        sheet.write_string(0, 0, plain(table.title), bold)
        for at, note in enumerate(table.notes, start=1):
            sheet.write_string(at, 0, plain(note))
        top = len(table.notes) + 2
        for column, head in enumerate(table.heads):
            sheet.write_string(top, column, head, bold)
        for down, row in enumerate(table.rows, start=top + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(down, column, plain(cell), wrapped)
                elif cell is not None:
                    sheet.write_number(down, column, cell)
        for column, wide in enumerate(_widths(table)):
            sheet.set_column(column, column, min(wide + 2, 60))
        sheet.freeze_panes(top + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer(f"&L{_foot(results)}&R&P of &N")
        if (criterion := by_title.get(table.title)) and drawn(criterion):
            sheet.insert_chart(top, len(table.heads) + 1, _chart(book, sheet.get_name(), criterion, table, top))
    book.close()
    return out.getvalue()


def _text(results: Results, titles: Titles) -> Iterator[str]:
    for line in about(results):
        yield from textwrap.wrap(plain(line), WIDTH)
    for table in tables(results, titles):
        yield ""
        yield plain(table.title)
        for note in table.notes:
            yield from textwrap.wrap(plain(note), WIDTH, initial_indent=_GAP, subsequent_indent=_GAP)
        rows = [[*map(_cut, row[:-1]), _cell(row[-1])] for row in (table.heads, *table.rows)]
        wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield (_GAP + _GAP.join(cell.ljust(width) for cell, width in zip(row, wide, strict=True))).rstrip()


def _cell(value: Value) -> str:
    return "" if value is None else " ".join(plain(str(value)).split())


def _cut(value: Value) -> str:
    told = _cell(value)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


def _criterion(criterion: Criterion, titles: Titles) -> dict[str, Any]:
    return {"title": titles.of(criterion.id), **asdict(criterion), "scale": criterion.scale.name}


def _widths(table: Table) -> list[int]:
    return [
        max(len("" if cell is None else str(cell)) for cell in column)
        for column in zip(table.heads, *table.rows, strict=True)
    ]


def _foot(results: Results) -> str:
    """What stands at the foot of every page: short, as there is room for 255 letters; an ampersand begins a code."""
    settings = results.settings
    scales = dict.fromkeys((settings.overall.title[:80], settings.criteria.title[:80]))
    return f"Grades: {'; '.join(scales)}. Words: {settings.words.name}.".replace("&", "&&")


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name: short, without what none may have, and no other sheet's."""
    clean = "".join(c for c in plain(title) if c not in "[]:*?/\\").strip("' ") or "Table"
    name, number = clean[:_SHEET], 1
    while name.lower() in taken:
        number += 1
        name = f"{clean[: _SHEET - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name


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
    chart.set_title({"name": table.title})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    return chart
