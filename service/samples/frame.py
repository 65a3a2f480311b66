"""A frame that is complete, and what the checker says of every report in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from qualitycheck.inspecting.checked import cut_short
from qualitycheck.result import ReportResult
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import LeftOut, Report
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.samples import GONE, SampleView

JUDGED = ("section7", "section31")  # types of report that can be drawn


def put_frame(
    at: Desk, sample: str, reports: Iterable[Report], left_out: Iterable[LeftOut], seen: list[dict[str, Any]]
) -> None:
    """Keep it; duplicates are left out of it. Raises Problem 404."""
    frame = frame_of(reports, left_out)
    with at.store.together():
        at.store.samples.change(
            sample, lambda view: replace(view, frame=frame.reports, left_out=frame.left_out, ready=True)
        )
        at.store.samples.keep_seen(sample, seen)


def seen_of(report: Report, result: ReportResult) -> dict[str, Any]:
    """What assisted estimates need of a result, under what the frame calls the report."""
    return cut_short({**asdict(result), "file": report.path or report.id, "sha256": report.sha256})


def the_sample(at: Desk, sample: str) -> SampleView:
    """Raises Problem 404."""
    view = at.store.samples.get(sample)
    if view is None:
        raise Problem(404, GONE)
    return view
