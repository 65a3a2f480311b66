"""Where in which table the walk is: tables in cells of tables, merged cells, rows struck out."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from qualitycheck.reading.drafts import Box, Row, Table
from qualitycheck.reading.names import VAL, W, number, on, whole


class Place:
    """The cell the walk is in. Each `enter` gives the way out again."""

    def __init__(self) -> None:
        self.box: Box | None = None
        self._table: Table | None = None
        self._row: Row | None = None

    def enter_table(self, table_number: int) -> Callable[[], None]:
        leave = self._way_back()
        self._table = Table(table_number, self.box)
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
        self.box = Box(row, row.next_column, span, _is_shaded(properties), continues)
        if continues and not row.boxes and row.number:
            row.above = row.table.rows[row.number - 1].labelled_with
        row.next_column += span
        row.boxes.append(self.box)
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


def _is_shaded(properties: etree._Element | None) -> bool:
    shading = properties.find(W + "shd") if properties is not None else None
    if shading is None:
        return False
    fill = shading.get(W + "fill", "auto").lower()
    pattern = shading.get(VAL, "clear")
    return (
        fill not in ("auto", "ffffff")
        or shading.get(W + "themeFill") is not None
        or pattern == "solid"
        or (pattern.startswith("pct") and (whole(pattern[3:]) or 0) > 0)
    )
