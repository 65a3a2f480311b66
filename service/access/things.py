"""Whether somebody may touch a thing: a check, a case, a reading, a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.samples.graded import readers_of, still_reads

if TYPE_CHECKING:
    from qualitycheck.precourt.reading import Reading
    from qualitycheck.service.desk import Desk
    from qualitycheck.service.store.readings import People
    from qualitycheck.service.store.samples import SampleView

    Between = Reading | People


def sees_check(who: Who, desk: Desk, check: str) -> bool:
    """Their own, held or kept; of what is kept also their team's (a manager) and what they read.

    Who is to judge a draft before they see what the checker says of it sees it on the page of the reading only.
    """
    held = _holds(who, desk, check)
    if held is not None:
        return held
    return desk.store.drafts.seen_by(check, who) and not desk.store.readings.hides_checker(check, who.account)


def works_on_check(who: Who, desk: Desk, check: str) -> bool:
    """Their own only: nobody decides in another's report."""
    held = _holds(who, desk, check)
    return desk.store.drafts.written_by(check, who) if held is None else held


def _holds(who: Who, desk: Desk, check: str) -> bool | None:
    """Whether a check that is held is of this session; None where it is not held."""
    held = desk.held.get(check)
    return None if held is None else held.owner == who.account and held.session == who.session


def sees_case(who: Who, desk: Desk, case: str) -> bool:
    """Its author, and a manager of its team; a peer sees the drafts given to them, not the case."""
    found = desk.store.cases.get(case)
    if found is None:
        return False
    return found.owner == who.account or (Role.MANAGER in who.roles and found.team in who.teams)


def owns_case(who: Who, desk: Desk, case: str) -> bool:
    found = desk.store.cases.get(case)
    return found is not None and found.owner == who.account


def sees_reading(who: Who, desk: Desk, reading: str) -> bool:
    """Its author, its reader, and a manager of its team; a reader it was taken from no longer."""
    return desk.store.readings.concerns(reading, who)


def reads_reading(who: Who, desk: Desk, reading: str) -> bool:
    """Its reader, and nobody else: what they write is theirs until they give it back."""
    return desk.store.readings.reader_of(reading) == who.account


def wrote_reading(who: Who, desk: Desk, reading: str) -> bool:
    """The author of the report; where they have no account here, its reader, who speaks with them."""
    people = desk.store.readings.people_of(reading)
    return people is not None and (people.author or people.reader) == who.account


def manages_reading(who: Who, desk: Desk, reading: str) -> bool:
    """A manager of its team who did not write the report."""
    people = desk.store.readings.people_of(reading)
    return people is not None and is_managed_by(people, who)


def hands_reading(who: Who, desk: Desk, reading: str) -> bool:
    """Its reader, and whoever manages it."""
    return reads_reading(who, desk, reading) or manages_reading(who, desk, reading)


def minds_reading(who: Who, desk: Desk, reading: str) -> bool:
    """Its author, and whoever manages it."""
    return wrote_reading(who, desk, reading) or manages_reading(who, desk, reading)


def is_managed_by(reading: Between, who: Who) -> bool:
    return Role.MANAGER in who.roles and reading.team in who.teams and reading.author != who.account


def leads_sample(who: Who, desk: Desk, sample: str) -> bool:
    return desk.store.samples.led_by(sample, who)


def sees_sample(who: Who, desk: Desk, sample: str) -> bool:
    """Its lead, and whoever reads in it."""
    return desk.store.samples.seen_by(sample, who)


def sees_results(who: Who, desk: Desk, sample: str) -> bool:
    """Its lead, and whoever reads in it and has handed in all of theirs."""
    found = desk.store.samples.get(sample)
    if found is None or not desk.store.samples.seen_by(sample, who):
        return False
    return found.lead == who.account or not still_reads(found, desk.store.samples.gradings(sample), who.account)


def reads_report(who: Who, desk: Desk, report: str) -> bool:
    """Whoever it is allotted to, by the name that they have in the manifest; nobody else, not even the lead."""
    sample = _sample_of(desk, report)
    name = sample.readers.get(who.account) if sample else None
    if sample is None or sample.manifest is None or name is None:
        return False
    return name in readers_of(sample.manifest).get(sample.ids.get(report, ""), ())


def settles_report(who: Who, desk: Desk, report: str) -> bool:
    """The lead of its sample."""
    sample = _sample_of(desk, report)
    return sample is not None and sample.lead == who.account


def follows_concern(who: Who, desk: Desk, concern: str) -> bool:
    """Whoever raised it, and the lead of its sample."""
    found = desk.store.samples.concern(concern)
    return found is not None and (found.by == who.account or desk.store.samples.led_by(found.sample, who))


def _sample_of(desk: Desk, report: str) -> SampleView | None:
    id = desk.store.samples.sample_of(report)
    return desk.store.samples.get(id) if id else None


def name_in_log(desk: Desk, thing: str, id: str) -> str | None:
    """How the audit log names a thing that is kept; None for what is held only, of which nothing is written."""
    if thing in ("case", "sample"):
        return f"{thing} {id}"
    if thing == "reading":
        case = desk.store.readings.place_of(id)
        return f"reading {id} of case {case}" if case else None
    if thing == "report":
        return f"report {id} of sample {desk.store.samples.sample_of(id)}"
    if thing == "concern":
        concern = desk.store.samples.concern(id)
        return f"concern {id} of sample {concern.sample}" if concern else None
    place = desk.store.drafts.place_of(id) if thing == "check" else None
    return f"case {place[0]}, draft {place[1]}" if place else None


def owns_key(who: Who, desk: Desk, key: str) -> bool:
    return desk.store.people.owner_of_key(key) == who.account
