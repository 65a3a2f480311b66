"""A report that leaves the sample after the draw, and the substitute that nobody chooses."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import get_args

from qualitycheck.sampling.changing import CannotChange, next_reserve, take_out
from qualitycheck.sampling.manifest import WhyChanged
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.allotting import apart
from qualitycheck.service.samples.filled import Errors, line
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import Form

WHY: dict[WhyChanged, str] = {
    "missing": "It cannot be found",
    "refused": "It was refused",
    "not-eligible": "It should not have been in the frame",
    "other": "Something else",
}
assert set(WHY) == set(get_args(WhyChanged))


@dataclass(frozen=True, slots=True)
class TakenOut:
    report: str  # its id in the manifest
    why: WhyChanged
    reason: str
    substitute: bool


def taken_out(form: Form, view: SampleView) -> tuple[TakenOut | None, Errors]:
    """What the form says; None where something is wrong with it."""
    errors: Errors = {}
    in_sample = {report.id: report for report in view.manifest.sample} if view.manifest else {}
    report = in_sample.get(form.one("report"))
    why = next((known for known in WHY if known == form.one("why")), None)
    reason = line(form, "reason", 500)
    substitute = form.one("substitute", "yes") == "yes"
    if report is None:
        errors["report"] = "Choose the report that leaves the sample."
    if why is None:
        errors["why"] = "Choose why it leaves the sample."
    if not reason:
        errors["reason"] = "Say in a few words why the report leaves the sample."
    if report and substitute and view.manifest and next_reserve(view.manifest, report.stratum) is None:
        errors["substitute"] = f"No substitute is left in {report.stratum}: take the report out without one."
    if errors or report is None or why is None:
        return None, errors
    return TakenOut(report.id, why, reason, substitute), {}


def take(at: Desk, sample: str, what: TakenOut, account: str, request_id: str) -> None:
    """Record it, and tell the audit log.

    Raises:
        CannotChange: if the report left the sample meanwhile, was graded, or the sample was closed: nothing leaves it
            for its grades, nor once figures are known.
        CannotAllot: if nobody of the readers may read the substitute.
    """

    def changed(view: SampleView) -> SampleView:
        if view.manifest is None:
            raise Problem(409, "Draw the sample first.")
        if view.closed:
            raise CannotChange("the sample was closed and its figures are known: nothing can leave it now")
        if view.reports.get(what.report) in graded:
            raise CannotChange(f"{what.report} was graded and handed in: it stays in the sample, with its grades")
        today = datetime.date.today()
        manifest = take_out(
            view.manifest, what.report, what.why, what.reason, today, substitute=what.substitute, apart=apart(view)
        )
        return replace(view, manifest=manifest)

    with at.store.together():
        graded = {report for own in at.store.samples.handed_in(sample).values() for report in own}
        at.store.samples.change(sample, changed)
        at.store.audit.write(account, "took a report out", f"sample {sample}", request_id)
