"""Spelling and grammar: the author's mistakes are found, everything else is left alone."""

from dataclasses import replace

import pytest

from qualitycheck.consistency.fault import Fault
from qualitycheck.document import Stretch
from qualitycheck.proofing import language_errors
from qualitycheck.proofing.welsh import is_welsh
from qualitycheck.proofing.words import is_word, nearest
from tests.proofing.planted import case_of, lines_of, planted

# Floors, well under what is measured (docs/benchmarks.md), so that a change for the worse is seen.
FOUND_OF_TUNED = 0.85
FOUND_OF_HELD_OUT = 0.60


def flagged(text: str, *accepted: str) -> list[str]:
    return [fault.detail["words"] for fault in language_errors(case_of(text), accepted)]


def share_found(name: str) -> float:
    sentences = planted(name)
    case = case_of(*(sentence.text for sentence in sentences))
    first = len(case.document.paragraphs) - len(sentences)
    faults = list(language_errors(case))

    def is_found(fault: Fault, at: int) -> bool:
        spans = sentences[at].marked
        return fault.paragraph == first + at and any(fault.start < end and start < fault.end for start, end in spans)

    return sum(any(is_found(fault, at) for fault in faults) for at in range(len(sentences))) / len(sentences)


def test_finds_planted_mistakes_that_rules_were_tuned_on() -> None:
    assert share_found("tuned") >= FOUND_OF_TUNED


def test_finds_planted_mistakes_that_no_rule_was_tuned_on() -> None:
    assert share_found("held-out") >= FOUND_OF_HELD_OUT


@pytest.mark.parametrize("sentence", lines_of("clean.txt"))
def test_says_nothing_of_what_is_right(sentence: str) -> None:
    assert flagged(sentence) == []


def test_says_what_to_write_instead_at_exactly_the_wrong_word() -> None:
    case = case_of("The school did not recieve a reply.")
    [fault] = language_errors(case)
    assert fault.criterion == "language-error"
    assert fault.detail == {
        "words": "recieve",
        "suggestion": "receive",
        "hint": "; perhaps “receive” is meant",
        "kind": "spelling",
        "why": "it is misspelt",
    }
    assert case.document.paragraphs[fault.paragraph].text[fault.start : fault.end] == "recieve"


def test_terms_of_an_office_are_accepted_in_any_case() -> None:
    text = "The family attend the group, and like the wellspringg leader."
    assert flagged(text) == ["wellspringg"]
    assert flagged(text, "Wellspringg") == []


def test_american_spelling_is_not_british_and_both_ise_and_ize_are() -> None:
    assert flagged("Her behavior at the center was good.") == ["behavior", "center"]
    assert flagged("They organised, or organized, a party and recognize it.") == []


def test_a_mistake_inside_a_quotation_is_the_speakers() -> None:
    assert flagged("He told me: 'I should of rung, I never recieved nothing.'") == []
    assert flagged("He should of rung. 'I never did,' he said.") == ["should of"]


def test_words_in_italics_are_taken_as_another_tongue() -> None:
    case = case_of("She calls it a hafodd, which is a summer farm.")
    at = case.document.paragraphs[-1].text.index("hafodd")
    slanted = replace(case.document.paragraphs[-1], italic=(Stretch(at, at + 6),))
    document = replace(case.document, paragraphs=(*case.document.paragraphs[:-1], slanted))
    assert list(language_errors(replace(case, document=document))) == []


def test_a_word_of_another_tongue_that_is_used_again_is_a_term_and_a_mistake_made_twice_is_a_mistake() -> None:
    assert flagged("She goes to dugsi on Saturdays. Her teacher at dugsi knows her well.") == []
    assert flagged("He came to a 'dugsi' with her, and likes the dugsi.") == []
    assert flagged("They live in seperate houses, and have seperate lives.") == ["seperate", "seperate"]


def test_a_common_word_misspelt_throughout_is_a_mistake_each_time_and_a_term_is_none() -> None:
    assert flagged("He recieved one. She recieved two. They recieved three. I recieved four.") == ["recieved"] * 4
    assert flagged("He likes langar. She likes langar. They eat langar. We met at langar.") == []


@pytest.mark.parametrize(
    ("text", "welsh"),
    [
        ("Mae'r plant yn hapus gyda nhw.", True),
        ("Hoffwn i fyw gyda mam ac nid gyda dad.", True),
        ("She lives in Bala with her mam.", False),
        ("I am not at home.", False),
    ],
)
def test_tells_welsh_from_english(text: str, welsh: bool) -> None:
    assert is_welsh(text) is welsh


@pytest.mark.parametrize("word", ["Cafcass", "cafcass", "wellbeing", "grandparent's", "realise", "realize", "centiles"])
def test_knows_british_english_and_the_fields_terms(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("recieve", "receive"),
        ("thier", "their"),
        ("dissapointing", "disappointing"),
        ("buprenorphinex", ""),
        ("assmt", ""),
    ],
)
def test_tells_what_a_misspelt_word_was_meant_to_be(written: str, meant: str) -> None:
    assert nearest(written) == meant


def test_the_same_report_gives_the_same_faults() -> None:
    text = "The mother have recieved alot of help, and the the school know."
    assert list(language_errors(case_of(text))) == list(language_errors(case_of(text)))
