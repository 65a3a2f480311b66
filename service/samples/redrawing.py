"""The draw done again from what somebody has: the list that they send, or the folder as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualitycheck.errors import UserError
from qualitycheck.sampling.files import frame_of_files
from qualitycheck.sampling.frame import BadFrame, frame_of
from qualitycheck.sampling.manifest import LeftOut
from qualitycheck.sampling.verifying import Verification, verify
from qualitycheck.service.samples.allotting import apart
from qualitycheck.service.samples.listing import mapped, read_listed
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import Sent


def drawn_again(view: SampleView, sent: Sequence[Sent]) -> Verification:
    """Raises BadFrame where there is nothing to draw from."""
    assert view.manifest
    if view.source == "list":
        if not sent:
            raise BadFrame("choose the list first")
        errors: dict[str, str] = {}
        reports, _ = mapped(read_listed(sent[0].data), view.columns, errors)
        if errors:
            raise UserError(next(iter(errors.values())).rstrip("."))
        return verify(view.manifest, frame_of(reports), apart(view))
    if view.source != "folder":
        raise BadFrame("a sample of uploaded reports, or of kept drafts, is drawn again from what is kept of its frame")
    # The types are as they were told: only whether the files are the same is looked at.
    known = [report for report in view.frame if report.path]
    unread = [one for one in view.left_out if one.why in ("not-a-report", "unreadable", "missing")]
    again = frame_of_files(known, Path(view.folder))
    others = [one for one in view.left_out if one not in unread]
    left_out: list[LeftOut] = [*again.left_out, *unread, *others]
    frame = replace(again, left_out=tuple(sorted(left_out, key=lambda one: (one.id, one.why, one.of or ""))))
    return verify(view.manifest, frame, apart(view))
