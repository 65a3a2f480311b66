"""`qualitycheck inspect`: tables of a graded sample in every form, and a sentence for what does not go together."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from qualitycheck.sampling import manifest as manifests
from tests.cli.conftest import Run
from tests.inspecting import east_midlands


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    sample, grades = tmp_path / "sample.json", tmp_path / "grades.csv"
    manifests.write(east_midlands.manifest(), sample)
    grades.write_bytes(east_midlands.as_csv())
    return sample, grades


def test_the_published_sample_as_text(run: Run, files: tuple[Path, Path]) -> None:
    done = run("inspect", *files, "--endless-frame")
    assert (done.status, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.text.splitlines()]
    assert "section 7 33 0 inadequate 25 76 59 87 Wilson most (25 of 33)" in lines
    assert "section 31 29 0 inadequate 9 31 17 49 Wilson 9 of 29" in lines
    assert "Intervals without finite-frame correction." in lines


def test_json_has_the_results_and_the_whole_trail(run: Run, files: tuple[Path, Path]) -> None:
    shown = json.loads(run("inspect", *files, "--format", "json").out)
    assert shown["schema"] == "qualitycheck/inspection/1"
    assert len(shown["trail"]["grades"]) == 62 == len(shown["trail"]["settled"])
    assert shown["trail"]["manifest"]["seed"] == "east midlands"
    again = json.dumps({"schema": "qualitycheck/grades/1", "rows": shown["trail"]["grades"]})
    files[1].write_text(again, "utf-8")
    assert json.loads(run("inspect", *files, "--format", "json").out) == shown


def test_csv_holds_every_row(run: Run, files: tuple[Path, Path]) -> None:
    done = run("inspect", *files, "--format", "csv")
    rows = list(csv.reader(io.StringIO(done.out.decode("utf-8-sig"))))
    assert ["Overall", "section 7", "33", "0", "inadequate", "25", "76"] in [row[:7] for row in rows]


def test_xlsx_has_a_sheet_a_table_and_a_chart(run: Run, files: tuple[Path, Path]) -> None:
    assert run("inspect", *files, "--format", "xlsx", "--output", "tables.xlsx").status == 0
    book = openpyxl.load_workbook("tables.xlsx")
    assert book.sheetnames == ["About", "Overall", "Strata compared"]
    cells = [[cell.value for cell in row] for row in book["Overall"].rows]
    assert ["section 7", 33, 0, "inadequate", 25] in [row[:5] for row in cells]
    assert "2008" in str(book["Overall"].oddFooter.left.text)
    assert len(book["Overall"]._charts) == 1


def test_word_has_the_tables_the_charts_and_the_scales_on_every_page(run: Run, files: tuple[Path, Path]) -> None:
    assert run("inspect", *files, "--format", "docx", "--output", "tables.docx").status == 0
    page = Document("tables.docx")
    assert "few under 20%" in page.sections[0].footer.paragraphs[0].text
    assert [cell.text.lower() for cell in page.tables[0].rows[8].cells][:5] == [
        "section 7",
        "33",
        "0",
        "inadequate",
        "25",
    ]
    assert page.element.body.xpath("//wp:docPr/@descr")[0].startswith("section 31: 0 excellent, 6 good")
    first = Path("tables.docx").read_bytes()
    run("inspect", *files, "--format", "docx", "--output", "tables.docx")
    assert Path("tables.docx").read_bytes() == first


def test_charts_are_written(run: Run, files: tuple[Path, Path]) -> None:
    assert run("inspect", *files, "--charts", "charts").status == 0
    assert Path("charts/01-overall.svg").read_text("utf-8").startswith("<svg ")


def test_passages_are_written_to_be_confirmed(run: Run, files: tuple[Path, Path], examples: list[Path]) -> None:
    report = examples[0]
    folder = Path("reports")
    folder.mkdir()
    (folder / "section7-01.docx").write_bytes(report.read_bytes())
    rows = json.loads(run("inspect", *files, "--format", "json").out)["trail"]["grades"]
    fault = {
        "kind": "fault",
        "report": "section7-01",
        "reader": "reader A",
        "date": "2007-06-20",
        "criterion": "vague-term",
        "passage": "He may be at risk.",
    }
    another = {**fault, "report": "section7-02", "passage": ""}  # a fault that is seen once does not recur
    files[1].write_text(json.dumps({"schema": "qualitycheck/grades/1", "rows": [*rows, fault, another]}), "utf-8")
    done = run("inspect", *files, "--reports", folder, "--to-confirm", "passages.csv")
    assert done.status == 0
    assert "to be confirmed by a person, and not printed: 1" in done.text
    assert "He may be at risk." in Path("passages.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--scale", "good"], "is no scale"),
        (["--scale", "ofsted"], "is not one of outstanding"),
        (["--confirmed", "x.csv"], "--reports"),
        (["--frame", "x.csv"], "--checked"),
        (["--smallest", "0"], "--smallest"),
        (["--checked", "x.json"], "cannot be read"),
    ],
)
def test_what_does_not_go_together_is_said(run: Run, files: tuple[Path, Path], words: list[str], told: str) -> None:
    done = run("inspect", *files, *words)
    assert done.status == 2
    assert told in done.err
