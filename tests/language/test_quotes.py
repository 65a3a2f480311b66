"""Quotations, and apostrophes that are none."""

from __future__ import annotations

import pytest

from qualitycheck.language.quotes import find_quotations
from tests.growth import growth


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said 'we was robbed, all of us,' of the neighbours' raffle.", ["'we was robbed, all of us,'"]),
        ("The teachers' note of B's week; 'it's mostly sums.'", ["'it's mostly sums.'"]),
        ("She said “it’s fine” and ‘don’t know’.", ["“it’s fine”", "‘don’t know’"]),
        ("'No, I didn't eat.' She shrugged.", ["'No, I didn't eat.'"]),
        ('"I want to go. I like it there." She smiled.', ['"I want to go. I like it there."']),
        ("the children's voices and the boys' toys, in the '90s", []),
        ("He called it 'the boys' room' and left ('a joke').", ["'the boys' room'", "('a joke')"[1:-1]]),
        ("'She said \"go\" to me,' he told me.", ["'She said \"go\" to me,'"]),
        ("“I went home. I was tired.", ["“I went home. I was tired."]),
        ("a board of 6' by 4' and no more", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


def test_inner_words_are_without_marks() -> None:
    text = "She said 'go'."
    (quotation,) = find_quotations(text)
    assert text[quotation.inner_start : quotation.inner_end] == "go"


@pytest.mark.parametrize("unit", ["' ", "'a ", "'as' b ", '"a ', "“a", "'aaaa 'em ", "s' 'a "])
def test_time_grows_with_length_only(unit: str) -> None:
    assert growth(lambda length: find_quotations(unit * length), 6_000) < 40
