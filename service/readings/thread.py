"""What the page of one reading shows: its rounds, what was asked for, what was answered, and what became of it.

A round that was not given back shows when it was sent, and nothing else, to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from qualitycheck.aside import SetAside
from qualitycheck.precourt.examining import applying
from qualitycheck.precourt.following import Draft, Followed, follow
from qualitycheck.precourt.reading import Answer, Comment, Judgement, Reading, Reply, Round, State
from qualitycheck.precourt.words import OF_A_FAULT, STATUSES
from qualitycheck.result import LACKING, Passage
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.access.things import is_managed_by
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings import waiting
from qualitycheck.service.readings.answering import Mark, Typed, marks, to_answer
from qualitycheck.service.readings.history import Event, history
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.standing_out import standing_out


@dataclass(frozen=True, slots=True)
class CommentShown:
    comment: Comment
    draft: str  # that it was made on
    draft_number: int
    criterion: Criterion | None
    answer: Answer | None
    followed: Followed | None  # to the newest draft that was sent; None: that is the one it was made on
    mark: Mark | None  # the reader's, in a later round
    to_answer: bool
    typed: Typed  # what stands in the form

    @property
    def is_settled(self) -> bool:
        return self.mark is not None and self.mark.settled


@dataclass(frozen=True, slots=True)
class ReplyShown:
    reply: Reply
    message: str  # of the finding
    passage: Passage


@dataclass(frozen=True, slots=True)
class RoundShown:
    number: int
    draft: str
    draft_number: int
    name: str  # of the file
    sent: datetime
    returned: datetime | None
    comments: tuple[CommentShown, ...]
    judgements: tuple[tuple[Criterion, Judgement, str], ...]  # with the status in words
    replies: tuple[ReplyShown, ...]
    commented: bool  # whether any comment was made in it
    to_judge: int  # criteria
    asked_about: frozenset[str]  # criteria of which something is asked for, in this round or an earlier one
    overall: str

    @property
    def lacking(self) -> list[tuple[Criterion, Judgement, str]]:
        return [one for one in self.judgements if one[1].status in LACKING]


@dataclass(frozen=True, slots=True)
class Thread:
    """All that the template needs."""

    reading: Reading
    author: str
    reader: str
    role: str
    state: str
    filing: str
    urgent: str
    relative: str  # sign-off to filing; empty while it is open and not filed
    still_open: tuple[CommentShown, ...]  # of rounds before the newest that was given back
    rounds: tuple[RoundShown, ...]  # newest first; each without what is still open
    history: tuple[Event, ...]
    followed_to: int | None  # the number of the draft that comments are followed to
    to_answer: int
    reads: bool  # whether whoever looks has it to read now
    wrote: bool  # whether they answer for the author
    manages: bool
    hands: bool
    takes: bool
    gone: tuple[str, ...]
    standing: tuple[str, ...]  # what stands out of what was given back
    sees_drafts: bool  # whether the checker's view of its drafts is open to them
    errors: Mapping[str, str]
    keeps_typed: bool  # answers that could not be saved, which must not be lost

    @property
    def is_open(self) -> bool:
        return self.reading.is_open

    @property
    def answers(self) -> bool:
        """Whether the form for answers is there."""
        return self.wrote and (self.reading.is_open or self.keeps_typed)

    @property
    def asks(self) -> bool:
        """Whether there is anything to answer at all."""
        return bool(self.still_open) or any(one.comment.asks for each in self.rounds for one in each.comments)


def thread(
    at: Desk,
    asking: Who,
    reading: Reading,
    today: date,
    typed: Mapping[str, Typed] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Thread:
    """`typed`: answers that could not be saved, by id of the comment."""
    people = People.of(at, asking)
    reads = reading.reader == asking.account and reading.state is State.WITH_READER
    manages = is_managed_by(reading, asking)
    wrote = (reading.author or reading.reader) == asking.account
    hides = at.store.readings.hides_checker(reading.last.draft, asking.account)
    drafts = {each.draft: found for each in reading.rounds if (found := at.store.drafts.get(each.draft))}
    ended = not reading.is_open or reading.filed is not None
    rounds = tuple(_rounds(at, reading, drafts, typed or {}, checker=not hides))
    still_open = tuple(_still_open(rounds))
    return Thread(
        reading=reading,
        author=people.author(reading),
        reader=people.you(reading.reader) if reading.reader else f"any manager of {people.team(reading.team)}",
        role=waiting.role(reading),
        state=waiting.sentence(reading, people),
        filing=waiting.filing(reading, today),
        urgent=waiting.urgency(reading, today),
        relative=waiting.before_filing(reading) if ended and not reading.withdrawn else "",
        still_open=still_open,
        rounds=tuple(
            replace(each, comments=tuple(one for one in each.comments if one not in still_open)) for each in rounds
        ),
        history=history(reading, people),
        followed_to=reading.last.draft_number if len(reading.rounds) > 1 else None,
        to_answer=len(to_answer(reading)),
        reads=reads,
        wrote=wrote,
        manages=manages,
        hands=reading.is_open and (manages or reading.reader == asking.account),
        takes=manages and reading.state is State.UNTAKEN,
        gone=people.gone_from(reading) if (manages or wrote) and reading.is_open else (),
        standing=standing_out(at, [reading])[reading.id],
        sees_drafts=not hides,
        errors=errors or {},
        keeps_typed=bool(typed),
    )


def _still_open(rounds: Iterable[RoundShown]) -> Iterator[CommentShown]:
    """What was asked for in earlier rounds and is not settled: it comes before what is new."""
    given = [each for each in rounds if each.returned]
    return (one for each in given[1:] for one in each.comments if one.comment.asks and not one.is_settled)


def _in_order(comment: Comment) -> tuple[bool, bool, int, int]:
    """What asks for something first; as the report goes, and of the whole report last."""
    passage = comment.passage
    return not comment.asks, passage is None, passage.paragraph if passage else 0, passage.start if passage else 0


def _rounds(
    at: Desk, reading: Reading, drafts: Mapping[str, Check], typed: Mapping[str, Typed], *, checker: bool
) -> Iterator[RoundShown]:
    as_checked = {id: made for id, check in drafts.items() if (made := as_draft(check))}
    asked, marked = {comment.id for comment in to_answer(reading)}, marks(reading)
    criteria = at.rulebook.criteria

    def shown(comment: Comment, made_on: Round) -> CommentShown:
        answer = reading.answers.get(comment.id)
        before, now = as_checked.get(made_on.draft), as_checked.get(reading.last.draft)
        later = before and now and made_on is not reading.last
        return CommentShown(
            comment=comment,
            draft=made_on.draft,
            draft_number=made_on.draft_number,
            criterion=criteria.get(comment.criterion),
            answer=answer,
            followed=follow(comment, answer, before, now, checker=checker) if later and before and now else None,
            mark=marked.get(comment.id),
            to_answer=comment.id in asked,
            typed=typed.get(comment.id) or Typed(answer.kind, answer.reason)
            if answer
            else typed.get(comment.id, Typed()),
        )

    for each in reversed(reading.rounds):
        said = each.said if each.returned else None
        check = drafts.get(each.draft)
        yield RoundShown(
            number=each.number,
            draft=each.draft,
            draft_number=each.draft_number,
            name=check.name if check else "",
            sent=each.sent,
            returned=each.returned,
            comments=tuple(shown(one, each) for one in sorted(said.comments, key=_in_order)) if said else (),
            judgements=tuple(_judged(said.judgements, criteria)) if said else (),
            replies=tuple(_replies(said.replies, check)) if said and checker else (),
            commented=bool(said and said.comments),
            to_judge=len(applying(criteria, check.result.type)) if check and check.result else 0,
            asked_about=frozenset(
                comment.criterion
                for one in reading.rounds[: each.number]
                if one.returned
                for comment in one.said.comments
                if comment.asks
            ),
            overall=said.overall if said else "",
        )


def _judged(
    judgements: Mapping[str, Judgement], criteria: Mapping[str, Criterion]
) -> Iterator[tuple[Criterion, Judgement, str]]:
    """In the order of the catalogue."""
    for id, criterion in criteria.items():
        if judged := judgements.get(id):
            words = STATUSES if criterion.kind == "element" else OF_A_FAULT
            yield criterion, judged, words[judged.status]


def _replies(replies: Mapping[str, Reply], check: Check | None) -> Iterator[ReplyShown]:
    """In the order of the findings."""
    for finding in check.result.findings if check and check.result else ():
        if reply := replies.get(finding.fingerprint):
            yield ReplyShown(reply, finding.message, finding.passage)


def as_draft(check: Check) -> Draft | None:
    """A kept draft as comments are followed through it; None of one that has no result."""
    if check.result is None or check.sheet is None:
        return None
    return Draft(check.number or 0, check.sheet, SetAside(check.decisions).applied_to(check.result))
