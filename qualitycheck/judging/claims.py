"""Which sentences are faulty by meaning: what rules flag and the reader sees, weighed, each with its likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualitycheck.judging.labels import FAULTS, SPEAKERS
from qualitycheck.judging.reader import Reading
from qualitycheck.judging.weighing import SaidOfSentence, Weights
from qualitycheck.rulebook.flag import Place
from qualitycheck.understanding.case import Case, Role, Sentence

WORTH_ASKING = -5.0  # the reader's log-odds below which a sentence that no rule flags is not weighed


class Asked(NamedTuple):
    """A fault asked about in a sentence."""

    sentence: int
    fault: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule's flag: the fault it names, how often it is right, and where it stands."""

    fault: str
    confidence: float
    place: Place


def questions(case: Case, reading: Reading, ruled: Sequence[Ruled]) -> dict[Asked, SaidOfSentence]:
    """Every fault worth asking about in every sentence, with what rules and reader say of it."""
    by_rule: dict[Asked, float] = {}
    for flag in ruled:
        if (sentence := sentence_at(case, flag.place)) is not None and flag.fault in FAULTS:
            asked = Asked(sentence.index, flag.fault)
            by_rule[asked] = max(by_rule.get(asked, 0.0), flag.confidence)
    return {
        asked: _said(asked, by_rule.get(asked, 0.0), reading)
        for sentence in case.sentences
        for asked in _askable(sentence)
        if asked in by_rule or reading.faults[asked.sentence, FAULTS.index(asked.fault)] >= WORTH_ASKING
    }


def _askable(sentence: Sentence) -> Iterator[Asked]:
    """Faults that a sentence can have: a heading only that of its section, and statutory wording none."""
    if sentence.heading:
        yield Asked(sentence.index, "description-only")
    elif not sentence.statutory and sentence.role is not Role.STATUTE:
        yield from (Asked(sentence.index, fault) for fault in FAULTS if fault != "description-only")


def _said(asked: Asked, confidence: float, reading: Reading) -> SaidOfSentence:
    odds = reading.faults[asked.sentence]
    column = FAULTS.index(asked.fault)
    speakers = reading.speakers[asked.sentence]
    judging = SPEAKERS.index("judgement")
    return SaidOfSentence(
        asked.fault,
        float(odds[column]),
        confidence,
        max(float(value) for place, value in enumerate(odds) if place != column),
        float(speakers[judging] - max(value for place, value in enumerate(speakers) if place != judging)),
    )


def sentence_at(case: Case, place: Place) -> Sentence | None:
    """The sentence that the place stands in, by its first character."""
    for sentence in case.by_paragraph.get(place.paragraph, ()):
        if place.start < sentence.end and sentence.start < place.end:
            return sentence
    return None


def weighed(
    case: Case, reading: Reading, weights: Weights, ruled: Sequence[Ruled], thresholds: Mapping[str, float]
) -> dict[Asked, float]:
    """How likely each fault is, of those likely enough to be shown."""
    asked = questions(case, reading, ruled)
    shares = weights.faults(list(asked.values()))
    return {
        question: round(float(share), 3)
        for question, share in zip(asked, shares, strict=True)
        if share >= thresholds[question.fault]
    }
