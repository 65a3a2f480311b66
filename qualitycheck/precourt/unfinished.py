"""What a reading still lacks: a blank is never taken for a judgement, an answer or a reason.

Inspectors found forms without a single comment that nobody could show had been read (Ofsted, Cafcass East Midlands,
2008, paragraphs 57 to 69). So what must be there is asked for, and what looks unfinished needs words to be closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualitycheck.precourt.following import Fate, Followed, Text
from qualitycheck.precourt.reading import Comment, Judgement, Said, Stance, stance
from qualitycheck.result import LACKING, Element, Finding, Level, ReportResult

OVERALL_WORDS, REASON_WORDS = 4, 2
# For the reader, beside the boxes to write in.
OVERALL_HINT = "Write at least four different words: “ok”, “fine” or “n/a” is no reason."
REASON_HINT = "Write at least two words: “no” is no reason."


class What(StrEnum):
    """What is to be done about a lack."""

    REPLY = "reply"  # to a finding
    REPLY_REASON = "reply-reason"
    JUDGE = "judge"  # a criterion
    JUDGE_REASON = "judge-reason"
    SETTLE = "settle"  # an earlier comment
    COMMENT = "comment"
    ASK = "ask"  # for what was judged as lacking
    SEND_ON = "send-on"  # sign off, as nothing is asked for
    OPEN = "open"  # nothing but to know of it before signing off


@dataclass(frozen=True, slots=True)
class Lack:
    """A plain sentence, to stand after the title of its criterion, and what a page can lead to."""

    what: What
    sentence: str
    criterion: str | None = None
    fingerprint: str | None = None  # of a finding
    comment: str | None = None  # id


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What no reason excuses, and what the reason given on closing excuses. Whatever was written overall before that
    was not written of these, and lifts none of them."""

    before_giving_back: tuple[Lack, ...]
    before_signing_off: tuple[Lack, ...]
    needs_reason: tuple[Lack, ...]  # why it looks unfinished, to be excused when it is given back
    open_at_sign_off: tuple[Lack, ...]  # why it looks unfinished, and all that stays open, to be excused then

    def may_give_back(self, reason: str = "") -> bool:
        return not self.before_giving_back and (not self.needs_reason or is_reason(reason, OVERALL_WORDS))

    def may_sign_off(self, reason: str = "") -> bool:
        return not self.before_signing_off and (not self.open_at_sign_off or is_reason(reason, OVERALL_WORDS))


def unfinished(
    said: Said,
    result: ReportResult,
    earlier: Sequence[Comment],
    *,
    criteria: Sequence[str],
    followed: Sequence[Followed] = (),
) -> Unfinished:
    """What one round still lacks before it can be given back, and before the reading can be signed off.

    Args:
        said: by the reader, of this draft.
        result: of this draft; what its author set aside must be answered like the rest.
        earlier: the comments of the rounds before.
        criteria: the ids of those to judge (`examining.applying`).
        followed: what became of the earlier comments, and what the author answered to them.
    """
    must = (*_replies(said, result), *_judgements(said, result))
    asked_for = {lack.criterion for lack in must}
    looks = tuple(lack for lack in not_judged(said, criteria) if lack.criterion not in asked_for)
    looks += tuple(_without_comments(said, earlier))
    going_on = tuple(_not_asked_for(said, earlier)) or (() if looks else tuple(_nothing_asked(said, earlier)))
    return Unfinished(
        before_giving_back=must,
        before_signing_off=(*must, *_unsettled(said, earlier)),
        needs_reason=(*looks, *going_on),
        open_at_sign_off=(*looks, *_left_open(said, result, earlier, followed)),
    )


def not_judged(said: Said, criteria: Sequence[str]) -> tuple[Lack, ...]:
    """The criteria without a judgement; it says nothing of what the checker found, so that a reader can judge first."""
    return tuple(
        Lack(What.JUDGE, "You have not judged this.", criterion=id_) for id_ in criteria if id_ not in said.judgements
    )


def is_reason(text: str, words: int = REASON_WORDS) -> bool:
    """Whether it is written in words: so many different ones at least. It cannot know whether they are any good."""
    parts = ("".join(filter(str.isalnum, part)).casefold() for part in text.split())
    return len({part for part in parts if part}) >= words


def _replies(said: Said, result: ReportResult) -> Iterator[Lack]:
    """To findings of this draft: those that must be fixed, those replied to without saying why, and those of what the
    reader judges the report to be free of."""
    started_from = {comment.fingerprint for comment in said.comments}
    free_of = {id_ for id_, judged in said.judgements.items() if _says_free(judged) and not is_reason(judged.reason)}
    for finding, aside in _findings(result):
        reply = said.replies.get(finding.fingerprint)
        lack = None
        if reply is None:
            if finding.level is Level.MUST_FIX:
                lack = What.REPLY, f"Answer this finding, which must be fixed{aside}: agree, amend or disagree."
            elif finding.id in free_of and not aside:
                lack = What.REPLY, "You judge the report free of this: answer this finding, or say why you judge it so."
        elif reply.stance is Stance.DISAGREE and not is_reason(reply.reason):
            lack = What.REPLY_REASON, f"Say why you disagree with this finding. {REASON_HINT}"
        elif reply.stance is Stance.AMEND and not is_reason(reply.reason) and finding.fingerprint not in started_from:
            lack = What.REPLY_REASON, f"Say how you would amend this finding, here or in a comment. {REASON_HINT}"
        if lack:
            yield Lack(*lack, criterion=finding.id, fingerprint=finding.fingerprint)


def _findings(result: ReportResult) -> Iterator[tuple[Finding, str]]:
    """Each with what is to be known of it; what the author set aside with their reason."""
    for finding in result.findings:
        yield finding, ""
    for aside in result.set_aside:
        yield aside.finding, f" and which the author set aside (“{aside.reason}”)"


def _judgements(said: Said, result: ReportResult) -> Iterator[Lack]:
    """Of elements: those that must be fixed, and those judged otherwise than by the checker without saying why; of
    kinds of finding: those that the reader says the report is free of, and agrees that it has."""
    for element in result.elements:
        judged = said.judgements.get(element.id)
        if judged is None:
            if _must_be_fixed(element):
                yield Lack(What.JUDGE, "The checker says that this must be fixed: judge it.", criterion=element.id)
        elif stance(judged.status, element) is Stance.DISAGREE and not is_reason(judged.reason):
            told = f"You and the checker disagree: say why you judge it so. {REASON_HINT}"
            yield Lack(What.JUDGE_REASON, told, criterion=element.id)
    agreed = {
        finding.id
        for finding, _ in _findings(result)
        if (reply := said.replies.get(finding.fingerprint)) and reply.stance is not Stance.DISAGREE
    }
    for id_, judged in said.judgements.items():
        if id_ in agreed and _says_free(judged) and not is_reason(judged.reason):
            told = "You judge the report free of this, and agree with a finding of it: judge it again, or say why both"
            yield Lack(What.JUDGE_REASON, f"{told} hold. {REASON_HINT}", criterion=id_)


def _says_free(judged: Judgement) -> bool:
    return judged.status not in LACKING


def _must_be_fixed(element: Element) -> bool:
    return element.level is Level.MUST_FIX and element.status in LACKING


def _without_comments(said: Said, earlier: Sequence[Comment]) -> Iterator[Lack]:
    """A reading that never asked for anything; one that did in an earlier round has done so."""
    if any(comment.asks for comment in (*earlier, *said.comments)):
        return
    if any((*earlier, *said.comments)):
        yield Lack(What.COMMENT, "No comment asks for anything: praise and remarks alone are no reading.")
    else:
        yield Lack(What.COMMENT, "There is no comment.")


def _not_asked_for(said: Said, earlier: Sequence[Comment]) -> Iterator[Lack]:
    """What was judged as lacking, and nobody is asked to do anything about."""
    asked = {comment.criterion for comment in said.comments if comment.asks}
    asked |= {comment.criterion for comment in earlier if comment.asks and not said.settled.get(comment.id)}
    for id_, judged in said.judgements.items():
        if judged.status in LACKING and id_ not in asked:
            yield Lack(What.ASK, "You judged this partly met or missing, and ask for nothing.", criterion=id_)


def _nothing_asked(said: Said, earlier: Sequence[Comment]) -> Iterator[Lack]:
    """A draft given back with nothing to do about it, by a reader who asked for something before."""
    if not any(c.asks for c in said.comments) and not any(c.asks and not said.settled.get(c.id) for c in earlier):
        yield Lack(What.SEND_ON, "Nothing is left to be done: sign off, or ask for something.")


def _unsettled(said: Said, earlier: Sequence[Comment]) -> Iterator[Lack]:
    for comment in earlier:
        if comment.asks and comment.id not in said.settled:
            told = "You asked for something here: say whether it is settled or still open."
            yield Lack(What.SETTLE, told, criterion=comment.criterion, comment=comment.id)


def _left_open(
    said: Said, result: ReportResult, earlier: Sequence[Comment], followed: Sequence[Followed]
) -> Iterator[Lack]:
    """What would be open when the report is filed, whatever the checker says of it."""
    open_ones = [comment for comment in earlier if comment.asks and said.settled.get(comment.id) is False]
    for comment in (*open_ones, *(comment for comment in said.comments if comment.asks)):
        yield Lack(What.OPEN, "What you ask for here is open.", criterion=comment.criterion, comment=comment.id)
    for one in followed:
        if one.comment.asks and said.settled.get(one.comment.id) and (told := _settled_all_the_same(one)):
            yield Lack(What.OPEN, told, criterion=one.comment.criterion, comment=one.comment.id)
    for finding in result.findings:
        reply = said.replies.get(finding.fingerprint)
        if finding.level is Level.MUST_FIX and reply and reply.stance is not Stance.DISAGREE:
            told = "You agree that this must be fixed."
            yield Lack(What.OPEN, told, criterion=finding.id, fingerprint=finding.fingerprint)
    for id_, judged in said.judgements.items():
        if judged.status in LACKING:
            yield Lack(What.OPEN, "You judge this partly met or missing.", criterion=id_)


def _settled_all_the_same(one: Followed) -> str:
    """What speaks against a mark of the reader; a reason of the author for changing nothing speaks for it."""
    if one.answer is None:
        return "You marked this as settled, and the author has not answered."
    stays = one.text is Text.UNCHANGED and one.finding in (Fate.STILL_THERE, Fate.SET_ASIDE)
    if one.answer.kind == "changed" and stays:
        return "You marked this as settled; the passage reads as before, and the checker's finding is still there."
    return ""
