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
    r"Green|View|Bank|Croft|Vale|Meadows?|Fold|Brow|Villas|Cottages|Buildings|Mount|Garth|Gate|Wharf|Quay|Yard|Heol|Ffordd|Stryd|St\.?|Rd\.?|Ave\.?)"
)
_HOUSE = re2.compile(
    r"\b(?:(?:Flat|Apartment|Unit)\s)?(?:\d{1,4}[A-Za-z]?),?\s+(?:[A-Z][\w'’-]+\s+){1,3}" + _STREET + r"\b"
    r"|\b\d{1,4}[A-Za-z]?,?\s+(?:Heol|Ffordd|Stryd|Maes|Clos|Bryn)\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
_DAY = re2.compile(  # "25 May Bank Holiday"
    r"\d{1,2},? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ONLY_HOUSE = re2.compile(
    r"\b(?:end|corner|first|second|last|middle|only) (?:house|bungalow|cottage|flat) (?:on|in|of) "
    r"(?:[A-Z][\w'’-]+\s+){1,3}" + _STREET + r"(?:, [A-Z][\w-]+)?"
)
_POSTCODE = re2.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b")
_TELEPHONE = re2.compile(r"(?:\+44\s?\(?0?\)?\s?|\b0)(?:\d[\s-]?){8,9}\d\b")
_EMAIL = re2.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PRIVATE_MAIL = re2.compile(
    r"(?i)@(?:gmail|hotmail|outlook|yahoo|icloud|live|btinternet|sky|aol|virginmedia|me|msn|talktalk|protonmail)\."
)
# What has an address or a number that a report may give.
_OFFICE_NOUN = (
    r"(?:court|office|offices|council|cafcass|school|academy|nursery|college|surgery|hospital|clinic|centre"
    r"|center|station|solicitors?|chambers|llp|team|service|services|hub|university|switchboard|duty|social worker"
    r"|guardian|author|advis[eo]r|agency|police|work|church|mosque|pub|shop|supermarket|playground|company|ltd|firm"
    r"|prison|HMP|helpline|line|library|caf[eé]|hall|hotel|gym|practice|garage|restaurant|department)"
)
_OFFICE = re2.compile(r"(?i)\b" + _OFFICE_NOUN + r"\b")
# An office that only says where a home is: "lives near the school at".
_BESIDE = re2.compile(
    r"(?i)\b(?:near|opposite|behind|above|beside|below|close to|next to|next door to)"
    r" (?:[\w'’-]+ ){0,4}?" + _OFFICE_NOUN + r"\b"
)
_WORKS = re2.compile(
    r"(?i)\b(?:works|worked|working|employed)\b(?: (?:nights|days|shifts))?"
    r"(?: (?:at|in|for|as|by) (?:[\w'’-]+ ){0,3}?" + _OFFICE_NOUN + r"\b)?"
)
_NEXT_CLAUSE = re2.compile(
    r"(?i)[;.] |\b(?:and|but|or|if|on|at|in|after|before|near|by|opposite|close|next|behind|above"
    r"|beside|with|where|when|to|from|for|until|because"
    r"|while|so|since|who|whose)\b"
)
_CLAUSE = re2.compile(r"[;,(]|\b(?:and|but|while|whose)\b")
_HOME = re2.compile(
    r"(?i)\b(?:lives?|living|lived|resides?|residing|address|home|staying|stays|moved|moving|rehoused"
    r"|placed (?:with|at)|placement|foster|carers?|refuge|tenancy|tenant|rents?|renting|(?:is|are|was) with"
    r"|(?:her|his|their|['’]s) (?:\w+ )?(?:house|flat|property|bungalow|caravan))\b"
)
_REACHED = re2.compile(
    r"(?i)\b(?:mobile|telephone|phone|number|tel|text|call|rung?|ring|reached|contact(?:able|ed)?|home address|on)\b"
)
_WITHHELD = re2.compile(r"(?i)\b(?:confidential|withheld|redacted|not disclosed|C8)\b")
_FRONT_PARTY = re2.compile(
    r"(?i)\b(?:mother|father|applicant|respondent|carer|grandmother|grandfather|grandparent|parent|child|children|aunt"
    r"|uncle|step(?:mother|father)|partner|sister|brother|intervener)s?\b"
)
_PRONOUN = re2.compile(r"(?i)\b(?:he|she|they|her|his|their)\b")
_LABEL = re2.compile(r"\b(MOTHER|FATHER|ADULT|CHILD|SIBLING|PROFESSIONAL|AUTHOR)\b('s)?")
_FAMILY = frozenset({Position.CHILD, Position.SIBLING, Position.MOTHER, Position.FATHER, Position.ADULT})


def addresses(case: Case) -> Iterator[Fault]:
    """Yields an `inappropriate-content` for each home address, postcode, telephone number or e-mail of the family."""
    for sentence in case.sentences:
        if sentence.role is Role.SIGNATURE or _WITHHELD.search(sentence.text):
            continue
        for kind, start, end in _details(sentence.text):
            if _is_private(case, sentence, kind, start, end):
                of_family = _of_family(case, sentence) or _FRONT_PARTY.search(sentence.text)
                yield Fault(
                    "inappropriate-content",
                    sentence.paragraph,
                    sentence.start + start,
                    sentence.start + end,
                    detail={"kind": kind, "whose": " of the family" if of_family else ""},
                )


def _details(text: str) -> Iterator[tuple[str, int, int]]:
    postcodes = [found.span() for found in _POSTCODE.finditer(text)]
    for house in (*_HOUSE.finditer(text), *_ONLY_HOUSE.finditer(text)):
        if _DAY.match(house.group()):
            continue
        own = next((span for span in postcodes if 0 <= span[0] - house.end() < 60), None)
        if own:
            postcodes.remove(own)
        yield "home address", house.start(), own[1] if own else house.end()
    for start, end in postcodes:
        yield "postcode", start, end
    for found in _TELEPHONE.finditer(text):
        yield "telephone number", *found.span()
    for found in _EMAIL.finditer(text):
        yield "private e-mail address", *found.span()


def _is_private(case: Case, sentence: Sentence, kind: str, start: int, end: int) -> bool:
    text = sentence.text
    if kind == "private e-mail address":
        return bool(_PRIVATE_MAIL.search(text[start:end])) and not _of_a_professional(sentence, start)
    before, after = text[max(0, start - 90) : start], text[end : end + 50]
    if cut := _NEXT_CLAUSE.search(after):
        after = after[: cut.start()]
    if _OFFICE.search(_WORKS.sub(" ", after)):
        return False
    before = _BESIDE.sub(" ", before)
    label = case.document.sections[sentence.section].title if sentence.in_table else ""
    if sentence.in_table or sentence.role is Role.FRONT_SHEET:
        row = f"{label} {before}"
        if (_FRONT_PARTY.search(row) or _of_family(case, sentence)) and not _OFFICE.search(row):
            return not _of_a_professional(sentence, start)
    if not (_of_family(case, sentence) or _FRONT_PARTY.search(text) or _PRONOUN.search(text)):
        return False
    if kind == "telephone number":
        return _reaches_the_family(sentence, _WORKS.sub(" ", before), start)
    return _is_home(before)


def _is_home(before: str) -> bool:
    """Whether the noun nearest before an address is where somebody lives, not where somebody works."""
    homes = [found.start() for found in _HOME.finditer(before)]
    offices = sorted(found.start() for pattern in (_OFFICE, _WORKS) for found in pattern.finditer(before))
    return bool(homes) and (not offices or offices[-1] < homes[-1])


def _reaches_the_family(sentence: Sentence, before: str, start: int) -> bool:
    """Whether the clause of a number, or else the whole of what stands before it, speaks of one of the family."""
    cuts = [found.end() for found in _CLAUSE.finditer(before)]
    clause = before[cuts[-1] :] if cuts else before
    owned = bool(_PRONOUN.search(clause) or _FRONT_PARTY.search(clause))
    if _OFFICE.search(clause if owned else before) or not _REACHED.search(before):
        return False
    return not _of_a_professional(sentence, start)


def _of_family(case: Case, sentence: Sentence) -> bool:
    return any(case.person[key].position in _FAMILY for key in sentence.about if key in case.person)


def _of_a_professional(sentence: Sentence, start: int) -> bool:
    """Whether the person named last before a detail is a professional; "Mia's" in "Mia's midwife" names nobody."""
    named = [
        found.group(1)
        for found in _LABEL.finditer(sentence.masked)
        if sentence.offsets[found.start()] < sentence.start + start
        and (not found.group(2) or _REACHED.search(sentence.masked[found.end() : found.end() + 12]))
    ]
    return bool(named) and named[-1] in ("PROFESSIONAL", "AUTHOR")
