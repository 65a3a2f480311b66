"""Grades that were given elsewhere, brought by the lead in a file."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.inspecting.grades import BadGrades
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.routes.grading import sample_of
from qualitycheck.service.samples.bringing import brought
from qualitycheck.service.samples.filled import in_words
from qualitycheck.service.samples.graded import BROUGHT, reader_key, readers_of
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
MOST_BYTES = 4 * 1024 * 1024
NO_FILE = "Choose the file of grades."
TOO_LARGE = "The file is larger than 4 MB: bring the grades of fewer reports at a time."


@router.get("/samples/{sample}/grades")
def look(sample: str, request: Request, at: AtDesk, asking: Asking, brought: int = 0) -> HTMLResponse:
    return _page(request, at, sample_of(at, sample), notice=brought)


@router.post("/samples/{sample}/grades")
def take(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """All of the file, or nothing of it; what is kept counts as handed in."""
    files = form.files.get("file", [])
    if len(files) != 1:
        return _page(request, at, sample_of(at, sample), {"file": NO_FILE})
    if len(files[0].data) > MOST_BYTES:
        return _page(request, at, sample_of(at, sample), {"file": TOO_LARGE})
    sheets = {
        id: kept.sheet
        for id in at.store.samples.brought(sample)
        if (kept := at.store.samples.report(id)) and kept.sheet
    }
    try:
        with at.store.together():
            found = sample_of(at, sample)
            made = brought(files[0].data, found, at.store.samples.gradings(sample), sheets, at.rulebook.criteria)
            for one in made:
                at.store.samples.grade(one.report, one.reader, one.instead_of)
                at.store.samples.hand_in(one.report, one.reader)
                about = f"report {one.report} of sample {sample}"
                at.store.audit.write(asking.account, "brought grades", about, request.state.request_id)
    except BadGrades as wrong:
        return _page(request, at, sample_of(at, sample), {"file": in_words(wrong)})
    return RedirectResponse(f"/samples/{sample}/grades?brought={len(made)}", 303)


def _page(
    request: Request, at: Desk, sample: SampleView, errors: dict[str, str] | None = None, notice: int = 0
) -> HTMLResponse:
    names = {name for each in readers_of(sample.manifest).values() for name in each} if sample.manifest else set()
    return page(
        request,
        "samples-grades.html",
        400 if errors else 200,
        sample=sample,
        without=sorted(name for name in names if reader_key(sample, name).startswith(BROUGHT)),
        errors=errors or {},
        brought=notice,
    )
