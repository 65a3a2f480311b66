"""The reading form: what was read, by whom and when, what was judged and asked for, and what became of it.

It is for the file of the case and of the service, so it says plainly what is not there: criteria that nobody judged,
findings and comments that nobody answered, a reading without a single request. How long the reader took and what they
opened is theirs alone and stands in no form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from qualitycheck.precourt.examining import Why, applying, needs_reading
from qualitycheck.precourt.following import Draft, follow, in_words
from qualitycheck.precourt.paper import Block, Grid, Heading, Line, written
from qualitycheck.precourt.reading import Comment, Judgement, Reading, Reply, Round, Stance, State, stance
from qualitycheck.precourt.standing import standing
from qualitycheck.precourt.words import OF_A_FAULT
from qualitycheck.precourt.words import STATUSES as OF_AN_ELEMENT
from qualitycheck.priorities import WITHHELD, may_be_quoted
from qualitycheck.rendering.wording import LEVELS, NOT_SURE, STATUSES, TYPES, whereabouts
from qualitycheck.result import LACKING, Element, Finding, Level, Passage, ReportResult
from qualitycheck.rulebook.packs import Rulebook

TITLE = "Reading before court"
FOOT = "Confidential: keep this form as you keep the report."
CAVEAT = (
    "The judgements are the reader's. The checker helps with reading: it says what was looked for and not found, and "
    "nothing of whether the law is complied with."
)
NOT_JUDGED, NO_REPLY = "not judged", "not answered"
AGREES = {Stance.AGREE: "agrees", Stance.AMEND: "in another degree", Stance.DISAGREE: "disagrees"}
REPLIES = {Stance.AGREE: "agrees", Stance.AMEND: "amends", Stance.DISAGREE: "disagrees"}


@dataclass(frozen=True)
class Form:
    """All that the form needs. It shows every round of `reading`: leave out what whoever asks may not see."""

    reading: Reading
    drafts: Mapping[int, Draft]  # by the number of the round, one for each
    names: Mapping[str, str]  # by account
    rulebook: Rulebook
    zone: tzinfo | None = None  # of its days; None: of this machine

    @property
    def last(self) -> Draft:
        return self.drafts[self.reading.last.number]

    @property
    def shows_checker(self) -> bool:
        """A reader who is to judge first learns from the form what they know already, and no more."""
        return self.reading.last.revealed

    def name(self, account: str | None) -> str:
        return self.names.get(account or "", "somebody who has no account here any longer")

    def title(self, criterion: str) -> str:
        known = self.rulebook.criteria.get(criterion)
        return known.title if known else criterion

    def judged(self, criterion: str) -> str:
        """The reader's judgement on the last draft, in words."""
        judged = self.reading.last.said.judgements.get(criterion)
        if judged is None:
            return NOT_JUDGED
        known = self.rulebook.criteria.get(criterion)
        return (OF_A_FAULT if known and known.kind == "finding" else OF_AN_ELEMENT)[judged.status].lower()

    def day(self, when: datetime) -> date:
        return when.astimezone(self.zone).date()


def render(form: Form) -> bytes:
    """The form as .docx, the same bytes for the same reading."""
    return written(f"{TITLE}: {form.reading.title}", FOOT, _blocks(form))


def _blocks(form: Form) -> Iterator[Block]:
    yield Heading(TITLE, 1)
    yield from _standing(form)
    yield Heading("Report", 2)
    yield from _about(form)
    yield Heading("Dates", 2)
    yield from _dates(form)
    yield from _overall(form)
    yield from _criteria(form)
    yield from _comments(form)
    yield from _replies(form)
    yield from _to_read(form)
    yield Line("", CAVEAT)


# What a reader of the form must know before all else


def _standing(form: Form) -> Iterator[Line]:
    yield from map(Line, standing(form.reading, applying(form.rulebook.criteria, form.last.result.type)))
    unanswered = sum(not reply for _, finding, reply, _ in _answered(form) if finding.level is Level.MUST_FIX)
    if unanswered and form.shows_checker:
        told = (
            "1 finding that must be fixed was" if unanswered == 1 else f"{unanswered} findings that must be fixed were"
        )
        yield Line(f"{told} not answered.")
    reading = form.reading
    if reading.state is State.WITHDRAWN and reading.withdrawn:
        by = f" by {form.name(reading.withdrawn_by)}" if reading.withdrawn_by else ""
        yield Line(f"Withdrawn on {_in_words(form.day(reading.withdrawn))}{by}, without a sign-off.")
    elif reading.last.returned is None:
        yield Line("This draft was not given back yet: what stands here of it may still change.")
    elif not reading.signed_off:
        yield Line("This reading is not signed off.")


def _about(form: Form) -> Iterator[Line]:
    reading, result = form.reading, form.last.result
    yield Line("Case:", reading.title)
    yield Line("Case number:", result.case_number or "not found in the report")
    stage = f"{result.stage} " if result.stage else ""
    yield Line("Report:", f"{stage}{TYPES.get(result.type, result.type)}, {result.words:,} words")
    yield Line("Author:", reading.author_name or form.name(reading.author))
    role = "read as a manager" if reading.kind == "manager" else "read as a peer"
    yield Line("Reader:", f"{form.name(reading.reader)}, {role}" if reading.reader else "nobody has taken it yet")
    yield Line("Asked for by:", form.name(reading.asked_by))
    for handing in reading.handed:
        if handing.before is None and handing.after == handing.by:
            yield Line("Taken:", f"by {form.name(handing.by)} on {_in_words(form.day(handing.at))}")
            continue
        before = form.name(handing.before) if handing.before else "any manager of the team"
        after = form.name(handing.after) if handing.after else "any manager of the team"
        told = f"from {before} to {after} on {_in_words(form.day(handing.at))}, by {form.name(handing.by)}"
        yield Line("Handed on:", told + (f". Reason: {handing.reason}" if handing.reason.strip() else ""))


def _dates(form: Form) -> Iterator[Block]:
    reading = form.reading
    moments: list[tuple[str, date]] = []
    for each in reading.rounds:
        moments.append((f"Round {each.number}: draft {each.draft_number} sent", form.day(each.sent)))
        if each.returned:
            ended = "signed off" if each.returned == reading.signed_off else "given back"
            moments.append((f"Round {each.number}: draft {each.draft_number} {ended}", form.day(each.returned)))
    if reading.signed_off and reading.signed_off != reading.last.returned:
        moments.append(("Signed off", form.day(reading.signed_off)))
    if reading.filed:
        moments.append(("Filed, as recorded", reading.filed))
    rows = [(what, _in_words(on), _relative(on, reading.filing)) for what, on in moments]
    rows.append(("Filing date", _in_words(reading.filing), ""))
    yield Grid("Dates", (("What", 5), ("Day", 3), ("To the filing date", 4)), rows)
    if reading.filed and reading.signed_off:
        told = _relative(form.day(reading.signed_off), reading.filed, "the day it was filed")
        yield Line("Signed off", f"{told}.")
    elif reading.filed:
        yield Line("Filed without a sign-off.")


def _overall(form: Form) -> Iterator[Block]:
    yield Heading("Overall", 2)
    written_ones = [each for each in form.reading.rounds if each.said.overall.strip()]
    for each in written_ones:
        yield Line(f"Round {each.number}:", each.said.overall)
    if not written_ones:
        yield Line("", "The reader wrote no overall reason.")


# What was judged


def _criteria(form: Form) -> Iterator[Block]:
    ids = applying(form.rulebook.criteria, form.last.result.type)
    yield Heading("Criteria", 2)
    if not ids:
        yield Line("", "No criterion is written for a report of this kind.")
        return
    elements = [id_ for id_ in ids if form.rulebook.criteria[id_].kind == "element"]
    kinds = [id_ for id_ in ids if id_ not in elements]
    yield Heading("What the report must contain", 3)
    yield _elements(form, elements) if form.shows_checker else _alone(form, elements)
    yield Heading("What should not be in it", 3)
    yield _kinds(form, kinds) if form.shows_checker else _alone(form, kinds)


def _elements(form: Form, ids: list[str]) -> Grid:
    columns = (("Criterion", 4), ("Reader", 4), ("Checker", 3), ("Reader and checker", 3), ("Reader's reason", 6))
    found = {element.id: element for element in form.last.result.elements}
    rows = [_element(form, id_, found.get(id_)) for id_ in ids]
    return Grid("Elements, as the reader and the checker judge them", columns, rows)


def _kinds(form: Form, ids: list[str]) -> Grid:
    columns = (("Criterion", 4), ("Reader", 4), ("Checker", 3), ("Reader and checker", 3), ("Reader's reason", 6))
    rows = []
    for id_ in ids:
        title, judged, reason = _judged(form, id_)
        rows.append((title, judged, _flagged(form.last.result, id_), _beside(form, id_), reason))
    return Grid("Kinds of finding, as the reader judges them and the checker counts them", columns, rows)


def _alone(form: Form, ids: list[str]) -> Grid:
    columns = (("Criterion", 4), ("Reader", 4), ("Reader's reason", 6))
    return Grid("Criteria, as the reader judges them", columns, [_judged(form, id_) for id_ in ids])


def _judged(form: Form, id_: str) -> tuple[str, str, str]:
    """The criterion, how the reader judged it, and why."""
    judged = form.reading.last.said.judgements.get(id_)
    told = _when(form, judged) if judged else ""
    return form.title(id_), form.judged(id_) + told, judged.reason if judged else ""


def _when(form: Form, judged: Judgement) -> str:
    """On which draft, where there were several, and whether before they saw what the checker says."""
    told = [f"draft {judged.draft}"] if len(form.reading.rounds) > 1 else []
    told += ["before seeing the checker's"] if judged.independent else []
    return f" ({', '.join(told)})" if told else ""


def _element(form: Form, id_: str, found: Element | None) -> tuple[str, ...]:
    title, judged, reason = _judged(form, id_)
    if found is None:
        return title, judged, "not examined", "–", reason
    said = form.reading.last.said.judgements.get(id_)
    checker = STATUSES[found.status] + (f" ({NOT_SURE})" if found.needs_reading else "")
    return title, judged, checker, AGREES[stance(said.status, found)] if said else "–", reason


def _beside(form: Form, id_: str) -> str:
    """How the judgement of a kind of finding goes with the checker's, and with the reader's own replies to it."""
    said = form.reading.last.said
    judged = said.judgements.get(id_)
    if judged is None:
        return "–"
    found = [finding for finding in form.last.result.findings if finding.id == id_]
    if (judged.status in LACKING) == bool(found):
        return AGREES[Stance.AGREE]
    replies = [said.replies[finding.fingerprint] for finding in found if finding.fingerprint in said.replies]
    agreed = sum(reply.stance is not Stance.DISAGREE for reply in replies)
    if not agreed:
        return AGREES[Stance.DISAGREE]
    return f"disagrees, and agrees with or amends {agreed} of {len(found)} flagged"


def _flagged(result: ReportResult, id_: str) -> str:
    count = sum(finding.id == id_ for finding in result.findings)
    aside = sum(one.finding.id == id_ for one in result.set_aside)
    told = f"{count} flagged" if count else "none flagged"
    return told + (f", {aside} set aside by the author" if aside else "")


# What was asked for, and what became of it


def _comments(form: Form) -> Iterator[Block]:
    yield Heading("Comments", 2)
    number = 0
    for each in form.reading.rounds:
        if len(form.reading.rounds) > 1:
            by = f", read by {form.name(form.reading.reader_of(each))}" if form.reading.handed else ""
            yield Heading(f"Round {each.number}, draft {each.draft_number}{by}", 3)
        if not each.said.comments:
            yield Line("", "No comment." if len(form.reading.rounds) == 1 else "No comment in this round.")
        for comment in each.said.comments:
            number += 1
            yield from _comment(form, each, comment, number)


def _comment(form: Form, made: Round, comment: Comment, number: int) -> Iterator[Block]:
    yield Heading(f"{number}. {form.title(comment.criterion)}", 3 if len(form.reading.rounds) == 1 else 4)
    yield Line("On:", _quoted(form, made, comment))
    if comment.said.strip():
        yield Line("Reader:", comment.said)
    yield Line("Requested:", comment.action if comment.asks else "nothing")
    answer = form.reading.answers.get(comment.id)
    if comment.asks or answer:
        yield Line("Author's answer:", in_words(answer))
    if comment.asks:
        yield Line("What became of it:", " ".join(_became(form, made, comment)))


def _quoted(form: Form, made: Round, comment: Comment) -> str:
    if comment.passage is None:
        return "the whole report"
    quotation = _quotation(comment.passage, comment.criterion, form.drafts[made.number].result)
    return whereabouts(comment.passage) + quotation


def _became(form: Form, made: Round, comment: Comment) -> Iterator[str]:
    """As the drafts show, and as the reader marked it."""
    last = form.reading.last
    if made.number == last.number:
        yield "No later draft was sent."
        return
    answer = form.reading.answers.get(comment.id)
    followed = follow(comment, answer, form.drafts[made.number], form.last, checker=form.shows_checker)
    yield f"In draft {form.last.number}:"
    yield from followed.told
    if followed.contradictions:
        yield "To look at:"
        yield from followed.contradictions
    later = [each for each in form.reading.rounds if each.number > made.number and comment.id in each.said.settled]
    if later:
        mark = "settled" if later[-1].said.settled[comment.id] else "still open"
        yield f"The reader marked it as {mark} (round {later[-1].number})."
    else:
        yield "The reader has not marked whether it is settled."


def _quotation(passage: Passage, criterion: str, result: ReportResult) -> str:
    """The words, unless they should not stand in the report, and so not here either."""
    withheld = [finding.passage for finding in result.findings if finding.id == WITHHELD]
    withheld += [aside.finding.passage for aside in result.set_aside if aside.finding.id == WITHHELD]
    if criterion == WITHHELD or not passage.text.strip() or not may_be_quoted(passage, withheld):
        return ""
    return f": “{passage.text}”"


# What was answered to the checker


def _replies(form: Form) -> Iterator[Block]:
    if not form.shows_checker:
        return
    yield Heading("The checker's findings, and the reader's replies", 2)
    shown = [each for each in _answered(form) if each[2] or each[1].level is Level.MUST_FIX]
    if shown:
        columns = (("Finding", 6), ("Level", 2), ("Draft", 2), ("Reply", 2), ("Reason", 5))
        yield Grid("Replies to findings", columns, [_reply(form, *each) for each in shown])
    silent = (
        len(form.last.result.findings)
        + len(form.last.result.set_aside)
        - len({finding.fingerprint for draft, finding, _, _ in shown if draft is form.last})
    )
    if silent:
        other = "other " if shown else ""
        told = f"1 {other}finding" if silent == 1 else f"{silent} {other}findings"
        yield Line(
            "", f"To {told} in draft {form.last.number}, none of which must be fixed, the reader wrote no reply."
        )
    elif not shown:
        yield Line("", "The checker flagged nothing.")


def _answered(form: Form) -> list[tuple[Draft, Finding, Reply | None, str]]:
    """Each finding once, as the last draft that has it: the reader's last reply, and why the author set it aside."""
    found: dict[str, tuple[Draft, Finding, Reply | None, str]] = {}
    for each in form.reading.rounds:
        draft, replies = form.drafts[each.number], each.said.replies
        here = [(finding, "") for finding in draft.result.findings]
        here += [(aside.finding, aside.reason) for aside in draft.result.set_aside]
        for finding, reason in here:
            before = found.get(finding.fingerprint)
            reply = replies.get(finding.fingerprint) or (before[2] if before else None)
            found[finding.fingerprint] = draft, finding, reply, reason
    return [each for each in found.values() if each[2] or each[0] is form.last]


def _reply(form: Form, draft: Draft, finding: Finding, reply: Reply | None, aside: str) -> tuple[str, ...]:
    what = f"{form.title(finding.id)}, {whereabouts(finding.passage)}"
    what += _quotation(finding.passage, finding.id, draft.result)
    what += f" Set aside by the author: “{aside}”" if aside else ""
    gone = "" if draft is form.last else " (gone since)"
    told = (REPLIES[reply.stance], reply.reason) if reply else (NO_REPLY, "")
    return what, LEVELS[finding.level], f"{draft.number}{gone}", *told


def _to_read(form: Form) -> Iterator[Block]:
    yield Heading("Not examined by the checker, or needing a person's reading", 2)
    told = [
        each
        for each in needs_reading(form.last.result, form.rulebook)
        if form.shows_checker or each.why is Why.NOT_EXAMINED
    ]
    for each in told:
        if each.criterion is None:
            yield Line("", each.sentence, "List Bullet")
            continue
        told_of = f"{each.sentence} Reader: {form.judged(each.criterion)}."
        yield Line(f"{form.title(each.criterion)}:", told_of, "List Bullet")
    if not told:
        yield Line("", "Nothing in particular.")


def _in_words(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _relative(on: date, to: date, what: str = "the filing date") -> str:
    days = (to - on).days
    if days == 0:
        return f"on {what}"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'before' if days > 0 else 'after'} {what}"
