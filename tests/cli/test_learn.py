"""`qualitycheck learn`: what is written, what is refused, and that a check then goes by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run
from tests.cli.drafts import write
from tests.docx_builder import p

SAID = ("Ada said that the lighthouse frightens her.", "Paul Marlowe works at the harbour.", "Ruth Marlowe sings.")
Labels = Callable[[Path], dict[str, Any]]


def office(folder: Path, labels: Labels, reports: int = 12) -> Path:
    """Short reports by six authors, with labels."""
    folder.mkdir()
    for n in range(reports):
        said = (f"{SAID[(n + k) % 3]} This was on {k + n + 1} May." for k in range(2))
        path = write(folder, f"r{n:02}.docx", *map(p, said))
        told = {"author": f"Author {n % 6}", "gold": labels(path)}
        path.with_suffix(".json").write_text(json.dumps(told), "utf-8")
    return folder


@pytest.fixture
def judged(run: Run) -> Labels:
    """What the shipped models themselves say: nothing to learn."""

    def labels(path: Path) -> dict[str, Any]:
        elements = run("check", path, "--format", "json").report["elements"]
        return {"elements": {one["id"]: {"status": one["status"]} for one in elements}}

    return labels


@pytest.fixture
def otherwise(judged: Labels) -> Labels:
    """An office for which what is missing is always met."""

    def labels(path: Path) -> dict[str, Any]:
        elements = judged(path)["elements"]
        for told in elements.values():
            if told["status"] == "missing":
                told["status"] = "met"
        return {"elements": elements}

    return labels


def models(run: Run) -> str:
    return run("version").text.split()[-1]


def use(folder: Path) -> None:
    Path("qualitycheck.toml").write_text(f'[models]\nfolder = "{folder.name}"\n', "utf-8")


def test_what_is_learnt_is_written_and_used(run: Run, otherwise: Labels, tmp_path: Path) -> None:
    shipped = models(run)
    folder = office(tmp_path / "ours", otherwise)
    done = run("learn", folder)
    assert (done.status, done.err) == (0, ""), done.text
    assert done.text.startswith("12 reports by 6 authors, ")
    assert "Written to qualitycheck-models." in done.text
    assert done.text.endswith('[models]\nfolder = "qualitycheck-models"\n')
    assert "only elements were learnt" in done.text
    own = tmp_path / "qualitycheck-models"
    told = json.loads((own / "manifest.json").read_text("utf-8"))
    assert told["learnt_from"]["reports"] == 12
    assert told["held_out"]["after"]["statuses_right"]["count"] > told["held_out"]["before"]["statuses_right"]["count"]
    written = b"".join(path.read_bytes() for path in own.iterdir()).decode()
    assert not any(word in written for word in ("Ada", "Author", "lighthouse", "r00"))
    assert models(run) == shipped
    use(own)
    assert models(run).startswith(f"{shipped}+own.")
    checked = json.loads(run("check", folder / "r03.docx", "--format", "json").out)
    assert checked["tool"]["models"] == models(run)

    fewer = office(tmp_path / "fewer", lambda path: labelled_as(folder / path.name), reports=12)
    told["learnt_from"]["reports"] = 40
    (own / "manifest.json").write_text(json.dumps(told), "utf-8")
    refused(run("learn", fewer), "were learnt from 40 reports and these are 12")
    (own / "adjustment.json").write_bytes(b"{}")
    refused(run("check", folder / "r03.docx"), "adjustment.json is not the one that was measured: learn them again")
    told["shipped"]["faults.onnx"] = "0"
    (own / "manifest.json").write_text(json.dumps(told), "utf-8")
    refused(run("check", folder / "r03.docx"), "were learnt on another release")


def labelled_as(report: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(report.with_suffix(".json").read_text("utf-8"))["gold"]
    return gold


def refused(ran: Ran, why: str) -> None:
    assert (ran.status, ran.out) == (2, b"")
    assert why in ran.err
    assert ran.err.count("\n") == 1


def test_what_is_better_is_not_replaced(run: Run, judged: Labels, tmp_path: Path) -> None:
    folder = office(tmp_path / "ours", judged)
    done = run("learn", folder, "--into", "own", "--format", "json")
    told = json.loads(done.out)
    assert done.status == 1
    assert (told["better"], told["written_to"]) == (False, None)
    assert "The shipped models stay in use." in told["verdict"]
    assert told["before"]["statuses"]["estimate"]["value"] == 1
    assert not (tmp_path / "own").exists()


def some(path: Path) -> dict[str, Any]:
    return {"elements": {"harm": {"status": "missing"}}}


def test_what_cannot_be_learnt_from(run: Run, tmp_path: Path) -> None:
    refused(run("learn", office(tmp_path / "few", some, reports=11)), "learning takes at least 12, by several authors")
    folder = office(tmp_path / "ours", some)
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "letter.txt").write_text("Dear Ada", "utf-8")
    refused(run("learn", folder, "--into", "else"), "holds something else")
    refused(run("learn", folder, "--into", "else/letter.txt"), "is a file")
    gold = {"findings": [{"rule": "vague-term", "quote": "Secret"}]}
    (folder / "r07.json").write_text(json.dumps({"gold": gold}), "utf-8")
    done = run("learn", folder)
    refused(done, "r07.json: the words of finding 1 (vague-term) stand in no single paragraph")
    assert "Secret" not in done.err
    (tmp_path / "qualitycheck.toml").write_text("[models]\nuse = false\n", "utf-8")
    refused(run("learn", folder), "says not to use models")


def test_models_by_configuration_and_option(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    (tmp_path / "qualitycheck.toml").write_text("[models]\nuse = false\n", "utf-8")
    assert models(run) == "none"
    checked = json.loads(run("check", draft, "--format", "json").out)
    assert checked["tool"]["models"] == "none"
    assert {one["decided_by"] for one in checked["reports"][0]["elements"]} == {"rule"}
    refused(run("check", draft, "--boldness", "strict"), "says not to use them")
    for wrong, why in [
        ('boldness = "bold"', "must be one of strict, balanced, thorough"),
        ("use = 1", "must be true or false"),
        ('folder = "none"', "is not a folder"),
        ("folder = 3", "must be a path in quotation marks"),
        ("kind = 3", "has no setting 'kind'"),
    ]:
        (tmp_path / "qualitycheck.toml").write_text(f"[models]\n{wrong}\n", "utf-8")
        refused(run("check", draft), why)
    (tmp_path / "qualitycheck.toml").unlink()
    (tmp_path / "empty").mkdir()
    use(tmp_path / "empty")
    refused(run("check", draft), "empty holds no models of your own")


def test_bolder_flags_no_fewer(run: Run, examples: list[Path]) -> None:
    flags = [
        len(run("check", examples[0], "--boldness", bold, "--format", "json").report["findings"])
        for bold in ("strict", "balanced", "thorough")
    ]
    assert flags == sorted(flags)
