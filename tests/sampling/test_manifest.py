"""A manifest comes back from its JSON as it was, and one that somebody changed is refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualitycheck.sampling.allotting import KeptApart, allot
from qualitycheck.sampling.changing import take_out
from qualitycheck.sampling.manifest import SCHEMA, BadManifest, Manifest, as_data, parse, read, write
from tests.sampling.frames import DATE, drawn, ids


@pytest.fixture
def manifest() -> Manifest:
    """With a change and an allotment."""
    sample = drawn(size=6, section7=10, section31=8)
    allotted = allot(sample, ["Ann", "Bob", "Cy"], 3, KeptApart(), DATE)
    return take_out(allotted, sample.drawn[0].id, "refused", "not given", DATE)


def test_it_comes_back_as_it_was(manifest: Manifest, tmp_path: Path) -> None:
    write(manifest, tmp_path / "sample.json")
    assert read(tmp_path / "sample.json") == manifest
    data = json.loads((tmp_path / "sample.json").read_text("utf-8"))
    assert data["schema"] == SCHEMA == "qualitycheck/sample/1"
    assert "author" not in data["drawn"][0]


def test_the_sample_has_the_substitute_in_the_place_of_the_report(manifest: Manifest) -> None:
    change = manifest.changes[0]
    assert change.into
    assert ids(manifest.sample) == [change.into, *ids(manifest.drawn)[1:]]


SPOILT: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "schema": (lambda data: data.update(schema="other"), "is no sample"),
    "key": (lambda data: data["drawn"][0].update(note="Secret"), r"drawn\.0\.note: unexpected"),
    "lost": (lambda data: data.pop("seed"), "seed: "),
    "twice": (lambda data: data["reserves"].append(data["drawn"][1]), "names a report twice"),
    "change": (lambda data: data["changes"][0].update(out="nobody"), "a change names a report that is not in the"),
    "substitute": (lambda data: data["changes"][0].update(into="nobody"), "a change names a report that is not"),
    "allotted": (lambda data: data["allotment"]["readings"].pop(), "other reports are allotted"),
    "date": (lambda data: data.update(date="spring"), "date: "),
}


@pytest.mark.parametrize("way", SPOILT)
def test_what_cannot_be_a_manifest_is_refused(manifest: Manifest, way: str) -> None:
    data = as_data(manifest)
    spoil, said = SPOILT[way]
    spoil(data)
    with pytest.raises(BadManifest, match=said) as raised:
        parse(json.dumps(data))
    assert "Secret" not in str(raised.value)


@pytest.mark.parametrize("data", [b"", b"[1]", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(BadManifest):
        parse(data)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match=r"none\.json cannot be read"):
        read(tmp_path / "none.json")
