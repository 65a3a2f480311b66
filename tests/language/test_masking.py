"""The masked view that rules are written against."""

from __future__ import annotations

import pytest

from qualitycheck.language.masking import Lexicon, find_mentions, mask

NAMES = {
    "Ada": "CHILD",
    "Ada Lowe": "CHILD",
    "Ms Lowe": "MOTHER",
    "Mr Marr-Poole": "FATHER",
    "M": "MOTHER",
    "F": "FATHER",
    "Mrs Hale": "PROFESSIONAL",
    "Tess Marlow": "ADULT",
    "Siân": "CHILD",
    "Ottie": "ADULT",
}


def masked(text: str) -> str:
    lexicon = Lexicon()
    for name, placeholder in NAMES.items():
        lexicon.add(name, placeholder, placeholder.lower())
    return mask(text, 0, len(text), find_mentions(text, lexicon))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lowe told Mrs Hale on 3 May 2024 that 'it's OK'.", "CHILD told PROFESSIONAL on DATE that QUOTE."),
        ("The mother and Ms Lowe’s sister spoke.", "MOTHER and ADULT spoke."),
        ("Both boys, all three children and the children", "CHILD, CHILD and CHILD"),
        (
            "A child needs care; children's services; the children's home",
            "a child needs care; children's services; the children's home",
        ),
        ("His mother and her class teacher", "his MOTHER and her PROFESSIONAL"),
        ("F's mother, the father's mother, Ada's mother", "ADULT, ADULT, MOTHER"),
        ("Siân, aged five, and PGM", "CHILD, AGE, and ADULT"),
        ("Mr Marr-Poole pays £40 a week (C112, para 12)", "FATHER pays MONEY a week (REF, REF)"),
        ("The children's guardian saw Ada's bedroom at 3.30 pm", "AUTHOR saw CHILD's bedroom at TIME"),
        ("Auntie Ottie and the health visitor Mrs Hale", "ADULT and PROFESSIONAL"),
        ("I asked about section 7 — he said “no”", "i asked about section 7 - he said QUOTE"),
        ("The father rang his mother and Ada her mother", "FATHER rang his ADULT and CHILD her MOTHER"),
        ("The parents say that Mum knows.", "the parents say that MOTHER knows."),
    ],
)
def test_people_and_the_like_stand_as_words(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_offsets_lead_back_to_the_text() -> None:
    text = "Then the class teacher told Ada Lowe’s aunt, aged forty, on 3 May."
    lexicon = Lexicon()
    lexicon.add("Ada Lowe", "CHILD", "child-1")
    view, offsets = mask(text, 5, len(text), find_mentions(text, lexicon))
    assert len(offsets) == len(view) + 1 and offsets[-1] == len(text)
    at = view.index("CHILD")
    assert text[offsets[at] : offsets[at + 4] + 1] == "Ada Lowe"
    at = view.index("DATE")
    assert text[offsets[at] : offsets[at + 3] + 1] == "3 May"
    assert list(offsets) == sorted(offsets)


def test_a_quotation_over_two_sentences_is_one_in_both() -> None:
    text = "She said 'I like it. I stay.'"
    mentions = find_mentions(text, Lexicon())
    assert mask(text, 0, 20, mentions)[0] == "she said QUOTE"
    assert mask(text, 21, len(text), mentions)[0] == "QUOTE"
