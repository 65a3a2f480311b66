"""Every command but `check`, and what each says when something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qualitycheck.cli import main
from qualitycheck.reading import read_docx
from tests.cli.conftest import Run
from tests.cli.drafts import BEFORE, LEFT_IN, LETTER, RESIDUE, report, write
from tests.docx_builder import docx, ins, p, r


def residue(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [finding["text"] for finding in found["findings"] if finding["id"] == "template-residue"]


def test_text_gives_every_paragraph_once_and_the_margins_last(run: Run, tmp_path: Path) -> None:
    margins = '<w:{0}Reference w:type="default" r:id="{0}1"/>'
    data = docx(
        p("Background", style="Heading1"), p("Ada is five.", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes={"2": p("A note.")}, margins={"header1": p("Case 12"), "footer1": p("Page 1")},
        section=margins.format("header") + margins.format("footer"),
    )  # fmt: skip
    (tmp_path / "draft.docx").write_bytes(data)
    lines = json.loads(run("text", "draft.docx", "--format", "json").out)
    assert all(list(line) == ["paragraph", "label", "section", "part", "text"] for line in lines)
    assert [line["paragraph"] for line in lines] == list(range(len(lines)))
    assert [(line["part"], line["text"].strip()) for line in lines] == [
        ("body", "Background"), ("body", "Ada is five."), ("footnote", "A note."),
        ("header", "Case 12"), ("footer", "Page 1"),
    ]  # fmt: skip
    shown = run("text", "draft.docx").text.splitlines()
    assert shown[1] == "1\t\tBackground\tAda is five."
    assert len(shown) == len(lines)


def test_what_is_set_aside_stays_so_in_the_next_draft(run: Run, tmp_path: Path) -> None:
    first = write(tmp_path, "first.docx")
    fingerprint = next(
        f["fingerprint"] for f in run("check", first, "--format", "json").report["findings"]
        if f["id"] == "template-residue"
    )  # fmt: skip
    assert run("aside", first).out == b""
    refused = run("aside", first, fingerprint)
    assert refused.status == 2
    assert "why" in refused.err
    assert run("aside", first, fingerprint, "--reason", "It is\ta \U0001f642 quotation\x7f").status == 0
    assert run("aside", first).text.startswith(f"{fingerprint}  It is a \U0001f642 quotation")
    next_draft = write(tmp_path, "second.docx", BEFORE, p("A paragraph more."), LEFT_IN)
    told = run("check", next_draft, "--format", "json").report
    assert fingerprint not in {f["fingerprint"] for f in told["findings"]}
    assert f"Set aside: {fingerprint}" in run("check", next_draft).text
    assert run("aside", next_draft, fingerprint, "--undo").status == 0
    told = run("check", next_draft, "--format", "json").report
    assert fingerprint in {f["fingerprint"] for f in told["findings"]}
    assert run("aside", next_draft, fingerprint, "--undo").status == 2
    assert run("aside", next_draft, "nonsense", "--reason", "x").status == 2
    assert RESIDUE not in (tmp_path / "qualitycheck-aside.toml").read_text("utf-8")


def test_what_is_set_aside_does_not_count(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    told = run("check", draft, "--format", "json").report
    (tmp_path / "qualitycheck.toml").write_text(
        "[levels]\n" + "".join(f'{e["id"]} = "consider"\n' for e in told["elements"]), "utf-8"
    )
    assert run("check", draft).status == 1
    for finding in told["findings"]:
        assert run("aside", draft, finding["fingerprint"], "--reason", "seen").status == 0
    assert run("check", draft).status == 0
    assert run("check", draft, "--fail-on", "consider").status == 1


def test_a_file_of_findings_set_aside_that_is_wrong(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    (tmp_path / "qualitycheck-aside.toml").write_text("[[aside]]\nfingerprint = 3\n", "utf-8")
    ran = run("check", draft)
    assert ran.status == 2
    assert "qualitycheck-aside.toml cannot be read" in ran.err


def test_compare_tells_fixed_still_there_and_new(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path, "old.docx", LEFT_IN, p("Seen at [Insert place] in May."))
    new = write(tmp_path, "new.docx", p("More was asked."), LEFT_IN, p("Seen at home on [Insert date]."))
    ran = run("compare", old, new, "--format", "json")
    assert ran.status == 1
    told = json.loads(ran.out)
    assert list(told) == ["fixed", "still_there", "new", "unsure"]
    assert residue(told["fixed"]) == ["[Insert place]"]
    assert residue(told["still_there"]) == [RESIDUE]
    assert residue(told["new"]) == ["[Insert date]"]
    text = run("compare", old, new).text
    assert text.index("Fixed: ") < text.index("Still there: ") < text.index("New: ")
    assert max(map(len, text.splitlines())) <= 80


def test_what_was_set_aside_is_neither_fixed_nor_new(run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(tmp_path, f"{folder}/draft.docx")
    told = run("check", "two/draft.docx", "--format", "json").report
    for finding in told["findings"]:
        assert run("aside", "two/draft.docx", finding["fingerprint"], "--reason", "seen").status == 0
    for pair in (("one", "two"), ("two", "one")):
        found = json.loads(run("compare", *(f"{name}/draft.docx" for name in pair), "--format", "json").out)
        assert found["fixed"]["findings"] == found["new"]["findings"] == []


def test_compare_says_what_it_cannot_compare(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    (tmp_path / "letter.docx").write_bytes(LETTER)
    for other, why in (("letter.docx", "not a report"), ("none.docx", "is not there")):
        ran = run("compare", other, draft)
        assert ran.status == 2
        assert why in ran.err


def test_ready_lists_what_is_left_and_writes_the_copy(run: Run, tmp_path: Path) -> None:
    hidden = p(r("Not for the court.", look="<w:vanish/>"))
    draft = write(tmp_path, "draft.docx", LEFT_IN, p("Ada was seen ", ins("twice"), "."), hidden)
    ran = run("ready", draft, "--write", "filing.docx")
    assert ran.status == 1
    for what in ("template", "tracked changes still open", "hidden text"):
        assert what in ran.text
    assert max(map(len, ran.text.splitlines())) <= 80
    copy = read_docx(tmp_path / "filing.docx")
    assert (copy.tracked_changes, copy.hidden, copy.comments) == (0, (), ())
    assert "Ada was seen twice." in {q.text for q in copy.paragraphs}
    over = run("ready", draft, "--write", draft)
    assert over.status == 2
    assert "is the report itself" in over.err


def test_ready_says_when_nothing_was_judged(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(LETTER)
    ran = run("ready", "letter.docx")
    assert ran.status == 1
    assert "nothing was judged" in ran.text


def test_every_criterion_is_listed_and_explained(run: Run) -> None:
    listed = json.loads(run("criteria", "--format", "json").out)
    assert len(listed) == 42
    text = run("criteria").text
    for criterion in listed:
        assert criterion["id"] in text
        explained = run("criteria", criterion["id"])
        assert explained.status == 0
        assert criterion["title"] in explained.text
        assert max(map(len, explained.text.splitlines())) <= 80
    ran = run("criteria", "harms")
    assert ran.status == 2
    assert "there is no criterion 'harms'" in ran.err


def test_examples_of_rules_run(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "test", "placeholder")
    assert ran.status == 0, ran.text
    assert ran.text.startswith("1 rules, ")
    assert run("rules", "test", "no-such-rule").status == 2


def test_version_names_program_rules_and_models(run: Run) -> None:
    assert [line.split()[0] for line in run("version").text.splitlines()] == ["version", "rules", "models"]


@pytest.mark.parametrize("command", [("text",), ("ready",), ("aside",), ("check",)])
def test_a_path_that_is_not_there(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "none.docx")
    assert ran.status == 2
    assert ran.err.startswith("qualitycheck: none.docx ")
    assert ran.err.count("\n") == 1


def test_help_is_eighty_columns_wide(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ([], ["check"], ["text"], ["compare"], ["aside"], ["ready"], ["criteria"], ["rules", "test"]):
        ran = run(*command, "--help")
        assert ran.status == 0
        assert max(map(len, ran.text.splitlines())) <= 80, command


def test_help_loads_nothing_heavy() -> None:
    ask = "import sys; from qualitycheck.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert not {"spacy", "lxml", "yaml", "pydantic", "jinja2", "numpy"} & set(done.stdout.split())


def test_a_fault_of_our_own_is_one_sentence_without_its_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(options: object) -> int:
        raise RuntimeError(RESIDUE)

    monkeypatch.setattr("qualitycheck.cli.version.run", broken)
    assert main(["version"]) == 3
    assert capsys.readouterr().err == "qualitycheck: qualitycheck itself failed (RuntimeError): please report this\n"


def test_output_is_utf8_whatever_the_console_says(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(report(p("Siân ŵ 🙂 [Insert name]")))
    command = [sys.executable, "-X", "utf8=0", "-m", "qualitycheck", "text", "draft.docx"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0, done.stderr
    assert "Siân ŵ 🙂" in done.stdout.decode("utf-8")
