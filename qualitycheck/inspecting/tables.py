"""The results as tables of words and figures, the same for every form they go out in.

Every table names the scale of its grades and the scale of its words, and every share stands with its counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from types import MappingProxyType

from qualitycheck.inspecting.grades import OVERALL
from qualitycheck.inspecting.proportions import Proportion
from qualitycheck.inspecting.results import Cell, Criterion, Results, Row, Settings, Twice, called
from qualitycheck.inspecting.scales import NOT_APPLICABLE
from qualitycheck.measuring.bootstrap import Estimate
from qualitycheck.rendering.tables import Table, Value
from qualitycheck.rulebook import schema
from qualitycheck.sampling.drawing import digest
from qualitycheck.sampling.manifest import WhyChanged

FAULT = "A fault: the best grade is for a report that is free of it."
FAULT_MET = "A fault: met is free of it, partial has some of it, missing (not met) has much of it."
METHODS = {"wilson": "Wilson", "exact": "Clopper-Pearson", "all read": "all read", "combined": "combined"}
LITTLE = "there kappa and alpha say little of how far readers agree: look at how many were graded apart."
WHY: Mapping[WhyChanged, str] = MappingProxyType(
    {"missing": "missing", "refused": "refused", "not-eligible": "not eligible", "other": "other"}
)


@dataclass(frozen=True)
class Titles:
    """What criteria are called; those that are not in the catalogue are called by their own id."""

    known: Mapping[str, str]
    faults: Collection[str] = ()

    @classmethod
    def of_catalogue(cls, criteria: Mapping[str, schema.Criterion]) -> Titles:
        faults = frozenset(id_ for id_, criterion in criteria.items() if criterion.kind == "finding")
        return cls({id_: criterion.title for id_, criterion in criteria.items()}, faults)

    def of(self, criterion: str) -> str:
        if criterion == OVERALL:
            return "Overall"
        return self.known.get(criterion, criterion[:1].upper() + criterion[1:])


def tables(results: Results, titles: Titles) -> list[Table]:
    """All of them, in the order of an inspection's annex."""
    found = [_graded(criterion, results.settings, titles) for criterion in results.criteria]
    compared = [row for criterion in results.criteria for row in _compared(criterion, titles)]
    if compared:
        found.append(
            Table(
                "Strata compared",
                (
                    *_scales(results.settings),
                    "The difference of the shares that fall short, first less second, with its 95% interval. Where the "
                    "intervals of the two overlap they are not ranked. Nothing is adjusted for how many were compared.",
                    *_waiting(results, titles),
                ),
                ("criterion", "falls short", "first", "second", "difference", "from", "to", "what can be said"),
                tuple(compared),
            )
        )
    found += _agreed(results, titles)
    found += _helped(results, titles)
    found += _recurring(results, titles)
    if results.concerns:
        found.append(_concerns(results))
    if results.changes:
        found.append(_changes(results))
    return found


def about(results: Results, titles: Titles) -> list[str]:
    """What stands above all tables: what was graded of what, and what is still open."""
    graded = results.sample - len(results.missing)
    told = [*results.remarks]
    told.append(f"{graded} of {results.sample} reports of the sample graded; {results.frame.reports} in the frame.")
    if results.frame.left_out:
        told.append(f"Left out of the frame: {len(results.frame.left_out)} of {results.frame.listed} listed.")
    undrawn = [one for one in results.frame.strata if one.reports and not one.drawn]
    if undrawn:
        rest = results.frame.reports - sum(one.reports for one in undrawn)
        named = ", ".join(f"{called(one.name)} ({one.reports})" for one in undrawn)
        told.append(f"No report was drawn of {named}: all shares are of the other {rest} reports of the frame.")
    if results.changes:
        in_place = sum(change.into is not None for change in results.changes)
        refused = sum(change.why == "refused" for change in results.changes)
        told.append(
            f"Left the sample after the draw: {len(results.changes)}, {refused} of them refused; "
            f"{in_place} replaced by the next substitute."
        )
    if results.missing:
        told.append(f"Not graded: {_listed(results.missing)}. The figures take them to be like those that were.")
    told += _waiting(results, titles)
    if results.without_reason:
        told.append(f"Grades without a written reason: {results.without_reason}.")
    if results.passages_waiting > 0:
        told.append(f"Example passages to be confirmed by a person, and not printed: {results.passages_waiting}.")
    if not results.settings.finite:
        told.append("Intervals without finite-frame correction.")
    return told


def provisional(results: Results) -> str | None:
    """For every page, while differences wait."""
    waiting = sum(one.waiting for one in results.criteria)
    return f"Provisional: {_counted(waiting, 'difference')} of readers not settled." if waiting else None


def share(proportion: Proportion) -> str:
    """25 of 33, 76% (59 to 87)."""
    low, high = per_cent(proportion.low), per_cent(proportion.high)
    return f"{proportion.count} of {proportion.of}, {per_cent(proportion.share)}% ({low} to {high})"


def per_cent(share: float) -> int:
    return round(100 * share)


def said(cell: Cell) -> str:
    """The word with its fraction; the fraction alone where the scale has no word.

    Where strata count for more or less than their part of the sample, the word is that of another share than the
    fraction's, and the share is printed too.
    """
    p = cell.proportion
    fraction = f"{p.count} of {p.of}"
    if per_cent(p.share) != per_cent(p.count / p.of):
        fraction = f"{fraction}; {per_cent(p.share)}% of the frame"
    return in_words(cell, fraction)


def in_words(cell: Cell, fraction: str) -> str:
    """None and all are of those read, unless the whole stratum was: of the rest nobody knows."""
    if not cell.word:
        return fraction
    read = " of those read" if cell.word in ("none", "all") and cell.proportion.method != "all read" else ""
    return f"{cell.word}{read} ({fraction})"


def figure(estimate: Estimate) -> str:
    """0.62 (0.41 to 0.79); a dash where none can be given."""
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.2f} (too alike for an interval)"
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def _scales(settings: Settings, criterion: Criterion | None = None) -> tuple[str, ...]:
    scales = dict.fromkeys([settings.criteria.title, settings.overall.title])
    graded = criterion.scale.title if criterion else "; ".join(scales)
    return (f"Grades: {graded}.", f"Words: {settings.words.title}.")


def _graded(criterion: Criterion, settings: Settings, titles: Titles) -> Table:
    notes = [*_scales(settings, criterion), "Shares are of the frame, weighted by stratum, with 95% intervals."]
    if told := unsettled(criterion):
        notes.insert(0, told)
    if criterion.id in titles.faults:
        notes.append(FAULT_MET if criterion.scale.name == "met" else FAULT)
    if any(row.graded is None for row in criterion.rows):
        notes.append(
            f"Strata of fewer than {settings.smallest} reports, and one more that would tell of them: not shown."
        )
    heads = ("stratum", "graded", NOT_APPLICABLE, "grade", "count", "share %", "from %", "to %", "interval", "in words")
    return Table(titles.of(criterion.id), tuple(notes), heads, tuple(_lines(criterion.rows)))


def unsettled(criterion: Criterion) -> str | None:
    """How many reports its figures are without, while differences wait."""
    if not criterion.waiting:
        return None
    return (
        f"Not in this table: {_counted(criterion.waiting, 'report')} graded apart by two readers, until it is "
        "settled what counts. They may be the harder ones, so the figures are provisional."
    )


def _lines(rows: Sequence[Row]) -> Iterator[tuple[Value, ...]]:
    for row in rows:
        if row.cells is None:
            yield (row.stratum, None, None, "too few to show", *[None] * 6)
        elif not row.cells:
            yield (row.stratum, 0, row.not_applicable, "none graded", *[None] * 6)
        else:
            for cell in row.cells:
                p = cell.proportion
                yield (
                    row.stratum,
                    row.graded,
                    row.not_applicable,
                    cell.grade,
                    p.count,
                    per_cent(p.share),
                    per_cent(p.low),
                    per_cent(p.high),
                    METHODS[p.method],
                    said(cell),
                )


def _compared(criterion: Criterion, titles: Titles) -> Iterator[tuple[Value, ...]]:
    for one in criterion.comparisons:
        more = one.first if one.apart > 0 else one.second
        told = "cannot be told apart" if one.overlapping else f"higher in {more}"
        points = [round(100 * number) for number in (one.apart, one.low, one.high)]
        yield (titles.of(criterion.id), criterion.scale.falling_short, one.first, one.second, *points, told)


def _agreed(results: Results, titles: Titles) -> Iterator[Table]:
    """Readers by letters: what is printed says nothing of a person. Their names are in the JSON."""
    letters = _letters(results)
    rows: list[tuple[Value, ...]] = []
    for criterion in results.criteria:
        found, twice = criterion.agreement, criterion.twice
        if not twice.read:
            continue
        name = titles.of(criterion.id)
        off = found.apart or None
        of_twice = (twice.differed, twice.settled, twice.by_a_reader)
        rows.append((name, "all pairs", found.reports, "alpha", figure(found.alpha), off, *of_twice))
        for pair in found.pairs:
            who = " and ".join(sorted(letters[reader] for reader in pair.readers))
            rows.append((name, who, pair.reports, "kappa", figure(pair.kappa), *[None] * 4))
    if not rows:
        return
    notes = [
        *_scales(results.settings),
        "1 is full agreement, 0 what chance gives, with 95% intervals: Krippendorff's alpha (ordinal) over all pairs, "
        "Cohen's kappa (quadratic weights) of each. A dash: fewer than five reports, or only one grade ever given, "
        "from which no figure follows. With few reports the intervals are rough. Settled by a reader: by somebody who "
        "had read the report themselves.",
    ]
    if alike := [titles.of(one.id) for one in results.criteria if one.agreement.one_grade]:
        notes.append(f"More than nine in ten readings gave one grade on: {', '.join(alike)}; {LITTLE}")
    heads = ("criterion", "readers", "reports read twice", "figure", "agreement", "apart on whether it applies")
    yield Table(
        "Agreement of readers", tuple(notes), (*heads, "graded apart", "settled", "settled by a reader"), tuple(rows)
    )


def settled_of(twice: Twice) -> str:
    """13 reports read twice; 4 graded apart; 3 settled, 1 of them by somebody who had read the report themselves."""
    told = f"{_counted(twice.read, 'report')} read twice; {twice.differed or 'none'} graded apart"
    if twice.differed:
        told += f"; {twice.settled or 'none'} settled"
    if twice.settled:
        told += f", {twice.by_a_reader or 'none'} of them by somebody who had read the report themselves"
    return told


def _letters(results: Results) -> dict[str, str]:
    """Reader A, reader B … by name; their order is not that of the alphabet."""
    readers = {reader for one in results.settled if len(one.given) > 1 for reader in one.given}
    ordered = sorted(readers, key=lambda reader: digest(results.frame.sha256, reader))
    few = len(ordered) <= len(ascii_uppercase)
    return {reader: f"reader {ascii_uppercase[at] if few else at + 1}" for at, reader in enumerate(ordered)}


def _waiting(results: Results, titles: Titles) -> list[str]:
    where = [f"{titles.of(one.id)} ({_counted(one.waiting, 'report')})" for one in results.criteria if one.waiting]
    return [f"Graded apart by two readers, not settled, and in no figure: {', '.join(where)}."] if where else []


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _helped(results: Results, titles: Titles) -> Iterator[Table]:
    rows: list[tuple[Value, ...]] = []
    for criterion in results.criteria:
        short = criterion.whole.short
        if short is None or (criterion.assisted is None and criterion.why_not_assisted is None):
            continue
        row: list[Value] = [titles.of(criterion.id), criterion.scale.falling_short, share(short.proportion)]
        if helped := criterion.assisted:
            told = f"{per_cent(helped.share)}% ({per_cent(helped.low)} to {per_cent(helped.high)})"
            rows.append((*row, told, round(helped.tuning, 2)))
        else:
            rows.append((*row, f"none: {criterion.why_not_assisted}", None))
    if rows:
        yield Table(
            "Beside them: estimates with the checker's help",
            (
                *_scales(results.settings),
                "The plain figures are the results; these stand beside them. The checker's view of the whole frame "
                "takes off some of the chance of the draw, after its mean error on the graded reports is taken off "
                "(prediction-powered inference, docs/inspecting.md). Followed: 0 not at all, 1 fully.",
                *_waiting(results, titles),
            ),
            ("criterion", "falls short", "plain", "with the checker's help", "followed"),
            tuple(rows),
        )


def _recurring(results: Results, titles: Titles) -> Iterator[Table]:
    rows = [
        (
            titles.of(one.criterion),
            share(one.proportion),
            " / ".join(f"“{passage}”" for passage in one.passages) or None,
        )
        for one in results.recurring
    ]
    if rows:
        yield Table(
            "Faults that recur",
            (
                *_scales(results.settings),
                "Seen by readers in two reports or more, of the reports graded. Names in the passages are replaced by "
                "who people are; only passages that a person has confirmed are printed.",
            ),
            ("fault", "reports", "for example"),
            tuple(rows),
        )


def _concerns(results: Results) -> Table:
    """How many and for how long. What they are is written of a child's case, and stands in the JSON, not in print."""
    rows = [
        (one.date.isoformat(), f"closed {one.closed.isoformat()}" if one.closed else "open")
        for one in sorted(results.concerns, key=lambda concern: (concern.closed is not None, concern.date))
    ]
    return Table(
        "Serious concerns, for immediate review",
        (
            *_scales(results.settings),
            f"{sum(one.closed is None for one in results.concerns)} open. What each is, who looks into it and what "
            "came of it are not for print: they are in the JSON.",
        ),
        ("raised", "state"),
        tuple(rows),
    )


def _changes(results: Results) -> Table:
    rows = [
        (change.date.isoformat(), change.out, WHY[change.why], change.reason, change.into or "nothing")
        for change in results.changes
    ]
    return Table(
        "Changes since the draw",
        (*_scales(results.settings), "Substitutes are those next in the order of the draw; nobody chooses them."),
        ("date", "left the sample", "why", "reason", "in its place"),
        tuple(rows),
    )


def _listed(names: Sequence[str], most: int = 10) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
