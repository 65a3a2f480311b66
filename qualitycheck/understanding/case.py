"""What was understood of a report before any rule looks at it: the case.

`understand(document)` (in `understanding/__init__.py`) builds a `Case` once; rules and checks only read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from qualitycheck.document import Document, Paragraph


class ReportType(StrEnum):
    SECTION7 = "section7"
    SECTION31 = "section31"
    OTHER = "other"  # not such a report: nothing is judged


class Stage(StrEnum):
    INITIAL = "initial"
    INTERIM = "interim"
    FINAL = "final"
    ADDENDUM = "addendum"


class Voice(StrEnum):
    """Who is speaking in a sentence."""

    OBSERVED = "observed"  # seen or heard by the author
    TOLD = "told"  # somebody told the author (or another), named or by role
    DOCUMENT = "document"  # read in a document, record or statement
    ALLEGED = "alleged"
    ADMITTED = "admitted"
    DENIED = "denied"
    FOUND = "found"  # found or ordered by a court
    JUDGEMENT = "judgement"  # the author's own judgement, opinion or recommendation
    PLAIN = "plain"  # the author's narration, with no source named


class Role(StrEnum):
    """What a section is for, whatever its heading says."""

    FRONT_SHEET = "front_sheet"
    ISSUES = "issues"  # application, what the court asked
    ENQUIRIES = "enquiries"
    CHECKS = "checks"  # police and local authority checks, safeguarding
    BACKGROUND = "background"  # history, chronology
    PARTIES = "parties"  # what the adults say: interviews, positions
    CHILD = "child"
    WISHES = "wishes"
    PROFESSIONALS = "professionals"
    OBSERVATION = "observation"
    HARM = "harm"
    CAPACITY = "capacity"  # parenting
    THRESHOLD = "threshold"
    DIVERSITY = "diversity"
    ANALYSIS = "analysis"  # assessment, welfare checklist, professional judgement
    OPTIONS = "options"
    CARE_PLAN = "care_plan"
    CONTACT = "contact"
    TIMESCALES = "timescales"
    IRO = "iro"
    RECOMMENDATION = "recommendation"
    SHARING = "sharing"
    SIGNATURE = "signature"
    STATUTE = "statute"  # statutory or standard wording set out for reference
    OTHER = "other"


class Position(StrEnum):
    """Who a person is in the case."""

    CHILD = "child"  # a subject of the report
    SIBLING = "sibling"  # a brother or sister who is not
    MOTHER = "mother"
    FATHER = "father"
    ADULT = "adult"  # relatives, partners, carers, other parties
    PROFESSIONAL = "professional"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the case."""

    key: str  # stable within a report: "child-1", "mother", "adult-2"
    name: str  # as first given in full
    position: Position
    role: str | None = None  # "class teacher", "paternal grandmother"
    date_of_birth: date | None = None
    aliases: frozenset[str] = frozenset()  # every form used: "Ned", "Mr Sallow", "M", "PGM"
    pronoun: str | None = None  # "he", "she", "they"; None: cannot tell


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table cell line, with a masked view that rules match against.

    `masked` is the sentence in lower case in which people, dates and the like stand as capital words, so
    that a rule reads the same whatever the names: CHILD SIBLING MOTHER FATHER ADULT PROFESSIONAL AUTHOR
    (named or by role noun: "the mother", "Mrs Oduya", "the class teacher"; pronouns stay), QUOTE (quoted words),
    DATE, TIME, AGE ("aged five", "five years old"), REF (bundle pages, exhibits, "para 12"), MONEY.
    Apostrophes are ' and dashes are - in it.
    """

    index: int  # in Case.sentences
    paragraph: int
    start: int  # in the paragraph's text
    end: int
    text: str
    masked: str
    offsets: tuple[int, ...]  # masked character -> offset in the paragraph's text; one more than len(masked)
    section: int
    role: Role
    voice: Voice = Voice.PLAIN
    speaker: str | None = None  # key of the person who is reported, where known
    about: frozenset[str] = frozenset()  # keys of the people it is about, pronouns resolved where safe
    heading: bool = False
    in_table: bool = False
    statutory: bool = False  # statutory or standard wording, never the author's own

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the paragraph's text behind characters of `masked`."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


@dataclass(frozen=True)
class Case:
    """A report understood: its kind, people, sections' roles and sentences."""

    document: Document
    type: ReportType
    type_confidence: float
    why: str  # why it is taken for that, in one plain sentence; shown when `type` is other
    stage: Stage | None
    report_date: date | None
    people: tuple[Person, ...]
    roles: tuple[Role, ...]  # by section index
    sentences: tuple[Sentence, ...]  # of Document.paragraphs, in order
    wishes_only: bool = False  # a section 7 direction for wishes and feelings only
    case_number: str | None = None
    court: str | None = None

    @cached_property
    def children(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.position is Position.CHILD)

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.key: person for person in self.people}

    @cached_property
    def by_paragraph(self) -> dict[int, tuple[Sentence, ...]]:
        """Sentences by the index of their paragraph."""
        grouped: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            grouped.setdefault(sentence.paragraph, []).append(sentence)
        return {index: tuple(sentences) for index, sentences in grouped.items()}

    def paragraph_of(self, sentence: Sentence) -> Paragraph:
        return self.document.paragraphs[sentence.paragraph]
