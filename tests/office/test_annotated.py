"""`make office`: LibreOffice shows an annotated copy with the same text, each comment on the words it is about."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from qualitycheck.reading import read_docx
from qualitycheck.writing import annotate, filing_copy
from tests.docx_builder import control, deleted, docx, field, ins, p, r, tbl, tc, tr
from tests.writing.marks import finding, result

_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TITLE = p("Report under section 7", style="Heading1")
# The words a finding is on, and the words LibreOffice 7.4 puts the comment on: it gathers the text of fields, and of
# the first paragraph of a control, and can only place a comment beside it. Deleted words stay in its text.
PLACES = {
    "a risk to": (p("He poses a ", r("risk", look="<w:b/>"), " to others."), "a risk to"),
    "cell words": (tbl(tr(tc(p("One")), tc(p("Two cell words")))), "cell words"),
    "3 May at": (p("Seen on ", ins("3 May"), deleted("4 May"), " at home"), "3 May4 May at"),
    "in a link": (p("Words ", '<w:hyperlink w:anchor="x">' + r("in a link") + "</w:hyperlink>"), "in a link"),
    "second of": (control(p("The first of two."), p("The second of two.")), "second of"),
    "rich words": (p("Inline ", control("rich words here"), " after"), "rich words"),
    "noted words": (p("The noted words", r('<w:footnoteReference w:id="2"/>')), "noted words"),
    "beginning a control": (control(p("Words beginning a control.")), ""),
    "field result": (p("A ", field("AUTHOR", "field result"), " after"), ""),
}


def opened(data: bytes, folder: Path) -> etree._Element:
    """What LibreOffice reads: the text of the document as flat OpenDocument."""
    file = folder / "report.docx"
    file.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fodt", "--outdir", folder]
    subprocess.run([*command, file], check=True, capture_output=True, timeout=180)
    body = etree.parse(folder / "report.fodt").getroot().find(f".//{_O}text")
    assert body is not None
    for changes in body.findall(_T + "tracked-changes"):
        body.remove(changes)
    return body


def text_of(body: etree._Element) -> list[str]:
    """The paragraphs as LibreOffice shows them, comments aside; white space as one blank."""
    for comment in list(body.iter(_O + "annotation")):
        before, parent = comment.getprevious(), comment.getparent()
        assert parent is not None
        if before is not None:
            before.tail = (before.tail or "") + (comment.tail or "")
        else:
            parent.text = (parent.text or "") + (comment.tail or "")
        comment.tail = None
        parent.remove(comment)
    lines = (" ".join("".join(each.itertext()).split()) for each in body.iter(_T + "p", _T + "h"))
    return [line for line in lines if line]


def commented(body: etree._Element) -> dict[str, str]:
    """The words of each comment's range, by the comment's message, its second paragraph (or its only one)."""
    message: dict[str, str] = {}
    words: dict[str, str] = {}
    open_ranges: set[str] = set()

    def add(text: str | None) -> None:
        for name in open_ranges:
            words[name] += text or ""

    def walk(element: etree._Element) -> None:
        name = element.get(_O + "name", "")
        if element.tag == _O + "annotation":
            message[name] = "".join(element.findall(_T + "p")[:2][-1].itertext())
            words[name] = ""
            open_ranges.add(name)
        elif element.tag == _O + "annotation-end":
            open_ranges.discard(name)
        elif element.tag != _T + "note":
            add(element.text)
            if element.tag == _T + "s":
                add(" ")
            for child in element:
                walk(child)
                add(child.tail)

    walk(body)
    return {message[name]: text for name, text in words.items()}


@pytest.fixture(scope="module")
def report() -> bytes:
    return docx(TITLE, *(block for block, _ in PLACES.values()), p("End."), footnotes={"2": p("The note.")})


@pytest.fixture(scope="module")
def copy(report: bytes) -> bytes:
    document = read_docx(report)
    return annotate(report, document, result(*(finding(document, words) for words in PLACES)))


def test_every_comment_is_on_its_words(copy: bytes, tmp_path: Path) -> None:
    shown = commented(opened(copy, tmp_path))
    expected = {words: on for words, (_, on) in PLACES.items()}
    assert {message: shown[message] for message in expected} == expected


def test_no_word_of_the_report_changes(report: bytes, copy: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert text_of(opened(copy, tmp_path / "a")) == text_of(opened(report, tmp_path / "b"))


def test_the_copy_for_filing_opens_with_its_changes_accepted(copy: bytes, tmp_path: Path) -> None:
    body = opened(filing_copy(copy), tmp_path)
    assert commented(body) == {}
    assert "Seen on 3 May at home" in text_of(body)
