"""The API: a report in, what the checker says of it out; nothing is kept."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from qualitycheck.checking import TypeWanted
from qualitycheck.result import Child, Element, Failure, Finding, NotRun, ReportResult, Result, UnreadPart
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.answering import unreadable
from qualitycheck.service.desk import AtDesk, Desk
from qualitycheck.service.documented import DOCX, problems
from qualitycheck.service.problems import STATUS_OF, Problem
from qualitycheck.service.routes.asked import TYPES, too_many, wanted_type
from qualitycheck.service.uploads import AnyForm, Form, Sent
from qualitycheck.service.work.messages import Busy

router = APIRouter()
NO_TYPE = "The type of report is auto, section7 or section31."

_CODES = {status: tuple(code for code, at in STATUS_OF.items() if at == status) for status in (415, 422)}
_ERRORS = problems(400, 401, 403, 408, 413, 415, 422, 429, 500, 503, codes=_CODES)
_UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "contentMediaType": DOCX,
                            "description": "The report: .docx, .docm or .dotx.",
                        },
                        "type": {
                            "type": "string",
                            "enum": list(TYPES),
                            "default": "auto",
                            "description": "What kind of report it is; auto: worked out from the report.",
                        },
                    },
                }
            }
        },
    },
    "security": [{"key": []}, {}],
}


class CheckedReport(BaseModel):
    """One report as it was checked: `reports[0]` of the command line's JSON."""

    file: str
    sha256: str
    type: Literal["section7", "section31", "other"]
    type_confidence: float
    type_reason: str | None = None  # for `other`: why
    stage: Literal["initial", "interim", "final", "addendum"] | None
    children: list[Child]
    words: int
    paragraphs: int
    elements: list[Element]
    findings: list[Finding]
    unread: list[UnreadPart]
    not_run: list[NotRun]
    error: Failure | None


@router.post(
    "/api/v1/checks",
    tags=["Checking"],
    summary="Check a report",
    response_model=None,
    responses={200: {"model": CheckedReport}, **_ERRORS},
    openapi_extra=_UPLOAD,
)
async def check(at: AtDesk, form: AnyForm) -> JSONResponse:
    sent, wanted = the_report(form)
    result, _ = await done(at, "check", sent.data, sent.name, wanted)
    return JSONResponse(as_contract(result, at.tool))


@router.post(
    "/api/v1/checks/annotated",
    tags=["Checking"],
    summary="Check a report and get it back with comments",
    response_class=Response,
    responses={200: {"content": {DOCX: {"schema": {"type": "string", "format": "binary"}}}}, **_ERRORS},
    openapi_extra=_UPLOAD,
)
async def annotated(at: AtDesk, form: AnyForm) -> Response:
    sent, wanted = the_report(form)
    return Response(await done(at, "annotated", sent.data, sent.name, wanted), media_type=DOCX)


@router.get(
    "/api/v1/criteria",
    tags=["The criteria"],
    summary="The catalogue of criteria",
    responses=problems(400, 403, 500, 503),
)
def criteria(at: AtDesk) -> list[Criterion]:
    return list(at.rulebook.criteria.values())


def the_report(form: Form) -> tuple[Sent, TypeWanted]:
    """The one file of a form and the type that was asked for; raises Problem 400."""
    files = form.files.get("file", [])
    if len(files) != 1:
        raise Problem(400, "Send one report, as the part called file.")
    return files[0], wanted_type(form, NO_TYPE)


async def done(at: Desk, task: str, *given: Any) -> Any:
    """What a worker makes of it; raises Problem 429 and UnreadableReport."""
    try:
        return await asyncio.wrap_future(at.pool.submit(task, *given))
    except Busy as busy:
        raise too_many(busy) from None


def as_contract(result: ReportResult, tool: dict[str, str]) -> dict[str, Any]:
    """The contract's JSON of one report; raises Problem where it could not be read."""
    if result.error:
        raise unreadable(result.error.code, result.error.message)
    report: dict[str, Any] = Result(tool, (result,)).as_dict()["reports"][0]
    return report
