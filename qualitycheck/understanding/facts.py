"""The report's own date, its court and its case number, from the front sheet, the signature or the header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import re2

from qualitycheck.document import Document, Part
from qualitycheck.language.dates import find_dates, parse_date

_FRONT = 60
_CASE_NUMBER = re2.compile(r"\b[A-Z]{2}\s?[0-9]{2}\s?[A-Z]\s?[0-9]{4,6}\b|\b[A-Z]{2}[/-]?[0-9]{2,4}[/-][0-9]{3,6}\b")
_CASE_LABEL = re2.compile(r"(?i)\b(?:case|court case|court|claim)(?: reference)? ?(?:number|no|ref)\b\.?:?")
_COURT = re2.compile(
    r"(?:\b[Ii]n )?[Tt]he (?:Central )?Family Court(?: sitting)?(?: (?:at|in))? [A-Z][\pL'’ -]*(?:\([A-Z][a-z]+\))?"
    r"|\bFamily Court (?:sitting )?(?:at|in) [A-Z][\pL'’ -]*"
    r"|\b[A-Z][\pL'’ -]+ Family Court\b|\b(?:Central|East London|West London) Family Court\b"
    r"|\b[A-Z][\pL'’ -]+ (?:County|Magistrates'?|Combined) Court(?: Centre)?\b"
    r"|\bHigh Court of Justice,? (?:Family Division)?[\pL, ]*|\b[Tt]he Family Court\b"
)
_DATE_LABEL = re2.compile(
    r"(?i)^\W*(?:date (?:of|for|the)? ?(?:this |the )?(?:report|filing|completion|signature|signing)|report (?:date"
    r"|dated|completed|finalised)|dated?|date (?:report )?(?:completed|signed|filed|finalised|written)"
    r"|filed|filing date|completed(?: on)?|signed(?: and dated)?(?: on)?)(?: (?:on|of report))?\W*$"
)
_DATED = re2.compile(
    r"(?i)\b(?:report (?:is )?dated|dated(?: this)?|date of (?:this )?report|report (?:completed|date|written|signed"
    r"|finalised)(?: on)?|date (?:completed|signed|of signature|of filing|filed)|signed(?: on)?|completed(?: on)?"
    r"|filed(?: on)?|date)\b[ :–-]*"
)
_ITS_OWN = re2.compile(r"(?i)(?:report|analysis|signed|addendum|[;:|])[ (,]*$")
_NOT_THE_REPORT = re2.compile(r"(?i)birth|dob|born|hearing|order|application|appointment|next|issued|direct")


def date_of_report(document: Document) -> date | None:
    """The day the report bears: beside a label, after "dated", or alone at the end; None where it bears none."""
    return _labelled_date(document) or _said_date(document) or _closing_date(document)


def _labelled_date(document: Document) -> date | None:
    for paragraph in document.paragraphs:
        section = document.sections[paragraph.section]
        labelled = section.from_label_cell and paragraph.index != section.heading and _DATE_LABEL.match(section.title)
        if labelled and (found := parse_date(paragraph.text)) is not None:
            return found
    return None


def _said_date(document: Document) -> date | None:
    for text in _margins_of_text(document):
        for match in _DATED.finditer(text):
            before = text[max(0, match.start() - 24) : match.start()].rsplit(".", 1)[-1]
            if _NOT_THE_REPORT.search(before) or _NOT_THE_REPORT.search(match.group()):
                continue
            if before.strip(" (") and not _ITS_OWN.search(before):
                continue
            mentions = find_dates(text[match.end() : match.end() + 40])
            if mentions and mentions[0].start <= 4 and mentions[0].date is not None:
                return mentions[0].date
    return None


def _margins_of_text(document: Document) -> Iterator[str]:
    """The front and the end of the report, where a date is its own."""
    body = [paragraph for paragraph in document.paragraphs if paragraph.part in (Part.BODY, Part.TEXTBOX)]
    yield from (paragraph.text for paragraph in body[:_FRONT] if len(paragraph.text) < 300)
    yield from (paragraph.text for paragraph in body[-8:] if len(paragraph.text) < 300)
    yield from (paragraph.text for paragraph in document.margins)


def _closing_date(document: Document) -> date | None:
    """A date that stands alone on a line, at the end or at the front."""
    body = [paragraph for paragraph in document.paragraphs if paragraph.part in (Part.BODY, Part.TEXTBOX)]
    for paragraph in [*reversed(body[-6:]), *body[:15]]:
        mentions = find_dates(paragraph.text)
        if (
            len(mentions) == 1
            and mentions[0].date
            and len(paragraph.text.strip()) - (mentions[0].end - mentions[0].start) < 4
        ):
            section = document.sections[paragraph.section]
            if not (section.from_label_cell and _NOT_THE_REPORT.search(section.title)):
                return mentions[0].date
    for paragraph in body[-3:]:
        mentions = find_dates(paragraph.text)
        closes = len(paragraph.text) < 80 and not paragraph.text.rstrip().endswith(".")
        if closes and len(mentions) == 1 and mentions[0].date:
            return mentions[0].date
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
    for paragraph in (*document.paragraphs[:_FRONT], *document.margins):
        for match in _COURT.finditer(paragraph.text[:400]):
            name = str(match.group()).strip(" ,-")
            if name.lower().removeprefix("in ") not in {"the family court", "family court"}:
                return name
            found = found or name
    return found
