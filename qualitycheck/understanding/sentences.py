"""The sentences of a document with their masked views, before anything is said of who speaks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qualitycheck.document import Document, Paragraph
from qualitycheck.language.masking import Lexicon, Mention, find_mentions, mask
from qualitycheck.language.sentences import Span, split
from qualitycheck.understanding.case import Role, Sentence


@dataclass
class Masked:
    """Every paragraph's mentions and sentences: (span, masked view, offsets)."""

    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    sentences: dict[int, list[tuple[Span, str, tuple[int, ...]]]] = field(default_factory=dict)
    by_section: dict[int, list[str]] = field(default_factory=dict)  # masked views of sentences that are not headings


def masked_paragraphs(document: Document, lexicon: Lexicon) -> Masked:
    """Sentences and their masked views, paragraph by paragraph; a heading is one sentence."""
    masked = Masked()
    for paragraph in document.paragraphs:
        text = paragraph.text
        mentions = find_mentions(text, lexicon)
        masked.mentions[paragraph.index] = mentions
        spans = [_whole(text)] if _is_title(paragraph) else _without_number(text, split(text))
        rows = []
        at = 0
        for span in spans:
            while at < len(mentions) and mentions[at].end <= span.start:
                at += 1
            last = at
            while last < len(mentions) and mentions[last].start < span.end:
                last += 1
            rows.append((span, *mask(text, span.start, span.end, mentions[at:last])))
        masked.sentences[paragraph.index] = rows
        if not paragraph.is_heading:
            masked.by_section.setdefault(paragraph.section, []).extend(view for _, view, _ in rows)
    return masked


def _is_title(paragraph: Paragraph) -> bool:
    return paragraph.is_heading and len(paragraph.text) < 200


_TYPED_NUMBER = re.compile(r"\s*(?:[0-9]{1,3}[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?|\([a-z0-9]{1,3}\))\s+(?=\S)")


def _without_number(text: str, spans: list[Span]) -> list[Span]:
    """The first sentence begins after a paragraph number that was typed: "4.1 Ada was seen"."""
    if not spans or not (number := _TYPED_NUMBER.match(text)) or number.end() >= spans[0].end:
        return spans
    return [Span(number.end(), spans[0].end), *spans[1:]]


def _whole(text: str) -> Span:
    stripped = text.strip()
    start = text.find(stripped)
    return Span(start, start + len(stripped))


def sentences_of(document: Document, masked: Masked, roles: tuple[Role, ...]) -> list[Sentence]:
    """The sentences in order, as the author's plain narration until `attribution` says otherwise."""
    found: list[Sentence] = []
    for paragraph in document.paragraphs:
        for span, view, offsets in masked.sentences[paragraph.index]:
            if span.start == span.end:
                continue
            found.append(
                Sentence(
                    index=len(found),
                    paragraph=paragraph.index,
                    start=span.start,
                    end=span.end,
                    text=paragraph.text[span.start : span.end],
                    masked=view,
                    offsets=offsets,
                    section=paragraph.section,
                    role=roles[paragraph.section],
                    heading=paragraph.is_heading,
                    in_table=paragraph.cell is not None,
                )
            )
    return found
