"""The people of a report: children, parties, relatives, professionals and the author, with every form of their names.

Names are taken from the front sheet (label cells, tables, "Ada Lowe, born 3 May 2018"), from what stands beside them
in the text ("the health visitor, Mrs Sallis", "Tess Marlow (M's sister)") and, where a report has no front sheet, from
how the text speaks of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import re2

from qualitycheck.document import Document, Paragraph, Part
from qualitycheck.language.dates import find_ages, whole_dates
from qualitycheck.language.given_names import GIVEN, pronoun_of
from qualitycheck.language.masking import Lexicon
from qualitycheck.language.role_nouns import ABBREVIATIONS, CHILD, FATHER, MOTHER, OFFSPRING, PLACEHOLDER
from qualitycheck.understanding.case import Person, Position
from qualitycheck.understanding.names import JUDGES, NOT_NAMES, SURNAMES, TITLES, NameMention, find_names

_MOST = 150  # people; more than any report has, so that cost stays in proportion to length
_FRONT = 60  # paragraphs in which a front sheet may stand
_FRONT_CHARACTERS = 20_000  # where "Carl Hume (K)" gives somebody a letter
_WORD = re.compile(r"\w+")
_CAPITALISED = re.compile(r"\w+(?:['’-]\w+)*")

_LABELS: tuple[tuple[re2._Regexp[str], str], ...] = tuple(
    (re2.compile(rf"(?i)^(?:{pattern})$"), kind)
    for pattern, kind in (
        (
            r"(?:the |name of |names of |subject |full name of )*(?:the )?(?:child|children|subject|young person"
            r"|child\(ren\))"
            r"(?:'s|s')?(?: subject)?(?: names?| full names?| of the (?:report|application|proceedings|case))?(?: \d)?"
            r"(?:,? (?:and|with|/) (?:dates? of birth|dob|d\.o\.b\.?|dates? of birth and ages?))?"
            r"|concerning|concerns|re|in the matter of|regarding|about|subject children|subjects"
            r"|(?:child|plentyn) [1-9a-f]"
            r"|who (?:is|are) (?:this|it|the report|this report) about|(?:first|second|third|fourth"
            r"|fifth|eldest|youngest"
            r"|middle) child|twins?|y plant|y plentyn|plant|plentyn|young people",
            "child",
        ),
        (r"(?:full )?names?", "name"),
        (
            r"(?:date of birth|dob|d\.o\.b\.?|born|dates of birth|birth dates?|dyddiad geni|when born)(?: and age)?",
            "birth",
        ),
        (r"m|mum|(?:the )?(?:birth )?mother(?:'s name)?(?: ?\(m\))?", "mother"),
        (r"f|dad|(?:the )?(?:birth )?father(?:'s name)?(?: ?\(f\))?(?: of .*)?", "father"),
        (
            r"(?:the )?(?:parents|mum and dad|mother and father|parties|applicants?|respondents?|other parties|adults"
            r"|first respondent|second respondent|1st"
            r" respondent|2nd respondent|third respondent|family members|family|interveners?)(?: and .*| \(.*\))?",
            "party",
        ),
        (
            r"(?:half[- ]?|step[- ]?|older |younger |elder )*(?:brothers?|sisters?|siblings?)(?: not .*"
            r"| and .*|, .*| \(.*\))?"
            r"|other children(?: .*)?"
            r"|brothers and sisters",
            "sibling",
        ),
        (
            r"(?:report )?(?:author|by|written by|prepared by|completed by|report by|reporter|report author"
            r"|name of author|signed"
            r"|author and (?:role|office|position)|author of (?:the |this )?report|report prepared by|report written by"
            r"|name and role of author|who (?:wrote|writes|has written|prepared) (?:it|this|this report|the report|me)"
            r"|awdur|compiled by|practitioner|officer|worker|from|allocated worker|author's name(?: and role)?)",
            "author",
        ),
        (
            r"(?:the )?(?:children's |child's )?guardian|family court advis[eo]r|cafcass (?:officer|advis[eo]r)|fca|cg"
            r"|reporting officer|welsh family proceedings officer",
            "author",
        ),
        (
            r"(?:paternal|maternal|great|grand|step|proposed|prospective|special|foster|kinship|connected|current"
            r"|carers?|aunt|uncle|"
            r"partner|relative).*",
            "adult",
        ),
        (
            r"(?:professionals?|social worker|health visitor|school|teacher|class teacher|gp|iro"
            r"|independent reviewing officer|"
            r"solicitor|agencies|allocated social worker|team manager|local authority social worker).*",
            "professional",
        ),
    )
)
_INLINE_LABEL = re.compile(r"\s*([A-Za-z'’() /]{1,40}?)\s*[:\t]\s*")
_BORN = re2.compile(
    r"(?i)(?P<joint>,? ?\(?,? ?(?:who was |who were |was |were |is |both "
    r"|and was )*)(?P<word>born(?: on)?|d\.?o\.?b\.?:?"
    r"|date of birth:?(?: is| was)?|b\.)[ :]*"
)
_PARENTHESIS = re.compile(r"\s*\(([^()]{1,60})\)")
_CHILD_NOUNS = frozenset((*CHILD, *OFFSPRING))


@dataclass
class _Draft:
    """A person while the evidence is gathered."""

    words: tuple[str, ...]  # given names and surname, or a single name
    title: str = ""
    position: Position | None = None
    role: str | None = None
    birth: date | None = None
    aliases: set[str] = field(default_factory=set)
    pronoun: str | None = None
    party: bool = False
    count: int = 0
    order: int = 0

    @property
    def name(self) -> str:
        return " ".join(self.words) if len(self.words) > 1 or not self.title else f"{self.title} {self.words[0]}"

    @property
    def surname(self) -> str:
        return self.words[-1] if len(self.words) > 1 or self.title else ""

    @property
    def first(self) -> str:
        return self.words[0] if len(self.words) > 1 or not self.title else ""

    @property
    def gender(self) -> str | None:
        return self.pronoun or TITLES.get(self.title) or (pronoun_of(self.first) if self.first else None)


class _Line(NamedTuple):
    """A piece of the front sheet: what its label says, and its text."""

    label: str | None
    text: str
    paragraph: int


def find_people(document: Document, *, report_date: date | None) -> tuple[Person, ...]:
    """Everybody in the report; `report_date` tells who is a child by date of birth."""
    drafts: list[_Draft] = []
    lines = list(_front_lines(document))
    _add_children(drafts, document, lines, report_date)
    _add_known_as(drafts, document)
    _add_labelled(drafts, lines)
    _add_named(drafts, document)
    if not any(draft.position is Position.CHILD for draft in drafts):
        _add_children_of_the_text(drafts, document)
    _add_first_names(drafts, document)
    _settle_author(drafts, document)
    _settle_parents(drafts, document)
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


# --- the front sheet -------------------------------------------------------------------------------------------------


def label_kind(label: str) -> str | None:
    """What a front sheet's label announces: child, name, birth, mother, father, party, sibling, author, adult, ..."""
    label = label.strip(" :.*\t?").replace("’", "'").lower()
    if len(label) > 60:
        return None
    parts = (label, *label.split("/")) if "/" in label else (label,)  # "Y plant / Children"
    return next((kind for part in parts for pattern, kind in _LABELS if pattern.match(part.strip())), None)


def _front_lines(document: Document) -> Iterator[_Line]:
    headers: dict[tuple[int, int], str] = {}
    headed = {
        paragraph.cell.table
        for paragraph in document.paragraphs[:_FRONT]
        if paragraph.cell is not None and paragraph.cell.row == 0 and label_kind(paragraph.text) is not None
    }
    for paragraph in document.paragraphs[:_FRONT]:
        section = document.sections[paragraph.section]
        if paragraph.part not in (Part.BODY, Part.TEXTBOX) or (paragraph.is_heading and not section.from_label_cell):
            continue
        cell = paragraph.cell
        if cell is not None and cell.row == 0 and not section.from_label_cell:
            headers[cell.table, cell.column] = paragraph.text
            if cell.table in headed:
                continue
        if section.from_label_cell:
            if cell is not None and cell.table in headed and len(paragraph.text) < 24 and whole_dates(paragraph.text):
                yield _Line(label_kind(section.title) or "child", f"{section.title}, {paragraph.text}", paragraph.index)
            elif section.heading != paragraph.index and label_kind(paragraph.text) is None:
                yield from _split_inline(label_kind(section.title), paragraph)
        elif cell is not None and cell.row > 0 and (cell.table, cell.column) in headers:
            yield _Line(label_kind(headers[cell.table, cell.column]), paragraph.text, paragraph.index)
        else:
            kind = _section_kind(document, paragraph)
            yield from _split_inline(kind, paragraph)


def _section_kind(document: Document, paragraph: Paragraph) -> str | None:
    """A heading such as "The children" over a list or table of them is a label too."""
    section = document.sections[paragraph.section]
    if paragraph.cell is None and paragraph.list_level is None and len(paragraph.text) > 160:
        return None
    return label_kind(section.title) if section.title else None


def _split_inline(kind: str | None, paragraph: Paragraph) -> Iterator[_Line]:
    """`Applicant: Mr Hume, father. Respondent: Ms Lowe, mother.` is two lines."""
    if len(paragraph.text) > 400:
        yield _Line(None, paragraph.text, paragraph.index)
        return
    for text in re.split(r"\n|(?<=[.;]) (?=[A-Z][A-Za-z'’ ]{0,30}:)", paragraph.text):
        match = _INLINE_LABEL.match(text)
        if match and (inline := label_kind(match.group(1))):
            yield _Line(inline, text[match.end() :], paragraph.index)
        elif match and paragraph.cell is not None and kind is None and TITLES.get(match.group(1)) is None:
            yield _Line(None, text[match.end() :], paragraph.index)
        else:
            yield _Line(kind, text, paragraph.index)


def _add_children(drafts: list[_Draft], document: Document, lines: list[_Line], report_date: date | None) -> None:
    pending: _Draft | None = None
    for line in lines:
        if line.label == "child" or (line.label == "name" and _child_table(document, line)):
            for words, birth in _named_with_births(line.text, any_date=True):
                pending = _child(drafts, words, birth)
        elif line.label == "birth" and pending is not None:
            days = whole_dates(line.text)
            if len(days) > 1:
                _share_births(drafts, days)
            elif days:
                pending.birth = pending.birth or days[0][2]
        elif line.label in {None, "name"}:
            for words, birth in _named_with_births(line.text):
                if birth is not None and _is_minor(birth, report_date):
                    pending = _child(drafts, words, birth)
    if not drafts:
        for paragraph in document.paragraphs[:_FRONT]:
            if match := _CONCERNS.search(paragraph.text):
                for words in _capital_runs(match.group("who")):
                    _child(drafts, words, None)
    if not drafts or all(draft.birth is None for draft in drafts):
        for paragraph in document.paragraphs:
            for words, birth in _named_with_births(paragraph.text):
                if birth is not None and _is_minor(birth, report_date):
                    _child(drafts, words, birth)


def _share_births(drafts: list[_Draft], days: list[tuple[int, int, date]]) -> None:
    """Several dates of birth in one cell belong to the children in their order."""
    unborn = [draft for draft in drafts if draft.position is Position.CHILD and draft.birth is None]
    for draft, day in zip(unborn, days, strict=False):
        draft.birth = day[2]


_CONCERNS = re2.compile(
    r"(?i)\b(?:this|the|my) (?:\w+ )?(?:report|analysis|assessment|application|matter|case|addendum|letter) "
    r"(?:concerns|is about|relates to|is in respect of|is for|is on|deals with|regards) (?:the (?:child|children"
    r"|boys?|girls?|twins),? )?(?P<who>[^.;:]{3,120})"
)
_AS = re2.compile(r"(\w+)(?: [\w' -]{1,40})?,? \(?(?:known|referred to)(?: in this report)? as [\"'“‘]?(\w+)")


def _add_known_as(drafts: list[_Draft], document: Document) -> None:
    """ "Edward Lowe, known as Ted": the short name is the child's too."""
    for paragraph in document.paragraphs[:_FRONT]:
        for match in _AS.finditer(paragraph.text):
            for draft in drafts:
                if draft.words[0] in match.group(0).split(" known ")[0].split():
                    draft.aliases.add(match.group(2))


def _child_table(document: Document, line: _Line) -> bool:
    path = document.section_path(document.paragraphs[line.paragraph])
    return not any(
        label_kind(section.title) in {"party", "adult", "professional", "sibling", "author"} for section in path
    )


def _is_minor(birth: date, at: date | None) -> bool:
    at = at or date.today()
    return -1 <= (at - birth).days / 365.25 < 18.5


def _named_with_births(text: str, *, any_date: bool = False) -> Iterator[tuple[tuple[str, ...], date | None]]:
    """Names with the date of birth that follows each; with `any_date` (a child's cell) also names alone, or with "
    "any date."""
    for segment in re.split(r"[;\n]", text) if any_date else (text,):
        births = list(_births(segment))
        if not births and any_date:
            births = whole_dates(segment)
        at = 0
        for start, end, birth in births:
            runs = list(_capital_runs(segment[at:start]))
            joint = bool(_BORN_TOGETHER.search(segment)) and len(births) == 1
            for words in runs[:-1] if any_date or joint else ():
                shared = (*words, runs[-1][-1]) if len(words) == 1 < len(runs[-1]) else words
                yield shared, birth if joint else None
            if runs:
                yield runs[-1], birth
            at = end
        if any_date:
            for words in _capital_runs(segment[at:]):
                yield words, None


def _births(text: str) -> Iterator[tuple[int, int, date]]:
    """The dates after "born" and the like: where the word begins, where the date ends, and the date."""
    for match in _BORN.finditer(text):
        days = whole_dates(text[match.end() : match.end() + 30])
        if days and days[0][0] <= 4:
            yield match.start(), match.end() + days[0][1], days[0][2]


_BORN_TOGETHER = re2.compile(r"(?i)\b(?:twins?|triplets|were born|both born|all born)\b")
_KNOWN_AS = re.compile(r",? \(?(?:known|referred to)(?: in this report)? as [\"'“‘]?\w+[\"'”’]?\)?|,? called \w+")
_INITIAL_ONLY = re.compile(r" ?[,(;]|$| and [A-Z]\b| born\b")  # a child called by a letter: "A, born 3 May 2018"
_ROLE_TAIL = re.compile(r"(?i),? (?:who )?(?:lives?|living|placed|attends|attending|is a pupil) .*")


def _capital_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Runs of capitalised words that are names by their place (a child's cell), whatever they are."""
    run: list[str] = []
    last = 0
    text = _KNOWN_AS.sub("", _ROLE_TAIL.sub("", text))
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        word = word[:-2] if word.endswith(("'s", "’s")) else word
        gap = text[last : match.start()]
        if run and gap.strip():
            yield tuple(run)
            run = []
        is_name = word[:1].isupper() and word not in NOT_NAMES and word not in TITLES and not word.isdigit()
        is_name = is_name or (bool(run) and word in SURNAMES)
        is_name = is_name or (
            not run and len(word) == 1 and word.isupper() and bool(_INITIAL_ONLY.match(text[match.end() :]))
        )
        if is_name or (run and word in {"de", "van", "ap", "ab", "al"}):
            run.append(word if not (word.isupper() and len(word) > 2) else word.title())
        elif (run == ["Child"] and len(word) == 1) or (word == "Child" and re.match(r" [A-Z]\b", text[match.end() :])):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
        last = match.end()
    if run:
        yield tuple(run)


def _child(drafts: list[_Draft], words: tuple[str, ...], birth: date | None) -> _Draft:
    for draft in drafts:
        if draft.words[0] == words[0] and (len(words) == 1 or len(draft.words) == 1 or draft.words[-1] == words[-1]):
            if words[0] == "Child" and draft.words != words:
                continue
            draft.birth = draft.birth or birth
            if len(words) > len(draft.words):
                draft.words = words
            return draft
    draft = _Draft(words, position=Position.CHILD, birth=birth, order=len(drafts))
    if len(drafts) < _MOST:
        drafts.append(draft)
    return draft


_SEX = {Position.MOTHER: "she", Position.FATHER: "he"}
_PARTY_POSITION = {
    "mother": Position.MOTHER,
    "father": Position.FATHER,
    "sibling": Position.SIBLING,
    "adult": Position.ADULT,
    "professional": Position.PROFESSIONAL,
    "author": Position.AUTHOR,
}


def _add_labelled(drafts: list[_Draft], lines: list[_Line]) -> None:
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
            position, role = _role_beside(line.text, mention)
            labelled = _PARTY_POSITION.get(line.label)
            if labelled in _ONE and mention.start > 30:
                labelled = None  # "M: F pushed her ... Mrs Hale saw it": an account, not a front sheet's line
            if _is_child_name(drafts, mention) or (
                labelled in _ONE and line.label != "author" and _held(drafts, labelled)
            ):
                continue
            if line.label == "author" and labelled:
                position = Position.AUTHOR if at == 0 else position or Position.PROFESSIONAL
            elif at == 0 or position is None:
                position = labelled if labelled and (at == 0 or labelled not in _ONE) else position
            draft = _adult(drafts, mention, position, role)
            if position is Position.SIBLING and draft.birth is None:
                draft.birth = next((birth for _, _, birth in _births(line.text[mention.end :])), None)
            if position is Position.AUTHOR and draft.role is None:
                draft.role = _office(line.text[mention.end :])
            draft.party = draft.party or line.label in {"party", "mother", "father"}


def _held(drafts: list[_Draft], position: Position | None) -> bool:
    return sum(draft.position is position for draft in drafts) > 1


_ONE = frozenset({Position.MOTHER, Position.FATHER, Position.AUTHOR})


def _first_clause(text: str) -> list[NameMention]:
    """An author's name of words that are no known names: "Non Puw-Ellis, Family Court Adviser"."""
    clause = re.split(r"[,;(.\n]", text, maxsplit=1)[0]
    words = tuple(clause.split())
    if not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in words) or _office(clause):
        return []
    if words[0] in TITLES or any(word in _BODIES for word in words):
        return []
    return [NameMention(0, len(clause.rstrip()), "", words)]


_BODIES = frozenset(
    "Council Borough Authority County City Trust Services Team Cafcass Cymru NYAS Court Family Unit".split()
)


def _loose_names(text: str) -> list[NameMention]:
    runs = list(_capital_runs(text))
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


# --- names in the text -----------------------------------------------------------------------------------------------


def _add_named(drafts: list[_Draft], document: Document) -> None:
    short: list[tuple[NameMention, Position | None, str | None]] = []
    for paragraph in document.paragraphs:
        for mention in find_names(paragraph.text):
            if _is_child_name(drafts, mention):
                continue
            position, role = _role_beside(paragraph.text, mention)
            if position is Position.SIBLING and mention.title:
                position = Position.ADULT  # a sister with a title is an adult's
            lead = paragraph.text[max(0, mention.start - 20) : mention.start].rstrip()
            before = lead.rsplit(" ", 1)[-1]
            if before in JUDGES or mention.title == "Judge":
                position, role = Position.PROFESSIONAL, "judge"
            if len(mention.words) > 1:
                _adult(drafts, mention, position, role)
            else:
                short.append((mention, position, role))
        for mention in _names_by_role(paragraph.text):
            if not _is_child_name(drafts, mention):
                position, role = _role_beside(paragraph.text, mention)
                _adult(drafts, mention, position, role)
        for title in JUDGES:
            if title in paragraph.text:
                _add_judges(drafts, paragraph.text, title)
    for mention, position, role in short:
        _adult(drafts, mention, position, role)


_BESIDE_ROLE = re2.compile(
    r"(?:\b(?:[Pp]repared|[Ww]ritten|[Cc]ompleted) by |\b[Ii] am |^|[.;,] |and |[a-z] "
    r"|\()(?P<name>\p{Lu}[\p{L}'’-]+ (?:\p{Lu}[\p{L}'’-]+ )?\p{Lu}[\p{L}'’-]+)"
    r"(?:, (?:the |his |her |their |an? )?(?:[a-z'’]+ ){0,2}[a-z'’-]+|\s\([A-Za-z' ]{1,30}\))"
)


def _names_by_role(text: str) -> Iterator[NameMention]:
    """Two or three capitalised words of no known given name that a role follows: "Petronel Marsh, family court
    adviser"."""
    for match in _BESIDE_ROLE.finditer(text):
        words = tuple(match.group("name").split())
        if words[0].lower() in GIVEN or any(word in NOT_NAMES or word in TITLES or word in JUDGES for word in words):
            continue
        start, end = match.span(match.re.groupindex["name"])
        mention = NameMention(start, end, "", words)
        if _role_beside(text, mention)[0] is not None:
            yield mention


def _add_judges(drafts: list[_Draft], text: str, title: str) -> None:
    for match in re.finditer(rf"\b(?:District |Deputy |Circuit |Her Honour |His Honour )*{title}\s+(?=[A-Z])", text):
        for words in _capital_runs(text[match.end() : match.end() + 40]):
            draft = _Draft(words, title=title, position=Position.PROFESSIONAL, role="judge", order=len(drafts), count=1)
            draft.aliases.add(text[match.start() : match.end()] + " ".join(words))
            if len(drafts) < _MOST and not any(draft.aliases & other.aliases for other in drafts):
                drafts.append(draft)
            break


def _is_child_name(drafts: list[_Draft], mention: NameMention) -> bool:
    words = [word.lower() for word in mention.words]
    return not mention.title and any(
        draft.position is Position.CHILD
        and words[0] in [word.lower() for word in (draft.words[0], *draft.aliases)]
        and (len(words) == 1 or len(draft.words) == 1 or words[-1] in [word.lower() for word in draft.words])
        for draft in drafts
    )


def _adult(drafts: list[_Draft], mention: NameMention, position: Position | None, role: str | None) -> _Draft:
    """The draft a mention belongs to, made if there is none."""
    draft = _match(drafts, mention)
    if draft is None:
        draft = _Draft(mention.words, title=mention.title, order=len(drafts))
        if len(drafts) < _MOST:
            drafts.append(draft)
    elif len(mention.words) > len(draft.words):
        draft.words = mention.words
    draft.title = draft.title or mention.title
    draft.count += 1
    if position in _SEX and draft.gender not in (None, _SEX[position]):
        position, role = None, None  # "he told Miss Dobbs, 'Dad ...'"
    draft.aliases.add(f"{mention.title} {mention.full}".strip())
    if position is not None and (draft.position is None or (draft.position is Position.ADULT and draft.role is None)):
        draft.position = position
    draft.role = draft.role or role
    return draft


def _match(drafts: list[_Draft], mention: NameMention) -> _Draft | None:
    gender = TITLES.get(mention.title) or (pronoun_of(mention.first) if mention.first else None)
    best: _Draft | None = None
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


def _weight(draft: _Draft) -> int:
    parent = draft.position in (Position.MOTHER, Position.FATHER, Position.AUTHOR)
    return 4 * parent + 2 * draft.party + (draft.position is not None)


_POSITION = {
    "MOTHER": Position.MOTHER,
    "FATHER": Position.FATHER,
    "SIBLING": Position.SIBLING,
    "ADULT": Position.ADULT,
    "PROFESSIONAL": Position.PROFESSIONAL,
    "AUTHOR": Position.AUTHOR,
}
_SKIPPED = frozenset(
    "the a an his her their my our current previous former allocated named new who is was now own older younger elder "
    "eldest proposed nursery school local reception year applicant respondent and first second then at time children's "
    "retired acting birth legal".split()
)


def _role_beside(text: str, mention: NameMention) -> tuple[Position | None, str | None]:
    """The role that stands beside a name: `Mrs Sallis, the health visitor`, `class teacher Mrs Hale`, `Carl Hume "
    "(F)`."""
    after = text[mention.end : mention.end + 90]
    if bracket := _PARENTHESIS.match(after):
        inside = bracket.group(1).strip()
        if inside in {"M", "F"}:
            return (Position.MOTHER if inside == "M" else Position.FATHER), None
        if inside in ABBREVIATIONS:
            return _POSITION[ABBREVIATIONS[inside]], inside
        position, role = _role_phrase(inside)
        if position is not None:
            return position, role
        after = after[bracket.end() :]
    if after[:1] in {",", ":", "–", "-"} or after[:2] in {" -", " –"} or after.startswith((" is ", " was ")):
        clause = re.split(r"[.;()]", after.lstrip(",:–- "), maxsplit=1)[0]
        if after.startswith((" is ", " was ")):
            clause = clause.split(",")[0]
        position, role = _role_phrase(clause)
        if position is not None:
            return position, role
    return _role_before(text[max(0, mention.start - 90) : mention.start])


def _role_phrase(clause: str) -> tuple[Position | None, str | None]:
    """The role noun at the beginning of a clause, past articles and a few describing words."""
    words = [word.group() for word in _WORD.finditer(clause[:80])]
    lowered = [word.lower() for word in words]
    for at in range(min(len(words), 6)):
        for length in (4, 3, 2, 1):
            phrase = tuple(lowered[at : at + length])
            if len(phrase) < length or phrase not in PLACEHOLDER:
                continue
            kind = PLACEHOLDER[phrase]
            role = " ".join(phrase)
            if kind == "CHILD":
                return None, None
            if kind in {"MOTHER", "FATHER"} and words[at + length : at + length + 1] == ["s"]:
                break  # "mum's psychiatrist": somebody of hers
            if at and words[at - 1] == "s" and kind in {"MOTHER", "FATHER", "SIBLING"}:
                owner = words[at - 2] if at > 1 else ""
                if owner in {"M", "F"} or owner.lower() in {*MOTHER, *FATHER} or kind == "SIBLING":
                    return Position.ADULT, f"{owner}'s {role}"
            if kind in {"MOTHER", "FATHER"} and _of_another(
                lowered[at + length : at + length + 3], words[at + length : at + length + 4]
            ):
                return Position.ADULT, role
            return _POSITION[kind], role
        if lowered[at] in ABBREVIATIONS or words[at] in ABBREVIATIONS:
            return _POSITION[ABBREVIATIONS[words[at]]], words[at] if words[at] in ABBREVIATIONS else None
        if at >= 3 and lowered[at] not in _SKIPPED:
            break
        if lowered[at] in _VERBS:
            break
    return None, None


def _of_another(lowered: list[str], words: list[str]) -> bool:
    """ "mother of Owen's stepson", "father of Seren": a parent, but not of a subject child by these words alone."""
    return bool(lowered[:1] == ["of"] and "s" in words)


_VERBS = frozenset(
    "said says told has had would reported described explained wrote confirmed does did and but with".split()
)


_COUPLE_BEFORE = re2.compile(r"(?i)(?: (?:Mr|Mrs) (?:and|&)| (?:and|/) (?:first |second )?(?:applicant|respondent))$")
_ADULT_NAMED = re2.compile(r"\b(?:(?:Mr|Mrs|Ms|Miss) \p{Lu}|the (?:mother|father)\b|M and|F and)")


def _role_before(text: str) -> tuple[Position | None, str | None]:
    tail = _COUPLE_BEFORE.sub("", text.rstrip(" ,:(-–\u00a0")).rstrip(" ,:(-–\u00a0")
    if re.search(r"[.;\n]", text[len(tail) :]):
        return None, None
    words = [word.group() for word in _WORD.finditer(tail)][-5:]
    if not words or not tail.endswith(words[-1]):
        return None, None
    lowered = [word.lower() for word in words]
    for length in (4, 3, 2, 1):
        phrase = tuple(lowered[-length:])
        if len(lowered) < length or phrase not in PLACEHOLDER:
            continue
        kind = PLACEHOLDER[phrase]
        if kind == "CHILD":
            return None, None
        before = lowered[-length - 1] if len(lowered) > length else ""
        owner = lowered[-length - 2] if len(lowered) > length + 1 and before == "s" else ""
        if before in {"her", "his"} and kind in {"MOTHER", "FATHER"} and _ADULT_NAMED.search(tail):
            return Position.ADULT, f"{before} {' '.join(phrase)}"  # "Mrs Hume was in, with her mother, Mrs Dale"
        if before in {"her", "his"} and kind in {"MOTHER", "FATHER"}:
            return _POSITION[kind], f"{before} {' '.join(phrase)}"  # whose is settled when the parents are known
        if owner in {"m", "f", "mother", "father"} or (owner and kind in {"SIBLING", "MOTHER", "FATHER"}):
            return Position.ADULT, f"{owner}'s {' '.join(phrase)}"
        return _POSITION[kind], " ".join(phrase)
    return None, None


def _add_children_of_the_text(drafts: list[_Draft], document: Document) -> None:
    """A narrative report without a front sheet: `Ada is a girl of five`, `Ada (5) and Ben (3)`, a given name told "
    "over."""
    addressed = next((found for text in _opening(document) if (found := _DEAR_CHILD.match(text))), None)
    if addressed:
        for words in _capital_runs(addressed.group("who")):
            _child(drafts, words, None)
        return
    ages: Counter[str] = Counter()
    order: list[str] = []
    for paragraph in document.paragraphs:
        for age in find_ages(paragraph.text):
            if age.owner is None or age.years >= 18:
                continue
            name = paragraph.text[age.owner[0] : age.owner[1]]
            if name.lower() in {"he", "she"} or name in NOT_NAMES:
                continue
            ages[name] += 1
            order.append(name)
        for match in _CHILD_IS.finditer(paragraph.text):
            ages[match.group(1)] += 1
            order.append(match.group(1))
    text = " ".join(paragraph.text for paragraph in document.paragraphs)
    counts = Counter(word.group() for word in _WORD.finditer(text) if word.group()[:1].isupper())
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
            drafts.append(_Draft((name,), position=Position.CHILD, order=-len(names) + len(drafts)))


_DEAR_CHILD = re2.compile(r"^\s*(?:Dear|Annwyl) (?P<who>\p{Lu}[\p{Ll}'’-]+(?:(?:,| and| &) \p{Lu}[\p{Ll}'’-]+)*),?\s*$")


def _opening(document: Document) -> Iterator[str]:
    return (paragraph.text for paragraph in document.paragraphs[:12])


_CHILD_IS = re2.compile(
    r"\b(\p{Lu}[\p{L}’'-]+)(?:,| is| was) (?:a|an|the) (?:\w+ ){0,3}(?:boy|girl|child|baby|toddler|son|daughter)\b"
)


def _add_first_names(drafts: list[_Draft], document: Document) -> None:
    """People called by a given name alone: a brother, a friend, a partner."""
    known = {word for draft in drafts for word in (*draft.words, *draft.aliases)}
    seen: dict[str, tuple[int, Position | None, str | None]] = {}
    for paragraph in document.paragraphs:
        for word in _WORD.finditer(paragraph.text):
            name = word.group()
            if name in known or name in NOT_NAMES or name.lower() not in GIVEN or not name[0].isupper():
                continue
            if not _is_mid_sentence(paragraph.text, word.start()) and len(name) < 5:
                continue
            after = paragraph.text[word.end() : word.end() + 2]
            if after[:1] == " " and after[1:].isupper():
                continue
            mention = NameMention(word.start(), word.end(), "", (name,))
            position, role = _role_beside(paragraph.text, mention)
            count, old, old_role = seen.get(name, (0, None, None))
            seen[name] = (count + 1, old or position, old_role or role)
    for name, (count, position, role) in list(seen.items())[: max(0, _MOST - len(drafts))]:
        if position in _ONE:
            position, role = Position.ADULT, None  # a parent or the author has a surname somewhere
        drafts.append(_Draft((name,), position=position, role=role, count=count, order=len(drafts)))


def _is_mid_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 2) : at]
    return bool(before) and ((before[-1] == " " and before[0] not in ".!?:") or before[-1] in "('")


# --- who is who ------------------------------------------------------------------------------------------------------

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


def _office(text: str) -> str | None:
    """The office that a line names: `, NYAS caseworker, directed to report` is "nyas caseworker"."""
    match = _OFFICE.search(text.replace("’", "'"))
    return match.group().lower() if match else None


_WRITES = re2.compile(
    r"\b(?:[Ii] am|(?:[Pp]repared|[Ww]ritten|[Cc]ompleted|[Cc]ompiled|[Dd]ictated) by"
    r"|(?:[Rr]eport|[Aa]nalysis) (?:by|of)) (?:(?:Mr|Mrs|Ms|Miss|Dr) )?\p{Lu}"
)


def _settle_author(drafts: list[_Draft], document: Document) -> None:
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
                draft = _match(drafts, mention)
                if draft is not None and draft.position in (None, Position.PROFESSIONAL) and not draft.party:
                    draft.position = Position.AUTHOR
                    draft.role = draft.role or _office(around)
                    return
    if _sign_off(drafts, tail):
        return
    for paragraph in (*body[:30], *tail):
        match = _WRITES.search(paragraph.text)
        if match:
            for mention in find_names(paragraph.text[match.start() :]):
                draft = _match(drafts, mention)
                if draft is not None and draft.position in (None, Position.PROFESSIONAL, Position.ADULT):
                    draft.position = Position.AUTHOR
                    draft.role = draft.role or _office(paragraph.text[match.end() :])
                    return
                break


def _sign_off(drafts: list[_Draft], tail: list[Paragraph]) -> bool:
    """Capitalised words over an office, where no given name is known: "Xanthippa Quorl", "Social worker"."""
    for line, below in pairwise(tail):
        words = tuple(line.text.strip(" .,").split())
        if len(words) in (2, 3) and all(_capital_word(word) for word in words) and (role := _office(below.text[:60])):
            drafts.append(_Draft(words, position=Position.AUTHOR, role=role, order=len(drafts)))
            return True
    return False


def _capital_word(word: str) -> bool:
    return word[:1].isupper() and word not in NOT_NAMES and word not in TITLES and word.replace("-", "").isalpha()


def _settle_parents(drafts: list[_Draft], document: Document) -> None:
    """Parties without a role: the woman is the mother and the man the father where nobody else is."""
    spoken = Counter(word.group() for paragraph in document.paragraphs for word in _WORD.finditer(paragraph.text))
    for wanted, gender in _SEX.items():
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


def _finish(drafts: list[_Draft], document: Document) -> tuple[Person, ...]:
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
                aliases=frozenset(_aliases(draft, drafts, text, taken, numbers[position])),
                pronoun=_pronoun(draft, text),
            )
        )
    return tuple(people)


def _key(position: Position, number: int) -> str:
    if position in _ONE and number == 1:
        return position.value
    return f"{position.value}-{number}"


def _aliases(draft: _Draft, drafts: list[_Draft], text: str, taken: set[str], number: int) -> set[str]:
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


_LETTER = re.compile(r",? \(([A-Z]{1,2})\)")


def _stands_alone(letter: str, text: str) -> bool:
    """Is a single capital used as a name here, and not only as an initial or a list's letter?"""
    return len(re.findall(rf"(?<![\w.(&]){letter}(?:'s|’s)?(?= [a-z]|,|\.|:|;|\))(?!\.[A-Z])(?!\. [A-Z])", text)) >= 2


def _pronoun(draft: _Draft, text: str) -> str | None:
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
