"""A check: its progress, its result, and what can be downloaded of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from qualitycheck.aside import SetAside
from qualitycheck.pipeline import Stage
from qualitycheck.rendering.data import as_json
from qualitycheck.result import Result
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check, State
from qualitycheck.service.checks.finding import find, gone
from qualitycheck.service.checks.held import ENDED
from qualitycheck.service.checks.keeping import keep_if_wanted
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.documented import DOCX
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.pages.result_page import result_page
from qualitycheck.service.pages.showing import Wanted
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.receiving import begin, refusal
from qualitycheck.service.routes.asked import too_many
from qualitycheck.service.work.messages import Busy

router = APIRouter()
STEPS = {
    Stage.READING: "Reading the file",
    Stage.UNDERSTANDING: "Understanding who is who",
    Stage.RULES: "Looking for what must be there",
    Stage.JUDGING: "Judging what has nothing under it",
}
REFRESH_SECONDS = 2  # of the page that waits, where there are no scripts
ALIVE_SECONDS = 15  # between signs of life, so that nothing on the way hangs up


@router.get("/checks/{check}")
def result(
    check: str,
    request: Request,
    at: AtDesk,
    asking: Asking,
    level: str = "",
    criterion: str = "",
    compare: str = "",
) -> Response:
    found = find(at, check)
    if found.for_reading is not None and found.session is not None and found.state in ENDED:
        return _received(request, at, asking, found)
    if found.session is not None and found.case is not None:
        keep_if_wanted(at, found, request.state.request_id)
        found = find(at, check)
    if found.state is State.REFUSED:
        return page(request, "refused.html", check=found, errors={}, wanted=found.wanted)
    if found.state is not State.DONE:
        return page(
            request, "progress.html", check=found, steps=STEPS, said=in_words(at, found), refresh=REFRESH_SECONDS
        )
    wanted = Wanted.told(level, criterion, at.rulebook.criteria)
    return result_page(request, at, asking, found, wanted, even_another=compare == "yes")


def _received(request: Request, at: Desk, asking: Who, found: Check) -> Response:
    """A report that was uploaded for reading: its reading begins, or it says why it cannot."""
    if why := refusal(found):
        return page(request, "reading-refused.html", check=found, why=why)
    return RedirectResponse(f"/readings/{begin(at, asking, found, request.state.request_id)}?done=uploaded", 303)


@router.get("/checks/{check}/progress")
async def progress(check: str, at: AtDesk) -> StreamingResponse:
    return StreamingResponse(_told(at, check), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _told(at: Desk, id: str) -> AsyncIterator[str]:
    """Server-sent events: `stage` whenever something changed, `done` at the end, comments in between."""
    changes = at.held.watch(id)
    coming = asyncio.ensure_future(anext(changes, None))
    try:
        while True:
            await asyncio.wait([coming], timeout=ALIVE_SECONDS)
            if not coming.done():
                yield ": still here\n\n"
                continue
            check = coming.result()
            if check is None:
                break
            told = {"state": check.state, "stage": check.stage, "said": in_words(at, check)}
            yield f"event: stage\ndata: {json.dumps(told)}\n\n"
            coming = asyncio.ensure_future(anext(changes, None))
        yield "event: done\ndata: {}\n\n"
    finally:
        coming.cancel()


def in_words(at: Desk, check: Check) -> str:
    """What is happening to it, for somebody who waits."""
    if check.state is State.WAITING:
        before = max(at.held.position(check.id) - 1, 0)
        if before == 0:
            return "Waiting: yours is next"
        return f"Waiting: {before} {'report' if before == 1 else 'reports'} before yours"
    return STEPS[check.stage] if check.stage else "Starting"


@router.get("/checks/{check}/annotated.docx")
async def annotated(check: str, at: AtDesk) -> Response:
    return await _made(at, check, "annotated", "annotated.docx", DOCX)


@router.get("/checks/{check}/summary.docx")
async def summary(check: str, at: AtDesk) -> Response:
    return await _made(at, check, "summary", "summary.docx", DOCX)


@router.get("/checks/{check}/result.html")
async def as_page(check: str, at: AtDesk) -> Response:
    return await _made(at, check, "html", "result.html", "text/html; charset=utf-8")


@router.get("/checks/{check}/result.json")
def as_data(check: str, at: AtDesk) -> Response:
    """What the command line's JSON says of it."""
    found = _done(at, check)
    assert found.result is not None
    result = Result(at.tool, (SetAside(found.decisions).applied_to(found.result),))
    return download(as_json(result.as_dict()), file_name(found, "result.json"), "application/json")


async def _made(at: Desk, id: str, task: str, ending: str, media_type: str) -> Response:
    """By a worker, from the result that was shown; raises Problem 429."""
    found = await asyncio.to_thread(_done, at, id)
    given: tuple[Any, ...] = (found.data, found.name, found.wanted, dict(found.decisions), found.result)
    try:
        made: bytes = await asyncio.wrap_future(at.pool.submit(task, *given))
    except Busy as busy:
        raise too_many(busy) from None
    return download(made, file_name(found, ending), media_type)


def _done(at: Desk, id: str) -> Check:
    found = find(at, id)
    if found.state is not State.DONE:
        waits = "This check has no result yet: wait until it is done."
        raise Problem(409, waits if found.result is None else gone(at.settings))
    if found.for_reading is not None:
        raise Problem(409, "This report was uploaded for reading: open its reading first.")
    return found


def file_name(check: Check, ending: str) -> str:
    """The report's own name with what this is of it: `draft annotated.docx`."""
    return f"{check.name.rpartition('.')[0] or check.name} {ending}"


def download(data: bytes, name: str, media_type: str) -> Response:
    """An attachment under its name, whatever characters that has (RFC 6266, RFC 5987)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
    return Response(
        data, media_type=media_type, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )
