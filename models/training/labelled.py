"""Labelled reports as the reader sees them: its inputs, and for each sentence and element what it should say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from qualitycheck.document import Document
from qualitycheck.judging.inputs import inputs_of
from qualitycheck.judging.labels import ELEMENTS, FAULTS, SPEAKERS, STATUSES
from qualitycheck.measuring.places import locate
from qualitycheck.models.corpora import pairs
from qualitycheck.models.evaluation.reports import report_of
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

UNKNOWN = -100  # a status or speaker that nobody labelled
CLEAN_WEIGHT = 3.0  # of a sentence that looks like a fault and is none


@dataclass(frozen=True)
class Lesson:
    """One report to learn from; its `variants` differ from it in a few sentences and in what follows from them."""

    id: str
    pieces: list[list[int]]
    features: Tensor
    type: Tensor
    evidence: Tensor  # (sentences, ELEMENTS), 0 or 1
    reasoned: Tensor
    faults: Tensor  # (sentences, FAULTS)
    fault_weights: Tensor
    statuses: Tensor  # (ELEMENTS), UNKNOWN where not for this type of report
    speakers: Tensor  # (sentences), mostly UNKNOWN
    variants: list[Lesson] = field(default_factory=list)


def lesson(label: dict[str, Any], unsure: frozenset[str] = frozenset()) -> Lesson:
    """The labelled report, written in its own layout and read back as a user's would be.

    Nothing is learnt of the elements in `unsure`.
    """
    report = report_of(label)
    label, document = report.label, report.document
    case = understand(document, type=ReportType(label["type"]))
    given = inputs_of(case)
    count = len(case.sentences)
    evidence, reasoned = torch.zeros(count, len(ELEMENTS)), torch.zeros(count, len(ELEMENTS))
    faults, weights = torch.zeros(count, len(FAULTS)), torch.ones(count, len(FAULTS))
    statuses = torch.full((len(ELEMENTS),), UNKNOWN)
    speakers = torch.full((count,), UNKNOWN)
    gold = label["gold"]
    for id_, told in gold["elements"].items():
        if id_ in unsure:
            continue
        element = ELEMENTS.index(id_)
        statuses[element] = STATUSES.index(told["status"])
        for quote in told.get("evidence", []):
            for index in _sentences(case, document, quote):
                evidence[index, element] = 1
                reasoned[index, element] = float(told["status"] == "met")
    for item in gold["findings"]:
        if item["rule"] in FAULTS:
            for index in _sentences(case, document, item["quote"], item.get("occurrence", 1)):
                faults[index, FAULTS.index(item["rule"])] = 1
    for item in gold["clean"]:
        if item["rule"] in FAULTS:
            for index in _sentences(case, document, item["quote"]):
                weights[index, FAULTS.index(item["rule"])] = CLEAN_WEIGHT
    for item in gold.get("attribution", []):
        for index in _sentences(case, document, item["quote"]):
            speakers[index] = SPEAKERS.index(item["source"])
    return Lesson(
        label["id"],
        given.pieces,
        torch.from_numpy(given.features),
        torch.tensor(int(label["type"] == "section31")),
        evidence,
        reasoned,
        faults,
        weights,
        statuses,
        speakers,
    )


def with_variants(label: dict[str, Any], by_operators: int, seed: int) -> Lesson:
    """The report with its written pairs and so many mutations as variants, drawn by `seed` and the report's id."""
    made = list(pairs.written(label))
    drawn = list(pairs.by_operators(label, draws=1, seed=seed))
    made += random.Random(f"{seed}/{label['id']}").sample(drawn, min(by_operators, len(drawn)))
    return replace(lesson(label), variants=[_variant(label, pair) for pair in made])


def _variant(label: dict[str, Any], pair: pairs.Pair) -> Lesson:
    """One pair's other half; an element whose passages the edit touched, other than the pair's own, is left unsure."""
    gold = pair.gold_after
    touched = {
        id_
        for id_, told in label["gold"]["elements"].items()
        if id_ != pair.id and len(told.get("evidence", [])) != len(gold["elements"][id_].get("evidence", []))
    }
    return lesson({**label, "blocks": pair.after, "gold": gold}, pair.unsure | touched)


def _sentences(case: Case, document: Document, quote: str, occurrence: int = 1) -> Iterator[int]:
    spot = locate(document, quote, occurrence)
    if spot is None:
        return
    for sentence in case.by_paragraph.get(spot.paragraph, ()):
        if sentence.start < spot.end and spot.start < sentence.end:
            yield sentence.index
