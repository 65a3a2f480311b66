"""Documents cannot drift: what they name exists, what exists they name, and the commands they show run."""

import argparse
import dataclasses
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualitycheck.cli import arguments
from qualitycheck.limits import Limits
from qualitycheck.rulebook.packs import load_rulebook

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"^([a-z][a-z-]*)(?: [a-z-]+)*:", re.MULTILINE)


def pages(root: Path) -> list[Path]:
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def parsers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, `rules test` as one."""
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", lambda parser, argv: parser)
    waiting: list[tuple[str, Any]] = [("", arguments.parse([]))]
    while waiting:
        name, parser = waiting.pop()
        below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        waiting += [(f"{name} {word}".strip(), each) for action in below for word, each in action.choices.items()]
        if not below:
            yield name, parser


def test_every_command_and_option_is_described(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (root / "docs" / "command-line.md").read_text("utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)
    undescribed = []
    for command, parser in parsers(monkeypatch):
        heading = re.compile(rf"`qualitycheck {command}[ `]")
        section = next(filter(heading.match, sections), "")
        options = {word for action in parser._actions for word in action.option_strings} - {"-h", "--help"}
        undescribed += [f"{command} {word}" for word in sorted(options) if f"`{word}" not in section]
        undescribed += [] if section else [command]
    assert undescribed == []


def test_every_limit_is_described_with_its_default(root: Path) -> None:
    page = (root / "docs" / "command-line.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+(?: MiB)?) \|", page, re.MULTILINE))
    defaults = {}
    for field in dataclasses.fields(Limits):
        value = field.default
        assert isinstance(value, int)
        defaults[field.name] = f"{value // 2**20} MiB" if field.name.endswith("bytes") else f"{value:,}"
    assert shown == defaults


def test_every_criterion_and_rule_is_described(root: Path) -> None:
    text = "\n".join(page.read_text("utf-8") for page in pages(root))
    named = set(re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", text))
    rulebook = load_rulebook()
    assert rulebook.rules
    assert {*rulebook.criteria, *(rule.id for rule in rulebook.rules)} - named == set()


def test_every_link_leads_somewhere(root: Path) -> None:
    broken = [
        f"{page.relative_to(root)}: {link}"
        for page in pages(root)
        for link in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_make_target_named_is_there(root: Path) -> None:
    targets = set(TARGET.findall((root / "Makefile").read_text("utf-8")))
    for page in pages(root):
        named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text("utf-8")))
        assert named - targets == set(), page


def test_the_commands_of_the_readme_run(root: Path, examples: list[Path], tmp_path: Path) -> None:
    shutil.copy(examples[0], tmp_path / "draft.docx")
    _labelled(examples, tmp_path / "our-reports")
    ran = 0
    for language, block in FENCE.findall((root / "README.md").read_text("utf-8")):
        for line in block.splitlines() if language == "console" else []:
            program, *words = shlex.split(line.removeprefix("$ "))
            if program == "make":  # its targets are checked above; running them here would run these tests again
                continue
            assert program == "qualitycheck"
            if words == ["serve"]:  # it runs until it is stopped: tests/serving.py starts it as it is written here
                continue
            if words[0] == "inspect":
                _graded(tmp_path)
            command = [sys.executable, "-m", program, *words]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
            assert done.returncode in {0, 1}, (line, done.stderr)
            if "--output" in words:
                assert (tmp_path / words[words.index("--output") + 1]).stat().st_size > 0
            ran += 1
    assert ran >= 5


def _labelled(examples: list[Path], folder: Path) -> None:
    """An office's own labelled reports: the examples twice, as `learn` needs a dozen."""
    folder.mkdir()
    for number in (1, 2):
        for example in examples:
            shutil.copy(example, folder / f"{example.stem}-{number}.docx")
            shutil.copy(example.parent / "sources" / f"{example.stem}.json", folder / f"{example.stem}-{number}.json")


def _graded(folder: Path) -> None:
    """What people gave the reports of the sample that was drawn just before."""
    drawn = json.loads((folder / "sample.json").read_text("utf-8"))["drawn"]
    rows = [f"{report['id']},A. Reader,good,It weighs the options.,2026-11-21" for report in drawn]
    (folder / "grades.csv").write_text("\n".join(["report,reader,grade,reason,date", *rows]), "utf-8")


def test_the_python_of_the_readme_runs(root: Path, examples: list[Path], tmp_path: Path) -> None:
    shutil.copy(examples[0], tmp_path / "draft.docx")
    blocks = [text for language, text in FENCE.findall((root / "README.md").read_text("utf-8")) if language == "python"]
    assert blocks
    done = subprocess.run([sys.executable, "-c", "\n".join(blocks)], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
