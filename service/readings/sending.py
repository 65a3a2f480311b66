"""Sending a draft for reading: to whom it may go, and the next draft to whoever read the one before."""

from __future__ import annotations

from dataclasses import dataclass

from qualitycheck.precourt.following import Followed, carried_over, follow
from qualitycheck.precourt.reading import Comment, Kind, Reading, Said, State
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.check import Check
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings.answering import to_answer
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.thread import as_draft
from qualitycheck.service.store.cases import CaseView
from qualitycheck.service.store.people import Person

ANY = "any"  # manager of the team
OTHER_TYPE = (
    "The checker takes this file for no section 7 report and no section 31 analysis, so there are no criteria to read "
    "it by. Check it again as the right type first."
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What the page that sends a draft shows."""

    check: Check
    case: CaseView
    reading: Reading | None  # of the case, the one that is open
    goes_on: bool  # the next draft of that one
    why_not: str  # empty: it may be sent
    team: str  # its name
    own_teams: dict[str, str]  # to choose from, where the case has none
    managers: tuple[Person, ...]
    peers: tuple[Person, ...]
    reader: str  # of the open reading, by name
    unanswered: tuple[Comment, ...]
    followed: tuple[Followed, ...]  # the comments of the open reading, to this draft
    newer: int | None  # the number of a newer draft in the case

    @property
    def nobody(self) -> bool:
        return not (self.managers or self.peers)


def sending(at: Desk, asking: Who, check: Check, case: CaseView, team: str | None = None) -> Sending:
    """`team`: as chosen for a case that has none."""
    people = People.of(at, asking)
    team = case.team or team
    reading = open_reading(at, case.id)
    drafts = at.store.drafts.in_case(case.id)
    newest = drafts[0].number if drafts else check.number
    return Sending(
        check=check,
        case=case,
        reading=reading,
        goes_on=reading is not None and reading.state is State.WITH_AUTHOR,
        why_not=_why_not(check, reading, people),
        team=people.teams.get(team or "", ""),
        own_teams={id: name for id, name in people.teams.items() if id in asking.teams},
        managers=people.managers(team, [asking.account]),
        peers=people.peers(team, [asking.account]),
        reader=people.you(reading.reader) if reading and reading.reader else f"any manager of {people.team(team)}",
        unanswered=to_answer(reading) if reading else (),
        followed=tuple(_followed(at, reading, check)) if reading and reading.state is State.WITH_AUTHOR else (),
        newer=newest if newest != check.number else None,
    )


def open_reading(at: Desk, case: str) -> Reading | None:
    return next((one for one in at.store.readings.of_case(case) if one.is_open), None)


def to_whom(chosen: str, team: str | None, people: People, but: str) -> tuple[str | None, Kind] | None:
    """The account (None: any manager) and the role that was chosen; None: nobody who may."""
    if chosen == ANY:
        return None, "manager"
    kind = people.kind_of(chosen, team) if chosen != but else None
    return (chosen, kind) if kind else None


def carried(at: Desk, reading: Reading, check: Check, *, checker: bool) -> Said:
    """What the reader begins the round of this draft with."""
    last = at.store.drafts.get(reading.last.draft)
    before, now = as_draft(last) if last else None, as_draft(check)
    if before is None or now is None:
        return Said()
    return carried_over(reading.last.said, before.result, now.result, reading.earlier, checker=checker)


def _why_not(check: Check, reading: Reading | None, people: People) -> str:
    if check.result is None or check.result.type == "other":
        return OTHER_TYPE
    if reading is None:
        return ""
    if reading.state is State.WITH_READER:
        return f"This report is being read: {people.you(reading.reader or '')} has draft {reading.last.draft_number}."
    if reading.state is State.UNTAKEN:
        return f"This report waits for a reader: draft {reading.last.draft_number} was sent."
    if (check.number or 0) <= reading.last.draft_number:
        return f"The reader has had draft {reading.last.draft_number}: keep the next in the same case, and send that."
    return ""


def _followed(at: Desk, reading: Reading, check: Check) -> list[Followed]:
    """Every comment that asks for something, as this draft answers it."""
    now = as_draft(check)
    followed = []
    for each in reading.rounds:
        kept = at.store.drafts.get(each.draft)
        before = as_draft(kept) if kept else None
        if before and now:
            answers = reading.answers
            followed += [follow(one, answers.get(one.id), before, now) for one in each.said.comments if one.asks]
    return followed
