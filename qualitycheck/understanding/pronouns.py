"""A person's pronoun: by position, title, role or given name, and by what is said of a child."""

from __future__ import annotations

import re
from collections import Counter

from qualitycheck.language.given_names import pronoun_of
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import Draft


def pronoun_for(draft: Draft, text: str) -> str | None:
    """ "she" or "he", as far as position, title, role, `text` or the given name tell."""
    if draft.position is Position.MOTHER:
        return "she"
    if draft.position is Position.FATHER:
        return "he"
    if draft.position not in (Position.CHILD, Position.SIBLING) and draft.gender:
        return draft.gender
    role = (draft.role or "").split(" ")[-1].split("-")[-1]
    if role in {"brother", "grandfather", "uncle", "husband", "boyfriend", "father"}:
        return "he"
    if role in {"sister", "grandmother", "aunt", "wife", "girlfriend", "mother", "nan"}:
        return "she"
    if draft.position in (Position.CHILD, Position.SIBLING) and (told := _told_sex(draft.first, text)):
        return told
    return draft.gender


def _told_sex(name: str, text: str) -> str | None:
    """A child's pronoun by what is said of it: `Ada is a girl of four`, else by the pronoun that follows its name."""
    stated = re.search(rf"\b{re.escape(name)}\b[^.\n]{{0,40}}?\b(boy|girl|son|daughter|male|female)\b", text)
    if stated:
        return "he" if stated.group(1) in {"boy", "son", "male"} else "she"
    pronouns = Counter(
        match.group(1).lower()[:2]
        for match in re.finditer(rf"\b{re.escape(name)}\b[^.\n]{{0,60}}?\b([Hh]e|[Ss]he)\b", text)
    )
    if pronouns["he"] > 2 * pronouns["sh"]:
        return "he"
    if pronouns["sh"] > 2 * pronouns["he"]:
        return "she"
    return pronoun_of(name)
