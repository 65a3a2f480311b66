"""A labelled report says the same in every layout, and is read back word for word."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualitycheck.document import Document, Part
from qualitycheck.models.corpora.layouts import as_laid_out, write_docx
from qualitycheck.models.corpora.plan import LAYOUTS
from qualitycheck.reading import read_docx

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "sources").glob("*.json"))
CORPUS = sorted((ROOT / "models" / "corpora" / "train").glob("*.json"))

REPORT: dict[str, Any] = {
    "id": "invented",
    "type": "section7",
    "children": [{"name": "Ines Farrow", "dob": "2018-02-01"}],
    "report_date": "2026-03-02",
    "blocks": [
        {"kind": "heading", "level": 1, "text": "Report to the court"},
        {"kind": "para", "text": "The Family Court at Derby"},
        {"kind": "table", "rows": [["Child", "Ines Farrow"], ["Date of birth", "1 February 2018"]]},
        {"kind": "heading", "level": 2, "text": "What I did"},
        {"kind": "para", "text": "I saw Ines on her own on 5 January 2026.", "footnote": "For forty minutes."},
        {"kind": "bullets", "items": ["Her mother, at home, 7 January", "Her father, at work, 9 January"]},
        {"kind": "heading", "level": 2, "text": "Analysis"},
        {"kind": "para", "text": "She wants to stay where she is, and said so twice."},
        {"kind": "box", "text": "In short\nInes should stay."},
        {"kind": "table", "rows": [["", "For", "Against"], ["Stay", "Her school", "The journey"]]},
    ],
    "gold": {
        "elements": {"child-seen": {"status": "met", "evidence": ["I saw Ines on her own"]}},
        "findings": [{"rule": "description-only", "quote": "Analysis"}],
        "clean": [],
    },
}


def read(report: dict[str, Any], layout: str) -> Document:
    return read_docx(write_docx(report, layout))


def part(report: dict[str, Any], layout: str, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write_docx(report, layout))) as package:
        return package.read(name).decode()


def quotations(gold: dict[str, Any]) -> Iterator[str]:
    for element in gold["elements"].values():
        yield from element.get("evidence", ())
    for entry in [*gold["findings"], *gold["clean"]]:
        yield entry["quote"]
        if "other" in entry:
            yield entry["other"]


def lost(report: dict[str, Any], layout: str) -> list[str]:
    """The report's quotations that stand in no single paragraph of what is read back."""
    read_back = [paragraph.text for paragraph in read(report, layout).paragraphs]
    laid_out = as_laid_out(report, layout)
    return [quotation for quotation in quotations(laid_out["gold"]) if not any(quotation in text for text in read_back)]


def labels(report: dict[str, Any]) -> dict[str, str]:
    """The numbers that Word counts, by the body paragraph they stand before."""
    paragraphs = read(report, "auto-numbered").paragraphs
    return {each.text: each.label for each in paragraphs if each.label and each.part is Part.BODY}


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_quotation_of_the_examples_is_read_back_from_every_layout(source: Path, layout: str) -> None:
    assert lost(json.loads(source.read_text("utf-8")), layout) == []


@pytest.mark.parametrize("source", CORPUS, ids=lambda path: path.stem)
def test_every_quotation_of_the_corpus_is_read_back_from_its_own_layout(source: Path) -> None:
    report = json.loads(source.read_text("utf-8"))
    assert lost(report, report["layout"]) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_report_gives_the_same_bytes(layout: str) -> None:
    assert write_docx(REPORT, layout) == write_docx(REPORT, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_carry_no_date_of_writing(layout: str) -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(REPORT, layout))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert re.findall(r"\d{4}-\d\d-\d\dT", package.read("docProps/core.xml").decode()) == ["2026-03-02T"] * 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_box_is_a_text_box_and_is_read_once(layout: str) -> None:
    boxed = [paragraph.text for paragraph in read(REPORT, layout).paragraphs if paragraph.part is Part.TEXTBOX]
    assert boxed.count("In short") == boxed.count("Ines should stay.") == 1
    assert part(REPORT, layout, "word/document.xml").count("Ines should stay.") == 2  # the shape, and its fallback


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_footnote_is_a_footnote(layout: str) -> None:
    notes = [paragraph.text for paragraph in read(REPORT, layout).paragraphs if paragraph.part is Part.FOOTNOTE]
    assert [note.strip() for note in notes] == ["For forty minutes."]


def test_automatic_numbers_stand_in_labels_and_not_in_the_text() -> None:
    assert labels(REPORT) == {
        "I saw Ines on her own on 5 January 2026.": "1.",
        "Her mother, at home, 7 January": "(a)",
        "Her father, at work, 9 January": "(b)",
        "She wants to stay where she is, and said so twice.": "2.",
    }


def test_automatic_numbers_by_section_count_the_headings() -> None:
    numbered = labels({**REPORT, "numbering": "by-section"})
    assert numbered["Analysis"] == "2."
    assert numbered["She wants to stay where she is, and said so twice."] == "2.1"


def test_typed_numbers_stand_in_the_text() -> None:
    assert any(p.text.endswith("She wants to stay where she is, and said so twice.") and "2." in (p.label or p.text)
               for p in read(REPORT, "plain-numbered").paragraphs)
    assert '<w:t xml:space="preserve">2. </w:t>' in part(REPORT, "plain-numbered", "word/document.xml")


def test_a_report_that_types_its_own_numbers_is_not_numbered_again() -> None:
    own = {"kind": "para", "text": "3.1 She is seven."}
    numbered = {**REPORT, "blocks": [*REPORT["blocks"], own]}
    for layout in ("auto-numbered", "plain-numbered"):
        assert "1. I saw Ines" not in "\n".join(p.text for p in read(numbered, layout).paragraphs)


def test_tracked_deletions_and_moves_leave_the_text_as_it_is() -> None:
    report = json.loads(EXAMPLES[0].read_text("utf-8"))
    xml = part(report, "tracked-changes", "word/document.xml")
    assert "<w:del " in xml and "<w:ins " in xml and "<w:moveFrom " in xml
    tracked = [p.text for p in read(report, "tracked-changes").paragraphs if p.text]
    assert tracked == [p.text for p in read(report, "heading-styles").paragraphs if p.text]


def test_controls_hold_dates_choices_and_placeholders() -> None:
    rows = [["Court", "Derby"], ["Date of birth", "1 February 2018"], ["Filed", "Click or tap to enter a date."]]
    report = {**REPORT, "blocks": [REPORT["blocks"][0], {"kind": "table", "rows": rows}]}
    xml = part(report, "content-controls", "word/document.xml")
    assert 'w:fullDate="2018-02-01T00:00:00Z"' in xml and "<w:dropDownList>" in xml
    (unfilled,) = [p.text for p in read(report, "content-controls").paragraphs if p.unfilled]
    assert unfilled == "Click or tap to enter a date."


def test_capitals_change_headings_and_their_quotations_and_nothing_else() -> None:
    laid_out = as_laid_out(REPORT, "capitals")
    assert laid_out["blocks"][6]["text"] == laid_out["gold"]["findings"][0]["quote"] == "ANALYSIS"
    assert laid_out["blocks"][4] == REPORT["blocks"][4]
    assert REPORT["blocks"][6]["text"] == "Analysis"


def test_a_comment_is_kept_apart_from_the_text() -> None:
    comment = {"quote": "said so twice", "author": "Peter Lund", "text": "To whom?"}
    document = read({**REPORT, "comments": [comment]}, "heading-styles")
    assert [(found.author, found.text) for found in document.comments] == [("Peter Lund", "To whom?")]
    assert not any("To whom?" in paragraph.text for paragraph in document.paragraphs)


def test_unknown_layout_or_block_is_refused() -> None:
    with pytest.raises(KeyError):
        write_docx(REPORT, "scroll")
    with pytest.raises(ValueError, match="unknown kind"):
        write_docx({**REPORT, "blocks": [{"kind": "poem", "text": "x"}]}, "letter")
