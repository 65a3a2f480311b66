"""An offline checker of family-court reports: what is missing or unsupported, at the exact passage.

    import qualitycheck
    result = qualitycheck.check("draft.docx")

The public names are below; each is imported when it is first asked for, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualitycheck.checking import check
    from qualitycheck.errors import QualityCheckError, UnreadableReport, UserError
    from qualitycheck.reading import read_docx
    from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Result, Status

__version__ = "0.1.0"

_HOMES = {
    "Element": "result",
    "Finding": "result",
    "Level": "result",
    "Passage": "result",
    "QualityCheckError": "errors",
    "ReportResult": "result",
    "Result": "result",
    "Status": "result",
    "UnreadableReport": "errors",
    "UserError": "errors",
    "check": "checking",
    "read_docx": "reading",
}

__all__ = [
    "Element",
    "Finding",
    "Level",
    "Passage",
    "QualityCheckError",
    "ReportResult",
    "Result",
    "Status",
    "UnreadableReport",
    "UserError",
    "__version__",
    "check",
    "read_docx",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
