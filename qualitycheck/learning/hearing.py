"""What rules and shipped models say of a labelled report, beside what the office said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qualitycheck.document import Document
from qualitycheck.judging.claims import Asked, questions
from qualitycheck.judging.labels import FAULTS, STATUSES
from qualitycheck.judging.reader import Reader, Reading
from qualitycheck.judging.verdict import said_of_elements
from qualitycheck.judging.weighing import Weights
from qualitycheck.measuring.labels import Labels
from qualitycheck.measuring.outcome import spots_of
from qualitycheck.measuring.places import Spot, overlap
from qualitycheck.pipeline import Settings, ask_rules
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Labelled:
    """A report with its labels; reports of one `author` are never on both sides of a trial."""

    name: str
    author: str
    document: Document
    labels: Labels


@dataclass(frozen=True)
class Heard:
    """One report's questions, each with the shipped weights' likelihoods and the office's answer.

    Elements: `statuses` (elements, STATUSES) and the place of the labelled status. Faults: `faulty` (questions,) and,
    for each, which of the labelled faults a flag there would find; empty where nobody looked for faults.
    """

    author: str
    elements: tuple[str, ...]
    statuses: NDArray[np.float32]
    labelled: tuple[int, ...]
    faults: tuple[str, ...] = ()
    faulty: NDArray[np.float32] | None = None
    finds: tuple[tuple[int, ...], ...] = ()
    wanted: int = 0  # labelled faults of the kinds that are weighed
    looked: bool = False

    @cached_property
    def right(self) -> tuple[int, ...]:
        """1 for each question that a labelled fault answers, else 0."""
        return tuple(int(bool(keys)) for keys in self.finds)


class Remembered(Reader):
    """A reader that reads each document once, however often it is weighed."""

    def __init__(self, reader: Reader) -> None:
        self._fresh = reader
        self._read: dict[str, Reading] = {}

    def read(self, case: Case) -> Reading:
        key = case.document.sha256
        if key not in self._read:
            self._read[key] = self._fresh.read(case)
        return self._read[key]


def hear(report: Labelled, settings: Settings, rulebook: Rulebook, reader: Reader, weights: Weights) -> Heard:
    """Ask rules and models, as a check does; raises Lost where a labelled quotation is not in the report."""
    import numpy as np

    case = understand(report.document, type=settings.type)
    faults = report.labels.findings
    heard = Heard(report.author, (), np.zeros((0, len(STATUSES)), np.float32), ())
    if case.type is ReportType.OTHER:
        return heard
    said = ask_rules(Bench(case, rulebook, settings.accepted), rulebook)
    reading = reader.read(case)
    elements = [one for one in said_of_elements(said.elements, reading) if one.element in report.labels.elements]
    shares = weights.statuses(elements) if elements else heard.statuses
    labelled = [STATUSES.index(report.labels.elements[one.element].status.value) for one in elements]
    known = [row for row, status in enumerate(labelled) if shares[row, status] > 0]
    heard = replace(
        heard,
        elements=tuple(elements[row].element for row in known),
        statuses=shares[known],
        labelled=tuple(labelled[row] for row in known),
    )
    if faults is None:
        return heard
    asked = questions(case, reading, said.ruled)
    spots = [(id_, places) for id_, places in spots_of(report.document, faults) if id_ in FAULTS]
    return replace(
        heard,
        faults=tuple(one.fault for one in asked),
        faulty=weights.faults(list(asked.values())),
        finds=tuple(found_by(case, one, spots) for one in asked),
        wanted=len(spots),
        looked=True,
    )


def found_by(case: Case, asked: Asked, faults: Sequence[tuple[str, Sequence[Spot]]]) -> tuple[int, ...]:
    """Which of the faults (id, places) a flag on the sentence asked about would find, by their places in `faults`."""
    sentence = case.sentences[asked.sentence]
    here = Spot(sentence.paragraph, sentence.start, sentence.end, 0)
    return tuple(
        key for key, (id_, spots) in enumerate(faults) if id_ == asked.fault and any(overlap(here, s) for s in spots)
    )
