"""Harper finds what its chosen rules promise, at exactly the words, and nothing else in right sentences."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from qualitycheck.proofing.author_text import AuthorText
from qualitycheck.proofing.grammar import HarperRule, grammar_mistakes, load_harper_rules
from tests.proofing.planted import case_of, lines_of, unmarked

RULES = list(load_harper_rules().values())


def found(*paragraphs: str) -> list[tuple[str, str]]:
    """(rule, words) for each mistake in a text."""
    seen = AuthorText(case_of(*paragraphs))
    return [(mistake.kind, seen.text[mistake.start : mistake.end]) for mistake in grammar_mistakes(seen)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_example_at_the_marked_words(rule: HarperRule) -> None:
    text, [(start, end)] = unmarked(rule.example)
    assert (rule.name, text[start:end]) in found(text)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.passes], ids=lambda rule: rule.name)
def test_a_rule_is_stopped_where_it_would_be_wrong(rule: HarperRule) -> None:
    assert found(rule.passes) == []


def test_no_rule_speaks_of_right_sentences() -> None:
    assert found(*lines_of("clean.txt")) == []


def test_no_rule_prints(capfd: pytest.CaptureFixture[str]) -> None:
    found(*(unmarked(rule.example)[0] for rule in RULES), *lines_of("clean.txt"))
    assert capfd.readouterr() == ("", "")


def test_offsets_are_characters_whatever_stands_before() -> None:
    assert found("“Ŵyr” – é, 😀 – and he has went home.") == [("SimplePastToPastParticiple", "went")]


def test_sentences_are_kept_apart() -> None:
    assert found("The letter that he has", "Went home with his aunt") == []


def test_quotations_names_and_capitals_are_left_alone() -> None:
    assert found("He told me that 'they was all asleep', and that was all.") == []
    assert found("HE HAS WENT HOME") == []
    assert found("I saw Dr Payed, and he payed.") == [("Payed", "payed"), ("RegularIrregulars", "payed")]


def test_the_suggestion_is_given_where_there_is_one() -> None:
    seen = AuthorText(case_of("It gives her piece of mind."))
    [mistake] = grammar_mistakes(seen)
    assert (mistake.kind, mistake.suggestion) == ("PeaceOfMind", "peace of mind")
    assert mistake.why == "it is confused with a word like it"


def test_two_threads_find_the_same() -> None:
    texts = ["They was both asleep, and he has went home."] * 8
    with ThreadPoolExecutor(4) as threads:
        assert len({tuple(one) for one in threads.map(found, texts)}) == 1
