"""Files that are uploaded: to make a frame of, or because they were drawn from a list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from qualitycheck.sampling.manifest import Report
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import Sent
from qualitycheck.word_files import SUFFIXES


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken in, and a sentence for each file that was not; `unknown` belong to no report of the sample."""

    taken: int
    said: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def add_to_frame(at: Desk, sample: str, files: Sequence[Sent]) -> Received:
    """Each file is a report of the frame, known by its name; the same file again changes nothing. Raises Problem."""
    said: list[str] = []
    taken = 0
    with at.store.together():
        view = at.store.samples.get(sample)
        if view is None or view.ready:
            raise Problem(409, "The frame of this sample is complete: nothing can be added to it.")
        frame = list(view.frame)
        known = {report.sha256 for report in frame}
        names = {report.id.casefold() for report in frame}
        for file in files:
            sha256 = hashlib.sha256(file.data).hexdigest()
            if not file.name.lower().endswith(SUFFIXES):
                said.append(f"{file.name} is not a Word file.")
            elif sha256 in known:
                said.append(f"{file.name} is here already.")
            else:
                id = _free(file.name, names)
                known.add(sha256)
                names.add(id.casefold())
                frame.append(Report(id=id, path=id, sha256=sha256))
                at.store.samples.put_report(sample, id, file.name, file.data)
                taken += 1
        if taken:
            at.store.samples.change(sample, lambda view: replace(view, frame=tuple(frame)))
    return Received(taken, tuple(said))


def bring(at: Desk, view: SampleView, files: Iterable[Sent]) -> Received:
    """Files for reports that were drawn: matched by their bytes, or else by name; what matches none is said.

    A list does not say whether two of its lines are the same report: one file is not taken for two.
    """
    said: list[str] = []
    unknown: list[str] = []
    taken = 0
    with at.store.together():
        here = _here(at, view)
        for file in files:
            found, why = match(view, file)
            sha256 = hashlib.sha256(file.data).hexdigest()
            if found is None:
                said.append(why) if why else unknown.append(file.name)
            elif here.get(sha256, found.id) != found.id:
                said.append(f"{file.name} is the same file as that of {here[sha256]}: take one of the two reports out.")
            else:
                here[sha256] = found.id
                at.store.samples.put_report(view.id, found.id, file.name, file.data)
                taken += 1
    return Received(taken, tuple(said), tuple(unknown))


def _here(at: Desk, view: SampleView) -> dict[str, str]:
    """Reports that are in the sample and whose files have come, by the files' bytes."""
    assert view.manifest
    files = ((report.id, at.store.samples.file_of(view.id, report.id)) for report in view.manifest.sample)
    return {hashlib.sha256(file[1]).hexdigest(): id for id, file in files if file}


def match(view: SampleView, file: Sent) -> tuple[Report | None, str]:
    """The report of the sample that a file is of, or what may be wrong with it: nothing where it is of another."""
    assert view.manifest
    sha256 = hashlib.sha256(file.data).hexdigest()
    sample = view.manifest.sample
    if found := next((report for report in sample if report.sha256 == sha256), None):
        return found, ""
    named = [report for report in sample if file.name.casefold() in _names(report)]
    if not named:
        return None, ""
    if len(named) > 1:
        return None, f"{file.name} may be one of {len(named)} reports: name it after the report’s reference."
    if named[0].sha256:
        return None, f"{file.name} has the name of a report of the sample, and is not the file that was drawn."
    return named[0], ""


def _names(report: Report) -> set[str]:
    """What its file may be called."""
    told = {report.id, PurePosixPath(report.path or report.id).name}
    return {name.casefold() for one in told for name in (one, *(one + suffix for suffix in SUFFIXES))}


def _free(name: str, taken: set[str]) -> str:
    """The name, or the same with a number that no other has."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free
