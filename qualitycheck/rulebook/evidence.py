"""The passages of a report that come nearest to being evidence for a claim.

Nearness is the shared content words, each weighted by how rare it is in the report (inverse sentence frequency),
among sentences that can be evidence at all: seen, told, read, admitted or found. Linear in the report's length.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from qualitycheck.understanding.case import Case, Sentence, Voice

MOST = 3  # passages shown
LEAST_SHARED = 6.0  # weight of shared words below which a sentence is not near: two rare ones, or three
LEAST_WORDS = 2
_SOURCES = frozenset({Voice.OBSERVED, Voice.TOLD, Voice.DOCUMENT, Voice.ADMITTED, Voice.FOUND})
_WORD = re.compile(r"[A-Z]{4,}|[a-z][a-z'-]{2,}")
_EMPTY = frozenset(
    "the and that this with for was were has had have been are not but from her his him she they them their which who "
    "when what where there would could should will can may about into than then also more most some any all very it "
    "CHILD".split()
)


def content_words(masked: str) -> frozenset[str]:
    """The words of a masked sentence that carry meaning, cut to a rough stem."""
    return frozenset(_stem(word) for word in _WORD.findall(masked) if word not in _EMPTY)


def _stem(word: str) -> str:
    return re.sub(r"(?:'s|ing|edly|ed|ly|es|s)$", "", word) if len(word) > 5 and word.islower() else word


class Evidence:
    """An index of one case's sentences by their content words."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._words = [content_words(sentence.masked) for sentence in case.sentences]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for sentence, words in zip(case.sentences, self._words, strict=True):
            if sentence.voice in _SOURCES and not sentence.heading and not sentence.statutory:
                for word in words:
                    self._with_word[word].append(sentence.index)

    def nearest(self, claim: Sentence) -> list[Sentence]:
        """Up to three sentences, in reading order; empty when none shares enough with the claim."""
        total = len(self._case.sentences)
        weight: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        for word in self._words[claim.index]:
            found = self._with_word.get(word, [])
            if len(found) <= max(20, total // 10):  # words that stand everywhere tell nothing
                shared.update(found)
                for index in found:
                    weight[index] += math.log(1 + total / len(found))
        weight.pop(claim.index, None)
        near = [index for index, value in weight.items() if value >= LEAST_SHARED and shared[index] >= LEAST_WORDS]
        best = sorted(near, key=lambda index: (-weight[index], index))[:MOST]
        return [self._case.sentences[index] for index in sorted(best)]
