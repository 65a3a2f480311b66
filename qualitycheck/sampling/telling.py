"""What people read of a sample: its frame and draw, who reads what, and what a plan comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qualitycheck.sampling.allotting import KeptApart
from qualitycheck.sampling.manifest import Allotment, Change, LeftOut, Manifest, Report, WhyLeftOut
from qualitycheck.sampling.verifying import Verification

_WHY: dict[WhyLeftOut, str] = {
    "missing": "not there",
    "unreadable": "could not be read",
    "not-a-report": "neither a section 7 nor a section 31 report",
    "same-id": "listed more than once",
    "same-bytes": "the same file as another",
}


def told_of_draw(manifest: Manifest) -> Iterator[str]:
    """Lines: how many of what were drawn, what was left out, and with which seed."""
    frame = manifest.frame
    yield f"Drawn: {counted(len(manifest.drawn), 'report')} of {frame.reports}, with the seed {manifest.seed}"
    width = max(len(stratum.name) for stratum in frame.strata)
    for stratum in frame.strata:
        yield f"  {stratum.name:{width}}  {stratum.drawn} of {stratum.reports}"
    if frame.left_out:
        yield f"Left out of the frame: {len(frame.left_out)} of {frame.listed} listed"
    for one in frame.left_out:
        yield f"  {one.id}: {_left_out(one)}"
    yield f"Checksum of the frame: {frame.sha256}"


def told_of_sample(reports: Sequence[Report], manifest: Manifest) -> Iterator[str]:
    """Lines: the reports in the order given, then what changed since the draw."""
    yield from told_of_reports(reports)
    yield from map(told_of_change, manifest.changes)


def told_of_change(change: Change) -> str:
    """A line: what left the sample, why, and what took its place."""
    into = f"{change.into} stands in" if change.into else "nothing stands in"
    return f"{change.date}  {change.out} taken out ({change.why}: {change.reason}); {into}"


def told_of_allotment(allotment: Allotment) -> Iterator[str]:
    """Lines: how much each reader has, and how often each pair."""
    load = Counter(reader for one in allotment.readings for reader in one.readers)
    pairs = Counter(tuple(sorted(one.readers)) for one in allotment.readings if len(one.readers) == 2)
    yield f"Allotted: {counted(len(allotment.readings), 'report')}, {sum(pairs.values())} of them to two readers"
    for reader in allotment.readers:
        yield f"  {reader}: {counted(load[reader], 'report')}"
    if pairs:
        yield "Reports read by each pair"
    for (one, other), count in sorted(pairs.items()):
        yield f"  {one} and {other}: {count}"


def doubts(manifest: Manifest, apart: KeptApart) -> Iterator[str]:
    """Lines: what may mean that somebody reads a report of their own after all."""
    assert manifest.allotment
    if not apart.people:
        yield "Nobody is kept from any report: no list says who wrote or managed them (--people)."
        return
    if unknown := [one.id for one in manifest.sample if one.id not in apart.people]:
        yield f"It is not known who wrote or managed {counted(len(unknown), 'report')}: {', '.join(unknown)}"
    if nowhere := apart.named_nowhere(manifest.allotment.readers):
        yield f"Kept from no report (is the name spelt as in the list?): {', '.join(nowhere)}"


def told_of_verification(verification: Verification) -> Iterator[str]:
    """Lines: whether it is the same, and if not, in what it differs."""
    yield "The same: drawn again, the manifest is what its seed gives." if verification.same else "Not the same."
    yield from verification.differences
    for what in verification.not_checked:
        yield f"Not checked: {what}."


def verification_as_data(verification: Verification) -> dict[str, Any]:
    """For JSON."""
    return {
        "schema": "qualitycheck/sample-verification/1",
        "same": verification.same,
        "differences": list(verification.differences),
        "not_checked": list(verification.not_checked),
    }


def counted(number: int, noun: str) -> str:
    """1 report, 2 reports."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _left_out(one: LeftOut) -> str:
    other = f" ({one.of})" if one.why == "same-bytes" else ""
    return f"{_WHY[one.why]}{other}"


def told_of_reports(reports: Iterable[Report]) -> Iterator[str]:
    """Lines: the reports with their strata, in the order given."""
    rows = [(str(number), one.id, one.stratum) for number, one in enumerate(reports, start=1)]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for number, id_, stratum in rows:
        yield f"{number:>{widths[0]}}  {id_:{widths[1]}}  {stratum}".rstrip()
