"""`qualitycheck evaluate`: figures on labelled reports, and a sentence for every file that cannot be used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.docx_builder import docx, p

SOURCES = ("fca-section7", "guardian-final-analysis")


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Two example reports with their labels."""
    place = tmp_path / "ours"
    place.mkdir()
    for name in SOURCES:
        shutil.copy(root / "examples" / f"{name}.docx", place)
        shutil.copy(root / "examples" / "sources" / f"{name}.json", place)
    return place


def change(folder: Path, **gold: Any) -> None:
    """Other labels for the first report, and it alone."""
    (folder / f"{SOURCES[1]}.json").unlink()
    (folder / f"{SOURCES[0]}.json").write_text(json.dumps({"gold": gold}), "utf-8")


def test_figures_with_counts_and_intervals(run: Run, folder: Path) -> None:
    done = run("evaluate", folder)
    assert (done.status, done.err) == (0, "")
    assert done.text.startswith("Measured on 2 reports: too few to rely on.")
    shown = json.loads(run("evaluate", folder, "--format", "json").out)
    assert shown["schema"] == "qualitycheck/evaluation/1"
    assert (shown["reports"], shown["statuses"]["of"]) == (2, 45)
    assert 0 <= shown["statuses"]["estimate"]["low"] <= shown["statuses"]["estimate"]["value"] <= 1
    assert f"{shown['statuses']['count']} of 45" in done.text
    labels = [json.loads((folder / f"{name}.json").read_text("utf-8"))["gold"] for name in SOURCES]
    assert shown["faults"]["found"] + shown["faults"]["missed"] == sum(len(gold["findings"]) for gold in labels)
    assert shown["clean_flagged"]["of"] == sum(len(gold["clean"]) for gold in labels)


def test_what_was_not_labelled_is_not_counted(run: Run, folder: Path) -> None:
    change(folder, elements={"child-seen": {"status": "met"}})
    shown = json.loads(run("evaluate", folder, "--format", "json").out)
    assert (shown["statuses"]["of"], shown["faults"], list(shown["by_element"])) == (1, None, ["child-seen"])
    assert "flags are not counted" in run("evaluate", folder).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON: line 1"),
        ('{"gold": 3}', "gold: "),
        ('{"gold": {}}', "neither elements nor findings"),
        ('{"gold": {"elements": {"harm": {"status": "Secret"}}}}', "gold.elements.harm.status: input should be 'met'"),
        ('{"gold": {"elements": {"harms": {"status": "met"}}}}', "there is no element called 'harms'"),
        ('{"gold": {"elements": {"harm": {"status": "not-applicable"}}}}', "harm cannot be not-applicable"),
        ('{"gold": {"elements": {"timescales": {"status": "met"}}}}', "timescales is not judged in a section 7 report"),
        ('{"gold": {"findings": [{"rule": "harm", "quote": "Secret"}]}}', "there is no finding called 'harm'"),
        ('{"gold": {"findings": [{"rule": "vague-term"}]}}', "gold.findings.0.quote: field required"),
        ('{"gold": {"findings": [{"rule": "vague-term", "quote": "Secret"}]}}', "the words of finding 1 (vague-term)"),
        ('{"gold": {"findings": [], "clean": [{"quote": "Secret"}]}}', "the words of clean 1"),
    ],
)
def test_labels_that_are_wrong_are_named_and_not_quoted(run: Run, folder: Path, text: str, told: str) -> None:
    (folder / f"{SOURCES[0]}.json").write_text(text, "utf-8")
    done = run("evaluate", folder)
    assert (done.status, done.out) == (2, b"")
    assert done.err.startswith(f"qualitycheck: {SOURCES[0]}.json")
    assert told in done.err
    assert "Secret" not in done.err
    assert done.err.count("\n") == 1


def test_what_can_be_not_applicable_may_be_labelled_so(run: Run, folder: Path) -> None:
    change(folder, elements={"domestic-abuse": {"status": "not-applicable"}})
    assert run("evaluate", folder).status == 0


def test_folders_and_files_that_cannot_be_used(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no labels" in run("evaluate", tmp_path / "empty").err
    assert "is not a folder" in run("evaluate", tmp_path / "nowhere").err
    report = folder / f"{SOURCES[0]}.docx"
    report.write_bytes(b"nothing")
    assert report.name in run("evaluate", folder).err
    report.unlink()
    assert f"has no {report.name} beside it" in run("evaluate", folder).err


def test_a_document_that_is_not_judged_has_all_its_elements_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(docx(p("Dear Ms Pugh,"), p("Thank you for the cake.")))
    (tmp_path / "letter.json").write_text('{"gold": {"elements": {"harm": {"status": "missing"}}}}', "utf-8")
    shown = json.loads(run("evaluate", tmp_path, "--format", "json").out)
    assert (shown["statuses"]["count"], shown["statuses"]["of"]) == (0, 1)
