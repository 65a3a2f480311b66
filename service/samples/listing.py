"""A frame from a list: its columns as people name them, mapped to what a report has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualitycheck.errors import UserError
from qualitycheck.sampling.frame import BadFrame
from qualitycheck.sampling.listed import FIELDS, SHOWN_WRONG, reports_of, rows_of
from qualitycheck.sampling.manifest import Report
from qualitycheck.service.samples.filled import Errors
from qualitycheck.service.uploads import Form

MOST_REPORTS = 20_000
PREVIEW = 5  # rows
# How each is called on the page, and what lists call it, by `_plain`.
NAMES = {
    "id": ("Reference of the report", "id, reference, ref, our ref, case ref, case reference, case, report, number"),
    "path": ("File", "path, file, file name, filename, document"),
    "type": ("Type of report", "type, report type, kind, type of report, kind of report, report kind"),
    "area": ("Area", "area, region, service area"),
    "team": ("Team", "team, office"),
    "month": (
        "Month or date",
        "month, date, filed, date filed, filing date, closed, closed on, date closed",
    ),
    "author": ("Who wrote it", "author, practitioner, written by, guardian, fca, officer, social worker"),
    "manager": ("Who managed it", "manager, service manager, team manager, line manager, managed by, supervisor"),
}
assert tuple(NAMES) == FIELDS


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was sent."""

    header: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    rows: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> Listed:
        header = tuple(cell.strip() for cell in rows[0])
        body = [row for row in rows[1:] if any(cell.strip() for cell in row)]
        first = (tuple(row[at] if at < len(row) else "" for at in range(len(header))) for row in body[:PREVIEW])
        return cls(header, tuple(first), len(body))


def read_listed(data: bytes) -> list[list[str]]:
    """Raises BadFrame, which says what is wrong with the list."""
    rows = rows_of(data, "The list")
    if len(rows) - 1 > MOST_REPORTS:
        raise BadFrame(f"The list has more than {MOST_REPORTS:,} rows: send a part of it")
    if "\x00" in data.decode("utf-8-sig"):
        raise BadFrame("The list is not text: save it as CSV UTF-8")
    return rows


def guessed(header: Sequence[str]) -> dict[str, str]:
    """Which column holds which field, by its name."""
    known = {_plain(name): name for name in reversed(header) if name}
    found: dict[str, str] = {}
    for field, (_, names) in NAMES.items():
        column = next((known[name] for name in names.split(", ") if name in known), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found


def _plain(name: str) -> str:
    """`Our ref. no.` and `our_ref` as `our ref`."""
    words = name.casefold().replace("_", " ").replace(".", " ").split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in ("no", "number") else words)


def columns_in(form: Form, header: Sequence[str]) -> dict[str, str]:
    """As they were chosen on the page."""
    chosen = {field: form.one(f"column-{field}") for field in FIELDS}
    return {field: column for field, column in chosen.items() if column and column in header}


def mapped(rows: list[list[str]], columns: Mapping[str, str], errors: Errors) -> tuple[list[Report], list[str]]:
    """The reports, and a sentence for each row that is wrong; what is wrong with the whole is in `errors`."""
    if not {"id", "path"} & set(columns):
        errors["column-id"] = "Choose the column that holds the reference of each report, or its file."
        return [], []
    try:
        reports, wrong = reports_of(rows, "The list", columns, guess=False)
    except UserError as error:
        errors["column-id"] = f"{error}."
        return [], []
    if wrong:
        at = "column-month" if all(" no month " in told for told in wrong) else "column-id"
        errors[at] = f"{len(wrong):,} of the rows cannot be used: correct the list, or choose another column (or none)."
    elif not reports:
        errors["column-id"] = "The list has no reports: its first line names the columns, and each other line is one."
    said = [f"R{told[1:]}." for told in wrong[:SHOWN_WRONG]]
    return reports, [*said, f"And {len(wrong) - SHOWN_WRONG:,} more."] if len(wrong) > SHOWN_WRONG else said
