"""The frame: every report that could be drawn, once, and what was listed and could not be."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualitycheck.errors import UserError
from qualitycheck.sampling.manifest import LeftOut, Report, WhyLeftOut


class BadFrame(UserError):
    """A list or a folder is not one that a sample can be drawn from; quotes nothing from it but names of columns."""


@dataclass(frozen=True)
class Frame:
    """Reports in order of their ids, each once; `left_out` are the other lines or files that were listed."""

    reports: tuple[Report, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def listed(self) -> int:
        return len(self.reports) + len(self.left_out)

    @property
    def sha256(self) -> str:
        """The checksum of what decides a draw, and of the files' bytes: one line of JSON a report, in order of ids.

        Paths, authors and managers are not in it: the same reports may lie elsewhere, and a checksum must not be a way
        to try out who wrote what.
        """
        told = hashlib.sha256()
        for one in self.reports:
            line = [one.id, one.sha256, one.type, one.area, one.team, one.month]
            told.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return told.hexdigest()


def frame_of(reports: Iterable[Report], left_out: Iterable[LeftOut] = ()) -> Frame:
    """The frame of these reports, whatever their order; duplicates are left out, the first in order of id stays.

    Two reports are one when they have one id, or one file's bytes. Everybody who wrote or managed any of the two wrote
    or managed the one that stays, so that nobody comes to read their own.
    """
    ordered = sorted((tidy(report) for report in reports), key=_order)
    kept: dict[str, Report] = {}
    id_of_bytes: dict[str, str] = {}
    out = list(left_out)
    for report in ordered:
        first: str | None = None
        why: WhyLeftOut = "same-id"
        if report.id in kept:
            first = report.id
        elif report.sha256 in id_of_bytes:
            first, why = id_of_bytes[report.sha256], "same-bytes"
        if first is not None:
            out.append(LeftOut(report.id, why, first))
            kept[first] = _with_people_of(kept[first], report)
            continue
        kept[report.id] = report
        if report.sha256:
            id_of_bytes[report.sha256] = report.id
    return Frame(tuple(kept.values()), tuple(sorted(out, key=lambda one: (one.id, one.why, one.of or ""))))


def tidy(report: Report) -> Report:
    """The same with each name in one spelling: systems differ in how they write an accent, and people in spaces."""
    return replace(
        report,
        id=_one_line(report.id) or report.id,
        type=_one_line(report.type),
        area=_one_line(report.area),
        team=_one_line(report.team),
        month=_one_line(report.month),
    )


def people(told: str | None) -> list[str]:
    """The people in a cell, separated by semicolons, as they are compared: without capitals and doubled spaces."""
    return [name.casefold() for part in (told or "").split(";") if (name := _one_line(part))]


def _one_line(told: str | None) -> str | None:
    return " ".join(unicodedata.normalize("NFC", told).split()) or None if told else None


def _order(report: Report) -> tuple[str, ...]:
    fields = ("path", "sha256", "type", "area", "team", "month")
    return (report.id, *(getattr(report, field) or "" for field in fields))


def _with_people_of(report: Report, other: Report) -> Report:
    return replace(report, author=_both(report.author, other.author), manager=_both(report.manager, other.manager))


def _both(one: str | None, other: str | None) -> str | None:
    known = people(one)
    new = [part.strip() for part in (other or "").split(";") if part.strip() and people(part)[0] not in known]
    return "; ".join([*([one] if one else []), *new]) or None
