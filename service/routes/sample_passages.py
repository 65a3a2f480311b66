"""Example passages of a sample: without names by the tool, then confirmed by a person, or left out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qualitycheck.errors import UserError
from qualitycheck.inspecting.faults import Passage
from qualitycheck.inspecting.grades import Fault
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.routes.asked import too_many
from qualitycheck.service.samples.examples import examples, mark, to_prepare
from qualitycheck.service.samples.names import people_told
from qualitycheck.service.samples.results import Worked, sample_of, worked_out
from qualitycheck.service.store.samples import Confirmed, Prepared, SampleView, Withheld
from qualitycheck.service.uploads import AnyForm
from qualitycheck.service.work.messages import Busy

router = APIRouter()
MOST_LETTERS = 4000  # of a passage
EMPTY = "Write what may be printed, or leave the passage out."
CHANGED = "This passage was changed meanwhile: read it again."


@router.get("/samples/{sample}/passages")
def passages(sample: str, request: Request, at: AtDesk, unread: int = 0) -> HTMLResponse:
    return _page(request, at, worked_out(at, sample_of(at, sample)), unread=unread)


@router.post("/samples/{sample}/passages")
async def decide(sample: str, request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    """`do` is prepare (by the tool), or confirm, leave-out or undo of the passage with this key."""
    worked = await asyncio.to_thread(lambda: worked_out(at, sample_of(at, sample)))
    do, key = form.one("do"), form.one("key")
    if do == "prepare":
        unread = await _prepare(at, worked)
        return RedirectResponse(f"/samples/{sample}/passages" + (f"?unread={unread}" if unread else ""), 303)
    known = {one.prepared.key for one in examples(worked.sample, worked.grades) if one.prepared}
    if key not in known or do not in ("confirm", "leave-out", "undo"):
        raise Problem(409, CHANGED)
    text = " ".join(form.one("text").split())[:MOST_LETTERS]
    if do == "confirm" and not text:
        return await asyncio.to_thread(
            lambda: _page(request, at, worked, errors={f"text-{key}": EMPTY}, typed={key: form.one("text")})
        )
    await asyncio.to_thread(_keep, at, sample, key, do, text, asking.account, request.state.request_id)
    return RedirectResponse(f"/samples/{sample}/passages#passage-{key}", 303)


def _keep(at: Desk, sample: str, key: str, do: str, text: str, account: str, request_id: str) -> None:
    now = datetime.now(UTC)

    def change(view: SampleView) -> SampleView:
        confirmed = {one: told for one, told in view.confirmed.items() if one != key}
        withheld = {one: told for one, told in view.withheld.items() if one != key}
        if do == "confirm":
            confirmed[key] = Confirmed(text, account, now)
        elif do == "leave-out":
            withheld[key] = Withheld(account, now)
        return replace(view, confirmed=confirmed, withheld=withheld)

    said = {
        "confirm": "confirmed a passage for print",
        "leave-out": "left a passage out",
        "undo": "took back what was decided of a passage",
    }
    with at.store.together():
        at.store.samples.change(sample, change)
        at.store.audit.write(account, said[do], f"sample {sample}", request_id)


async def _prepare(at: Desk, worked: Worked) -> int:
    """Each report by a worker, one after the other; how many could not be read.

    Raises Problem 429. What was prepared until then is kept.
    """
    sample, unread = worked.sample, 0
    for report, faults in to_prepare(sample, worked.grades).items():
        try:
            made = await _without_names(at, sample, report, tuple(faults))
        except UserError:
            unread += 1
            continue
        prepared = {
            mark(fault): Prepared(
                found.key, fault.passage if sample.authors_shown else shown, found.text, found.look_at
            )
            for fault, (found, shown) in zip(faults, made, strict=True)
        }
        await asyncio.to_thread(_add, at, sample.id, prepared)
    return unread


def _add(at: Desk, sample: str, prepared: Mapping[str, Prepared]) -> None:
    at.store.samples.change(sample, lambda view: replace(view, prepared={**view.prepared, **prepared}))


async def _without_names(
    at: Desk, sample: SampleView, report: str, faults: tuple[Fault, ...]
) -> tuple[tuple[Passage, str], ...]:
    kept = await asyncio.to_thread(at.store.samples.report, sample.reports[report])
    if kept is None:
        raise Problem(404, "A report of the sample is gone: go back to the sample.")
    authors, managers = people_told(sample, report)
    try:
        asked = at.pool.submit("passages", kept.data, kept.name, kept.result, authors, managers, faults)
    except Busy as busy:
        raise too_many(busy) from None
    made: tuple[tuple[Passage, str], ...] = await asyncio.wrap_future(asked)
    return made


def _page(
    request: Request,
    at: Desk,
    worked: Worked,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    unread: int = 0,
) -> HTMLResponse:
    found = examples(worked.sample, worked.grades)
    return page(
        request,
        "samples-passages.html",
        400 if errors else 200,
        sample=worked.sample,
        titles=worked.titles,
        examples=found,
        unprepared=sum(one.prepared is None for one in found),
        names={person.id: person.name for person in at.store.people.all()},
        errors=errors or {},
        typed=typed or {},
        unread=unread,
    )
