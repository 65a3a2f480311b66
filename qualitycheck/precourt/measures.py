"""What is counted of any group of readings: of a month, of managers, of a team. Each measure says what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from qualitycheck.precourt.cells import Cell, Days, Rate, Share
from qualitycheck.precourt.record import Record, Request

Records = Sequence[Record]
Parts = Callable[[Sequence[Cell]], list[int]]  # of one row, for its bar


@dataclass(frozen=True)
class Measure:
    """Columns of cells; `parts` and `legend` draw the first `drawn` of them as one bar a row."""

    id: str
    title: str
    definition: str
    columns: tuple[str, ...]
    cells: Callable[[Records], list[Cell]]
    legend: tuple[str, ...] = ()
    parts: Parts | None = None
    drawn: int = 0


def measures(everything: Records, today: date) -> list[Measure]:
    """Those of readings that were given back; `everything` is what groups are parts of."""
    return [
        _readings(len(everything)),
        _against_filing("read", "Read before filing", _READ, lambda record: record.returned, 4),
        _against_filing("signed-off", "Signed off before filing", _SIGNED, lambda record: record.signed_off, 5),
        _COMMENTS,
        _actions(today),
        _JUDGED,
        _TIME,
    ]


# Readings


def _readings(all_of_them: int) -> Measure:
    def cells(records: Records) -> list[Cell]:
        given = len(records)
        return [
            Share(given, all_of_them),
            Share(sum(record.signed_off is not None for record in records), given),
            Share(sum(record.withdrawn is not None for record in records), given),
        ]

    return Measure(
        "readings",
        "Readings done",
        "A reading is done when its reader has given the report back at least once, with comments or signed off. It "
        "counts in the month in which that was first so, under whoever has it: a manager, or a peer. Signed off: the "
        "reader asks for nothing more. Withdrawn: by the author or a manager, after it was given back.",
        ("readings done", "signed off", "withdrawn after it was read"),
        cells,
        ("signed off", "not signed off"),
        lambda row: [_count(row[1]), row[1].of - _count(row[1])],
        drawn=2,
    )


# Before filing or after

_BY_THE_DAY = (
    " On the day itself counts as before. Where nobody has recorded the filing, the day it was due is all there is to "
    "go by, and it is said so; past that day it is not known whether the report was filed first."
)
_READ = "The day of the first giving back, against the day that its author or reader recorded as that of the filing."
_SIGNED = "The day of the sign-off, against the day that its author or reader recorded as that of the filing."


_COLUMNS = (
    "before filing",
    "after filing",
    "by the day it was due, filing not recorded",
    "after the day it was due, filing not recorded: not known",
    "not signed off",
)
_LEGEND = ("before", "after", "by the day due", "not known", "not signed off")


def _against_filing(
    id: str, title: str, definition: str, day: Callable[[Record], date | None], columns: int
) -> Measure:
    def cells(records: Records) -> list[Cell]:
        places = [_place(record, day(record)) for record in records]
        return [Share(places.count(place), len(records)) for place in range(columns)]

    return Measure(
        id,
        title,
        definition + _BY_THE_DAY,
        _COLUMNS[:columns],
        cells,
        _LEGEND[:columns],
        lambda row: [_count(cell) for cell in row],
        drawn=columns,
    )


def _place(record: Record, day: date | None) -> int:
    if day is None:
        return 4
    if record.filed is not None:
        return 0 if day <= record.filed else 1
    return 2 if day <= record.filing else 3


# Comments


def _commented(records: Records) -> list[Cell]:
    given = len(records)
    return [
        Share(sum(record.comments > 0 for record in records), given),
        Share(sum(bool(record.requests) for record in records), given),
        Rate(sum(record.comments for record in records), given),
        Rate(sum(len(record.requests) for record in records), given),
    ]


_COMMENTS = Measure(
    "comments",
    "Comments",
    "A comment is substantive when it asks for something to be done. Praise, remarks and the reader's overall reason "
    "are not. Comments are those of drafts that were given back, each counted once however many rounds it stays open.",
    ("with a comment", "with a substantive comment", "comments in readings", "substantive comments in readings"),
    _commented,
    ("a substantive comment", "comments, none substantive", "no comment"),
    lambda row: [_count(row[1]), _count(row[0]) - _count(row[1]), row[0].of - _count(row[0])],
    drawn=2,
)


# Requested actions


def _actions(today: date) -> Measure:
    def cells(records: Records) -> list[Cell]:
        asked = [(record, request) for record in records for request in record.requests]
        stood = [_stood(record, request, today) for record, request in asked]
        acted = [request for (_, request), how in zip(asked, stood, strict=True) if how == 0]
        due_only = sum(record.filed is None for record, _ in asked)
        readings = sum(bool(record.requests) for record in records)
        changed = sum(any(_stood(record, one, today) == 0 for one in record.requests) for record in records)
        behind = changed or readings  # that there are none is told by as few as that
        return [
            *(Share(stood.count(how), len(asked), readings) for how in range(7)),
            Share(due_only, len(asked), readings),
            Share(sum(request.settled is True for request in acted), len(acted), behind),
            Share(sum(request.settled is False for request in acted), len(acted), behind),
        ]

    return Measure(
        "actions",
        "Requested actions",
        "What each substantive comment asked for, as it stood at the end of the day of filing: as recorded or, where "
        "nobody recorded it, the day it was due. Acted on: the author said by then that it was changed, and sent a "
        "draft in which the passage does not read as before; nothing else counts as that, neither silence nor a "
        "sign-off nor a passage that reads differently. A comment on the whole report, and readings counted by an "
        "earlier version of the program, have no passage to look at: there the author's word counts. Said to be "
        "changed, passage as before: the draft sent next, or where the answer came after it the last one, has the "
        "passage in the same words; the change may be elsewhere in it. Said to be changed, no later draft sent: nobody "
        "but the author can tell. Declined: the author "
        "said by then why not, which is legitimate. Open at filing: no answer by then, whatever was said later. Not "
        "due: no answer, and the day of filing is not over. Withdrawn: no answer, and the reading was withdrawn before "
        "filing. Of those acted on, the reader may have marked on a later draft that it is settled, or still open.",
        (
            "acted on before filing",
            "declined with a reason",
            "open at filing",
            "not due",
            "withdrawn",
            "said to be changed, passage as before",
            "said to be changed, no later draft sent",
            "filing not recorded",
            "of those acted on: settled",
            "of those acted on: still open to the reader",
        ),
        cells,
        ("acted on", "declined", "open at filing", "not due", "withdrawn", "said to be changed, not seen"),
        lambda row: [*(_count(cell) for cell in row[:5]), _count(row[5]) + _count(row[6])],
        drawn=7,
    )


_CHANGED: dict[str | None, int] = {"as-before": 5, "no-later-draft": 6}


def _stood(record: Record, request: Request, today: date) -> int:
    """The column it counts in."""
    filing = record.filed or record.filing
    if request.on is not None and request.on <= filing:
        return _CHANGED.get(request.seen, 0) if request.said == "changed" else 1
    if record.withdrawn is not None and record.filed is None and record.withdrawn <= filing:
        return 4
    return 3 if record.filed is None and today <= filing else 2


# What was judged, and how long it took


def _judged(records: Records) -> list[Cell]:
    there = [record for record in records if record.elements]
    written = [record for record in there if record.kinds]  # those counted by an earlier version have none
    contents = Share(sum(each.judged for each in there), sum(each.elements for each in there), len(there))
    writing = Share(sum(each.kinds_judged for each in written), sum(each.kinds for each in written), len(written))
    judged, of = contents.count + writing.count, contents.of + writing.of
    full = sum(each.judged >= each.elements and each.kinds_judged >= each.kinds for each in there)
    return [
        Share(judged, of, len(there)),
        Share(of - judged, of, len(there)),
        contents,
        writing,
        Share(full, len(there)),
    ]


_JUDGED = Measure(
    "judged",
    "Criteria judged by readers",
    "Of the criteria that apply to the report, contents and writing, those of which the reader recorded a judgement of "
    "their own on the last draft given back, and the readings in which they did of every one. Of readings counted by "
    "an earlier version of the program only the contents are known.",
    (
        "criteria judged",
        "criteria not judged",
        "of the contents: judged",
        "of the writing: judged",
        "readings with every criterion judged",
    ),
    _judged,
)


def _took(records: Records) -> list[Cell]:
    drafts = [days for record in records for days in record.days]
    whole = [(record.signed_off - record.asked).days for record in records if record.signed_off]
    return [_median(drafts, sum(bool(record.days) for record in records)), _median(whole, len(whole))]


_TIME = Measure(
    "time",
    "Turn-round time",
    "Days with the reader: from a draft's being sent to its being given back, each draft for itself. Days to sign-off: "
    "from the first sending. The median, with how many it was taken of; calendar days, 0 is the same day.",
    ("days with the reader, a draft", "days to sign-off, a reading"),
    _took,
)


def _median(days: list[int], readings: int) -> Days:
    return Days(float(median(days)) if days else None, len(days), readings)


def _count(cell: Cell) -> int:
    assert isinstance(cell, Share | Rate)
    return cell.count
