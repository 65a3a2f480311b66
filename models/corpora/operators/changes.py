"""Change the words of a report at known places and carry its labels over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qualitycheck.models.corpora import edits
from qualitycheck.models.corpora.operators.scene import Scene, Sentence

Report = dict[str, Any]


class Edit(NamedTuple):
    """`text` in place of the characters from `start` to `end` of one unit, numbered as edits.texts does."""

    unit: int
    start: int
    end: int
    text: str


class Labels(NamedTuple):
    """What an operator says of the edited report, over what is carried from the old one."""

    findings: Sequence[dict[str, str]] = ()
    clean: Sequence[dict[str, str]] = ()
    elements: tuple[tuple[str, str, Sequence[str]], ...] = ()  # id, status, evidence
    without: Sequence[str] = ()  # quotations of old findings and clean items that no longer hold


class Broken(ValueError):
    """An edit would take away what a label of another kind rests on."""


def cut(scene: Scene, sentences: Iterable[Sentence]) -> list[Edit]:
    """Edits that take these sentences out and leave one space between what is left. Raises Broken where a typed
    number would stay behind with nothing after it, or go and leave a gap in the count."""
    by_unit: dict[int, set[int]] = defaultdict(set)
    for sentence in sentences:
        by_unit[sentence.unit].add(sentence.nth)
    return [edit for unit, gone in by_unit.items() for edit in _cut(scene, unit, gone)]


def _cut(scene: Scene, unit: int, gone: set[int]) -> Iterator[Edit]:
    there = scene.sentences(unit)
    kept = [sentence for sentence in there if sentence.nth not in gone]
    text, number = scene.units[unit].text, scene.units[unit].number
    if not kept:
        if number:
            raise Broken("a typed number")
        yield Edit(unit, 0, len(text), "")
        return
    at = number
    for sentence in kept:  # each gap between what is kept is closed
        before = [other for other in there if at <= other.start < sentence.start]
        if before:
            yield Edit(unit, before[0].start, sentence.start, "")
        at = sentence.end
    if kept[-1].nth != there[-1].nth:
        yield Edit(unit, kept[-1].end, there[-1].end, "")


def after(sentence: Sentence, text: str) -> Edit:
    """An edit that puts `text` behind a sentence."""
    return Edit(sentence.unit, sentence.end, sentence.end, " " + text)


def instead(sentence: Sentence, text: str) -> Edit:
    return Edit(sentence.unit, sentence.start, sentence.end, text)


def edited(
    scene: Scene, changes: Sequence[Edit], labels: Labels, *, strict: bool = True
) -> tuple[Report, frozenset[str]]:
    """The edited report, and the elements whose evidence was touched besides those that `labels` speaks of.

    Quotations move with their text; evidence that was cut is dropped. `strict` raises Broken where another element
    would lose all its evidence; otherwise that element becomes missing and is among those touched. The written pairs
    of the report are left out, since their edits are of the report as it was.
    """
    by_unit: dict[int, list[Edit]] = defaultdict(list)
    for change in sorted(changes):
        by_unit[change.unit].append(change)
    texts = [_replaced(unit.text, by_unit.get(number, [])) for number, unit in enumerate(scene.units)]
    remaining = iter(texts)
    blocks = edits.apply(edits.each_text(scene.report["blocks"], lambda _: next(remaining)), [])
    carry = _Carry(scene, by_unit, texts, edits.texts(blocks))
    gold, spoken = scene.report["gold"], {id_ for id_, _, _ in labels.elements}
    elements, touched = {}, set()
    for id_, label in gold["elements"].items():
        old = label.get("evidence", [])
        evidence = [moved for quote in old if (moved := carry.moved(quote))]
        if evidence != old and id_ not in spoken:
            touched.add(id_)
        if old and not evidence and id_ not in spoken:
            if strict:
                raise Broken(id_)
            label = {**label, "status": "missing"}
        elements[id_] = {**label, "evidence": evidence}
    for id_, status, shown in labels.elements:
        elements[id_] = {**elements[id_], "status": status, "evidence": list(shown)}
    kept = {part: [item for item in gold[part] if carry.holds(item, labels.without)] for part in ("findings", "clean")}
    attribution = [item for item in gold.get("attribution", []) if carry.moved(item["quote"]) == item["quote"]]
    return {
        **scene.report,
        "blocks": blocks,
        "gold": {
            **gold,
            "elements": elements,
            "findings": [*kept["findings"], *labels.findings],
            "clean": [*kept["clean"], *labels.clean],
            "attribution": attribution,
            "pairs": [],
        },
    }, frozenset(touched)


class _Carry:
    """Where old quotations stand in the new texts."""

    def __init__(self, scene: Scene, by_unit: dict[int, list[Edit]], texts: list[str], final: list[str]) -> None:
        self.scene, self.by_unit, self.texts, self.final = scene, by_unit, texts, final

    def holds(self, item: dict[str, Any], without: Sequence[str]) -> bool:
        """Whether the words of a finding or clean item, and what it contradicts, are as they were."""
        same = all(self.moved(quote) == quote for quote in (item["quote"], item.get("other")) if quote)
        return same and item["quote"] not in without

    def moved(self, quote: str) -> str:
        if any(quote in text for text in self.final):
            return quote
        for number, unit in enumerate(self.scene.units):
            start = unit.text.find(quote)
            if start >= 0:
                end = start + len(quote)
                changes = self.by_unit.get(number, [])
                new = self.texts[number][_place(start, changes, 1) : max(_place(end, changes, 0), 0)].strip()
                return new if any(new in text for text in self.final) and any(map(str.isalpha, new)) else ""
        return ""


def _replaced(text: str, changes: list[Edit]) -> str:
    for change in reversed(changes):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def _place(at: int, changes: list[Edit], side: int) -> int:
    """Where `at` is after the changes; inside one, its new end for a quotation's start (`side` 1), its start else."""
    shift = 0
    for change in changes:
        if change.start < at < change.end:
            return change.start + shift + side * len(change.text)
        if change.end <= at and not (side == 0 and change.start == change.end == at):
            shift += len(change.text) - (change.end - change.start)
    return at + shift
