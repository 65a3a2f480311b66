"""What a reader sends from the page of a reading, part by part, as a change of what they have said so far."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from qualitycheck.precourt.reading import Comment, Judgement, Reply, Round, Said, Stance
from qualitycheck.precourt.unfinished import REASON_HINT, is_reason
from qualitycheck.result import Finding, Passage, Status
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.paragraphs import Placed, passage_of
from qualitycheck.service.uploads import Form

MOST_REASON, MOST_SAID, MOST_OVERALL = 1000, 2000, 4000  # characters
MOST_COMMENTS = 300
GONE = "There is no such thing on this page any more: load it again."

Change = Callable[[Said], Said]


class Wrong(Exception):
    """What was sent cannot be saved as it is."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """`errors`: a sentence by the id of the field."""
        super().__init__()
        self.errors = errors


@dataclass(frozen=True, slots=True)
class OnPage:
    """What the page shows, and so what may be sent from it."""

    round: Round
    criteria: Collection[str]  # ids
    findings: Mapping[str, tuple[int, Finding]]  # by fingerprint, with their numbers; none while they are hidden
    places: Mapping[int, Placed]
    earlier: Collection[str]  # ids of the comments of earlier rounds


def judged(form: Form, on: OnPage) -> Change:
    """Raises Wrong, and Problem 404 for what is not on the page."""
    criterion = form.one("criterion")
    if criterion not in on.criteria:
        raise Problem(404, GONE)
    if form.one("status") not in set(Status):
        raise Wrong({f"status-{criterion}": "Choose what you judge: met, partly met, missing or not applicable."})
    status, reason = Status(form.one("status")), _text(form, "reason", MOST_REASON)

    def change(said: Said) -> Said:
        before = said.judgements.get(criterion)
        stays = before is not None and before.independent and before.status is status
        now = Judgement(status, reason, stays or not on.round.revealed, on.round.draft_number)
        return replace(said, judgements={**said.judgements, criterion: now})

    return change


def replied(form: Form, on: OnPage) -> Change:
    """Raises Wrong, and Problem 404 for what is not on the page."""
    known = on.findings.get(form.one("fingerprint"))
    if known is None:
        raise Problem(404, GONE)
    number, finding = known
    if form.one("stance") not in set(Stance):
        raise Wrong({f"stance-{number}": "Choose whether you agree, amend or disagree."})
    stance, reason = Stance(form.one("stance")), _text(form, "reason", MOST_REASON)
    said_now, action = finding.message, finding.suggestion
    if stance is Stance.AMEND:
        said_now, action = _text(form, "said", MOST_SAID), _text(form, "action", MOST_SAID)
        if not said_now:
            raise Wrong({f"said-{number}": "Write what you say to the author instead."})
    if stance is Stance.DISAGREE and not is_reason(reason):
        raise Wrong({f"reason-{number}": f"Say why you disagree. {REASON_HINT}"})
    # An amendment's words stand in its comment, which stays in its round, where the reply goes on to the next.
    reply = Reply(finding.id, stance, {Stance.AGREE: "", Stance.AMEND: said_now, Stance.DISAGREE: reason}[stance])

    def change(said: Said) -> Said:
        mark = finding.fingerprint
        id = next((each.id for each in said.comments if each.fingerprint == mark), None) or _new_id()
        made = Comment(id, finding.id, finding.passage, said_now, action, mark)
        comments = _put(said.comments, made) if stance is not Stance.DISAGREE else _without(said.comments, id)
        return replace(said, replies={**said.replies, mark: reply}, comments=comments)

    return change


def commented(form: Form, on: OnPage) -> Change:
    """A new comment, or another text of one; raises Wrong, and Problem 404 for what is not on the page."""
    id = form.one("comment", "new")
    before = None if id == "new" else _own(on.round.said, id)
    said_now, action = _text(form, "said", MOST_SAID), _text(form, "action", MOST_SAID)
    wrong: dict[str, str] = {}
    criterion = form.one("criterion")
    if criterion not in on.criteria:
        wrong[f"about-{id}"] = "Choose what the comment is about."
    passage: Passage | None = None
    if paragraph := form.one("paragraph"):
        place = on.places.get(int(paragraph)) if paragraph.isascii() and paragraph.isdigit() else None
        if place is None:
            wrong[f"paragraph-{id}"] = "Choose a paragraph of the report, or the whole report."
        else:
            start = form.one("start")
            known = int(start) if start.isascii() and start.isdigit() else None
            passage = passage_of(place, form.one("words"), known)
            if passage is None:
                told = "These words are not in that paragraph: copy them from it, or leave this empty for all of it."
                wrong[f"words-{id}"] = told
    elif form.one("words").strip():
        wrong[f"paragraph-{id}"] = "Choose the paragraph that these words stand in."
    if not (said_now or action):
        wrong[f"said-{id}"] = "Write what you say to the author, or what you ask for."
    if before is None and len(on.round.said.comments) >= MOST_COMMENTS:
        wrong[f"said-{id}"] = f"There are {MOST_COMMENTS} comments already: put more into one."
    if wrong:
        raise Wrong(wrong)
    made = Comment(before.id if before else _new_id(), criterion, passage, said_now, action)

    def change(said: Said) -> Said:
        if before is None and any(replace(each, id=made.id) == made for each in said.comments):
            return said  # the button was pressed twice
        return replace(said, comments=_put(said.comments, made))

    return change


def removed(form: Form, on: OnPage) -> Change:
    """One of the reader's own comments; raises Problem 404."""
    id = _own(on.round.said, form.one("comment")).id
    return lambda said: replace(said, comments=_without(said.comments, id))


def settled(form: Form, on: OnPage) -> Change:
    """Raises Wrong, and Problem 404 for what is not on the page."""
    id, told = form.one("comment"), form.one("settled")
    if id not in on.earlier:
        raise Problem(404, GONE)
    if told not in ("yes", "no"):
        raise Wrong({f"settled-{id}": "Choose whether it is settled or still open."})
    return lambda said: replace(said, settled={**said.settled, id: told == "yes"})


def closed_with(form: Form, on: OnPage) -> Change:
    """The overall reason; it may be empty until it is needed."""
    overall = _text(form, "overall", MOST_OVERALL)
    return lambda said: replace(said, overall=overall)


def closed_because(form: Form) -> Change:
    """Why it was closed as it is, under what was written overall before."""
    reason = _text(form, "closing", MOST_REASON)

    def change(said: Said) -> Said:
        return replace(said, overall="\n\n".join(each for each in (said.overall.strip(), reason) if each))

    return change


def seen_checker(said: Said) -> Said:
    """What was judged until now stays on record as it was, whatever is judged afterwards."""
    return replace(said, first={id: one.status for id, one in said.judgements.items() if one.independent})


def _own(said: Said, id: str) -> Comment:
    """One that does not answer a finding: those are changed by changing the answer. Raises Problem 404."""
    for comment in said.comments:
        if comment.id == id and comment.fingerprint is None:
            return comment
    raise Problem(404, GONE)


def _put(comments: tuple[Comment, ...], comment: Comment) -> tuple[Comment, ...]:
    """In the place of the one before, or at the end."""
    if any(each.id == comment.id for each in comments):
        return tuple(comment if each.id == comment.id else each for each in comments)
    return (*comments, comment)


def _without(comments: tuple[Comment, ...], id: str) -> tuple[Comment, ...]:
    return tuple(each for each in comments if each.id != id)


def _new_id() -> str:
    return secrets.token_hex(8)


def _text(form: Form, name: str, most: int) -> str:
    """A browser sends line breaks as two characters."""
    return form.one(name).replace("\r\n", "\n").strip()[:most]
