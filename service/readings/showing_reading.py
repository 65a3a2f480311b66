"""What the page of a reading shows, worked out before any template: what to judge, what to answer, what is still to do.

As long as the reader is to judge first, nothing of what the checker says comes into these values at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from qualitycheck.aside import SetAside
from qualitycheck.precourt.examining import applying, needs_reading
from qualitycheck.precourt.following import Followed
from qualitycheck.precourt.reading import Comment, Judgement, Reading, Stance, stance
from qualitycheck.precourt.unfinished import Lack, Unfinished, What, not_judged, unfinished
from qualitycheck.precourt.words import OF_A_FAULT, STATUSES
from qualitycheck.rendering.sheet import Group, Line, Piece, Sheet, Table
from qualitycheck.result import LACKING, Element, Finding, Level, ReportResult, Status
from qualitycheck.rulebook.packs import Rulebook
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.checks.check import Check
from qualitycheck.service.pages.showing import Numbered, marked_for
from qualitycheck.service.readings.days import in_words, until
from qualitycheck.service.readings.paragraphs import Placed, paragraphs
from qualitycheck.service.store.readings import Own

URGENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one part of the page and could not be saved; and what is wrong with it, by field."""

    part: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def of(self, part: str) -> Mapping[str, str]:
        return self.fields if part == self.part else {}


@dataclass(frozen=True, slots=True)
class Judging:
    """One criterion, and what the reader has made of it."""

    criterion: Criterion
    element: Element | None  # the checker's; none while it is hidden, nor of a kind of finding
    found: tuple[Numbered, ...]  # of a kind of finding: the checker's, none while they are hidden
    to_read: str  # why it needs the reader's own reading, as far as it may be told
    status: str  # as chosen; empty: nothing yet
    reason: str
    stance: Stance | None  # what that makes of the checker's
    lack: Lack | None
    as_on: int | None  # the earlier draft it was judged on, and holds for this one too
    before: Judgement | None  # of an earlier draft, where it must be judged again
    choices: Mapping[Status, str]

    @property
    def part(self) -> str:
        return f"criterion-{self.criterion.id}"

    @property
    def may_ask(self) -> bool:
        """Whether something is lacking that the author can be asked for, by the reader or by the checker."""
        told = self.element is not None and self.element.status in LACKING
        return told or self.status in LACKING


@dataclass(frozen=True, slots=True)
class Answering:
    """One finding of the checker, and the reader's reply."""

    number: int
    finding: Finding
    aside: str | None  # the author's reason to set it aside
    stance: str  # as chosen; empty: not answered
    reason: str
    said: str
    action: str
    lack: Lack | None

    @property
    def part(self) -> str:
        return f"finding-{self.number}"

    @property
    def must(self) -> bool:
        return self.finding.level is Level.MUST_FIX


@dataclass(frozen=True, slots=True)
class Commenting:
    """A comment of the reader's, or the form for the next."""

    id: str  # of the comment; "new" of one to be made
    criterion: str
    paragraph: str  # its index; empty: the whole report
    words: str  # of the passage, where it is not the whole paragraph
    start: str
    said: str
    action: str
    comment: Comment | None = None
    finding: int | None = None  # the number of the one that it answers

    @property
    def part(self) -> str:
        return f"comment-{self.id}"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment of an earlier round, what became of it, and whether the reader is done with it."""

    draft: int
    followed: Followed
    settled: bool | None
    lack: Lack | None

    @property
    def comment(self) -> Comment:
        return self.followed.comment

    @property
    def part(self) -> str:
        return f"earlier-{self.comment.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the work: how far it is, and where the next thing in it is."""

    title: str
    place: str  # on the page
    done: int
    of: int
    next: str  # the place of the first thing in it that is still to do; empty: none
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """A lack, named, with the place on the page where it is seen to."""

    title: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class ShowingReading:
    """All that the templates need of one round."""

    reading: Reading
    author: str  # their name
    name: str  # of the file
    result: ReportResult  # without anything the checker says, while it is hidden
    hidden: bool
    rounds: int
    elements: tuple[Judging, ...]
    kinds: tuple[Judging, ...]
    findings: tuple[Answering, ...]  # must-fix first, those set aside last
    earlier: tuple[Earlier, ...]
    comments: tuple[Commenting, ...]
    new: Commenting
    overall: str
    steps: tuple[Step, ...]
    to_judge_first: int  # elements, before the checker may be seen
    before_giving_back: tuple[ToDo, ...]
    before_signing_off: tuple[ToDo, ...]
    looks_unfinished: tuple[ToDo, ...]  # and needs a reason to be given back
    open_at_sign_off: tuple[ToDo, ...]  # and needs one to be signed off
    sheet: Sheet | None
    level_of: Mapping[int, Level]
    places: Mapping[int, Placed]
    of_the_file: tuple[str, ...]  # what the checker did not read of it
    filing: str  # in words
    until: str  # how far away that is
    is_urgent: bool
    spent: str  # the reader's own time with the page, in words
    opened: int  # passages, of those marked
    errors: Mapping[str, str]

    @property
    def may_give_back(self) -> bool:
        return not (self.before_giving_back or self.looks_unfinished)

    @property
    def marked(self) -> int:
        return len(self.level_of)


def show_reading(
    reading: Reading,
    check: Check,
    rulebook: Rulebook,
    *,
    author: str,
    own: Own,
    today: date,
    followed: tuple[Followed, ...] = (),
    typed: Typed | None = None,
    ask: str = "",
) -> ShowingReading:
    """The last round of a reading. `ask`: the criterion that the form for a comment begins with.

    Raises AssertionError for a check that has no result.
    """
    assert check.result is not None
    last, hidden = reading.last, not reading.last.revealed
    typed = typed or Typed()
    result = _without_checker(check.result) if hidden else SetAside(check.decisions).applied_to(check.result)
    ids = applying(rulebook.criteria, result.type)
    lacks = _lacks(reading, result, ids, followed, hidden=hidden)
    numbers = {} if hidden else {f.fingerprint: n for n, f in enumerate(check.result.findings, start=1)}
    to_read = () if hidden else needs_reading(result, rulebook)
    told = {one.criterion: one.sentence for one in to_read if one.criterion}
    judge = partial(_judging, reading, result, rulebook.criteria, numbers, told, lacks, typed)
    elements = tuple(judge(id) for id in ids if rulebook.criteria[id].kind == "element")
    kinds = tuple(judge(id) for id in ids if rulebook.criteria[id].kind == "finding")
    findings = _answering(reading, result, numbers, lacks, typed)
    comments = tuple(_comment(each, numbers, typed) for each in last.said.comments)
    earlier = tuple(_earlier(reading, one, lacks) for one in followed)
    level_of = {one.number: one.finding.level for one in findings if one.aside is None}
    sheet = check.sheet and (_unmarked(check.sheet) if hidden else marked_for(check.sheet, level_of))
    titles = rulebook.criteria
    to_do = partial(_to_do, titles=titles, numbers=numbers, own={comment.id for comment in last.said.comments})
    return ShowingReading(
        reading=reading,
        author=author,
        name=check.name,
        result=result,
        hidden=hidden,
        rounds=len(reading.rounds),
        elements=elements,
        kinds=kinds,
        findings=findings,
        earlier=earlier,
        comments=comments,
        new=_new(typed, ask, titles),
        overall=typed.of("overall").get("overall", last.said.overall),
        steps=tuple(_steps(elements, kinds, findings, earlier, comments, hidden=hidden)),
        to_judge_first=sum(not one.status for one in elements) if hidden else 0,
        before_giving_back=tuple(map(to_do, lacks.before_giving_back)),
        before_signing_off=tuple(map(to_do, lacks.before_signing_off)),
        looks_unfinished=tuple(map(to_do, lacks.needs_reason)),
        open_at_sign_off=tuple(map(to_do, lacks.open_at_sign_off)),
        sheet=sheet,
        level_of=level_of,
        places=paragraphs(check.sheet) if check.sheet else {},
        of_the_file=tuple(one.sentence for one in to_read if one.criterion is None),
        filing=in_words(reading.filing),
        until=until(reading.filing, today),
        is_urgent=(reading.filing - today).days < URGENT_DAYS,
        spent=_in_minutes(own.seconds),
        opened=len(own.opened & {str(number) for number in level_of}),
        errors=typed.errors,
    )


def lacking(reading: Reading, check: Check, rulebook: Rulebook, followed: tuple[Followed, ...]) -> Unfinished:
    """What the last round still lacks."""
    assert check.result is not None
    result = SetAside(check.decisions).applied_to(check.result)
    ids = applying(rulebook.criteria, result.type)
    return _lacks(reading, result, ids, followed, hidden=not reading.last.revealed)


def _lacks(
    reading: Reading, result: ReportResult, ids: tuple[str, ...], followed: tuple[Followed, ...], *, hidden: bool
) -> Unfinished:
    if hidden:
        return Unfinished((), (), not_judged(reading.last.said, ids), ())
    return unfinished(reading.last.said, result, reading.earlier, criteria=ids, followed=followed)


def _without_checker(result: ReportResult) -> ReportResult:
    return replace(result, elements=(), findings=(), set_aside=(), not_run=(), unread=())


def _judging(
    reading: Reading,
    result: ReportResult,
    criteria: Mapping[str, Criterion],
    numbers: Mapping[str, int],
    to_read: Mapping[str, str],
    lacks: Unfinished,
    typed: Typed,
    id: str,
) -> Judging:
    criterion = criteria[id]
    element = next((one for one in result.elements if one.id == id), None)
    said = reading.last.said
    judged = said.judgements.get(id)
    wrong = typed.of(f"criterion-{id}")
    status = wrong.get("status", judged.status if judged else "")
    return Judging(
        criterion=criterion,
        element=element,
        found=tuple(Numbered(numbers[f.fingerprint], f) for f in result.findings if f.id == id),
        to_read=to_read.get(id, ""),
        status=status,
        reason=wrong.get("reason", judged.reason if judged else ""),
        stance=stance(judged.status, element) if judged and element else None,
        lack=_lack(lacks, What.JUDGE_REASON, criterion=id),
        as_on=judged.draft if judged and judged.draft != reading.last.draft_number else None,
        before=None if judged or len(reading.rounds) < 2 else reading.rounds[-2].said.judgements.get(id),
        choices=STATUSES if criterion.kind == "element" else OF_A_FAULT,
    )


def _lack(lacks: Unfinished, what: What, **of: str) -> Lack | None:
    told = (*lacks.before_giving_back, *lacks.before_signing_off, *lacks.needs_reason)
    return next((one for one in told if one.what is what and all(getattr(one, k) == v for k, v in of.items())), None)


def _answering(
    reading: Reading, result: ReportResult, numbers: Mapping[str, int], lacks: Unfinished, typed: Typed
) -> tuple[Answering, ...]:
    said = reading.last.said
    started = {comment.fingerprint: comment for comment in said.comments if comment.fingerprint}

    def answering(finding: Finding, aside: str | None) -> Answering:
        number = numbers[finding.fingerprint]
        reply, comment = said.replies.get(finding.fingerprint), started.get(finding.fingerprint)
        wrong = typed.of(f"finding-{number}")
        return Answering(
            number=number,
            finding=finding,
            aside=aside,
            stance=wrong.get("stance", reply.stance if reply else ""),
            reason=wrong.get("reason", reply.reason if reply and reply.stance is Stance.DISAGREE else ""),
            said=wrong.get("said", comment.said if comment else finding.message),
            action=wrong.get("action", comment.action if comment else finding.suggestion),
            lack=_lack(lacks, What.REPLY, fingerprint=finding.fingerprint)
            or _lack(lacks, What.REPLY_REASON, fingerprint=finding.fingerprint),
        )

    open_ones = [answering(finding, None) for finding in result.findings]
    aside = [answering(one.finding, one.reason) for one in result.set_aside]
    return (*sorted(open_ones, key=_by_level), *sorted(aside, key=_by_level))


def _by_level(one: Answering) -> tuple[int, int]:
    return one.finding.level.rank, one.number


def _comment(comment: Comment, numbers: Mapping[str, int], typed: Typed) -> Commenting:
    passage = comment.passage
    wrong = typed.of(f"comment-{comment.id}")
    return Commenting(
        id=comment.id,
        criterion=wrong.get("criterion", comment.criterion),
        paragraph=wrong.get("paragraph", str(passage.paragraph) if passage else ""),
        words=wrong.get("words", passage.text if passage else ""),
        start=wrong.get("start", str(passage.start) if passage else ""),
        said=wrong.get("said", comment.said),
        action=wrong.get("action", comment.action),
        comment=comment,
        finding=numbers.get(comment.fingerprint) if comment.fingerprint else None,
    )


def _new(typed: Typed, ask: str, criteria: Mapping[str, Criterion]) -> Commenting:
    told = dict(typed.of("comment-new"))
    if not told and ask in criteria:
        told = {"criterion": ask, "action": criteria[ask].what_to_do}
    return Commenting(
        id="new",
        criterion=told.get("criterion", ""),
        paragraph=told.get("paragraph", ""),
        words=told.get("words", ""),
        start=told.get("start", ""),
        said=told.get("said", ""),
        action=told.get("action", ""),
    )


def _earlier(reading: Reading, followed: Followed, lacks: Unfinished) -> Earlier:
    id = followed.comment.id
    draft = next(r.draft_number for r in reading.rounds for comment in r.said.comments if comment.id == id)
    return Earlier(draft, followed, reading.last.said.settled.get(id), _lack(lacks, What.SETTLE, comment=id))


def _steps(
    elements: tuple[Judging, ...],
    kinds: tuple[Judging, ...],
    findings: tuple[Answering, ...],
    earlier: tuple[Earlier, ...],
    comments: tuple[Commenting, ...],
    *,
    hidden: bool,
) -> list[Step]:
    steps = []
    if any(one.comment.asks for one in earlier):
        asking = [one for one in earlier if one.comment.asks]  # praise is nothing to settle
        open_ones = [one.part for one in asking if one.settled is None]
        steps.append(_step("Your earlier comments", "earlier", len(asking), open_ones))
    open_elements = [one.part for one in elements if not one.status or one.lack]
    steps.append(_step("Judge the contents", "elements", len(elements), open_elements))
    if findings:
        open_findings = [one.part for one in findings if one.lack or not one.stance]
        must = sum(one.must and one.lack is not None for one in findings)
        note = f"{must} must-fix left" if must else ""
        steps.append(replace(_step("Answer the checker", "findings", len(findings), open_findings), note=note))
    if not hidden:
        open_kinds = [one.part for one in kinds if not one.status or one.lack]
        steps.append(_step("Judge the writing", "kinds", len(kinds), open_kinds))
    asked = sum(1 for one in comments if one.action.strip())
    note = f"{asked} asked for" if comments else "none yet"
    steps.append(Step("Comment", "comments", len(comments), 0, "", note))
    return steps


def _step(title: str, place: str, of: int, to_do: list[str]) -> Step:
    return Step(title, place, of - len(to_do), of, to_do[0] if to_do else "")


def _to_do(lack: Lack, titles: Mapping[str, Criterion], numbers: Mapping[str, int], own: Collection[str]) -> ToDo:
    """`own`: the ids of the comments on this draft."""
    title = titles[lack.criterion].title if lack.criterion else ""
    if lack.what in (What.REPLY, What.REPLY_REASON) and lack.fingerprint:
        number = numbers[lack.fingerprint]
        return ToDo(f"{title}, finding {number}", lack.sentence, f"finding-{number}")
    if lack.what is What.OPEN:
        return ToDo(title, lack.sentence, _place_of(lack, numbers, own))
    places = {
        What.ASK: f"criterion-{lack.criterion}",
        What.JUDGE: f"criterion-{lack.criterion}",
        What.JUDGE_REASON: f"criterion-{lack.criterion}",
        What.SETTLE: f"earlier-{lack.comment}",
    }
    return ToDo(title, lack.sentence, places.get(lack.what, "comments"))


def _place_of(lack: Lack, numbers: Mapping[str, int], own: Collection[str]) -> str:
    if lack.comment:
        return f"comment-{lack.comment}" if lack.comment in own else f"earlier-{lack.comment}"
    if lack.fingerprint:
        return f"finding-{numbers[lack.fingerprint]}"
    return f"criterion-{lack.criterion}"


def _in_minutes(seconds: int) -> str:
    minutes = seconds // 60
    return "less than a minute" if not minutes else f"{minutes} minute{'' if minutes == 1 else 's'}"


def _unmarked(sheet: Sheet) -> Sheet:
    """The report as if nobody had looked at it: no finding marked, and nothing that shows an element."""
    return replace(sheet, blocks=tuple(_plain_block(block) for block in sheet.blocks))


def _plain_block(block: Group | Table) -> Group | Table:
    if isinstance(block, Group):
        return _plain_group(block)
    rows = tuple(
        tuple(replace(cell, groups=tuple(map(_plain_group, cell.groups))) for cell in row) for row in block.rows
    )
    return replace(block, rows=rows)


def _plain_group(group: Group) -> Group:
    return replace(group, lines=tuple(map(_plain_line, group.lines)))


def _plain_line(line: Line) -> Line:
    pieces = (Piece(piece.text, (), (), None, False, piece.notes) for piece in line.pieces)
    return replace(line, pieces=tuple(pieces))
