"""The copy for filing: changes accepted; comments, hidden text and metadata gone; the text as a reader saw it."""

from __future__ import annotations

import pytest

from qualitycheck.reading import read_docx
from qualitycheck.writing import filing_copy, leftovers, readiness
from tests.docx_builder import control, deleted, docx, field, ins, p, package, parts_of, r, relations, root, tbl, tc, tr
from tests.writing.marks import W, main_part

_CHANGED = '<w:rPrChange w:id="9" w:author="A"><w:rPr/></w:rPrChange>'


def moved(end: str, text: str) -> str:
    return f'<w:move{end} w:id="3" w:author="A">{r(text)}</w:move{end}>'


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_docx(data).paragraphs]


def marked(mark: str, *content: str) -> str:
    """A paragraph whose own mark is inserted or deleted."""
    return p(*content, properties=f'<w:rPr><w:{mark} w:id="5" w:author="A"/></w:rPr>')


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ([p("Seen on ", ins("3 May"), deleted("4 May"), ".")], ["Seen on 3 May."]),
        ([p(ins("Quite ", deleted("very "), "new"))], ["Quite new"]),
        ([p(r("bold", look=f"<w:b/>{_CHANGED}"))], ["bold"]),
        ([p("Last.", moved("From", "Gone")), p(moved("To", "Here"))], ["Last.", "Here"]),
        ([marked("del", "One "), p("two")], ["One two"]),
        ([marked("del", deleted("all of it")), p("Next")], ["Next"]),
        ([marked("del", "One "), marked("del", "two "), p("three")], ["One two three"]),
        ([marked("ins", "New"), p("Next")], ["New", "Next"]),
        ([tbl(tr("kept"), tr("gone", properties='<w:del w:id="6" w:author="A"/>')), p("After")], ["kept", "After"]),
        ([tbl(tr("new", properties='<w:ins w:id="6" w:author="A"/>')), p("After")], ["new", "After"]),
        ([tbl(tr("gone", properties='<w:del w:id="6" w:author="A"/>')), p("After")], ["After"]),
        ([tbl(tr(tc(p("a")), tc(p("b"), properties='<w:cellDel w:id="6" w:author="A"/>')))], ["a"]),
    ],
    ids="ins-del nested formatting move joined-paragraphs deleted-paragraph three-joined inserted-paragraph "
    "deleted-row inserted-row deleted-table deleted-cell".split(),
)
def test_tracked_changes_are_accepted(blocks: list[str], left: list[str]) -> None:
    data = docx(*blocks, p("End"))
    copy = filing_copy(data)
    assert texts(copy) == [*left, "End"]
    assert leftovers(data) != []
    assert leftovers(copy) == []


def test_a_joined_paragraph_takes_the_look_of_the_second() -> None:
    copy = filing_copy(docx(marked("del", "One "), p("two", style="Heading2")))
    assert [style.get(W + "val") for style in main_part(copy).iter(W + "pStyle")] == ["Heading2"]


def test_a_vertical_merge_is_accepted_where_the_schema_wants_it() -> None:
    merge = '<w:tcW w:w="1" w:type="dxa"/><w:cellMerge w:id="6" w:author="A" w:vMerge="cont"/>'
    rows = tr(tc(p("a"), properties=merge.replace("cont", "rest"))), tr(tc(p("b"), properties=merge))
    copy = filing_copy(docx(tbl(*rows)))
    names = [[str(each.tag).rpartition("}")[2] for each in cell] for cell in main_part(copy).iter(W + "tcPr")]
    assert names == [["tcW", "vMerge"]] * 2
    assert [each.get(W + "val") for each in main_part(copy).iter(W + "vMerge")] == ["restart", "continue"]


HIDDEN_STYLE = (
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def test_hidden_text_is_taken_out_however_it_is_hidden() -> None:
    data = docx(
        p("Shown ", r("hidden by itself", look="<w:vanish/>"), "still"),
        p(r("hidden by style", look='<w:rStyle w:val="Secret"/>'), "shown"),
        p(r("all of it", look="<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>"),
        p(r("not hidden", look='<w:vanish w:val="0"/>')),
        tbl(tr("a hidden row", properties="<w:hidden/>"), tr("a row")),
        p("End"),
        styles=HIDDEN_STYLE,
    )
    copy = filing_copy(data)
    assert texts(copy) == ["Shown still", "shown", "not hidden", "a row", "End"]
    assert b"hidden by" not in parts_of(copy)["word/document.xml"]
    assert leftovers(data) == ["4 stretches of hidden text"]
    assert leftovers(copy) == []


def test_a_field_that_begins_in_hidden_text_is_not_broken() -> None:
    mark = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    shown = field("REF a", "result").partition("</w:r>")[2]
    copy = filing_copy(docx(p("See ", mark + shown)))
    kinds = [each.get(W + "fldCharType") for each in main_part(copy).iter(W + "fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_fields_that_show_properties_become_their_text() -> None:
    """Without the properties Word would show nothing, or an error, in their place."""
    simple = '<w:fldSimple w:instr=" DOCPROPERTY &quot;Case&quot; ">' + r("LS24P00001") + "</w:fldSimple>"
    data = docx(
        p("By ", field(" AUTHOR  \\* MERGEFORMAT ", "Jane ", field("PAGE", "1")), ", ", simple),
        p("Page ", field("PAGE", "2")),
    )
    copy = filing_copy(data)
    assert texts(copy) == texts(data) == ["By Jane 1, LS24P00001", "Page 2"]
    codes = [code.text for code in main_part(copy).iter(W + "instrText")]
    assert codes == ["PAGE", "PAGE"]
    assert len(list(main_part(copy).iter(W + "fldChar"))) == 6
    assert not list(main_part(copy).iter(W + "fldSimple"))


def test_every_trace_of_comments_is_taken_out() -> None:
    range_ = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>', r('<w:commentReference w:id="0"/>')
    related = "".join(
        f'<Relationship Id="x{kind}" Type="http://schemas.microsoft.com/{kind}" Target="{kind}.xml"/>'
        for kind in ("commentsExtended", "commentsIds", "commentsExtensible", "people")
    )
    told = root("w15:commentsEx")
    more = {f"word/{kind}.xml": told for kind in ("commentsExtended", "commentsIds", "commentsExtensible", "people")}
    comment = f'<w:comment w:id="0" w:author="Ann">{p("Really?")}</w:comment>'
    data = docx(p(range_[0], "Text", *range_[1:]), comments=comment, relationships=related, more=more)
    copy = filing_copy(data)
    assert leftovers(data) == ["1 comment"]
    assert leftovers(copy) == []
    assert not [name for name in parts_of(copy) if "comment" in name.lower() or "people" in name]
    assert b"comment" not in b"".join(parts_of(copy).values()).lower()
    assert texts(copy) == ["Text"]


def test_a_note_that_nothing_refers_to_any_more_goes_and_the_others_stay() -> None:
    gone = '<w:del w:id="2" w:author="A"><w:r><w:footnoteReference w:id="3"/></w:r></w:del>'
    data = docx(
        p("One", r('<w:footnoteReference w:id="2"/>'), gone),
        footnotes={"2": p("the first note"), "3": p("the deleted note")},
    )
    written = parts_of(filing_copy(data))["word/footnotes.xml"]
    assert b"the first note" in written
    assert b"the deleted note" not in written


def test_a_picture_in_deleted_text_leaves_the_file() -> None:
    blip = '<w:drawing><a:blip r:embed="{}"/></w:drawing>'
    gone = f'<w:del w:id="2" w:author="A"><w:r>{blip.format("p1")}</w:r></w:del>'
    picture = '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    related = "".join(picture.format(each) + f' Target="media/{each}.png"/>' for each in ("p1", "p2"))
    more = {f"word/media/{each}.png": each.encode() for each in ("p1", "p2")}
    copy = filing_copy(docx(p("Text", gone, r(blip.format("p2"))), relationships=related, more=more))
    assert [name for name in parts_of(copy) if "media" in name] == ["word/media/p2.png"]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Jane Author</dc:creator>'
    "<cp:lastModifiedBy>Max Manager</cp:lastModifiedBy></cp:coreProperties>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ITEM = '<Relationship Id="i{0}" Type="' + _OFFICE + '/customXml" Target="../customXml/item{0}.xml"/>'


def with_metadata() -> bytes:
    bound = control(p("Ada"), properties='<w:dataBinding w:storeItemID="{B}" w:xpath="/x"/>')
    title = control(p("Title"), properties='<w:dataBinding w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>')
    items = {
        f"customXml/item{number}.xml": f"<x>Jane item {name}</x>" for number, name in ((1, "A"), (2, "B"))
    } | {
        f"customXml/itemProps{number}.xml": '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument'
        f'/2006/customXml" ds:itemID="{{{name}}}"/>'
        for number, name in ((1, "A"), (2, "B"))
    } | {
        f"customXml/_rels/item{number}.xml.rels": relations(
            f'<Relationship Id="r1" Type="{_OFFICE}/customXmlProps" Target="itemProps{number}.xml"/>'
        )
        for number in (1, 2)
    }  # fmt: skip
    data = docx(
        title,
        bound,
        '<w:p w:rsidR="00AB12CD"><w:r w:rsidRPr="00AB12CD"><w:t>Text</w:t></w:r></w:p>',
        settings='<w:attachedTemplate r:id="t"/><w:trackRevisions/>'
        '<w:docVars><w:docVar w:name="n" w:val="Jane"/></w:docVars><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>',
        relationships=ITEM.format(1) + ITEM.format(2),
        more=items,
    )
    parts = parts_of(data)
    outer = parts["_rels/.rels"].decode().replace(
        "</Relationships>",
        '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
    )  # fmt: skip
    place = 'Target="file:///C:/Users/jane/t.dotx" TargetMode="External"'
    template = f'<Relationship Id="t" Type="x/attachedTemplate" {place}/>'
    named = {"_rels/.rels": outer, "docProps/core.xml": CORE, "word/_rels/settings.xml.rels": relations(template)}
    return package({**parts, **named})


def test_nothing_tells_of_the_authors_any_more() -> None:
    data = with_metadata()
    copy = filing_copy(data)
    everything = b"".join(parts_of(copy).values())
    assert leftovers(data) == [
        "document properties",
        "the template's place",
        "document variables",
        "editing sessions",
        "custom XML data",
    ]
    assert leftovers(copy) == []
    for trace in (b"Author", b"Manager", b"jane", b"item A", b"00AB12CD", b"rsid", b"trackRevisions", b"6C3C8BC8"):
        assert trace not in everything
    assert b"Jane item B" in everything  # a control of the report shows what is in it
    assert texts(copy) == ["Title", "Ada", "Text"]


def test_a_filed_copy_is_as_clean_as_it_gets() -> None:
    copy = filing_copy(with_metadata())
    assert filing_copy(copy) == copy
    assert readiness(read_docx(copy), copy).clean


def test_readiness_counts_what_is_left_in_a_draft() -> None:
    placeholder = "<w:showingPlcHdr/><w:text/>"
    data = docx(
        p("One", ins("two"), deleted("three"), r("secret", look="<w:vanish/>"), r("bold", look=f"<w:b/>{_CHANGED}")),
        p("Name: ", control("Click or tap here to enter text.", properties=placeholder)),
        comments=f'<w:comment w:id="0" w:author="Ann">{p("Really?")}</w:comment>',
    )
    facts = readiness(read_docx(data), data)
    assert (facts.comments, facts.tracked_changes, facts.hidden) == (1, 3, ("secret",))
    assert [paragraph.index for paragraph in facts.unfilled] == [1]
    assert not facts.clean
    assert list(facts.lines()) == [
        "comments still in the file: 1",
        "tracked changes still open: 3",
        "hidden text: “secret”",
        "a control is not filled in: “Name: Click or tap here to enter text.”",
    ]
    assert list(facts.goes()) == ["1 comment", "3 tracked changes, accepted", "hidden text: “secret”"]
    named = with_metadata()
    assert "the file still holds document properties (author Jane Author, last modified by Max Manager)" in list(
        readiness(read_docx(named), named).lines()
    )
    assert "document properties (author Jane Author, last modified by Max Manager)" in list(
        readiness(read_docx(named), named).goes()
    )
