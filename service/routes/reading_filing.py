"""The clean copy for filing: what is taken out of it, that nothing is left, and the copy itself."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qualitycheck.precourt.reading import Reading, Round
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import AtDesk, Desk
from qualitycheck.service.documented import DOCX
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.changing import reading_of
from qualitycheck.service.routes.asked import too_many
from qualitycheck.service.routes.result import download, file_name
from qualitycheck.service.work.messages import Busy

router = APIRouter()


@router.get("/readings/{reading}/copy")
async def copy(reading: str, request: Request, at: AtDesk, draft: str = "") -> Response:
    """What is in the draft, and that none of it is in the copy; the copy is made, looked at and let go of."""
    found, sent, check = await asyncio.to_thread(_draft, at, reading, draft)
    _, left, taken_out, unfilled = await _made(at, check)
    return await asyncio.to_thread(
        page,
        request,
        "filing-copy.html",
        reading=found,
        sent=sent,
        signed_off=found.signed_off is not None and sent is found.last,
        left=left,
        taken_out=taken_out,
        unfilled=unfilled,
        check=check,
    )


@router.get("/readings/{reading}/filing.docx")
async def filing_copy(reading: str, at: AtDesk, draft: str = "") -> Response:
    """Looked through again as it is handed out: a copy with anything left in it is not."""
    _, _, check = await asyncio.to_thread(_draft, at, reading, draft)
    data, left, _, _ = await _made(at, check)
    if left:
        raise Problem(409, f"The copy still holds what should not be filed ({', '.join(left)}): it is not given out.")
    return download(data, file_name(check, "for filing.docx"), DOCX)


def _draft(at: Desk, reading: str, draft: str) -> tuple[Reading, Round, Check]:
    found = reading_of(at, reading)
    sent = next((each for each in found.rounds if each.draft == draft), None) if draft else found.last
    if sent is None:
        raise Problem(404, "There is no such draft in this reading: go back to it.")
    return found, sent, find(at, sent.draft)


async def _made(at: Desk, check: Check) -> tuple[bytes, list[str], list[str], list[str]]:
    try:
        made: tuple[bytes, list[str], list[str], list[str]] = await asyncio.wrap_future(
            at.pool.submit("filing", check.data, check.name, check.wanted)
        )
    except Busy as busy:
        raise too_many(busy) from None
    return made
