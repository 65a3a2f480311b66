"""Flag words that are the fault by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.rulebook.flag import Flag, Place, place_of
from qualitycheck.rulebook.matching import Hit, Matcher
from qualitycheck.rulebook.schema import UnsupportedRule, WordingRule
from qualitycheck.understanding.case import Case


def flags(rule: WordingRule, matcher: Matcher) -> Iterator[Flag]:
    """One flag a sentence, paragraph or report, as the rule says, in reading order."""
    case = matcher.case
    hits = sorted(hit for signal in rule.find for hit in matcher.signal(signal))
    seen: set[int] = set()
    for hit in hits:
        sentence = case.sentences[hit.sentence]
        unit = {"sentence": sentence.index, "paragraph": sentence.paragraph, "report": 0}[rule.once_per]
        if unit not in seen and (rule.most is None or len(seen) < rule.most):
            seen.add(unit)
            yield Flag(passage(rule, hit, case), detail={"words": cue_words(hit, case)})


def passage(rule: WordingRule | UnsupportedRule, hit: Hit, case: Case) -> Place:
    """The words of the cue, or the whole sentence they stand in."""
    sentence = case.sentences[hit.sentence]
    return Place(sentence.paragraph, hit.start, hit.end) if rule.passage == "cue" else place_of(sentence)


def cue_words(hit: Hit, case: Case) -> str:
    """The words that the cue met, as the report has them, in quotation marks."""
    return f"“{case.document.paragraphs[case.sentences[hit.sentence].paragraph].text[hit.start : hit.end].strip()}”"
