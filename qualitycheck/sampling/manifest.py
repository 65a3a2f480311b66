"""What is written down of a sample, so that anybody can draw it again: the JSON called `qualitycheck/sample/1`.

A manifest names reports, and holds no words of them. Who wrote and who managed a report is in it only where that was
asked for. What was drawn stays as it was drawn; what happened since is told by the changes, and `sample` puts the two
together.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from qualitycheck.errors import UserError
from qualitycheck.whole_file import write_whole

SCHEMA = "qualitycheck/sample/1"
STRATIFIERS = ("type", "area", "team", "month")
Stratifier: TypeAlias = Literal["type", "area", "team", "month"]
WhyLeftOut: TypeAlias = Literal["missing", "unreadable", "not-a-report", "same-id", "same-bytes"]
WhyChanged: TypeAlias = Literal["missing", "refused", "not-eligible", "other"]
Count = Annotated[int, Field(ge=0)]
Words = Annotated[str, Field(min_length=1)]
_STRICT = ConfigDict(extra="forbid")


class BadManifest(UserError):
    """A manifest is wrong, or does not allow what was asked; the message says where."""


@checked(frozen=True, config=_STRICT)
class Report:
    """One report of a frame; None is not known. `month` is YYYY-MM, `stratum` the stratum it was drawn in."""

    id: Words
    stratum: str = ""
    path: str | None = None  # from the folder, or from the folder of the list
    sha256: str | None = None  # of the file's bytes; None where the list names no files
    type: str | None = None
    area: str | None = None
    team: str | None = None
    month: str | None = None
    author: str | None = None  # several are separated by semicolons, as are managers
    manager: str | None = None

    def without_people(self) -> Report:
        return replace(self, author=None, manager=None)


@checked(frozen=True, config=_STRICT)
class LeftOut:
    """A line of the list, or a file, that could not be drawn; `of` is the report it is a duplicate of."""

    id: Words
    why: WhyLeftOut
    of: str | None = None


@checked(frozen=True, config=_STRICT)
class Stratum:
    """How many reports the frame has of one kind, and how many of them were drawn."""

    name: str
    reports: Count
    drawn: Count


@checked(frozen=True, config=_STRICT)
class FrameRecord:
    """What was drawn from. `reports` are those that could be drawn: listed, less those left out."""

    sha256: str  # of what decides the draw (frame.py)
    listed: Count
    reports: Count
    strata: tuple[Stratum, ...]
    left_out: tuple[LeftOut, ...] = ()


@checked(frozen=True, config=_STRICT)
class Settings:
    """What was asked for: `size` reports in proportion, or `sizes` by name of stratum; one of them is given.

    `by` may be empty: one stratum, called `all`. `reserves` is how many substitutes of each stratum are listed.
    """

    by: tuple[Stratifier, ...] = ()
    size: Annotated[int, Field(ge=1)] | None = None
    sizes: Mapping[str, Count] | None = None
    at_least_one: bool = False
    reserves: Count = 10
    people: bool = False  # whether authors and managers are carried along


@checked(frozen=True, config=_STRICT)
class Change:
    """A report that left the sample, and the one that took its place; `into` is None where none did."""

    date: datetime.date
    out: str
    why: WhyChanged
    reason: Words
    into: str | None = None


@checked(frozen=True, config=_STRICT)
class Reading:
    """Who reads a report: one reader, or two who are not to know of each other."""

    id: str
    readers: tuple[str, ...]


@checked(frozen=True, config=_STRICT)
class Allotment:
    """Who reads what. `after` is how many changes there were when it was made; those since are worked into it.

    `kept_apart` is the checksum of who may not read what; the list itself would say who wrote which report.
    """

    date: datetime.date
    readers: tuple[str, ...]
    twice: Count
    after: Count
    readings: tuple[Reading, ...]
    kept_apart: str | None = None


@checked(frozen=True, config=_STRICT)
class Manifest:
    """A sample. `drawn` is in the order of the draw, `reserves` too: the next of a stratum is the next substitute."""

    tool: str  # the version of qualitycheck that drew
    date: datetime.date
    seed: Words
    settings: Settings
    frame: FrameRecord
    drawn: tuple[Report, ...]
    reserves: tuple[Report, ...]
    changes: tuple[Change, ...] = ()
    allotment: Allotment | None = None

    @property
    def sample(self) -> tuple[Report, ...]:
        """The reports that are in the sample now, substitutes in the place of those that they stand for."""
        known = self.by_id
        now: list[str | None] = [report.id for report in self.drawn]
        for change in self.changes:
            now[now.index(change.out)] = change.into
        return tuple(known[id_] for id_ in now if id_ is not None)

    @property
    def by_id(self) -> dict[str, Report]:
        """Every report that the manifest names, by id."""
        return {report.id: report for report in (*self.drawn, *self.reserves)}


_MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
_REPORT: TypeAdapter[Report] = TypeAdapter(Report)


def as_data(manifest: Manifest) -> dict[str, Any]:
    """For JSON; what is not known is left out."""
    return {"schema": SCHEMA, **_MANIFEST.dump_python(manifest, mode="json", exclude_none=True)}


def reports_as_data(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """The same of some of its reports."""
    return [_REPORT.dump_python(report, mode="json", exclude_none=True) for report in reports]


def parse(data: bytes | str, name: str = "the manifest") -> Manifest:
    """The manifest in the JSON; raises BadManifest, which names the place that is wrong and quotes nothing."""
    try:
        found = json.loads(data if isinstance(data, str) else data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadManifest(f"{name} is not JSON: give the file that `qualitycheck sample draw` wrote") from None
    if not isinstance(found, dict) or found.pop("schema", None) != SCHEMA:
        raise BadManifest(f"{name} is no sample: it does not begin with the schema {SCHEMA}")
    try:
        manifest = _MANIFEST.validate_python(found, strict=False)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise BadManifest(f"{name}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
    _refuse_what_cannot_be(manifest, name)
    return manifest


def read(path: Path) -> Manifest:
    """The manifest in the file; raises BadManifest."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadManifest(f"{path.name} cannot be read: {error.strerror}") from None
    return parse(data, path.name)


def write(manifest: Manifest, path: Path) -> None:
    """Write the file in one step; raises BadSetting where it cannot be written."""
    write_whole((json.dumps(as_data(manifest), ensure_ascii=False, indent=2) + "\n").encode(), path)


def _refuse_what_cannot_be(manifest: Manifest, name: str) -> None:
    """Raises BadManifest for names that lead nowhere: somebody has changed the file by hand."""
    named = [report.id for report in (*manifest.drawn, *manifest.reserves)]
    if len(set(named)) < len(named):
        raise BadManifest(f"{name} names a report twice: draw again")
    try:
        sample = {report.id for report in manifest.sample}
    except (KeyError, ValueError):
        raise BadManifest(f"{name}: a change names a report that is not in the sample") from None
    if manifest.allotment and {reading.id for reading in manifest.allotment.readings} != sample:
        raise BadManifest(f"{name}: other reports are allotted than are in the sample")
