"""Where in which table the walk is: tables in cells of tables, merged cells, rows struck out."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from qualitycheck.reading.drafts import Box, Row, Table
from qualitycheck.reading.names import VAL, W, number, on
from qualitycheck.reading.styles import Emphasis, Styles, is_shaded

_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}$")


class Place:
    """The cell the walk is in. Each `enter` gives the way out again."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.box: Box | None = None
        self._table: Table | None = None
        self._row: Row | None = None

    def enter_table(self, table_number: int, properties: etree._Element | None) -> Callable[[], None]:
        leave = self._way_back()
        first_row, first_column = _regions(properties, self._styles)
        self._table = Table(table_number, self.box, first_row, first_column)
        return leave

    def enter_row(self, properties: etree._Element | None) -> None:
        if self._table is None:
            return
        before = number(properties.find(W + "gridBefore"), 0) if properties is not None else 0
        self._row = Row(self._table, len(self._table.rows), next_column=before or 0)
        self._table.rows.append(self._row)

    def enter_cell(self, properties: etree._Element | None) -> Callable[[], None]:
        leave = self._way_back()
        row = self._row
        if row is None:
            return leave
        span = max(number(properties.find(W + "gridSpan"), 1) or 1, 1) if properties is not None else 1
        merged = properties.find(W + "vMerge") if properties is not None else None
        continues = merged is not None and merged.get(VAL, "continue") == "continue"
        regions = [row.table.first_row] * (row.number == 0) + [row.table.first_column] * (row.next_column == 0)
        self.box = Box(
            row,
            row.next_column,
            span,
            shaded=is_shaded(properties) or any(region.shaded for region in regions),
            bold=any(region.bold for region in regions),
            continues=continues,
        )
        if continues and not row.boxes and row.number:
            row.above = row.table.rows[row.number - 1].labelled_with
        row.next_column += span
        row.boxes.append(self.box)
        if len(row.boxes) > 1:
            row.table.is_frame = False
        return leave

    def _way_back(self) -> Callable[[], None]:
        outer = (self._table, self._row, self.box)

        def leave() -> None:
            self._table, self._row, self.box = outer

        return leave


def is_struck_out(row_properties: etree._Element | None) -> bool:
    return row_properties is not None and row_properties.find(W + "del") is not None


def is_hidden(row_properties: etree._Element | None) -> bool:
    return row_properties is not None and bool(on(row_properties.find(W + "hidden")))


def _regions(properties: etree._Element | None, styles: Styles) -> tuple[Emphasis, Emphasis]:
    """How the first row and the first column are set apart: by the table's style, where w:tblLook switches it on."""
    style = properties.find(W + "tblStyle") if properties is not None else None
    look = properties.find(W + "tblLook") if properties is not None else None
    if style is None or look is None:
        return Emphasis(), Emphasis()
    bits = int(look.get(VAL, "0"), 16) if _HEXADECIMAL.match(look.get(VAL, "")) else 0
    found = []
    for region, switch, bit in (("firstRow", "firstRow", 0x20), ("firstCol", "firstColumn", 0x80)):
        switched = look.get(W + switch)
        is_on = switched.lower() in ("1", "true", "on") if switched is not None else bool(bits & bit)
        found.append(styles.table_region(style.get(VAL), region) if is_on else Emphasis())
    return found[0], found[1]
