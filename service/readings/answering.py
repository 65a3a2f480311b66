"""What the author has to answer, and their answers as a form brings them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qualitycheck.precourt.reading import Answer, Comment, Reading
from qualitycheck.service.uploads import Form

MOST_LETTERS = 2000
NO_REASON = "Say why nothing was changed."
NO_CHOICE = "Choose whether it was changed: you wrote something, and chose neither."


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader made of an earlier comment, in the last round given back that says so."""

    settled: bool
    draft: int  # its number
    at: datetime  # when that round was given back


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as it was typed."""

    kind: str = ""
    reason: str = ""


def marks(reading: Reading) -> dict[str, Mark]:
    """By id of the comment; only of rounds that were given back."""
    return {
        id: Mark(settled, each.draft_number, each.returned)
        for each in reading.rounds
        if each.returned
        for id, settled in each.said.settled.items()
    }


def given(reading: Reading) -> Iterator[Comment]:
    """The comments that the author has been given, the oldest first."""
    return (comment for each in reading.rounds if each.returned for comment in each.said.comments)


def to_answer(reading: Reading) -> tuple[Comment, ...]:
    """Those that ask for something and have no answer, or only one from before the reader said "still open"."""
    return tuple(comment for comment in given(reading) if comment.asks and _waits(reading, comment))


def _waits(reading: Reading, comment: Comment) -> bool:
    mark, answer = marks(reading).get(comment.id), reading.answers.get(comment.id)
    if mark and mark.settled:
        return False
    return answer is None or (mark is not None and answer.at < mark.at)


def typed_in(form: Form, reading: Reading) -> dict[str, Typed]:
    """What the form holds of each comment, by id."""
    return {
        comment.id: Typed(form.one(f"answer-{comment.id}"), form.one(f"reason-{comment.id}")[:MOST_LETTERS])
        for comment in given(reading)
        if f"answer-{comment.id}" in form.fields or form.one(f"reason-{comment.id}").strip()
    }


def read_answers(
    typed: Mapping[str, Typed], reading: Reading, now: datetime
) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers that say something new, by id of the comment; and what is wrong, by field."""
    answers: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    asked = {comment.id for comment in to_answer(reading)}
    for id, one in typed.items():
        reason, before = one.reason.strip(), reading.answers.get(id)
        if one.kind not in ("changed", "not-changed"):
            wrong[f"answer-{id}"] = NO_CHOICE
        elif one.kind == "not-changed" and not reason:
            wrong[f"reason-{id}"] = NO_REASON
        elif id in asked or before is None or (before.kind, before.reason) != (one.kind, reason):
            answers[id] = Answer("changed" if one.kind == "changed" else "not-changed", reason, now)
    return answers, wrong
