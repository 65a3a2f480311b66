"""What is kept: drafts of a report, case by case; and forgetting."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.aside import SetAside
from qualitycheck.comparison import Comparison, compare, is_another
from qualitycheck.service.checks.check import State
from qualitycheck.service.checks.finding import find
from qualitycheck.service.checks.keeping import another_in, keep_in_new_case
from qualitycheck.service.checks.keeping import keep as keep_draft
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.pages.result_page import result_page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.waiting import sentence
from qualitycheck.service.store.cases import CaseView
from qualitycheck.service.store.drafts import DraftView
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
MOST_LETTERS = 100
NEW = "new"


@router.post("/checks/{check}/keep")
def keep(check: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """In a new case, or in one that is there; where it looks like another family's report than that, asked once."""
    found = find(at, check)
    if found.state is not State.DONE:
        raise Problem(409, "Only a report that was checked can be kept: wait until its check is done.")
    if found.session is None:
        return RedirectResponse(f"/checks/{check}", 303)
    case = form.one("case", NEW)
    if case != NEW:
        chosen = at.store.cases.get(case)
        if chosen is None or chosen.owner != asking.account:
            raise Problem(404, "There is no such case of yours: go back and choose another.")
        if not form.one("all_the_same") and another_in(at, found, case):
            at.held.change(check, case=case)
            return RedirectResponse(f"/checks/{check}#keep", 303)
        keep_draft(at, found, case, request.state.request_id)
    else:
        title = " ".join(form.one("title").split())[:MOST_LETTERS]
        if not title:
            errors = {"title": "Give the case a name that you will know again."}
            return result_page(request, at, asking, found, errors=errors)
        team = form.one("team") or None
        if team is not None and team not in asking.teams:
            raise Problem(400, "You are not in that team: go back and choose another.")
        keep_in_new_case(at, found, title, team, request.state.request_id)
    return RedirectResponse(f"/checks/{check}", 303)


@router.post("/checks/{check}/forget")
def forget(check: str, at: AtDesk, form: AnyForm) -> RedirectResponse:
    if at.held.get(check) is None:
        raise Problem(409, "This draft is kept: delete its case to be rid of it.")
    at.held.forget(check)
    return RedirectResponse(f"{'/checks' if form.one('from') == 'list' else '/'}?notice=forgotten", 303)


@router.get("/cases")
def cases(request: Request, at: AtDesk, asking: Asking, notice: str = "") -> HTMLResponse:
    seen = at.store.cases.of(asking)
    return page(
        request,
        "cases.html",
        own=[case for case in seen if case.owner == asking.account],
        others=[case for case in seen if case.owner != asking.account],
        teams=at.store.people.teams(),
        notice="The case is deleted, with everything in it." if notice == "deleted" else None,
    )


@router.get("/cases/{case}")
def case(case: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    found = _case(at, case)
    drafts = _with_changes(at, case)
    people = People.of(at, asking)
    return page(
        request,
        "case.html",
        case=found,
        drafts=drafts,
        closed={one.draft.id for one in drafts if at.store.readings.hides_checker(one.draft.id, asking.account)},
        goes_on=bool(drafts) and drafts[0].draft.author == asking.account,
        errors={},
        readings=[(one, sentence(one, people)) for one in at.store.readings.of_case(case)],
        team=at.store.people.teams().get(found.team or ""),
        owns=found.owner == asking.account,
        days=at.settings.draft_days,
    )


@router.get("/cases/{case}/delete")
def confirm(case: str, request: Request, at: AtDesk) -> HTMLResponse:
    return page(request, "delete-case.html", case=_case(at, case), drafts=at.store.drafts.in_case(case))


@router.post("/cases/{case}/delete")
def delete(case: str, request: Request, at: AtDesk, asking: Asking) -> RedirectResponse:
    with at.store.together():
        at.store.cases.delete(case)
        at.store.audit.write(asking.account, "deleted case", f"case {case}", request.state.request_id)
    return RedirectResponse("/cases?notice=deleted", 303)


@dataclass(frozen=True, slots=True)
class Changed:
    """A draft, and what became of the findings and elements of the one before it."""

    draft: DraftView
    before: str | None  # the name of the draft before
    is_another: bool  # which looks like another report, so that they are not compared
    counts: tuple[int, int, int, int] | None  # fixed, still there, new, not sure


def _with_changes(at: Desk, case: str) -> list[Changed]:
    """The newest draft first."""
    decided = SetAside(at.store.decisions.of(case))
    changes = []
    for draft in at.store.drafts.in_case(case):
        kept = at.store.drafts.get(draft.id)
        if kept is None or kept.result is None or kept.previous is None:
            changes.append(Changed(draft, None, False, None))
            continue
        unlike = is_another(kept.previous.result, kept.result)
        between = compare(decided.applied_to(kept.previous.result), decided.applied_to(kept.result))
        changes.append(Changed(draft, kept.previous.name, unlike, None if unlike else _counts(between)))
    return changes


def _counts(between: Comparison) -> tuple[int, int, int, int]:
    return (
        len(between.fixed) + len(between.elements_fixed),
        len(between.still_there) + len(between.elements_still_there),
        len(between.new) + len(between.elements_new),
        len(between.elements_unsure),
    )


def _case(at: Desk, id: str) -> CaseView:
    found = at.store.cases.get(id)
    if found is None:
        raise Problem(404, "There is no such case: it may have been deleted.")
    return found
