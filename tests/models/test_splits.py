"""The corpus: its parts are apart, its README counts what is there, and no report's outside tells its inside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import pytest

from qualitycheck.language.sentences import split
from qualitycheck.models.corpora.edits import texts
from qualitycheck.models.corpora.giveaways import Told, headings, layout, length, told_by
from qualitycheck.models.corpora.statistics import HERE, SPLITS, counted, read, table
from qualitycheck.understanding.statute import is_statutory

AT_LEAST = 8  # words of a sentence that may stand in one part only
NEAR_FROM = 10  # words from which near-copies are looked for
SHINGLE = 5  # words
NEAR = 0.6  # Jaccard
# How far from chance (0.5) an AUC may be: about two and a half standard errors of one over 150 reports.
MARGIN = 0.12
# A report that leaves things out is shorter and has fewer headings, and good reports fell unevenly on the layouts: how
# far quality is told by that is said in the data card, and must not grow.
LENGTH_TELLS_QUALITY = 0.87
LAYOUT_AND_HEADINGS_TELL_QUALITY = 0.70
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")

Reports = dict[str, list[dict[str, Any]]]


class Sentence(NamedTuple):
    split: str
    report: str
    words: tuple[str, ...]

    @property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.words[n : n + SHINGLE] for n in range(len(self.words) - SHINGLE + 1))


@pytest.fixture(scope="module")
def reports() -> Reports:
    return {split_: read(split_) for split_ in SPLITS}


@pytest.fixture(scope="module")
def sentences(reports: Reports) -> list[Sentence]:
    """Those long enough to compare; not headings, nor what is statute."""
    return [
        Sentence(split_, report["id"], words)
        for split_, of_split in reports.items()
        for report in of_split
        for text in body(report)
        for start, end in split(text)
        if len(words := tuple(_WORD.findall(text[start:end].lower().replace("’", "'")))) >= AT_LEAST
        and not is_statutory(text[start:end], names=False)
    ]


def body(report: dict[str, Any]) -> Iterator[str]:
    """Its texts and those that its pairs put in, without headings and the first row of tables."""
    for pair in report["gold"].get("pairs", []):
        yield from (edit["instead"] for edit in pair["edits"])
    for block in report["blocks"]:
        if block["kind"] == "table":
            yield from texts([{**block, "rows": block["rows"][1:]}])
        elif block["kind"] != "heading":
            yield from texts([block])


def near_copies(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Sentence, float]]:
    """Pairs from different parts that share so many shingles; only those that share one are compared."""
    shingles = [one.shingles if len(one.words) >= NEAR_FROM else frozenset() for one in sentences]
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, of_sentence in enumerate(shingles):
        for shingle in of_sentence:
            holding[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holding.values():
        shared.update(
            (one, other) for one, other in combinations(numbers, 2) if sentences[one].split != sentences[other].split
        )
    for (one, other), count in shared.items():
        likeness = count / (len(shingles[one]) + len(shingles[other]) - count)
        if likeness >= NEAR:
            yield sentences[one], sentences[other], likeness


def test_no_voice_stands_in_two_parts(reports: Reports) -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for split_, of_split in reports.items():
        for report in of_split:
            parts[report["voice"]].add(split_)
            parts["letter " + report["id"].split("-")[1][0]].add(split_)  # one writer of several voices has one letter
    assert {voice: where for voice, where in parts.items() if len(where) > 1} == {}


def test_no_report_stands_twice(reports: Reports) -> None:
    ids = [report["id"] for of_split in reports.values() for report in of_split]
    assert len(ids) == len(set(ids))


def test_no_sentence_crosses_from_one_part_to_another(sentences: list[Sentence]) -> None:
    parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in sentences:
        parts[one.words].add(one.split)
    assert len(sentences) > 10_000
    assert [" ".join(words) for words, where in parts.items() if len(where) > 1] == []


def test_no_near_copy_crosses_from_one_part_to_another(sentences: list[Sentence]) -> None:
    found = [f"{a.report} {b.report} {like:.2f}: {' '.join(a.words)}" for a, b, like in near_copies(sentences)]
    assert found == []


def test_near_copies_are_found_where_there_are_some() -> None:
    said = "she told me in the kitchen that she would rather stay with her nan until the summer"
    words = tuple(said.split())
    changed = (*words[:-1], "autumn")
    other = tuple("he walked to school by himself every day of that long and very wet winter".split())
    sentences = [Sentence("train", "a", words), Sentence("test", "b", changed), Sentence("test", "c", other)]
    assert [(a.report, b.report) for a, b, _ in near_copies(sentences)] == [("a", "b")]
    assert list(near_copies([Sentence("test", "a", words), Sentence("test", "b", changed)])) == []


@pytest.fixture(scope="module")
def everything(reports: Reports) -> list[dict[str, Any]]:
    return [report for of_split in reports.values() for report in of_split]


def test_layout_and_headings_tell_no_statuses_and_quality_no_better_than_is_said(
    everything: list[dict[str, Any]],
) -> None:
    for told in (told_by(everything, layout), told_by(everything, layout, headings)):
        assert max(told.statuses, told.statuses_within_quality) <= 0.5 + MARGIN, told
        assert told.quality <= LAYOUT_AND_HEADINGS_TELL_QUALITY, told


def test_length_tells_no_status_within_a_quality_and_quality_no_better_than_is_said(
    everything: list[dict[str, Any]],
) -> None:
    told: Told = told_by(everything, length)
    assert told.statuses_within_quality <= 0.5 + MARGIN, told
    assert told.quality <= LENGTH_TELLS_QUALITY, told
    of_all = told_by(everything, length, layout, headings)
    assert of_all.statuses_within_quality <= 0.5 + MARGIN, of_all


def test_a_giveaway_would_be_told(everything: list[dict[str, Any]]) -> None:
    """With the quality put into the headings, the same classifier tells it."""
    marked = [
        {**r, "blocks": [*r["blocks"], {"kind": "heading", "level": 2, "text": f"Verdict {r['quality']}"}]}
        for r in everything
    ]
    assert told_by(marked, headings).quality > 0.9


def test_the_readme_counts_the_reports_that_are_there(reports: Reports) -> None:
    assert table(counted(reports)) in (HERE / "README.md").read_text(encoding="utf-8")
