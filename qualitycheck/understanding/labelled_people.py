"""Parties, relatives, professionals and the author, as the front sheet names them beside a label."""

from __future__ import annotations

import re

from qualitycheck.language.given_names import GIVEN
from qualitycheck.understanding.author import office_in
from qualitycheck.understanding.births import births_in
from qualitycheck.understanding.capitals import capital_runs
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import ONE, Draft, adult_draft, is_child_name
from qualitycheck.understanding.front_sheet import Line
from qualitycheck.understanding.names import TITLES, NameMention, find_names
from qualitycheck.understanding.role_beside import role_beside

_PARTY_POSITION = {
    "mother": Position.MOTHER,
    "father": Position.FATHER,
    "sibling": Position.SIBLING,
    "adult": Position.ADULT,
    "professional": Position.PROFESSIONAL,
    "author": Position.AUTHOR,
}
_BODIES = frozenset(
    "Council Borough Authority County City Trust Services Team Cafcass Cymru NYAS Court Family Unit".split()
)


def add_labelled(drafts: list[Draft], lines: list[Line]) -> None:
    """The people that the front sheet names beside a label."""
    for line in lines:
        if line.label in {None, "child", "name", "birth"}:
            continue
        mentions = list(find_names(line.text))
        if line.label == "author" and (not mentions or mentions[0].start > 0):
            mentions = [*_first_clause(line.text), *mentions]
        if not mentions and len(line.text) < 60:
            mentions = _loose_names(line.text)
        for at, mention in enumerate(mentions):
            position, role = role_beside(line.text, mention)
            labelled = _PARTY_POSITION.get(line.label)
            if labelled in ONE and mention.start > 30:
                labelled = None  # "M: F pushed her ... Mrs Hale saw it": an account, not a front sheet's line
            if is_child_name(drafts, mention) or (
                labelled in ONE and line.label != "author" and _held(drafts, labelled)
            ):
                continue
            if line.label == "author" and labelled:
                position = Position.AUTHOR if at == 0 else position or Position.PROFESSIONAL
            elif at == 0 or position is None:
                position = labelled if labelled and (at == 0 or labelled not in ONE) else position
            draft = adult_draft(drafts, mention, position, role)
            if position is Position.SIBLING and draft.birth is None:
                draft.birth = next((birth for _, _, birth in births_in(line.text[mention.end :])), None)
            if position is Position.AUTHOR and draft.role is None:
                draft.role = office_in(line.text[mention.end :])
            draft.party = draft.party or line.label in {"party", "mother", "father"}


def _held(drafts: list[Draft], position: Position | None) -> bool:
    """Are there two already?"""
    return sum(draft.position is position for draft in drafts) > 1


def _first_clause(text: str) -> list[NameMention]:
    """An author's name of words that are no known names: "Non Puw-Ellis, Family Court Adviser"."""
    clause = re.split(r"[,;(.\n]", text, maxsplit=1)[0]
    words = tuple(clause.split())
    if not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in words) or office_in(clause):
        return []
    if words[0] in TITLES or any(word in _BODIES for word in words):
        return []
    return [NameMention(0, len(clause.rstrip()), "", words)]


def _loose_names(text: str) -> list[NameMention]:
    """A short cell that begins with a name, though not of two words that begin with a known given name."""
    runs = list(capital_runs(text))
    if not runs or len(runs[0]) > 4 or re.search(r"Council|Borough|Authority|County|City|Trust", text):
        return []
    start = text.find(runs[0][0])
    joined = " ".join(runs[0])
    if (
        start < 0
        or text[:start].strip()
        or (len(runs[0]) == 1 and runs[0][0].lower() not in GIVEN)
        or text[start : start + len(joined)] != joined
    ):
        return []
    return [NameMention(start, start + len(joined), "", runs[0])]
