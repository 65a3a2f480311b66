"""Findings as Word comments: exactly on their words, in every kind of place, and nothing else touched."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck.aside import SetAside
from qualitycheck.document import Document
from qualitycheck.reading import read_docx
from qualitycheck.result import ChildStatus, Element, Level, Passage, ReportResult, Status
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.writing import annotate, clean
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
    root,
    tbl,
    tc,
    text_box,
    tr,
)
from tests.growth import growth
from tests.writing.marks import W, anchored, comments_of, finding, main_part, result

TITLE = p("Report under section 7", style="Heading1")


def annotated(data: bytes, *words: str) -> bytes:
    document = read_docx(data)
    return annotate(data, document, result(*(finding(document, each) for each in words)))


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (p("He poses a risk to others."), "poses a risk"),
        (p("He poses ", r("a ri", look="<w:b/>"), r("sk to others.")), "a risk"),
        (p(r("One", "<w:tab/>", "two", "<w:br/>", "three")), "two"),
        (p("Smith & Jones <both> agree"), "& Jones <both"),
        (p("A family\U0001f469 emoji and more"), "emoji"),
        (tbl(tr(tc(p("Label")), tc(p("The wishes of the child")))), "the child"),
        (control(p("A whole paragraph in a control")), "whole paragraph"),
        (p("Name: ", control("Ada Lowe"), " (child)"), "Ada"),
        (p("Seen on ", ins("3 May 2024"), deleted("4 May 2024"), "."), "May 2024"),
        (p("Seen on ", deleted("4 May"), ins("3 May"), " at home"), "on 3 May at"),
        (p('<w:hyperlink w:anchor="x">' + r("see the appendix") + "</w:hyperlink>"), "the appendix"),
        (p("See ", field("REF _a", "paragraph 12"), " above"), "paragraph"),
        (p('<w:smartTag w:uri="u" w:element="e">' + r("in Leeds") + "</w:smartTag>"), "Leeds"),
        (p("Beside", text_box(p("Words in a box"))), "in a box"),
    ],
    ids="run runs tab entities astral table block-control inline-control insertion across-changes "
    "hyperlink field smart-tag text-box".split(),
)
def test_a_comment_stands_on_exactly_its_passage(block: str, words: str) -> None:
    data = docx(TITLE, block, p("After."))
    copy = annotated(data, words)
    assert anchored(copy)[words] == words
    assert [each.text for each in read_docx(copy).paragraphs] == [each.text for each in read_docx(data).paragraphs]


def test_passages_may_overlap_and_nest() -> None:
    data = docx(TITLE, p("one two three four five"))
    copy = annotated(data, "one two three", "two", "three four", "two three four five")
    assert list(anchored(copy).values())[1:] == ["one two three", "two", "two three four five", "three four"]


def test_a_note_is_commented_on_at_its_mark_and_quoted() -> None:
    data = docx(
        TITLE,
        p("Police were called.", r('<w:footnoteReference w:id="2"/>'), " Twice."),
        footnotes={"2": p(r("<w:footnoteRef/>"), " According to the mother.")},
    )
    copy = annotated(data, "According to the mother")
    assert anchored(copy)["According to the mother"] == "[note]"
    assert "In this footnote: “According to the mother”" in comments_of(copy)["1"][1]
    assert parts_of(copy)["word/footnotes.xml"] == parts_of(data)["word/footnotes.xml"]


def test_a_page_header_is_commented_on_at_the_title() -> None:
    data = docx(
        TITLE,
        p("Text."),
        margins={"header1": p("Case number LS24P00001")},
        section='<w:headerReference w:type="default" r:id="header1"/>',
    )
    copy = annotated(data, "LS24P00001")
    assert anchored(copy)["LS24P00001"] == "Report under section 7"
    assert "In the page header: “LS24P00001”" in comments_of(copy)["1"][1]


def test_only_the_main_part_the_comments_the_types_and_the_relationships_change() -> None:
    data = docx(TITLE, p("He poses a risk."), settings="<w:zoom/>", more={"word/media/x.png": b"\x89"})
    before, after = parts_of(data), parts_of(annotated(data, "a risk"))
    assert {name for name in after if after[name] != before.get(name)} == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
    }
    assert list(before) == list(after)[: len(before)]


def test_a_cut_run_keeps_its_look_and_everything_else_its_bytes() -> None:
    look = '<w:b/><w:rPrChange w:id="7" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    data = docx(TITLE, p(r("one two three", look=look)))
    copy = annotated(data, "two")
    runs = [run for run in main_part(copy).iter(W + "r") if run.find(f"{W}rPr/{W}rPrChange") is not None]
    assert [run.findtext(W + "t") for run in runs] == ["one ", "two", " three"]
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in runs)
    numbers = [run.find(f"{W}rPr/{W}rPrChange").get(W + "id") for run in runs]  # type: ignore[union-attr]
    assert len(set(numbers)) == 3
    before, after = parts_of(data)["word/document.xml"], parts_of(copy)["word/document.xml"]
    assert after.startswith(before[: before.index(b"<w:body>")])


PEOPLES = (
    '<w:comment w:id="0" w:author="Ann"><w:p w14:paraId="00000001"><w:r><w:t>Check this</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="4" w:author="Bob"><w:p><w:r><w:t>And this</w:t></w:r></w:p></w:comment>'
)


def with_comments(comments: str = PEOPLES, **more: str) -> bytes:
    mark = '<w:r><w:commentReference w:id="{}"/></w:r>'
    text = p(
        '<w:commentRangeStart w:id="0"/>', "He poses a risk", '<w:commentRangeEnd w:id="0"/>', mark.format(0),
        '<w:commentRangeStart w:id="4"/>', " to others", '<w:commentRangeEnd w:id="4"/>', mark.format(4),
    )  # fmt: skip
    return docx(TITLE, text, comments=comments, **more)


def test_peoples_comments_stay_and_numbers_never_clash() -> None:
    copy = annotated(with_comments(), "a risk to")
    told = comments_of(copy)
    assert told["0"] == ("Ann", "Check this")
    assert told["4"] == ("Bob", "And this")
    assert [number for number, (author, _) in told.items() if author == "qualitycheck"] == ["5", "6"]
    assert anchored(copy)["a risk to"] == "a risk to"
    assert anchored(copy)["Check this"] == "He poses a risk"
    assert clean(copy) == clean(clean(copy))
    assert parts_of(clean(copy)) == parts_of(with_comments())


def test_an_answer_to_one_of_our_comments_becomes_a_comment_of_its_own() -> None:
    data = with_comments(
        '<w:comment w:id="0" w:author="qualitycheck"><w:p w14:paraId="0000000A">' + r("Ours") + "</w:p></w:comment>"
        '<w:comment w:id="4" w:author="Ann"><w:p w14:paraId="0000000B">' + r("Done") + "</w:p></w:comment>",
        relationships='<Relationship Id="x" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
        ' Target="commentsExtended.xml"/>',
        more={
            "word/commentsExtended.xml": root(
                "w15:commentsEx",
                '<w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
                '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="1"/>',
            )
        },  # type: ignore[arg-type]
    )
    cleaned = clean(data)
    assert comments_of(cleaned) == {"4": ("Ann", "Done")}
    extended = parts_of(cleaned)["word/commentsExtended.xml"].decode()
    assert re.findall("<w15:commentEx .*?/>", extended) == ['<w15:commentEx w15:paraId="0000000B" w15:done="1"/>']


def test_a_second_run_replaces_only_our_comments() -> None:
    data = with_comments()
    once = annotated(data, "a risk")
    assert annotated(once, "a risk") == once
    other = annotated(once, "others")
    assert other == annotated(data, "others")
    assert [author for author, _ in comments_of(other).values()].count("qualitycheck") == 2


@pytest.mark.parametrize("main_type", ["document.macroEnabled.main+xml", "template.macroEnabledTemplate.main+xml"])
def test_files_with_macros_and_templates_are_annotated_too(main_type: str) -> None:
    macros = {"word/vbaProject.bin": b"\1\2"}
    data = docx(TITLE, p("a risk"), main_type=f"application/vnd.ms-word.{main_type}", more=macros)
    copy = annotated(data, "a risk")
    assert parts_of(copy)["word/vbaProject.bin"] == b"\1\2"
    assert anchored(copy)["a risk"] == "a risk"


def main_written(data: bytes, written: bytes) -> bytes:
    """The file with another main part."""
    return package(parts_of(data) | {"word/document.xml": written})


def test_a_part_in_utf_16_stays_in_utf_16() -> None:
    data = docx(TITLE, p("Zoë poses a risk"))
    text = parts_of(data)["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    copy = annotated(main_written(data, text.encode("utf-16")), "poses a")
    assert parts_of(copy)["word/document.xml"].decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>')
    assert anchored(copy)["poses a"] == "poses a"


def test_a_strict_file_gets_strict_comments() -> None:
    data = docx(TITLE, p("He poses a risk"))
    strict = {
        name: content.replace(TRANSITIONAL.encode(), STRICT.encode()).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts_of(data).items()
    }
    copy = annotated(package(strict), "a risk")
    assert STRICT.encode() in parts_of(copy)["word/comments.xml"]
    related = parts_of(copy)["word/_rels/document.xml.rels"]
    assert b'"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in related
    assert anchored(copy)["a risk"] == "a risk"


def test_a_part_without_a_prefix_is_annotated_too() -> None:
    data = docx(TITLE, p("He poses a risk"))
    text = parts_of(data)["word/document.xml"].decode()
    bare = re.sub(r"(</?)w:", r"\1", text).replace("xmlns:w=", "xmlns=")
    bare = re.sub(r' w:(\w+="[^"]*")', r"", bare)
    copy = annotated(main_written(data, bare.encode()), "a risk")
    assert anchored(copy)["a risk"] == "a risk"


def references(data: bytes) -> list[str]:
    """What stands around each comment's reference mark: the names of the elements, outermost first."""
    around = (reversed(list(mark.iterancestors())) for mark in main_part(data).iter(W + "commentReference"))
    return [" ".join(str(each.tag).rpartition("}")[2] for each in outer) for outer in around]


@pytest.mark.parametrize(
    "block",
    [
        control(p("first of a control")),
        tbl("<w:tr>" + control(tc(p("first of a control"))) + "</w:tr>"),
        p("Box", text_box(p("first of a control"))),
        p("Field ", field("AUTHOR", "first of a control")),
        p("Inline ", control("first of a control", properties="<w:text/>")),
    ],
    ids=["block", "cell", "text-box", "field", "inline"],
)
def test_reference_marks_stand_where_no_program_loses_the_text(block: str) -> None:
    """Word ignores comments in text boxes; LibreOffice 7.4 mixes them up with the text of fields and controls."""
    copy = annotated(docx(TITLE, block, "<w:p/>"), "of a")
    assert anchored(copy)["of a"] == "of a"
    assert references(copy)[1] == "document body p r"
    marks = list(main_part(copy).iter(W + "fldChar", W + "commentReference"))
    assert marks[-1].tag == W + "commentReference"
    assert parts_of(clean(copy)) == parts_of(docx(TITLE, block, "<w:p/>"))


def test_the_summary_says_what_to_fix_first_and_what_is_missing() -> None:
    data = docx(TITLE, p("He poses a risk."))
    document = read_docx(data)
    sure = finding(document, "He poses", level=Level.MUST_FIX, confidence=0.9)
    unsure = finding(document, "a risk", level=Level.CONSIDER)
    missing = Element(
        "wishes", Status.MISSING, 0.9, False, "rule", Level.MUST_FIX,
        (ChildStatus("Ada", Status.MISSING), ChildStatus("Ben", Status.MET)), "The child’s wishes are not told.", (),
    )  # fmt: skip
    part = Element(
        "sources", Status.PARTIAL, 0.9, False, "rule", Level.SHOULD_FIX, (), "Dates of enquiries are missing.",
        (Passage(1, None, "", 0, 2, "He"),),
    )  # fmt: skip
    met = Element("welfare", Status.MET, 0.9, False, "rule", None, (), "There.", ())
    copy = annotate(data, document, result(unsure, sure, elements=(part, met, missing)))
    told = [text for _, text in comments_of(copy).values()]
    assert told[0].split("\n") == [
        "qualitycheck: 2 must fix, 1 should fix, 1 to consider. It flags; you judge.",
        "What to fix first ",
        "1. wishes: Must fix. Not found. The child’s wishes are not told.",
        "2. unsupported-assertion: Must fix. Under “Analysis”: “He poses”.",
        "3. sources: Should fix. Partial. Dates of enquiries are missing.",
        "4. unsupported-assertion: Consider. Under “Analysis”: “a risk”.",
    ]
    assert anchored(copy)["Dates of enquiries are missing."] == "He"
    assert not any("0f1e2d" in text for text in told)


PASSAGES = (Passage(1, None, "", 0, 16, "He poses a risk."),)


def element(id_: str, status: Status, level: Level | None = Level.MUST_FIX, *, unsure: bool = False) -> Element:
    """A judged element with a passage where there can be one."""
    passages = () if status is Status.MISSING else PASSAGES
    return Element(id_, status, 0.9, unsure, "rule", level, (), f"Of {id_}.", passages)


def test_what_to_do_about_an_element_is_said_once() -> None:
    """At the first passage of one that is there in part; of one without a passage, on the title."""
    data = docx(TITLE, p("He poses a risk."))
    elements = (
        element("harm", Status.PARTIAL, Level.SHOULD_FIX),
        element("child-seen", Status.MISSING),
        element("diversity", Status.MET, None),
    )
    criteria = load_rulebook().criteria
    copy = annotate(data, read_docx(data), result(elements=elements), criteria)
    title, at_passage = (text.split("\n") for _, text in comments_of(copy).values())
    seen, harm = criteria["child-seen"], criteria["harm"]
    assert title[-2:] == [
        f"1. {seen.title}: Must fix. Not found. Of child-seen. {seen.what_to_do}",
        f"2. {harm.title}: Should fix. Partial. Of harm.",
    ]
    assert at_passage == [
        f"{harm.title}. Should fix. Partial.",
        "Of harm.",
        f"What to do: {harm.what_to_do}",
        f"Source: {'; '.join(f'{law.source} {law.at}' for law in harm.law)}",
    ]


def test_a_comment_begins_with_the_title_and_ends_with_the_source() -> None:
    data = docx(TITLE, p("He poses a risk."))
    document = read_docx(data)
    criteria = load_rulebook().criteria
    told = comments_of(annotate(data, document, result(finding(document, "a risk")), criteria))["1"][1].split("\n")
    assert told == [
        f"{criteria['unsupported-assertion'].title}. Should fix.",
        "a risk",
        "What to do: Say what it rests on.",
        "Source: PD16A, paragraph 6",
    ]


def test_beyond_the_five_lines_the_title_names_titles_only_and_counts_what_was_set_aside() -> None:
    data = docx(TITLE, p("He poses a risk."))
    document = read_docx(data)
    criteria = load_rulebook().criteria
    five = [element(id_, Status.MISSING) for id_ in ("harm", "child-seen", "enquiries", "threshold", "timescales")]
    rest = [element("diversity", Status.MISSING, unsure=True), element("contact-plan", Status.PARTIAL)]
    one = result(finding(document, "a risk"), elements=(*five, *rest))
    aside = SetAside({"0f1e2d": "It is in the annex."}).applied_to(one)
    title = comments_of(annotate(data, document, aside, criteria))["0"][1].split("\n")
    assert len(title) == 2 + 5 + 3
    assert title[-3:] == [
        f"Also not found: {criteria['diversity'].title}.",
        f"Also partial: {criteria['contact-plan'].title}.",
        "Set aside: 1, with a reason for each; no comment is on them.",
    ]
    assert "the checker is not sure" not in "".join(title)
    unsure = comments_of(annotate(data, document, result(elements=tuple(rest)), criteria))["0"][1]
    told = "Must fix. Not found. Please read for yourself: the checker is not sure."
    assert f"2. {criteria['diversity'].title}: {told}" in unsure


def test_a_document_that_is_no_such_report_is_told_so() -> None:
    data = docx(p("Dear Sir"))
    copy = annotate(data, read_docx(data), result(type="other", type_reason="It reads like a letter."))
    assert comments_of(copy)["0"][1].split("\n")[1] == "It reads like a letter."


def test_text_that_xml_cannot_hold_is_left_out_of_a_comment() -> None:
    data = docx(TITLE, p("a risk"))
    document = read_docx(data)
    copy = annotate(data, document, result(finding(document, "a risk", message="<b>&\x00\x0b\ud800 “quoted”")))
    assert "\n<b>& “quoted”\n" in comments_of(copy)["1"][1]


def test_a_clean_copy_of_a_file_without_our_comments_is_the_file() -> None:
    data = with_comments()
    assert clean(data) is data


BLOCKS = [
    TITLE,
    p("plain words ", r("bold words", look="<w:b/>"), ins(" and new ones"), deleted("gone"), " until the end."),
    control(p("the first in a control"), p("and the second")),
    tbl(tr(tc(p("cell one")), tc(control(p("cell two")))), tr(tc(p("three"), p("and four")), tc(p("five")))),
    p("before ", control("inline control", properties="<w:text/>"), " after ", field("REF a", "the field"), " end"),
    p('<w:hyperlink w:anchor="x">' + r("a link") + "</w:hyperlink>", text_box(p("in the box"), p("second line"))),
    "<w:p/>",
    p(r("a", "<w:tab/>", "b", "<w:noBreakHyphen/>", "c & d")),
    p(r("noted", '<w:footnoteReference w:id="2"/>', " and on")),
]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_passages_of_any_paragraphs(choose: random.Random) -> None:
    """Whatever the passages: the text is as before, each comment is on its passage, and cleaning undoes it all."""
    data = docx(*(choose.choice(BLOCKS) for _ in range(8)), footnotes={"2": p("the note")})
    document = read_docx(data)
    found = []
    for number in range(6):
        paragraph = choose.choice(document.paragraphs)
        start = choose.randrange(len(paragraph.text))
        end = choose.randrange(start, len(paragraph.text)) + 1
        passage = Passage(paragraph.index, None, "", start, end, paragraph.text[start:end])
        found.append(finding(document, paragraph.text, passage=passage, message=f"number {number}"))
    copy = annotate(data, document, result(*found))
    again = read_docx(copy)
    assert [each.text for each in again.paragraphs] == [each.text for each in document.paragraphs]
    words = anchored(copy)
    for each in found:
        if document.paragraphs[each.passage.paragraph].part != "footnote":
            assert words[each.message].replace("[note]", "") == each.passage.text
    assert annotate(copy, again, result(*found)) == copy
    assert parts_of(clean(copy)) == parts_of(data)


def test_cost_grows_in_proportion_to_text_and_comments() -> None:
    def drafted(paragraphs: int) -> tuple[bytes, Document, ReportResult]:
        data = docx(TITLE, *(p("word " * 24 + f"risk{number}.") for number in range(paragraphs)))
        document = read_docx(data)
        return data, document, result(*(finding(document, f"risk{number}.") for number in range(0, paragraphs, 4)))

    reports = {paragraphs: drafted(paragraphs) for paragraphs in (120, 1_200)}
    assert growth(lambda paragraphs: annotate(*reports[paragraphs]), 120) < 40
