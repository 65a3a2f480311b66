"""The numbers a reader sees, typed or automatic."""

from __future__ import annotations

import pytest

from qualitycheck.reading import read_docx
from qualitycheck.reading.numbering import in_format
from tests.docx_builder import STYLES, docx, level, numbered, numbering, p, r, tbl, tc, tr

LEGAL = numbering(
    level(0, "%1."), level(1, "%1.%2", more=""), level(2, "(%3)", "lowerLetter"), level(3, "%4.", "lowerRoman")
)


def labels(*body: str, numbering: str = "", styles: str = STYLES) -> list[str | None]:
    return [q.label for q in read_docx(docx(*body, numbering=numbering, styles=styles)).paragraphs]


def test_levels_count_restart_and_show_those_above_them() -> None:
    levels = (0, 1, 1, 2, 2, 3, 1, 2, 0, 1)
    assert labels(*(numbered("text", at) for at in levels), numbering=LEGAL) == [
        "1.", "1.1", "1.2", "(a)", "(b)", "i.", "1.3", "(a)", "2.", "2.1",
    ]  # fmt: skip


def test_numbering_goes_on_through_tables_and_past_plain_and_empty_paragraphs() -> None:
    body = (numbered("a"), p("plain"), numbered(""), tbl(tr(tc(numbered("b")), tc(numbered("c")))), numbered("d"))
    assert labels(*body, numbering=LEGAL) == ["1.", None, "3.", "4.", "5."]


def test_struck_out_and_hidden_paragraphs_are_not_counted() -> None:
    list_ = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    gone = p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=f"{list_}<w:rPr><w:del/></w:rPr>")
    shy = p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", properties=f"{list_}<w:rPr><w:vanish/></w:rPr>")
    assert labels(numbered("a"), gone, shy, numbered("b"), numbering=LEGAL) == ["1.", "2."]


def test_two_lists_of_one_definition_count_on_unless_one_starts_over() -> None:
    on = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    over = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    ids = (1, 1, 2, 3, 3)
    assert labels(*(numbered("t", 0, i) for i in ids), numbering=numbering(level(0, "%1."), more=on + over)) == [
        "1.", "2.", "3.", "1.", "2.",
    ]  # fmt: skip


@pytest.mark.parametrize(("restart", "last"), [("0", "(c)"), ("1", "(a)"), ("", "(a)")])
def test_a_level_can_be_told_never_to_restart(restart: str, last: str) -> None:
    more = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    list_ = numbering(level(0, "%1."), level(1, "(%2)", "lowerLetter", more=more))
    assert labels(*(numbered("t", at) for at in (0, 1, 1, 0, 1)), numbering=list_)[-1] == last


def test_legal_levels_show_every_number_in_figures() -> None:
    list_ = numbering(level(0, "Part %1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(numbered("t"), numbered("t"), numbered("t", 1), numbering=list_) == ["Part I", "Part II", "2.1"]


def test_a_start_other_than_one() -> None:
    assert labels(numbered("t"), numbering=numbering(level(0, "[%1]", start=7))) == ["[7]"]


def test_bullets_have_a_level_and_no_label() -> None:
    document = read_docx(docx(numbered("t", 1), numbering=numbering(level(0, "%1."), level(1, "•", "bullet"))))
    assert (document.paragraphs[0].label, document.paragraphs[0].list_level) == (None, 1)


def test_styles_bring_their_level_and_a_paragraph_can_leave_the_list() -> None:
    list_ = numbering(level(0, "%1", more='<w:pStyle w:val="One"/>'), level(1, "%1.%2", more='<w:pStyle w:val="Two"/>'))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
        f'<w:pPr><w:numPr>{at}<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name, base, at in (("One", "x", ""), ("Two", "x", '<w:ilvl w:val="1"/>'))
    )
    leaves = p("t", style="One", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = (p("t", style="One"), p("t", style="Two"), leaves, p("t", style="Two"), p("t", style="One"))
    assert labels(*body, numbering=list_, styles=styles) == ["1", "1.1", None, "1.2", "2"]


def test_a_numbering_style_lends_its_list() -> None:
    lent = (
        level(0, "%1)"),
        '</w:abstractNum><w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Lent"/>',
    )
    more = '<w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>'
    styles = (
        '<w:style w:type="numbering" w:styleId="Lent"><w:name w:val="Lent"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert labels(numbered("t", 0, 5), numbering=numbering(*lent, more=more), styles=styles) == ["1)"]


@pytest.mark.parametrize(
    ("form", "count", "shown"),
    [
        ("decimal", 12, "12"), ("lowerLetter", 1, "a"), ("lowerLetter", 27, "aa"), ("upperLetter", 28, "BB"),
        ("lowerRoman", 4, "iv"), ("upperRoman", 1999, "MCMXCIX"), ("ordinal", 11, "11th"), ("ordinal", 22, "22nd"),
        ("cardinalText", 21, "Twenty-one"), ("ordinalText", 3, "Third"), ("ordinalText", 20, "Twentieth"),
        ("cardinalText", 121, "One hundred twenty-one"), ("cardinalText", 1001, "One thousand and one"),
        ("ordinalText", 1121, "One thousand one hundred twenty-first"), ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalZero", 3, "03"), ("001", 7, "007"), ("none", 1, ""), ("unheardOf", 5, "5"),
    ],
)  # fmt: skip
def test_number_formats(form: str, count: int, shown: str) -> None:
    assert in_format(count, form) == shown


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["12.\tText", "13.\tMore"], ["12.", "13."], id="a tab after the number"),
        pytest.param(["7\tAlone"], ["7"], id="a tab is enough"),
        pytest.param(["1. Text", "2. More"], ["1.", "2."], id="neighbours"),
        pytest.param(["3.1 Text", "3.2 More", "3.2.1 Below"], ["3.1", "3.2", "3.2.1"], id="several levels"),
        pytest.param(["4. Harm", "4.1 Text", "5.1 is"], [None, "4.1", None], id="a number above"),
        pytest.param(["(a) Text", "(b) More"], ["(a)", "(b)"], id="letters"),
        pytest.param(["(i) Text", "(ii) More", "(iii) Last"], ["(i)", "(ii)", "(iii)"], id="roman"),
        pytest.param(["(h) Text", "(i) More"], ["(h)", "(i)"], id="the letter i"),
        pytest.param(["A1. Text", "A2. More"], ["A1.", "A2."], id="a letter and a number"),
        pytest.param(["12 children came", "3 May 2024 was wet"], [None, None], id="amounts and dates"),
        pytest.param(
            ["I saw Ada.", "A bruise was seen.", "2.30 pm was late"], [None, None, None], id="words and times"
        ),
        pytest.param(["12.03.2024 visit", "4. May"], [None, None], id="no neighbour"),
    ],
)
def test_typed_numbers_are_labels_where_they_plainly_number_paragraphs(
    lines: list[str], expected: list[str | None]
) -> None:
    document = read_docx(docx(*(p(r(*"\t<w:tab/>\t".join(line.split("\t")).split("\t"))) for line in lines)))
    assert [q.label for q in document.paragraphs] == expected
    assert [q.text for q in document.paragraphs] == lines
