"""A sample as its pages show it: how far it is, who reads how much, and how it can be drawn again."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qualitycheck.inspecting.scales import scale_of
from qualitycheck.inspecting.words import WORDS
from qualitycheck.sampling.changing import next_reserve
from qualitycheck.sampling.manifest import Change, LeftOut, WhyLeftOut
from qualitycheck.sampling.verifying import Verification, verify
from qualitycheck.service.samples.allotting import apart, doubtful
from qualitycheck.service.samples.changing import WHY
from qualitycheck.service.samples.checking import to_bring
from qualitycheck.service.samples.graded import reader_key
from qualitycheck.service.samples.making import frame_in
from qualitycheck.service.store.samples import SampleView

SOURCES = {
    "list": "a list",
    "folder": "a folder of reports",
    "files": "reports that were uploaded",
    "store": "drafts that are kept here",
}
LEFT_OUT: dict[WhyLeftOut, str] = {
    "missing": "not there",
    "unreadable": "could not be read",
    "not-a-report": "neither a section 7 nor a section 31 report",
    "same-id": "listed more than once",
    "same-bytes": "the same file as another",
}
Handed = Mapping[str, set[str]]  # SampleReports that were handed in, by reader


@dataclass(frozen=True, slots=True)
class Reads:
    """One reader: how many reports they have, and have handed in, on the pages or, without an account, by file."""

    name: str
    reports: int
    handed_in: int
    by_file: bool


@dataclass(frozen=True, slots=True)
class Changed:
    change: Change
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lead sees of a sample that was drawn."""

    source: str
    scale: str
    criteria_scale: str
    words: str
    readers: tuple[Reads, ...]
    read_twice: int
    pairs: tuple[tuple[str, str, int], ...]
    doubts: tuple[str, ...]
    without_file: int  # reports of the sample that have not come yet
    left_out: Mapping[str, tuple[LeftOut, ...]]  # by why
    changes: tuple[Changed, ...]
    substitutes: Mapping[str, bool]  # whether one is left, by stratum
    verification: Verification
    command: str  # by which anybody draws it again


def shown(view: SampleView, handed: Handed) -> Shown:
    manifest = view.manifest
    assert manifest
    allotment = manifest.allotment
    readings = allotment.readings if allotment else ()
    pairs = Counter(tuple(sorted(one.readers)) for one in readings if len(one.readers) == 2)
    left_out: dict[str, tuple[LeftOut, ...]] = {}
    for why, words in LEFT_OUT.items():
        if found := tuple(one for one in manifest.frame.left_out if one.why == why):
            left_out[words] = found
    return Shown(
        source=SOURCES.get(view.source, ""),
        scale=scale_of(view.scale).title,
        criteria_scale=scale_of(view.criteria_scale).title,
        words=WORDS[view.words].title,
        readers=readers(view, handed),
        read_twice=sum(pairs.values()),
        pairs=tuple((one, other, count) for (one, other), count in sorted(pairs.items())),
        doubts=tuple(doubtful(view, manifest)) if allotment else (),
        without_file=len(to_bring(view)),
        left_out=left_out,
        changes=tuple(Changed(change, WHY[change.why]) for change in manifest.changes),
        substitutes={one.name: next_reserve(manifest, one.name) is not None for one in manifest.frame.strata},
        verification=verify(manifest, frame_in(view), apart(view)),
        command=command(view),
    )


def command(view: SampleView) -> str:
    """For the command line. The files of a list are not looked at, as they were not for the draw."""
    if view.source != "list":
        return "qualitycheck sample verify sample.json reports/"
    named = [
        f"--column {shlex.quote(f'{field}={column}')}"
        for field, column in view.columns.items()
        if field != "path" and column.casefold() != field
    ]
    told = view.manifest and view.manifest.allotment and {"author", "manager"} & set(view.columns)
    people = ["--people list.csv"] if told else []
    return " ".join(["qualitycheck sample verify sample.json list.csv", *people, *named])


def readers(view: SampleView, handed: Handed) -> tuple[Reads, ...]:
    """Of the reports that are in the sample now."""
    if view.manifest is None or view.manifest.allotment is None:
        return ()
    found = []
    for name in view.manifest.allotment.readers:
        own = {view.reports.get(one.id) for one in view.manifest.allotment.readings if name in one.readers}
        count = sum(name in one.readers for one in view.manifest.allotment.readings)
        done = len(own & handed.get(reader_key(view, name), set()))
        found.append(Reads(name, count, done, by_file=name not in view.readers.values()))
    return tuple(found)


def own_part(view: SampleView, handed: Handed, account: str) -> Reads | None:
    """What somebody has to read, and has handed in."""
    name = view.readers.get(account)
    return next((one for one in readers(view, handed) if one.name == name), None)


def next_step(
    view: SampleView, told: Shown, own: Reads | None, differences: int, *, reading: bool
) -> tuple[str, str] | None:
    """What its lead does next: a page of the sample, and what to press; None while others are at work.

    `reading`: the files are being checked just now; who reads what can be said meanwhile.
    """
    assert view.manifest
    if told.without_file and not reading:
        return "files", "Bring the files"
    if view.manifest.allotment is None:
        return "allot", "Say who reads what"
    if own and own.handed_in < own.reports and not view.closed:
        return "reports", "Go on with your reports"
    if differences:
        return "apart", f"Settle {differences} difference{'' if differences == 1 else 's'}"
    if view.closed or all(one.handed_in >= one.reports for one in told.readers):
        return "results", "See the results"
    return None


def how_far(view: SampleView, handed: Handed) -> str:
    """One line for the list of samples."""
    manifest = view.manifest
    if manifest is None:
        return "Being made: ready to be drawn" if view.ready else "Being made: its frame is not complete"
    reports = len(manifest.sample)
    if manifest.allotment is None:
        return f"Drawn: {reports} reports; not allotted yet"
    to_do = sum(len(one.readers) for one in manifest.allotment.readings)
    done = sum(one.handed_in for one in readers(view, handed))
    return f"{reports} reports; {done} of {to_do} readings handed in"
