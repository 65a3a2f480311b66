"""How often a criterion is judged rightly, in plain words, from the figures that are shipped.

Counts first, then shares of a hundred with their interval; no share where there are fewer than FEW to count.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.measuring.bootstrap import Estimate
from qualitycheck.measuring.figures import Scores
from qualitycheck.measuring.shipped import Shipped
from qualitycheck.measuring.summary import Row

FEW = 5
TOO_FEW = " (too few to give a rate)"


def measured_on(told: Shipped) -> str:
    """What the figures were measured on, as the beginning of any account of them."""
    return (
        f"Measured on {told.summary.reports} reports by {told.voices} authors that the checker had never met. "
        "The reports are fictional and machine-written, and so is what was marked in them."
    )


def of_criterion(told: Shipped, id_: str) -> list[str]:
    """Sentences about one criterion; empty where it was not measured."""
    if id_ in told.summary.by_element:
        return list(_of_element(told.summary.by_element[id_]))
    if id_ in told.summary.by_fault:
        return list(_of_fault(told.summary.by_fault[id_]))
    return []


def _of_element(row: Row) -> Iterator[str]:
    right, of = row.right.count, row.right.of
    yield f"It judged this element {_times(of)} and was right {_times(right)}{_share(row.right.estimate, of, right)}."
    lacking = row.deficient
    there = lacking.found + lacking.missed
    if there:
        yield (
            f"In {_counted(there, 'report')} the element was in fact partial or missing: it noticed that in "
            f"{_some(lacking.found)} and passed over {_some(lacking.missed)}."
        )
    else:
        yield "In none of these reports was it partial or missing, so nothing is known of how well it notices that."
    sound = of - there
    if sound:
        yield (
            f"In the other {sound} there was nothing to mend: it called {_some(lacking.false)} of them partial or "
            f"missing{' all the same' if lacking.false else ''}."
        )


def _of_fault(scores: Scores) -> Iterator[str]:
    there, flags = scores.found + scores.missed, scores.found + scores.false
    if there:
        yield (
            f"There were {_counted(there, 'such fault')}: it flagged {_some(scores.found)} and passed over "
            f"{_some(scores.missed)}{_share(scores.recall, there, scores.found, 'found')}."
        )
    else:
        yield "There was no such fault in these reports."
    if flags and not scores.false:
        rightly = "rightly" if flags == 1 else "rightly each time"
        yield f"It flagged this {_times(flags)}, {rightly}{_share(scores.precision, flags, flags)}."
    elif flags:
        yield (
            f"It flagged this {_times(flags)}: {_some(scores.found)} rightly, and {scores.false} "
            f"{'was a false alarm' if scores.false == 1 else 'were false alarms'}"
            f"{_share(scores.precision, flags, scores.found)}."
        )
    else:
        yield "It never flagged this."


def _share(estimate: Estimate, of: int, right: int, what: str = "right") -> str:
    """The share in brackets, with what few reports leave open; nothing where there are too few."""
    if of < FEW:
        return TOO_FEW
    if estimate.value is None:
        return ""
    if right == of:
        return f". That it made no mistake in {of} does not mean that it makes none"
    if estimate.low is None or estimate.high is None:
        return f" ({_hundredths(estimate.value)} of 100 {what})"
    between = f"{_hundredths(estimate.low)} and {_hundredths(estimate.high)}"
    return f" ({_hundredths(estimate.value)} of 100 {what}; with reports as few as these, anything between {between})"


def hundredths(estimate: Estimate) -> str:
    """A share of a hundred with its interval: "87 of 100 (between 83 and 90)"; a dash where there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    between = f"between {_hundredths(estimate.low)} and {_hundredths(estimate.high)}"
    return f"{_hundredths(estimate.value)} of 100 ({between})"


def _hundredths(share: float) -> int:
    return round(share * 100)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _some(count: int) -> str:
    return str(count or "none")
