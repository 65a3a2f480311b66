"""Every operator does what it says, to at least one report, and leaves no seam that tells a fault from its like."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from qualitycheck.language.sentences import split
from qualitycheck.models.corpora.edits import texts
from qualitycheck.models.corpora.layouts import write_docx
from qualitycheck.models.corpora.operators import OPERATORS, Mutation
from qualitycheck.models.corpora.operators.inserted import places
from qualitycheck.models.corpora.operators.scene import Scene
from qualitycheck.models.corpora.validate import faults
from qualitycheck.pipeline import check_document
from qualitycheck.reading import read_docx

TRAIN = Path(__file__).parents[2] / "models" / "corpora" / "train"
# What a mutation may change in the form of a report: its length, and that clean passages outnumber faults.
_ALLOWED = re.compile(r"^\d+ words$|faults and only \d+ clean$")
SEAM = 0.60  # area under the curve; 0.5 is chance
SISTERS = [(op, OPERATORS[op.sister]) for op in OPERATORS.values() if op.sister]


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Every second report, so that both types and every voice are there and time is short."""
    return [Scene(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(TRAIN.glob("*.json"))[::2]]


@pytest.fixture(scope="module")
def everywhere() -> list[Scene]:
    return [Scene(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(TRAIN.glob("*.json"))]


def drawn(name: str, scene: Scene, seed: int = 0) -> Mutation | None:
    return OPERATORS[name].on(scene, random.Random(f"{scene.report['id']}/{seed}"))


def some(name: str, scenes: list[Scene], most: int) -> Iterator[tuple[Scene, Mutation]]:
    for scene in scenes:
        if most and (made := drawn(name, scene)):
            most -= 1
            yield scene, made


def test_there_are_enough() -> None:
    assert len(OPERATORS) >= 44
    assert sum(operator.held_out for operator in OPERATORS.values()) >= 8
    assert all(operator.says for operator in OPERATORS.values())
    assert all(other.sister for _, other in SISTERS)


@pytest.mark.parametrize("name", OPERATORS)
def test_operator(name: str, everywhere: list[Scene]) -> None:
    """It applies somewhere, leaves a well-formed report whose labels agree, and does the same with the same seed."""
    found = list(some(name, everywhere, most=3))
    assert found
    for scene, made in found:
        assert made.id in OPERATORS[name].ids
        new = set(faults(made.report)) - set(faults(scene.report))
        assert not [fault for fault in new if not _ALLOWED.search(fault)]
        assert texts(made.report["blocks"]) != texts(scene.report["blocks"])
        assert drawn(name, scene) == made
        _labels_agree(made)


def _labels_agree(made: Mutation) -> None:
    gold = made.report["gold"]
    if not made.quote:
        assert gold["elements"][made.id]["status"] == made.becomes
        return
    part, other = ("findings", "clean") if made.becomes == "fault" else ("clean", "findings")
    assert (made.id, made.quote) in {(item["rule"], item["quote"]) for item in gold[part]}
    assert (made.id, made.quote) not in {(item["rule"], item["quote"]) for item in gold[other]}
    assert any(made.quote in text for text in texts(made.report["blocks"]))


def test_the_report_stays_as_it_was(everywhere: list[Scene]) -> None:
    for scene in everywhere[:4]:
        before = json.dumps(scene.report)
        for operator in OPERATORS.values():
            operator.on(scene, random.Random(1))
        assert json.dumps(scene.report) == before


def test_apply_takes_a_report(everywhere: list[Scene]) -> None:
    scene = everywhere[0]
    operator = OPERATORS["misspelt"]
    assert operator.apply(scene.report, random.Random(3)) == operator.on(scene, random.Random(3))


def test_nothing_but_the_place_changes(scenes: list[Scene]) -> None:
    """No space is doubled or lost, no stop doubled, no slot left open, wherever an operator writes."""
    for name in OPERATORS:
        for scene, made in some(name, scenes, most=6):
            old = set(texts(scene.report["blocks"]))
            for text in texts(made.report["blocks"]):
                if text not in old:
                    assert not re.search(r"  |\{\w|[a-z]\.[A-Z][a-z]|(?<!\.)\.\.(?!\.)| [,.;]", text), (name, text)


# Seams.


def surface(text: str, quote: str) -> list[float]:
    """What a careless classifier could go by: marks, spacing, capitals, lengths, and where the passage stands."""
    lengths = [len(text[start:end].split()) for start, end in split(text)] or [0]
    at = max(text.find(quote), 0)
    marks = [text.count(mark) for mark in ("  ", *".,;:'\"()?-[]’‘")]
    capitals = [len(re.findall(pattern, text)) for pattern in (r"[.!?] [a-z]", r"[.!?][A-Za-z]", r"\d")]
    place = [at / max(len(text), 1), (at + len(quote)) / max(len(text), 1)]
    return [
        *marks,
        *capitals,
        len(lengths),
        sum(lengths) / len(lengths),
        max(lengths),
        min(lengths),
        *place,
        sum(lengths),
    ]


def told_apart(rows: list[tuple[list[float], bool, str]]) -> float:
    """Area under the curve of a logistic regression on the surface, cross-validated by report."""
    x, y, groups = (np.array([row[i] for row in rows]) for i in range(3))
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=400, C=0.3))
    scores = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    return float(roc_auc_score(y, scores))


def _row(made: Mutation, fault: bool) -> tuple[list[float], bool, str]:
    text = next(text for text in texts(made.report["blocks"]) if made.quote in text)
    return surface(text, made.quote), fault, made.report["id"]


@pytest.fixture(scope="module")
def twins(scenes: list[Scene]) -> list[tuple[Scene, Mutation, Mutation]]:
    """Of each operator that makes a fault, and its sister, what the two make of the same report."""
    return [
        (scene, wrong, right)
        for operator, sister in SISTERS
        for scene in scenes
        if (wrong := drawn(operator.name, scene))
        and wrong.becomes == "fault"
        and (right := drawn(sister.name, scene))
        and right.becomes == "clean"
    ]


def test_a_fault_looks_like_its_sister(twins: list[tuple[Scene, Mutation, Mutation]]) -> None:
    rows = [row for _, wrong, right in twins for row in (_row(wrong, True), _row(right, False))]
    assert len(rows) > 1000
    assert told_apart(rows) < SEAM


def test_a_changed_text_looks_much_like_another(twins: list[tuple[Scene, Mutation, Mutation]]) -> None:
    """A sentence more is a longer paragraph: that much may show (0.7 measured), but not which is a fault."""
    rows = []
    for scene, wrong, _ in twins:
        where = [place for place in places(scene) if place.index]
        if where:
            other = random.Random(wrong.operator + scene.report["id"]).choice(where)
            rows += [_row(wrong, True), (surface(scene.units[other.unit].text, other.text), False, scene.report["id"])]
    assert told_apart(rows) < 0.77


# What the checker finds of exact faults. Over all training reports the rates are in the operators' README.md; a floor
# here is nine tenths of what was measured on the sample below. Its reports are named, so that new ones move nothing.

FLOORS = {
    "age-put-off": 0.75,
    "age-off": 0.67,
    "weekday-off": 0.9,
    "future-year": 0.3,
    "name-misspelt": 0.15,
    "left-from-template": 0.9,
    "said-twice": 0.75,
    "misspelt": 0.9,
    "grammar-slip": 0.9,
}
SAMPLE = [path for path in sorted(TRAIN.glob("*.json")) if re.match(r"s(?:7|31)-[abd]0[1-5]", path.stem)][::2]
EACH = 6
RIGHT = ("weekday-right", "age-put-right", "birth-put-right", "moved", "spelt-otherwise", "reference-that-holds")


@pytest.fixture(scope="module")
def named() -> list[Scene]:
    return [Scene(json.loads(path.read_text(encoding="utf-8"))) for path in SAMPLE]


def flagged(made: Mutation) -> bool:
    """Whether the checker flags the judged passage, or what it contradicts, under the id."""
    document = read_docx(write_docx(made.report, made.report["layout"]), name="report.docx")
    item = next((i for i in made.report["gold"]["findings"] if i["quote"] == made.quote), {"quote": made.quote})
    quotes = [quote for quote in (item["quote"], item.get("other")) if quote]
    return any(
        finding.id == made.id
        and any(finding.passage.text in quote or quote in finding.passage.text for quote in quotes)
        for finding in check_document(document).findings
    )


@pytest.mark.parametrize("name", FLOORS)
def test_the_checker_finds(name: str, named: list[Scene]) -> None:
    made = [made for _, made in some(name, named, EACH)]
    assert made
    assert sum(map(flagged, made)) >= FLOORS[name] * len(made)


def test_the_checker_lets_the_right_ones_be(named: list[Scene]) -> None:
    made = [made for name in RIGHT for _, made in some(name, named[3:], 2)]
    assert sum(map(flagged, made)) <= 1
