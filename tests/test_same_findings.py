"""The same report, built another way in Word, gets the same findings and the same judgement of its elements.

What people and programs do to a file without changing a word that its reader sees: editing splits runs, templates wrap
paragraphs and words in content controls, and some authors' forms hold each section in a table cell. (`make office` does
the same with LibreOffice.)
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from qualitycheck.models.corpora.layouts import write_docx
from qualitycheck.pipeline import check_document
from qualitycheck.reading import read_docx
from qualitycheck.result import ReportResult
from tests.docx_builder import TRANSITIONAL, package, parts_of

STORIES = ("word/document.xml", "word/footnotes.xml")  # the parts that hold what a report says

# Two of the examples and one of the corpus, each by another author and in another layout.
REPORTS = {
    "examples/sources/fca-section7.json": "auto-numbered",
    "examples/sources/child-impact-report.json": "footnotes",
    "models/corpora/train/s31-d05.json": "tables",
}


def w(name: str) -> str:
    return f"{{{TRANSITIONAL}}}{name}"


def changed(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The package with its stories changed and every other part as it was."""
    parts = parts_of(data)
    for name in STORIES:
        if name in parts:
            story = etree.fromstring(parts[name])
            change(story)
            parts[name] = etree.tostring(story, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package(parts)


def enclose(element: etree._Element, *around: str) -> None:
    """Put new elements of these names, the outermost first, around one that stands in its parent."""
    for name in reversed(around):
        outer = etree.Element(w(name))
        element.addprevious(outer)
        outer.append(element)
        element = outer


def only_text(run: etree._Element) -> bool:
    return [child.tag for child in run if child.tag != w("rPr")] == [w("t")]


def split_runs(data: bytes, choose: random.Random) -> bytes:
    """Cut half of the runs in two, at any character."""

    def change(story: etree._Element) -> None:
        for text in list(story.iter(w("t"))):
            run, said = text.getparent(), text.text or ""
            if len(said) < 2 or not only_text(run) or choose.random() < 0.5:
                continue
            cut = choose.randrange(1, len(said))
            rest = copy.deepcopy(run)
            for kept, piece in ((run, said[:cut]), (rest, said[cut:])):
                kept.find(w("t")).text = piece
                kept.find(w("t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(rest)

    return changed(data, change)


def wrap_paragraphs(data: bytes, choose: random.Random) -> bytes:
    """A content control around each of half the paragraphs, around some of them two, one inside the other."""

    def change(story: etree._Element) -> None:
        for paragraph in list(story.iter(w("p"))):
            for _ in range(choose.choice((0, 0, 1, 2))):
                enclose(paragraph, "sdt", "sdtContent")

    return changed(data, change)


def wrap_runs(data: bytes, choose: random.Random) -> bytes:
    """A content control inside its paragraph around each of half the runs that are nothing but text."""

    def change(story: etree._Element) -> None:
        for run in list(story.iter(w("r"))):
            if only_text(run) and run.getparent().tag in (w("p"), w("ins")) and choose.random() < 0.5:
                enclose(run, "sdt", "sdtContent")

    return changed(data, change)


def sections(data: bytes, body: etree._Element) -> Iterator[list[etree._Element]]:
    """The body's blocks, those of each section together; a table or a text box is never cut."""
    document = read_docx(data)
    nodes = list(body.getroottree().iter())
    opening = {nodes[document.paragraphs[section.first].origins[0].node] for section in document.sections}
    held: list[etree._Element] = []
    for block in [child for child in body if child.tag != w("sectPr")]:
        if held and not opening.isdisjoint(block.iter()):
            yield held
            held = []
        held.append(block)
    yield held


def sections_in_cells(data: bytes, _: random.Random) -> bytes:
    """One table with a row for each section, all of it in the row's one cell: tables of its own are then nested."""
    parts = parts_of(data)
    story = etree.fromstring(parts["word/document.xml"])
    body = story[0]
    table = etree.Element(w("tbl"))
    for blocks in list(sections(data, body)):
        cell = etree.SubElement(etree.SubElement(table, w("tr")), w("tc"))
        cell.extend(blocks)
        if blocks[-1].tag != w("p"):
            etree.SubElement(cell, w("p"))  # a cell ends with a paragraph
    body.insert(0, table)
    parts["word/document.xml"] = etree.tostring(story, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package(parts)


def judged(data: bytes) -> ReportResult:
    return check_document(read_docx(data))


def findings(result: ReportResult) -> list[tuple[str, str, str, int, str]]:
    return [
        (finding.id, finding.rule, finding.passage.section, finding.passage.paragraph, finding.passage.text)
        for finding in result.findings
    ]


def statuses(result: ReportResult) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    return {
        element.id: (element.status, tuple((child.name, child.status) for child in element.by_child))
        for element in result.elements
    }


@pytest.fixture(scope="module", params=REPORTS, ids=lambda source: Path(source).stem)
def report(request: pytest.FixtureRequest, root: Path) -> tuple[bytes, ReportResult]:
    """A report as its author's template would write it, and what is said of it."""
    source: str = request.param
    data = write_docx(json.loads((root / source).read_text(encoding="utf-8")), REPORTS[source])
    return data, judged(data)


@pytest.mark.parametrize(
    ("change", "seed"),
    [(split_runs, 1), (split_runs, 2), (wrap_paragraphs, 1), (wrap_paragraphs, 2), (wrap_runs, 1), (wrap_runs, 2),
     (sections_in_cells, 1)],
)  # fmt: skip
def test_built_another_way_it_is_judged_the_same(
    report: tuple[bytes, ReportResult], change: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    data, before = report
    after = judged(change(data, random.Random(seed)))
    assert findings(before) != []
    assert findings(after) == findings(before)
    assert statuses(after) == statuses(before)
    assert (after.type, after.stage, after.children) == (before.type, before.stage, before.children)
    assert (after.words, after.paragraphs) == (before.words, before.paragraphs)
