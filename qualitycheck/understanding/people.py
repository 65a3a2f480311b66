"""The people of a report: children, parties, relatives, professionals and the author, with every form of their names.

Names are taken from the front sheet (label cells, tables, "Ada Lowe, born 3 May 2018"), from what stands beside them
in the text ("the health visitor, Mrs Sallis", "Tess Marlow (M's sister)") and, where a report has no front sheet, from
how the text speaks of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import re2

from qualitycheck.document import Document
from qualitycheck.language.masking import Lexicon
from qualitycheck.understanding.aliases import aliases_of
from qualitycheck.understanding.author import settle_author
from qualitycheck.understanding.case import Person, Position
from qualitycheck.understanding.children import add_children, add_children_of_the_text, add_known_as
from qualitycheck.understanding.draft import ONE, Draft
from qualitycheck.understanding.front_sheet import front_lines
from qualitycheck.understanding.labelled_people import add_labelled
from qualitycheck.understanding.named_people import add_first_names, add_named
from qualitycheck.understanding.parents import settle_parents
from qualitycheck.understanding.pronouns import pronoun_for

_PLACEHOLDER = re2.compile(r"(?i)[x\W_]+")  # "XXXX": a name still to be filled in


def find_people(document: Document, *, report_date: date | None) -> tuple[Person, ...]:
    """Everybody in the report; `report_date` tells who is a child by date of birth."""
    drafts: list[Draft] = []
    lines = list(front_lines(document))
    add_children(drafts, document, lines, report_date)
    add_known_as(drafts, document)
    add_labelled(drafts, lines)
    add_named(drafts, document)
    if not any(draft.position is Position.CHILD for draft in drafts):
        add_children_of_the_text(drafts, document)
    add_first_names(drafts, document)
    drafts = [draft for draft in drafts if not _PLACEHOLDER.fullmatch(draft.name)]
    settle_author(drafts, document)
    settle_parents(drafts, document)
    return _finish(drafts, document)


def lexicon_of(people: Iterable[Person]) -> Lexicon:
    """What the masked view needs: every form of every name; where two people share a form, the first has it."""
    lexicon = Lexicon()
    for person in people:
        if person.role == "judge":
            continue  # "District Judge Hale" stays in words: a court speaks, not a professional
        for alias in sorted(person.aliases, key=lambda alias: (-len(alias), alias)):
            lexicon.add(alias, person.position.value.upper(), person.key)
    return lexicon


def _finish(drafts: list[Draft], document: Document) -> tuple[Person, ...]:
    """Everybody in the order of `Position`, each with a key and the forms of the name that nobody before has."""
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for draft in drafts:
        if draft.position is None:
            draft.position = (
                Position.PROFESSIONAL
                if draft.title in {"Dr", "DC", "PC", "DS", "Prof", "Professor"}
                else Position.ADULT
            )
    rank = list(Position)
    drafts.sort(key=lambda draft: (rank.index(draft.position or Position.ADULT), draft.order))
    taken: set[str] = set()
    numbers: Counter[Position] = Counter()
    people = []
    for draft in drafts:
        position = draft.position or Position.ADULT
        numbers[position] += 1
        people.append(
            Person(
                key=_key(position, numbers[position]),
                name=draft.name,
                position=position,
                role=draft.role,
                date_of_birth=draft.birth,
                aliases=frozenset(aliases_of(draft, text, taken, numbers[position])),
                pronoun=pronoun_for(draft, text),
            )
        )
    return tuple(people)


def _key(position: Position, number: int) -> str:
    if position in ONE and number == 1:
        return position.value
    return f"{position.value}-{number}"
