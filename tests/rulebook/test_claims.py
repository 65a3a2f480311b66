"""What signals and neighbours may ask of where a sentence stands: how long it is, and what stands beside it."""

import pytest

from qualitycheck.miniature import report
from qualitycheck.rulebook.matching import Matcher
from qualitycheck.rulebook.schema import Near, Signal
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType

TWO_PARAGRAPHS = ("# Analysis", "The house was cold. The garden was wet.", "The street was long and cold and wet.")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(understand(report(*TWO_PARAGRAPHS), type=ReportType.SECTION7), {})


def met(matcher: Matcher, signal: Signal) -> list[str]:
    return [matcher.case.sentences[hit.sentence].text for hit in matcher.signal(signal)]


def test_a_signal_may_ask_for_short_sentences(matcher: Matcher) -> None:
    assert met(matcher, Signal(cues=["the"], most_words=4)) == ["The house was cold.", "The garden was wet."]


def test_a_signal_may_ask_that_nothing_follows_in_the_paragraph(matcher: Matcher) -> None:
    found = met(matcher, Signal(cues=["the"], last_in_paragraph=True))
    assert found == ["The garden was wet.", "The street was long and cold and wet."]


def test_a_neighbour_may_be_asked_for_in_the_same_paragraph_only(matcher: Matcher) -> None:
    wet_after = Near(cues=["wet"], after=1, itself=False)
    same_paragraph = wet_after.model_copy(update={"same_paragraph": True})
    assert met(matcher, Signal(cues=["the"], near=[wet_after])) == ["The house was cold.", "The garden was wet."]
    assert met(matcher, Signal(cues=["the"], near=[same_paragraph])) == ["The house was cold."]
