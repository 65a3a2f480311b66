"""The author's name is nowhere, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualitycheck import miniature
from qualitycheck.document import Document
from qualitycheck.inspecting.masked import AUTHOR, MANAGER, Mask, lines_of, people_to_hide, text_of
from qualitycheck.pipeline import Settings, check_document
from qualitycheck.reading import read_docx
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.understanding import understand

EXAMPLES = Path("examples")
WRITTEN_BY = {
    "cafcass-cymru": ["Elis-Rowlands", "Non Elis"],
    "child-impact-report": ["Dinesh", "Warrier"],
    "fca-section7": ["Miriam", "Castell"],
    "guardian-final-analysis": ["Penelope", "Ashdown"],
    "guardian-placement-order": ["Graham", "Tebbutt"],
    "local-authority-section7": ["Leanne", "Mostyn", "Ainscough"],
}


def report(*lines: str, author: str = "Petra Marsh, Family Court Adviser", child: str = "Ada Hale") -> Document:
    return miniature.report(
        "# Report under section 7 of the Children Act 1989",
        "| Court | Family Court at Northbridge |",
        f"| Author | {author} |",
        "## Enquiries",
        *lines,
        children=[(child, "2 March 2015")],
    )


def shown(document: Document, *authors: str, managers: tuple[str, ...] = ()) -> str:
    mask = Mask(people_to_hide(understand(document), authors, managers))
    return "\n".join(mask.of(paragraph.text).text for paragraph in (*document.paragraphs, *document.margins))


@pytest.mark.parametrize("name", WRITTEN_BY)
def test_of_a_real_report_nothing_goes_but_the_names(name: str) -> None:
    document = read_docx((EXAMPLES / f"{name}.docx").read_bytes(), name=f"{name}.docx")
    mask = Mask(people_to_hide(understand(document)))
    swapped = 0
    for paragraph in (*document.paragraphs, *document.margins):
        masked = mask.of(paragraph.text)
        assert not any(part.lower() in masked.text.lower() for part in WRITTEN_BY[name])
        back = masked.text
        for swap in reversed(masked.swaps):
            back = back[: swap.at] + paragraph.text[swap.start : swap.end] + back[swap.to :]
            assert any(part in paragraph.text[swap.start : swap.end] for part in WRITTEN_BY[name])
        assert back == paragraph.text
        swapped += len(masked.swaps)
    assert swapped >= 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ada said that Ms Marsh's dog was kind.", "Ada said that [author]'s dog was kind."),
        ("Petra’s notes of 3 May.", "[author]’s notes of 3 May."),
        ("PETRA MARSH", "[author]"),
        ("Marsh, Petra", "[author]"),
        ("Ref P. Marsh and P Marsh and PJ Marsh", "Ref [author] and [author] and [author]"),
        ("Miss Petra Jane Marsh wrote it.", "[author] wrote it."),
        ("Write to petra.marsh@reports.example or see Marsh_s7_v2.docx", "Write to [author] or see [author]"),
        ("Petra\u00a0Marsh and P\u00e9tra Marsh", "[author] and [author]"),
        ("They live at Marsh Lane, near Marsh Farm.", "They live at Marsh Lane, near Marsh Farm."),
        ("Mr Marsh-Cole came; the marsh was wet.", "Mr Marsh-Cole came; the marsh was wet."),
        ("Petrarch and Marshall are other words.", "Petrarch and Marshall are other words."),
    ],
)
def test_every_form_of_the_name_goes_and_other_words_stay(written: str, read: str) -> None:
    assert read in shown(report(f"1.\t{written}"))


def test_a_child_who_has_the_surname_keeps_it() -> None:
    told = shown(
        report(
            "1.\tI am Petra Marsh. I saw Ada Marsh, and her mother Mrs Joan Marsh, who calls herself Marsh.",
            "2.\tMrs Marsh told P Marsh that Ada is tired. Petra listened.",
            child="Ada Marsh",
        )
    )
    for kept in ("Ada Marsh", "Mrs Joan Marsh", "calls herself Marsh", "Mrs Marsh told"):
        assert kept in told
    assert "I am [author]" in told
    assert "told [author] that Ada" in told
    assert "[author] listened" in told


def test_a_name_that_is_a_word_of_the_report_goes_only_where_it_is_a_name() -> None:
    told = shown(
        report("1.\tMark White saw Ada. Mark my words: I mark the white card. Mr White left.", author="Mark White")
    )
    assert "[author] saw Ada. Mark my words: I mark the white card. [author] left." in told


def test_managers_of_the_front_sheet_and_the_signature_go_and_other_managers_stay() -> None:
    document = report(
        "1.\tHousing: Mr Cole, housing manager, wrote on 3 May. Mrs Orme agreed.",
        "Signed: P Marsh. Countersigned: Gwen Orme, Team Manager.",
    )
    told = shown(document)
    assert "Mr Cole, housing manager" in told
    assert f"Signed: {AUTHOR}. Countersigned: {MANAGER}, Team Manager." in told
    assert f"{MANAGER} agreed" in told


def test_names_known_from_elsewhere_go_too() -> None:
    told = shown(
        report("1.\tSeen by Rosa Quill with Tom Ashe."), "Quill, Rosa (Cafcass)", "A-017", managers=("Mr Tom Ashe",)
    )
    assert f"Seen by {AUTHOR} with {MANAGER}." in told
    assert "Quill" not in told
    assert "Ashe" not in told


def test_there_is_a_way_to_the_characters_that_were_written_and_back() -> None:
    text = "Ada told Petra Marsh that Ms Marsh was late."
    masked = Mask(people_to_hide(understand(report(f"1.\t{text}")))).of(text)
    assert masked.text == "Ada told [author] that [author] was late."
    late = masked.text.index("was late")
    start, end = masked.written(late, len(masked.text))
    assert text[start:end] == "was late."
    assert masked.shown(start, end) == (late, len(masked.text))
    through = masked.text.index("thor] that")  # a choice that begins inside a name takes all of it
    start, end = masked.written(through, through + len("thor] that [au"))
    assert text[start:end] == "Petra Marsh that Ms Marsh"
    assert masked.written(0, 3) == (0, 3)


def test_the_sheet_keeps_its_shape_and_loses_every_mark() -> None:
    document = read_docx((EXAMPLES / "fca-section7.docx").read_bytes(), name="fca-section7.docx")
    rulebook = load_rulebook(())
    result = check_document(document, Settings(), rulebook)
    marked = lay_out(result, document)
    graded = Mask(people_to_hide(understand(document))).sheet(marked)
    assert [line.index for line in lines_of(graded)] == [line.index for line in lines_of(marked)]
    assert any(piece.level for line in lines_of(marked) for piece in line.pieces)
    assert not any(piece.level or piece.shows or piece.begin for line in lines_of(graded) for piece in line.pieces)
    notes = [note for line in lines_of(marked) for piece in line.pieces for note in piece.notes]
    assert notes
    assert notes == [note for line in lines_of(graded) for piece in line.pieces for note in piece.notes]
    unmasked = Mask(()).sheet(marked)
    assert [text_of(line) for line in lines_of(unmasked)] == [text_of(line) for line in lines_of(marked)]
