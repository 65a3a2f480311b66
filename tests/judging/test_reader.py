"""The shipped reader: whole, checked, the same from run to run, and quiet about what it was not asked."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qualitycheck.errors import DamagedModel
from qualitycheck.judging import artefacts
from qualitycheck.judging.inputs import tokenizer
from qualitycheck.judging.judge import BOLDNESS, load_judge
from qualitycheck.judging.labels import ELEMENTS, FAULTS, SPEAKERS, STATUSES
from qualitycheck.judging.reader import load_reader
from qualitycheck.judging.weighing import load_weights
from qualitycheck.pipeline import MOST_NEEDING_READING, Settings, check_document
from qualitycheck.reading import read_docx
from qualitycheck.result import Status
from qualitycheck.understanding import understand


@pytest.fixture(scope="module")
def example(examples: list[Path]) -> Path:
    return examples[0]


def test_every_sentence_and_every_element_is_judged(example: Path) -> None:
    case = understand(read_docx(example.read_bytes(), name=example.name))
    reading = load_reader().read(case)
    count = len(case.sentences)
    assert reading.evidence.shape == reading.reasoned.shape == (count, len(ELEMENTS))
    assert reading.faults.shape == (count, len(FAULTS))
    assert reading.speakers.shape == (count, len(SPEAKERS))
    assert reading.statuses.shape == (len(ELEMENTS), len(STATUSES))


def test_reading_twice_gives_the_same(example: Path) -> None:
    case = understand(read_docx(example.read_bytes(), name=example.name))
    once, again = load_reader().read(case), load_reader().read(case)
    assert np.array_equal(once.statuses, again.statuses) and np.array_equal(once.faults, again.faults)


def test_of_nothing_everything_is_missing(example: Path) -> None:
    case = replace(understand(read_docx(example.read_bytes(), name=example.name)), sentences=())
    reading = load_reader().read(case)
    assert {STATUSES[row.argmax()] for row in reading.statuses} == {"missing"}
    assert reading.faults.shape == (0, len(FAULTS))


def test_the_result_says_who_decided_and_what_must_be_read(examples: list[Path]) -> None:
    deciders = set()
    for path in examples:
        result = check_document(read_docx(path.read_bytes(), name=path.name), Settings(judge=load_judge()))
        deciders |= {element.decided_by for element in result.elements}
        read = [element for element in result.elements if element.needs_reading]
        assert len(read) <= MOST_NEEDING_READING * len(result.elements)
        for element in result.elements:
            assert 0 < element.confidence <= 1
            assert bool(element.passages) <= (element.status in (Status.MET, Status.PARTIAL))
            of_children = {child.status for child in element.by_child}
            assert not of_children or element.status is Status.PARTIAL or of_children == {element.status}
    assert deciders == {"rule", "model", "rule+model"}


def test_a_bolder_setting_shows_no_fewer_flags(examples: list[Path]) -> None:
    for path in examples[:3]:
        document = read_docx(path.read_bytes(), name=path.name)
        counts = [len(check_document(document, Settings(judge=load_judge(bold))).findings) for bold in BOLDNESS]
        assert counts == sorted(counts)


def test_the_files_are_those_that_were_measured() -> None:
    for name in artefacts.manifest()["files"]:
        assert artefacts.verified(name)


@pytest.mark.parametrize(
    ("name", "load"),
    [("encoder.onnx", load_reader), ("statuses.onnx", load_weights), ("tokenizer.json", tokenizer)],
)
def test_another_file_in_its_place_is_refused(
    name: str, load: Any, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "models" / "artefacts", tmp_path / "artefacts")
    file = tmp_path / "artefacts" / name
    file.write_bytes(file.read_bytes()[:-1] + b" ")
    monkeypatch.setattr(artefacts, "folder", lambda name: tmp_path)
    with pytest.raises(DamagedModel, match=f"{re.escape(name)} is not the one that was measured"):
        load.__wrapped__()  # as if for the first time


def test_nothing_that_is_loaded_runs_code(root: Path) -> None:
    kinds = {path.suffix for path in (root / "models" / "artefacts").iterdir()}
    assert kinds == {".onnx", ".json"}
    assert json.loads((root / "models" / "artefacts" / "manifest.json").read_text(encoding="utf-8"))["version"]
