"""Bad input: each file gets one plain sentence and its code, or is read."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from qualitycheck.errors import Code, UnreadableReport
from qualitycheck.limits import Limits
from qualitycheck.reading import read_docx
from qualitycheck.reading.package import Package, parse_xml
from tests.docx_builder import MAIN_TYPE, content_types, docx, p, package, parts_of, r, relations, root, tbl, tc, tr

GOOD = docx(p("Ada is five."))
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OFFICE = "application/vnd.openxmlformats-officedocument"


def refusal(data: bytes, limits: Limits | None = None) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as refused:
        read_docx(data, limits=limits or Limits())
    return refused.value


def with_document(xml: str | bytes) -> bytes:
    return package({**parts_of(GOOD), "word/document.xml": xml})


def other_package(kind: str, folder: str) -> bytes:
    main = f"{folder}/main.xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return package(
        {
            "[Content_Types].xml": content_types(f"{OFFICE}.{kind}.main+xml", f"/{main}"),
            "_rels/.rels": relations(f'<Relationship Id="r" Type="{office}" Target="{main}"/>'),
            main: "<x/>",
        }
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def declaring(declaration: str, encoding: str = "utf-8") -> bytes:
    told = root("w:document", "<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>")
    return with_document(told.replace("?>", f"?>{declaration}", 1).replace("UTF-8", encoding).encode(encoding))


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        pytest.param(b"", "not-docx", "empty", id="empty"),
        pytest.param(b" \n", "not-docx", "empty", id="blank"),
        pytest.param(b"%PDF-1.7\n", "not-docx", "a PDF", id="pdf"),
        pytest.param(rb"{\rtf1 Ada}", "not-docx", ".rtf", id="rtf"),
        pytest.param(b"<!DOCTYPE html><html></html>", "not-docx", "web page", id="html"),
        pytest.param(b"<?xml version='1.0'?><x/>", "not-docx", "XML file", id="xml"),
        pytest.param(b"Ada is five.", "not-docx", "not a Word document", id="text"),
        pytest.param(b"\xff\xd8\xff\xe0", "not-docx", "a picture", id="jpeg"),
        pytest.param(OLE2 + "WordDocument".encode("utf-16-le"), "old-doc", "old .doc", id="doc"),
        pytest.param(OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password", id="encrypted"),
        pytest.param(OLE2 + "Workbook".encode("utf-16-le"), "not-docx", "old Office file", id="xls"),
        pytest.param(other_package("spreadsheetml.sheet", "xl"), "not-docx", "Excel", id="xlsx"),
        pytest.param(other_package("presentationml.presentation", "ppt"), "not-docx", "PowerPoint", id="pptx"),
        pytest.param(package({"mimetype": "x", "content.xml": "<x/>"}), "not-docx", "OpenDocument", id="odt"),
        pytest.param(package({"Index/Document.iwa": "x"}), "not-docx", "Pages", id="pages"),
        pytest.param(package({"report.docx": GOOD}), "not-docx", "zip file", id="zip"),
        pytest.param(package({}), "not-docx", "not a Word document", id="empty zip"),
        pytest.param(GOOD[: len(GOOD) // 2], "damaged", "damaged", id="truncated"),
        pytest.param(GOOD[:-30], "damaged", "damaged", id="truncated at the end"),
        pytest.param(with_document("<w:document"), "damaged", "damaged", id="not well-formed"),
        pytest.param(with_document(""), "damaged", "damaged", id="empty part"),
        pytest.param(with_document("<x/>"), "damaged", "damaged", id="another root"),
        pytest.param(with_document(b"\xff\xfe\xfa\xfb"), "damaged", "damaged", id="not text"),
        pytest.param(with_document(root("w:document", "<w:body>\x01</w:body>")), "damaged", "damaged", id="control"),
        pytest.param(declaring(ENTITIES), "damaged", "entities", id="entities"),
        pytest.param(declaring(OUTSIDE), "damaged", "entities", id="external entity"),
        pytest.param(declaring(OUTSIDE, "utf-16"), "damaged", "entities", id="external entity in UTF-16"),
        pytest.param(docx(p("")), "no-text", "no text", id="no text"),
        pytest.param(docx(p(r("x", look="<w:vanish/>"))), "no-text", "no text", id="all hidden"),
    ],
)
def test_each_bad_file_is_told_apart(data: bytes, code: Code, says: str) -> None:
    refused = refusal(data)
    assert refused.code == code
    assert says in refused.message
    assert refused.message.startswith(("is ", "holds ", "declares ", "unpacks "))
    assert ": " in refused.message  # what is wrong, then what to do
    assert not refused.message.endswith(".")
    assert "\n" not in refused.message


def test_a_message_holds_no_text_of_the_report() -> None:
    refused = refusal(with_document(root("w:document", "<w:body><w:p>Rosalind</w:q></w:body>")))
    assert "Rosalind" not in f"{refused.message}{refused!r}"
    assert refused.__cause__ is None
    assert refused.__suppress_context__


def test_a_damaged_part_is_never_read_in_part() -> None:
    data = bytearray(package(parts_of(docx(*(p(f"Paragraph {n}") for n in range(50)))), zipfile.ZIP_STORED))
    at = data.index(b"Paragraph 25")
    data[at : at + 9] = b"Pamphlets"
    assert refusal(bytes(data)).code == "damaged"  # the checksum


def test_a_password_on_the_zip_file_itself() -> None:
    data = bytearray(GOOD)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 1)
    assert refusal(bytes(data)).code == "encrypted"


def test_a_compression_that_word_does_not_use() -> None:
    assert refusal(package(parts_of(GOOD), zipfile.ZIP_LZMA)).code == "damaged"


@pytest.mark.parametrize(
    "limits",
    [
        replace(Limits(), file_bytes=100),
        replace(Limits(), unpacked_bytes=1_000),
        replace(Limits(), part_bytes=1_000),
        replace(Limits(), parts=2),
        replace(Limits(), ratio=2, ratio_from_bytes=100),
    ],
    ids=["file", "all parts", "one part", "number of parts", "ratio"],
)
def test_more_than_the_limits_allow(limits: Limits, tmp_path: Path) -> None:
    data = docx(*(p("Ada is five.") for _ in range(100)))
    assert read_docx(data).words == 300
    assert refusal(data, limits).code == "too-large-inside"


@pytest.mark.parametrize(
    "limits",
    [
        replace(Limits(), markup=100),
        replace(Limits(), xml_depth=5),
        replace(Limits(), paragraphs=10),
        replace(Limits(), characters=100),
        replace(Limits(), paragraph_characters=10),
    ],
    ids=["markup", "depth", "paragraphs", "characters", "one paragraph"],
)
def test_longer_or_deeper_than_the_limits_allow(limits: Limits) -> None:
    assert refusal(docx(tbl(*(tr(tc(p("Ada is five."))) for _ in range(100)))), limits).code == "too-complex"


def test_a_path_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(GOOD)
    assert read_docx(path).name == "draft.docx"
    with pytest.raises(UnreadableReport, match="is larger than"):
        read_docx(str(path), limits=replace(Limits(), file_bytes=10))


def test_a_part_that_lies_about_its_size() -> None:
    """The directory says 10 bytes; what counts is what comes out."""
    data = bytearray(docx(p("word " * 100_000)))
    name = b"word/document.xml"
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = data.find(signature)
        while data[start + name_at : start + name_at + len(name)] != name:
            start = data.find(signature, start + 1)
        data[start + size_at : start + size_at + 4] = struct.pack("<I", 10)
    assert refusal(bytes(data)).code == "damaged"


def test_a_zip_bomb_costs_nothing() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(32):
            part.write(bytes(1024 * 1024))
    assert refusal(held.getvalue()).code == "too-large-inside"


def test_absurd_nesting() -> None:
    depth = 5_000
    deep = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    assert refusal(docx(deep)).code == "too-complex"
    assert refusal(docx("<w:sdt><w:sdtContent>" * 110 + p("x") + "</w:sdtContent></w:sdt>" * 110)).code == "too-complex"


def test_a_million_paragraphs() -> None:
    assert (
        refusal(docx("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(1_000_000)))).code == "too-complex"
    )


def test_a_paragraph_of_two_megabytes() -> None:
    assert refusal(docx(p("word " * 400_000))).code == "too-complex"


def test_names_that_climb_out_of_the_package_are_only_names() -> None:
    parts = {**parts_of(GOOD), "../../outside.xml": "<x/>", "/etc/passwd": "x"}
    assert read_docx(package(parts)).paragraphs[0].text == "Ada is five."


@pytest.mark.parametrize("main", ["word/document2.xml", "Word/Document.xml", "word/main part é.xml", "content/a/b.xml"])
def test_the_main_part_is_found_by_its_relationship(main: str) -> None:
    parts = parts_of(GOOD)
    rels = parts["_rels/.rels"].decode().replace("word/document.xml", main.replace(" ", "%20").replace("é", "%C3%A9"))
    moved = {
        "[Content_Types].xml": content_types(MAIN_TYPE, f"/{main}"),
        "_rels/.rels": rels,
        main: parts["word/document.xml"],
    }
    assert read_docx(package(moved)).paragraphs[0].text == "Ada is five."


def test_backslashes_and_another_case_in_part_names() -> None:
    parts = {name.replace("/", "\\").upper(): content for name, content in parts_of(GOOD).items()}
    document = read_docx(package(parts))
    assert [q.text for q in document.paragraphs] == ["Ada is five."]


def test_a_package_without_content_types_or_relationships() -> None:
    parts = {name: content for name, content in parts_of(GOOD).items() if not name.endswith((".rels", "Types].xml"))}
    assert read_docx(package(parts)).paragraphs[0].text == "Ada is five."


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_macro_files_and_templates(kind: str) -> None:
    assert read_docx(docx(p("Ada"), main_type=f"application/vnd.ms-word.{kind}.main+xml")).words == 1


def test_parts_by_any_spelling() -> None:
    opened = Package.open(GOOD)
    assert opened.main == "word/document.xml"
    assert opened.part("/WORD/document.xml") == opened.part("word\\document.xml") == opened.part("word%2Fdocument.xml")
    assert opened.content_type("word/document.xml") == MAIN_TYPE
    with pytest.raises(KeyError):
        opened.part("word/none.xml")


def test_parsing_counts_every_node() -> None:
    tree = parse_xml(b"<a><!-- note --><b/><?go?><c/></a>")
    assert len(list(tree.iter())) == 5
