"""The figures that the installed program has are those of docs/evaluation.md, for these rules and models."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qualitycheck.errors import DamagedModel
from qualitycheck.judging.artefacts import manifest
from qualitycheck.measuring import shipped as module
from qualitycheck.measuring.figures import Scores
from qualitycheck.measuring.shipped import as_json, shipped
from qualitycheck.measuring.summary import shown
from qualitycheck.rulebook.packs import load_rulebook


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "evaluation.md").read_text("utf-8")


def row(page: str, under: str) -> list[str]:
    """The cells of the row `both` in the table under a heading."""
    below = page.split(f"#### `{under}`\n", 1)[1].split("####")[0]
    found = re.search(r"^\| both \|(.+)\|$", below, re.MULTILINE)
    assert found, under
    return [cell.strip() for cell in found[1].split("|")]


def cells(scores: Scores) -> list[str]:
    figures = [shown(figure) for figure in (scores.precision, scores.recall, scores.f1)]
    return [*figures, str(scores.found), str(scores.missed), str(scores.false)]


def test_they_are_those_of_the_page(page: str) -> None:
    told = shipped()
    for id_, element in told.summary.by_element.items():
        expected = [shown(element.right.estimate), f"{element.right.count} of {element.right.of}"]
        assert row(page, id_) == expected + cells(element.deficient), id_
    for id_, scores in told.summary.by_fault.items():
        assert row(page, id_) == cells(scores), id_
    assert f"Measured on {told.summary.reports} reports ({told.words:,} words) by {told.voices} voices" in page
    statuses, faults, clean = told.summary.statuses, told.summary.faults, told.summary.clean_flagged
    assert faults and clean
    assert f"| both | {statuses.count} of {statuses.of} |" in page
    assert f"{faults.found} found, {faults.missed} missed, {faults.false} false" in page
    assert f"| {clean.count} of {clean.of} |" in page


def test_they_hold_for_the_rules_and_models_that_are_shipped_and_name_every_criterion() -> None:
    told = shipped()
    criteria = load_rulebook().criteria.values()
    assert (told.rules, told.models) == (load_rulebook().version, manifest()["version"])
    assert list(told.summary.by_element) == [c.id for c in criteria if c.kind == "element"]
    assert list(told.summary.by_fault) == [c.id for c in criteria if c.kind == "finding"]


def test_written_again_they_are_the_same(root: Path) -> None:
    assert as_json(shipped()) == (root / "models" / module.FILE_NAME).read_text("utf-8")


def test_an_installation_without_them_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "folder", lambda name: tmp_path)
    with pytest.raises(DamagedModel, match="install qualitycheck again"):
        shipped.__wrapped__()
    (tmp_path / module.FILE_NAME).write_text(json.dumps({"rules": "core/1.0"}), "utf-8")
    with pytest.raises(DamagedModel):
        shipped.__wrapped__()
