"""Cues become patterns that cannot hang."""

import pytest

from qualitycheck.errors import BadRulePack
from qualitycheck.rulebook.patterns import LONGEST_CUE, balanced, compile_cues, expand, plain
from tests.growth import growth

LEXICONS = {"said": ["said", "told (?:me|us)"], "loop": ["{loop}"], "nested": ["{said} that"]}


def found(cue: str, text: str) -> list[str]:
    return [text[slice(*match.span())] for match in compile_cues([cue], LEXICONS).finditer(plain(text))]


def test_whole_words_only() -> None:
    assert found("harm", "harmless charm, harm") == ["harm"]


def test_a_gap_is_at_most_eight_words_of_one_line() -> None:
    assert found("too young ... say", "too young at her age to say") == ["too young at her age to say"]
    assert found("too young ... say", "too young\nsay") == []
    assert found("too young ... say", "too young a b c d e f g h i say") == []


def test_lexicons_are_filled_in() -> None:
    assert found("{nested} CHILD", "he told me that CHILD sleeps") == ["told me that CHILD"]


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        (r"(a)\1", "not a safe pattern"),
        ("(?=a)b", "not a safe pattern"),
        ("{nobody}", "no lexicon"),
        ("{loop}", "circle"),
        ("a*", "matches nothing"),
        (" ", "empty"),
        ("x" * (LONGEST_CUE + 1), "longer than"),
    ],
)
def test_what_could_hang_or_flag_everything_is_refused(cue: str, said: str) -> None:
    with pytest.raises(BadRulePack, match=said):
        compile_cues([cue], LEXICONS)


def test_time_grows_with_the_text_and_not_faster() -> None:
    pattern = compile_cues(["(?:a+)+b ... (?:a|aa)+c"], LEXICONS)
    texts = {length: plain("a" * length) for length in (20_000, 200_000)}
    # A backtracking engine would not live to see it.
    assert growth(lambda length: list(pattern.finditer(texts[length])), 20_000) < 40


def test_plain_keeps_every_offset() -> None:
    text = "Siân’s “naïve” – ŵy 😀 end"
    assert len(plain(text)) == len(text)
    assert plain("Siân").decode() == "Sian"


def test_expanding_says_what_the_pattern_is() -> None:
    assert expand("{said}", LEXICONS) == "(?:said|told (?:me|us))"


@pytest.mark.parametrize(
    ("entry", "whole"), [("(?:a|b) c", True), (r"a\(", True), ("[(]", True), ("(?:a", False), ("a) (?:b", False)]
)
def test_brackets_of_an_entry_pair(entry: str, whole: bool) -> None:
    assert balanced(entry) is whole
