"""`make office`: LibreOffice opens our annotated copies, and a report that it saved again is judged the same."""

import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

# LibreOffice 7.4 forgets that text was deleted when the deletion is tracked inside a content control that holds whole
# paragraphs, and saves the words as if they stood. Such a report is compared after its changes have been accepted.
FORGETS_DELETIONS_OF = {"child-impact-report.docx"}


def saved_again(files: list[Path], folder: Path) -> list[Path]:
    """The files as LibreOffice saves them, in `folder`; a file it cannot open is not there."""
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    convert = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir", folder]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=300)
    return [folder / file.with_suffix(".docx").name for file in files]


def comments(file: Path) -> Counter[str]:
    """How many comments each author has."""
    with zipfile.ZipFile(file) as package:
        part = "word/comments.xml"
        xml = package.read(part).decode("utf-8") if part in package.namelist() else ""
    return Counter(re.findall(r'<w:comment [^>]*w:author="([^"]*)"', xml))


def checked(files: list[Path]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "qualitycheck", "check", *files, "--format", "json"]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert answer.returncode in {0, 1}, answer.stderr
    reports: list[dict[str, Any]] = json.loads(answer.stdout)["reports"]
    return reports


def judgement(report: dict[str, Any]) -> dict[str, list[str]]:
    """What the report was told, without where: numbers of paragraphs may move when headers and boxes do."""
    return {
        "elements": [f"{element['id']}: {element['status']}" for element in report["elements"]],
        "findings": sorted(f"{finding['id']}: {finding['passage']['text']}" for finding in report["findings"]),
    }


@pytest.fixture(scope="module")
def annotated(examples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("annotated")
    for example in examples:
        command = [sys.executable, "-m", "qualitycheck", "check", example, "--format", "docx"]
        subprocess.run([*command, "--output", folder / example.name], check=False, capture_output=True, timeout=120)
    return [folder / example.name for example in examples]


def test_annotated_copies_open_and_keep_every_comment(annotated: list[Path], tmp_path: Path) -> None:
    for ours, theirs in zip(annotated, saved_again(annotated, tmp_path), strict=True):
        assert comments(ours)["qualitycheck"] > 0
        assert comments(theirs) == comments(ours), ours.name


def accepted(report: Path, folder: Path) -> Path:
    """The copy for filing: tracked changes accepted."""
    copy = folder / f"filing-{report.name}"
    command = [sys.executable, "-m", "qualitycheck", "ready", report, "--write", copy]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    return copy


def test_a_report_saved_by_libreoffice_is_judged_the_same(examples: list[Path], tmp_path: Path) -> None:
    reports = [accepted(each, tmp_path) if each.name in FORGETS_DELETIONS_OF else each for each in examples]
    again = saved_again(reports, tmp_path / "again")
    for report, before, after in zip(reports, checked(reports), checked(again), strict=True):
        assert judgement(after) == judgement(before), report.name
