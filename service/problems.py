"""What goes wrong, said as problem details (RFC 9457): one shape for every error of every route."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"
# The public codes of the contract, and the status each is answered with.
STATUS_OF = {
    "not-docx": 415,
    "old-doc": 415,
    "encrypted": 422,
    "damaged": 422,
    "too-large-inside": 422,
    "too-complex": 422,
    "no-text": 422,
    "timed-out": 422,
    "fault": 500,
}
TITLES = {
    303: "Sign in first",
    400: "The request is malformed",
    401: "Sign in first",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This address does not do that",
    408: "It took too long to arrive",
    409: "This is no longer so",
    413: "The file is too large",
    415: "This is not a Word report",
    422: "The report cannot be read",
    429: "Too many at once",
    500: "A fault of our own",
    501: "This is not installed here",
    503: "Not ready",
}


class Problem(Exception):
    """An answer other than the one asked for; `detail` is one plain sentence that says what to do."""

    def __init__(
        self, status: int, detail: str, code: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code
        self.headers = headers or {}


class ProblemDetails(BaseModel):
    """The body of every error (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    code: str | None = Field(
        None, description="The contract's code where a file could not be read, as on the command line."
    )
    request: str = Field(description="The request's id, which the log has too.")
