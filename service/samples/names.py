"""Whose names an inspector does not see in a report: asked of a worker once, and kept with the report."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.inspecting.masked import Hidden, Mask
from qualitycheck.service.desk import Desk
from qualitycheck.service.routes.asked import too_many
from qualitycheck.service.store.samples import ReportView, SampleView
from qualitycheck.service.work.messages import Busy

SECONDS = 60


def mask_of(at: Desk, sample: SampleView, report: ReportView) -> Mask:
    """What takes the names of its author and their managers out of a report, unless the sample shows them.

    Raises:
        Problem: 429 where no worker is free to look whose they are; nothing is shown before that is known.
    """
    if sample.authors_shown:
        return Mask(())
    return Mask(report.hidden if report.hidden is not None else _looked_for(at, sample, report))


def _looked_for(at: Desk, sample: SampleView, report: ReportView) -> tuple[Hidden, ...]:
    authors, managers = people_told(sample, report.report)
    try:
        asked = at.pool.submit("names", report.data, report.name, report.result, authors, managers)
    except Busy as busy:
        raise too_many(busy) from None
    hidden: tuple[Hidden, ...] = asked.result(SECONDS)
    at.store.samples.keep_hidden(report.id, hidden)
    return hidden


def people_told(sample: SampleView, report: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and managers of a report, by its id in the manifest, as far as the frame says who they are."""
    return tuple(_told(sample, report, "author")), tuple(_told(sample, report, "manager"))


def _told(sample: SampleView, report: str, field: str) -> Iterator[str]:
    """What the frame or the manifest says of a report's people, several separated by semicolons."""
    known = {one.id: one for one in sample.frame}.get(report)
    drawn = sample.manifest.by_id.get(report) if sample.manifest else None
    for told in {getattr(one, field) for one in (known, drawn) if one} - {None}:
        yield from (name.strip() for name in told.split(";") if name.strip())
