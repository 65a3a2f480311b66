"""What stands out of a reading that was given back or signed off as it was: nothing asked for, or not all judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualitycheck.precourt.reading import Reading


def standing(reading: Reading, criteria: Sequence[str]) -> Iterator[str]:
    """Sentences, none where nothing stands out.

    Args:
        reading: with the rounds that it is to be told of, at least one.
        criteria: the ids of those to judge on its last draft (`examining.applying`).
    """
    comments = [comment for each in reading.rounds for comment in each.said.comments]
    if not comments:
        yield "An empty reading: no comment was written."
    elif not any(comment.asks for comment in comments):
        yield "No comment in this reading asks for anything: praise or remarks only."
    if left := sum(id not in reading.last.said.judgements for id in criteria):
        yield f"{left} of the {len(criteria)} criteria for this report were not judged."
