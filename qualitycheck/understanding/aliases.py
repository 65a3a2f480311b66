"""Every form in which a report uses a person's name: "Mrs Hale", "Joan", "(K)"."""

from __future__ import annotations

import re

from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import Draft
from qualitycheck.understanding.names import TITLES

_FRONT_CHARACTERS = 20_000  # where "Carl Hume (K)" gives somebody a letter
_LETTER = re.compile(r",? \(([A-Z]{1,2})\)")


def aliases_of(draft: Draft, text: str, taken: set[str], number: int) -> set[str]:
    """The forms of the name that stand in `text` and are not `taken` by somebody before, to which they are added.

    `number` counts those of the same position: "M" is the first mother.
    """
    forms = {draft.name, *draft.aliases}
    if draft.role != "judge":
        for title in TITLES if draft.surname and draft.position not in (Position.CHILD, Position.SIBLING) else ():
            if TITLES[title] in (None, draft.gender) or draft.gender is None:
                forms |= {f"{title} {draft.surname}", f"{title} {draft.name}"}
        if draft.first and draft.surname:
            forms.add(f"{draft.first} {draft.surname}")
        if draft.first and len(draft.first) > 1 and draft.first not in {"Child"}:
            forms.add(draft.first)
            forms.add(draft.first.upper())
    if draft.position is Position.MOTHER and number == 1:
        forms.add("M")
    if draft.position is Position.FATHER and number == 1:
        forms.add("F")
    for letter in _LETTER.finditer(text[:_FRONT_CHARACTERS]):
        before = text[max(0, letter.start() - 60) : letter.start()]
        if before.endswith(tuple(forms)):
            forms.add(letter.group(1))
    forms = {
        form
        for form in forms
        if form in text and form not in taken and not (len(form) == 1 and not _stands_alone(form, text))
    }
    if not forms:
        forms = {draft.name} - taken
    taken |= forms
    return forms


def _stands_alone(letter: str, text: str) -> bool:
    """Is a single capital used as a name here, and not only as an initial or a list's letter?"""
    return len(re.findall(rf"(?<![\w.(&]){letter}(?:'s|’s)?(?= [a-z]|,|\.|:|;|\))(?!\.[A-Z])(?!\. [A-Z])", text)) >= 2
