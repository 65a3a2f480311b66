"""A list of reports in a CSV file, in whatever columns an office keeps it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from qualitycheck.sampling.frame import BadFrame
from qualitycheck.sampling.manifest import Report

FIELDS = ("id", "path", "type", "area", "team", "month", "author", "manager")
_TYPE = re.compile(r"(?:section|sec\.?|s\.?) ?(7|31)(?: .*)?", re.IGNORECASE)
_TIME = re.compile(r"[T ]\d{1,2}:\d\d.*$")
_BETWEEN = re.compile(r"[\s./,-]+")
_DATES = ("%Y %m", "%Y %m %d", "%d %m %Y", "%m %Y", "%d %B %Y", "%B %Y", "%d %b %Y", "%b %Y", "%d %b %y", "%b %y")
SHOWN_WRONG = 10  # rows that are named


def read_list(path: Path, columns: Mapping[str, str] | None = None) -> list[Report]:
    """The reports of a list, a row each, as they stand there; no file is looked at.

    `columns` says which column holds what, as {"id": "Case ref"}; what it does not say is in the column of that name,
    if there is one. Cells may be separated by commas, semicolons or tabs. Without ids the path is the id. Section 7
    and section 31 are recognised in their usual spellings, other types stay as written; `month` may be any date in it.

    Raises:
        BadFrame: if the file cannot be read, lacks a column, or a row has no id or a month that is none.
    """
    try:
        rows = rows_of(path.read_bytes(), path.name)
    except OSError as error:
        raise BadFrame(f"{path.name} cannot be read: {error.strerror}") from None
    reports, wrong = reports_of(rows, path.name, columns or {})
    if wrong:
        more = f"; and {len(wrong) - SHOWN_WRONG:,} more" if len(wrong) > SHOWN_WRONG else ""
        raise BadFrame(f"{path.name}: {'; '.join(wrong[:SHOWN_WRONG])}{more}")
    return reports


def rows_of(data: bytes, name: str) -> list[list[str]]:
    """The cells of a list as it was sent, the names of its columns first; raises BadFrame where it is no list."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFrame(f"{name} is not UTF-8 text: save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True))
    except csv.Error:
        raise BadFrame(f"{name} is not a CSV list: a quotation mark in it is not closed") from None
    if not rows:
        raise BadFrame(f"{name} is empty: its first line names the columns")
    return rows


def reports_of(
    rows: list[list[str]], name: str, columns: Mapping[str, str], *, guess: bool = True
) -> tuple[list[Report], list[str]]:
    """The reports in the rows, and a sentence for each row that is wrong.

    Without `guess`, a field that `columns` does not name is in no column.

    Raises:
        BadFrame: if it lacks a column.
    """
    where = _places(name, [cell.strip() for cell in rows[0]], columns, guess)
    reports: list[Report] = []
    wrong: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            cells = {field: row[at].strip() for field, at in where.items() if at < len(row)}
            reports.append(_report(cells, "id" if "id" in where else "path"))
        except BadFrame as error:
            wrong.append(f"row {number} {error}")
    return reports, wrong


def _places(name: str, header: list[str], columns: Mapping[str, str], guess: bool) -> dict[str, int]:
    """Which column holds which field."""
    at = {cell.casefold(): place for place, cell in reversed(list(enumerate(header)))}
    for field, column in columns.items():
        if field not in FIELDS:
            raise BadFrame(f"a column may be mapped to {', '.join(FIELDS)}, not to {field!r}")
        if column.strip().casefold() not in at:
            raise BadFrame(f"{name} has no column {column!r}: its first line has {', '.join(header)}")
    named = {field: columns.get(field, field if guess else None) for field in FIELDS}
    wanted = {field: column.strip().casefold() for field, column in named.items() if column is not None}
    places = {field: at[column] for field, column in wanted.items() if column in at}
    if not {"id", "path"} & set(places):
        raise BadFrame(f"{name} has no column called id or path: say which it is, as in --column id=Reference")
    return places


def _report(cells: Mapping[str, str], named_by: str) -> Report:
    """Raises BadFrame, which goes on from the number of the row.

    A list that has ids is not filled up with paths, as names of files may tell who wrote a report.
    """
    known = {field: told for field, told in cells.items() if told}
    path = known.get("path", "").replace("\\", "/") or None
    id_ = known.get("id") if named_by == "id" else path
    if not id_:
        raise BadFrame(f"has no {named_by}")
    return Report(
        id=id_,
        path=path,
        type=_type(known.get("type")),
        area=known.get("area"),
        team=known.get("team"),
        month=_month(known.get("month")),
        author=known.get("author"),
        manager=known.get("manager"),
    )


def _type(told: str | None) -> str | None:
    usual = _TYPE.fullmatch(told) if told else None
    return f"section{usual[1]}" if usual else told


def _month(told: str | None) -> str | None:
    if told is None:
        return None
    date = _BETWEEN.sub(" ", _TIME.sub("", told)).strip()
    date = re.sub(r"(?i)\bsept\b", "Sep", date)
    for form in _DATES:
        try:
            return datetime.strptime(date, form).strftime("%Y-%m")
        except ValueError:
            continue
    raise BadFrame("has no month that can be read: write 2026-11, 03/11/2026 or Nov 2026")
