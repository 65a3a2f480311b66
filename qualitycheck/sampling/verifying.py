"""Whether a manifest is what its seed gives: everything in it is done again, and set beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck import __version__
from qualitycheck.errors import UserError
from qualitycheck.sampling.allotting import KeptApart, allot, kept_apart
from qualitycheck.sampling.changing import take_out
from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import Frame
from qualitycheck.sampling.manifest import Manifest, Report

MOST_TOLD = 10  # reports that are named


@dataclass(frozen=True)
class Verification:
    """`differences` are sentences; `not_checked` says what could not be done again for want of a list."""

    differences: tuple[str, ...]
    not_checked: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences


def verify(manifest: Manifest, frame: Frame, apart: KeptApart | None = None) -> Verification:
    """Draw, substitute and allot again, and compare. `apart` is the list of who wrote what that was allotted with."""
    try:
        again = draw(frame, manifest.settings, manifest.seed, manifest.date)
    except UserError as error:
        return Verification((*_frames(manifest, frame), f"It cannot be drawn again: {error}."))
    differences = [*_frames(manifest, frame), *_draws(manifest, again)]
    if differences:
        return Verification(tuple(differences), ("substitutes and allotment, as the draw differs",))
    made = manifest.allotment
    apart = apart or kept_apart(manifest, None)
    known = made is None or made.kept_apart == apart.sha256
    try:
        replayed = _replayed(manifest, again, apart if known else None)
    except UserError as error:
        return Verification((f"What followed the draw cannot be done again: {error}.",))
    if replayed.changes != manifest.changes:
        differences.append("A substitute is not the next of its stratum.")
    elif known and replayed.allotment != made:
        differences.append("The reports are allotted otherwise than the seed gives.")
    untested = () if known else ("the allotment: give the list of who wrote what that it was made with",)
    return Verification(tuple(differences), untested)


def _frames(manifest: Manifest, frame: Frame) -> Iterator[str]:
    record = manifest.frame
    if frame.sha256 != record.sha256:
        yield (
            f"The frame is another one: {len(frame.reports)} reports that could be drawn, and the manifest was drawn"
            f" from {record.reports}; or a file, a type, area, team or month has changed."
        )
        if manifest.tool != __version__:
            yield f"It was drawn with version {manifest.tool}, and this is {__version__}: it may tell types otherwise."
    elif (frame.listed, frame.left_out) != (record.listed, record.left_out):
        yield f"Something else was left out: {len(frame.left_out)}, and {len(record.left_out)} in the manifest."


def _draws(manifest: Manifest, again: Manifest) -> Iterator[str]:
    if set(again.frame.strata) != set(manifest.frame.strata):
        yield "The strata, or how many were drawn of each, are others."
    mine, drawn = ([one.id for one in one_of.drawn] for one_of in (manifest, again))
    if set(mine) != set(drawn):
        yield f"Drawn again, {len(set(mine) & set(drawn))} of the {len(mine)} reports are the same."
    elif mine != drawn:
        yield "The same reports are drawn, in another order."
    elif others := [told for pair in zip(manifest.drawn, again.drawn, strict=True) if (told := _others(*pair))]:
        more = f"; and {len(others) - MOST_TOLD} more" if len(others) > MOST_TOLD else ""
        yield f"Drawn reports are described otherwise than in the frame: {'; '.join(others[:MOST_TOLD])}{more}."
    if [one.id for one in manifest.reserves] != [one.id for one in again.reserves]:
        yield "The substitutes in waiting are others."


def _others(one: Report, other: Report) -> str:
    """Which report differs in what, of what must be the same wherever the files lie; nothing where it does not."""
    named = {"sha256": "file"}
    fields = ("sha256", "type", "area", "team", "month", "stratum")
    found = [named.get(field, field) for field in fields if getattr(one, field) != getattr(other, field)]
    return f"{one.id} ({', '.join(found)})" if found else ""


def _replayed(manifest: Manifest, again: Manifest, apart: KeptApart | None) -> Manifest:
    """All that was done after the draw, done again; without `apart`, the allotment is left out."""
    made = manifest.allotment if apart else None
    for number in range(len(manifest.changes) + 1):
        if made and made.after == number:
            assert apart
            again = allot(again, made.readers, made.twice, apart, made.date)
        if number < len(manifest.changes):
            change = manifest.changes[number]
            again = take_out(
                again, change.out, change.why, change.reason, change.date, substitute=bool(change.into), apart=apart
            )
    return again
