"""Whether a report's outside tells what is inside: a classifier given only its length, its layout and its headings.

It guesses a report's quality (excellent or good, or not) and whether each element is partial or missing; regressions
are fitted on other voices than they are asked about. AUC is how often the one of two that is lacking is told from the
other: 0.5 is chance. `within quality` compares only reports of the same quality: what is left once quality is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from qualitycheck.models.corpora.edits import texts

Report = dict[str, Any]
Table = NDArray[np.float64]
FOLDS = 5
DRAWS = 8  # of folds; what one draw tells of so few reports may be luck
FEWEST = 8  # reports with and without a label, below which it is not asked about


@dataclass(frozen=True)
class Told:
    """AUCs."""

    quality: float
    statuses: float
    statuses_within_quality: float


def length(reports: Sequence[Report]) -> Table:
    """Words in all."""
    return np.array([[np.log(sum(_words(report)))] for report in reports])


def layout(reports: Sequence[Report]) -> Table:
    """The layout, and whether there are tables, lists, boxes and notes."""
    rows = [
        {f"layout {report['layout']}": 1.0, **{block["kind"]: 1.0 for block in report["blocks"]}} for report in reports
    ]
    table: Table = DictVectorizer(sparse=False).fit_transform(rows)
    return table


def headings(reports: Sequence[Report]) -> Table:
    """The words of the headings."""
    joined = [" ".join(block["text"] for block in report["blocks"] if block["kind"] == "heading") for report in reports]
    table: Table = TfidfVectorizer(min_df=5, sublinear_tf=True).fit_transform(joined).toarray()
    return table


def told_by(reports: Sequence[Report], *features: Callable[[Sequence[Report]], Table]) -> Told:
    """How well quality and statuses are told from these features alone."""
    table = np.hstack([StandardScaler().fit_transform(feature(reports)) for feature in features])
    by_element: dict[tuple[str, ...], list[tuple[bool, float]]] = defaultdict(list)
    within: dict[tuple[str, ...], list[tuple[bool, float]]] = defaultdict(list)
    for element in sorted({id_ for report in reports for id_ in report["gold"]["elements"]}):
        those = [place for place, report in enumerate(reports) if element in report["gold"]["elements"]]
        lacking = [reports[place]["gold"]["elements"][element]["status"] in ("partial", "missing") for place in those]
        if min(sum(lacking), len(lacking) - sum(lacking)) < FEWEST:
            continue
        guesses = _guesses(table[those], lacking, [reports[place] for place in those])
        for place, is_lacking, guess in zip(those, lacking, guesses, strict=True):
            by_element[element,].append((is_lacking, guess))
            within[element, reports[place]["quality"]].append((is_lacking, guess))
    good = [report["quality"] in ("excellent", "good") for report in reports]
    quality = np.mean([roc_auc_score(good, _guesses(table, good, reports, draw)) for draw in range(DRAWS)])
    return Told(float(quality), _auc(list(by_element.values())), _auc(list(within.values())))


def _guesses(table: Table, answers: Sequence[bool], reports: Sequence[Report], draw: int = 0) -> Table:
    model = LogisticRegression(C=0.1, solver="liblinear")
    voices = [report["voice"] for report in reports]
    guesses: Table = cross_val_predict(
        model,
        table,
        answers,
        groups=voices,
        cv=GroupKFold(FOLDS, shuffle=True, random_state=draw),
        method="decision_function",
    )
    return guesses


def _auc(groups: Sequence[Sequence[tuple[bool, float]]]) -> float:
    """Over all pairs of one that is lacking and one that is not, both of the same group."""
    told = pairs = 0.0
    for group in groups:
        lacking = sum(answer for answer, _ in group)
        of_group = lacking * (len(group) - lacking)
        if of_group:
            told += of_group * float(roc_auc_score([answer for answer, _ in group], [guess for _, guess in group]))
            pairs += of_group
    return told / pairs


def _words(report: Report) -> list[int]:
    return [len(text.split()) for text in texts(report["blocks"])]
