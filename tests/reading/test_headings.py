"""Headings and sections, whatever an author made them with."""

from __future__ import annotations

import pytest

from qualitycheck.document import Document
from qualitycheck.reading import read_docx
from tests.docx_builder import STYLES, bold, docx, numbered, numbering, p, r, tbl, tc, tr
from tests.docx_builder import level as list_level

TEXT = "He is settled at home and at school, and both of his teachers say so."


def headings(*body: str, **parts: str) -> list[tuple[str, int]]:
    document = read_docx(docx(*body, **parts))  # type: ignore[arg-type]
    return [(q.text, q.heading_level) for q in document.paragraphs if q.heading_level is not None]


def sections(document: Document) -> list[tuple[str, int | None, int, int]]:
    return [(s.title, s.parent, s.first, s.last) for s in document.sections]


def test_headings_by_style_and_what_stands_under_them() -> None:
    body = (p("Front"), p("One", style="Heading1"), p(TEXT), p("One a", style="Heading2"), p(TEXT))
    document = read_docx(docx(*body, p("Two", style="Heading1"), p(TEXT)))
    assert sections(document) == [("", None, 0, 1), ("One", None, 1, 5), ("One a", 1, 3, 5), ("Two", None, 5, 7)]
    assert [q.section for q in document.paragraphs] == [0, 1, 1, 2, 2, 3, 3]
    assert [s.title for s in document.section_path(document.paragraphs[4])] == ["One", "One a"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        pytest.param("<w:name w:val='Heading 3'/>", 3, id="as LibreOffice names it"),
        pytest.param("<w:name w:val='Kop'/><w:basedOn w:val='Heading2'/>", 2, id="based on a heading"),
        pytest.param("<w:name w:val='Mine'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr>", 2, id="by outline level"),
        pytest.param("<w:name w:val='Title'/>", 1, id="the title"),
        pytest.param("<w:name w:val='Section heading'/>", 1, id="a template's own style"),
        pytest.param("<w:name w:val='Sub-heading'/>", 2, id="a template's own lower style"),
        pytest.param("<w:name w:val='x'/><w:basedOn w:val='H'/>", None, id="based on itself"),
    ],
)
def test_styles_that_make_headings(style: str, expected: int | None) -> None:
    styles = f"{STYLES}<w:style w:type='paragraph' w:styleId='H'>{style}</w:style>"
    document = read_docx(docx(p("Harm", style="H"), p(TEXT), styles=styles))
    assert document.paragraphs[0].heading_level == expected


def test_a_paragraph_numbered_by_a_heading_style_is_no_heading() -> None:
    sentence = "Ms Lowe told me on 3 May 2024 that she had moved to Leeds with both of the children."
    assert headings(p("Background", style="Heading1"), p(sentence, style="Heading2")) == [("Background", 1)]


def test_an_outline_level_of_the_paragraph_itself() -> None:
    assert headings(p("Harm", properties="<w:outlineLvl w:val='0'/>"), p(TEXT)) == [("Harm", 1)]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(bold("Wishes and feelings"), id="bold"),
        pytest.param(p(r("Wishes ", look="<w:b/>"), r("and feelings", look="<w:b/><w:i/>")), id="bold in two runs"),
        pytest.param(p("WISHES AND FEELINGS"), id="capitals"),
        pytest.param(p(r("Wishes and feelings", look="<w:caps/>")), id="set in capitals"),
        pytest.param(p(r("Wishes and feelings", look="<w:u w:val='single'/>")), id="underlined"),
        pytest.param(p(r("Wishes and feelings", look="<w:sz w:val='28'/>")), id="larger"),
    ],
)
def test_a_short_paragraph_that_stands_out_is_a_heading(head: str) -> None:
    assert [level for _, level in headings(p(TEXT), head, p(TEXT))] == [1]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(bold("I recommend that he lives with his mother."), id="a sentence"),
        pytest.param(bold("word " * 30), id="long"),
        pytest.param(p(r("Name: ", look="<w:b/>"), "Ada Lowe"), id="bold in part"),
        pytest.param(p("LS24C50123"), id="a case number"),
        pytest.param(p("12"), id="a number"),
        pytest.param(p("NONE KNOWN"), id="an answer"),
        pytest.param(bold("OFFICIAL - SENSITIVE"), id="a protective marking"),
        pytest.param(bold("Private and confidential"), id="another marking"),
    ],
)
def test_what_is_no_heading_though_it_may_stand_out(line: str) -> None:
    assert headings(p(TEXT), line, p(TEXT)) == []


def test_the_last_paragraph_heads_nothing() -> None:
    assert headings(p(TEXT), bold("Jane Doe")) == []


def test_where_all_is_bold_bold_is_no_sign() -> None:
    assert headings(bold("Harm"), bold(TEXT), bold(TEXT)) == []


def test_looks_are_ranked_below_the_styles() -> None:
    body = (p("Report", style="Heading1"), p(TEXT), p("PART A"), bold("Harm"), p(TEXT), p("PART B"), p(TEXT))
    assert headings(*body) == [("Report", 1), ("PART A", 2), ("Harm", 3), ("PART B", 2)]


def test_bullets_are_not_headings() -> None:
    bullet = p(r("Seen alone", look="<w:b/>"), properties="<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
    assert headings(p(TEXT), bullet, p(TEXT), numbering=numbering(list_level(0, "•", "bullet"))) == []


def test_label_cells_head_their_rows_and_no_more() -> None:
    table = tbl(tr("Court", "Family Court at Leeds"), tr("The IRO", tc(p("Consulted on 3 May."), p("She agrees."))))
    document = read_docx(docx(p("Analysis", style="Heading1"), table, p(TEXT)))
    assert [(s.title, s.level, s.from_label_cell, s.first, s.last) for s in document.sections[1:]] == [
        ("Analysis", 1, False, 0, 7),
        ("Court", 2, True, 1, 3),
        ("The IRO", 2, True, 3, 6),
    ]
    assert document.section_of(document.paragraphs[6]).title == "Analysis"


def test_people_known_by_a_letter_are_labels_and_row_numbers_are_not() -> None:
    document = read_docx(docx(tbl(tr("M", TEXT), tr("F", TEXT)), tbl(tr("1", "Harm", TEXT), tr("2", "Needs", TEXT))))
    assert [s.title for s in document.sections[1:]] == ["M", "F", "Harm", "Needs"]


def test_a_label_merged_downwards_heads_all_its_rows() -> None:
    top, rest = (f"<w:vMerge w:val='{value}'/>" for value in ("restart", "continue"))
    rows = (tr(tc(p("Police"), properties=top), TEXT), tr(tc(properties=rest), TEXT), tr("School", TEXT))
    document = read_docx(docx(tbl(*rows)))
    assert [(s.title, s.first, s.last) for s in document.sections[1:]] == [("Police", 0, 3), ("School", 3, 5)]


def test_a_label_may_stand_above_its_instructions_and_beside_an_empty_answer() -> None:
    asks = "Say what the child wants and feels, in the child's own words, and how much weight you give to it."
    first = tr(tc(bold("Wishes and feelings"), p(asks)), tc(p(TEXT), p(TEXT), p(TEXT)))
    assert headings(tbl(first, tr(tc(bold("Recommendation"), p(asks)), ""))) == [
        ("Wishes and feelings", 1),
        ("Recommendation", 1),
    ]


def test_questions_in_pairs() -> None:
    def asked(text: str) -> str:
        return tc(bold(text))

    rows = (
        tr(asked("Child"), "Ada Lowe", asked("Date of birth"), "3 May 2018"),
        tr(asked("School"), "Priory Primary School", asked("Year"), "Year 3"),
    )
    document = read_docx(docx(tbl(*rows)))
    assert [(s.title, s.first, s.last) for s in document.sections[1:]] == [
        ("Child", 0, 2),
        ("Date of birth", 2, 4),
        ("School", 4, 6),
        ("Year", 6, 8),
    ]


def test_a_table_of_data_has_no_label_cells() -> None:
    head = tr(tc(bold("Agency")), tc(bold("Date")), tc(bold("Outcome")))
    rows = [tr(name, "3 May 2024", "No trace of either parent") for name in ("Police", "Probation", "School")]
    assert headings(tbl(head, *rows)) == []


def test_a_chronology_is_not_headed_by_its_dates() -> None:
    assert headings(tbl(tr("3 May 2024", TEXT), tr("12/06/2024", TEXT), tr("2023", TEXT))) == []


def test_the_names_of_columns_head_nothing() -> None:
    assert headings(tbl(tr(tc(bold("Topic")), tc(bold("Detail"))), tr("Police", TEXT), tr("School", TEXT))) == [
        ("Police", 1),
        ("School", 1),
    ]


@pytest.mark.parametrize("look", ["w:val='0020'", "w:firstRow='1'"])
def test_a_table_style_can_set_the_names_of_columns_apart(look: str) -> None:
    styles = (
        f"{STYLES}<w:style w:type='table' w:styleId='T'><w:name w:val='T'/>"
        "<w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"
    )
    rows = tr("Topic", "Detail") + tr("Police", TEXT) + tr("School", TEXT)
    table = f"<w:tbl><w:tblPr><w:tblStyle w:val='T'/><w:tblLook {look}/></w:tblPr>{rows}</w:tbl>"
    assert headings(table, styles=styles) == [("Police", 1), ("School", 1)]


def test_bars_across_a_table_head_what_follows_them() -> None:
    shaded = "<w:gridSpan w:val='2'/><w:shd w:val='clear' w:fill='D9D9D9'/>"
    document = read_docx(
        docx(
            tbl(tr(tc(p("Part A"), properties=shaded)), tr("Court", "Family Court at Leeds")),
            tbl(tr(tc(p("Part B"), properties=shaded))),
            p(TEXT),
        )
    )
    assert [(s.title, s.level, s.parent) for s in document.sections[1:]] == [
        ("Part A", 1, None),
        ("Court", 2, 1),
        ("Part B", 1, None),
    ]
    assert document.section_of(document.paragraphs[-1]).title == "Part B"


def test_a_contents_page_has_no_headings_and_no_paragraph_numbers() -> None:
    styles = f"{STYLES}<w:style w:type='paragraph' w:styleId='T1'><w:name w:val='toc 1'/></w:style>"
    line = p(r("1.", "<w:tab/>", "HARM", look="<w:b/>"), style="T1")
    document = read_docx(docx(line, p("Harm", style="Heading1"), p(TEXT), styles=styles))
    assert (document.paragraphs[0].heading_level, document.paragraphs[0].label) == (None, None)


def test_a_numbered_heading_keeps_its_label() -> None:
    document = read_docx(docx(numbered("Harm", style="Heading1"), p(TEXT), numbering=numbering(list_level(0, "%1."))))
    assert (document.paragraphs[0].label, document.paragraphs[0].heading_level) == ("1.", 1)
