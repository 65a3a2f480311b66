"""What is installed stands alone: the wheel holds all it needs, under one name, and checks a report from anywhere."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SHIPPED = ("LICENSE", "README.md", "models", "pyproject.toml", "qualitycheck", "rules", "service")
WORKSHOP = ("corpora", "training", "evaluation", "outside", "train.py", "evaluate.py", "ablations.py")  # of the models
NOT_SHIPPED = ("__pycache__", "*.pyc", "build", "*.egg-info", "assets", "node_modules", *WORKSHOP)


@pytest.fixture(scope="module")
def source(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel is made of, copied, so that nothing is built in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
        else:
            shutil.copy(root / name, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(source)], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that holds our wheel, and sees the libraries of this one but not this checkout.

    Copying the libraries would take minutes; their folder is put on the path instead. `.pth` files are not read
    from such a folder, so that the editable installation of this checkout cannot be seen from there.
    """
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", vars={"base": str(place), "platbase": str(place)})
    site = Path(paths["purelib"])
    pip = [sys.executable, "-m", "pip", "--python", str(place), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Path(paths["scripts"])


def run(command: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command run in `cwd` with nothing of this checkout in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command, cwd=cwd, env=environment | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False
    )


def script(installed: Path, name: str) -> Path:
    return installed / (f"{name}.exe" if os.name == "nt" else name)


def test_the_wheel_holds_every_file_of_the_product(source: Path, wheel: Path) -> None:
    wanted = set()
    for folder, place in tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-dir"
    ].items():
        for file in (source / place).rglob("*"):
            if file.is_file():
                wanted.add(f"{folder.replace('.', '/')}/{file.relative_to(source / place).as_posix()}")
    with zipfile.ZipFile(wheel) as archive:
        assert wanted - set(archive.namelist()) == set()


def test_the_wheel_puts_one_name_on_the_import_path(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qualitycheck"}


def test_the_wheel_leaves_the_training_reports_at_home(root: Path, wheel: Path) -> None:
    assert (root / "models" / "corpora").is_dir()
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if "corpora" in name] == []


def imported(file: Path) -> Iterator[str]:
    """The names a file imports, relative imports aside, as their first part: `lxml` for `lxml.etree`."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_declared(source: Path) -> None:
    project = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = (*project["dependencies"], *project["optional-dependencies"]["service"])
    declared = {re.split(r"[^a-z0-9-]", line)[0] for line in wanted}
    names = {name for file in source.rglob("*.py") for name in imported(file)}
    providers = packages_distributions()
    undeclared = {
        name
        for name in names - set(sys.stdlib_module_names) - {"qualitycheck"}
        if declared.isdisjoint(provider.lower().replace("_", "-") for provider in providers.get(name, ()))
    }
    assert undeclared == set()


def test_installed_it_finds_its_own_rules_and_models(installed: Path, root: Path, tmp_path: Path) -> None:
    ask = (
        "import json, importlib.util, qualitycheck, qualitycheck.service, qualitycheck.models\n"
        "from qualitycheck.resources import folder\n"
        "generic = [name for name in ('service', 'models', 'rules') if importlib.util.find_spec(name)]\n"
        "print(json.dumps([qualitycheck.__file__, str(folder('rules')), str(folder('models')), generic]))"
    )
    answer = run([script(installed, "python"), "-I", "-c", ask], tmp_path)
    assert answer.returncode == 0, answer.stderr
    package, rules, models, generic = json.loads(answer.stdout)
    home = Path(package).parent
    assert home.is_relative_to(installed.parent.resolve())
    assert not home.is_relative_to(root)
    assert Path(rules) == home / "rules"
    assert list(Path(rules).rglob("*.yaml"))
    assert Path(models) == home / "models"
    assert generic == []


def test_installed_it_checks_a_report_from_another_folder(
    installed: Path, examples: list[Path], tmp_path: Path
) -> None:
    for command in ([script(installed, "qualitycheck")], [script(installed, "python"), "-m", "qualitycheck"]):
        answer = run([*command, "check", examples[0], "--format", "json"], tmp_path)
        assert answer.returncode in {0, 1}, answer.stderr
        report = json.loads(answer.stdout)["reports"][0]
        assert report["error"] is None
        assert report["not_run"] == []
        assert len(report["elements"]) >= 19
    assert list(tmp_path.iterdir()) == []


def test_installed_it_is_a_part_of_spacy(installed: Path, tmp_path: Path) -> None:
    ask = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('qualitycheck'); print(nlp.pipe_names)"
    answer = run([script(installed, "python"), "-I", "-c", ask], tmp_path)
    assert answer.stdout.strip() == "['qualitycheck']", answer.stderr


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pinned_release_has_its_checksums_and_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    for release in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]:
        assert re.match(r"[a-z0-9-]+==\S+", release), release
        assert "--hash=sha256:" in release, release
