"""The checker's view of every report of the frame, from the JSON of `qualitycheck check`, for assisted estimates.

The view says for each report how much the checker thinks that it falls short, from 0 to 1: of an element, 1 where it is
partial or missing; of a fault, 1 where it was found; of the whole, the part of the elements that is partial or missing.
A report that the checker could not read has 0. Any view would do, as it is measured against the grades.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from qualitycheck.errors import UserError
from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.result import SCHEMA
from qualitycheck.sampling.manifest import Manifest, Report

LACKING = ("partial", "missing")
NOT_APPLICABLE = "not-applicable"


class BadResults(UserError):
    """The results of a check do not go with the sample; the message says what is missing."""


@dataclass(frozen=True)
class View:
    """Of one criterion: of every report of the frame, by stratum, and of each report of the sample."""

    frame: Mapping[str, tuple[float, ...]]
    reports: Mapping[str, float]


def read_results(path: Path) -> list[dict[str, Any]]:
    """The reports in the file; raises BadResults."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadResults(f"{path.name} cannot be read: {error.strerror}") from None
    return parse_results(data, path.name)


def parse_results(data: bytes, name: str) -> list[dict[str, Any]]:
    """What `cut_short` leaves of the reports in the bytes; raises BadResults."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadResults(f"{name} is not JSON: give what `qualitycheck check --format json` printed") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or not isinstance(found.get("reports"), list):
        raise BadResults(f"{name} is no result of a check: it does not begin with the schema {SCHEMA}")
    try:
        return [cut_short(result) for result in found["reports"]]
    except (AttributeError, KeyError, TypeError):
        raise BadResults(f"{name} is not whole: check the frame again, and give all that it printed") from None


def cut_short(result: Mapping[str, Any]) -> dict[str, Any]:
    """Of one report's result what estimates need: no word of the report."""
    return {
        "file": str(result["file"]),
        "sha256": str(result.get("sha256") or ""),
        "type": str(result["type"]),
        "error": bool(result.get("error")),
        "elements": [{"id": part["id"], "status": part["status"]} for part in result.get("elements", ())],
        "findings": [{"id": part["id"]} for part in result.get("findings", ())],
    }


def reports_in(results: Iterable[Mapping[str, Any]]) -> list[Report]:
    """The reports that were checked, with what their results say of them; others than reports are left out."""
    return [
        Report(id=result["file"], path=result["file"], sha256=result["sha256"] or None, type=result["type"])
        for result in results
        if not result.get("error") and result["type"] != "other"
    ]


def views_of(
    manifest: Manifest,
    results: Iterable[dict[str, Any]],
    criteria: Iterable[str],
    strata: Mapping[str, Iterable[Report]],
) -> dict[str, View]:
    """The view of each criterion that the checker looks at; `strata` are the reports of the frame.

    Raises:
        BadResults: if a report of the frame has no result, or the frame is not the one that was drawn from.
    """
    by_stratum = {name: list(reports) for name, reports in strata.items()}
    counted = {stratum.name: stratum.reports for stratum in manifest.frame.strata}
    if {name: len(reports) for name, reports in by_stratum.items()} != counted:
        raise BadResults("the list is not the frame of this sample: it has other reports than those drawn from")
    found = _Results(results)
    frame = {name: [found.of(report) for report in reports] for name, reports in by_stratum.items()}
    sample = {report.id: found.of(report) for report in manifest.sample}
    return {
        criterion: View(
            {name: tuple(seen(result, criterion) for result in each) for name, each in frame.items()},
            {id_: seen(result, criterion) for id_, result in sample.items()},
        )
        for criterion in criteria
        if criterion == OVERALL or found.looks_at(criterion)
    }


def seen(result: Mapping[str, Any], criterion: str) -> float:
    """How much the checker thinks that the report falls short, 0 to 1."""
    statuses = {element["id"]: element["status"] for element in result.get("elements", ())}
    if criterion == OVERALL:
        applying = [status for status in statuses.values() if status != NOT_APPLICABLE]
        return sum(status in LACKING for status in applying) / len(applying) if applying else 0.0
    if criterion in statuses:
        return float(statuses[criterion] in LACKING)
    return float(any(finding["id"] == criterion for finding in result.get("findings", ())))


class _Results:
    """Results to be found by a report's bytes, or else by its path, or the name of its file where no other has it."""

    def __init__(self, results: Iterable[dict[str, Any]]) -> None:
        self._all = list(results)
        self._by_bytes = {result["sha256"]: result for result in self._all if result.get("sha256")}
        names = Counter(PurePosixPath(result["file"]).name for result in self._all)
        self._by_path = {result["file"]: result for result in self._all}
        self._by_name = {name: one for one in self._all if names[name := PurePosixPath(one["file"]).name] == 1}
        self._ids = {part["id"] for result in self._all for kind in ("elements", "findings") for part in result[kind]}

    def of(self, report: Report) -> dict[str, Any]:
        result = self._by_bytes.get(report.sha256) if report.sha256 else None
        path = report.path or report.id
        result = result or self._by_path.get(path) or self._by_name.get(PurePosixPath(path).name)
        if result is None:
            raise BadResults(f"{report.id[:60]} was not checked: check every report of the frame, and give all results")
        return result

    def looks_at(self, criterion: str) -> bool:
        return criterion in self._ids
