"""What an inspector marks for review at once: raised at any time, followed by its owner, closed with an outcome."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.service.access.who import Who
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.grading import Open, name_of, opened_by, sample_of
from qualitycheck.service.samples.grading import MOST_LETTERS, Mine, mine
from qualitycheck.service.store.samples import ConcernView, SampleView
from qualitycheck.service.uploads import AnyForm

router = APIRouter()
MOST_NAME = 200


@router.get("/samples/{sample}/reports/{report}/concern")
def begin(sample: str, report: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    opened = opened_by(at, asking, sample, report)
    lead = at.store.people.get(opened.sample.lead)
    return _raising(request, opened, {"owner": lead.name if lead else ""}, {})


@router.post("/samples/{sample}/reports/{report}/concern")
def raise_one(sample: str, report: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    opened = opened_by(at, asking, sample, report)
    typed = {"reason": form.one("reason").strip()[:MOST_LETTERS], "owner": _line(form.one("owner"))}
    errors = {}
    if not typed["reason"]:
        errors["reason"] = "Say what it is that must be looked into at once."
    if not typed["owner"]:
        errors["owner"] = "Say who looks into it."
    if errors:
        return _raising(request, opened, typed, errors)
    with at.store.together():
        id = at.store.samples.raise_concern(report, asking.account, typed["reason"], typed["owner"])
        about = f"concern {id} about {name_of(opened)}"
        at.store.audit.write(asking.account, "raised a concern", about, request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/concerns/{id}?notice=raised", 303)


@router.get("/samples/{sample}/concerns")
def concerns(sample: str, request: Request, at: AtDesk, asking: Asking) -> HTMLResponse:
    """All of them to the lead; to a reader those that they raised."""
    found = sample_of(at, sample)
    seen = [one for one in at.store.samples.concerns(sample) if asking.account in (found.lead, one.by)]
    called = _called(at, asking, found)
    return page(
        request,
        "samples-concerns.html",
        sample=found,
        leads=found.lead == asking.account,
        open=[(one, called(one), _days(one.raised)) for one in seen if one.closed is None],
        closed=[(one, called(one)) for one in seen if one.closed],
        names=_names(at, seen),
    )


@router.get("/samples/{sample}/concerns/{concern}")
def concern(sample: str, concern: str, request: Request, at: AtDesk, asking: Asking, notice: str = "") -> HTMLResponse:
    return _page(request, at, asking, sample, concern, raised=notice == "raised")


@router.post("/samples/{sample}/concerns/{concern}")
def follow(sample: str, concern: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """The next step, or the end of it, which needs an outcome."""
    found = _concern(at, sample, concern)
    closes = form.one("do") == "close"
    done, outcome = form.one("done").strip()[:MOST_LETTERS], form.one("outcome").strip()[:MOST_LETTERS]
    owner = _line(form.one("owner")) or found.owner
    typed = {"done": done, "outcome": outcome, "owner": owner}
    if closes and not outcome:
        return _page(request, at, asking, sample, concern, typed, {"outcome": "Say what came of it."})
    if not closes and not done and owner == found.owner:
        return _page(request, at, asking, sample, concern, typed, {"done": "Say what was done."})
    with at.store.together():
        if closes:
            at.store.samples.close(concern, asking.account, outcome)
        else:
            at.store.samples.follow(concern, asking.account, owner, done)
        did = "closed a concern" if closes else "followed a concern"
        about = f"concern {concern} of sample {sample}"
        at.store.audit.write(asking.account, did, about, request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/concerns/{concern}", 303)


def _raising(request: Request, opened: Open, typed: dict[str, str], errors: dict[str, str]) -> HTMLResponse:
    status = 400 if errors else 200
    return page(
        request, "samples-concern-raise.html", status, opened=opened, here=opened.here, typed=typed, errors=errors
    )


def _page(
    request: Request,
    at: Desk,
    asking: Who,
    sample: str,
    concern: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    raised: bool = False,
) -> HTMLResponse:
    found, of = _concern(at, sample, concern), sample_of(at, sample)
    called = _called(at, asking, of)
    return page(
        request,
        "samples-concern.html",
        400 if errors else 200,
        sample=of,
        concern=found,
        called=called(found),
        days=_days(found.raised),
        names=_names(at, [found]),
        typed=typed or {},
        errors=errors or {},
        raised=raised,
        back=called.number(found),
    )


def _concern(at: Desk, sample: str, id: str) -> ConcernView:
    found = at.store.samples.concern(id)
    if found is None or found.sample != sample:
        raise Problem(404, "There is no such concern: go back to the list.")
    return found


class _called:
    """What a report goes by: its number to whoever reads it, its id in the manifest to the lead."""

    def __init__(self, at: Desk, asking: Who, sample: SampleView) -> None:
        self._sample = sample
        self._leads = sample.lead == asking.account
        listed = mine(sample, asking.account, (), at.rulebook.criteria)
        self._own: dict[str | None, Mine] = {one.id: one for one in listed}

    def number(self, concern: ConcernView) -> int | None:
        """In the list of whoever asks; None where they do not read it."""
        own = self._own.get(concern.report)
        return own.number if own else None

    def __call__(self, concern: ConcernView) -> str:
        own = self._own.get(concern.report)
        if own:
            return f"Report {own.number} of your list"
        if self._leads:
            return self._sample.ids.get(concern.report, "A report that left the sample")
        return "A report that you no longer read"


def _names(at: Desk, concerns: list[ConcernView]) -> dict[str, str]:
    accounts = {one.by for one in concerns} | {step.by for one in concerns for step in one.steps}
    return {account: _name(at, account) for account in accounts}


def _name(at: Desk, account: str) -> str:
    person = at.store.people.get(account)
    return person.name if person else "you" if not at.settings.is_office else "somebody who has left"


def _line(text: str) -> str:
    return " ".join(text.split())[:MOST_NAME]


def _days(since: datetime) -> int:
    return (datetime.now(UTC).astimezone().date() - since.astimezone().date()).days
