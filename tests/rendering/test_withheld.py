"""An address that should not stand in the report stands in no line that is passed on without the report."""

from __future__ import annotations

import io

import pytest
from docx import Document as open_document

from qualitycheck.checking import Checked, Checker
from qualitycheck.priorities import what_to_fix_first
from qualitycheck.rendering import html, summary, text
from qualitycheck.result import Result
from qualitycheck.writing import annotate
from tests.cli.drafts import report
from tests.docx_builder import p
from tests.rendering.test_summary import ON
from tests.writing.marks import comments_of

ADDRESS = "23 Larch Road, Hull HU5 9ZZ"
DATA = report(
    p("Ms Hart", style="Heading1"),
    p(f"Ms Hart now lives at {ADDRESS} with the children, which the father must not be told."),
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.fixture(scope="module")
def checked(checker: Checker) -> Checked:
    one = checker.check(DATA, "draft.docx")
    assert ADDRESS in [finding.passage.text for finding in one.result.findings]
    assert "inappropriate-content" in [item.id for item in what_to_fix_first(one.result)]
    return one


def test_the_summary_names_the_place_only(checker: Checker, checked: Checked) -> None:
    assert checked.document
    page = open_document(
        io.BytesIO(summary.render(checked.result, checked.document, checker.rulebook.criteria, checker.tool, ON))
    )
    told = "\n".join(
        [paragraph.text for paragraph in page.paragraphs]
        + [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    )
    assert "Should not stand in the report (must fix), Ms Hart" in told
    assert "Larch" not in told
    assert "HU5" not in told


def test_the_first_lines_of_the_text_and_of_the_page_name_the_place_only(checker: Checker, checked: Checked) -> None:
    criteria = checker.rulebook.criteria
    told = text.render(Result({}, (checked.result,)), criteria)
    first = told[: told.index("What the report must contain")]
    assert "Should not stand in the report, Ms Hart" in first
    assert "Larch" not in first
    assert checked.document
    page = html.render(checked.result, checked.document, criteria, checker.tool)
    first = page[page.index('id="first"') : page.index('id="elements"')]
    assert "Should not stand in the report" in first
    assert "Larch" not in first


def test_the_comment_on_the_title_names_the_place_only(checker: Checker, checked: Checked) -> None:
    assert checked.document
    copy = annotate(DATA, checked.document, checked.result, checker.rulebook.criteria)
    title = comments_of(copy)["0"][1]
    assert "Should not stand in the report: Must fix. Under “Ms Hart”." in title
    assert "Larch" not in title
