"""Every slip flags its own examples, at the marked words, and leaves alone those that are right."""

import re

import pytest

from qualitycheck.proofing.author_text import AuthorText
from qualitycheck.proofing.slips import Slip, load_slips, slips
from tests.proofing.planted import case_of, unmarked

SLIPS = load_slips()


def found(text: str) -> list[tuple[str, str]]:
    """(slip, words) for each slip in a text."""
    seen = AuthorText(case_of(text))
    return [(mistake.kind, seen.text[mistake.start : mistake.end]) for mistake in slips(seen)]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.id)
def test_a_slip_flags_its_examples_at_the_marked_words(slip: Slip) -> None:
    assert slip.flag, "a slip without an example shows nothing"
    for example in slip.flag:
        text, marked = unmarked(example)
        start, end = marked[0]
        assert (slip.id, text[start:end]) in found(text), example


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.id)
def test_a_slip_leaves_alone_what_is_right(slip: Slip) -> None:
    assert slip.passes, "a slip without a near miss is not known to be safe"
    for example in slip.passes:
        assert found(example) == [], example


def test_ids_of_slips_are_told_apart() -> None:
    ids = [slip.id for slip in SLIPS]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z-]+", name) for name in ids)


def test_a_word_written_twice_is_found_and_one_that_may_stand_twice_is_not() -> None:
    assert found("He met met them.") == [("doubled", "met met")]
    assert found("She said that that was so, and that she had had enough.") == []
