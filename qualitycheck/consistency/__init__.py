"""The exact checks: each takes a case and yields its faults, sure enough to be shown as they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qualitycheck.consistency.addresses import addresses
from qualitycheck.consistency.ages import ages, ages_told_twice, school_years
from qualitycheck.consistency.aligned import aligned
from qualitycheck.consistency.announced import announced
from qualitycheck.consistency.births import births
from qualitycheck.consistency.calendar_checks import (
    date_order,
    durations,
    future_dates,
    impossible_dates,
    lasting,
    visit_dates,
    weekdays,
)
from qualitycheck.consistency.case_number import case_number, other_case_number
from qualitycheck.consistency.children import child_count, pronouns
from qualitycheck.consistency.cross_references import cross_references
from qualitycheck.consistency.events import events
from qualitycheck.consistency.fault import Check, Fault, Span
from qualitycheck.consistency.livelihoods import livelihoods
from qualitycheck.consistency.living import living
from qualitycheck.consistency.names import child_surnames, holders, kinship, names, strangers
from qualitycheck.consistency.placeholders import empty_sections, placeholders
from qualitycheck.consistency.quantities import quantities
from qualitycheck.consistency.repetition import repetition
from qualitycheck.consistency.sides import sides

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "addresses": addresses,
        "ages": ages,
        "ages-told-twice": ages_told_twice,
        "aligned": aligned,
        "announced": announced,
        "births": births,
        "case-number": case_number,
        "child-count": child_count,
        "child-surnames": child_surnames,
        "cross-references": cross_references,
        "date-order": date_order,
        "durations": durations,
        "empty-sections": empty_sections,
        "event-dates": events,
        "future-dates": future_dates,
        "holders": holders,
        "impossible-dates": impossible_dates,
        "kinship": kinship,
        "lasting": lasting,
        "livelihoods": livelihoods,
        "living": living,
        "names": names,
        "other-case-number": other_case_number,
        "placeholders": placeholders,
        "pronouns": pronouns,
        "quantities": quantities,
        "repetition": repetition,
        "school-years": school_years,
        "sides": sides,
        "strangers": strangers,
        "visit-dates": visit_dates,
        "weekdays": weekdays,
    }
)

__all__ = ["CHECKS", "Check", "Fault", "Span"]
