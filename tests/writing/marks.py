"""Findings made by hand, and what an annotated file says: its comments, and the words each is fixed to."""

from __future__ import annotations

from typing import Any

from lxml import etree

from qualitycheck.document import Document
from qualitycheck.reading.package import Package
from qualitycheck.result import Finding, Level, Passage, ReportResult
from tests.docx_builder import TRANSITIONAL

W = f"{{{TRANSITIONAL}}}"
_SHOWN = {W + "t": "", W + "tab": "\t", W + "noBreakHyphen": "-", W + "footnoteReference": "[note]"}


def finding(document: Document, words: str, **changed: Any) -> Finding:
    """A finding on the first place where these words stand; its message is the words themselves."""
    paragraph = next(each for each in (*document.paragraphs, *document.margins) if words in each.text)
    at = paragraph.text.index(words)
    usual: dict[str, Any] = {
        "id": "unsupported-assertion",
        "rule": "rule",
        "level": Level.SHOULD_FIX,
        "confidence": 0.8,
        "fingerprint": "0f1e2d",
        "passage": Passage(paragraph.index, paragraph.label, "Analysis", at, at + len(words), words),
        "message": words,
        "suggestion": "Say what it rests on.",
        "source": "PD16A, paragraph 6",
    }
    return Finding(**(usual | changed))


def result(*findings: Finding, **changed: Any) -> ReportResult:
    usual: dict[str, Any] = {
        "file": "draft.docx",
        "sha256": "",
        "type": "section7",
        "type_confidence": 0.9,
        "type_reason": "",
        "stage": None,
        "children": (),
        "words": 1,
        "paragraphs": 1,
        "findings": findings,
    }
    return ReportResult(**(usual | changed))


def main_part(data: bytes) -> etree._Element:
    package = Package.open(data)
    return package.xml(package.main)


def comments_of(data: bytes) -> dict[str, tuple[str, str]]:
    """The comments of a file by number: author and text, a line a paragraph."""
    package = Package.open(data)
    part = package.related(package.main, "comments")
    comments = package.xml(part) if part is not None else []
    return {
        comment.get(W + "id", ""): (
            comment.get(W + "author", ""),
            "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p")),
        )
        for comment in comments
    }


def anchored(data: bytes) -> dict[str, str]:
    """The words between the anchors of each comment, by its message, the second line (or its only one)."""
    ranges: set[str] = set()
    words: dict[str, str] = {}
    for element in main_part(data).iter(etree.Element):
        number = element.get(W + "id", "")
        if element.tag == W + "commentRangeStart":
            ranges.add(number)
            words[number] = ""
        elif element.tag == W + "commentRangeEnd":
            ranges.remove(number)
        elif element.tag in _SHOWN:
            seen = _SHOWN[element.tag] or element.text or ""
            words = {key: text + seen if key in ranges else text for key, text in words.items()}
    assert not ranges
    told = {number: text.split("\n") for number, (_, text) in comments_of(data).items()}
    return {lines[min(1, len(lines) - 1)]: words[number] for number, lines in told.items()}
