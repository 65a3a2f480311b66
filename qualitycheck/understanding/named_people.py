"""People named in the text: by title or full name, by a role beside the name, or by a given name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from qualitycheck.document import Document
from qualitycheck.language.given_names import GIVEN
from qualitycheck.understanding.capitals import capital_runs
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import MOST, ONE, Draft, adult_draft, is_child_name
from qualitycheck.understanding.names import JUDGES, NOT_NAMES, PLAIN_WORD, TITLES, NameMention, find_names
from qualitycheck.understanding.role_beside import role_beside

_BESIDE_ROLE = re2.compile(
    r"(?:\b(?:[Pp]repared|[Ww]ritten|[Cc]ompleted) by |\b[Ii] am |^|[.;,] |and |[a-z] "
    r"|\()(?P<name>\p{Lu}[\p{L}'’-]+ (?:\p{Lu}[\p{L}'’-]+ )?\p{Lu}[\p{L}'’-]+)"
    r"(?:, (?:the |his |her |their |an? )?(?:[a-z'’]+ ){0,2}[a-z'’-]+|\s\([A-Za-z' ]{1,30}\))"
)


def add_named(drafts: list[Draft], document: Document) -> None:
    """All whom the text names with a title or in full; "Mrs Hale" last, as she may be the Joan Hale of a later page."""
    short: list[tuple[NameMention, Position | None, str | None]] = []
    for paragraph in document.paragraphs:
        for mention in find_names(paragraph.text):
            if is_child_name(drafts, mention):
                continue
            position, role = role_beside(paragraph.text, mention)
            if position is Position.SIBLING and mention.title:
                position = Position.ADULT  # a sister with a title is an adult's
            lead = paragraph.text[max(0, mention.start - 20) : mention.start].rstrip()
            before = lead.rsplit(" ", 1)[-1]
            if before in JUDGES or mention.title == "Judge":
                position, role = Position.PROFESSIONAL, "judge"
            if len(mention.words) > 1:
                adult_draft(drafts, mention, position, role)
            else:
                short.append((mention, position, role))
        for mention in _names_by_role(paragraph.text):
            if not is_child_name(drafts, mention):
                position, role = role_beside(paragraph.text, mention)
                adult_draft(drafts, mention, position, role)
        for title in JUDGES:
            if title in paragraph.text:
                _add_judges(drafts, paragraph.text, title)
    for mention, position, role in short:
        adult_draft(drafts, mention, position, role)


def _names_by_role(text: str) -> Iterator[NameMention]:
    """Two or three capitalised words of no known given name before a role: "Petronel Marsh, family court adviser"."""
    for match in _BESIDE_ROLE.finditer(text):
        words = tuple(match.group("name").split())
        if words[0].lower() in GIVEN or any(word in NOT_NAMES or word in TITLES or word in JUDGES for word in words):
            continue
        start, end = match.span(match.re.groupindex["name"])
        mention = NameMention(start, end, "", words)
        if role_beside(text, mention)[0] is not None:
            yield mention


def _add_judges(drafts: list[Draft], text: str, title: str) -> None:
    """Judges by their `title`: "District Judge Hale", "HHJ Orme"."""
    for match in re.finditer(rf"\b(?:District |Deputy |Circuit |Her Honour |His Honour )*{title}\s+(?=[A-Z])", text):
        for words in capital_runs(text[match.end() : match.end() + 40]):
            draft = Draft(words, title=title, position=Position.PROFESSIONAL, role="judge", order=len(drafts), count=1)
            draft.aliases.add(text[match.start() : match.end()] + " ".join(words))
            if len(drafts) < MOST and not any(draft.aliases & other.aliases for other in drafts):
                drafts.append(draft)
            break


def add_first_names(drafts: list[Draft], document: Document) -> None:
    """People called by a given name alone: a brother, a friend, a partner."""
    known = {word for draft in drafts for word in (*draft.words, *draft.aliases)}
    seen: dict[str, tuple[int, Position | None, str | None]] = {}
    for paragraph in document.paragraphs:
        for word in PLAIN_WORD.finditer(paragraph.text):
            name = word.group()
            if name in known or name in NOT_NAMES or name.lower() not in GIVEN or not name[0].isupper():
                continue
            if not _is_mid_sentence(paragraph.text, word.start()) and len(name) < 5:
                continue
            after = paragraph.text[word.end() : word.end() + 2]
            if after[:1] == " " and after[1:].isupper():
                continue
            mention = NameMention(word.start(), word.end(), "", (name,))
            position, role = role_beside(paragraph.text, mention)
            count, old, old_role = seen.get(name, (0, None, None))
            seen[name] = (count + 1, old or position, old_role or role)
    for name, (count, position, role) in list(seen.items())[: max(0, MOST - len(drafts))]:
        if position in ONE:
            position, role = Position.ADULT, None  # a parent or the author has a surname somewhere
        drafts.append(Draft((name,), position=position, role=role, count=count, order=len(drafts)))


def _is_mid_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 2) : at]
    return bool(before) and ((before[-1] == " " and before[0] not in ".!?:") or before[-1] in "('")
