"""When a flag finds a fault, case by case."""

from __future__ import annotations

import pytest

from qualitycheck.measuring.labels import Fault, labels_of
from qualitycheck.measuring.outcome import Lost, outcome_of, spots_of
from qualitycheck.measuring.places import Mark, Spot, locate, marked, match
from qualitycheck.pipeline import check_document
from qualitycheck.reading import read_docx
from tests.docx_builder import docx, p

TEXT = "He is lazy. He never came, which nobody disputes, and he did not write to her or to the school. He is lazy."
DOCUMENT = read_docx(docx(p(TEXT), p("Ada was born on 3 May 2019."), p("Ada was born on 5 May 2019.")))


def flag(words: str, id_: str = "unbalanced-language") -> Mark:
    spot = locate(DOCUMENT, words)
    assert spot
    return marked(id_, spot, words)


def fault(quote: str, **more: object) -> list[tuple[str, list[Spot]]]:
    return spots_of(DOCUMENT, [Fault.model_validate({"rule": "unbalanced-language", "quote": quote, **more})])


def test_a_sentence_finds_the_words_in_it() -> None:
    assert match([flag("He is lazy.")], fault("lazy")).found == {0: (0,)}


def test_a_flag_of_another_id_finds_nothing() -> None:
    matched = match([flag("He is lazy.", "vague-term")], fault("lazy"))
    assert (matched.missed, matched.false) == ((0,), (0,))


def test_more_than_a_sentence_counts_up_to_three_times_the_words() -> None:
    both = "He is lazy. He never came, which nobody disputes, and he did not write to her or to the school."
    assert match([flag(both)], fault("lazy")).found == {}
    assert match([flag(both)], fault("never came, which nobody disputes, and he")).found == {0: (0,)}


def test_two_flags_on_one_fault_are_one_and_neither_is_false() -> None:
    matched = match([flag("He is lazy."), flag("is lazy")], fault("lazy"))
    assert (matched.found, matched.false) == ({0: (0, 1)}, ())


def test_the_second_occurrence_is_another_place() -> None:
    assert match([flag("He is lazy.")], fault("He is lazy.", occurrence=2)).found == {}


def test_either_side_of_a_contradiction_finds_it() -> None:
    faults = spots_of(
        DOCUMENT, [Fault(rule="inconsistent-fact", quote="born on 3 May 2019", other="born on 5 May 2019")]
    )
    assert match([flag("Ada was born on 5 May 2019.", "inconsistent-fact")], faults).found == {0: (0,)}


def test_words_that_are_not_in_the_report_are_named_by_number_and_not_quoted() -> None:
    with pytest.raises(Lost, match=r"^finding 1 \(unbalanced-language\)$"):
        fault("a liar")


def test_a_report_where_nobody_looked_for_faults_counts_no_flags() -> None:
    labels = labels_of({"gold": {"elements": {"child-seen": {"status": "met"}}}})
    outcome = outcome_of(DOCUMENT, check_document(DOCUMENT), labels)
    assert (outcome.faults_labelled, outcome.flags) == (False, ())
    assert [answer.labelled for answer in outcome.answers] == ["met"]
