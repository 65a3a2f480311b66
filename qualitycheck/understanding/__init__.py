"""From a document to a case: what kind of report it is, who is in it, what its sections are for, who speaks in it."""

from __future__ import annotations

from qualitycheck.document import Document
from qualitycheck.understanding.attribution import attribute
from qualitycheck.understanding.case import Case, ReportType
from qualitycheck.understanding.facts import case_number, court_named, date_of_report
from qualitycheck.understanding.people import find_people, lexicon_of
from qualitycheck.understanding.report_kind import report_kind
from qualitycheck.understanding.sections import section_roles
from qualitycheck.understanding.sentences import masked_paragraphs, sentences_of

__all__ = ["understand"]


def understand(document: Document, *, type: ReportType | None = None) -> Case:
    """The case a document tells; `type` is the user's own word for its kind, and wins over what the document looks "
    "like."""
    kind = report_kind(document, forced=type)
    dated = date_of_report(document)
    people = find_people(document, report_date=dated)
    lexicon = lexicon_of(people)
    masked = masked_paragraphs(document, lexicon)
    roles = section_roles(document, masked.by_section, people, lexicon)
    sentences = attribute(document, sentences_of(document, masked, roles), masked.mentions, people)
    return Case(
        document=document,
        type=kind.type,
        type_confidence=kind.confidence,
        why=kind.why,
        stage=kind.stage,
        report_date=dated,
        people=people,
        roles=roles,
        sentences=sentences,
        wishes_only=kind.wishes_only,
        case_number=case_number(document),
        court=court_named(document),
    )
