"""The example reports: complete, labelled, in step with their sources, and of the promised length."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from examples.build import HERE, sources, what_a_good_reader_finds
from qualitycheck.models.corpora.layouts import as_laid_out, write_docx
from qualitycheck.models.corpora.plan import ELEMENTS, FINDINGS, LAYOUTS, SECTION31
from qualitycheck.reading import read_docx

REPORTS = sources()
STATUSES = {"met", "partial", "missing", "not-applicable"}

each_example = pytest.mark.parametrize("name", REPORTS)


def texts(report: dict[str, Any]) -> list[str]:
    """Every text of the report that a quotation may come from."""
    found: list[str] = []
    for block in report["blocks"]:
        found += [block[key] for key in ("text", "footnote") if key in block]
        found += block.get("items", [])
        found += [cell for row in block.get("rows", []) for cell in row]
    return found


def test_there_are_six_by_six_authors_in_different_layouts() -> None:
    assert len(REPORTS) == 6
    assert len({report["author"] for report in REPORTS.values()}) == 6
    assert {report["quality"] for report in REPORTS.values()} == {"excellent", "good", "adequate", "poor"}
    assert len({report["layout"] for report in REPORTS.values()} & set(LAYOUTS)) == 5  # two count, each its own way


@each_example
def test_word_file_and_page_are_what_the_source_gives(name: str) -> None:
    report = REPORTS[name]
    assert (HERE / f"{name}.docx").read_bytes() == write_docx(report, report["layout"])
    assert (HERE / f"{name}.md").read_text("utf-8") == what_a_good_reader_finds(name, report)


@each_example
def test_length_is_that_of_a_real_report(name: str) -> None:
    assert 2000 <= read_docx(HERE / f"{name}.docx").words <= 4000


@each_example
def test_every_element_of_the_type_has_a_status_with_evidence(name: str) -> None:
    report = REPORTS[name]
    elements = report["gold"]["elements"]
    assert list(elements) == ELEMENTS + (SECTION31 if report["type"] == "section31" else [])
    for id_, element in elements.items():
        assert element["status"] in STATUSES
        assert element["status"] != "not-applicable" or id_ == "domestic-abuse"
        assert element["evidence"] or element["status"] in ("missing", "not-applicable"), id_
        assert element.get("why") or element["status"] == "met", id_


@each_example
def test_faults_and_hard_negatives_have_known_ids_and_reasons(name: str) -> None:
    gold = REPORTS[name]["gold"]
    for entry in gold["findings"] + gold["clean"]:
        assert entry["rule"] in FINDINGS and entry["why"]
        assert ("other" in entry) <= (entry["rule"] == "inconsistent-fact")
    assert len(gold["clean"]) >= max(8, len(gold["findings"]))


@each_example
def test_each_quotation_stands_in_the_report_and_a_fault_once(name: str) -> None:
    gold = REPORTS[name]["gold"]
    everything = "\n".join(texts(REPORTS[name]))
    for element in gold["elements"].values():
        assert all(quotation in everything for quotation in element["evidence"])
    others = [entry["other"] for entry in gold["findings"] if "other" in entry]
    for quotation in others + [entry["quote"] for entry in gold["findings"] + gold["clean"]]:
        assert everything.count(quotation) == 1, quotation


@each_example
def test_each_quotation_is_read_from_the_word_file(name: str) -> None:
    report = as_laid_out(REPORTS[name], REPORTS[name]["layout"])
    read_back = [paragraph.text for paragraph in read_docx(HERE / f"{name}.docx").paragraphs]
    for entry in report["gold"]["findings"] + report["gold"]["clean"]:
        assert any(entry["quote"] in text for text in read_back), entry["quote"]


@each_example
def test_weekdays_are_right_but_for_planted_faults(name: str) -> None:
    report = REPORTS[name]
    months = "January February March April May June July August September October November December".split()
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    pattern = re.compile(rf"({'|'.join(days)}) (\d{{1,2}}) ({'|'.join(months)})(?: (\d{{4}}))?")
    planted = {entry["quote"] for entry in report["gold"]["findings"] if entry["rule"] == "inconsistent-fact"}
    year = date.fromisoformat(report["report_date"]).year
    for match in pattern.finditer("\n".join(texts(report))):
        weekday, day, month, stated = match.groups()
        # Where the year is left out the sentence tells which: this one or the one before.
        years = [int(stated)] if stated else [year, year - 1]
        right = any(days[date(each, months.index(month) + 1, int(day)).weekday()] == weekday for each in years)
        assert right or match[0] in planted, match[0]


@each_example
def test_people_are_found_at_no_address_telephone_or_email(name: str) -> None:
    postcode, telephone = r"\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", r"\b0\d{9,10}\b"
    door = r"\b\d+ [A-Z]\w+ (Road|Street|Rise|Close)\b"
    everything = "\n".join(texts(REPORTS[name]))
    for entry in REPORTS[name]["gold"]["findings"]:
        if entry["rule"] == "inappropriate-content":
            everything = everything.replace(entry["quote"], "")
    assert not re.search(rf"{postcode}|{telephone}|@|{door}", everything)


def test_examples_folder_holds_nothing_else() -> None:
    names = set(REPORTS)
    assert {path.stem for path in Path(HERE).glob("*.docx")} == names
    assert {path.stem for path in Path(HERE).glob("*.md")} - {"README"} == names
