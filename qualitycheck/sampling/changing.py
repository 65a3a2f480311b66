"""What happens to a sample after the draw: a file that is not there, a refusal, and the substitute that follows."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qualitycheck.errors import UserError
from qualitycheck.sampling.allotting import KeptApart, handed_on
from qualitycheck.sampling.manifest import Change, Manifest, Report, WhyChanged


class CannotChange(UserError):
    """The sample cannot be changed so; the message says why."""


def next_reserve(manifest: Manifest, stratum: str) -> Report | None:
    """The next substitute of the stratum, in the order of the draw; None where all are used."""
    used = {change.into for change in manifest.changes}
    return next((one for one in manifest.reserves if one.stratum == stratum and one.id not in used), None)


def take_out(
    manifest: Manifest,
    id_: str,
    why: WhyChanged,
    reason: str,
    date: datetime.date,
    *,
    substitute: bool = True,
    apart: KeptApart | None = None,
) -> Manifest:
    """The manifest with a report taken out of the sample, and the next of its stratum in its place.

    Nobody chooses the substitute. `apart` is who wrote what, where something has been allotted.

    Raises:
        CannotChange: if the report is not in the sample, no reason is given, or no substitute is left.
        CannotAllot: if nobody may read the substitute.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise CannotChange("say in a few words why the report leaves the sample")
    report = next((one for one in manifest.sample if one.id == id_), None)
    if report is None:
        raise CannotChange(f"{id_} is not in the sample: `qualitycheck sample list` shows what is")
    into = next_reserve(manifest, report.stratum) if substitute else None
    if substitute and into is None:
        raise CannotChange(f"no substitute is left in {report.stratum}: record it with --no-substitute")
    change = Change(date, id_, why, reason, into.id if into else None)
    allotment = manifest.allotment and handed_on(
        manifest.allotment, id_, change.into, manifest.seed, apart or KeptApart()
    )
    return replace(manifest, changes=(*manifest.changes, change), allotment=allotment)
