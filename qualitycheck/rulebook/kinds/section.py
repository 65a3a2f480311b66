"""Flag a section whose heading promises something that its sentences do not do. The passage is the heading."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.document import Section
from qualitycheck.rulebook.flag import Flag, Place
from qualitycheck.rulebook.matching import Matcher
from qualitycheck.rulebook.schema import SectionRule
from qualitycheck.understanding.case import Sentence


def flags(rule: SectionRule, matcher: Matcher) -> Iterator[Flag]:
    case = matcher.case
    doing = {hit.sentence for signal in rule.does for hit in matcher.signal(signal)}
    promising = _headings(rule.heading, matcher) - _headings(rule.not_heading, matcher)
    excused = _headings(rule.not_heading, matcher)
    for section in case.document.sections:
        if section.heading is None or section.heading in excused:
            continue
        if section.heading not in promising and case.roles[section.index] not in rule.roles:
            continue
        sentences = _body(section, matcher)
        kept = sum(sentence.index in doing for sentence in sentences)
        if len(sentences) >= rule.at_least_sentences and kept <= rule.most_share * len(sentences):
            heading = case.document.paragraphs[section.heading]
            yield Flag(Place(heading.index, 0, len(heading.text)), detail={"words": f"“{section.title}”"})


def _headings(cues: list[str], matcher: Matcher) -> frozenset[int]:
    """The paragraphs of headings in which a cue is found."""
    sentences = matcher.case.sentences
    found = matcher.sentences_with(cues) if cues else frozenset[int]()
    return frozenset(sentences[index].paragraph for index in found if sentences[index].heading)


def _body(section: Section, matcher: Matcher) -> list[Sentence]:
    """The section's sentences, those of its own subsections included, headings left out."""
    by_paragraph = matcher.case.by_paragraph
    own = (sentence for index in range(section.first, section.last) for sentence in by_paragraph.get(index, ()))
    return [sentence for sentence in own if not sentence.heading and not sentence.statutory]
