"""How many reports of each stratum: in proportion to the frame, or as many as were asked for."""

from __future__ import annotations

from collections.abc import Mapping

from qualitycheck.errors import UserError


class CannotDraw(UserError):
    """The frame does not hold what was asked for; the message says which stratum, and what to ask for instead."""


def proportional(reports: Mapping[str, int], size: int, *, at_least_one: bool = False) -> dict[str, int]:
    """So many of each stratum that together they are `size`: the quota's whole part, then the largest remainders.

    The method of Hamilton, or largest remainder: no stratum is further than one report from its exact quota. Of equal
    remainders the larger stratum's goes first, then the first in order of name. With `at_least_one`, a stratum whose
    quota is below one gets one, and the others share what is left in proportion.

    Raises:
        CannotDraw: if the frame has fewer reports than `size`, or more strata than that with `at_least_one`.
    """
    total = sum(reports.values())
    if size > total:
        raise CannotDraw(f"{size} reports are wanted, and the frame has {total}: ask for fewer")
    if at_least_one and size < len(reports):
        raise CannotDraw(f"{size} reports cannot hold one of each of {len(reports)} strata: ask for more")
    if at_least_one:
        small = [name for name, count in reports.items() if count * size < total]
        if small:
            rest = {name: count for name, count in reports.items() if name not in small}
            shared = proportional(rest, size - len(small), at_least_one=True) if rest else {}
            return {name: 1 if name in small else shared[name] for name in reports}
    drawn = {name: count * size // total for name, count in reports.items()} if total else dict.fromkeys(reports, 0)
    by_remainder = sorted(reports, key=lambda name: (-(reports[name] * size % total), -reports[name], name))
    for name in by_remainder[: size - sum(drawn.values())]:
        drawn[name] += 1
    return drawn


def fixed(reports: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    """As many of each stratum as `sizes` says.

    Raises:
        CannotDraw: if it names a stratum that the frame has not, leaves one out that it has, asks for more reports
            than there are, or for none at all.
    """
    there = ", ".join(reports)
    for name, size in sizes.items():
        if name not in reports:
            raise CannotDraw(f"the frame has no {name}: it has {there}")
        if size > reports[name]:
            raise CannotDraw(f"{size} of {name} are wanted, and the frame has {reports[name]}: ask for fewer")
    for name in reports:
        if name not in sizes:
            raise CannotDraw(f"no size is given for {name}: say --size {name}=0 to leave it out")
    if not any(sizes.values()):
        raise CannotDraw("every size is 0: ask for at least one report")
    return {name: sizes[name] for name in reports}
