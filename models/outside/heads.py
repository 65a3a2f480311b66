"""From evidence by sentence to answers: which sentence reports an item, and which items an article reports nowhere.

As in `judging/weighing.py`: a logistic regression over the best evidence, with features that all items share and
smaller ones of each item's own; learnt, as there, on articles that the network had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from qualitycheck.judging.weighing import MOST_ODDS, OWN
from qualitycheck.models.outside.articles import ITEMS, Article

Evidence = NDArray[np.float64]  # (sentences, ITEMS), log-odds
C = 0.3  # as for the shipped weights
STEPS = np.arange(-3.0, 3.01, 0.1)  # log-odds tried as the least at which a sentence reports an item


@dataclass(frozen=True)
class Heads:
    least: float  # log-odds from which a sentence reports an item
    missing: LogisticRegression

    def sentences(self, evidence: Evidence) -> NDArray[np.bool_]:
        """(sentences, ITEMS): which items each reports."""
        return evidence >= self.least

    def missing_items(self, evidence: Evidence) -> NDArray[np.bool_]:
        """(ITEMS,): which items no sentence reports."""
        answers: NDArray[np.bool_] = self.missing.predict(features(evidence)).astype(bool)
        return answers


def fit_heads(articles: Sequence[Article], evidence: Sequence[Evidence]) -> Heads:
    """`evidence`: of a network that had not seen the article."""
    labelled, odds = np.concatenate([article.items for article in articles]), np.concatenate(evidence)
    scores = [micro_f1(labelled, odds >= step) for step in STEPS]
    rows = np.concatenate([features(one) for one in evidence])
    missing = np.concatenate([~article.reported for article in articles])
    return Heads(float(STEPS[int(np.argmax(scores))]), LogisticRegression(C=C, max_iter=5000).fit(rows, missing))


def features(evidence: Evidence) -> NDArray[np.float64]:
    """(ITEMS, 3 + ITEMS): the best and the second best sentence, all together, and which item it is."""
    best = np.sort(np.vstack([evidence, np.full((2, len(ITEMS)), -MOST_ODDS)]), axis=0)[::-1]
    together = np.logaddexp.reduce(evidence, axis=0)
    shared = np.clip(np.stack([best[0], best[1], together], 1), -MOST_ODDS, MOST_ODDS)
    return np.hstack([shared, OWN * np.eye(len(ITEMS))])


def micro_f1(labelled: NDArray[np.bool_], answered: NDArray[np.bool_]) -> float:
    return float(2 * (labelled & answered).sum() / max(labelled.sum() + answered.sum(), 1))
