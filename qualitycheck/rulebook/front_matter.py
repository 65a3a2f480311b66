"""What a report says of itself at its edges: court, births, author and date, where the understanding found none.

Fronts differ: a table of labels, lines under a title, a sentence, a signature at the end. Each question is answered
from the lines there, in order, each with the label or heading that stands right before it.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.understanding.case import Case, Role, Sentence

EDGE = 24  # sentences at the beginning and at the end of a report among which its front matter or signature stands

_COURT = re2.compile(
    r"(?i)\bfamily court (?:sitting )?(?:at|in) \w|\b\w+ family court\b|\bhigh court of justice\b|\bllys teulu\b"
)
_BORN = re2.compile(r"(?:child|children|plant|plentyn|born|birth|d\.?o\.?b)\b.*\bDATE")
_NAME = re2.compile(r"[A-Z][a-z'-]+ (?:[A-Z][\w'-]*\.? )*[A-Z]\w*[a-z]")
_OFFICE = re2.compile(
    r"(?i)\b(?:family court advis[eo]r|(?:children's )?guardian|social worker|reporter|proceedings officer|fca|isw)\b"
)
_AUTHORSHIP = re2.compile(
    r"(?i)\b(?:author|awdur|prepared|completed|written|report (?:by|of)|from|signed|officer|by)\b"
)
_DATE_ALONE = re2.compile(r"^DATE[ .,]*(?:for .*)?$")
_DATE_LABEL = re2.compile(r"^$|\b(?:dated?|dyddiad|completed|filed|signed)\b")
_OTHER_DATE = re2.compile(r"\b(?:birth|born|hearing|order|seen|visits?|since)\b")
_DATED = re2.compile(
    r"^(?:dated?|signed|filed on|prepared|completed|written|AUTHOR"
    r"|(?:this )?(?:report|analysis) (?:of|by|from|dated|is dated))\b.{0,80}DATE"
)


def names_court(case: Case) -> bool:
    return any(_COURT.search(sentence.text) for sentence, _ in _edges(case))


def gives_birth(case: Case) -> bool:
    """A child's date of birth stands there; which child's cannot be told."""
    return any(_BORN.search(f"{label} {sentence.masked}") for sentence, label in _edges(case))


def names_author(case: Case) -> bool:
    """Somebody is named with an office, as the one who wrote or signed."""
    return any(
        _NAME.search(sentence.text)
        and _OFFICE.search(sentence.text)
        and (sentence.role in (Role.SIGNATURE, Role.SHARING) or _AUTHORSHIP.search(f"{label} {sentence.text}"))
        for sentence, label in _edges(case)
    )


def bears_date(case: Case) -> bool:
    """A date that is the report's own: alone on its line, under a label for it, or after "dated", "signed" ..."""
    for sentence, label in _edges(case):
        if _OTHER_DATE.search(label):
            continue
        alone = _DATE_ALONE.search(sentence.masked) and _DATE_LABEL.search(label)
        if alone or _DATED.search(sentence.masked):
            return True
    return False


def _edges(case: Case) -> Iterator[tuple[Sentence, str]]:
    before = ""
    for sentence in case.sentences:
        near = min(sentence.index, len(case.sentences) - 1 - sentence.index) < EDGE
        if (near or sentence.role in (Role.FRONT_SHEET, Role.SIGNATURE)) and not sentence.heading:
            yield sentence, before
        before = sentence.masked if sentence.heading or sentence.in_table else ""
