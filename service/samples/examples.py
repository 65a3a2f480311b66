"""Example passages of faults that recur: prepared by the tool without names, then confirmed or withheld by a person.

What was confirmed belongs to the fault as it was: where its words were changed since, the passage is prepared anew, has
another key, and must be confirmed again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from qualitycheck.inspecting.grades import Fault, Grades
from qualitycheck.inspecting.results import RECURS, passages_of
from qualitycheck.service.store.samples import Confirmed, Prepared, SampleView, Withheld

Pieces = tuple[tuple[str, bool], ...]  # words, and whether the tool changed them


@dataclass(frozen=True, slots=True)
class Example:
    """A passage as the report has it, and as the tool wrote it; `prepared` is None until it has."""

    fault: Fault
    prepared: Prepared | None
    confirmed: Confirmed | None
    withheld: Withheld | None

    @property
    def before(self) -> Pieces:
        return _pieces(self.prepared.shown, self.prepared.text)[0] if self.prepared else ()

    @property
    def after(self) -> Pieces:
        return _pieces(self.prepared.shown, self.prepared.text)[1] if self.prepared else ()


def mark(fault: Fault) -> str:
    """The checksum of a fault and its words; another reader's of the same words has the same."""
    return hashlib.sha256("\n".join((fault.report, fault.criterion, fault.passage)).encode()).hexdigest()


def recurring(grades: Grades) -> list[Fault]:
    """The faults with a passage that were seen in more than one report, the most often seen first."""
    seen = Counter(criterion for criterion, _ in {(fault.criterion, fault.report) for fault in grades.faults})
    often = {criterion for criterion, count in seen.items() if count >= RECURS}
    return sorted(passages_of(often, grades), key=lambda fault: (-seen[fault.criterion], fault.criterion))


def examples(sample: SampleView, grades: Grades) -> list[Example]:
    return [_example(sample, fault) for fault in recurring(grades)]


def to_prepare(sample: SampleView, grades: Grades) -> dict[str, list[Fault]]:
    """By the id of the report in the manifest: what its file has to be read for."""
    found: dict[str, list[Fault]] = {}
    for fault in recurring(grades):
        if mark(fault) not in sample.prepared and fault.report in sample.reports:
            found.setdefault(fault.report, []).append(fault)
    return found


def printed(sample: SampleView, grades: Grades) -> dict[str, tuple[str, ...]]:
    """The texts that may be printed, by criterion."""
    found: dict[str, dict[str, str]] = {}
    for one in examples(sample, grades):
        if one.prepared and one.confirmed:
            found.setdefault(one.fault.criterion, {})[one.prepared.key] = one.confirmed.text
    return {criterion: tuple(texts.values()) for criterion, texts in found.items()}


def withheld(sample: SampleView, grades: Grades) -> int:
    """How many passages are not to be printed."""
    return sum(one.withheld is not None for one in examples(sample, grades))


def _example(sample: SampleView, fault: Fault) -> Example:
    prepared = sample.prepared.get(mark(fault))
    key = prepared.key if prepared else ""
    return Example(fault, prepared, sample.confirmed.get(key), sample.withheld.get(key))


def _pieces(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts, word by word, each with what is not in the other."""
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        _marked((old[i1:i2], tag) for tag, i1, i2, _, _ in steps),
        _marked((new[j1:j2], tag) for tag, _, _, j1, j2 in steps),
    )


def _marked(parts: Iterable[tuple[list[str], str]]) -> Pieces:
    return tuple((" ".join(words), tag != "equal") for words, tag in parts if words)
