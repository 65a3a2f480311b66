"""An inspector's samples: the list of them, what one is and how far, and what its lead does with it after the draw."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.errors import UserError
from qualitycheck.sampling.manifest import as_data
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.allotting import STAYS, allot_to, chosen, inspectors
from qualitycheck.service.samples.apart import read_twice
from qualitycheck.service.samples.changing import WHY, take, taken_out
from qualitycheck.service.samples.checking import bring_drawn, start, to_bring
from qualitycheck.service.samples.filled import in_words
from qualitycheck.service.samples.frame import the_sample
from qualitycheck.service.samples.graded import still_reads
from qualitycheck.service.samples.planner import START, Planned, planned
from qualitycheck.service.samples.receiving import Received, bring
from qualitycheck.service.samples.redrawing import drawn_again
from qualitycheck.service.samples.showing_sample import how_far, next_step, own_part, shown
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
NOTICES = {
    "drawn": "The sample is drawn.",
    "allotted": "The reports are allotted.",
    "changed": "The change is recorded.",
    "files": "The files are here: they are being checked.",
}
NO_FILES = "Choose the files of reports of the sample."
CONCERNS_OPEN = "A serious concern of this sample is still open: follow it until it is closed before you delete it."
TWENTY = 20  # percent of the reports, read twice unless told


@router.get("/samples")
def samples(request: Request, at: AtDesk, asking: Asking, notice: str = "") -> HTMLResponse:
    seen = at.store.samples.of(asking)
    handed = {view.id: at.store.samples.handed_in(view.id) for view in seen}
    return page(
        request,
        "samples.html",
        open_concerns=at.store.samples.open_concerns(asking),
        led=[(view, how_far(view, handed[view.id])) for view in seen if view.lead == asking.account],
        reading=[
            (view, own)
            for view in seen
            if (own := own_part(view, handed[view.id], asking.account)) or view.lead != asking.account
        ],
        notice="The sample is deleted, with everything in it." if notice == "deleted" else None,
    )


@router.get("/samples/plan")
def planner(request: Request) -> HTMLResponse:
    return page(request, "sample-plan.html", planned=Planned(dict(START), {}))


@router.post("/samples/plan")
def plan(request: Request, form: AnyForm) -> HTMLResponse:
    made = planned(form)
    return page(request, "sample-plan.html", 400 if made.errors else 200, planned=made)


@router.get("/samples/{sample}")
def sample(sample: str, request: Request, at: AtDesk, asking: Asking, notice: str = "") -> Response:
    view = the_sample(at, sample)
    handed = at.store.samples.handed_in(sample)
    if view.lead != asking.account:
        own = own_part(view, handed, asking.account)
        concerns = at.store.samples.open_concerns(asking).get(sample, 0)
        return page(
            request, "sample-reader.html", sample=view, own=own, lead=_name(at, view.lead), open_concerns=concerns
        )
    if view.manifest is None:
        return RedirectResponse(f"/samples/{sample}/{'draw' if view.ready else 'frame'}", 303)
    own, job = own_part(view, handed, asking.account), at.jobs.of(sample)
    gradings = at.store.samples.gradings(sample)
    differences = read_twice(view, gradings, at.rulebook.criteria).open
    told = shown(view, handed)
    return page(
        request,
        "sample.html",
        sample=view,
        manifest=view.manifest,
        shown=told,
        own=own,
        blind=still_reads(view, gradings, asking.account),
        job=job,
        open_concerns=at.store.samples.open_concerns(asking).get(sample, 0),
        differences=differences,
        next=next_step(view, told, own, differences, reading=bool(job and not job.failed)),
        notice=NOTICES.get(notice),
    )


@router.get("/samples/{sample}/manifest.json")
def manifest(sample: str, at: AtDesk, asking: Asking) -> Response:
    """Without who reads what for a lead who still reads: two readers of a report must not know of each other."""
    view = _drawn(at, sample)
    assert view.manifest
    blind = still_reads(view, at.store.samples.gradings(sample), asking.account)
    made = replace(view.manifest, allotment=None) if blind else view.manifest
    data = json.dumps(as_data(made), ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": 'attachment; filename="sample.json"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/json", headers=headers)


# Who reads what


@router.get("/samples/{sample}/allot")
def readers(sample: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    view = _drawn(at, sample)
    assert view.manifest
    made = view.manifest.allotment
    own = set(view.readers.values())
    filled = {
        "readers": set(view.readers),
        "own_name": view.readers.get(asking.account, ""),
        "others": "\n".join(name for name in made.readers if name not in own) if made else "",
        "twice": str(round(100 * made.twice / len(view.manifest.sample))) if made else str(TWENTY),
    }
    return _allot_page(request, at, view, filled, {})


@router.post("/samples/{sample}/allot")
def allot(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    view = _drawn(at, sample)
    what, errors = chosen(form, at, view)
    if what:
        try:
            allot_to(at, sample, what, asking.account, request.state.request_id)
            return RedirectResponse(f"/samples/{sample}?notice=allotted", 303)
        except UserError as error:
            errors = {"twice": in_words(error)}
    filled = {
        "readers": set(form.fields.get("reader", [])),
        **{name: form.one(name) for name in ("own_name", "others", "twice")},
    }
    return _allot_page(request, at, view, filled, errors, 400)


def _allot_page(
    request: Request,
    at: Desk,
    view: SampleView,
    filled: Mapping[str, object],
    errors: dict[str, str],
    status: int = 200,
) -> HTMLResponse:
    begun = bool(at.store.samples.gradings(view.id))
    stays = STAYS if at.store.samples.handed_in(view.id) else None
    known = inspectors(at) if at.settings.is_office else {}
    return page(
        request,
        "sample-allot.html",
        status,
        sample=view,
        accounts=known,
        filled=filled,
        errors=errors,
        begun=begun,
        stays=stays,
    )


# What happens to it afterwards


@router.get("/samples/{sample}/change")
def leaving(sample: str, request: Request, at: AtDesk) -> HTMLResponse:
    return _change_page(request, _drawn(at, sample), Form(), {})


@router.post("/samples/{sample}/change")
def change(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    view = _drawn(at, sample)
    what, errors = taken_out(form, view)
    if what:
        try:
            take(at, sample, what, asking.account, request.state.request_id)
        except UserError as error:
            errors = {"report": in_words(error)}
        else:
            if view.source != "list":
                start(at, sample, bring_drawn, 1)
            return RedirectResponse(f"/samples/{sample}?notice=changed", 303)
    return _change_page(request, view, form, errors, 400)


def _change_page(
    request: Request, view: SampleView, form: Form, errors: dict[str, str], status: int = 200
) -> HTMLResponse:
    return page(request, "sample-change.html", status, sample=view, why=WHY, form=form, errors=errors)


# Files of what was drawn


@router.get("/samples/{sample}/files")
def files(sample: str, request: Request, at: AtDesk) -> HTMLResponse:
    return _files_page(request, at, _drawn(at, sample))


@router.post("/samples/{sample}/files")
def take_files(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """What is sent is matched to the reports that were drawn; without files, what is missing is looked for again."""
    view = _drawn(at, sample)
    if form.one("again"):
        start(at, sample, bring_drawn, len(to_bring(view)))
        return RedirectResponse(f"/samples/{sample}/files", 303)
    if not form.files.get("file"):
        return _files_page(request, at, view, errors={"file": NO_FILES})
    with at.store.together():
        received = bring(at, view, form.files["file"])
        if received.taken:
            at.store.audit.write(
                asking.account, f"brought {received.taken} files", f"sample {sample}", request.state.request_id
            )
    if received.taken:
        start(at, sample, bring_drawn, received.taken)
    if received.said or received.unknown:
        return _files_page(request, at, the_sample(at, sample), received=received)
    return RedirectResponse(f"/samples/{sample}/files", 303)


def _files_page(
    request: Request,
    at: Desk,
    view: SampleView,
    errors: dict[str, str] | None = None,
    received: Received = Received(0, ()),  # noqa: B008  # frozen
) -> HTMLResponse:
    waiting = to_bring(view)
    ids = at.store.samples.ids_of(view.id, (report.id for report in waiting))
    unchecked = {id for id, checked in at.store.samples.brought(view.id).items() if not checked}
    assert view.manifest
    return page(
        request,
        "sample-files.html",
        400 if errors or ((received.said or received.unknown) and not received.taken) else 200,
        sample=view,
        reports=view.manifest.sample,
        absent={report.id for report in waiting},
        unchecked={report for report, id in ids.items() if id in unchecked},
        job=at.jobs.of(view.id),
        errors=errors or {},
        said=received.said,
        unknown=received.unknown,
        taken=received.taken,
    )


# Drawing it again


@router.post("/samples/{sample}/verify")
def again(sample: str, request: Request, at: AtDesk, form: AnyForm) -> Response:
    """From the list as it is sent now, or from the folder as it is now."""
    view = _drawn(at, sample)
    try:
        verification = drawn_again(view, form.files.get("list", []))
    except UserError as error:
        raise Problem(400, in_words(error)) from None
    return page(request, "sample-verified.html", sample=view, verification=verification)


# Deleting


@router.get("/samples/{sample}/delete")
def confirm(sample: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    return page(
        request,
        "delete-sample.html",
        sample=the_sample(at, sample),
        gradings=len(at.store.samples.gradings(sample)),
        open_concerns=at.store.samples.open_concerns(asking).get(sample, 0),
    )


@router.post("/samples/{sample}/delete")
def delete(sample: str, request: Request, at: AtDesk, asking: Asking) -> RedirectResponse:
    with at.store.together():
        if at.store.samples.open_concerns(asking).get(sample):
            raise Problem(409, CONCERNS_OPEN)
        at.store.samples.delete(sample)
        at.store.audit.write(asking.account, "deleted the sample", f"sample {sample}", request.state.request_id)
    return RedirectResponse("/samples?notice=deleted", 303)


def _drawn(at: Desk, sample: str) -> SampleView:
    """Raises Problem 404, and 409 where nothing was drawn yet."""
    view = the_sample(at, sample)
    if view.manifest is None:
        raise Problem(409, "This sample is not drawn yet: go on with making it.")
    return view


def _name(at: Desk, account: str) -> str:
    person = at.store.people.get(account)
    return person.name if person else "somebody who has no account any more"
