"""Small words for what a reader says and the checker found, in tests."""

from __future__ import annotations

from typing import Any

from qualitycheck.document import Document
from qualitycheck.miniature import report
from qualitycheck.precourt.following import Draft
from qualitycheck.precourt.reading import Comment
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.result import Element, Level, Passage, ReportResult, Status
from tests.writing.marks import finding, result

__all__ = ["comment", "document", "draft", "element", "finding", "passage", "result"]


def document(*lines: str) -> Document:
    return report("# Report under section 7", *lines)


def draft(number: int, document: Document, found: ReportResult | None = None) -> Draft:
    found = found or result()
    return Draft(number, lay_out(found, document), found)


def passage(document: Document, words: str) -> Passage:
    """The first place where these words stand."""
    return finding(document, words).passage


def element(id: str, status: Status, level: Level | None = None, **changed: Any) -> Element:
    usual: dict[str, Any] = {"confidence": 0.9, "needs_reading": False, "decided_by": "rule", "by_child": ()}
    usual |= {"reason": "", "passages": ()}
    return Element(id, status, level=level, **(usual | changed))


def comment(id: str = "c1", action: str = "Say since when.", **changed: Any) -> Comment:
    usual: dict[str, Any] = {"criterion": "vague-term", "passage": None, "said": "Often is not a number."}
    return Comment(id, action=action, **(usual | changed))
