"""The same report, written another way, reads the same; and every character leads back to the file."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck.document import Document
from qualitycheck.reading import read_docx
from qualitycheck.reading.package import Package, parse_xml
from tests.docx_builder import control, docx, p, r, tbl, tc, tr

ONE_CHARACTER = {"tab", "ptab", "br", "cr", "noBreakHyphen", "sym"}
words = st.text(st.sampled_from("abé’“ -.\u00ad\u2014ß𝔸"), min_size=1, max_size=30).filter(
    lambda text: text.replace("\u00ad", "").strip() != ""
)
reports = st.lists(words, min_size=1, max_size=6)


def seen(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def way_back(document: Document, data: bytes) -> None:
    """Asserts that each paragraph's origins cover it and name the characters that the file has there."""
    package = Package.open(data)
    nodes = {name: list(parse_xml(package.part(name)).iter()) for name in package.names if name.endswith(".xml")}
    for paragraph in (*document.paragraphs, *document.margins):
        ends = [0, *(origin.end for origin in paragraph.origins)]
        assert [origin.start for origin in paragraph.origins] == ends[:-1]
        assert ends[-1] == len(paragraph.text)
        for start, end, part, node, offset in paragraph.origins:
            element = nodes[part][node]
            if element.tag.rpartition("}")[2] in ONE_CHARACTER:
                assert (end - start, offset) == (1, 0)
            else:
                assert (element.text or "")[offset : offset + end - start] == paragraph.text[start:end]


@settings(max_examples=60, deadline=None)
@given(reports, st.data())
def test_however_runs_are_split(report: list[str], data: st.DataObject) -> None:
    paragraphs = []
    for text in report:
        cuts = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=5)))
        pieces = [text[a:b] for a, b in itertools.pairwise([0, *cuts, len(text)])]
        paragraphs.append(p(*(r(piece) for piece in pieces if piece)))
    split = docx(*paragraphs)
    document = read_docx(split)
    assert seen(document) == seen(read_docx(docx(*(p(r(text)) for text in report))))
    assert seen(document) == [text.replace("\u00ad", "") for text in report]
    way_back(document, split)


@settings(max_examples=30, deadline=None)
@given(reports, st.data())
def test_however_paragraphs_are_wrapped(report: list[str], data: st.DataObject) -> None:
    wrapped = []
    for text in report:
        block = p(r(text))
        for _ in range(data.draw(st.integers(0, 3))):
            block = data.draw(
                st.sampled_from([control(block), f"<w:customXml>{block}</w:customXml>", f"<w:ins>{block}</w:ins>"])
            )
        wrapped.append(block)
    written = docx(*wrapped)
    document = read_docx(written)
    assert seen(document) == seen(read_docx(docx(*(p(r(text)) for text in report))))
    way_back(document, written)


@settings(max_examples=30, deadline=None)
@given(st.lists(reports, min_size=1, max_size=4), st.integers(1, 3))
def test_however_sections_are_laid_out(sections: list[list[str]], across: int) -> None:
    cells = [tc(*(p(r(text)) for text in section)) for section in sections]
    rows = [tr(*cells[at : at + across]) for at in range(0, len(cells), across)]
    written = docx(tbl(*rows))
    document = read_docx(written)
    assert seen(document) == seen(read_docx(docx(*(p(r(text)) for section in sections for text in section))))
    way_back(document, written)


def test_sections_stay_the_same_in_cells_and_controls() -> None:
    """A whole report moved into table cells, or each paragraph into a content control, has the same sections."""
    text = "He is settled at home and at school, and both of his teachers say so."
    heading = p(r("Wishes and feelings", look="<w:b/>"))
    section = [heading, p(r(text)), p(r("Harm", look="<w:b/>")), p(r(text))]
    plain = read_docx(docx(*section))
    variants = [
        docx(*(control(block) for block in section)),
        docx(tbl(tr(tc(*section)))),
        docx(tbl(*(tr(tc(block)) for block in section))),
        docx(tbl(tr(tc(*section[:2])), tr(tc(*section[2:])))),
    ]
    for variant in variants:
        document = read_docx(variant)
        assert [(s.title, s.level, s.first, s.last) for s in document.sections] == [
            (s.title, s.level, s.first, s.last) for s in plain.sections
        ]
