"""Where sentences end: the titles, numbers, times and quotations of reports to a court."""

from __future__ import annotations

from itertools import pairwise

import pytest

from qualitycheck.language.sentences import split
from tests.growth import growth

CASES = [
    ["Mr. A told me.", "He lives with F.", "She does not."],
    ["Mrs. Hale, Ms. Sallis and Dr. Bold were seen.", "HHJ A. Smith sat."],
    ["D. Marsh signed it.", "J. K. Lowe did too."],
    ["'I like it.'", "She said so twice.", "'Why?' she asked."],
    ["He said, “I want to swim. I like the cat.”", "Then he drew."],
    ["See para. 12, s.31(2) and pp. 4-6.", "It was 3.30 p.m. on Monday.", "He left at 10 a.m.", "She stayed."],
    ["12. Ada was seen alone.", "(Her aunt was in the garden.)", "She drew."],
    ["She likes quiet games, e.g. Lego, and weighs 3.5 kg.", "No. 4 is his.", "He said no.", "She came."],
    ["They went…", "Why…", "He asked... nothing came."],
    ["Was it safe?!", "I think so."],
    ["First line", "second line.", "Third."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda sentences: sentences[0])
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    joint = "\n" if sentences[0] == "First line" else " "
    text = joint.join(sentences)
    if "“I want" in text:
        sentences = ["He said, “I want to swim.", "I like the cat.”", "Then he drew."]
    assert [text[start:end] for start, end in split(text)] == sentences


def test_nothing_but_white_space_is_lost() -> None:
    text = "  One. Two (three).\n\n- four; five… 'Six.' 7.30 p.m. Mr. B. "
    spans = split(text)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("unit", ["A. ", ".", "... ", "'. ", "x. Y", "1. ", "Mr. ", "\n"])
def test_time_grows_with_length_only(unit: str) -> None:
    assert growth(lambda length: split(unit * length), 20_000) < 40
