"""Dates, ages and times as they are written in Britain, found in running text with their places.

    find_dates("Seen on Monday 3 May 2024 and in June.")  -> DateMention(8, 25, ...), DateMention(33, 37, month=6)
    find_ages("Ada, aged five years two months")          -> AgeMention(years=5, months=2)
    find_times("at 3.30 pm")                              -> TimeMention
    parse_date("03/05/24")                                -> date(2024, 5, 3)

A mention keeps what was written: what it does not say is None, and `31 June 2024` is a mention whose `date` is None and
whose `possible` is False. All functions are linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import re2

from qualitycheck.language.numbers import WORDS_PATTERN, number

MONTHS = ("january february march april may june july august september october november december").split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH_NUMBER = {name: at for at, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: at for name, at in _MONTH_NUMBER.items()} | {"sept": 9}
_WEEKDAY_NUMBER = {name[:3]: at for at, name in enumerate(WEEKDAYS)}
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = (
    "(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|['’][0-9]{2})"
_DATE = re2.compile(
    rf"(?P<list>\b{_DAY}(?:(?:,| and| or| &| to|[ ]?[-–]) ?(?:the )?{_DAY})+(?: of)? (?P<list_month>{_MONTH})"
    rf"(?:,? (?P<list_year>{_YEAR})\b)?)"
    rf"|(?:\b(?P<weekday>{_WEEKDAY})\.?,? (?:the )?)?\b(?P<day>{_DAY})(?: day)?(?: of)?[ \x{{a0}}](?P<month>{_MONTH})"
    rf"(?:,?[ \x{{a0}}](?P<year>{_YEAR})\b)?"
    rf"|\b(?P<us_month>{_MONTH}) (?P<us_day>{_DAY}),? (?P<us_year>(?:19|20)[0-9]{{2}})\b"
    r"|\b(?P<iso_year>(?:19|20)[0-9]{2})-(?P<iso_month>[01][0-9])-(?P<iso_day>[0-3][0-9])\b"
    r"|\b(?P<n_day>[0-3]?[0-9])(?P<mark>[/.-])(?P<n_month>[01]?[0-9])[/.-](?P<n_year>(?:19|20)?[0-9]{2})\b"
    rf"|\b(?P<m_month>{_MONTH}),? (?:of )?(?P<m_year>{_YEAR})\b"
    rf"|\b(?P<lone_month>{_MONTH})"
    r"|\bon the (?P<lone_day>[0-3]?[0-9](?:st|nd|rd|th))\b"
    r"|\b(?P<lone_year>(?:19|20)[0-9]{2})\b"
)
_MONTH_MAY_NEEDS = frozenset(
    "in since until till by early late mid of from during between to last next this and before after end throughout "
    "through mid- for on".split()
)
_YEAR_NEEDS = frozenset(
    "in since until till by early late mid of from during between to and before after throughout summer winter spring "
    "autumn around about year april or christmas easter circa term".split()
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, whole or in part, at `text[start:end]`; `weekday` is 0 for Monday."""

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    @property
    def date(self) -> date | None:
        """The date, where day, month and year are written and exist."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def possible(self) -> bool:
        """False for a day that no calendar has: 31 June, 29 February 2023."""
        if self.day is None or self.month is None:
            return True
        if self.year is not None:
            return self.date is not None
        return 1 <= self.day <= _DAYS_IN_MONTH[self.month - 1]


_SHORT = re2.compile(r"\b(?P<day>[0-3]?[0-9])[./-](?P<month>[01]?[0-9])[./-](?P<year>[0-9]{2})\b")


def whole_dates(text: str) -> list[tuple[int, int, date]]:
    """Start, end and day of each whole date where one is expected (a cell of dates of birth, the line of a signature):
    `2.3.17` is one there."""
    found = [(mention.start, mention.end, mention.date) for mention in find_dates(text) if mention.date]
    taken = {start for start, _, _ in found}
    for match in _SHORT.finditer(text):
        if match.start() not in taken:
            day, month, year = (int(match.group(part)) for part in ("day", "month", "year"))
            try:
                found.append((match.start(), match.end(), date(2000 + year, month, day)))
            except ValueError:
                continue
    return sorted(found)


def find_dates(text: str) -> list[DateMention]:
    """Every date in reading order. In `3, 8 and 12 May 2024` each day is a mention with month and year."""
    found: list[DateMention] = []
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        if groups["list"]:
            found += _listed(text, match)
        elif groups["day"]:
            weekday = _WEEKDAY_NUMBER[groups["weekday"][:3].lower()] if groups["weekday"] else None
            found.append(_mention(match.start(), match.end(), groups["day"], groups["month"], groups["year"], weekday))
        elif groups["us_day"]:
            found.append(_mention(match.start(), match.end(), groups["us_day"], groups["us_month"], groups["us_year"]))
        elif groups["iso_day"]:
            found.append(_numeric(match, "iso"))
        elif groups["n_day"]:
            if groups["mark"] != "." or len(groups["n_year"]) == 4 or len(groups["n_month"]) == 2:
                found.append(_numeric(match, "n"))
        elif groups["m_month"]:
            found.append(_mention(match.start(), match.end(), None, groups["m_month"], groups["m_year"]))
        elif groups["lone_month"]:
            if _is_month(text, match.start(), match.end(), groups["lone_month"]):
                found.append(_mention(match.start(), match.end(), None, groups["lone_month"], None))
        elif groups["lone_day"]:
            found.append(
                _mention(match.start(match.re.groupindex["lone_day"]), match.end(), groups["lone_day"], None, None)
            )
        elif groups["lone_year"] and _word_before(text, match.start()) in _YEAR_NEEDS:
            found.append(_mention(match.start(), match.end(), None, None, groups["lone_year"]))
    return [mention for mention in found if mention.month is None or 1 <= mention.month <= 12]


def parse_date(text: str) -> date | None:
    """The first whole date written in `text`."""
    return next((mention.date for mention in find_dates(text) if mention.date), None)


def _mention(
    start: int, end: int, day: str | None, month: str | None, year: str | None, weekday: int | None = None
) -> DateMention:
    return DateMention(
        start,
        end,
        int(day.rstrip("stndrh")) if day else None,
        _MONTH_NUMBER[month.rstrip(".").lower()] if month else None,
        _full_year(year) if year else None,
        weekday,
    )


def _numeric(match: re2._Match[str], kind: str) -> DateMention:
    day, month, year = (match.group(f"{kind}_{part}") for part in ("day", "month", "year"))
    return DateMention(match.start(), match.end(), int(day), int(month), _full_year(year))


def _full_year(written: str) -> int:
    year = int(written.lstrip("'’"))
    if year >= 100:
        return year
    return year + (2000 if year <= 40 else 1900)


def _listed(text: str, match: re2._Match[str]) -> list[DateMention]:
    """`3, 8 and 12 May 2024`: the days one by one, the last with the month written after it."""
    days = list(_LISTED_DAY.finditer(text, match.start(), match.start(match.re.groupindex["list_month"])))
    last = len(days) - 1
    return [
        _mention(
            day.start(),
            match.end() if at == last else day.end(),
            day.group(),
            match.group("list_month"),
            match.group("list_year"),
        )
        for at, day in enumerate(days)
    ]


_LISTED_DAY = re2.compile(r"[0-3]?[0-9](?:st|nd|rd|th)?")


def _is_month(text: str, start: int, end: int, written: str) -> bool:
    """A month named alone; `May` and `March` are also verbs, `Jan`, `April`, `June` also people."""
    before = _word_before(text, start)
    if written.rstrip(".").lower() in {"may", "march", "mar", "april", "june", "jan", "august", "sep"}:
        return before in _MONTH_MAY_NEEDS
    return text[end : end + 1] not in ("'", "’") or before in _MONTH_MAY_NEEDS


def _word_before(text: str, at: int) -> str:
    end = at
    while end > 0 and text[end - 1] in " ('‘\"“":
        end -= 1
    begin = end
    while begin > 0 and end - begin < 20 and text[begin - 1].isalpha():
        begin -= 1
    return text[begin:end].lower()


@dataclass(frozen=True, slots=True)
class AgeMention:
    """An age at `text[start:end]`. `months` beyond the whole years, where written; `weeks` for a baby's age in weeks.

    `22 months` is years 1, months 10. `after_name` is the place of the name or pronoun it belongs to, where the words
    show it (`Ada (8)`, `he is five`): characters of the text, else None.
    """

    start: int
    end: int
    years: int
    months: int | None = None
    weeks: int | None = None
    owner: tuple[int, int] | None = None

    @property
    def total_months(self) -> int:
        return self.years * 12 + (self.months or 0)


_NUM = rf"(?:[0-9]{{1,2}}|(?i:{WORDS_PATTERN}))"
_YM = rf"(?P<years>{_NUM})(?:[ -](?:years?|yrs?)\.?(?:[ ,]+(?:and )?(?P<months>{_NUM})[ -](?:months?|mths?))?)?"
_AGE = re2.compile(
    rf"(?P<aged>\b(?:[Aa]ged?|AGED?):? (?:of |about |nearly |almost |just |only |approximately )?{_YM}"
    rf"(?P<aged_unit>[ -](?:months?|weeks?))?)\b"
    rf"|(?P<old>\b(?P<o_num>{_NUM})[ -](?P<o_unit>years?|months?|weeks?|yrs?)"
    rf"(?:[ ,]+(?:and )?(?P<o_months>{_NUM})[ -]months?)?[ -](?:old|of age))\b"
    rf"|(?P<of>\b(?:boy|girl|child|baby|toddler|infant|man|woman) of (?:just |only |nearly |about )?"
    rf"(?P<of_num>{_NUM})(?P<of_unit>[ -](?:months?|weeks?))?)\b"
    rf"|(?P<at>\bAt (?:just |only )?(?P<at_num>{_NUM})(?P<at_unit>[ -](?:months?|weeks?))?(?:,| [a-zA-Z]))"
    rf"|(?P<bracket>\b(?P<b_name>\p{{Lu}}[\p{{L}}’'-]*),? \((?P<b_in>(?:aged? )?(?P<b_num>{_NUM})"
    rf"(?P<b_unit>[ -](?:months?|weeks?|years?|m|y))?)\))"
    rf"|(?P<comma>\b(?P<c_name>\p{{Lu}}[\p{{L}}’'-]+), (?P<c_in>(?P<c_num>{_NUM})(?P<c_unit> (?:months|weeks))?)[,;])"
    rf"|(?P<is>\b(?P<i_name>[Hh]e|[Ss]he|\p{{Lu}}[\p{{L}}’'-]+) (?:is|was|turned|turns|will be|will turn|is now"
    rf"|was then"
    rf"|is just|is nearly|is only) (?P<i_in>(?P<i_num>{_NUM})(?P<i_unit> (?:months|weeks))?)(?:[.,;)]|$| and "
    rf"| in [A-Z]| on "
    rf"| next | this | when | at the | now| at | but ))"
)
_NOT_AN_AGE_AFTER = frozenset("o'clock am pm a.m p.m per percent % miles metres minutes times to past hours".split())
_NOT_A_NAME = frozenset(
    [name.capitalize() for name in (*MONTHS, *WEEKDAYS)]
    + "Section Sections Paragraph Paragraphs Para Paras Page Pages Rule Part Schedule Article Option Item Question "
    "Stage Level Year Act On In At Form It This That There What Which Step Row Point Number No Regulation Reg "
    "Week Day".split()
)


def find_ages(text: str) -> list[AgeMention]:
    """Ages of people in reading order: "aged five", "5 years old", "five-year-old", "At 22 months he", "Ada (8)"."""
    found: list[AgeMention] = []
    for match in _AGE.finditer(text):
        groups = match.groupdict()
        if groups["aged"]:
            age = _age(match.start(), match.end(), groups["years"], groups["months"], groups["aged_unit"])
        elif groups["old"]:
            age = _age(match.start(), match.end(), groups["o_num"], groups["o_months"], groups["o_unit"])
        elif groups["of"]:
            start = match.start(match.re.groupindex["of_num"])
            age = _age(start, match.end(), groups["of_num"], None, groups["of_unit"])
        elif groups["at"]:
            age = _spoken_at(text, match)
        else:
            age = _owned(match, next(kind for kind in "bci" if groups[f"{kind}_num"]))
        if age is not None:
            found.append(age)
    return found


def _age(
    start: int, end: int, written: str, months: str | None, unit: str | None, owner: tuple[int, int] | None = None
) -> AgeMention | None:
    count = number(written)
    if count is None:
        return None
    unit = (unit or "y").strip(" -")
    if unit.startswith("m"):
        return AgeMention(start, end, count // 12, count % 12, owner=owner)
    if unit.startswith("w"):
        return AgeMention(start, end, count // 52, count % 52 * 12 // 52, weeks=count, owner=owner)
    return AgeMention(start, end, count, number(months) if months else None, owner=owner)


def _spoken_at(text: str, match: re2._Match[str]) -> AgeMention | None:
    end = (
        match.end(match.re.groupindex["at_unit"])
        if match.group("at_unit")
        else match.end(match.re.groupindex["at_num"])
    )
    following = text[end : end + 12].strip().split(" ")[0].rstrip(",.").lower()
    if following in _NOT_AN_AGE_AFTER:
        return None
    return _age(match.start(), end, match.group("at_num"), None, match.group("at_unit"))


def _owned(match: re2._Match[str], kind: str) -> AgeMention | None:
    if match.group(f"{kind}_name") in _NOT_A_NAME:
        return None
    return _age(
        match.start(match.re.groupindex[f"{kind}_in"]),
        match.end(match.re.groupindex[f"{kind}_in"]),
        match.group(f"{kind}_num"),
        None,
        match.group(f"{kind}_unit"),
        match.span(match.re.groupindex[f"{kind}_name"]),
    )


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day at `text[start:end]`, 0 to 23 hours where it can be told (`half past six` stays 6:30)."""

    start: int
    end: int
    hour: int
    minute: int


_HOUR = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TIME = re2.compile(
    r"(?i)\b(?P<h>[0-9]{1,2})(?:[.:](?P<m>[0-9]{2}))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<from_h>[0-9]{1,2})\.(?P<from_m>[0-5][0-9]) (?:to|and|until|till|-|–)\b"
    r"|\b(?P<h24>[0-2]?[0-9]):(?P<m24>[0-5][0-9])\b"
    r"|\bat (?P<at_h>[0-2]?[0-9])\.(?P<at_m>[0-5][05])\b(?: ?(?P<at_half>[ap])\.?m\b\.?)?"
    r"|\b(?:12 )?(?P<word>noon|midday|midnight)\b"
    rf"|\b(?P<part>half past|quarter past|quarter to) (?P<part_h>{_HOUR}|[0-9]{{1,2}})\b"
    rf"|\b(?P<clock>{_HOUR}|[0-9]{{1,2}}) o['’]clock\b"
)
_PARTS = {"half past": (0, 30), "quarter past": (0, 15), "quarter to": (-1, 45)}


def find_times(text: str) -> list[TimeMention]:
    """Times of day in reading order."""
    return [mention for match in _TIME.finditer(text) if (mention := _time(match)) is not None]


def _time(match: re2._Match[str]) -> TimeMention | None:
    groups = match.groupdict()
    start, end = match.start(), match.end()
    if match.group().endswith("m.") and not match.group().endswith(".m."):
        end -= 1  # a full stop, not the abbreviation's
    if groups["h"]:
        hour, minute = int(groups["h"]) % 12 + (12 if groups["half"] in "pP" else 0), int(groups["m"] or 0)
        if int(groups["h"]) > 12:
            return None
    elif groups["h24"]:
        hour, minute = int(groups["h24"]), int(groups["m24"])
    elif groups["at_h"]:
        start, minute = match.start(match.re.groupindex["at_h"]), int(groups["at_m"])
        hour = (
            int(groups["at_h"]) % 12 + (12 if groups["at_half"] in "pP" else 0)
            if groups["at_half"]
            else int(groups["at_h"])
        )
    elif groups["from_h"]:
        end = match.end(match.re.groupindex["from_m"])
        hour, minute = int(groups["from_h"]), int(groups["from_m"])
    elif groups["word"]:
        hour, minute = (0 if groups["word"].lower() == "midnight" else 12), 0
    elif groups["part"]:
        shift, minute = _PARTS[groups["part"].lower()]
        hour = (number(groups["part_h"]) or 0) + shift
    else:
        hour, minute = number(groups["clock"]) or 0, 0
    return TimeMention(start, end, hour, minute) if hour < 24 and minute < 60 else None
