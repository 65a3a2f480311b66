"""Days of filing: read from a form's three fields, and said in words."""

from __future__ import annotations

from datetime import date, datetime

from qualitycheck.service.uploads import Form

YEARS_AHEAD = 2  # a filing date further away is a slip of the pen
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS = ("day", "month", "year")


def day_in(form: Form, field: str, what: str, today: date) -> date | str:
    """The day in fields such as `filing-day`, `filing-month`, `filing-year`; or what is wrong, with `what` it is."""
    day, month, year = (form.one(f"{field}-{part}").strip() for part in PARTS)
    if not (day and month and year):
        return f"Enter {what}: day, month and year."
    if month[:3].casefold() in MONTHS:
        month = str(MONTHS.index(month[:3].casefold()) + 1)
    try:
        found = date(int(year), int(month), int(day)) if len(year) == 4 else None
    except ValueError:
        found = None
    if found is None:
        return f"{what[0].upper()}{what[1:]} must be a real date, such as 4 12 {today.year}."
    if abs(found.year - today.year) > YEARS_AHEAD:
        return f"{what[0].upper()}{what[1:]} is more than {YEARS_AHEAD} years away: check the year."
    return found


def typed_day(form: Form, field: str) -> dict[str, str]:
    return {part: form.one(f"{field}-{part}")[:20] for part in PARTS}


def fields_of(on: date) -> dict[str, str]:
    """What the three fields hold of a day."""
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def in_words(on: date) -> str:
    """As GOV.UK writes dates: 4 May 2026."""
    return f"{on.day} {on:%B %Y}"


def here(when: datetime) -> date:
    """The day of a moment, where this machine is."""
    return when.astimezone().date()


def until(filing: date, today: date) -> str:
    """How far away it is: "in 2 days"."""
    days = (filing - today).days
    if days > 1:
        return f"in {days} days"
    if days < -1:
        return f"{-days} days ago"
    return {1: "tomorrow", 0: "today", -1: "yesterday"}[days]


def relative(on: date, to: date, what: str) -> str:
    """When something was, to another day: "2 days before filing", "on the day of filing"."""
    days = (to - on).days
    if days == 0:
        return f"on the day of {what}" if what == "filing" else f"on {what}"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'before' if days > 0 else 'after'} {what}"
