"""The checker's part in a sample: it tells the type of each report of a frame, and reads what was drawn."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from qualitycheck.checking import unreadable
from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import Limits
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import ReportResult
from qualitycheck.sampling.manifest import LeftOut, Report
from qualitycheck.service.checks.held import OUR_FAULT
from qualitycheck.service.desk import Desk
from qualitycheck.service.samples.frame import JUDGED, put_frame, seen_of, the_sample
from qualitycheck.service.samples.jobs import Job, Stopped
from qualitycheck.service.samples.kept_drafts import drafts_by_id
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.work.messages import Busy


class File(NamedTuple):
    report: Report
    name: str
    data: bytes


class Checked(NamedTuple):
    file: File
    result: ReportResult
    sheet: Sheet | None


def read_frame(at: Desk, sample: str, job: Job) -> None:
    """Tell the types of the files of a frame; what is no report, or cannot be read, is left out with the reason."""
    view = the_sample(at, sample)
    found: list[Report] = []
    left_out = list(view.left_out)
    seen: list[dict[str, Any]] = []

    def files() -> Iterator[File]:
        for report in view.frame:
            file = _file(at, view, report)
            if file is None:
                left_out.append(LeftOut(report.id, "missing"))
                job.done += 1
            else:
                yield file

    for one in check(at, job, files()):
        job.done += 1
        sha256 = hashlib.sha256(one.file.data).hexdigest()
        report = replace(one.file.report, sha256=sha256, type=one.result.type)
        if one.result.error:
            left_out.append(LeftOut(report.id, "unreadable"))
        elif report.type not in JUDGED:
            left_out.append(LeftOut(report.id, "not-a-report"))
        else:
            found.append(report)
            seen.append(seen_of(report, one.result))
    put_frame(at, sample, found, left_out, seen)


def bring_drawn(at: Desk, sample: str, job: Job) -> None:
    """Check every report that is in the sample and whose file is there, and keep it with what was found."""
    view = the_sample(at, sample)
    waiting = to_bring(view)
    job.total = len(waiting)
    drafts = drafts_by_id(at, view) if view.source == "store" else {}

    def files() -> Iterator[File]:
        for report in waiting:
            if view.source == "store":
                _copy_draft(at, view, report, drafts.get(report.id))
                job.done += 1
            elif file := _file(at, view, report):
                yield file
            else:
                job.done += 1

    for one in check(at, job, files()):
        job.done += 1
        at.store.samples.put_report(sample, one.file.report.id, one.file.name, one.file.data, one.result, one.sheet)


def to_bring(view: SampleView) -> list[Report]:
    """Reports of the sample whose file was not checked yet."""
    return [report for report in view.manifest.sample if report.id not in view.reports] if view.manifest else []


def check(at: Desk, job: Job, files: Iterable[File]) -> Iterator[Checked]:
    """What the workers find in each file, in order; one worker is left to whoever checks a draft meanwhile.

    Raises:
        Stopped: once the service ends.
    """
    at_once = max(1, at.settings.workers - 1)
    under_way: deque[tuple[File, Future[Any]]] = deque()
    for file in files:
        if len(under_way) >= at_once:
            yield _checked(job, *under_way.popleft())
        under_way.append((file, _submitted(at, job, file)))
    for each in under_way:
        yield _checked(job, *each)


def _submitted(at: Desk, job: Job, file: File) -> Future[Any]:
    """Handed to a worker, once there is room."""
    while not job.stopping.is_set():
        try:
            return at.pool.submit("check", file.data, file.name, "auto")
        except Busy as busy:
            job.stopping.wait(busy.retry_after)
    raise Stopped


def _checked(job: Job, file: File, future: Future[Any]) -> Checked:
    try:
        result, sheet = future.result()
        return Checked(file, result, sheet)
    except UnreadableReport as refusal:
        return Checked(file, unreadable(file.name, file.data, refusal), None)
    except Exception:  # one report that brings the checker down must not take the frame with it
        if job.stopping.is_set():
            raise Stopped from None
        return Checked(file, unreadable(file.name, file.data, UnreadableReport("fault", OUR_FAULT)), None)


def _file(at: Desk, view: SampleView, report: Report) -> File | None:
    """From the folder, or as it was uploaded; None where it is not there, or is another than the one drawn."""
    if view.source == "folder" and report.path:
        return _opened(Path(view.folder), report)
    found = at.store.samples.file_of(view.id, report.id)
    return File(report, *found) if found else None


def _opened(folder: Path, report: Report) -> File | None:
    assert report.path
    try:
        with (folder / report.path).open("rb") as opened:
            data = opened.read(Limits().file_bytes + 1)
    except (OSError, ValueError):  # ValueError: a path with a character that no path may have
        return None
    if report.sha256 and hashlib.sha256(data).hexdigest() != report.sha256:
        return None
    return File(report, Path(report.path).name, data)


def _copy_draft(at: Desk, view: SampleView, report: Report, draft: str | None) -> None:
    """The draft, as it was kept and checked."""
    found = at.store.drafts.get(draft) if draft else None
    if found and found.result and found.result.sha256 == report.sha256:
        at.store.samples.put_report(view.id, report.id, found.name, found.data, found.result, found.sheet)


Work = Callable[[Desk, str, Job], None]


def start(at: Desk, sample: str, work: Work, total: int) -> None:
    """Begin it in the background."""
    at.jobs.start(sample, total, lambda job: work(at, sample, job))
