"""Tables of words and figures, as CSV and as XLSX: no cell can start a formula; the same tables make the same file."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualitycheck.rendering.csv import safe
from qualitycheck.rendering.plain import plain

Value = str | int | float | None
_SHEET = 31  # letters in the name of a sheet, at most
_ABOUT, _WIDEST, _HEAD = 95, 60, 12  # letters: what tells of it all, a column, one wide for its heading only
_LINE = 15  # points
_UNDATED = datetime(1980, 1, 1)


@dataclass(frozen=True)
class Table:
    """A title, what must be known to read it, and rows under headings; None is an empty cell."""

    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


# Of an xlsxwriter workbook: the chart of a table, which begins in a row of a sheet of this name; None for no chart.
Charted = Callable[[Any, str, Table, int], Any]


def as_csv(about: Sequence[str], tables: Sequence[Table]) -> bytes:
    """All tables in one list: the title of its table before each row, and a row of headings and of notes for each.

    UTF-8 with a byte-order mark; no cell can start a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for line in about:
        writer.writerow(["about", safe(line)])
    for table in tables:
        for note in table.notes:
            writer.writerow([safe(table.title), "note", safe(note)])
        for row in (table.heads, *table.rows):
            writer.writerow([safe(table.title), *("" if cell is None else safe(cell) for cell in row)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, about: Sequence[str], tables: Sequence[Table], foot: str, charted: Charted) -> bytes:
    """A sheet a table, with its chart beside it; `about` on a first sheet, and `foot` at the foot of every page."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _UNDATED})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    head_of = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    first = book.add_worksheet("About")
    for at, line in enumerate(about):
        first.write_string(at, 0, plain(line), wrapped)
        _make_room(first, at, [line], [_ABOUT])
    first.set_column(0, 0, _ABOUT)
    _on_paper(first, foot)
    taken = {"about"}
    for table in tables:
        sheet = book.add_worksheet(_name(table.title, taken))
        sheet.write_string(0, 0, plain(table.title), bold)
        for at, note in enumerate(table.notes, start=1):
            sheet.write_string(at, 0, plain(note))
        top = len(table.notes) + 2
        widths = _widths(table)
        for column, (head, wide) in enumerate(zip(table.heads, widths, strict=True)):
            sheet.write_string(top, column, head, head_of)
            sheet.set_column(column, column, wide)
        _make_room(sheet, top, table.heads, widths)
        for down, row in enumerate(table.rows, start=top + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(down, column, plain(cell), wrapped)
                elif cell is not None:
                    sheet.write_number(down, column, cell)
            _make_room(sheet, down, row, widths)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        _on_paper(sheet, foot)
        if (chart := charted(book, sheet.get_name(), table, top)) is not None:
            sheet.insert_chart(top, len(table.heads) + 1, chart)
    book.close()
    return out.getvalue()


def _widths(table: Table) -> list[int]:
    """Of each column, in letters."""
    longest = [
        max([min(len(head), _HEAD), *(len(str(row[at])) for row in table.rows if row[at] is not None)])
        for at, head in enumerate(table.heads)
    ]
    return [min(letters + 2, _WIDEST) for letters in longest]


def _make_room(sheet: Any, at: int, row: Sequence[Value], widths: Sequence[int]) -> None:
    """Height for text that is wrapped: not every program gives it of itself."""
    told = ["" if cell is None else str(cell) for cell in row]
    lines = max(len(textwrap.wrap(text, wide)) for text, wide in zip(told, widths, strict=True))
    if lines > 1:
        sheet.set_row(at, _LINE * lines)


def _on_paper(sheet: Any, foot: str) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{foot.replace('&', '&&')}&R&P of &N")  # an ampersand begins a code


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name: short, without what none may have, and no other sheet's."""
    clean = "".join(c for c in plain(title) if c not in "[]:*?/\\").strip("' ") or "Table"
    name, number = clean[:_SHEET], 1
    while name.lower() in taken:
        number += 1
        name = f"{clean[: _SHEET - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name
