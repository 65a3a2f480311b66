"""What is counted by criterion and by rule: what was lacking, what keeps coming back, and who agreed with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qualitycheck.inspecting.agreement import kappa, kappa_within
from qualitycheck.measuring.bootstrap import Estimate
from qualitycheck.precourt.cells import Agreed, Block, Cell, Row, Share, apart, block, hidden
from qualitycheck.precourt.reading import Stance, stance_on
from qualitycheck.precourt.record import Found, Pair, Record
from qualitycheck.result import LACKING, Status
from qualitycheck.rulebook.schema import Criterion

Records = Sequence[Record]
Criteria = Mapping[str, Criterion]  # in the order of the catalogue
Told = tuple[int, Stance]  # the number of a reading, and what its reader made of what the checker said
GRADES = (Status.MISSING, Status.PARTIAL, Status.MET)
EVERY, EVERY_RULE = "All elements together", "All rules together"

LACKING_DEFINITION = (
    "Reports read in which a criterion was lacking, of those to which it applies: an element that is partial or not "
    "found, or at least one finding. By the checker in the first draft given back and in the last, whatever the author "
    "set aside; and as the reader judged it, of the reports in which the reader did."
)
LACKING_COLUMNS = ("checker, first draft", "checker, last draft", "reader's own judgement")
REPEATED_DEFINITION = (
    "Criteria that the checker found lacking in the first draft of reports of more than one month: how many reports of "
    "the team had it, month by month, of those read in it to which the criterion applies."
)
AGREEMENT_DEFINITION = (
    "How far the reader's first judgement of an element is the checker's of the same draft, beyond what chance would "
    "give: Cohen's kappa with quadratic weights over not found, partial and met, so that nearer is counted as nearer; "
    "1 is full agreement, 0 what chance gives. The interval of 95% is by bootstrap over reports. Judgements given "
    "before the reader saw the checker's view are independent of it; those given after are not, and say little of how "
    "right either is. What one of the two held not applicable is in no kappa and is counted beside it. A dash: one "
    "of the two only ever gave one grade, from which no figure follows."
)
AGREEMENT_COLUMNS = ("before the reader saw the checker's view", "after: not independent")
OVERRULED_DEFINITION = (
    "Of the findings of a rule that readers answered, and of the elements that they judged, those in which the reader "
    "disagreed with the checker, and those in which they found something in it but not as it was said. A finding "
    "counts once a reading, with the reader's last word; an element with the first judgement, given before or after "
    "the checker's view was seen, under its criterion and whatever decided it there: a rule, a model or both."
)
OVERRULED_COLUMNS = ("disagreed", "amended")


def lacking(records: Records, criteria: Criteria, smallest: int) -> Block:
    rows, judged_of = {}, _by_element(records)
    for id, criterion in criteria.items():
        first = [looked for record in records if (looked := _lacks(record.first, record, criterion)) is not None]
        last = [looked for record in records if (looked := _lacks(record.last, record, criterion)) is not None]
        given = judged_of.get(id, [])
        judged = [pair.reader in LACKING for pair in given if pair.reader is not Status.NOT_APPLICABLE]
        if first or judged:
            rows[criterion.title] = [Share(sum(found), len(found)) for found in (first, last, judged)]
    return apart("criterion", rows, smallest)


def repeated(by_month: Mapping[str, Records], criteria: Criteria, smallest: int) -> Block:
    """Its columns are the months; what is hidden in a month cannot be had from what a criterion comes to in all."""
    rows = []
    for criterion in criteria.values():
        months: dict[str, list[Cell]] = {}
        for month, records in by_month.items():
            looked = [found for record in records if (found := _lacks(record.first, record, criterion)) is not None]
            months[month] = [Share(sum(looked), len(looked))]
        shown = block("month", months, [len(records) for records in by_month.values()], smallest)
        cells = tuple(row.cells[0] for row in shown.rows)
        if sum(isinstance(cell, Share) and cell.count > 0 for cell in cells) > 1:
            rows.append((criterion.title, cells))
    return Block("criterion", tuple(Row(*row) for row in rows))


def agreement(records: Records, criteria: Criteria, smallest: int) -> Block:
    rows: dict[str, list[Cell]] = {}
    judged = _by_element(records)
    if judged:
        rows[EVERY] = [_together(records, independent) for independent in (True, False)]
    for id, criterion in criteria.items():
        if pairs := judged.get(id):
            rows[criterion.title] = [
                _agreed([pair for pair in pairs if pair.independent is independent]) for independent in (True, False)
            ]
    return apart("criterion", rows, smallest)


def overruled(records: Records, criteria: Criteria, smallest: int) -> Block:
    """In the order of the rules' ids, elements first; their sum is the last row."""
    said: dict[str, list[Told]] = {}
    order = {id: place for place, id in enumerate(criteria)}
    judged = [(pair, number) for number, record in enumerate(records) for pair in record.pairs]
    for pair, number in sorted(judged, key=lambda told: order.get(told[0].criterion, len(order))):
        if pair.criterion in criteria:
            rule = f"{pair.criterion} ({pair.decided_by})"
            said.setdefault(rule, []).append((number, stance_on(pair.reader, pair.checker)))
    answered = [(each.rule, number, each.stance) for number, record in enumerate(records) for each in record.reacted]
    for rule, number, stance in sorted(answered):
        said.setdefault(rule, []).append((number, stance))
    behind = [{number for number, _ in told} for told in said.values()]  # one reading may be in several rows
    gone = hidden(
        [len(readings) for readings in behind],
        smallest,
        together=lambda places: len(set().union(*(behind[place] for place in places))),
    )
    rows = [
        Row(rule, (None, None) if place in gone else tuple(_stances(told)))
        for place, (rule, told) in enumerate(said.items())
    ]
    if len(said) < 2:
        return Block("rule", tuple(rows))
    every = [each for told in said.values() for each in told]
    whole = apart("rule", {EVERY_RULE: _stances(every)}, smallest)
    return Block("rule", (*rows, *whole.rows))


def _stances(told: Sequence[Told]) -> list[Cell]:
    stances, readings = [stance for _, stance in told], len({number for number, _ in told})
    return [Share(stances.count(stance), len(stances), readings) for stance in (Stance.DISAGREE, Stance.AMEND)]


def _lacks(found: Found | None, record: Record, criterion: Criterion) -> bool | None:
    """None where the checker did not look for it, or it does not apply."""
    if found is None or record.type not in criterion.report_types:
        return None
    if criterion.kind == "finding":
        return found.findings.get(criterion.id, 0) > 0
    status = found.elements.get(criterion.id, Status.NOT_APPLICABLE)
    return None if status is Status.NOT_APPLICABLE else status in LACKING


def _by_element(records: Records) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for record in records:
        for pair in record.pairs:
            found.setdefault(pair.criterion, []).append(pair)
    return found


def _graded(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    return [(pair.checker, pair.reader) for pair in pairs if pair.checker in GRADES and pair.reader in GRADES]


def _apart(pairs: Iterable[Pair]) -> int:
    return sum((pair.checker in GRADES) != (pair.reader in GRADES) for pair in pairs)


def _agreed(pairs: Sequence[Pair]) -> Agreed:
    given = _graded(pairs)
    return Agreed(kappa(given, GRADES) if _tells(given) else Estimate(None), len(given), _apart(pairs))


def _together(records: Records, independent: bool) -> Agreed:
    pairs = [[pair for pair in record.pairs if pair.independent is independent] for record in records]
    reports = [given for each in pairs if (given := _graded(each))]
    tells = _tells([one for given in reports for one in given])
    figure = kappa_within(reports, GRADES) if tells else Estimate(None)
    return Agreed(figure, len(reports), sum(map(_apart, pairs)))


def _tells(given: Sequence[tuple[str, str]]) -> bool:
    """Whether anything follows: where one of the two gives all the same grade, kappa is 0 whatever the other does."""
    return all(len(set(grades)) > 1 for grades in zip(*given, strict=True)) and bool(given)
