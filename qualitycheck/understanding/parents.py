"""Which of the adults are the mother and the father, where the report does not say so."""

from __future__ import annotations

from collections import Counter

from qualitycheck.document import Document
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import SEX, Draft
from qualitycheck.understanding.names import PLAIN_WORD


def settle_parents(drafts: list[Draft], document: Document) -> None:
    """Parties without a role: the woman is the mother and the man the father where nobody else is."""
    spoken = Counter(word.group() for paragraph in document.paragraphs for word in PLAIN_WORD.finditer(paragraph.text))
    for wanted, gender in SEX.items():
        parents = [draft for draft in drafts if draft.position is wanted]
        for draft in parents if len(parents) > 1 else ():
            if (draft.role or "").startswith(("his ", "her ")):
                draft.position = Position.ADULT  # a parent's own
        if any(draft.position is wanted for draft in drafts):
            continue
        open_ = [
            draft
            for draft in drafts
            if draft.gender == gender
            and draft.title != "Dr"
            and (draft.position is None or (draft.party and draft.position is Position.ADULT and not draft.role))
        ]
        parties = [draft for draft in open_ if draft.party]
        if parties:
            parties[0].position = wanted
            continue
        times = {
            draft.name: max(draft.count, spoken[draft.first]) for draft in open_ if draft.surname and not draft.role
        }
        frequent = [draft for draft in open_ if times.get(draft.name, 0) >= 6]
        if frequent:
            max(frequent, key=lambda draft: times[draft.name]).position = wanted
