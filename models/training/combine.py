"""Learn how to weigh rules against the reader, and from what likelihood a fault is shown, on the development voices.

Neither the rules were written nor the reader was trained on these reports, so both are met as they are on new ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from qualitycheck.models.corpora.layouts import write_docx
from qualitycheck.models.evaluate import locate
from skl2onnx import to_onnx
from sklearn.linear_model import LogisticRegression

from qualitycheck.judging.claims import Asked, Ruled, questions
from qualitycheck.judging.judge import Boldness
from qualitycheck.judging.labels import ELEMENTS, FAULTS, STATUSES
from qualitycheck.judging.reader import Reader, Reading
from qualitycheck.judging.weighing import (
    SaidOfElement,
    SaidOfSentence,
    fault_features,
    status_features,
)
from qualitycheck.pipeline import SaidByRules, ask_rules, rule_confidence
from qualitycheck.reading import read_docx
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.rulebook.schema import CheckRule
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

# Regularisation (inverse strength), chosen on the development voices by cross-validation over voices.
STATUS_C = 0.3
FAULT_C = 0.3
# What a flag must be worth: the share of flags right that each setting asks for before it looks for more.
LEAST_PRECISION: dict[Boldness, float] = {"strict": 0.9, "balanced": 0.75, "thorough": 0.5}
FEWEST = 8  # faults of one kind, below which its threshold is the one for all


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
    faults: dict[str, int]  # labelled faults by kind


def hear(label: dict[str, Any], reader: Reader, rulebook: Rulebook | None = None) -> Heard:
    """Rules and reader on one labelled report, as a check would run them."""
    rulebook = rulebook or load_rulebook()
    document = read_docx(write_docx(label, label["layout"]), name=f"{label['id']}.docx")
    case = understand(document, type=ReportType(label["type"]))
    said = ask_rules(Bench(case, rulebook), rulebook)
    reading = reader.read(case)
    gold = label["gold"]
    elements, statuses = _elements(said, reading, rulebook, gold["elements"])
    asked = questions(case, reading, _ruled(said, rulebook))
    found = [_found(case, one, gold["findings"]) for one in asked]
    return Heard(
        label["id"],
        label["voice"],
        elements,
        statuses,
        list(asked),
        list(asked.values()),
        np.array([bool(keys) for keys in found], bool),
        found,
        _counts(gold["findings"]),
    )


def _elements(
    said: SaidByRules, reading: Reading, rulebook: Rulebook, gold: dict[str, Any]
) -> tuple[list[SaidOfElement], list[str]]:
    known = [(rule, judged) for rule, judged in said.judged if rule.criterion in ELEMENTS and rule.criterion in gold]
    elements = [
        SaidOfElement(
            rule.criterion,
            judged.status.value,
            rule_confidence(rulebook, rule.id, judged.status.value),
            reading.statuses[ELEMENTS.index(rule.criterion)],
        )
        for rule, judged in known
    ]
    return elements, [gold[rule.criterion]["status"] for rule, _ in known]


def _ruled(said: SaidByRules, rulebook: Rulebook) -> list[Ruled]:
    return [
        Ruled(rule.criterion, rule_confidence(rulebook, rule.id, "flag"), flag.place)
        for rule, flag in said.flagged
        if rule.criterion in FAULTS and not isinstance(rule, CheckRule)
    ]


def _found(case: Case, asked: Asked, findings: list[dict[str, Any]]) -> tuple[int, ...]:
    """The labelled faults that a flag on this sentence would find."""
    sentence = case.sentences[asked.sentence]
    keys = []
    for key, finding in enumerate(findings):
        if finding["rule"] != asked.fault:
            continue
        spot = locate(case.document, finding["quote"], finding.get("occurrence", 1))
        if spot and spot.paragraph == sentence.paragraph and sentence.start < spot.end and spot.start < sentence.end:
            keys.append(key)
    return tuple(keys)


def _counts(findings: list[dict[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for finding in findings:
        counts[finding["rule"]] += 1
    return dict(counts)


def fit_statuses(heard: Iterable[Heard]) -> LogisticRegression:
    said = [(one, status) for report in heard for one, status in zip(report.elements, report.statuses, strict=True)]
    features = status_features([one for one, _ in said])
    return LogisticRegression(C=STATUS_C, max_iter=5000).fit(features, [STATUSES.index(status) for _, status in said])


def fit_faults(heard: Iterable[Heard]) -> LogisticRegression:
    reports = list(heard)
    features = fault_features([one for report in reports for one in report.sentences])
    return LogisticRegression(C=FAULT_C, max_iter=5000).fit(features, np.concatenate([r.faulty for r in reports]))


@dataclass(frozen=True)
class Scored:
    """What a fault's questions came to: the likelihood, the labelled fault each would find (None: a false alarm)."""

    share: float
    key: tuple[str, int] | None


def thresholds(heard: Sequence[Heard], shares: Sequence[NDArray[np.float64]], least: float) -> dict[str, float]:
    """For each fault, the likelihood from which flags are shown: the most found at a precision of at least `least`.

    `shares` are likelihoods by weights that had not seen the report (cross-validated). Kinds with fewer than FEWEST
    labelled faults share one threshold.
    """
    scored: dict[str, list[Scored]] = defaultdict(list)
    wanted: dict[str, int] = defaultdict(int)
    for report, of_report in zip(heard, shares, strict=True):
        for fault, count in report.faults.items():
            wanted[fault] += count
        for asked, keys, share in zip(report.asked, report.fault_keys, of_report, strict=True):
            scored[asked.fault].append(Scored(float(share), (report.id, keys[0]) if keys else None))
    together = [one for fault in FAULTS for one in scored[fault]]
    common = _threshold(together, sum(wanted[fault] for fault in FAULTS), least)
    return {
        fault: round(_threshold(scored[fault], wanted[fault], least) if wanted[fault] >= FEWEST else common, 3)
        for fault in FAULTS
    }


def _threshold(scored: Sequence[Scored], wanted: int, least: float) -> float:
    """The likelihood with the best F1 among those whose flags are right often enough; else the surest flag's."""
    found: set[tuple[str, int]] = set()
    false, best, at = 0, -1.0, 0.95
    for one in sorted(scored, key=lambda one: -one.share):
        if one.key is None:
            false += 1
        else:
            found.add(one.key)
        precision = len(found) / (len(found) + false)
        f1 = 2 * len(found) / (len(found) + false + wanted) if wanted else 0.0
        if one.key is not None and precision >= least and f1 > best:
            best, at = f1, one.share
    return min(max(at - 0.001, 0.05), 0.95)


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
                statuses[place] = _by_status(of_status, status_features(report.elements))
                faults[place] = of_fault.predict_proba(fault_features(report.sentences))[:, 1]
    return statuses, faults


def _by_status(model: LogisticRegression, features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Likelihoods in the order of STATUSES, also of one that was never seen."""
    shares = np.zeros((len(features), len(STATUSES)))
    shares[:, model.classes_] = model.predict_proba(features)
    return shares


def as_graph(model: LogisticRegression) -> bytes:
    """The regression as an ONNX graph: features "X" -> label, likelihoods."""
    nothing = np.zeros((1, model.n_features_in_), np.float32)
    graph: bytes = to_onnx(model, nothing, options={"zipmap": False}).SerializeToString()
    return graph
