"""The page for the file: what was found and set aside is on it, capped and counted, and it can be read aloud."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_document
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from qualitycheck.aside import SetAside
from qualitycheck.checking import Checked, Checker
from qualitycheck.priorities import place_of, what_to_fix_first
from qualitycheck.rendering import summary
from qualitycheck.rendering.wording import CAVEAT
from qualitycheck.result import Aside, Level, NotRun, ReportResult, Status, UnreadPart
from tests.cli.drafts import LEFT_IN, report

ON = date(2026, 11, 2)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.fixture(scope="module")
def checked(checker: Checker, examples: list[Path]) -> Checked:
    """The example with the most to say of it."""
    every = [checker.check(path.read_bytes(), path.name) for path in examples]
    return max(every, key=lambda one: len(one.result.findings))


def written(checker: Checker, one: Checked, result: ReportResult | None = None) -> bytes:
    assert one.document
    return summary.render(result or one.result, one.document, checker.rulebook.criteria, checker.tool, ON)


def opened(data: bytes) -> WordFile:
    return open_document(io.BytesIO(data))


def words(data: bytes) -> str:
    page = opened(data)
    told = [paragraph.text for paragraph in page.paragraphs]
    told += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(told)


def test_it_says_what_was_checked_and_what_was_found(checker: Checker, checked: Checked) -> None:
    told = words(written(checker, checked))
    result = checked.result
    assert f"{result.file}: " in told
    assert "Checked on 2 November 2026 with qualitycheck" in told
    assert f"rules {checker.tool['rules']}, models {checker.tool['models']}." in told
    met = sum(element.status is Status.MET for element in result.elements)
    assert f"{met} of the " in told
    assert f"{len(result.findings)} flags at a passage" in told
    for item in what_to_fix_first(result):
        assert checker.rulebook.criteria[item.id].title in told
    lacking = [checker.rulebook.criteria[e.id].title for e in result.elements if e.level is Level.MUST_FIX]
    assert lacking
    assert all(title in told for title in lacking)
    assert "Nothing was set aside." in told
    assert CAVEAT in told


def test_what_was_set_aside_is_named_with_its_place_and_reason_and_not_quoted(
    checker: Checker, checked: Checked
) -> None:
    one = checked.result.findings[0]
    aside = SetAside({one.fingerprint: "The School confirmed it."})
    told = words(written(checker, checked, aside.applied_to(checked.result)))
    assert "1 flag set aside:" in told
    assert f"{checker.rulebook.criteria[one.id].title}, {place_of(one.passage)}: “The School confirmed it.”" in told


def test_every_element_not_met_has_a_line_and_its_whole_reason_where_there_is_room(
    checker: Checker, examples: list[Path]
) -> None:
    every = [checker.check(path.read_bytes(), path.name) for path in examples]
    for one in every:
        told = words(written(checker, one))
        lacking = [element for element in one.result.elements if element.level]
        for element in lacking:
            assert checker.rulebook.criteria[element.id].title in told
            assert len(lacking) > 6 or element.reason in told


def test_the_case_number_is_said_where_it_was_understood(checker: Checker, checked: Checked) -> None:
    assert checked.result.case_number
    assert f", case number {checked.result.case_number}, " in words(written(checker, checked))
    assert "case number" not in words(written(checker, checked, replace(checked.result, case_number=None)))


def test_nothing_is_cut_in_the_middle_of_a_word(checker: Checker, checked: Checked) -> None:
    passage = replace(checked.result.findings[0].passage, text="antidisestablishmentarianism " * 40)
    long = tuple(replace(one, passage=passage, level=Level.MUST_FIX) for one in checked.result.findings[1:])
    assert "inappropriate-content" not in {finding.id for finding in long}
    told = words(written(checker, checked, replace(checked.result, findings=long)))
    assert "antidisestablishmentarianism …" in told
    assert all(word.strip("“”") == "antidisestablishmentarianism" for word in told.split() if "antidis" in word)


def test_lists_end_with_how_many_more(checker: Checker, checked: Checked) -> None:
    lacking = tuple(
        replace(element, status=Status.MISSING, level=Level.SHOULD_FIX, needs_reading=True, reason="No. " * 90)
        for element in checked.result.elements
    )
    one = checked.result.findings[0]
    aside = tuple(Aside(replace(one, fingerprint=f"{number:012x}"), f"reason {number} " * 9) for number in range(30))
    result = replace(
        checked.result, elements=lacking, set_aside=aside, not_run=tuple(NotRun(f"rule-{n}", "") for n in range(4))
    )
    told = words(written(checker, checked, result))
    assert all(checker.rulebook.criteria[element.id].title in told for element in lacking)
    assert "30 flags set aside:" in told
    assert "and 27 more." in told
    assert re.search(r"; and \d+ more\.", told)
    assert "rule-2, and 1 more. The check is not complete." in told


def test_nothing_found_is_not_praise_and_another_document_is_not_judged(checker: Checker, checked: Checked) -> None:
    sound = tuple(replace(e, status=Status.MET, level=None, needs_reading=False) for e in checked.result.elements)
    told = words(written(checker, checked, replace(checked.result, elements=sound, findings=())))
    assert "No flags at a passage. " in told
    assert "That does not mean that all is well" in told
    other = replace(checked.result, type="other", type_reason="it is a letter.", elements=(), findings=())
    told = words(written(checker, checked, other))
    assert "Nothing was judged. it is a letter." in told
    assert "What to fix first" not in told


def test_what_was_not_read_and_changes_still_open_are_said(checker: Checker, checked: Checked) -> None:
    assert checked.document
    one = replace(checked, document=replace(checked.document, tracked_changes=1))
    told = words(written(checker, one, replace(checked.result, unread=(UnreadPart("image", 2),))))
    assert "1 tracked change still open in the file." in told
    assert "Seen in it and not read: 2 image." in told


def test_it_can_be_read_aloud_and_names_nobody(checker: Checker, checked: Checked) -> None:
    page = opened(written(checker, checked))
    styles = [paragraph.style.name for paragraph in page.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 4
    assert page.core_properties.language == "en-GB"
    assert page.core_properties.title == f"Quality check of {checked.result.file}"
    assert (page.core_properties.author, page.core_properties.last_modified_by) == ("", "")
    languages = {language.get(qn("w:val")) for language in page.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    heads = [len(list(row._tr.iter(qn("w:tblHeader")))) for row in page.tables[0].rows]
    assert heads[0] == 1
    assert not any(heads[1:])


def test_the_same_check_gives_the_same_bytes(checker: Checker, checked: Checked) -> None:
    data = written(checker, checked)
    assert data == written(checker, checked)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_names_and_reasons_that_no_file_may_hold_are_written_as_far_as_they_can(checker: Checker) -> None:
    one = checker.check(report(LEFT_IN), "draft\x0b\udc80\ufffe\u202e.docx")
    (finding, *_) = one.result.findings
    told = words(written(checker, one, replace(one.result, set_aside=(Aside(finding, "said\x00 by\n\tphone"),))))
    assert "draft?.docx: " in told
    assert "“said by phone”" in told
