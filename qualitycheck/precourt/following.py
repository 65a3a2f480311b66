"""What became of a comment in a later draft, and what a reader starts the next round with.

Nothing is inferred from silence: a comment without an answer has none, whatever happened to its passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from qualitycheck.precourt.reading import Answer, Comment, Said
from qualitycheck.rendering.sheet import Group, Sheet
from qualitycheck.rendering.sheet import Line as Shown
from qualitycheck.rendering.wording import STATUSES
from qualitycheck.result import LACKING, Element, Finding, ReportResult, Status

# Of a table's cell: what its row is called, its column, the paragraph in it. Of any other paragraph: the heading above
# it, and which it is under that. A place is good for looking there again; the same paragraph it need not be.
Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that holds words, white space as single blanks."""

    index: int
    text: str
    place: Place | None = field(default=None, compare=False)

    @property
    def bare(self) -> str:
        """Without the number typed before it, which changes where a paragraph is put in above."""
        return _NUMBER.sub("", self.text)


@dataclass(frozen=True)
class Draft:
    """One draft as it was checked: its text and what was found in it, with what was set aside listed apart."""

    number: int  # in its case
    sheet: Sheet
    result: ReportResult

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its paragraphs in reading order; what stands in its margins follows."""
        return lines_of(self.sheet)


class Text(StrEnum):
    """What became of the paragraph that a comment is on."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NOT_FOUND = "not-found"  # neither as it was nor like it
    WHOLE = "whole"  # the comment is on the whole report


class Fate(StrEnum):
    """What became of the checker's finding that a comment started from."""

    NONE = "none"  # it started from none
    STILL_THERE = "still-there"
    SET_ASIDE = "set-aside"  # by the author
    IN_OTHER_WORDS = "in-other-words"  # gone, but what stands in its place now has another of the same kind
    GONE = "gone"
    NOT_LOOKED_FOR = "not-looked-for"


@dataclass(frozen=True, slots=True)
class Followed:
    """One comment, followed from the draft it was made on to a later one. Sentences are for the page as they stand."""

    comment: Comment
    answer: Answer | None
    text: Text
    was: str  # the paragraph then; empty for the whole report
    now: str  # the paragraph found again; empty where there is none
    paragraph: int | None  # its index in the later draft, to lead there
    words_stay: bool  # the very words commented on still stand in it
    finding: Fate
    status: tuple[Status, Status] | None  # of an element: then and now
    told: tuple[str, ...]  # passage, finding, element
    answered: str  # what the author said, or that there is no answer; empty where nothing was asked for
    contradictions: tuple[str, ...]  # between the answer and the drafts: for a person to look at


NO_ANSWER = "The author has not answered."
ALIKE = 0.5  # of the words of two paragraphs, that both share: the same paragraph in other words
_NUMBER = re.compile(r"^\(?(?:\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+|[a-z][.)]|[ivxl]+[.)])\s+")  # typed, not counted by Word


def follow(comment: Comment, answer: Answer | None, before: Draft, now: Draft, *, checker: bool = True) -> Followed:
    """What became of a comment.

    Args:
        comment: made on `before`.
        answer: the author's; None: there is none.
        before: the draft of the round that the comment was made in.
        now: any later draft, usually the newest.
        checker: False: nothing of what the checker says is told, for a reader who is to judge first.
    """
    text, was, line = _passage(comment, before.lines, now.lines)
    words_stay = line is not None and comment.passage is not None and _flat(comment.passage.text) in line.text
    fate = _fate(comment, before, now, line) if checker else Fate.NONE
    elements = _elements(comment, before.result, now.result) if checker else None
    told = [_TEXTS[text] + (_WORDS_STAY if text is Text.CHANGED and words_stay else "")]
    told += [_FATES[fate].format(reason=_aside(comment, now.result))] if fate is not Fate.NONE else []
    told += [_of_element(*elements)] if elements else []
    return Followed(
        comment=comment,
        answer=answer,
        text=text,
        was=was,
        now=line.text if line else "",
        paragraph=line.index if line else None,
        words_stay=words_stay,
        finding=fate,
        status=(elements[0].status, elements[1].status) if elements else None,
        told=tuple(told),
        answered=in_words(answer) if comment.asks or answer else "",
        contradictions=tuple(_contradictions(answer, text, fate, elements)),
    )


def reads_as_before(comment: Comment, before: Sheet, now: Sheet) -> bool:
    """Whether the paragraph that a comment on `before` is on stands in `now` in the very same words."""
    return _passage(comment, lines_of(before), lines_of(now))[0] is Text.UNCHANGED


def in_words(answer: Answer | None) -> str:
    """What the author said to a comment, as one sentence."""
    if answer is None:
        return NO_ANSWER
    reason = answer.reason.strip()
    if answer.kind == "changed":
        return f"The author says: changed. {reason}".rstrip()
    return f"The author says: not changed, because: {reason}" if reason else "The author says: not changed."


_TEXTS = {
    Text.UNCHANGED: "The passage reads as before.",
    Text.CHANGED: "The passage has changed.",
    Text.NOT_FOUND: "The passage was not found again: it was taken out, or rewritten.",
    Text.WHOLE: "The comment is on the whole report: no one passage shows what became of it.",
}
_WORDS_STAY = " The words commented on still stand in it."
_FATES = {
    Fate.STILL_THERE: "The checker's finding is still there.",
    Fate.SET_ASIDE: "The checker's finding is still there, and the author set it aside: “{reason}”",
    Fate.IN_OTHER_WORDS: "The checker's finding is gone as it was, and one of the same kind is there in other words.",
    Fate.GONE: "The checker's finding is gone.",
    Fate.NOT_LOOKED_FOR: "Whether the checker's finding is gone is not known: it could not be looked for.",
}


def _passage(comment: Comment, before: Sequence[Line], now: Sequence[Line]) -> tuple[Text, str, Line | None]:
    """What became of it, the paragraph then, and the paragraph now."""
    if comment.passage is None:
        return Text.WHOLE, "", None
    at, words = comment.passage.paragraph, _flat(comment.passage.text)
    was = next((line for line in before if line.index == at), Line(at, words))
    same = _same(was, before, now)
    if same:
        return Text.UNCHANGED, was.text, min(same, key=lambda line: abs(line.index - at))
    kept = {line.bare for line in before}  # what stood in the draft before is another paragraph
    others = [line for line in now if line.bare not in kept]
    holding = [line for line in others if len(words.split()) > 3 and words in line.text]
    found = max(holding or others, key=lambda line: _alike(was.text, line.text), default=None)
    if found is not None and (holding or _alike(was.text, found.text) >= ALIKE):
        return Text.CHANGED, was.text, found
    cell = next((line for line in others if was.place and line.place == was.place and was.place[0] == _CELL), None)
    if cell is not None:  # a date that was filled in has no word in common with what stood there
        return Text.CHANGED, was.text, cell
    return Text.NOT_FOUND, was.text, None


def _same(was: Line, before: Sequence[Line], now: Sequence[Line]) -> list[Line]:
    """The paragraphs that may be this one, moved or not; where copies of it went, those that stand where it stood."""
    same = [line for line in now if line.bare == was.bare]
    if len(same) >= sum(line.bare == was.bare for line in before):
        return same
    stood = _beside(before, before.index(was) if was in before else -1)
    beside = ((line, _beside(now, now.index(line))) for line in same)
    return [line for line, there in beside if any(a and a == b for a, b in zip(stood, there, strict=True))]


def _beside(lines: Sequence[Line], at: int) -> tuple[str, str]:
    """What stands before and after the paragraph at a place in them."""
    before = lines[at - 1].bare if at > 0 else ""
    return before, lines[at + 1].bare if 0 <= at < len(lines) - 1 else ""


_CELL, _UNDER = "cell", "under"


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    """The paragraphs of a report in reading order; what stands in its margins follows."""
    body = list(_body(sheet))
    after = max((line.index for line in body), default=-1) + 1
    margins = [Line(after + number, _flat(text)) for number, text in enumerate(sheet.margins)]
    return tuple(line for line in (*body, *margins) if line.text)


def _body(sheet: Sheet) -> Iterator[Line]:
    heading, under = "", 0
    for block in sheet.blocks:
        if isinstance(block, Group):
            for line in block.lines:
                text = _text(line)
                if line.heading is not None:
                    heading, under = Line(0, text).bare, 0
                    yield Line(line.index, text)
                elif text:
                    yield Line(line.index, text, (_UNDER, heading, under, 0))
                    under += 1
            continue
        for row in block.rows:
            cells = [[line for group in cell.groups for line in group.lines] for cell in row]
            called = " ".join(_text(line) for line in cells[0]) if cells else ""
            for column, lines in enumerate(cells):
                for number, line in enumerate(lines):
                    yield Line(line.index, _text(line), (_CELL, called, column, number) if column else None)


def _text(line: Shown) -> str:
    return _flat("".join(piece.text for piece in line.pieces))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _alike(one: str, other: str) -> float:
    """The share of words that two texts have in common (Dice's coefficient of their counted words)."""
    first, second = Counter(_words(one)), Counter(_words(other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _fate(comment: Comment, before: Draft, now: Draft, line: Line | None) -> Fate:
    if comment.fingerprint is None:
        return Fate.NONE
    if any(finding.fingerprint == comment.fingerprint for finding in now.result.findings):
        return Fate.STILL_THERE
    if any(aside.finding.fingerprint == comment.fingerprint for aside in now.result.set_aside):
        return Fate.SET_ASIDE
    if _was_not_looked_for(comment.fingerprint, before.result, now.result):
        return Fate.NOT_LOOKED_FOR
    known = _fingerprints(before.result)
    rules = {finding.rule for finding in _all(before.result) if finding.fingerprint == comment.fingerprint}
    there = _in_its_place(comment, before, now) | ({line.index} if line else set())
    again = (f for f in _all(now.result) if f.id == comment.criterion or f.rule in rules)
    found = any(f.passage.paragraph in there and f.fingerprint not in known for f in again)
    return Fate.IN_OTHER_WORDS if found else Fate.GONE


def _in_its_place(comment: Comment, before: Draft, now: Draft) -> set[int]:
    """The new paragraphs where the one commented on stood: the same place, or between the same two."""
    was = next((each for each in before.lines if comment.passage and each.index == comment.passage.paragraph), None)
    if was is None:
        return set()
    stood, kept = _beside(before.lines, before.lines.index(was)), {line.bare for line in before.lines}
    return {
        line.index
        for at, line in enumerate(now.lines)
        if line.bare not in kept
        and ((was.place and line.place == was.place) or (all(stood) and _beside(now.lines, at) == stood))
    }


def _was_not_looked_for(fingerprint: str, before: ReportResult, now: ReportResult) -> bool:
    rules = {finding.rule for finding in _all(before) if finding.fingerprint == fingerprint}
    return now.type == "other" or now.error is not None or bool(rules & {each.rule for each in now.not_run})


def _all(result: ReportResult) -> list[Finding]:
    return [*result.findings, *(aside.finding for aside in result.set_aside)]


def _fingerprints(result: ReportResult) -> set[str]:
    return {finding.fingerprint for finding in _all(result)}


def _aside(comment: Comment, result: ReportResult) -> str:
    """The author's reason for setting a finding aside."""
    reasons = (aside.reason for aside in result.set_aside if aside.finding.fingerprint == comment.fingerprint)
    return next(reasons, "")


def _elements(comment: Comment, before: ReportResult, now: ReportResult) -> tuple[Element, Element] | None:
    """The element that a comment is about, then and now."""
    then = next((element for element in before.elements if element.id == comment.criterion), None)
    later = next((element for element in now.elements if element.id == comment.criterion), None)
    return (then, later) if then and later else None


def _of_element(then: Element, now: Element) -> str:
    unsure = " The checker is not sure: read it." if then.needs_reading or now.needs_reading else ""
    if then.status is now.status:
        return f"The checker judges this element as before: {STATUSES[now.status]}.{unsure}"
    return f"The checker judged this element {STATUSES[then.status]}, and now {STATUSES[now.status]}.{unsure}"


def _contradictions(
    answer: Answer | None, text: Text, fate: Fate, elements: tuple[Element, Element] | None
) -> Iterator[str]:
    if answer is None:
        return
    if answer.kind == "not-changed":
        if text is Text.CHANGED:
            yield "The author says that nothing was changed; the passage has changed."
        elif text is Text.NOT_FOUND:
            yield "The author says that nothing was changed; the passage was not found again."
        return
    if text is Text.UNCHANGED:
        yield "The author says that it was changed; the passage reads as before."
    if fate is Fate.STILL_THERE:
        yield "The author says that it was changed; the checker's finding is still there."
    if fate is Fate.IN_OTHER_WORDS:
        yield "The author says that it was changed; the checker finds the same kind of thing there, in other words."
    if text is Text.WHOLE and elements and elements[1].status in LACKING and elements[0].status is elements[1].status:
        told = STATUSES[elements[1].status]
        yield f"The author says that it was changed; the checker judges this element as before: {told}."


def carried_over(
    said: Said, before: ReportResult, now: ReportResult, earlier: Sequence[Comment] = (), *, checker: bool = True
) -> Said:
    """What a reader starts the next round with, from what they said in the last.

    Judgements stay, with the number of the draft that they were given on, unless a comment on their criterion asked for
    something that is not settled, or the checker now says otherwise of it: those are judged again. Replies stay for the
    findings that are still there, and so do the marks on what is settled. Comments stay in their round, and so does
    the overall reason.

    Args:
        said: in the last round.
        before: of the draft it was said of.
        now: of the draft of the next round.
        earlier: the comments of the rounds before the last.
        checker: False: nothing hangs on what the checker says, for a reader who is to judge first.
    """
    asked = {comment.criterion for comment in said.comments if comment.asks}
    asked |= {comment.criterion for comment in earlier if comment.asks and not said.settled.get(comment.id)}
    was, is_now = _says(before), _says(now)
    judgements = {
        id_: judged
        for id_, judged in said.judgements.items()
        if id_ not in asked and not (checker and was.get(id_) != is_now.get(id_))
    }
    there = _fingerprints(now)
    return Said(
        judgements=judgements,
        replies={one: reply for one, reply in said.replies.items() if one in there},
        settled={id_: True for id_, done in said.settled.items() if done},
    )


def _says(result: ReportResult) -> Mapping[str, object]:
    """What the checker says of each criterion: an element's status, or which findings there are of a kind."""
    kinds: dict[str, set[str]] = {}
    for finding in _all(result):
        kinds.setdefault(finding.id, set()).add(finding.fingerprint)
    return {**kinds, **{element.id: element.status for element in result.elements}}
