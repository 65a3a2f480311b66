"""A reading as values: each round of it is one draft that went to the reader and came back.

A reading belongs to one report of one family. Its reader judges each criterion for themselves, answers the checker's
findings, and comments; the author answers each comment; the next draft is the next round, until the reader signs off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from qualitycheck.result import LACKING, Element, Passage, Status

Kind = Literal["manager", "peer"]


class Stance(StrEnum):
    """What the reader makes of what the checker says."""

    AGREE = "agree"
    AMEND = "amend"  # there is something in it, but not as it is said
    DISAGREE = "disagree"  # needs a reason


class State(StrEnum):
    """Who waits for whom."""

    UNTAKEN = "untaken"  # for any manager of the team
    WITH_READER = "with-reader"
    WITH_AUTHOR = "with-author"
    SIGNED_OFF = "signed-off"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The reader's own, of one criterion."""

    status: Status
    reason: str = ""  # needed where it contradicts the checker
    independent: bool = False  # given before the reader could see what the checker says
    draft: int = 1  # the number of the draft that it was given on; an earlier one where it is carried over


@dataclass(frozen=True, slots=True)
class Reply:
    """To one finding of the checker."""

    criterion: str
    stance: Stance
    reason: str = ""  # needed to disagree


@dataclass(frozen=True, slots=True)
class Comment:
    """What the reader says to the author of one place, and what they ask for."""

    id: str  # drawn at random; stays through the rounds
    criterion: str
    passage: Passage | None  # None: of the whole report, where something is missing
    said: str
    action: str  # what is asked for; empty in praise or a remark, which asks for nothing
    fingerprint: str | None = None  # of the checker's finding that it starts from

    @property
    def asks(self) -> bool:
        """Whether it is substantive: something is to be done about it."""
        return bool(self.action.strip())


@dataclass(frozen=True, slots=True)
class Said:
    """All that a reader has judged and written in one round, finished or not."""

    judgements: Mapping[str, Judgement] = field(default_factory=dict)  # by criterion
    replies: Mapping[str, Reply] = field(default_factory=dict)  # by fingerprint
    comments: tuple[Comment, ...] = ()
    settled: Mapping[str, bool] = field(default_factory=dict)  # earlier comments: done with, or still open; by id
    overall: str = ""  # the reader's reason, in their own words
    first: Mapping[str, Status] = field(default_factory=dict)  # as judged before they saw the checker's; by criterion


@dataclass(frozen=True, slots=True)
class Answer:
    """The author's, to one comment. Silence is no answer, and never counts as one."""

    kind: Literal["changed", "not-changed"]
    reason: str  # needed where nothing was changed
    at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One draft, sent to the reader and given back."""

    number: int  # from 1
    draft: str  # id
    draft_number: int  # in its case
    sent: datetime
    returned: datetime | None
    revealed: bool  # whether the reader may see what the checker says
    said: Said
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by id of the comment


@dataclass(frozen=True, slots=True)
class Handing:
    """The reading went from one reader to another; None is nobody in particular."""

    before: str | None  # an account, as is `after` and `by`
    after: str | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One report's reading, with all its rounds. People are accounts."""

    id: str
    case: str
    title: str  # of the case
    author: str
    reader: str | None
    kind: Kind
    team: str | None
    asked_by: str
    asked: datetime
    filing: date  # when it is due at court
    signed_off: datetime | None = None
    withdrawn: datetime | None = None
    withdrawn_by: str = ""  # an account; empty too where that was not kept
    filed: date | None = None  # as its author or reader recorded
    author_name: str = ""  # where the author has no account here
    handed: tuple[Handing, ...] = ()
    rounds: tuple[Round, ...] = ()  # the oldest first, at least one

    @property
    def last(self) -> Round:
        return self.rounds[-1]

    @property
    def state(self) -> State:
        if self.withdrawn:
            return State.WITHDRAWN
        if self.signed_off:
            return State.SIGNED_OFF
        if self.last.returned:
            return State.WITH_AUTHOR
        return State.WITH_READER if self.reader else State.UNTAKEN

    @property
    def is_open(self) -> bool:
        return self.state not in (State.SIGNED_OFF, State.WITHDRAWN)

    @property
    def earlier(self) -> tuple[Comment, ...]:
        """The comments of the rounds before the last, the oldest first."""
        return tuple(comment for each in self.rounds[:-1] for comment in each.said.comments)

    def reader_of(self, each: Round) -> str | None:
        """Who gave a round back, or has it now: what was handed on since was read by whoever had it then."""
        later = [handing for handing in self.handed if each.returned and handing.at > each.returned]
        return later[0].before if later else self.reader

    @property
    def answers(self) -> dict[str, Answer]:
        """The author's last word on each comment that was answered, by its id."""
        return {id: answer for each in self.rounds for id, answer in each.answers.items()}


def stance(judged: Status, element: Element) -> Stance:
    """What a judgement makes of the checker's: both lacking in another degree is an amendment."""
    return stance_on(judged, element.status)


def stance_on(judged: Status, said: Status) -> Stance:
    """The same, of the checker's status alone."""
    if judged is said:
        return Stance.AGREE
    return Stance.AMEND if judged in LACKING and said in LACKING else Stance.DISAGREE
