"""Flag a claim that has nothing under it within reach, and show what comes nearest to being its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.rulebook.evidence import Evidence
from qualitycheck.rulebook.flag import Flag, place_of
from qualitycheck.rulebook.kinds.wording import cue_words, passage
from qualitycheck.rulebook.matching import Matcher
from qualitycheck.rulebook.schema import UnsupportedRule


def flags(rule: UnsupportedRule, matcher: Matcher, evidence: Evidence) -> Iterator[Flag]:
    """One flag for each sentence that makes the claim unsupported, in reading order."""
    case = matcher.case
    seen: set[int] = set()
    for hit in sorted(hit for signal in rule.claim for hit in matcher.signal(signal)):
        sentence = case.sentences[hit.sentence]
        if hit.sentence in seen or (rule.most is not None and len(seen) >= rule.most):
            continue
        if any(matcher.found_near(sentence, support) for support in rule.support):
            continue
        seen.add(hit.sentence)
        nearest = tuple(place_of(candidate) for candidate in evidence.nearest(sentence))
        yield Flag(passage(rule, hit, case), support=nearest, detail={"words": cue_words(hit, case)})
