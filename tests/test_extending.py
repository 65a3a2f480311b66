"""docs/extending.md keeps its word: its Python runs from top to bottom, its rule pack is found once installed."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualitycheck.rulebook import packs
from qualitycheck.rulebook.packs import load_rulebook

BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def blocks(root: Path) -> list[tuple[str, str, str]]:
    """(language, file or "", text) of every block, in order."""
    return BLOCK.findall((root / "docs" / "extending.md").read_text("utf-8"))


@pytest.fixture
def installed_pack(
    blocks: list[tuple[str, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The page's own package, installed as its metadata says."""
    for _, name, text in blocks:
        if name:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    [declared] = [tomllib.loads(text) for language, _, text in blocks if language == "toml"]
    [(group, points)] = declared["project"]["entry-points"].items()
    metadata = tmp_path / "our_rules-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: our-rules\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (metadata / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    load_rulebook.cache_clear()
    yield tmp_path
    load_rulebook.cache_clear()


def test_the_pages_python_runs_with_its_pack_installed(
    blocks: list[tuple[str, str, str]],
    installed_pack: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(root)
    code = [text for language, _, text in blocks if language == "python"]
    assert len(code) >= 7
    names: dict[str, object] = {}
    for number, text in enumerate(code, 1):
        exec(compile(text, f"docs/extending.md, block {number}", "exec"), names)  # noqa: S102 (the page is ours)
    printed = capsys.readouterr().out
    assert "the type of report is auto, section7 or section31, not 'section 7'" in printed
    assert "language-error The mother have" in printed
    assert "layout a Doc has no tables" in printed
    assert "our-rules/1.0" in printed
    assert "our-rules.custody" in printed


def test_a_folder_can_be_tried_before_it_is_packaged(
    blocks: list[tuple[str, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "entry_points", lambda group: [])
    for _, name, text in blocks:
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert "our-rules.custody" in {rule.id for rule in load_rulebook((tmp_path / "our_rules",)).rules}
