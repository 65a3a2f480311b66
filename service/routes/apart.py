"""Adjudication: where two readers differ, the lead says which grade counts, once, and why."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.grading import NOT_READABLE, sample_of
from qualitycheck.service.samples.apart import Apart, ReadTwice, read_twice
from qualitycheck.service.samples.grading import MOST_LETTERS
from qualitycheck.service.samples.names import mask_of
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
NOT_BOTH = "Both readers must have handed this report in before it is settled where they differ."
NOT_APART = "The readers do not differ there: go back to what is to be settled."


@router.get("/samples/{sample}/apart")
def apart(sample: str, request: Request, at: AtDesk, notice: str = "") -> HTMLResponse:
    found = sample_of(at, sample)
    return page(
        request,
        "samples-apart.html",
        sample=found,
        twice=read_twice(found, at.store.samples.gradings(sample), at.rulebook.criteria),
        notice="It is settled." if notice == "settled" else None,
    )


@router.get("/samples/{sample}/apart/{report}")
def look(sample: str, report: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    return _page(request, at, asking, sample, report)


@router.post("/samples/{sample}/apart/{report}")
def settle(sample: str, report: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    found = sample_of(at, sample)
    twice = _twice(at, found, report)
    number, one = _line(twice, form.one("criterion"))
    grade, reason = form.one("grade"), form.one("reason").strip()[:MOST_LETTERS]
    own = reads_it(found, asking, twice)
    errors = {}
    if grade not in one.grades:
        errors[f"grade-{number}"] = f"{one.title}: choose the grade that counts."
    if not reason:
        errors[f"reason-{number}"] = f"{one.title}: say why it is that grade."
    if own and not form.one("own"):
        errors[f"own-{number}"] = f"{one.title}: confirm that nobody else can settle it."
    if errors:
        typed = {"criterion": one.id, "grade": grade, "reason": reason}
        return _page(request, at, asking, sample, report, typed, errors)
    with at.store.together():
        at.store.samples.adjudicate(sample, report, one.id, grade, reason, asking.account, own=own)
        did = "adjudicated, having read it" if own else "adjudicated"
        about = f"report {report} of sample {sample}"
        at.store.audit.write(asking.account, did, about, request.state.request_id)
    left = len(twice.open) > 1
    return RedirectResponse(f"/samples/{sample}/apart{f'/{report}#left' if left else '?notice=settled'}", 303)


def reads_it(sample: SampleView, asking: Who, twice: ReadTwice) -> bool:
    """Whether who settles it is one of the two."""
    return sample.readers.get(asking.account) in twice.readers


def _page(
    request: Request,
    at: Desk,
    asking: Who,
    sample: str,
    report: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    found = sample_of(at, sample)
    twice = _twice(at, found, report)
    kept = at.store.samples.report(report)
    if kept is None or kept.sheet is None:
        raise Problem(409, NOT_READABLE)
    return page(
        request,
        "samples-adjudicate.html",
        400 if errors else 200,
        sample=found,
        here=f"/samples/{sample}/apart/{report}",
        twice=twice,
        own=reads_it(found, asking, twice),
        sheet=mask_of(at, found, kept).sheet(kept.sheet),
        level_of={},
        typed=typed or {},
        errors=errors or {},
        most_letters=MOST_LETTERS,
        settled_by={one.settled.by: _name(at, one.settled.by) for one in twice.apart if one.settled},
    )


def _twice(at: Desk, sample: SampleView, report: str) -> ReadTwice:
    done = read_twice(sample, at.store.samples.gradings(sample.id), at.rulebook.criteria).done
    found = next((one for one in done if one.id == report), None)
    if found is None:
        raise Problem(409, NOT_BOTH)
    return found


def _line(twice: ReadTwice, criterion: str) -> tuple[int, Apart]:
    """The line and its number on the page, from 1."""
    for number, one in enumerate(twice.apart, start=1):
        if one.id == criterion:
            return number, one
    raise Problem(400, NOT_APART)


def _name(at: Desk, account: str) -> str:
    person = at.store.people.get(account)
    return person.name if person else "you" if not at.settings.is_office else "somebody who has left"
