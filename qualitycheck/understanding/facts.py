"""The report's own date, its court and its case number, from the front sheet, the signature or the header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import re2

from qualitycheck.document import Document, Part
from qualitycheck.language.dates import parse_date, whole_dates

_FRONT = 60
_CASE_NUMBER = re2.compile(r"\b[A-Z]{2}\s?[0-9]{2}\s?[A-Z]\s?[0-9]{4,6}\b|\b[A-Z]{2}[/-]?[0-9]{2,4}[/-][0-9]{3,6}\b")
_CASE_LABEL = re2.compile(r"(?i)\b(?:case|court case|court|claim)(?: reference)? ?(?:number|no|ref)\b\.?:?")
_COURT = re2.compile(
    r"(?:\b[Ii]n )?[Tt]he (?:Central )?Family Court(?: sitting)?(?: (?:at|in))? [A-Z][\pL'’ -]*(?:\([A-Z][a-z]+\))?"
    r"|\bFamily Court(?:,| at| in| sitting at| sitting in| -| –) [A-Z][\pL'’ -]*"
    r"|\b[A-Z][\pL'’ -]+ Family Court\b|\b(?:Central|East London|West London) Family Court\b"
    r"|\b[A-Z][\pL'’ -]+ (?:County|Magistrates'?|Combined) Court(?: Centre)?\b"
    r"|\bIN THE (?:CENTRAL )?FAMILY COURT(?: SITTING)? (?:AT|IN) [A-Z][A-Z'’ -]*|\b[A-Z][A-Z'’ -]+ FAMILY COURT\b"
    r"|\bHigh Court of Justice,? (?:Family Division)?[\pL, ]*|\b[Tt]he Family Court\b"
)
_COURT_LABEL = re2.compile(
    r"(?i)^\W*(?:(?:in |which )?(?:the )?(?:family )?court(?: sitting)?(?: at| in)?|y llys(?: / .*)?)\W*$"
)
_PLACE = re2.compile(r"^[A-Z][\pL'’ -]+\.?$")
_BEFORE = re2.compile(r"\b(?:Before|At|To) (?:[Tt]he )?")
_DATE_LABEL = re2.compile(
    r"(?i)^\W*(?:date (?:of|for|the)? ?(?:this |the |my )?(?:\w+ )?(?:report|analysis|addendum|filing|completion"
    r"|signature|signing)|(?:report|analysis) (?:date|dated|completed|finalised)"
    r"|(?:document|filing|signing|completion) date|dated?|dyddiad(?: yr adroddiad)?"
    r"|when(?: was (?:it|this) (?:written|finished|done|signed))?"
    r"|date (?:report )?(?:completed|signed|filed|finalised|written)"
    r"|filed|filing date|completed(?: on)?|signed(?: and dated)?(?: on)?)(?: (?:on|of report))?\W*$"
)
_DATED = re2.compile(
    r"(?i)\b(?:(?:report|analysis) (?:is )?dated|dated(?: this)?|date of (?:this )?(?:report|analysis)"
    r"|(?:report|analysis) (?:completed|date|written|signed|finalised)(?: on)?"
    r"|date (?:completed|signed|of signature|of filing|filed)|signed(?: on)?|completed(?: on)?"
    r"|filed(?: on)?|date)\b[ :–-]*"
)
_BY_WHOM = re2.compile(
    r"(?i)\b(?:(?:prepared|written|completed|signed|compiled) by|(?:report|analysis|addendum) (?:of|by|from))\b"
    r"[^.;\n0-9]{3,110}?(?:,|\)| on| dated) *(?:on |dated )?(?P<rest>[0-9][^.;\n]{3,24})"
)
_FOR_A_HEARING = re2.compile(r"(?i)^[ .,]*(?:\(?for (?:the |a |his |her )?.*)?$")
_BORN = re2.compile(r"(?i)\b(?:b|d\.?o\.?b|born|birth)[.: ]*$")
_PIECES = re2.compile(r"[.;|\n\t](?: +|$)|[|\n\t]|$")
_PIECE = 60  # characters; a longer clause is a sentence and its date an event's
_CLOSING = 4  # paragraphs at the end among which the date of writing may stand
_OPENING = 15  # and at the front
_ITS_OWN = re2.compile(r"(?i)(?:report|analysis|signed|addendum|[;:|])[ (,]*$")
_NOT_THE_REPORT = re2.compile(r"(?i)birth|d\.?o\.?b|born|hearing|order|application|appointment|next|issued|direct")


def date_of_report(document: Document) -> date | None:
    """The day the report bears: beside a label, after "dated" or its author's name, or alone; None where it bears
    none."""
    return _labelled_date(document) or _said_date(document) or _date_alone(document)


def _labelled_date(document: Document) -> date | None:
    for paragraph in document.paragraphs:
        section = document.sections[paragraph.section]
        if not section.from_label_cell or paragraph.index == section.heading or len(section.title) > _PIECE:
            continue
        if any(_DATE_LABEL.match(part) for part in section.title.split("/")) and (found := _leading(paragraph.text)):
            return found
    return None


def _leading(text: str) -> date | None:
    """The date with which a text begins: `11 March 2026. Hearing 25 March 2026.`"""
    days = whole_dates(text[:_PIECE])
    return days[0][2] if days and days[0][0] <= 4 else parse_date(text)


def _said_date(document: Document) -> date | None:
    for text in _margins_of_text(document):
        if (match := _BY_WHOM.search(text)) and (found := _leading(match.group("rest"))):
            return found
        for match in _DATED.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()].rsplit(".", 1)[-1]
            if _NOT_THE_REPORT.search(before) or _NOT_THE_REPORT.search(match.group()):
                continue
            if before.strip(" (") and not _ITS_OWN.search(before):
                continue
            days = whole_dates(text[match.end() : match.end() + 40])
            if days and days[0][0] <= 4:
                return days[0][2]
    return None


def _margins_of_text(document: Document) -> Iterator[str]:
    """The front and the end of the report, where a date is its own."""
    body = [paragraph for paragraph in document.paragraphs if paragraph.part in (Part.BODY, Part.TEXTBOX)]
    yield from (paragraph.text for paragraph in body[:_OPENING] if len(paragraph.text) < 600)
    yield from (paragraph.text for paragraph in body[_OPENING:_FRONT] if len(paragraph.text) < 300)
    yield from (paragraph.text for paragraph in body[-8:] if len(paragraph.text) < 300)
    yield from (paragraph.text for paragraph in document.margins)


def _date_alone(document: Document) -> date | None:
    """A date that is a line or a clause by itself, at the end or at the front: `Jo Pell, Derby. 3 May 2026.`"""
    body = [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.part in (Part.BODY, Part.TEXTBOX) and paragraph.cell is None
    ]
    front = [paragraph for paragraph in body[:_OPENING] if len(paragraph.text) < 600]
    for paragraph in (*reversed(body[-_CLOSING:]), *front, *document.margins):
        start = 0
        for end in _PIECES.finditer(paragraph.text):
            piece, start = paragraph.text[start : end.start()].strip(), end.end()
            days = whole_dates(piece) if 5 < len(piece) <= _PIECE else ()
            if not days or days[0][0] > 2 or _BORN.search(paragraph.text[: end.start() - len(piece)]):
                continue
            if _FOR_A_HEARING.search(piece[days[0][1] :]):
                return days[0][2]
    for paragraph in body[-3:]:
        days = whole_dates(paragraph.text)
        closes = len(paragraph.text) < 80 and not paragraph.text.rstrip().endswith(".")
        if closes and len(days) == 1 and not _NOT_THE_REPORT.search(paragraph.text):
            return days[0][2]
    return None


def case_number(document: Document) -> str | None:
    """The court's case number: after a label that says so, else the first of its form (`NP24C00286`)."""
    texts = [paragraph.text for paragraph in (*document.paragraphs[:_FRONT], *document.margins)]
    for at, text in enumerate(texts):
        if _CASE_LABEL.search(text):
            for candidate in (text, texts[at + 1] if at + 1 < len(texts) else ""):
                if match := _CASE_NUMBER.search(candidate):
                    return "".join(match.group().split())
    for text in texts:
        if match := _CASE_NUMBER.search(text):
            return "".join(match.group().split())
    return None


def court_named(document: Document) -> str | None:
    """The court as the front sheet names it."""
    found: str | None = None
    for paragraph in document.paragraphs[:_FRONT]:
        section = document.sections[paragraph.section]
        beside = section.from_label_cell and paragraph.index != section.heading and len(paragraph.text) < 120
        if beside and _COURT_LABEL.match(section.title) and "court" not in paragraph.text.lower():
            return f"Family Court at {paragraph.text.strip(' .')}" if _PLACE.match(paragraph.text) else paragraph.text
    for paragraph in (*document.paragraphs[:_FRONT], *document.margins):
        for match in _COURT.finditer(_BEFORE.sub("", paragraph.text[:400])):
            name = str(match.group()).strip(" ,-")
            if name.lower().removeprefix("in ") not in {"the family court", "family court"}:
                return name
            found = found or name
    return found
