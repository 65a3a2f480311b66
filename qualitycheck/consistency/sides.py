"""An injury or condition that changes sides: a burn of the left forearm, later of the right arm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import quoted
from qualitycheck.understanding.case import Case, Role, Sentence

# Parts of the body by region: a forearm is an arm.
_REGIONS = {
    "arm": "arm|forearm|wrist|elbow|upper arm|humerus|radius|ulna",
    "leg": "leg|thigh|femur|tibia|shin|calf|knee|ankle|lower leg",
    "hand": "hand|thumb|palm|finger|index finger|little finger",
    "foot": "foot|heel|big toe|toe|sole",
    "eye": "eye|eyelid|eyebrow",
    "ear": "ear|earlobe",
    "face": "cheek|temple|jaw",
    "shoulder": "shoulder|collarbone|collar bone|clavicle|shoulder blade",
    "hip": "hip|buttock",
    "side": "kidney|lung|rib|side",
}
_REGION_OF = {part: region for region, parts in _REGIONS.items() for part in parts.split("|")}
_PARTS = "|".join(sorted(_REGION_OF, key=len, reverse=True))
_SIDE = re2.compile(rf"(?i)\b(?P<side>left|right)[ -](?:hand )?(?P<part>{_PARTS})s?\b")
# What is wrong with it; words of one kind stand together.
_HARMS = {
    "burn": "burn(?:s|ed|t)?|scald(?:s|ed)?|scars?|scarr(?:ed|ing)",
    "break": "fractur\\w+|broken?|broke|breaks|plaster|cast",
    "bruise": "bruis\\w+|black eye|swelling|swollen|marks?|red mark|slap(?:ped)?|hit|punch\\w*",
    "wound": "cuts?|stab\\w*|wounds?|stitch\\w*|laceration|bite\\w*|bitten|graze[sd]?|scratch\\w*",
    "sight": "squint|lazy|patch\\w*|blind|sight|glasses|vision|cataract|ptosis",
    "hearing": "deaf\\w*|hearing|grommets?|implant|perforat\\w+|glue",
    "palsy": "palsy|weak\\w*|splint|hemiplegia|stiff\\w*|brace|limp\\w*|operat\\w+|surgery|missing|amputat\\w+|shorter",
}
_HARM = re2.compile("(?i)\\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _HARMS.items()) + ")\\b")
_SEVERAL = re2.compile(r"(?i)\b(?:both|each|other|another|either|second|bilateral\w*)\b")
MOST = 40  # characters between a side and what is wrong there


class _Told(NamedTuple):
    side: str
    sentence: Sentence
    start: int  # in the sentence's text
    end: int


def sides(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for the later of two sides told of one injury or condition."""
    told: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for sentence in case.sentences:
        if sentence.statutory or sentence.role is Role.STATUTE:
            continue
        for found in _SIDE.finditer(sentence.text):
            if quoted(case, sentence.paragraph, sentence.start + found.start()):
                continue
            region = _REGION_OF[found.group("part").lower()]
            for harm in _harms(sentence.text, found.start(), found.end()):
                told[harm, region].append(_Told(found.group("side").lower(), sentence, found.start(), found.end()))
    flagged: set[Span] = set()
    for places in told.values():
        fault = _two_sides(case, places)
        if fault is not None and Span(fault.paragraph, fault.start, fault.end) not in flagged:
            flagged.add(Span(fault.paragraph, fault.start, fault.end))
            yield fault


def _harms(text: str, start: int, end: int) -> set[str]:
    """What is wrong there: told in the same clause, or anywhere in a sentence that names one side only."""
    alone = len(_SIDE.findall(text)) == 1
    return {
        found.lastgroup or ""
        for found in _HARM.finditer(text)
        if alone or (-MOST <= found.end() - start <= 0) or (0 <= found.start() - end <= MOST)
    }


def _two_sides(case: Case, places: list[_Told]) -> Fault | None:
    first = places[0]
    odd = next(
        (
            one
            for one in places[1:]
            if one.side != first.side and not differing_accounts(case, first.sentence, one.sentence)
        ),
        None,
    )
    if odd is None or odd.sentence.paragraph == first.sentence.paragraph:
        return None
    if any(_SEVERAL.search(one.sentence.text) for one in places) or _both_named(places):
        return None  # one of each side, told together somewhere
    about, others = first.sentence.about, odd.sentence.about
    children = {key for key in about | others if key.startswith(("child", "sibling"))}
    if len(children) > 1 and not {key for key in about & others if key in children}:
        return None
    back = sum(one.side == first.side for one in places) < sum(one.side == odd.side for one in places)
    here, there = (first, odd) if back else (odd, first)  # the side told less often is the slip
    detail = {"this": _phrase(here), "other": _phrase(there)}
    return Fault("inconsistent-fact", *_span(here), (_span(there),), detail)


def _both_named(places: list[_Told]) -> bool:
    by_sentence: dict[int, set[str]] = defaultdict(set)
    for one in places:
        by_sentence[one.sentence.index].add(one.side)
    return any(len(named) > 1 for named in by_sentence.values())


def _span(one: _Told) -> Span:
    return Span(one.sentence.paragraph, one.sentence.start + one.start, one.sentence.start + one.end)


def _phrase(one: _Told) -> str:
    return one.sentence.text[one.start : one.end]
