"""The ways of judging that are set beside each other, and the outcomes of each on the same reports.

Each report is read by the models once, whatever the number of ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qualitycheck.judging.artefacts import manifest
from qualitycheck.judging.claims import WORTH_ASKING
from qualitycheck.judging.judge import BOLDNESS, Boldness, Judge
from qualitycheck.judging.reader import Reader, load_reader
from qualitycheck.judging.weighing import SaidOfElement, SaidOfSentence, Weights, load_weights
from qualitycheck.learning.hearing import Remembered
from qualitycheck.measuring.labels import Labels
from qualitycheck.measuring.outcome import Answer, Outcome, outcome_of
from qualitycheck.models.evaluation.reports import Report, read_written
from qualitycheck.models.training import combine
from qualitycheck.pipeline import Settings, check_document
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.rulebook.schema import ElementRule

MAJORITY, RULES, MODEL, BOTH = "majority", "rules only", "model only", "both"
DEFAULT: Boldness = "balanced"  # the setting that `both` is


@dataclass(frozen=True)
class Configuration:
    settings: Settings
    rulebook: Rulebook


class WithoutRules(Weights):
    """Weights that were learnt without what the rules say, and are not told it."""

    def statuses(self, said: Sequence[SaidOfElement]) -> NDArray[np.float32]:
        return super().statuses([blank_element(one) for one in said])

    def faults(self, said: Sequence[SaidOfSentence]) -> NDArray[np.float32]:
        return super().faults([blank_sentence(one) for one in said])


def blank_element(said: SaidOfElement) -> SaidOfElement:
    return replace(said, rule="", confidence=0.5)


def blank_sentence(said: SaidOfSentence) -> SaidOfSentence:
    return replace(said, confidence=0.0)


def without_rules(heard: combine.Heard) -> combine.Heard:
    """The report as the reader alone would have it: no rule says anything, and what only a rule asks is not asked."""
    kept = [place for place, said in enumerate(heard.sentences) if said.odds >= WORTH_ASKING]
    return heard._replace(
        elements=[blank_element(one) for one in heard.elements],
        asked=[heard.asked[place] for place in kept],
        sentences=[blank_sentence(heard.sentences[place]) for place in kept],
        faulty=heard.faulty[kept],
        fault_keys=[heard.fault_keys[place] for place in kept],
    )


def shipped(development: Path) -> dict[str, Configuration]:
    """Every way of judging with the shipped models; the reader alone is weighed on the development voices."""
    reader = Remembered(load_reader())
    told = manifest()
    rulebook = load_rulebook()
    judges = {bold: Judge(reader, load_weights(), told["thresholds"][bold], told["version"]) for bold in BOLDNESS}
    alone = model_alone(read_written(development), reader, told["version"])
    settings: dict[str, Configuration] = {
        bold: Configuration(Settings(judge=judge), rulebook) for bold, judge in judges.items()
    }
    return {
        RULES: Configuration(Settings(), rulebook),
        MODEL: Configuration(Settings(judge=alone), only_elements(rulebook)),
        BOTH: settings.pop(DEFAULT),
        **settings,
    }


def only_elements(rulebook: Rulebook) -> Rulebook:
    """The rulebook without rules that flag: they still name the elements, and say nothing that is heard."""
    return rulebook.without({rule.id for rule in rulebook.rules if not isinstance(rule, ElementRule)})


def model_alone(labels: Sequence[dict[str, object]], reader: Reader, version: str) -> Judge:
    """The reader weighed by itself on these reports, as training weighs it with the rules."""
    heard = [without_rules(combine.hear(label, reader)) for label in labels]
    _, shares = combine.cross_validated(heard)
    weights = WithoutRules(combine.as_graph(combine.fit_statuses(heard)), combine.as_graph(combine.fit_faults(heard)))
    return Judge(reader, weights, combine.thresholds(heard, shares, combine.LEAST_PRECISION[DEFAULT]), version)


def outcomes(reports: Iterable[Report], ways: Mapping[str, Configuration]) -> dict[str, list[Outcome]]:
    """What came of every report, by way of judging, in the order of the reports."""
    found: dict[str, list[Outcome]] = {way: [] for way in ways}
    for report in reports:
        for way, how in ways.items():
            result = check_document(report.document, how.settings, how.rulebook)
            found[way].append(outcome_of(report.document, result, report.labels))
    return found


def commonest(train: Iterable[Labels]) -> dict[str, str]:
    """The commonest status of each element."""
    counts: dict[str, Counter[str]] = {}
    for labels in train:
        for id_, label in labels.elements.items():
            counts.setdefault(id_, Counter())[label.status.value] += 1
    return {id_: min(count, key=lambda status: (-count[status], status)) for id_, count in counts.items()}


def guessed(reports: Iterable[Report], guess: Mapping[str, str]) -> list[Outcome]:
    """Outcomes of always saying an element's commonest status, and flagging nothing."""
    return [
        Outcome(
            report.id,
            tuple(Answer(id_, label.status, guess[id_], 1.0, False) for id_, label in report.labels.elements.items()),
            faults_labelled=True,
            missed=tuple(fault.rule for fault in report.labels.findings or ()),
            clean=len(report.labels.clean),
        )
        for report in reports
    ]
