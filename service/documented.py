"""What OpenAPI says of Word files, and of every error: the same body, and what each status means."""

from __future__ import annotations

from typing import Any

from qualitycheck.service.problems import MEDIA_TYPE, TITLES, ProblemDetails

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCHEMA = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
_RETRY = {"Retry-After": {"description": "Seconds to wait before asking again.", "schema": {"type": "integer"}}}


def problems(*statuses: int, codes: dict[int, tuple[str, ...]] | None = None) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these errors."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        said = (codes or {}).get(status, ())
        told[status] = {
            "description": TITLES[status] + (f" (`code`: {', '.join(said)})" if said else ""),
            "content": {MEDIA_TYPE: {"schema": SCHEMA}},
        }
        if status in (429, 503):
            told[status]["headers"] = _RETRY
    return told
