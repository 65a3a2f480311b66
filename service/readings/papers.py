"""What of a reading somebody may take away: what was given back. The rest is for its reader only, until it is."""

from __future__ import annotations

from dataclasses import replace

from qualitycheck.precourt.form import Form
from qualitycheck.precourt.reading import Reading
from qualitycheck.precourt.remarks import Numbered
from qualitycheck.service.access.who import Who
from qualitycheck.service.checks.finding import find
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.readings.changing import reading_of
from qualitycheck.service.readings.people import People
from qualitycheck.service.readings.thread import as_draft

NOTHING_YET = "Nothing was given back yet: it is there to take once the reader has given the draft back."


def seen(at: Desk, asking: Who, id: str) -> Reading:
    """The reading with the rounds that they may see; raises Problem 404 where there are none."""
    reading = reading_of(at, id)
    if reading.reader == asking.account:
        return reading
    returned = tuple(each for each in reading.rounds if each.returned)
    if not returned:
        raise Problem(404, NOTHING_YET)
    return replace(reading, rounds=returned)


def form_of(at: Desk, asking: Who, id: str) -> Form:
    """The form of what they may see; raises Problem 404."""
    reading = seen(at, asking, id)
    drafts = {each.number: as_draft(find(at, each.draft)) for each in reading.rounds}
    people = People.of(at, asking)
    handed = (account for each in reading.handed for account in (each.before, each.after, each.by))
    accounts = {reading.author, reading.reader, reading.asked_by, reading.withdrawn_by, *handed}
    return Form(
        reading=reading,
        drafts={number: draft for number, draft in drafts.items() if draft},
        names={account: people.name(account) for account in accounts if account},
        rulebook=at.rulebook,
    )


def comments_on(reading: Reading, draft: str) -> tuple[list[Numbered], list[Numbered]]:
    """The comments made on a draft, and those on earlier ones that its reader marked as still open."""
    here = next(each for each in reading.rounds if each.draft == draft)
    earlier = [(each.number, comment) for each in reading.rounds for comment in each.said.comments]
    still_open = [(n, c) for n, c in earlier if n < here.number and c.asks and here.said.settled.get(c.id) is False]
    return [(here.number, comment) for comment in here.said.comments], still_open
