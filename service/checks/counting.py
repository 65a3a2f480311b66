"""What is left to look at in a report, counted: one way, wherever a number stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from qualitycheck.result import LACKING, Element, Finding, Level, ReportResult


def to_look_at(result: ReportResult, aside: Container[str]) -> Iterator[Element | Finding]:
    """The elements that are lacking, and the findings whose fingerprint is not set aside."""
    yield from (element for element in result.elements if element.status in LACKING)
    yield from (finding for finding in result.findings if finding.fingerprint not in aside)


def levels(result: ReportResult, aside: Container[str]) -> Counter[Level]:
    """How many of them there are of each level."""
    return Counter(one.level for one in to_look_at(result, aside) if one.level)
