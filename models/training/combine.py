"""Learn how to weigh rules against the reader, and from what likelihood a fault is shown, on the development voices.

Neither the rules were written nor the reader was trained on these reports, so both are met as they are on new ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from skl2onnx import to_onnx
from sklearn.linear_model import LogisticRegression

from qualitycheck.judging.claims import Asked, questions
from qualitycheck.judging.judge import Boldness
from qualitycheck.judging.labels import FAULTS, MAY_NOT_APPLY, STATUSES
from qualitycheck.judging.reader import Reader
from qualitycheck.judging.verdict import said_of_elements
from qualitycheck.judging.weighing import (
    SaidOfElement,
    SaidOfSentence,
    fault_features,
    status_features,
)
from qualitycheck.learning.hearing import found_by
from qualitycheck.measuring.outcome import spots_of
from qualitycheck.models.evaluation.reports import report_of
from qualitycheck.pipeline import ask_rules
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType

# Regularisation (inverse strength), chosen on the development voices by cross-validation over voices.
STATUS_C = 0.1
# How many elements are met in reports as they come: of 40 by other authors, 58 in 100, where our own have more.
MET_SHARE = 0.58
FAULT_C = 0.3
# What a flag must be worth: the share of flags right that each setting asks for.
LEAST_PRECISION: dict[Boldness, float] = {"strict": 0.8, "balanced": 0.65, "thorough": 0.5}
SUREST = 0.95  # the likelihood asked for where no other will do


class Heard(NamedTuple):
    """One labelled report after rules and reader: what each said, and what was labelled."""

    id: str
    voice: str
    elements: list[SaidOfElement]
    statuses: list[str]
    asked: list[Asked]
    sentences: list[SaidOfSentence]
    faulty: NDArray[np.bool_]
    fault_keys: list[tuple[int, ...]]  # for each question, which labelled faults it would find
    faults: Mapping[str, int]  # labelled faults by kind


def hear(label: dict[str, Any], reader: Reader, rulebook: Rulebook | None = None) -> Heard:
    """Rules and reader on one labelled report, as a check runs them; raises Lost where a quotation is not in it."""
    rulebook = rulebook or load_rulebook()
    report = report_of(label)
    label = report.label
    case = understand(report.document, type=ReportType(label["type"]))
    said = ask_rules(Bench(case, rulebook), rulebook)
    reading = reader.read(case)
    gold = label["gold"]
    elements = [one for one in said_of_elements(said.elements, reading) if one.element in gold["elements"]]
    asked = questions(case, reading, said.ruled)
    faults = spots_of(report.document, report.labels.findings or ())
    found = [found_by(case, one, faults) for one in asked]
    return Heard(
        label["id"],
        label["voice"],
        elements,
        [gold["elements"][one.element]["status"] for one in elements],
        list(asked),
        list(asked.values()),
        np.array([bool(keys) for keys in found], bool),
        found,
        Counter(id_ for id_, _ in faults),
    )


def fit_statuses(heard: Iterable[Heard]) -> LogisticRegression:
    """The regression, with the labelled reports weighted as if MET_SHARE of their elements were met."""
    said = [(one, status) for report in heard for one, status in zip(report.elements, report.statuses, strict=True)]
    features = status_features([one for one, _ in said])
    met = np.array([status == "met" for _, status in said])
    share = met.mean()
    weights = np.where(met, MET_SHARE / share, (1 - MET_SHARE) / (1 - share))
    model = LogisticRegression(C=STATUS_C, max_iter=5000)
    return model.fit(features, [STATUSES.index(status) for _, status in said], sample_weight=weights)


def fit_faults(heard: Iterable[Heard]) -> LogisticRegression:
    reports = list(heard)
    features = fault_features([one for report in reports for one in report.sentences])
    return LogisticRegression(C=FAULT_C, max_iter=5000).fit(features, np.concatenate([r.faulty for r in reports]))


def thresholds(heard: Sequence[Heard], shares: Sequence[NDArray[np.float64]], least: float) -> dict[str, float]:
    """For each fault, the likelihood from which a flag is shown: the same for all, as no kind has enough of its own.

    The lowest likelihood at which at least `least` of the flags are right. `shares` come from weights that had not seen
    the report (`cross_validated`).
    """
    asked = [
        (float(share), (report.id, keys[0]) if keys else None)
        for report, of_report in zip(heard, shares, strict=True)
        for keys, share in zip(report.fault_keys, of_report, strict=True)
    ]
    found: set[tuple[str, int]] = set()
    false, at = 0, SUREST
    for share, key in sorted(asked, key=lambda one: -one[0]):
        if key is None:
            false += 1
            continue
        found.add(key)
        if len(found) / (len(found) + false) >= least:
            at = share
    return dict.fromkeys(FAULTS, round(at - 0.0005, 3))


def cross_validated(
    heard: Sequence[Heard], folds: int = 6
) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """Statuses' and faults' likelihoods for each report, by weights fitted on the other voices."""
    voices = sorted({report.voice for report in heard})
    fold = {voice: number % folds for number, voice in enumerate(voices)}
    statuses: list[Any] = [None] * len(heard)
    faults: list[Any] = [None] * len(heard)
    for held in range(folds):
        others = [report for report in heard if fold[report.voice] != held]
        if len(others) == len(heard):
            continue
        of_status, of_fault = fit_statuses(others), fit_faults(others)
        for place, report in enumerate(heard):
            if fold[report.voice] == held:
                statuses[place] = status_shares(of_status, report)
                faults[place] = fault_shares(of_fault, report)
    return statuses, faults


def status_shares(model: LogisticRegression, report: Heard) -> NDArray[np.float64]:
    """(elements, STATUSES): how likely each is; what must apply is never not applicable."""
    shares = np.zeros((len(report.elements), len(STATUSES)))
    shares[:, model.classes_] = model.predict_proba(status_features(report.elements))
    for row, said in zip(shares, report.elements, strict=True):
        if said.element not in MAY_NOT_APPLY:
            row[STATUSES.index("not-applicable")] = 0
    return shares / shares.sum(axis=1, keepdims=True)


def fault_shares(model: LogisticRegression, report: Heard) -> NDArray[np.float64]:
    """(questions,): how likely each fault that was asked about is."""
    shares: NDArray[np.float64] = model.predict_proba(fault_features(report.sentences))[:, 1]
    return shares


def as_graph(model: LogisticRegression) -> bytes:
    """The regression as an ONNX graph: features "X" -> label, likelihoods."""
    nothing = np.zeros((1, model.n_features_in_), np.float32)
    graph: bytes = to_onnx(model, nothing, options={"zipmap": False}).SerializeToString()
    return graph
