"""A sample is made: what it is drawn from, step by step, and the draw, which happens once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.errors import UserError
from qualitycheck.inspecting.scales import SCALES
from qualitycheck.inspecting.words import WORDS
from qualitycheck.sampling.files import reports_below
from qualitycheck.sampling.frame import BadFrame
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.checking import bring_drawn, read_frame, start
from qualitycheck.service.samples.filled import in_words, line
from qualitycheck.service.samples.frame import put_frame, the_sample
from qualitycheck.service.samples.kept_drafts import read_drafts
from qualitycheck.service.samples.listing import NAMES, Listed, columns_in, guessed, mapped, read_listed
from qualitycheck.service.samples.making import (
    DRAWN_ONCE,
    MOST_FIXED,
    USUAL,
    asked,
    counts,
    draw_once,
    fresh_seed,
    stratifiers,
    usual_strata,
)
from qualitycheck.service.samples.receiving import add_to_frame
from qualitycheck.service.samples.showing_sample import LEFT_OUT, SOURCES
from qualitycheck.service.store.drafts import Which
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()
REFRESH_SECONDS = 3  # of the page that waits
MOST_REPORTS = 5000  # in a folder
NOT_ALLOWED = "This folder cannot be read: this program may not look into it."
STRATIFIED = {"type": "Type of report", "area": "Area", "team": "Team", "month": "Month"}
WHICH: dict[Which, str] = {
    "kept": "The newest kept draft of every case",
    "signed-off": "The last draft that a reader signed off",
    "filed": "The last draft of reports that were filed",
}


@router.get("/samples/new")
def new(request: Request, at: AtDesk) -> HTMLResponse:
    return page(request, "sample-new.html", sources=_sources(at), title="", source="", errors={})


@router.post("/samples/new")
def make(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    title, source = line(form, "title", 100), form.one("source")
    errors = {}
    if not title:
        errors["title"] = "Give the sample a name that you will know again."
    if source not in _sources(at):
        errors["source"] = "Choose what the sample is drawn from."
    if errors:
        return page(request, "sample-new.html", 400, sources=_sources(at), title=title, source=source, errors=errors)
    with at.store.together():
        sample = at.store.samples.add(asking.account, title, source=source)
        at.store.audit.write(asking.account, "began a sample", f"sample {sample}", request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/frame", 303)


@router.get("/samples/{sample}/frame")
def frame(sample: str, request: Request, at: AtDesk) -> Response:
    view = the_sample(at, sample)
    if view.manifest is not None:
        return RedirectResponse(f"/samples/{sample}", 303)
    if view.ready:
        return RedirectResponse(f"/samples/{sample}/draw", 303)
    job = at.jobs.of(sample)
    if job and not job.failed:
        return page(request, "sample-progress.html", sample=view, job=job, refresh=REFRESH_SECONDS)
    return _frame_page(request, at, view)


@router.post("/samples/{sample}/frame")
def take_frame(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """Whatever the sample is drawn from, as its page asks for it."""
    view = _being_made(at, sample)
    taken = {"list": _take_list, "folder": _take_folder, "files": _take_files, "store": _take_store}
    wrong = taken[view.source](request, at, view, form)
    if wrong is not None:
        return wrong
    at.store.audit.write(asking.account, "gave the frame", f"sample {sample}", request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/frame", 303)


@router.get("/samples/{sample}/draw")
def drawing(sample: str, request: Request, at: AtDesk) -> Response:
    view = the_sample(at, sample)
    if view.manifest is not None:
        return RedirectResponse(f"/samples/{sample}", 303)
    if not view.ready:
        return RedirectResponse(f"/samples/{sample}/frame", 303)
    chosen = request.query_params.getlist("by")
    by = stratifiers(chosen) if "strata" in request.query_params else usual_strata(view)
    form = Form(fields={"by": list(by), "seed": [fresh_seed()], "criteria": list(USUAL)})
    return _draw_page(request, at, view, form, {})


@router.post("/samples/{sample}/draw")
def draw(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    view = the_sample(at, sample)
    if view.manifest is not None:
        raise Problem(409, DRAWN_ONCE)
    if not view.ready:
        return RedirectResponse(f"/samples/{sample}/frame", 303)
    try:
        what, errors = asked(form, at, view)
        if what:
            draw_once(at, sample, what, asking.account, request.state.request_id)
            if view.source != "list":
                start(at, sample, bring_drawn, 1)
            return RedirectResponse(f"/samples/{sample}?notice=drawn", 303)
    except UserError as error:
        errors = {"size": in_words(error)}
    return _draw_page(request, at, view, form, errors, 400)


def _draw_page(
    request: Request, at: Desk, view: SampleView, form: Form, errors: dict[str, str], status: int = 200
) -> HTMLResponse:
    by = stratifiers(form.fields.get("by", []))
    there = {name: sorted({getattr(report, name) or "" for report in view.frame}) for name in STRATIFIED}
    left_out = {words: n for why, words in LEFT_OUT.items() if (n := sum(one.why == why for one in view.left_out))}
    try:
        strata = counts(view, by)
    except UserError as error:
        strata, errors = {}, {"by": in_words(error)}
    return page(
        request,
        "sample-draw.html",
        status,
        sample=view,
        form=form,
        errors=errors,
        by=by,
        stratified={name: words for name, words in STRATIFIED.items() if any(there[name])},
        strata=strata,
        most_fixed=MOST_FIXED,
        left_out=left_out,
        scales=SCALES,
        words=WORDS,
        criteria=list(at.rulebook.criteria.values()),
    )


# The frame, from wherever it comes: None where it was taken


def _take_list(request: Request, at: Desk, view: SampleView, form: Form) -> Response | None:
    files = form.files.get("list", [])
    if files:
        try:
            rows = read_listed(files[0].data)
        except BadFrame as error:
            return _frame_page(request, at, view, {"list": in_words(error)})
        text = files[0].data.decode("utf-8-sig")
        columns = guessed(Listed.of(rows).header)
        at.store.samples.change(view.id, lambda known: replace(known, listed=text, columns=columns))
        return None
    if not view.listed or form.one("step") != "columns":
        return _frame_page(request, at, view, {"list": "Choose the list: a file that ends in .csv."})
    rows = read_listed(view.listed.encode())
    columns = columns_in(form, Listed.of(rows).header)
    errors: dict[str, str] = {}
    reports, wrong = mapped(rows, columns, errors)
    at.store.samples.change(view.id, lambda known: replace(known, columns=columns))
    if errors:
        return _frame_page(request, at, the_sample(at, view.id), errors, wrong)
    put_frame(at, view.id, reports, (), [])
    return None


def _take_folder(request: Request, at: Desk, view: SampleView, form: Form) -> Response | None:
    told = line(form, "folder", 1000)
    try:
        folder = _folder(at, told)
        next(folder.iterdir(), None)  # what may not be looked into is not the same as an empty folder
        reports = reports_below(folder)
        if len(reports) > MOST_REPORTS:
            raise BadFrame(f"this folder holds {len(reports):,} reports, and {MOST_REPORTS:,} are the most")
        if not reports:
            raise BadFrame("this folder holds no Word files: choose the one that the reports are in")
    except (UserError, OSError, ValueError) as error:
        said = in_words(error) if isinstance(error, UserError) else NOT_ALLOWED
        return _frame_page(request, at, view, {"folder": said}, filled=told)
    at.store.samples.change(
        view.id, lambda known: replace(known, folder=str(folder), frame=tuple(reports), left_out=())
    )
    start(at, view.id, read_frame, len(reports))
    return None


def _take_files(request: Request, at: Desk, view: SampleView, form: Form) -> Response | None:
    if form.one("step") == "read" and not form.files.get("file"):
        if not view.frame:
            return _frame_page(request, at, view, {"file": "Choose the reports first."})
        start(at, view.id, read_frame, len(view.frame))
        return None
    if not form.files.get("file"):
        return _frame_page(request, at, view, {"file": "Choose the reports: Word files that end in .docx."})
    received = add_to_frame(at, view.id, form.files["file"])
    if received.said:
        return _frame_page(request, at, the_sample(at, view.id), {}, received.said)
    return None


def _take_store(request: Request, at: Desk, view: SampleView, form: Form) -> Response | None:
    which = next((known for known in WHICH if known == form.one("which")), None)
    if which is None:
        return _frame_page(request, at, view, {"which": "Choose which drafts can be drawn."})
    drafts = at.store.drafts.for_frame(which)
    if not drafts:
        return _frame_page(request, at, view, {"which": "There are none of those here yet: choose others."})
    at.jobs.start(view.id, len(drafts), partial(read_drafts, at, view.id, which))
    return None


def _folder(at: Desk, told: str) -> Path:
    """The folder that is meant; raises BadFrame."""
    if at.settings.is_office:
        place = next((folder for folder in _folders(at) if folder.name == told), None)
        if place is None:
            raise BadFrame("choose one of the folders")
        return place
    try:
        place = Path(told).expanduser()
    except RuntimeError:  # ~somebody, who is not known here
        place = Path(told)
    if place.is_file():
        raise BadFrame("this is a file: give the folder that it is in")
    if not told or not place.is_absolute() or not place.is_dir():
        raise BadFrame("there is no such folder: give its whole path, such as C:\\Reports or /home/me/reports")
    return place


def _folders(at: Desk) -> list[Path]:
    """In an office, those below the one that is set."""
    below = at.settings.frames_folder
    if below is None:
        return []
    try:
        return sorted(place for place in below.iterdir() if place.is_dir() and not place.name.startswith("."))
    except OSError:  # it is not there, or may not be looked into
        return []


def _sources(at: Desk) -> dict[str, str]:
    """What a sample may be drawn from, here."""
    return {
        name: words for name, words in SOURCES.items() if name != "folder" or not at.settings.is_office or _folders(at)
    }


def _frame_page(
    request: Request,
    at: Desk,
    view: SampleView,
    errors: dict[str, str] | None = None,
    said: Sequence[str] = (),
    filled: str = "",
) -> HTMLResponse:
    """The page of the frame, for where it comes from."""
    job = at.jobs.of(view.id)
    more: dict[str, Any] = {}
    name = "sample-upload.html" if view.source == "files" else f"sample-{view.source}.html"
    if view.source == "list" and view.listed:
        name = "sample-columns.html"
        more = {"listed": Listed.of(read_listed(view.listed.encode())), "fields": NAMES}
    elif view.source == "folder":
        more = {"folders": [folder.name for folder in _folders(at)] if at.settings.is_office else None}
    elif view.source == "store":
        more = {"which": WHICH}
    return page(
        request,
        name,
        400 if errors else 200,
        sample=view,
        errors=errors or {},
        said=said,
        unknown=(),
        filled=filled or view.folder,
        failed=bool(job and job.failed),
        **more,
    )


def _being_made(at: Desk, sample: str) -> SampleView:
    """Raises Problem 404, and 409 where its frame is complete or being read."""
    view = the_sample(at, sample)
    job = at.jobs.of(sample)
    if view.manifest is not None or view.ready or (job and not job.failed):
        raise Problem(409, "The frame of this sample is given: make a new sample to draw from another.")
    return view
