"""The children whom a report is about: from its front sheet, else from how its text speaks of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import re2

from qualitycheck.document import Document
from qualitycheck.language.dates import find_ages, whole_dates
from qualitycheck.language.given_names import GIVEN
from qualitycheck.understanding.births import is_minor, named_with_births
from qualitycheck.understanding.capitals import capital_runs
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.draft import Draft, child_draft
from qualitycheck.understanding.front_sheet import FRONT, Line
from qualitycheck.understanding.labels import label_kind
from qualitycheck.understanding.names import NOT_NAMES, PLAIN_WORD

_CONCERNS = re2.compile(
    r"(?i)\b(?:this|the|my) (?:\w+ )?(?:report|analysis|assessment|application|matter|case|addendum|letter) "
    r"(?:concerns|is about|relates to|is in respect of|is for|is on|deals with|regards) (?:the (?:child|children"
    r"|boys?|girls?|twins),? )?(?P<who>[^.;:]{3,120})"
)
_AS = re2.compile(r"(\w+)(?: [\w' -]{1,40})?,? \(?(?:known|referred to)(?: in this report)? as [\"'“‘]?(\w+)")
_DEAR_CHILD = re2.compile(r"^\s*(?:Dear|Annwyl) (?P<who>\p{Lu}[\p{Ll}'’-]+(?:(?:,| and| &) \p{Lu}[\p{Ll}'’-]+)*),?\s*$")
_CHILD_IS = re2.compile(
    r"\b(\p{Lu}[\p{L}’'-]+)(?:,| is| was) (?:a|an|the) (?:\w+ ){0,3}(?:boy|girl|child|baby|toddler|son|daughter)\b"
)


def add_children(drafts: list[Draft], document: Document, lines: list[Line], report_date: date | None) -> None:
    """Those whom the front sheet calls children or who were under age; else whom the report says it concerns."""
    pending: Draft | None = None
    for line in lines:
        if line.label == "child" or (line.label == "name" and _child_table(document, line)):
            for words, birth in named_with_births(line.text, any_date=True):
                pending = child_draft(drafts, words, birth)
        elif line.label == "birth" and pending is not None:
            days = whole_dates(line.text)
            if len(days) > 1:
                _share_births(drafts, days)
            elif days:
                pending.birth = pending.birth or days[0][2]
        elif line.label in {None, "name"}:
            for words, birth in named_with_births(line.text):
                if birth is not None and is_minor(birth, report_date):
                    pending = child_draft(drafts, words, birth)
    if not drafts:
        for paragraph in document.paragraphs[:FRONT]:
            if match := _CONCERNS.search(paragraph.text):
                for words in capital_runs(match.group("who")):
                    child_draft(drafts, words, None)
    if not drafts or all(draft.birth is None for draft in drafts):
        for paragraph in document.paragraphs:
            for words, birth in named_with_births(paragraph.text):
                if birth is not None and is_minor(birth, report_date):
                    child_draft(drafts, words, birth)


def _share_births(drafts: list[Draft], days: list[tuple[int, int, date]]) -> None:
    """Several dates of birth in one cell belong to the children in their order."""
    unborn = [draft for draft in drafts if draft.position is Position.CHILD and draft.birth is None]
    for draft, day in zip(unborn, days, strict=False):
        draft.birth = day[2]


def _child_table(document: Document, line: Line) -> bool:
    """Does a column of names stand under no heading that is for others?"""
    path = document.section_path(document.paragraphs[line.paragraph])
    return not any(
        label_kind(section.title) in {"party", "adult", "professional", "sibling", "author"} for section in path
    )


def add_known_as(drafts: list[Draft], document: Document) -> None:
    """ "Edward Lowe, known as Ted": the short name is the child's too."""
    for paragraph in document.paragraphs[:FRONT]:
        for match in _AS.finditer(paragraph.text):
            for draft in drafts:
                if draft.words[0] in match.group(0).split(" known ")[0].split():
                    draft.aliases.add(match.group(2))


def add_children_of_the_text(drafts: list[Draft], document: Document) -> None:
    """A narrative without a front sheet: `Ada is a girl of five`, `Ada (5) and Ben (3)`, a given name told over."""
    addressed = next((found for text in _opening(document) if (found := _DEAR_CHILD.match(text))), None)
    if addressed:
        for words in capital_runs(addressed.group("who")):
            child_draft(drafts, words, None)
        return
    order: list[str] = []
    for paragraph in document.paragraphs:
        for age in find_ages(paragraph.text):
            if age.owner is None or age.years >= 18:
                continue
            name = paragraph.text[age.owner[0] : age.owner[1]]
            if name.lower() in {"he", "she"} or name in NOT_NAMES:
                continue
            order.append(name)
        for match in _CHILD_IS.finditer(paragraph.text):
            order.append(match.group(1))
    text = " ".join(paragraph.text for paragraph in document.paragraphs)
    counts = Counter(word.group() for word in PLAIN_WORD.finditer(text) if word.group()[:1].isupper())
    names = [name for name in dict.fromkeys(order) if counts[name] >= 3 and name not in NOT_NAMES]
    if not names:
        adults = {draft.first for draft in drafts}
        given = [
            name
            for name, count in counts.most_common(60)
            if name.lower() in GIVEN and name not in adults and count >= 5
        ]
        names = [name for name in given if name not in NOT_NAMES][:1]
    for name in names:
        if not any(draft.first == name and draft.surname for draft in drafts):
            drafts.append(Draft((name,), position=Position.CHILD, order=-len(names) + len(drafts)))


def _opening(document: Document) -> Iterator[str]:
    return (paragraph.text for paragraph in document.paragraphs[:12])
