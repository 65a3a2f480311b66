"""A plan as people read it: how many reports of each stratum, and how many read twice, and by what reckoning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualitycheck.errors import BadSetting
from qualitycheck.sampling.planning import (
    DRAWS,
    WORST_SHARE,
    ReadTwice,
    Weights,
    half_width,
    read_twice_needed,
    reports_needed,
)
from qualitycheck.sampling.telling import counted


@dataclass(frozen=True)
class Needed:
    """Reports of one stratum ("" is the whole) of `frame` (None is endless), and the half-width that they give."""

    stratum: str
    frame: int | None
    reports: int
    half_width: float


@dataclass(frozen=True)
class Plan:
    """What was wanted and what it takes; a part that was not asked for is empty, or None."""

    confidence: float
    wanted: float | None
    share: float | None  # None is the worst
    needed: tuple[Needed, ...]
    agreement_wanted: float | None
    agreement: float | None  # None is the worst
    grades: tuple[float, ...]
    weights: Weights
    twice: ReadTwice | None

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        reports = twice = None
        if self.wanted is not None:
            reports = {
                "half_width": self.wanted,
                "share": self.share,
                "method": "Wilson interval with finite-population correction",
                "strata": [vars(one) for one in self.needed],
                "total": sum(one.reports for one in self.needed),
            }
        if self.twice:
            twice = {
                "half_width": self.agreement_wanted,
                "agreement": self.twice.kappa,
                "expected": self.agreement is not None,
                "shares": list(self.grades),
                "weights": self.weights,
                "reports": self.twice.reports,
                "formula": self.twice.formula,
                "simulated": self.twice.simulated,
            }
        return {"schema": "qualitycheck/sample-plan/1", "confidence": self.confidence, "read": reports, "twice": twice}

    def told(self) -> Iterator[str]:
        """Lines."""
        yield f"For intervals of {100 * self.confidence:.4g}%"
        if self.wanted is not None:
            at = "whatever the share comes out as" if self.share is None else f"if the share is about {self.share:.0%}"
            yield f"To read, for a share to {_points(self.wanted)} points either way, {at}:"
            for one in self.needed:
                of = f" of {one.frame:,}" if one.frame else ""
                name = f"{one.stratum}: " if one.stratum else ""
                yield f"  {name}{counted(one.reports, 'report')}{of} ({_points(one.half_width)} points)"
            if len(self.needed) > 1:
                yield f"  together: {counted(sum(one.reports for one in self.needed), 'report')}"
            yield "Wilson's interval, with the correction for a finite frame where its size is given."
        if self.twice and self.agreement_wanted is not None:
            at = "the least certain" if self.agreement is None else "as expected"
            yield (
                f"To read twice, for an agreement beyond chance to {self.agreement_wanted:.2f} either way,"
                f" at an agreement of {self.twice.kappa:.2f} ({at}):"
            )
            yield f"  {counted(self.twice.reports, 'report')}"
            yield (
                f"Cohen's kappa, {_weighted(self.weights)}; {self.twice.formula:,} by the formula of Fleiss, Cohen and"
                f" Everitt (1969), {self.twice.simulated:,} by {DRAWS:,} simulated samples; the larger counts."
            )
            yield f"Shares of the grades: {', '.join(f'{share:.0%}' for share in self.grades)}."


def plan(
    wanted: float | None,
    agreement_wanted: float | None,
    *,
    confidence: float,
    share: float | None,
    frame: Mapping[str, int | None],
    grades: Sequence[float],
    agreement: float | None,
    weights: Weights,
) -> Plan:
    """Both parts, or the one that is asked for; raises BadSetting for neither, and as `planning` does."""
    if wanted is None and agreement_wanted is None:
        raise BadSetting("say how exact it is to be: --half-width 10%, --agreement-half-width 0.15, or both")
    at = WORST_SHARE if share is None else share
    needed = []
    for stratum, size in frame.items() if wanted is not None else ():
        assert wanted is not None
        reports = reports_needed(wanted, confidence, at, size)
        needed.append(Needed(stratum, size, reports, half_width(at, reports, confidence, size)))
    twice = None
    if agreement_wanted is not None:
        twice = read_twice_needed(agreement_wanted, grades, confidence=confidence, kappa=agreement, weights=weights)
    return Plan(confidence, wanted, share, tuple(needed), agreement_wanted, agreement, tuple(grades), weights, twice)


def _points(width: float) -> str:
    return f"{100 * width:.3g}"


def _weighted(weights: Weights) -> str:
    return "not weighted" if weights == "none" else f"with {weights} weights"
