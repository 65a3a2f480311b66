"""The page: the report as written, every passage marked once and reachable, and nothing from outside."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.formats import for_one
from qualitycheck.reading import read_docx
from tests.cli.drafts import report
from tests.docx_builder import docx, p, tbl, tc, text_box, tr

TAGS = re.compile(r"<[^>]+>")


def page_of(data: bytes, checker: Checker | None = None) -> tuple[Checked, str]:
    checker = checker or Checker("section7")
    one = checker.check(data, "draft.docx")
    return one, for_one(one, checker, "html", clean=False).decode()


def article(page: str) -> str:
    return page[page.index("<article") : page.index("</article>")]


def words(html: str) -> str:
    return " ".join(unescape(TAGS.sub("", html)).split())


@pytest.fixture(scope="module")
def pages(examples: list[Path]) -> list[tuple[Checked, str]]:
    checker = Checker()
    return [page_of(path.read_bytes(), checker) for path in examples]


def test_no_word_of_the_report_is_lost(pages: list[tuple[Checked, str]]) -> None:
    for one, page in pages:
        assert one.document
        shown = words(re.sub(r"<(a|sup)\b.*?</\1>", "", article(page)))
        at = 0
        for paragraph in one.document.paragraphs:
            at = shown.find(" ".join(paragraph.text.split()), at)
            assert at >= 0, (one.result.file, paragraph.index)
        assert all(" ".join(margin.text.split()) in shown for margin in one.document.margins)


def test_every_link_leads_to_one_place(pages: list[tuple[Checked, str]]) -> None:
    for _, page in pages:
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        assert not re.search(r'(href|src)="(?!#)', page)
        assert "<script" not in page
        assert "url(" not in page


def test_every_finding_is_marked_where_it_stands(pages: list[tuple[Checked, str]]) -> None:
    marked = 0
    for one, page in pages:
        for number, finding in enumerate(one.result.findings, start=1):
            assert page.count(f'id="mark-{number}"') == 1
            begin = page.index(f'id="mark-{number}"')
            inside = page[begin : page.index(f'href="#finding-{number}" aria-label', begin)]
            inside = re.sub(r'<a class="ref.*?</a>', "", inside[inside.index(">") :] + ">")
            assert words(inside.rpartition("<a ")[0].lstrip(">")).startswith(" ".join(finding.passage.text.split()))
            marked += 1
    assert marked > 10


def test_what_to_fix_first_opens_the_page(pages: list[tuple[Checked, str]]) -> None:
    for _, page in pages:
        assert page.index("What to fix first") < page.index("What the report must contain") < page.index("<article")
        first = re.search(r'<ol class="first">(.*?)</ol>', page, re.DOTALL)
        assert first is None or 1 <= first[1].count("<li>") <= 5


def test_the_report_looks_as_it_is_written() -> None:
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    listed = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    data = docx(
        p("Background", style="Heading1"), p("19. Ada is five."), p("Her bed", properties=bullet),
        p("Her bear", properties=bullet), p(text_box(p("In a box"))),
        tbl(tr(tc(p("Visit")), tc(p("Day")), tc(p("Place"))), tr(tc(p("First")), tc(), tc(p("School")))),
        p("Seen", '<w:r><w:footnoteReference w:id="2"/></w:r>', " twice."),
        numbering=listed, footnotes={"2": p("With her bear.")},
    )  # fmt: skip
    _, page = page_of(data)
    bare = re.sub(r"</?(?:span|mark)[^>]*>", "", article(page))
    told = re.sub(r"\s+", " ", TAGS.sub(lambda tag: re.sub(r' (id|class)="[^"]*"', "", tag[0]), bare))
    assert "<h3>Background</h3>" in told
    assert told.count("19.") == 1
    assert "<ul><li>Her bed</li><li>Her bear</li></ul>" in told
    assert '<div class="textbox">' in page
    assert "<p>First</p></th><td></td><td><p>School</p>" in told
    assert re.search(r'Seen<sup><a href="#p\d+" aria-label="Note 1">1</a></sup> twice\.', told)
    assert "back to the text" in told


def test_markup_in_a_report_is_text() -> None:
    one, page = page_of(report(p("Then <script>alert(1)</script> & <b>[Insert name]</b>")))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert any(finding.passage.text == "[Insert name]" for finding in one.result.findings)


def test_overlapping_findings_each_have_one_number() -> None:
    _, page = page_of(report(p("Ada is too young to say. [Insert Ada's view, she is too young to say]")))
    numbers = re.findall(r'href="#finding-(\d+)" aria-label', page)
    assert len(numbers) == len(set(numbers)) > 0


def test_the_same_page_from_run_to_run() -> None:
    data = report(p("Ada [Insert name]"))
    assert page_of(data)[1] == page_of(data)[1]
    assert read_docx(data).words
