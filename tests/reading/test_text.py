"""Every visible word is read, once, in reading order."""

from __future__ import annotations

import pytest

from qualitycheck.document import Document, Part, Stretch
from qualitycheck.reading import read_docx
from tests.docx_builder import (
    STRICT,
    TRANSITIONAL,
    control,
    deleted,
    docx,
    field,
    ins,
    p,
    package,
    parts_of,
    r,
    tbl,
    tc,
    text_box,
    tr,
)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_docx(data).paragraphs]


def only(data: bytes) -> str:
    (text,) = texts(data)
    return text


def stretch(document: Document, name: str) -> list[str]:
    paragraph = document.paragraphs[0]
    found: tuple[Stretch, ...] = getattr(paragraph, name)
    return [paragraph.text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        pytest.param((r("Ad", "a"), r("'s wishes")), "Ada's wishes", id="runs"),
        pytest.param((ins("yes"), deleted("no")), "yes", id="tracked changes"),
        pytest.param(
            ("<w:moveFrom><w:r><w:t>here</w:t></w:r></w:moveFrom>", "<w:moveTo><w:r><w:t>there</w:t></w:r></w:moveTo>"),
            "there",
            id="moves",
        ),
        pytest.param(("<w:hyperlink>", r("Cafcass"), "</w:hyperlink>"), "Cafcass", id="hyperlink"),
        pytest.param(("<w:smartTag>", r("Leeds"), "</w:smartTag>"), "Leeds", id="smart tag"),
        pytest.param(("<w:customXml>", r("Leeds"), "</w:customXml>"), "Leeds", id="custom XML"),
        pytest.param((f"<w:fldSimple w:instr='DATE'>{r('3 May')}</w:fldSimple>",), "3 May", id="simple field"),
        pytest.param((field("REF x", "paragraph ", field("PAGEREF y", "12")),), "paragraph 12", id="nested fields"),
        pytest.param((field(' IF "a" = "b" ' + "no", "yes"),), "yes", id="field instruction"),
        pytest.param(
            ("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "never ended"), "never ended", id="field that never ends"
        ),
        pytest.param((r("a", "<w:tab/>", "b", "<w:br/>", "c", "<w:cr/>", "d"),), "a\tb\nc\nd", id="tabs and breaks"),
        pytest.param((r("co", "<w:noBreakHyphen/>", "op"),), "co-op", id="non-breaking hyphen"),
        pytest.param((r("care", "<w:softHyphen/>", "giver, key\u00adworker"),), "caregiver, keyworker", id="soft"),
        pytest.param((r("<w:sym w:font='Wingdings' w:char='F0FE'/>", " Yes"),), "☑ Yes", id="Wingdings tick"),
        pytest.param((r("<w:sym w:font='Symbol' w:char='F061'/>"),), "α", id="Symbol font"),
        pytest.param(("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",), "x", id="equation"),
        pytest.param(
            ("<w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase>", r("漢"), "</w:rubyBase></w:ruby>"),
            "漢",
            id="ruby",
        ),
        pytest.param(("<w:r><w:t>\n  Ada  \n</w:t></w:r>", r(" and Bo")), "Ada and Bo", id="spaces not preserved"),
        pytest.param((r("one\ttwo\nthree"),), "one two three", id="white space inside w:t"),
        pytest.param(("<w:unheardOf>", r("still read"), "</w:unheardOf>"), "still read", id="unknown wrapper"),
        pytest.param((control(r("12 May"), properties="<w:date/>"),), "12 May", id="date control"),
        pytest.param((control(control(r("both"))),), "both", id="controls in controls"),
        pytest.param(("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
                      "<w:listEntry w:val='no'/><w:listEntry w:val='yes'/></w:ddList></w:ffData></w:fldChar></w:r>"
                      "<w:r><w:fldChar w:fldCharType='end'/></w:r>",), "yes", id="old drop-down"),
    ],
)  # fmt: skip
def test_reads_what_the_reader_sees(content: tuple[str, ...], seen: str) -> None:
    joined = "".join(each if each.startswith("<") else r(each) for each in content)
    assert only(docx(f"<w:p>{joined}</w:p>")) == seen


def test_content_controls_at_every_level() -> None:
    row = control(tr(tc(control(p("block"))), control(tc(p("cell"))), tc(p("before ", control("inline"), " after"))))
    assert texts(docx(control(p("around")), tbl(row))) == ["around", "block", "cell", "before inline after"]


def test_a_control_that_shows_its_placeholder_is_unfilled() -> None:
    prompt = control(r("Click to enter text", look="<w:i/>"), properties="<w:showingPlcHdr/>")
    document = read_docx(docx(p("School: ", prompt)))
    assert document.paragraphs[0].text == "School: Click to enter text"
    assert stretch(document, "unfilled") == ["Click to enter text"]
    assert stretch(document, "italic") == ["Click to enter text"]


def test_a_button_field_is_a_prompt() -> None:
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    told = "<w:r><w:instrText xml:space='preserve'> MACROBUTTON Nothing [name</w:instrText></w:r>"
    rest = "<w:r><w:instrText> of child]</w:instrText></w:r>"
    document = read_docx(docx(p("Child: ", mark("begin") + told + rest + mark("end"))))
    assert document.paragraphs[0].text == "Child: [name of child]"
    assert stretch(document, "unfilled") == ["[name of child]"]


def test_insertions_and_colours_are_known_by_their_characters() -> None:
    document = read_docx(docx(p("plain ", ins("new"), r(" red", look="<w:color w:val='FF0000'/>"))))
    assert stretch(document, "inserted") == ["new"]
    assert stretch(document, "coloured") == [" red"]
    assert document.tracked_changes == 1


def test_text_boxes_are_read_once_after_the_paragraph_that_holds_them() -> None:
    document = read_docx(docx(p("anchor", text_box(p("boxed"), tbl(tr("cell"))), " goes on"), p("next")))
    assert [(q.text, q.part) for q in document.paragraphs] == [
        ("anchor goes on", Part.BODY),
        ("boxed", Part.TEXTBOX),
        ("cell", Part.TEXTBOX),
        ("next", Part.BODY),
    ]


def test_an_older_text_box_without_alternatives() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('old')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(docx(p("anchor", box))) == ["anchor", "old"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>"
    gone = p(deleted("struck out"), properties=mark)
    assert texts(docx(p("He said ", properties=mark), gone, p("that he agreed."))) == ["He said that he agreed."]


def test_a_deleted_mark_with_nothing_after_it_loses_no_text() -> None:
    mark = "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>"
    assert texts(docx(p("before", properties=mark), tbl(tr(tc(p("in", properties=mark)), "out")))) == [
        "before",
        "in",
        "out",
    ]


def test_a_drop_capital_belongs_to_its_word() -> None:
    assert only(docx(p("D", properties="<w:framePr w:dropCap='drop'/>"), p("rop"))) == "Drop"


def test_rows_struck_out_are_not_read_and_rows_inserted_are() -> None:
    table = tbl(
        tr("old", properties="<w:del w:id='1' w:author='A'/>"), tr("new", properties="<w:ins w:id='1' w:author='A'/>")
    )
    assert texts(docx(table)) == ["new"]


def test_merged_cells_are_read_once_and_columns_still_line_up() -> None:
    first = tr(tc(p("wide"), properties="<w:gridSpan w:val='2'/>"), "right")
    second = tr(tc(p("tall"), properties="<w:vMerge w:val='restart'/>"), "b", "c")
    third = tr(tc(properties="<w:vMerge/>"), "e", "f")
    document = read_docx(docx(tbl(first, second, third)))
    assert [(q.text, tuple(q.cell or ())) for q in document.paragraphs] == [
        ("wide", (0, 0, 0)),
        ("right", (0, 0, 2)),
        ("tall", (0, 1, 0)),
        ("b", (0, 1, 1)),
        ("c", (0, 1, 2)),
        ("e", (0, 2, 1)),
        ("f", (0, 2, 2)),
    ]


def test_tables_in_tables_are_read_where_they_stand() -> None:
    document = read_docx(docx(tbl(tr(tc(p("before"), tbl(tr("inner", "next")), p("after")), "beside"))))
    assert [(q.text, q.cell and q.cell.table) for q in document.paragraphs] == [
        ("before", 0),
        ("inner", 1),
        ("next", 1),
        ("after", 0),
        ("beside", 0),
    ]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    frame = tbl(tr("above"), tr(tc(p("below"), tbl(tr("left", "right")), p("end"))))
    assert [(q.text, q.cell) for q in read_docx(docx(frame)).paragraphs] == [
        ("above", None),
        ("below", None),
        ("left", (1, 0, 0)),
        ("right", (1, 0, 1)),
        ("end", None),
    ]
    framed = read_docx(docx(tbl(tr(tc(p("inner")), tc(tbl(tr("in a frame")), p("after"))))))
    assert [tuple(q.cell or ()) for q in framed.paragraphs] == [(0, 0, 0), (0, 0, 1), (0, 0, 1)]


HIDDEN = "<w:vanish/>"


@pytest.mark.parametrize(
    ("paragraph", "style"),
    [
        pytest.param(p("seen", r("secret", look=HIDDEN)), "", id="directly"),
        pytest.param(
            p("seen", r("secret", look="<w:rStyle w:val='Shy'/>")),
            f"<w:style w:type='character' w:styleId='Shy'><w:name w:val='Shy'/><w:rPr>{HIDDEN}</w:rPr></w:style>",
            id="by run style",
        ),
        pytest.param(
            p(r("seen", look="<w:vanish w:val='0'/>"), "secret", style="Child"),
            f"<w:style w:type='paragraph' w:styleId='Shy'><w:name w:val='Shy'/><w:rPr>{HIDDEN}</w:rPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='Child'><w:name w:val='Child'/><w:basedOn w:val='Shy'/></w:style>",
            id="by the style a paragraph style is based on",
        ),
        pytest.param(
            p(r("seen", look="<w:vanish w:val='false'/>"), "secret"),
            f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>",
            id="by default",
        ),
    ],
)
def test_hidden_text_is_listed_and_not_read(paragraph: str, style: str) -> None:
    document = read_docx(docx(paragraph, styles=style))
    assert [q.text for q in document.paragraphs] == ["seen"]
    assert document.hidden == ("secret",)
    assert ("hidden text", 1) in [(u.what, u.count) for u in document.unread]


def test_a_hidden_row_and_a_hidden_text_box_are_listed_too() -> None:
    row = tr("row", properties="<w:hidden/>")
    box = text_box(p("box")).replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>", 1)
    document = read_docx(docx(tbl(row, tr("seen")), p("and seen", box)))
    assert [q.text for q in document.paragraphs] == ["seen", "and seen"]
    assert document.hidden == ("row", "box")


def test_hidden_twice_is_shown() -> None:
    """A toggle property set by the paragraph's style and by the run's is off: 17.7.3."""
    styles = (
        f"<w:style w:type='paragraph' w:styleId='P'><w:name w:val='P'/><w:rPr>{HIDDEN}</w:rPr></w:style>"
        f"<w:style w:type='character' w:styleId='C'><w:name w:val='C'/><w:rPr>{HIDDEN}</w:rPr></w:style>"
    )
    assert only(docx(p(r("shown", look="<w:rStyle w:val='C'/>"), style="P"), styles=styles)) == "shown"


def test_what_is_seen_and_not_read_is_listed() -> None:
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    chart = "<w:r><w:drawing><c:chart/></w:drawing></w:r>"
    embedded = "<w:r><w:object><o:OLEObject/></w:object></w:r>"
    document = read_docx(docx(p("text", picture, picture, chart, embedded), "<w:altChunk r:id='x'/>"))
    assert {u.what: u.count for u in document.unread} == {"image": 2, "chart": 1, "embedded file": 1, "altChunk": 1}


def test_macros_are_listed() -> None:
    document = read_docx(docx(p("text"), more={"word/vbaProject.bin": b"x"}))
    assert [(u.what, u.count) for u in document.unread] == [("macros", 1)]


def test_strict_files_and_utf_16_parts() -> None:
    parts = parts_of(docx(p("Ada’s wishes", style="Heading1"), p("text")))
    strict = {name: content.replace(TRANSITIONAL.encode(), STRICT.encode()) for name, content in parts.items()}
    wide = {
        name: content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        if name == "word/document.xml"
        else content
        for name, content in strict.items()
    }
    for variant in (strict, wide):
        document = read_docx(package(variant))
        assert [(q.text, q.heading_level) for q in document.paragraphs] == [("Ada’s wishes", 1), ("text", None)]


def test_a_report_without_styles_or_numbering() -> None:
    parts = parts_of(docx(p("Only text")))
    del parts["word/styles.xml"]
    assert texts(package(parts)) == ["Only text"]


def test_properties_and_pages() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>A. Author</dc:creator>'
        "<cp:lastModifiedBy>B. Manager</cp:lastModifiedBy></cp:coreProperties>"
    )
    app = '<Properties xmlns="z"><Company>Council</Company><Pages>9</Pages></Properties>'
    parts = parts_of(docx(p("text")))
    rels = parts["_rels/.rels"].decode()
    base = "http://schemas.openxmlformats.org"
    more = (
        f'<Relationship Id="c" Type="{base}/package/2006/relationships/metadata/core-properties" Target="core.xml"/>'
        f'<Relationship Id="a" Type="{base}/officeDocument/2006/relationships/extended-properties" Target="app.xml"/>'
    )
    parts["_rels/.rels"] = rels.replace("</Relationships>", more + "</Relationships>").encode()
    document = read_docx(package({**parts, "core.xml": core, "app.xml": app}), name="draft.docx")
    assert document.properties == {"author": "A. Author", "last modified by": "B. Manager", "company": "Council"}
    assert (document.pages, document.name) == (9, "draft.docx")


def test_control_characters_that_xml_allows_are_not_text() -> None:
    assert only(docx(p(r("Ada\u0085Lowe\u0091 \ufeffis\u200b five")))) == "Ada Lowe is five"
