"""`qualitycheck check`: statuses, places, formats, and the JSON of the contract."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qualitycheck import checking
from qualitycheck.reading import read_docx
from qualitycheck.rulebook.packs import load_rulebook
from tests.cli.conftest import Run
from tests.cli.drafts import LETTER, RESIDUE, report, write
from tests.docx_builder import docx, p

REPORT_KEYS = (
    "file sha256 type type_confidence stage children words paragraphs elements findings unread not_run error".split()
)
ELEMENT_KEYS = "id status confidence needs_reading decided_by level by_child reason passages".split()
FINDING_KEYS = (
    "id rule level confidence fingerprint passage message suggestion source support related".split()
)
PASSAGE_KEYS = "paragraph label section start end text".split()


def test_json_is_as_the_contract_says(run: Run, examples: list[Path]) -> None:
    for path in examples:
        ran = run("check", path, "--format", "json")
        assert ran.status in (0, 1)
        whole = json.loads(ran.out)
        assert list(whole) == ["schema", "tool", "reports"]
        assert whole["schema"] == "qualitycheck/result/1"
        assert list(whole["tool"]) == ["version", "rules", "models"]
        told = whole["reports"][0]
        assert list(told) == REPORT_KEYS
        catalogue = load_rulebook().criteria.values()
        wanted = [c.id for c in catalogue if c.kind == "element" and told["type"] in [str(t) for t in c.report_types]]
        assert [element["id"] for element in told["elements"]] == wanted
        assert sum(element["needs_reading"] for element in told["elements"]) <= 0.15 * len(wanted)
        texts = {line["paragraph"]: line for line in json.loads(run("text", path, "--format", "json").out)}
        passages = []
        for element in told["elements"]:
            assert list(element) == ELEMENT_KEYS
            assert (element["level"] is None) == (element["status"] in ("met", "not-applicable"))
            passages += element["passages"]
        for finding in told["findings"]:
            assert list(finding) == FINDING_KEYS
            assert finding["level"] in ("must-fix", "should-fix", "consider")
            assert len(finding["support"]) <= 3
            passages += [finding["passage"], *finding["support"], *finding["related"]]
        assert len({finding["fingerprint"] for finding in told["findings"]}) == len(told["findings"])
        assert passages
        for passage in passages:
            assert list(passage) == PASSAGE_KEYS
            line = texts[passage["paragraph"]]
            assert passage["text"] == line["text"][passage["start"] : passage["end"]] != ""
            assert (passage["label"], passage["section"]) == (line["label"], line["section"])


def test_json_is_the_same_from_run_to_run(tmp_path: Path) -> None:
    """In processes of their own, since the order of sets differs between processes."""
    path = write(tmp_path)
    command = [sys.executable, "-m", "qualitycheck", "check", str(path), "--format", "json"]
    first, second = (subprocess.run(command, capture_output=True, check=False) for _ in range(2))
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["reports"][0]["file"] == "draft.docx"


def test_a_letter_is_not_judged_and_it_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(LETTER)
    ran = run("check", "letter.docx", "--format", "json")
    assert ran.status == 0
    told = ran.report
    assert told["type"] == "other"
    assert told["type_reason"]
    assert told["elements"] == told["findings"] == []
    assert "Nothing was judged" in run("check", "letter.docx").text
    assert "not judged" in run("check", "letter.docx", "--format", "csv").text
    assert "Nothing was judged" in run("check", "letter.docx", "--format", "html").text
    as_report = run("check", "letter.docx", "--format", "json", "--type", "section7").report
    assert as_report["type"] == "section7"
    assert "type_reason" not in as_report
    assert as_report["elements"]


@pytest.mark.parametrize("from_level", ["must-fix", "should-fix", "consider"])
def test_what_must_be_fixed_counts_at_every_level(run: Run, tmp_path: Path, from_level: str) -> None:
    assert run("check", write(tmp_path), "--fail-on", from_level).status == 1


def test_one_unreadable_file_among_many_stops_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.docx")
    (tmp_path / "b.docx").write_bytes(b"%PDF-1.7")
    write(tmp_path, "c.docx")
    ran = run("check", "a.docx", "b.docx", "missing.docx", "c.docx", "--format", "json")
    assert ran.status == 2
    reports = json.loads(ran.out)["reports"]
    assert [(r["file"], r["error"] and r["error"]["code"]) for r in reports] == [
        ("a.docx", None), ("b.docx", "not-docx"), ("missing.docx", "not-found"), ("c.docx", None),
    ]  # fmt: skip
    assert reports[0]["findings"]
    assert reports[3]["findings"]
    assert reports[2]["sha256"] == ""
    assert ran.err.count("\n") == 2
    assert "b.docx is a PDF" in ran.err
    for format in ("text", "csv"):
        ran = run("check", "a.docx", "b.docx", "--format", format)
        assert ran.status == 2
        assert "b.docx is a PDF" in ran.text


def test_a_fault_of_our_own_in_one_report_stops_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.docx")
    write(tmp_path, "b.docx")
    real = checking.check_document

    def broken(document: object, *more: object) -> object:
        if document.name == "a.docx":  # type: ignore[attr-defined]
            raise KeyError(RESIDUE)
        return real(document, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check_document", broken)
    ran = run("check", ".", "--format", "json")
    assert ran.status == 3
    first, second = json.loads(ran.out)["reports"]
    assert first["error"]["code"] == "fault"
    assert second["findings"]
    assert RESIDUE not in ran.err  # what a fault says may quote the report


def test_a_folder_is_searched_for_word_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reports" / "old").mkdir(parents=True)
    for name in ("reports/Zed.DOCX", "reports/old/b.docm", "reports/a.dotx", "reports/~$a.docx", "reports/notes.txt"):
        write(tmp_path, name)
    (tmp_path / "reports" / "folder.docx").mkdir()
    reports = json.loads(run("check", "reports", "--format", "json").out)["reports"]
    assert [r["file"] for r in reports] == ["Zed.DOCX", "a.dotx", "old/b.docm"]
    (tmp_path / "empty").mkdir()
    ran = run("check", "empty", "reports", "--format", "json")
    assert ran.status == 2
    assert len(json.loads(ran.out)["reports"]) == 4
    assert "empty is a folder that holds no .docx" in ran.err


def test_from_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "qualitycheck", "check", "-", "--format", "json"]
    done = subprocess.run(command, input=report(p(RESIDUE)), capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["reports"][0]["file"] == "standard input"
    done = subprocess.run(command, input=b"", capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("qualitycheck: standard input is empty")


def test_whoever_reads_may_stop_reading(tmp_path: Path) -> None:
    long = write(tmp_path, "long.docx", *[p("Ada. " * 99)] * 500)
    command = [sys.executable, "-m", "qualitycheck", "text", str(long)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout
        assert reading.stderr
        reading.stdout.readline()
        reading.stdout.close()
        assert reading.stderr.read() == b""


@pytest.mark.parametrize("format", ["text", "json", "csv", "html", "docx"])
def test_output_is_written_whole_or_not_at_all(run: Run, tmp_path: Path, format: str) -> None:
    draft = write(tmp_path)
    before = draft.read_bytes()
    ran = run("check", draft, "--format", format, "--output", "made/result")
    assert ran.status == 1
    assert ran.out == b""
    assert (tmp_path / "made/result").stat().st_size > 1000
    assert [file.name for file in (tmp_path / "made").iterdir()] == ["result"]
    over = run("check", draft, "--format", format, "--output", draft)
    assert over.status == 2
    assert "draft.docx is the report itself" in over.err
    (tmp_path / "file").touch()
    into_a_file = run("check", draft, "--format", format, "--output", "file/result")
    assert into_a_file.status == 2
    assert into_a_file.err.count("\n") == 1
    assert draft.read_bytes() == before


def test_a_result_is_never_written_into_a_folder_as_a_file(run: Run, tmp_path: Path) -> None:
    ran = run("check", write(tmp_path), "--format", "json", "--output", tmp_path)
    assert ran.status == 2
    assert "is a folder" in ran.err


@pytest.mark.parametrize("format", ["html", "docx"])
def test_several_results_go_into_a_folder_each_in_a_place_of_its_own(run: Run, tmp_path: Path, format: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(tmp_path, f"{folder}/draft.docx")
    (tmp_path / "two" / "broken.docx").write_bytes(b"PK")
    ran = run("check", "one", "two", "--format", format, "--output", "out")
    assert ran.status == 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [f"draft-2.{format}", f"draft.{format}"]
    assert "say with --output" in run("check", "one", "two", "--format", format).err
    again = run("check", ".", "--format", format, "--output", "out")  # what was written before is not checked in turn
    assert again.status == 2
    assert sorted(file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("draft.*")) == [
        f"draft.{format}", f"one/draft.{format}", f"two/draft.{format}",
    ]  # fmt: skip


def test_copies_are_never_written_over_the_reports_of_a_folder(run: Run, tmp_path: Path) -> None:
    before = write(tmp_path).read_bytes()
    ran = run("check", tmp_path, "--format", "docx", "--output", tmp_path)
    assert ran.status == 2
    assert (tmp_path / "draft.docx").read_bytes() == before


def test_an_annotated_copy_reads_the_same_and_can_be_cleaned(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    assert run("check", draft, "--format", "docx", "--output", "read.docx").status == 1
    copy = read_docx(tmp_path / "read.docx")
    assert {comment.author for comment in copy.comments} == {"qualitycheck"}
    assert [q.text for q in copy.paragraphs] == [q.text for q in read_docx(draft).paragraphs]
    assert run("check", "read.docx", "--format", "docx", "--clean", "--output", "clean.docx").status == 1
    assert read_docx(tmp_path / "clean.docx").comments == ()


def test_options_that_do_not_go_together(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    for words in ("--clean", "--config none.toml", "--format pdf", "--fail-on never", "--type s7"):
        ran = run("check", draft, *words.split())
        assert ran.status == 2
        assert ran.out == b""
    assert run("check").status == 2
    assert run().status == 2


def test_configuration_turns_off_raises_and_bounds(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path)
    settings = tmp_path / "qualitycheck.toml"
    settings.write_text('[rules]\noff = ["template-residue"]\n[levels]\nfront-sheet = "consider"\n', "utf-8")
    told = run("check", draft, "--format", "json").report
    assert "template-residue" not in {finding["id"] for finding in told["findings"]}
    settings.write_text("[limits]\nchecked_characters = 50\n", "utf-8")
    ran = run("check", draft)
    assert ran.status == 2
    assert "is longer than any report" in ran.err
    settings.write_text("[limits]\nfile_bytes = 50\n", "utf-8")
    assert "is larger than 50 bytes" in run("check", draft).err
    for wrong in ("[limits]\nspeed = 1", "[levels]\nharm = 'high'", "[rules]\noff = ['no-such-rule']", "[", "a = 1"):
        settings.write_text(wrong, "utf-8")
        ran = run("check", draft)
        assert ran.status == 2
        assert ran.err.count("\n") == 1, ran.err


def test_csv_can_start_no_formula(run: Run, tmp_path: Path) -> None:
    cells = ["=1+1 [Insert name]", "@SUM(A1) [Insert name]", "-2+3;=4 [Insert name]"]
    ran = run("check", write(tmp_path, "=cmd.docx", *map(p, cells)), "--format", "csv")
    assert ran.out.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(ran.out.decode("utf-8-sig"), newline="")))
    assert {row["kind"] for row in rows} == {"element", "finding"}
    assert {row["file"] for row in rows} == {"'=cmd.docx"}
    for row in rows:
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
    parted = list(csv.reader(io.StringIO(ran.out.decode("utf-8-sig")), delimiter=";"))
    assert not any(cell.startswith("=") for row in parted for cell in row)


def test_text_fits_eighty_columns_and_opens_with_what_to_fix_first(run: Run, examples: list[Path]) -> None:
    for path in examples:
        text = run("check", path).text
        assert "\033" not in text
        lines = text.splitlines()
        assert max(map(len, lines)) <= 80
        if "What to fix first" in lines:
            start = lines.index("What to fix first") + 1
            told = lines[start : lines.index("", start)]
            assert 1 <= len(told) <= 5
            assert [line[:2] for line in told] == [f"{n}." for n in range(1, len(told) + 1)]


def test_colour_only_where_it_helps(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = write(tmp_path)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\033[31m" in run("check", draft).text
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in run("check", draft).text


def test_what_a_terminal_would_obey_is_not_shown(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path, "draft.docx", p("Ada \u009b31m\u202e[Insert name]\u202c."))
    for command in (["check", draft], ["check", draft, "--format", "html"], ["text", draft]):
        text = run(*command).text
        assert "[Insert name]" in text
        assert not set(text) & {"\u009b", "\u202e", "\u202c"}


def test_names_of_any_script_and_files_of_any_name(run: Run, tmp_path: Path) -> None:
    draft = write(tmp_path, "Adroddiad Siân – 報告.docx", p("Siân ŵ 🙂 [Insert name]"))
    ran = run("check", draft, "--format", "json")
    assert ran.report["file"] == "Adroddiad Siân – 報告.docx"
    assert run("check", draft, "--format", "html", "--output", "é.html").status == 1
    page = (tmp_path / "é.html").read_text("utf-8")
    assert all(word in page for word in ("Siân", "ŵ", "🙂", "報告"))


def test_progress_is_for_people_watching(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.docx")
    write(tmp_path, "b.docx")
    assert run("check", ".").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "1 of 2: a.docx" in run("check", ".").err


def test_a_report_with_nothing_in_it_still_has_every_element(run: Run, tmp_path: Path) -> None:
    (tmp_path / "short.docx").write_bytes(docx(p("Ada.")))
    told = run("check", "short.docx", "--format", "json", "--type", "section31").report
    assert len(told["elements"]) == 26
    for format in ("text", "html", "csv"):
        assert run("check", "short.docx", "--type", "section31", "--format", format).status == 1


def test_a_copy_in_a_path_with_spaces(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "case 12 (final)"
    folder.mkdir()
    shutil.copy(write(tmp_path), folder / "my draft.docx")
    assert run("check", folder / "my draft.docx", "--format", "docx", "--output", folder / "my copy.docx").status == 1
    assert (folder / "my copy.docx").exists()
