"""The trained reader: what it makes of each sentence and of the whole report.

Two graphs: the encoder turns each sentence by itself into a vector; the reader goes over the vectors in order, forward
and back, so that each sentence is judged beside its neighbours and under its heading.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qualitycheck.judging.artefacts import session, verified
from qualitycheck.judging.inputs import inputs_of, tokenizer
from qualitycheck.judging.labels import ELEMENTS, FAULTS, SPEAKERS, STATUSES
from qualitycheck.understanding.case import Case, ReportType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 8  # sentences of like length read together; more is slower on two cores (docs/benchmarks.md)
MISSING_IN_NOTHING = 4.0  # log-odds
THREADS = min(os.cpu_count() or 1, 4)


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one report: log-odds, before they are weighed against the rules.

    `evidence` and `reasoned` (sentences, ELEMENTS): the sentence shows something of the element; it shows it done.
    `faults` (sentences, FAULTS). `speakers` (sentences, SPEAKERS). `statuses` (ELEMENTS, STATUSES) of the whole report.
    """

    evidence: NDArray[np.float32]
    reasoned: NDArray[np.float32]
    faults: NDArray[np.float32]
    speakers: NDArray[np.float32]
    statuses: NDArray[np.float32]


class Reader:
    """The two graphs, loaded."""

    def __init__(self, encoder: bytes, reader: bytes) -> None:
        self._encoder = session(encoder, THREADS)
        self._reader = session(reader, THREADS)

    def read(self, case: Case) -> Reading:
        """What the reader makes of the case's sentences; of one without sentences, everything is missing."""
        import numpy as np

        given = inputs_of(case)
        if not given.pieces:
            return _of_nothing()
        section31 = np.array(case.type is ReportType.SECTION31, np.int64)
        vectors = self._vectors(given.pieces)
        return Reading(*self._reader.run(None, {"vectors": vectors, "features": given.features, "type": section31}))

    def _vectors(self, pieces: list[list[int]]) -> NDArray[np.float32]:
        """One vector a sentence; those of like length are read together, as padding costs time too."""
        import numpy as np

        vectors: list[Any] = [None] * len(pieces)
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        for first in range(0, len(order), AT_ONCE):
            batch = order[first : first + AT_ONCE]
            longest = len(pieces[batch[-1]])
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : len(pieces[index])] = pieces[index]
                mask[row, : len(pieces[index])] = 1
            for index, vector in zip(batch, self._encoder.run(None, {"ids": ids, "mask": mask})[0], strict=True):
                vectors[index] = vector
        return np.stack(vectors)


def _of_nothing() -> Reading:
    import numpy as np

    evidence, reasoned, faults, speakers = (
        np.zeros((0, len(of)), np.float32) for of in (ELEMENTS, ELEMENTS, FAULTS, SPEAKERS)
    )
    statuses = np.zeros((len(ELEMENTS), len(STATUSES)), np.float32)
    statuses[:, STATUSES.index("missing")] = MISSING_IN_NOTHING
    return Reading(evidence, reasoned, faults, speakers, statuses)


@cache
def load_reader() -> Reader:
    """The shipped reader; raises DamagedModel where its files are not those that were measured."""
    tokenizer()  # its file too is looked at now, and not while a report is read
    return Reader(verified("encoder.onnx"), verified("reader.onnx"))
