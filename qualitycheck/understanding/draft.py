"""People while the evidence is gathered, and to which of them a name in the report belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qualitycheck.language.given_names import pronoun_of
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.names import TITLES, Named, NameMention

MOST = 150  # people; more than any report has, so that cost stays in proportion to length
SEX = {Position.MOTHER: "she", Position.FATHER: "he"}  # the pronoun of each parent
ONE = frozenset({Position.MOTHER, Position.FATHER, Position.AUTHOR})  # a report mostly has one of each


@dataclass
class Draft(Named):
    """A person while the evidence is gathered."""

    words: tuple[str, ...]  # given names and surname, or a single name
    title: str = ""
    position: Position | None = None
    role: str | None = None
    birth: date | None = None
    aliases: set[str] = field(default_factory=set)
    party: bool = False
    count: int = 0
    order: int = 0

    @property
    def name(self) -> str:
        return " ".join(self.words) if len(self.words) > 1 or not self.title else f"{self.title} {self.words[0]}"

    @property
    def gender(self) -> str | None:
        return TITLES.get(self.title) or (pronoun_of(self.first) if self.first else None)


def child_draft(drafts: list[Draft], words: tuple[str, ...], birth: date | None) -> Draft:
    """The child of that name, made if there is none."""
    for draft in drafts:
        if draft.words[0] == words[0] and (len(words) == 1 or len(draft.words) == 1 or draft.words[-1] == words[-1]):
            if words[0] == "Child" and draft.words != words:
                continue
            draft.birth = draft.birth or birth
            if len(words) > len(draft.words):
                draft.words = words
            return draft
    draft = Draft(words, position=Position.CHILD, birth=birth, order=len(drafts))
    if len(drafts) < MOST:
        drafts.append(draft)
    return draft


def is_child_name(drafts: list[Draft], mention: NameMention) -> bool:
    """Does the mention name one of the children found so far?"""
    words = [word.lower() for word in mention.words]
    return not mention.title and any(
        draft.position is Position.CHILD
        and words[0] in [word.lower() for word in (draft.words[0], *draft.aliases)]
        and (len(words) == 1 or len(draft.words) == 1 or words[-1] in [word.lower() for word in draft.words])
        for draft in drafts
    )


def adult_draft(drafts: list[Draft], mention: NameMention, position: Position | None, role: str | None) -> Draft:
    """Whom a mention names, made if there is none, with what the words beside this mention tell."""
    draft = draft_of(drafts, mention)
    if draft is None:
        draft = Draft(mention.words, title=mention.title, order=len(drafts))
        if len(drafts) < MOST:
            drafts.append(draft)
    elif len(mention.words) > len(draft.words):
        draft.words = mention.words
    draft.title = draft.title or mention.title
    draft.count += 1
    if position in SEX and draft.gender not in (None, SEX[position]):
        position, role = None, None  # "he told Mrs Bright, 'Dad ...'"
    draft.aliases.add(f"{mention.title} {mention.full}".strip())
    if position is not None and (draft.position is None or (draft.position is Position.ADULT and draft.role is None)):
        draft.position = position
    draft.role = draft.role or role
    return draft


def draft_of(drafts: list[Draft], mention: NameMention) -> Draft | None:
    """Whom a mention names, by surname, first name or initial and gender; a parent or party before another."""
    gender = TITLES.get(mention.title) or (pronoun_of(mention.first) if mention.first else None)
    best: Draft | None = None
    for draft in drafts:
        if draft.position is Position.CHILD or draft.role == "judge" or not draft.surname:
            continue
        if draft.surname != mention.surname:
            continue
        if gender and draft.gender and gender != draft.gender:
            continue
        if mention.first and draft.first and mention.first != draft.first and not _initial(mention.first, draft.first):
            continue
        if mention.first and not draft.first and best is not None:
            continue
        if best is None or _weight(draft) > _weight(best):
            best = draft
    return best


def _initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))


def _weight(draft: Draft) -> int:
    parent = draft.position in (Position.MOTHER, Position.FATHER, Position.AUTHOR)
    return 4 * parent + 2 * draft.party + (draft.position is not None)
