"""Template words left in a report: placeholders, instructions to the author, choices not made.

Entries that look alike and are not residue are left alone: "[withheld at her request]", neutral citations,
bundle references, words put in brackets by an editor inside a quotation, signature lines, statutory wording.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault
from qualitycheck.consistency.once import quoted
from qualitycheck.document import Paragraph
from qualitycheck.understanding.case import Case, Role, Sentence

LONGEST = 400  # characters of a placeholder in brackets
_WORKER = (
    r"(?:worker|social worker|case ?worker|author|practitioner|fca|family court advis[eo]r|guardian|officer|writer"
    r"|allocated worker|"
    r"admin(?:istrator)?|business support|manager)"
)
_TO_DO = (
    r"(?:insert|enter|complete|add|check|update|confirm|include|delete|describe|fill in|amend|provide|type|record|"
    r"state|set out|list)"
)

_FIELD = (
    r"(?:(?:full |first |sur|fore)?names?|initials|dates?|d\.?o\.?b\.?|address(?:es)?|surname|age|numbers?|amount|firm"
    r"|reference|venue|signature|job title|postcode|case no\.?|email|telephone|phone)"
)
# Nothing in the brackets but what a form asks for: "[Judge's name]", "[name, firm, reference]", "[date of hearing]".
_FIELD_WORDS = (
    r"(?:(?:the |his |her |their )?(?:[a-z]+(?:'s|’s|s'|s’) )"
    + _FIELD
    + r"|"
    + _FIELD
    + r"(?:(?:,| and| or|/|;) ?"
    + _FIELD
    + r")*(?: of (?:the )?(?:[a-z]+ )?[a-z]+)?(?:[,;/] ?[a-z ]{1,30})?)"
)

# Anywhere in a sentence, whatever stands around it.
_BRACKETED = re2.compile(
    r"(?i)click (?:or tap )?(?:here|to)\b[^.\]]{0,30}(?:enter|add|insert|select|choose)[^.\]]{0,30}"
    r"|click or tap[^.\]]{0,40}"
    r"|choose an item\.?|(?:enter|type) (?:your )?text(?: here)?|select an? (?:option|item|date)\b"
    r"|\[(?:please |to )?(?:insert|enter|delete|type|complete|tbc|tba|tbd|xx+|select|choose|to be (?:confirmed"
    r"|completed|added|inserted)"
    r"|name of|add |describe|if applicable|if relevant|as appropriate|optional|"
    r"drafting note|note to|check |todo|placeholder|expand|more here|figure|ref(?:erence)? needed)[^\]]*\]?"
    r"|\[[^\]]{0,60}\bdelete\b[^\]]*\]"
    r"|\[[^\]]{0,200}\b(?:check with|before filing|to follow|tbc|delete)\b[^\]]*\]"
    r"|\[" + _FIELD_WORDS + r"\]"
    r"|\[[A-Za-z]{2,3}\s?[-–—:]\s[^\]]*\]"  # initials, and what they are still to do
    r"|\[[^\]]{0,40}\bto (?:insert|enter|confirm|check|add|complete|update|attach|provide|include|amend|review"
    r"|follow|discuss|advise)\b[^\]]*\]?"
    r"|\[(?:the )?" + _WORKER + r"(?: to|s to|:| -| –| must| should) [^\]]*\]?"
    r"|\[(?:attach|update|refer to|link to|use|include|confirm|check|provide|give|state|list|set out|explain"
    r"|summarise|outline|record|amend|"
    r"remove|copy|paste|consider|ensure|cross-?refer|reword|rephrase|ask|chase|awaiting|waiting for|see guidance"
    r"|guidance|example|max|"
    r"maximum|up to \d+ words)\b[^\]]*\]?|\[[^\]]* here\.?\]"
    r"|\[(?:(?:the )?(?:child|mother|father|parent|applicant|respondent|author|worker|social worker|guardian|school"
    r"|party)"
    r"(?:'s|’s)? )?(?:full |first |sur|fore)?(?:name|names|initials|date|dates|dob|date of birth|address|surname"
    r"|age|number|amount|day|month|year|"
    r"time|place|venue|court|case number|signature|job title|school|x|title|text|details|frequency|local authority)\]"
)
_ALWAYS = re2.compile(
    r"(?i)<<[^<>]+>>|«[^«»]+»"
    r"|<[^<>]{0,60}\b(?:insert|enter|mewnosod\w*|rhowch|nodwch)\b[^<>]{0,60}>"
    r"|[<{]{1,2}\s*(?:insert |enter |the )?(?:child|children|mother|father|parent|applicant"
    r"|respondent|author|name|date|court|"
    r"case|school|address|dob|social worker|worker|guardian|surname|first ?name|local authority"
    r"|la)\b[\w '’_/-]{0,40}[>}]{1,2}"
    r"|\bMERGEFIELD\b[^.]{0,40}|\{\{[^}]{0,60}\}\}|\blorem ipsum\b[^.]*"
    r"|\(?\*?\bdelete (?:as|where|if) (?:appropriate|applicable|necessary|relevant|not applicable)\)?"
    r"|\b(?:delete|remove) this (?:text|guidance|note|box|section|paragraph|line)\b[^.]{0,60}"
    r"|\bto be (?:completed|filled in|inserted) by (?:the )?" + _WORKER + r"\b[^.]{0,60}"
    r"|\b" + _WORKER + r" to (?:insert|complete|fill in|enter|type|delete|amend)\b[^.\]]*"
    r"|\b(?:insert|enter|type) (?:the )?(?:child|children|name|names|date|dates|details|text|address)(?:'s|’s|s'"
    r"|s’)? ?(?:name|names|own words|"
    r"details|here|of birth|below)?\b[^.\]]{0,60}\bhere\b"
    r"|\bmax(?:imum|\.)? (?:of )?\d{2,4} words\b|\b(?:no more than|up to|not more than|limit of) \d{2,4} words\b"
    r"|\bword (?:limit|count): ?\d+|\bthis (?:section|box|part|page|field) (?:should|must|is to"
    r"|needs to) (?:be (?:completed|used|deleted|filled|brief)|"
    r"include|contain|set out|address|cover|describe|provide|summarise|explain|give)\b[^.]*"
    r"|\b(?:drafting note|note to (?:author|worker|self|drafter|typist|manager)|guidance (?:note|notes"
    r"|for (?:authors|workers|practitioners|completion)))\b ?[:-][^.]*"
)
# Case counts: these are shouted.
# A mail-merge field stands between marks that elsewhere quote: «CHILD_NAME», never «a word or two».
_MERGE_FIELD = re2.compile(r"[«‹][A-Za-z]+(?:_[A-Za-z0-9]+)*[»›]")
_SHOUTED = re2.compile(
    r"\bX{3,}\b|\bx{3,}\b|\[X{1,}\]|\[[.… _*?-]{1,40}\]|\?{2,}|\bTO ?DO\b|\bTBC\b|\bTBD\b|\bINSERT [A-Z]{2,}[A-Z ]*"
    r"|\bDELETE\b(?: [A-Z]{2,})*"
    r"|\bNAME OF [A-Z]+(?: [A-Z]+)*|\b(?:XX|xx|\d\d)[/.-](?:XX|xx)[/.-](?:XX(?:XX)?|xx(?:xx)?|\d{2,4})"
    r"|\b(?:DD|dd)[/. -](?:MMM?M?|mmm?m?)[/. -](?:YY(?:YY)?|yy(?:yy)?|\d{4})\b|\bXX[/.-](?:\d\d)[/.-]\d{2,4}"
    r"|\b(?:XX|xx)(?:st|nd|rd|th)? (?:of )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|\bXX:XX\b|\b20(?:XX|xx|__)\b|\b(?:Mr|Mrs|Ms|Miss|Dr) (?:[Xx]{2,}|_{2,}|\.{3})(?:\W|$)"
)
# The author's own choice between two words, never made. "s/he", "and/or" and "parent/carer" are choices of style.
_CHOICES = re2.compile(
    r"(?i)\b(?:he/she|she/he|him/her|her/him|his/her|her/his|his/hers|himself/herself|mr/mrs(?:/m(?:s|iss))*|mr/ms"
    r"|mrs/ms|miss/mrs(?:/ms)?|"
    r"son/daughter|daughter/son|boy/girl|brother/sister|child/ren|is/is not|is/isn't|was/was not|has/has not"
    r"|have/have not|does/does not|did/did not|can/cannot|"
    r"will/will not|should/should not|do/do not|yes ?/ ?no|maternal/paternal|agree/disagree|agrees/disagrees|"
    r"supports?/(?:does not support|opposes?))(?:$|[^\w/])"
)
# At the head of a sentence, spoken to whoever fills the form in.
_INSTRUCTION = re2.compile(
    r"(?i)^\W*(?:please (?:describe|list|provide|give|state|include|complete|specify|insert|set out|outline|record"
    r"|summarise|delete|"
    r"use|refer|attach|ensure|tick|select|enter|explain|identify|indicate|consider|note that this (?:section|box"
    r"|form)|do not)\b"
    r"|(?:describe|summarise|outline|explain|specify|set out|detail|state|record) (?:here|below|in this section"
    r"|in your own words|how the|how each|the child's|"
    r"the child’s|what you|any|whether|briefly|clearly|each|your|why you|who|the views of each|details of)\b"
    r"|(?:add|attach|paste|insert|put|write|type|enter) (?:[\w'’]+ ){1,5}here\b"
    r"|insert (?:here|the|a|an|any|details|names?|dates?|text|chronology|genogram)\b|include (?:here|details of|any"
    r"|a summary of|the dates?)\b"
    r"|(?:list|give|provide|enter) (?:here|below|details of|dates of|names of|the dates?|the names?|all (?:persons"
    r"|those|people|documents|enquiries))\b"
    r"|(?:use|complete|fill in) (?:this (?:section|box|form|space)|the (?:three houses|wishes and feelings) (?:tool"
    r"|worksheet))\b"
    r"|in this section,? (?:you|the author|the worker|describe|set out|please|give|include|provide)\b"
    r"|you (?:should|must|need to|may wish to) (?:include|describe|set out|consider|refer|list|record|complete"
    r"|address|state|explain|give|provide|identify|analyse|use)\b"
    r"|remember (?:to|that you)\b|do not (?:include|exceed|repeat|use this|cut and paste|copy)\b"
    r"|guidance ?: |nb ?[:-] ?(?:please|you|this (?:section|box)|do not|delete)|(?:hint|tip|prompt|prompts"
    r"|example text|sample text) ?: "
    r"|(?:copy|cut) and paste\b|repeat (?:this section )?for each (?:child|party|adult)\b|only complete (?:this|if"
    r"|where)\b"
    r"|" + _WORKER + r" (?:should|must|to) " + _TO_DO + r"\b)"
)
_BLANK = re2.compile(r"_{3,}|\.{6,}|…{2,}")
_SIGNING = re2.compile(r"(?i)\b(?:sign|dated?|name|position|print|witness|countersign)")
# A whole cell or value that says nothing yet.
_EMPTY_VALUE = re2.compile(
    r"(?i)^\W*(?:tbc|tba|tbd|xx+|to be (?:confirmed|completed|inserted|added)|insert|\?+|text|name|enter)\W*$"
)


def placeholders(case: Case) -> Iterator[Fault]:
    """Yields a `template-residue` for each unfilled control, placeholder, instruction or unmade choice."""
    reached: dict[int, int] = {}  # a placeholder in brackets may hold several sentences
    yield from _unfilled_controls(case)
    yield from _guidance_text(case)
    for sentence in case.sentences:
        if sentence.statutory or case.paragraph_of(sentence).unfilled:
            continue
        if sentence.start < reached.get(sentence.paragraph, 0):
            continue
        if found := _residue(sentence, case):
            text = case.paragraph_of(sentence).text
            start, end = (
                sentence.start + found[0],
                _to_bracket(text, sentence.start + found[0], sentence.start + found[1]),
            )
            reached[sentence.paragraph] = end
            yield Fault("template-residue", sentence.paragraph, start, end, detail={"words": text[start:end]})


def _to_bracket(text: str, start: int, end: int) -> int:
    """The end of a placeholder, its closing bracket included."""
    closing = text.find("]", end - 1)
    return closing + 1 if text[start] == "[" and closing >= 0 and closing - start < LONGEST else end


def _residue(sentence: Sentence, case: Case) -> tuple[int, int] | None:
    """The first stretch of residue in the sentence; the whole sentence where it is an instruction."""
    text = sentence.text

    def within_quotes(at: int) -> bool:
        return quoted(case, sentence.paragraph, sentence.start + at)

    if found := _MERGE_FIELD.search(text):
        return _trim(text, *found.span())
    for pattern in (_BRACKETED, _ALWAYS, _SHOUTED):
        if (found := pattern.search(text)) and not within_quotes(found.start()):
            return _trim(text, *found.span())
    if not sentence.heading:
        if (found := _CHOICES.search(text)) and not within_quotes(found.start()) and sentence.role is not Role.STATUTE:
            return _trim(text, found.start(), found.end() - (found.end() < len(text) or not text[-1].isalpha()))
        if _INSTRUCTION.match(text) and not within_quotes(len(text) // 2):
            return 0, len(text)
        if _EMPTY_VALUE.match(text) and not _is_column_head(sentence, case):
            return 0, len(text)
    if (found := _BLANK.search(text)) and sentence.role is not Role.SIGNATURE and not _SIGNING.search(text):
        return found.start(), found.end()
    return None


def _is_column_head(sentence: Sentence, case: Case) -> bool:
    """ "Name" over a column of names, or before the name in the next cell."""
    cell = case.paragraph_of(sentence).cell
    if cell is None or sentence.text.strip(" :").lower() not in ("name", "text"):
        return False
    beside = case.document.paragraphs[sentence.paragraph + 1 : sentence.paragraph + 2]
    return cell.row == 0 or any(one.cell and one.cell[:2] == cell[:2] for one in beside)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _unfilled_controls(case: Case) -> Iterator[Fault]:
    """Content controls that still show their placeholder."""
    for paragraph in case.document.paragraphs:
        for start, end in paragraph.unfilled:
            yield Fault("template-residue", paragraph.index, start, end, detail={"words": paragraph.text[start:end]})


_GUIDANCE = re2.compile(
    r"(?i)\b(?:you|your|please|should|must|describe|include|consider|guidance|insert|complete|provide|summarise"
    r"|outline|delete|set out)\b"
)


def _guidance_text(case: Case) -> Iterator[Fault]:
    """Paragraphs all in coloured italics that speak to the author of the report."""
    for paragraph in case.document.paragraphs:
        if not paragraph.is_heading and _wholly(paragraph, paragraph.coloured) and _wholly(paragraph, paragraph.italic):
            first = next(iter(case.by_paragraph.get(paragraph.index, ())), None)
            if first and _GUIDANCE.search(first.text) and not _residue(first, case):
                yield Fault("template-residue", first.paragraph, first.start, first.end, detail={"words": first.text})


def _wholly(paragraph: Paragraph, stretches: tuple[tuple[int, int], ...]) -> bool:
    return sum(end - start for start, end in stretches) >= 0.9 * len(paragraph.text.strip())


def empty_sections(case: Case) -> Iterator[Fault]:
    """Yields a `template-residue` for a heading inside the report with nothing under it."""
    sections = case.document.sections
    parents = {section.parent for section in sections}
    front = _front(case)
    for section in sections[1:]:
        if section.heading is None or section.from_label_cell or section.index in parents:
            continue
        here = case.document.paragraphs[section.heading]
        last = section.index == len(sections) - 1
        follows = None if last else sections[section.index + 1]
        if section.last - section.first > 1 or here.cell is not None or case.roles[section.index] is Role.SIGNATURE:
            continue
        # A title over others of its own level, or above a first heading, is part of the front, not an empty section.
        if last or follows is None or follows.level > section.level or section.index <= front:
            continue
        if here.text.rstrip().endswith("?"):
            continue  # a question over several answers: "What are we worried about?"
        yield Fault("template-residue", here.index, 0, len(here.text), detail={"words": here.text})


def _front(case: Case) -> int:
    """The last of the sections that open the report with nothing but titles."""
    told = {paragraph.section for paragraph in case.document.paragraphs if not paragraph.is_heading}
    return next((section.index for section in case.document.sections[1:] if section.index in told), 0)
