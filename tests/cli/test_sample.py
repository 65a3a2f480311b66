"""`qualitycheck sample`: from a frame to what each reader reads, and a sentence for whatever cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

COLUMNS = [
    word
    for mapped in ("id=Ref", "path=File", "type=Kind", "author=Writer", "manager=Lead")
    for word in ("--column", mapped)
]
LIST = "Ref,File,Kind,Writer,Lead\n" + "".join(
    f"R{number},r{number}.docx,{'Section 7' if number % 2 else 'Section 31'},Ann Lee,Bob Roy\n" for number in range(20)
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of twenty files, of which one is not there and two are the same."""
    for number in range(19):
        (tmp_path / f"r{number}.docx").write_bytes(b"%d" % max(number, 1))
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def manifest(run: Run, listed: Path) -> Path:
    """Nine drawn."""
    path = listed.with_name("sample.json")
    sizes = ("--size", "section7=5", "--size", "section31=4")
    ran = run("sample", "draw", listed, *COLUMNS, *sizes, "--seed", "East", "--output", path)
    assert ran.status == 0
    return path


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_a_folder_is_drawn_from_and_drawn_again(run: Run, examples: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "inner").mkdir(parents=True)
    for example in examples[:3]:
        shutil.copy(example, folder / "inner")
    shutil.copy(examples[0], folder / "again.docx")
    ran = run("sample", "draw", folder, "--size", "2", "--output", "sample.json")
    assert ran.status == 0
    assert ran.text.startswith("Drawn: 2 reports of 3, with the seed ")
    assert "the same file as another (again.docx)" in ran.text
    assert run("sample", "verify", "sample.json", folder).text.startswith("The same")
    (folder / "again.docx").unlink()
    again = run("sample", "verify", "sample.json", folder, "--format", "json")
    assert again.status == 1
    assert json.loads(again.out)["same"] is False


def test_a_list_is_drawn_from_and_nobody_is_named(run: Run, listed: Path, manifest: Path) -> None:
    data = told(manifest)
    assert [(one["name"], one["reports"], one["drawn"]) for one in data["frame"]["strata"]] == [
        ("section7", 8, 5),
        ("section31", 10, 4),
    ]
    assert data["frame"]["left_out"] == [
        {"id": "R1", "why": "same-bytes", "of": "R0"},
        {"id": "R19", "why": "missing"},
    ]
    assert "Ann Lee" not in manifest.read_text("utf-8")
    carrying = ("--size", "3", "--by", "type", "--at-least-one", "--reserves", "1", "--with-authors")
    ran = run("sample", "draw", listed, *COLUMNS, *carrying, "--output", "other.json", "--format", "json")
    assert json.loads(ran.out) == told(manifest.with_name("other.json"))
    assert json.loads(ran.out)["drawn"][0]["author"] == "Ann Lee"
    assert len(json.loads(ran.out)["reserves"]) == 2


def test_from_substitute_to_reading_list(run: Run, listed: Path, manifest: Path) -> None:
    people = ("--people", listed, *COLUMNS)
    first = told(manifest)["drawn"][0]["id"]
    why = ("--because", "missing", "--reason", "Not in the archive.", "--date", "2026-11-20")
    ran = run("sample", "substitute", manifest, first, *why)
    assert ran.text.startswith(f"2026-11-20  {first} taken out (missing: Not in the archive.); R")
    readers = ("--reader", "Cy Dod", "--reader", "Dee Day", "--reader", "ann lee")
    refused = run("sample", "allot", manifest, *readers, "--twice", "100%", *people)
    assert refused.status == 0  # Ann Lee wrote all of it, and the two others are a pair
    assert "ann lee: 0 reports" in refused.text
    assert "Cy Dod and Dee Day: 9" in refused.text
    assert "is the name spelt as in the list?): Cy Dod, Dee Day" in refused.text
    ran = run("sample", "allot", manifest, *readers[:4], "--twice", "0.2", *people, "--format", "json")
    assert json.loads(ran.out)["allotment"]["twice"] == 2
    second = told(manifest)["drawn"][1]["id"]
    assert "made with another list" in run("sample", "substitute", manifest, second, *why).err
    assert run("sample", "substitute", manifest, second, *why, "--no-substitute").status == 0
    assert run("sample", "verify", manifest, listed, *people).text == (
        "The same: drawn again, the manifest is what its seed gives.\n"
    )
    whole = run("sample", "list", manifest).text.splitlines()
    assert len(whole) == 8 + 2
    mine = json.loads(run("sample", "list", manifest, "--reader", "Cy Dod", "--format", "json").out)["reports"]
    assert 0 < len(mine) < 8
    assert {key for one in mine for key in one} <= {"id", "stratum", "path", "sha256", "type"}


def test_it_is_said_when_nobody_is_kept_apart(run: Run, manifest: Path) -> None:
    ran = run("sample", "allot", manifest, "--reader", "Cy Dod")
    assert "Nobody is kept from any report" in ran.text


def test_a_plan_for_both(run: Run) -> None:
    both = ("--half-width", "10%", "--agreement-half-width", "0.15", "--agreement", "60%")
    ran = run("sample", "plan", *both, "--frame", "section7=120", "--frame", "section31=80")
    assert "  section7: 53 reports of 120 (9.9 points)" in ran.text
    assert "at an agreement of 0.60 (as expected)" in ran.text
    shares = ("--shares", "2%,11%,34%,53%", "--weights", "linear", "--confidence", "0.9")
    data = json.loads(run("sample", "plan", *both, *shares, "--format", "json").out)
    assert data["read"]["total"] == 65  # z squared (1 / 4w squared - 1), rounded up
    assert data["twice"]["reports"] == max(data["twice"]["formula"], data["twice"]["simulated"])
    only = run("sample", "plan", "--half-width", "0.1", "--share", "0.9").text
    assert "if the share is about 90%" in only
    assert "twice" not in only


def test_what_cannot_be_is_one_sentence(run: Run, listed: Path, manifest: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    draw = ("sample", "draw", listed, *COLUMNS, "--output", "new.json")
    for command, said in (
        ((*draw[:-1], manifest, "--size", "3"), "is there already, and a sample is drawn once"),
        ((*draw, "--size", "3", "--size", "section7=1"), "once for the whole, or once for each stratum"),
        ((*draw, "--size", "a=1", "--size", "a=2"), "--size is given twice for a"),
        ((*draw, "--size", "0"), "at least one report"),
        ((*draw, "--size", "30"), "30 reports are wanted, and the frame has 18"),
        ((*draw, "--size", "section7=33"), "33 of section7 are wanted, and the frame has 8"),
        ((*draw, "--size", "3", "--column", "court=Ref"), "not to 'court'"),
        (("sample", "draw", "empty", "--size", "1", "--output", "new.json"), "empty holds no reports"),
        (("sample", "draw", "none", "--size", "1", "--output", "new.json"), "none cannot be read"),
        (("sample", "verify", listed, listed), "list.csv is not JSON"),
        (("sample", "list", manifest, "--reader", "Cy"), "nothing has been allotted yet"),
        (("sample", "allot", manifest, "--reader", "Cy", "--twice", "2"), "takes two readers"),
        (
            (
                "sample",
                "plan",
            ),
            "say how exact it is to be",
        ),
        (("sample", "plan", "--half-width", "10"), "give a share from 0 to 1"),
        (("sample", "plan", "--grades", "1", "--agreement-half-width", "0.1"), "a scale has 2 to 10 grades"),
        ((*draw, "--size", "many"), "give a whole number"),
        ((*draw, "--size", "1", "--column", "id"), "write the field and the column's name"),
        (
            ("sample", "substitute", manifest, "R2", "--because", "other", "--reason", "x", "--date", "May"),
            "2026-11-21",
        ),
    ):
        ran = run(*command)
        assert (ran.status, ran.out) == (2, b""), command
        assert said in ran.err
    assert not (tmp_path / "new.json").exists()
