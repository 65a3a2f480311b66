"""Who wrote the report: by the signature, or by "I am ...", and in which office."""

from __future__ import annotations

from itertools import pairwise

import re2

from qualitycheck.document import Document, Paragraph, Part
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import Draft, draft_of
from qualitycheck.understanding.names import NOT_NAMES, TITLES, find_names

_SIGNATURE = re2.compile(
    r"(?i)\b(?:family court advis[eo]r|children's guardian|child’s guardian|children’s guardian|child's guardian"
    r"|social worker|"
    r"reporting officer|guardian|family proceedings officer|signed|fca|practitioner)\b"
)
_NOT_SIGNED = frozenset({"Mr", "Mrs", "Miss"})  # people sign without these; a last line "Mr Cole" is about him
_OFFICE = re2.compile(
    r"(?i)\b(?:(?:family court|children's|social|case|court|nyas|cafcass|independent social|family|reporting|senior"
    r"|welsh family proceedings|family proceedings|children and family court) )*(?:advis[eo]r|officer|caseworker|worker"
    r"|guardian|practitioner|reporter|manager|fca|isw|gweithiwr|cynghorydd|swyddog)\b"
)
_WRITES = re2.compile(
    r"\b(?:[Ii] am|(?:[Pp]repared|[Ww]ritten|[Cc]ompleted|[Cc]ompiled|[Dd]ictated) by"
    r"|(?:[Rr]eport|[Aa]nalysis) (?:by|of)) (?:(?:Mr|Mrs|Ms|Miss|Dr) )?\p{Lu}"
)


def settle_author(drafts: list[Draft], document: Document) -> None:
    """The author by the signature, or by "I am ...", where the front sheet does not say."""
    if any(draft.position is Position.AUTHOR for draft in drafts):
        return
    body = [paragraph for paragraph in document.paragraphs if paragraph.part is Part.BODY and not paragraph.is_heading]
    tail = [paragraph for paragraph in body[-6:] if paragraph.cell is None or len(body) > 40]
    for at, paragraph in enumerate(tail):
        if len(paragraph.text) > 120 or paragraph.text.rstrip().endswith("."):
            continue
        around = " ".join(line.text for line in tail[max(0, at - 1) : at + 2])
        for mention in find_names(paragraph.text):
            signed = _SIGNATURE.search(around) is not None
            if signed or (len(paragraph.text) < 40 and mention.title not in _NOT_SIGNED):
                draft = draft_of(drafts, mention)
                if draft is not None and draft.position in (None, Position.PROFESSIONAL) and not draft.party:
                    draft.position = Position.AUTHOR
                    draft.role = draft.role or office_in(around)
                    return
    if _sign_off(drafts, tail):
        return
    for paragraph in (*body[:30], *tail):
        match = _WRITES.search(paragraph.text)
        if match:
            for mention in find_names(paragraph.text[match.start() :]):
                draft = draft_of(drafts, mention)
                if draft is not None and draft.position in (None, Position.PROFESSIONAL, Position.ADULT):
                    draft.position = Position.AUTHOR
                    draft.role = draft.role or office_in(paragraph.text[match.end() :])
                    return
                break


def office_in(text: str) -> str | None:
    """The office that a line names: `, NYAS caseworker, appointed in May` is "nyas caseworker"."""
    match = _OFFICE.search(text.replace("’", "'"))
    return match.group().lower() if match else None


def _sign_off(drafts: list[Draft], tail: list[Paragraph]) -> bool:
    """Capitalised words over an office, where no given name is known: "Xanthippa Quorl", "Social worker"."""
    for line, below in pairwise(tail):
        words = tuple(line.text.strip(" .,").split())
        if len(words) in (2, 3) and all(_capital_word(word) for word in words) and (role := office_in(below.text[:60])):
            drafts.append(Draft(words, position=Position.AUTHOR, role=role, order=len(drafts)))
            return True
    return False


def _capital_word(word: str) -> bool:
    return word[:1].isupper() and word not in NOT_NAMES and word not in TITLES and word.replace("-", "").isalpha()
