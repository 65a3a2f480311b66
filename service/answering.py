"""Every error in one shape: problem details for programs, a page with the same words for people."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from qualitycheck.errors import UnreadableReport, UserError
from qualitycheck.service.problems import MEDIA_TYPE, STATUS_OF, TITLES, Problem, ProblemDetails

FAULT = "The checker itself failed: try again, and if it happens again report the request's number."
NO_STORE = "The store does not answer: see that the database is there."
STOPPING = "The service is stopping: send it again in a minute."
log = logging.getLogger("qualitycheck.service")
FOR_PROGRAMS = ("/api/", "/metrics", "/healthz", "/readyz", "/openapi.json")


def answer(request: Request, problem: Problem) -> Response:
    """The problem, as whoever asks can read it."""
    details = ProblemDetails(
        title=TITLES.get(problem.status, "This did not work"),
        status=problem.status,
        detail=problem.detail,
        code=problem.code,
        request=request.state.request_id,
    )
    if wants_page(request):
        from qualitycheck.service.pages.rendering import page  # the pages know the errors too

        shown: Response = page(request, "problem.html", status=problem.status, problem=details)
        shown.headers.update(problem.headers)
        return shown
    body = details.model_dump(exclude_none=True)
    return JSONResponse(body, problem.status, problem.headers, MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    return not request.url.path.startswith(FOR_PROGRAMS) and "text/html" in request.headers.get("accept", "")


async def answer_fault(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for what nobody caught, without its text."""
    request = Request(scope, receive)
    await answer(request, Problem(500, FAULT, "fault"))(scope, receive, send)


async def answer_stopping(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for what could not be finished before the service ends."""
    request = Request(scope, receive)
    await answer(request, Problem(503, STOPPING, headers={"Retry-After": "60"}))(scope, receive, send)


def unreadable(code: str, message: str) -> Problem:
    """A file that could not be read, with the contract's code."""
    return Problem(STATUS_OF[code], message[:1].upper() + message[1:], code)


def install(app: FastAPI) -> None:
    """Teach the application to answer so."""

    @app.exception_handler(Problem)
    def _problem(request: Request, problem: Problem) -> Response:
        return answer(request, problem)

    @app.exception_handler(UserError)
    def _user_error(request: Request, error: UserError) -> Response:
        said = str(error)
        return answer(request, Problem(400, said[:1].upper() + said[1:]))

    @app.exception_handler(OperationalError)
    def _no_store(request: Request, error: OperationalError) -> Response:
        log.error("the store does not answer")  # its text holds the statement
        return answer(request, Problem(503, NO_STORE, headers={"Retry-After": "5"}))

    @app.exception_handler(UnreadableReport)
    def _unreadable(request: Request, refusal: UnreadableReport) -> Response:
        return answer(request, unreadable(refusal.code, f"The report {refusal.message}"))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        said = {
            404: "There is nothing at this address: check it, or begin at the start page.",
            405: "This address does not answer that method: the API page lists what it does.",
        }
        return answer(
            request,
            Problem(error.status_code, said.get(error.status_code, "Try again."), headers=dict(error.headers or {})),
        )

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        where = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors()}))
        return answer(request, Problem(400, f"Something is missing or has the wrong form: {where}."))
