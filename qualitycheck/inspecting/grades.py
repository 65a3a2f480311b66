"""A file of grades, CSV or JSON: who gave a report which grade on what criterion, and why; faults seen; concerns.

CSV has one row each, its columns in any order: `kind` (grade, adjudicated, fault or concern; grade where empty),
`report`, `reader`, `criterion`, `grade`, `reason`, `date`, and for a fault `passage`, for a concern `owner`, `outcome`
and `closed`. JSON is an object of the schema `qualitycheck/grades/1` with the list `rows` of the same
(docs/inspecting.md).
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from qualitycheck.errors import UserError
from qualitycheck.inspecting.scales import NOT_APPLICABLE, Scale

SCHEMA = "qualitycheck/grades/1"
OVERALL = "overall"
READERS = 2  # of one report, at most
Words = Annotated[str, Field(min_length=1)]


class BadGrades(UserError):
    """A file of grades is wrong, or does not go with its sample; the message names the row."""


def _whole(text: object) -> object:
    return " ".join(text.split()) if isinstance(text, str) else text


Line = Annotated[Words, BeforeValidator(_whole)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    report: Line
    reader: Line
    date: datetime.date


class Grade(_Row):
    """One reader's grade; `adjudicated` ones settle a difference, and must say why."""

    kind: Literal["grade", "adjudicated"] = "grade"
    criterion: Line = OVERALL
    grade: Annotated[Line, BeforeValidator(lambda grade: grade.lower() if isinstance(grade, str) else grade)]
    reason: str = ""


class Fault(_Row):
    """A fault that a reader saw, and the words of the report that show it."""

    kind: Literal["fault"]
    criterion: Line
    passage: str = ""
    reason: str = ""


class Concern(_Row):
    """Something serious, for review at once: who looks into it, what came of it, and when it was closed."""

    kind: Literal["concern"]
    reason: Line
    owner: Line
    outcome: str = ""
    closed: datetime.date | None = None


@dataclass(frozen=True)
class Grades:
    """All that the file says, in its order."""

    grades: tuple[Grade, ...]
    faults: tuple[Fault, ...] = ()
    concerns: tuple[Concern, ...] = ()

    @property
    def criteria(self) -> tuple[str, ...]:
        """Those graded, as they first come, the overall grade last."""
        named = dict.fromkeys(grade.criterion for grade in self.grades if grade.criterion != OVERALL)
        return (*named, *([OVERALL] if any(grade.criterion == OVERALL for grade in self.grades) else []))


State: TypeAlias = Literal["one reader", "two alike", "adjudicated", "apart"]


@dataclass(frozen=True)
class Settled:
    """What counts for one report and criterion; `grade` is None while two readers differ and nobody has settled it."""

    report: str
    criterion: str
    grade: str | None
    state: State
    given: Mapping[str, str]  # by reader
    by: str | None = None  # who settled it

    @property
    def differed(self) -> bool:
        return len(set(self.given.values())) > 1


def read(path: Path) -> Grades:
    """The grades in the file; raises BadGrades."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadGrades(f"{path.name} cannot be read: {error.strerror}") from None
    return parse(data, path.name)


def parse(data: bytes, name: str = "the file of grades") -> Grades:
    """The grades in the bytes; raises BadGrades, which names the row that is wrong, and quotes no report."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadGrades(f"{name} is not UTF-8 text: save it as CSV UTF-8") from None
    rows = _of_json(text, name) if text.lstrip().startswith("{") else _of_csv(text, name)
    read = [_row(row, f"{name}, {where}") for where, row in rows]
    grades = Grades(
        tuple(row for row in read if isinstance(row, Grade)),
        tuple(row for row in read if isinstance(row, Fault)),
        tuple(row for row in read if isinstance(row, Concern)),
    )
    if not grades.grades:
        raise BadGrades(f"{name} has no grades: give a row for each report, reader and criterion")
    return grades


def as_rows(grades: Grades) -> list[dict[str, Any]]:
    """For JSON: what `parse` reads as `rows`."""
    return [
        row.model_dump(mode="json", exclude_none=True) for row in (*grades.grades, *grades.faults, *grades.concerns)
    ]


def settle(grades: Grades) -> list[Settled]:
    """What counts for each report and criterion, in the order of the file.

    Raises:
        BadGrades: where a reader graded one thing twice, more than two did, or a difference was settled twice or
            without a reason.
    """
    together: dict[tuple[str, str], list[Grade]] = {}
    for grade in grades.grades:
        together.setdefault((grade.report, grade.criterion), []).append(grade)
    return [_settled(report, criterion, each) for (report, criterion), each in together.items()]


def refuse_what_does_not_fit(grades: Grades, reports: Collection[str], scales: Mapping[str, Scale]) -> None:
    """Raises BadGrades for a report that is not in the sample or a grade that is not on its criterion's scale."""
    for row in (*grades.grades, *grades.faults, *grades.concerns):
        if row.report not in reports:
            raise BadGrades(f"{row.report[:60]!r} is not in the sample: give the id that the manifest gives it")
    for grade in grades.grades:
        scale = scales[grade.criterion]
        if grade.grade not in scale.given:
            told = f"one of {', '.join(scale.given)}"
            if grade.grade == NOT_APPLICABLE:
                told += ": on this scale everything is graded"
            raise BadGrades(f"{grade.report[:60]}, {grade.criterion}: {grade.grade[:40]!r} is not {told}")


def _settled(report: str, criterion: str, each: Sequence[Grade]) -> Settled:
    where = f"{report[:60]}, {criterion}"
    readings = [grade for grade in each if grade.kind == "grade"]
    given = {grade.reader: grade.grade for grade in readings}
    if len(given) < len(readings):
        raise BadGrades(f"{where}: a reader has graded it twice")
    if len(given) > READERS:
        raise BadGrades(f"{where}: {len(given)} readers have graded it, and two are the most")
    settling = [grade for grade in each if grade.kind == "adjudicated"]
    if len(settling) > 1:
        raise BadGrades(f"{where} was adjudicated twice")
    if settling:
        if not settling[0].reason.strip():
            raise BadGrades(f"{where} was adjudicated without a reason: say why")
        if not given:
            raise BadGrades(f"{where} was adjudicated, and nobody had graded it")
        return Settled(report, criterion, settling[0].grade, "adjudicated", given, settling[0].reader)
    if len(set(given.values())) > 1:
        return Settled(report, criterion, None, "apart", given)
    return Settled(report, criterion, readings[0].grade, "two alike" if len(given) > 1 else "one reader", given)


def _of_csv(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    start = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if start.count(";") > start.count(",") else ",")
    try:
        for row in rows:
            if None in row or None in row.values():
                raise BadGrades(f"{name}, line {rows.line_num}: it has more or fewer cells than the first line")
            filled = {column.strip().lower(): cell.strip() for column, cell in row.items() if cell.strip()}
            if filled:
                yield f"line {rows.line_num}", filled
    except csv.Error:
        raise BadGrades(f"{name}, line {rows.line_num}: it is not CSV") from None


def _of_json(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadGrades(f"{name} is neither JSON nor CSV") from None
    if found.get("schema") != SCHEMA or not isinstance(found.get("rows"), list):
        raise BadGrades(f"{name} is no file of grades: it needs the schema {SCHEMA} and the list `rows`")
    for number, row in enumerate(found["rows"], start=1):
        if not isinstance(row, dict):
            raise BadGrades(f"{name}, row {number}: it is not an object")
        yield f"row {number}", row


_MODELS: dict[str, type[Grade] | type[Fault] | type[Concern]] = {
    "grade": Grade,
    "adjudicated": Grade,
    "fault": Fault,
    "concern": Concern,
}


def _row(row: dict[str, Any], where: str) -> Grade | Fault | Concern:
    kind = row.get("kind", "grade")
    model = _MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise BadGrades(f"{where}: kind is grade, adjudicated, fault or concern")
    try:
        return model.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        what = ".".join(str(part) for part in first["loc"])
        raise BadGrades(f"{where}: {what}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
