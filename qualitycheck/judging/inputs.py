"""What the reader is given of a case: the words of its sentences, and what was understood of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qualitycheck.judging.artefacts import verified
from qualitycheck.judging.labels import ROLES, VOICES
from qualitycheck.understanding.case import Case, Position

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 96  # word pieces of one sentence that are read; 99 of 100 sentences are shorter
LONG = 60  # words, from where a sentence is no longer counted as longer
FEATURES = len(ROLES) + len(VOICES) + 8
_CLOSING = 102  # the word piece that ends a sentence, in the encoder's vocabulary


@dataclass(frozen=True)
class Inputs:
    """One case as numbers: word pieces of each sentence, and an array of (sentences, FEATURES)."""

    pieces: list[list[int]]
    features: NDArray[np.float32]


@cache
def tokenizer() -> Any:
    """The encoder's own: words to word pieces; raises DamagedModel."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_buffer(verified("tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def inputs_of(case: Case) -> Inputs:
    """What the reader is given of the case; a case without sentences gives arrays of no rows."""
    return Inputs(pieces_of([sentence.text for sentence in case.sentences]), _features(case))


def pieces_of(texts: list[str]) -> list[list[int]]:
    """The word pieces of each sentence, cut at LONGEST."""
    encoded = [encoding.ids for encoding in tokenizer().encode_batch(texts)]
    return [ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], _CLOSING] for ids in encoded]


def _features(case: Case) -> NDArray[np.float32]:
    import numpy as np

    rows = np.zeros((len(case.sentences), FEATURES), np.float32)
    children = {child.key for child in case.children}
    parents = {person.key for person in case.people if person.position in (Position.MOTHER, Position.FATHER)}
    before = None
    for row, sentence in zip(rows, case.sentences, strict=True):
        row[ROLES.index(sentence.role)] = 1
        row[len(ROLES) + VOICES.index(sentence.voice)] = 1
        row[len(ROLES) + len(VOICES) :] = (
            sentence.heading,
            sentence.in_table,
            sentence.statutory,
            sentence.index / len(case.sentences),
            min(len(sentence.text.split()), LONG) / 30,
            bool(sentence.about & children),
            bool(sentence.about & parents),
            sentence.paragraph == before,
        )
        before = sentence.paragraph
    return rows
