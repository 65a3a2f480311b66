"""Minimal pairs, written and by operators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualitycheck.models.corpora.edits import texts
from qualitycheck.models.corpora.operators import OPERATORS
from qualitycheck.models.corpora.pairs import Pair, by_operators, pairs, written

TRAIN = Path(__file__).parents[2] / "models" / "corpora" / "train"
REPORTS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRAIN.glob("*.json"))]
SAMPLE = REPORTS[::8]


@pytest.fixture(scope="module")
def sample() -> list[Pair]:
    return list(pairs(SAMPLE))


def test_there_are_enough(sample: list[Pair]) -> None:
    assert len(sample) / len(SAMPLE) * len(REPORTS) >= 3_000


def test_each_pair_differs_in_its_label_and_in_words(sample: list[Pair]) -> None:
    for pair in sample:
        assert pair.was != pair.becomes
        assert texts(pair.before) != texts(pair.after)
        if pair.kind == "element":
            assert pair.gold_after["elements"][pair.id]["status"] == pair.becomes
            assert not pair.quote
        else:
            part = "findings" if pair.becomes == "fault" else "clean"
            assert (pair.id, pair.quote) in {(item["rule"], item["quote"]) for item in pair.gold_after[part]}
            assert any(pair.quote in text for text in texts(pair.after))
        assert not pair.quote_before or any(pair.quote_before in text for text in texts(pair.before))


def test_pairs_are_minimal(sample: list[Pair]) -> None:
    """A finding pair by an operator changes two texts at most (a passage and its section before, or moved)."""
    for pair in sample:
        if pair.kind == "finding" and pair.operator != "written":
            assert len(set(texts(pair.after)) - set(texts(pair.before))) <= 2, pair.operator


def test_held_out_operators_stay_out(sample: list[Pair]) -> None:
    assert not any(OPERATORS[pair.operator].held_out for pair in sample if pair.operator != "written")
    kept = [pair for report in SAMPLE[:4] for pair in by_operators(report, held_out=True)]
    assert kept
    assert all(OPERATORS[pair.operator].held_out for pair in kept)


def test_the_same_every_time() -> None:
    assert list(by_operators(SAMPLE[1])) == list(by_operators(SAMPLE[1]))
    assert list(by_operators(SAMPLE[1], draws=1)) != list(by_operators(SAMPLE[1], draws=1, seed=1))


def test_written_pairs_are_read() -> None:
    report = next(report for report in REPORTS if report["gold"].get("pairs"))
    read = list(written(report))
    assert len(read) == len(report["gold"]["pairs"])
    assert {pair.operator for pair in read} == {"written"}
