"""A frame from files: what lies at each path, its checksum, and what kind of report the checker takes it for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import Limits
from qualitycheck.reading import read_docx
from qualitycheck.sampling.frame import Frame, frame_of
from qualitycheck.sampling.manifest import LeftOut, Report, WhyLeftOut
from qualitycheck.understanding.report_kind import report_kind
from qualitycheck.word_files import is_word_file

_JUDGED = ("section7", "section31")
Tell = Callable[[str], None]


def quietly(_id: str) -> None:
    """Nobody listens."""


def frame_of_files(
    reports: Iterable[Report], folder: Path, *, limits: Limits = Limits(), tell: Tell = quietly
) -> Frame:
    """The frame of reports whose paths lead from `folder`; `tell` hears the id of each before its file is read.

    A report without a path is taken as it is. Of one without a type the file is read for it: what cannot be read, and
    what is neither a section 7 nor a section 31 report, is left out, as is a file that is not there.
    """
    found: list[Report] = []
    left_out: list[LeftOut] = []
    for report in reports:
        tell(report.id)
        looked = _looked_at(report, folder, limits)
        if isinstance(looked, Report):
            found.append(looked)
        else:
            left_out.append(LeftOut(report.id, looked))
    return frame_of(found, left_out)


def reports_below(folder: Path) -> list[Report]:
    """Every Word file below a folder, in order of its path, which is its id."""
    found = (file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if is_word_file(file))
    return [Report(id=path, path=path) for path in found]


def _looked_at(report: Report, folder: Path, limits: Limits) -> Report | WhyLeftOut:
    if report.path is None:
        return report
    try:
        with (folder / report.path).open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except (OSError, ValueError):  # ValueError: a path with a character that no path may have
        return "unreadable"
    if len(data) > limits.file_bytes:
        return "unreadable"
    report = replace(report, sha256=hashlib.sha256(data).hexdigest())
    if report.type:
        return report
    try:
        kind = report_kind(read_docx(data, name=report.id, limits=limits)).type.value
    except UnreadableReport:
        return "unreadable"
    return replace(report, type=kind) if kind in _JUDGED else "not-a-report"
