"""Run an exact check and put its faults in the shape of flags."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qualitycheck.consistency import CHECKS
from qualitycheck.proofing import language_errors
from qualitycheck.rulebook.flag import Flag, Place
from qualitycheck.rulebook.schema import CheckRule
from qualitycheck.understanding.case import Case

PROOFING = "proofing"  # the one check that takes the words an office accepts


def flags(rule: CheckRule, case: Case, accepted: Collection[str]) -> Iterator[Flag]:
    """The check's faults, in its own order; raises KeyError for a check that does not exist."""
    faults = language_errors(case, accepted) if rule.check == PROOFING else CHECKS[rule.check](case)
    for fault in faults:
        related = tuple(Place(*place) for place in fault.related)
        yield Flag(Place(fault.paragraph, fault.start, fault.end), related=related, detail=fault.detail)


def names() -> frozenset[str]:
    """The checks that a rule may name."""
    return frozenset(CHECKS) | {PROOFING}
