"""An inspector's reports: the list of what they read, grading one on the checklist, and handing it in for good."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from qualitycheck.inspecting.masked import Mask
from qualitycheck.service.access.who import Who
from qualitycheck.service.answering import wants_page
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.grading import IN_WORDS, MOST_LETTERS, Asked, Mine, checklist, mine, next_of, said
from qualitycheck.service.samples.names import mask_of
from qualitycheck.service.samples.placing import NotFound, found, shown
from qualitycheck.service.samples.said_by_checker import said_by_checker
from qualitycheck.service.store.samples import GONE, NO_REPORT, FaultSeen, Graded, ReportView, SampleView
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
NOT_READABLE = "This report could not be read: tell whoever leads the sample, who can take another in its place."
NOT_YET = "Hand in your grades first: what the checker says of the report is shown after that."
MOST_FAULTS = 200


@dataclass(frozen=True)
class Open:
    """A report as its reader has it before them."""

    sample: SampleView
    report: ReportView
    mask: Mask
    listed: tuple[Mine, ...]
    mine: Mine
    asked: tuple[Asked, ...]
    graded: Graded
    handed_in: bool

    @property
    def here(self) -> str:
        return f"/samples/{self.sample.id}/reports/{self.report.id}"

    @property
    def lacking(self) -> dict[str, str]:
        """What is still to be done, by the id of its field."""
        return {f"line-{number}": one.lacks for number, one in enumerate(self.asked, start=1) if one.lacks}


@router.get("/samples/{sample}/reports")
def reports(sample: str, request: Request, at: AtDesk, asking: Asking, handed: str = "") -> HTMLResponse:
    found = sample_of(at, sample)
    listed = mine(found, asking.account, at.store.samples.gradings(sample), at.rulebook.criteria)
    concerns = [one for one in at.store.samples.concerns(sample) if one.by == asking.account and one.closed is None]
    return page(
        request,
        "samples-reading-list.html",
        sample=found,
        listed=listed,
        next=next_of(listed),
        done=sum(one.state == "handed in" for one in listed),
        in_words=IN_WORDS,
        concerns=concerns,
        leads=found.lead == asking.account,
        handed=next((one for one in listed if one.id == handed and one.state == "handed in"), None),
    )


@router.get("/samples/{sample}/reports/{report}")
def grade(sample: str, report: str, request: Request, at: AtDesk, asking: Asking, fault: str = "") -> Response:
    opened = opened_by(at, asking, sample, report)
    if opened.handed_in:
        return page(request, "samples-graded.html", **_shown(at, opened))
    return _grading(request, at, opened, _editing(opened, fault))


@router.post("/samples/{sample}/reports/{report}")
def save(sample: str, report: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """Everything that the form has is saved, whichever button was pressed; then what the button asks for."""
    opened = opened_by(at, asking, sample, report)
    do, _, which = form.one("do", "save").partition(":")
    _keep(at, asking, request, opened, lambda graded: said(form, opened.asked, graded))
    errors: dict[str, str] = {}
    if do == "remove":
        _keep(at, asking, request, opened, lambda graded: _without(graded, which))
    elif do == "fault" or (do != "change" and _typed_fault(form)):
        errors = _add_fault(at, asking, request, opened, form)
    if not wants_page(request):
        return _told(opened_by(at, asking, sample, report), errors)
    if errors:
        return _grading(request, at, opened_by(at, asking, sample, report), _typed(form), errors)
    to = {
        "change": f"{opened.here}?fault={which if which.isalnum() else ''}#fault",
        "remove": f"{opened.here}#faults",
        "fault": f"{opened.here}#faults",
        "concern": f"{opened.here}/concern",
        "hand-in": f"{opened.here}/hand-in",
    }
    return RedirectResponse(to.get(do, f"{opened.here}?saved=yes#saved"), 303)


@router.get("/samples/{sample}/reports/{report}/hand-in")
def confirm(sample: str, report: str, request: Request, at: AtDesk, asking: Asking) -> Response:
    opened = opened_by(at, asking, sample, report)
    if opened.handed_in:
        return RedirectResponse(opened.here, 303)
    return page(request, "samples-hand-in.html", **_shown(at, opened), lacking=opened.lacking, errors={})


@router.post("/samples/{sample}/reports/{report}/hand-in")
def hand_in(sample: str, report: str, request: Request, at: AtDesk, asking: Asking) -> Response:
    """For good: from then on the grades stay as they are, and the checker's findings may be seen."""
    with at.store.together():
        opened = opened_by(at, asking, sample, report)
        if opened.lacking and not opened.handed_in:
            lacking = opened.lacking
            errors = {"lacking": "This cannot be handed in yet: see what lacks."}
            return page(request, "samples-hand-in.html", 400, **_shown(at, opened), lacking=lacking, errors=errors)
        at.store.samples.hand_in(report, asking.account)
        at.store.audit.write(asking.account, "handed in grades", name_of(opened), request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/reports?handed={report}", 303)


@router.get("/samples/{sample}/reports/{report}/checker")
def checker(sample: str, report: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    """What the checker says of a report, to a reader who can no longer be swayed by it."""
    opened = opened_by(at, asking, sample, report)
    if not opened.handed_in:
        raise Problem(403, NOT_YET)
    return page(
        request,
        "samples-checker.html",
        opened=opened,
        said=said_by_checker(opened.report, opened.mask, at.rulebook.criteria, opened.asked),
    )


def sample_of(at: Desk, id: str) -> SampleView:
    """Raises Problem 404."""
    found = at.store.samples.get(id)
    if found is None:
        raise Problem(404, GONE)
    return found


def opened_by(at: Desk, asking: Who, sample: str, report: str) -> Open:
    """Raises Problem 404, 409 where the file cannot be read, 429."""
    of = sample_of(at, sample)
    kept = at.store.samples.report(report)
    listed = mine(of, asking.account, at.store.samples.gradings(sample), at.rulebook.criteria)
    own = next((one for one in listed if one.id == report), None)
    if kept is None or own is None or kept.sample != sample:
        raise Problem(404, NO_REPORT)
    if kept.sheet is None:
        raise Problem(409, NOT_READABLE)
    graded = at.store.samples.grading(report, asking.account)
    return Open(
        sample=of,
        report=kept,
        mask=mask_of(at, of, kept),
        listed=listed,
        mine=own,
        asked=checklist(of, kept.report, at.rulebook.criteria, graded),
        graded=graded or Graded(),
        handed_in=bool(graded and graded.given),
    )


def name_of(opened: Open) -> str:
    """As the audit log names it."""
    return f"report {opened.report.id} of sample {opened.sample.id}"


def _grading(
    request: Request, at: Desk, opened: Open, typed: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> HTMLResponse:
    return page(
        request,
        "samples-grading.html",
        400 if errors else 200,
        **_shown(at, opened),
        typed=typed,
        errors=errors or {},
        lacking=opened.lacking,
        saved=request.query_params.get("saved") == "yes",
        most_letters=MOST_LETTERS,
    )


def _shown(at: Desk, opened: Open) -> dict[str, Any]:
    """What every page of a report has: its text, without names and marks, and what was said of it."""
    assert opened.report.sheet
    chosen = [(one.id, one.title) for one in opened.asked]
    others = [(one.id, one.title) for one in at.rulebook.criteria.values() if one.id not in dict(chosen)]
    titles = dict([*chosen, *others])
    return {
        "opened": opened,
        "here": opened.here,
        "sheet": opened.mask.sheet(opened.report.sheet),
        "faults": [
            (fault, titles.get(fault.criterion, fault.criterion), _words(opened, fault))
            for fault in opened.graded.faults
        ],
        "chosen": chosen,
        "others": others,
        "level_of": {},
    }


def _words(opened: Open, fault: FaultSeen) -> str:
    assert opened.report.sheet
    return shown(fault.passage, opened.report.sheet, opened.mask) if fault.passage else ""


def _keep(at: Desk, asking: Who, request: Request, opened: Open, change: Any) -> None:
    """What a reader says, with the entry of the audit log; nothing where it is as it was."""
    with at.store.together():
        before = at.store.samples.grading(opened.report.id, asking.account)
        if before and change(before) == before and not before.given:
            return
        at.store.samples.grade(opened.report.id, asking.account, change)
        at.store.audit.write(asking.account, "graded", name_of(opened), request.state.request_id)


def _add_fault(at: Desk, asking: Who, request: Request, opened: Open, form: Form) -> dict[str, str]:
    """The fault that the form has, new or changed; what is wrong with it, by field."""
    assert opened.report.sheet
    criterion, reason = form.one("fault-criterion"), form.one("fault-reason").strip()[:MOST_LETTERS]
    known = {one.id for one in opened.asked} | set(at.rulebook.criteria)
    errors = {}
    if criterion not in known:
        errors["fault-criterion"] = "Choose which criterion the fault is against."
    if not reason:
        errors["fault-reason"] = "Say in a few words what is wrong."
    near = form.one("fault-paragraph")
    try:
        passage = found(
            form.one("fault-passage"), opened.report.sheet, opened.mask, int(near) if near.isdecimal() else None
        )
    except NotFound as wrong:
        errors["fault-passage"] = str(wrong)
    if len(opened.graded.faults) >= MOST_FAULTS:
        errors["fault-criterion"] = "There are as many faults as one reading may have."
    if errors:
        return errors
    id = form.one("fault")
    known_ids = {fault.id for fault in opened.graded.faults}
    made = FaultSeen(id if id in known_ids else secrets.token_hex(8), criterion, passage, reason)
    _keep(at, asking, request, opened, lambda graded: _with(graded, made))
    return {}


def _with(graded: Graded, made: FaultSeen) -> Graded:
    if any(fault.id == made.id for fault in graded.faults):
        return replace(graded, faults=tuple(made if fault.id == made.id else fault for fault in graded.faults))
    return replace(graded, faults=(*graded.faults, made))


def _without(graded: Graded, id: str) -> Graded:
    return replace(graded, faults=tuple(fault for fault in graded.faults if fault.id != id))


def _typed_fault(form: Form) -> bool:
    """Whether a fault was begun, so that another button must not lose it."""
    return bool(form.one("fault-passage").strip() or form.one("fault-reason").strip())


def _typed(form: Form) -> dict[str, str]:
    fields = ("fault", "fault-criterion", "fault-passage", "fault-paragraph", "fault-reason")
    return {field: form.one(field) for field in fields}


def _editing(opened: Open, id: str) -> dict[str, str]:
    """The fault that is to be changed, as its form has it."""
    fault = next((one for one in opened.graded.faults if one.id == id), None)
    if fault is None:
        return {}
    return {
        "fault": fault.id,
        "fault-criterion": fault.criterion,
        "fault-passage": _words(opened, fault),
        "fault-paragraph": str(fault.passage.paragraph) if fault.passage else "",
        "fault-reason": fault.reason,
    }


def _told(opened: Open, errors: Mapping[str, str]) -> JSONResponse:
    """For the page's script: what lacks now, and what is wrong."""
    told = {"lacking": list(opened.lacking), "of": len(opened.asked), "errors": dict(errors)}
    return JSONResponse(told, 400 if errors else 200, {"Cache-Control": "no-store"})
