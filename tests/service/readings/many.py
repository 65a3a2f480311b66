"""Sixty readings over eight months in two teams, as a store has them: some acted on, some not, some never answered.

Everything follows from the number of the reading, so that it is the same each time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from sqlalchemy import update

from qualitycheck.precourt.figures import Month
from qualitycheck.precourt.reading import Answer, Comment, Judgement, Kind, Reply, Said, Stance
from qualitycheck.result import LACKING, Status
from qualitycheck.service.access.who import Role
from qualitycheck.service.checks.check import Check
from qualitycheck.service.desk import Desk
from qualitycheck.service.readings.telling import tell
from qualitycheck.service.store import tables
from tests.service.readings.seeded import draft

READINGS, MONTHS, UNREAD = 60, 8, 15
CHANGED: tuple[dict[str, Status], ...] = (
    {"harm": Status.PARTIAL, "no-order-principle": Status.MISSING},
    {"no-order-principle": Status.MISSING, "options-evaluated": Status.PARTIAL, "diversity": Status.MISSING},
    {"wishes-and-feelings": Status.PARTIAL, "harm": Status.MISSING},
    {},
)
# Most readings in the first months, so that some months have too few.
IN_MONTH = (12, 11, 10, 9, 8, 6, 3, 1)


@dataclass(frozen=True)
class Many:
    """What was made: teams by name, accounts by user name, readings in order."""

    teams: dict[str, str]
    people: dict[str, str]
    readings: tuple[str, ...]


@cache
def reports() -> tuple[Check, ...]:
    """A section 7 report of each kind, and an analysis."""
    kinds = [draft(statuses=changed) for changed in CHANGED]
    return (*kinds, draft(statuses=CHANGED[1], report_type="section31"))


def seed(at: Desk, today: date) -> Many:
    """The last of the months is that of `today`."""
    people = at.store.people
    teams = {name: people.add_team(name) for name in ("East Midlands", "West Midlands")}
    accounts = {}
    for name, team in zip(("east", "west"), teams.values(), strict=True):
        accounts[name] = people.add(f"{name} author", "Ann", {Role.PRACTITIONER}, {team}).id
        accounts[f"{name} peer"] = people.add(f"{name} peer", "Pat", {Role.PRACTITIONER}, {team}).id
        accounts[f"{name} manager"] = people.add(f"{name} manager", "Mo", {Role.MANAGER}, {team}).id
    accounts["manager"] = people.add("manager of both", "Max", {Role.MANAGER}, set(teams.values())).id
    made = [
        _reading(at, number, day, "east" if number % 3 else "west", accounts, teams)
        for number, day in enumerate(_days(today))
    ]
    for number in range(READINGS, READINGS + UNREAD):
        case = at.store.cases.add(accounts["east"], teams["East Midlands"], f"Family {number}").id
        _kept(at, case, accounts["east"], number)
    return Many(teams, accounts, tuple(made))


def _days(today: date) -> Iterator[date]:
    """The day on which each reading is given back."""
    for at, count in enumerate(IN_MONTH):
        month = Month.of(today).later(at + 1 - MONTHS)
        last = today.day if month == Month.of(today) else 28
        for number in range(count):
            yield date(month.year, month.month, 1 + (number * 5) % last)


def _reading(at: Desk, number: int, returned: date, side: str, accounts: dict[str, str], teams: dict[str, str]) -> str:
    author = accounts[side]
    kind: Kind = "manager" if number % 4 == 0 else "peer"
    team = teams[f"{side.capitalize()} Midlands"]
    case = at.store.cases.add(author, team, f"Family {number}").id
    kept = _kept(at, case, author, number)
    filing = returned + timedelta(days=6)
    store = at.store.readings
    id = store.ask(kept, filing, kind, accounts[f"{side} {kind}"], author, revealed=number % 2 == 0)
    check = at.store.drafts.get(kept)
    assert check and check.result
    said = _said(check, number, independent=number % 2 == 1)
    store.change(id, lambda _: said)
    store.reveal(id)
    asks = [comment for comment in said.comments if comment.asks]
    if asks and number % 5 != 4:
        store.give_back(id)
        store.answer(id, {comment.id: _answer(number, place, returned) for place, comment in enumerate(asks)})
        if number % 3:
            again = _kept(at, case, author, number, better=True)
            store.send(id, again, said=replace(said, comments=(), settled={}))
            store.change(id, lambda now: replace(now, settled={comment.id: number % 7 != 0 for comment in asks}))
            store.sign_off(id)
    elif asks:
        store.give_back(id)  # and never heard of again
    else:
        store.sign_off(id)
    if number % 6 != 5:
        store.filed(id, filing + timedelta(days=1 if number % 10 == 9 else 0))
    _move(at, id, returned)
    tell(at, id)
    return id


def _kept(at: Desk, case: str, author: str, number: int, *, better: bool = False) -> str:
    found = reports()
    report = found[4] if number % 9 == 8 else found[3 if better else number % 4]
    return at.store.drafts.keep(case, author, replace(report, id=secrets.token_urlsafe(16), owner=author))


def _said(check: Check, number: int, *, independent: bool) -> Said:
    """Every fifth judgement is another than the checker's; a third of readers have nothing to say."""
    assert check.result
    judgements = {}
    for place, element in enumerate(check.result.elements):
        status = element.status
        if (place + number) % 5 == 0:
            status = Status.PARTIAL if status not in LACKING else Status.MET
        judgements[element.id] = Judgement(status, "As I read it.", independent)
    stances = (Stance.AGREE, Stance.AGREE, Stance.DISAGREE, Stance.AMEND)
    replies = {
        finding.fingerprint: Reply(finding.id, stances[(number + place) % 4], "Not so.")
        for place, finding in enumerate(check.result.findings)
    }
    passage = check.result.findings[0].passage
    comments = [
        Comment(secrets.token_hex(8), "no-order-principle", None, "Where is it?", "Say why an order is better."),
        Comment(secrets.token_hex(8), "vague-term", passage, "Which drugs?", "Name them."),
        Comment(secrets.token_hex(8), "harm", None, "Well told.", ""),
    ][: (0, 1, 3, 2, 0, 1, 3)[number % 7]]
    return Said(judgements, replies, tuple(comments), {}, "I have read all of it.")


def _answer(number: int, place: int, returned: date) -> Answer:
    late = 9 if (number + place) % 8 == 7 else 2
    when = datetime.combine(returned + timedelta(days=late), time(12), UTC)
    return Answer("changed", "", when) if (number + place) % 3 else Answer("not-changed", "It is in the annex.", when)


def _move(at: Desk, id: str, returned: date) -> None:
    """To when it is said to have been: the store takes the time of the moment."""
    first = datetime.combine(returned, time(10), UTC)
    sent = first - timedelta(days=1 + returned.day % 4)
    rounds, readings = tables.ReadingRound, tables.Reading
    with at.store.database.transaction() as session:
        session.execute(update(readings).where(readings.id == id).values(asked=sent))
        signed = update(readings).where(readings.id == id, readings.signed_off.is_not(None))
        session.execute(signed.values(signed_off=first + timedelta(days=4)))
        for number in (1, 2):
            one = update(rounds).where(rounds.reading == id, rounds.number == number)
            begin = sent if number == 1 else first + timedelta(days=3)
            end = first if number == 1 else first + timedelta(days=4)
            session.execute(one.values(sent=begin))
            session.execute(one.where(rounds.returned.is_not(None)).values(returned=end))
