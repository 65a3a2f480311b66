"""What the whole body of a document tells of, for those whose title and front say nothing.

A report to the family court on a child tells of the child and the parents, of whom its author saw, of wishes and
needs, of ways forward and of what the court is advised; care proceedings speak of other things than a private quarrel.
"""

from __future__ import annotations

from typing import NamedTuple

import re2

from qualitycheck.understanding.case import ReportType

LONG = 700  # words; shorter documents are known by their front or not at all
_TOPICS_OF_A_REPORT = 6  # of the nine; tales, contracts and newsletters have at most five
_TOPICS = tuple(
    re2.compile(rf"(?i)\b(?:{pattern})")
    for pattern in (
        r"child(?:ren)?\b|daughter|son\b|boys?\b|girls?\b|baby\b|plant\b|plentyn",
        r"mothers?\b|fathers?\b|parents?\b|mum\b|dad\b|mam\b|the carers?\b",
        r"(?:I|we|the writer|the author)(?: have| had| also| has)? (?:saw|seen|met|spoke"
        r"|spoken|interviewed|visited|sat|talked|read"
        r"|listened)\b|interviews with|spoken to|(?:saw|seen) (?:alone|at|by)|observ(?:ed|ation)",
        r"police|constabulary|local authority(?:'s)? (?:records?|has|holds?|checks?)|checks\b|criminal record|convict",
        r"wish(?:es)? (?:and|to|that|is|was)|feelings?\b|would like|told me|wants? to|(?:he|she) said|asked me",
        r"needs?\b|health\b|school\b|development",
        r"options?\b|ways? forward|alternatives?\b|choices?\b|could (?:live|stay|go|come|be placed)|possibilit",
        r"recommend|advise\b|my advice|I suggest|my view is|should (?:live|stay|remain|spend|move|be placed|go on)",
        r"court\b|judge\b|hearing\b|proceedings\b",
    )
)
_PUBLIC = re2.compile(
    r"(?i)\b(?:care orders?|supervision orders?|placement orders?|special guardianship|threshold|care plan"
    r"|guardian\b|reviewing officer|IRO\b"
    r"|adoption|adopted|foster|significant harm|care proceedings|interim care|police protection|family time)"
)
_PRIVATE = re2.compile(
    r"(?i)\b(?:child arrangements|spends? time with|lives? with order|separated|parted|prohibited steps|specific issue"
    r"|section 8|C100|C1A|Cafcass|handovers?|alternate weekends|every other weekend|contact cent(?:re|er)|week about"
    r"|weekends?|relocat|shared care|collects? (?:him|her|them))\b"
)
_KINDS_OF_PUBLIC = 3  # different terms of care proceedings; one or two are mentioned in any report


class Told(NamedTuple):
    """Whether a body tells what a report tells, and which of the two kinds prevails in it."""

    is_report: bool
    prevails: ReportType


def told(text: str, words: int) -> Told:
    """What the whole text of a document tells; `words` is its length."""
    topics = sum(topic.search(text) is not None for topic in _TOPICS)
    public = [match.group().lower() for match in _PUBLIC.finditer(text)]
    private = sum(1 for _ in _PRIVATE.finditer(text))
    is_public = len(set(public)) >= _KINDS_OF_PUBLIC and len(public) > private
    return Told(
        is_report=words >= LONG and topics >= _TOPICS_OF_A_REPORT,
        prevails=ReportType.SECTION31 if is_public else ReportType.SECTION7,
    )
