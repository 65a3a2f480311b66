"""Contact details that a report should keep to itself: home addresses, private telephone numbers and e-mail.

The court's, an office's, a school's and a professional's details are what a report needs; a family's or a carer's go
on a confidential form (C8). Streets named in an account of events are no address.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault
from qualitycheck.understanding.case import Case, Position, Role, Sentence

_STREET = (
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Crescent|Terrace|Court|Gardens|Place|Way|Grove|Square|Walk|Hill|Rise"
    r"|Mews|Park|Row|Parade|"
    r"Green|View|Heol|Ffordd|Stryd|St\.?|Rd\.?|Ave\.?)"
)
_HOUSE = re2.compile(
    r"\b(?:(?:Flat|Apartment|Unit)\s)?(?:\d{1,4}[A-Za-z]?),?\s+(?:[A-Z][\w'’-]+\s+){1,3}" + _STREET + r"\b"
    r"|\b\d{1,4}[A-Za-z]?,?\s+(?:Heol|Ffordd|Stryd|Maes|Clos|Bryn)\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
_POSTCODE = re2.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b")
_TELEPHONE = re2.compile(r"(?:\+44\s?\(?0?\)?\s?|\b0)(?:\d[\s-]?){8,9}\d\b")
_EMAIL = re2.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PRIVATE_MAIL = re2.compile(
    r"(?i)@(?:gmail|hotmail|outlook|yahoo|icloud|live|btinternet|sky|aol|virginmedia|me|msn|talktalk|protonmail)\."
)
_OFFICE = re2.compile(
    r"(?i)\b(?:court|office|offices|council|cafcass|school|academy|nursery|college|surgery|hospital|clinic|centre"
    r"|center|station|solicitors?|"
    r"chambers|llp|team|service|services|hub|university|switchboard|duty|social worker|guardian|author|advis[eo]r"
    r"|agency|police|"
    r"works?|church|mosque|pub|shop|supermarket|playground|company|ltd|firm|prison|HMP|helpline|line)\b"
)
_LIVES = re2.compile(
    r"(?i)\b(?:with|lives?|living|lived|resides?|residing|home address|address|home is|staying|moved (?:in)?to"
    r"|placed (?:with|at)|"
    r"foster|carers?|refuge|tenancy|rents?|mobile|telephone|phone|number|text|e-?mail|contact(?:able|ed)?)\b"
)
_WITHHELD = re2.compile(r"(?i)\b(?:confidential|withheld|redacted|not disclosed|C8)\b")
_FRONT_PARTY = re2.compile(r"(?i)\b(?:mother|father|applicant|respondent|carer|grandmother|grandfather|parent)s?\b")
_FAMILY = frozenset({Position.CHILD, Position.SIBLING, Position.MOTHER, Position.FATHER, Position.ADULT})


def addresses(case: Case) -> Iterator[Fault]:
    """Yields an `inappropriate-content` for each home address, postcode, telephone number or e-mail of the family."""
    for sentence in case.sentences:
        if sentence.role is Role.SIGNATURE or _WITHHELD.search(sentence.text):
            continue
        for kind, start, end in _details(sentence.text):
            if _is_private(case, sentence, kind, start, end):
                yield Fault(
                    "inappropriate-content",
                    sentence.paragraph,
                    sentence.start + start,
                    sentence.start + end,
                    detail={"kind": kind},
                )
                break


def _details(text: str) -> Iterator[tuple[str, int, int]]:
    house, postcode = _HOUSE.search(text), _POSTCODE.search(text)
    if house:
        end = postcode.end() if postcode and 0 <= postcode.start() - house.end() < 60 else house.end()
        yield "home address", house.start(), end
    elif postcode:
        yield "postcode", *postcode.span()
    for found in _TELEPHONE.finditer(text):
        yield "telephone number", *found.span()
    for found in _EMAIL.finditer(text):
        yield "e-mail address", *found.span()


def _is_private(case: Case, sentence: Sentence, kind: str, start: int, end: int) -> bool:
    nearby = sentence.text[max(0, start - 80) : end + 40]
    if kind == "e-mail address":
        return bool(_PRIVATE_MAIL.search(sentence.text[start:end]))
    if _OFFICE.search(nearby):
        return False
    if sentence.role is Role.FRONT_SHEET or sentence.in_table:
        row = case.document.sections[sentence.section].title + " " + sentence.text
        return bool(_FRONT_PARTY.search(row)) and not _OFFICE.search(row)
    of_family = any(case.person[key].position in _FAMILY for key in sentence.about if key in case.person)
    return bool(_LIVES.search(nearby)) and (
        of_family or bool(_FRONT_PARTY.search(sentence.text)) or " he " in nearby or " she " in nearby
    )
