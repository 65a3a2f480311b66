"""A reading to take away: its form as Word and as PDF, and the report with the reader's comments."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from fastapi.responses import Response

from qualitycheck.aside import SetAside
from qualitycheck.precourt.form import render
from qualitycheck.precourt.reading import Reading, Round
from qualitycheck.precourt.remarks import in_name_of
from qualitycheck.rendering.pdf import NoOffice, NoPdf, as_pdf
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.documented import DOCX
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.papers import comments_on, form_of, seen
from qualitycheck.service.readings.people import People
from qualitycheck.service.routes.asked import too_many
from qualitycheck.service.routes.result import download, file_name
from qualitycheck.service.work.messages import Busy

router = APIRouter()


@router.get("/readings/{reading}/form.docx")
def form(reading: str, at: AtDesk, asking: Asking) -> Response:
    made = form_of(at, asking, reading)
    return download(render(made), _name(at, made.reading, "reading form.docx"), DOCX)


@router.get("/readings/{reading}/form.pdf")
def form_as_pdf(reading: str, at: AtDesk, asking: Asking) -> Response:
    """By LibreOffice, where it is on the machine; raises Problem 501 where it is not, 503 where it did not do it."""
    made = form_of(at, asking, reading)
    try:
        data = as_pdf(render(made))
    except NoOffice as missing:
        raise Problem(501, str(missing)) from None
    except NoPdf as failed:
        raise Problem(503, str(failed), headers={"Retry-After": "60"}) from None
    return download(data, _name(at, made.reading, "reading form.pdf"), "application/pdf")


@router.get("/readings/{reading}/annotated.docx")
async def annotated(reading: str, at: AtDesk, asking: Asking, draft: str = "", checker: str = "") -> Response:
    """The newest draft, or the one of this id, by a worker; with `checker=yes` the checker's comments stand beside.

    Raises Problem 404, and 429 when too many wait.
    """
    found, sent, check, by = await asyncio.to_thread(_draft, at, asking, reading, draft)
    assert check.result is not None
    comments, still_open = comments_on(found, sent.draft)
    beside = checker == "yes" and sent.revealed
    known = SetAside(check.decisions).applied_to(check.result)
    given = (check.data, check.name, check.wanted, comments, by, still_open, known, beside)
    try:
        made: bytes = await asyncio.wrap_future(at.pool.submit("remarked", *given))
    except Busy as busy:
        raise too_many(busy) from None
    return download(made, file_name(check, f"read, round {sent.number}.docx"), DOCX)


def _draft(at: Desk, asking: Who, reading: str, draft: str) -> tuple[Reading, Round, Check, str]:
    """The reading as they may see it, the round of the draft, the draft, and in whose name its comments are."""
    found = seen(at, asking, reading)
    sent = next((each for each in found.rounds if each.draft == draft), None) if draft else found.last
    if sent is None:
        raise Problem(404, "There is no such draft in this reading: go back to it.")
    reader = found.reader_of(sent)
    by = in_name_of(People.of(at, asking).name(reader or ""), found.kind if reader == found.reader else None)
    return found, sent, find(at, sent.draft), by


def _name(at: Desk, reading: Reading, ending: str) -> str:
    """Under the name of the report's file."""
    return file_name(find(at, reading.last.draft), ending)
