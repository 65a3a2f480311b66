"""Footnotes, endnotes, headers, footers and comments."""

from __future__ import annotations

import pytest

from qualitycheck.document import Part
from qualitycheck.errors import UnreadableReport
from qualitycheck.reading import read_docx
from tests.docx_builder import docx, p, r, root, tbl, tr


def ref(kind: str, note: int, more: str = "") -> str:
    return f"<w:r><w:{kind}Reference {more} w:id='{note}'/></w:r>"


def test_notes_follow_the_body_in_the_order_of_their_references() -> None:
    notes = {"0": p("separator"), "1": p("first written"), "2": p("second written") + p("goes on")}
    body = (p("one", ref("footnote", 2)), tbl(tr("two")), p("three", ref("footnote", 1), ref("endnote", 5)))
    document = read_docx(docx(*body, footnotes=notes, endnotes={"5": p("at the end"), "6": p("nobody refers to it")}))
    assert [(q.text, q.part, q.label, q.anchor) for q in document.paragraphs[3:]] == [
        ("second written", Part.FOOTNOTE, "1", 0),
        ("goes on", Part.FOOTNOTE, None, 0),
        ("first written", Part.FOOTNOTE, "2", 2),
        ("at the end", Part.ENDNOTE, "i", 2),
    ]
    assert document.paragraphs[0].note_refs == ((3, 3),)
    assert document.paragraphs[2].note_refs == ((5, 5), (5, 6))


def test_a_note_belongs_to_the_section_that_refers_to_it() -> None:
    body = (p("Harm", style="Heading1"), p("text", ref("footnote", 1)))
    document = read_docx(docx(*body, footnotes={"1": p("a note")}))
    assert document.section_of(document.paragraphs[-1]).title == "Harm"


def test_an_authors_own_mark_is_text_and_the_note_has_no_number() -> None:
    marked = ref("footnote", 1, "w:customMarkFollows='1'")
    document = read_docx(docx(p("text", marked, "*"), footnotes={"1": p("* a note")}))
    assert [(q.text, q.label) for q in document.paragraphs] == [("text*", None), ("* a note", None)]


def test_references_that_are_struck_out_or_broken_bring_no_note() -> None:
    struck = f"<w:del>{ref('footnote', 1)}</w:del>"
    document = read_docx(docx(p("text", struck, ref("footnote", 9)), footnotes={"1": p("gone")}))
    assert [(q.text, q.note_refs) for q in document.paragraphs] == [("text", ())]


def shown(kind: str, name: str, pages: str = "default") -> str:
    return f"<w:{kind}Reference w:type='{pages}' r:id='{name}'/>"


def test_headers_and_footers_stand_apart_each_text_once() -> None:
    section = shown("header", "header1") + shown("footer", "footer1")
    first = p("text", properties=f"<w:sectPr>{section}</w:sectPr>")
    margins = {"header1": p("LS24C50123") + p("LS24C50123"), "footer1": p("Page 1")}
    document = read_docx(docx(first, p("more"), margins=margins, section=section))
    assert [(q.index, q.text, q.part) for q in document.margins] == [
        (2, "LS24C50123", Part.HEADER),
        (3, "Page 1", Part.FOOTER),
    ]


@pytest.mark.parametrize(
    ("pages", "section", "settings", "expected"),
    [
        ("first", "<w:titlePg/>", "", ["once"]),
        ("first", "", "", []),
        ("even", "", "<w:evenAndOddHeaders/>", ["once"]),
        ("even", "", "", []),
    ],
)
def test_headers_of_first_and_even_pages_only_if_switched_on(
    pages: str, section: str, settings: str, expected: list[str]
) -> None:
    wanted = shown("header", "header1", pages) + section
    document = read_docx(docx(p("text"), margins={"header1": p("once")}, section=wanted, settings=settings))
    assert [q.text for q in document.margins] == expected


def test_comments_are_kept_with_their_place_and_never_read_as_text() -> None:
    comments = "".join(
        f"<w:comment w:id='{key}' w:author='{author}'><w:p w14:paraId='{key}{key}'>{r(text)}</w:p></w:comment>"
        for key, author, text in (("0", "Manager", "Which records?"), ("1", "Author", "Done"))
    )
    extended = root("w15:commentsEx", "<w15:commentEx w15:paraId='11' w15:done='1'/>")
    related = (
        "<Relationship Id='x' Type='http://schemas.microsoft.com/office/2011/relationships/commentsExtended' "
        "Target='commentsExtended.xml'/>"
    )
    marked = "<w:commentRangeStart w:id='0'/>", "said.", "<w:commentRangeEnd w:id='0'/>"
    body = (p("first"), p("He ", *marked, "<w:r><w:commentReference w:id='0'/></w:r>"))
    document = read_docx(
        docx(*body, comments=comments, more={"word/commentsExtended.xml": extended}, relationships=related)
    )
    assert [q.text for q in document.paragraphs] == ["first", "He said."]
    assert [(c.author, c.text, c.paragraph, c.resolved) for c in document.comments] == [
        ("Manager", "Which records?", 1, False),
        ("Author", "Done", None, True),
    ]


def test_a_comment_in_a_footnote_knows_its_paragraph() -> None:
    comment = f"<w:comment w:id='0' w:author='Manager'>{p('Source?')}</w:comment>"
    notes = {"1": p("<w:commentRangeStart w:id='0'/>", "A note.")}
    document = read_docx(docx(p("text", ref("footnote", 1)), footnotes=notes, comments=comment))
    assert [c.paragraph for c in document.comments] == [1]


def test_a_report_whose_only_text_is_in_its_header_has_no_text() -> None:
    with pytest.raises(UnreadableReport) as refused:
        read_docx(docx(p(""), margins={"header1": p("LS24C50123")}, section=shown("header", "header1")))
    assert refused.value.code == "no-text"
