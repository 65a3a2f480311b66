"""A draw that anybody can repeat, on any machine, in any version of Python, or with no program of ours at all.

Within its stratum every report has a place: that of the SHA-256 of the seed, a line feed and its id, the smallest
first. The first so many are drawn, and the next ones are the substitutes, in that order. So

    printf '%s\\n%s' SEED ID | sha256sum

shows for one report what the whole draw rests on. A generator of random numbers would not do: what `random.sample`
draws depends on the order of the list and may change between versions of Python, and a report that comes late to the
list would change who else is drawn. Here it changes nothing but its own stratum, and there only by taking its place.

Ordering by a hash is drawing by permanent random numbers: Ohlsson, Coordination of samples using permanent random
numbers, in Cox et al. (eds), Business Survey Methods, 1995, chapter 9. Each stratum is a simple random sample so long
as nobody chooses the seed, or an id, by what comes of it: agree on the seed before the frame is known.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from qualitycheck import __version__
from qualitycheck.sampling.frame import Frame
from qualitycheck.sampling.manifest import FrameRecord, Manifest, Report, Settings, Stratifier, Stratum
from qualitycheck.sampling.sizes import CannotDraw, fixed, proportional

ALL = "all"  # the one stratum where there are no others
NOT_KNOWN = "not known"
_TYPES = {"section7": 1, "section31": 2}  # in the order in which people name them


def digest(seed: str, *words: str) -> str:
    """The SHA-256 of the seed and the words, a line each, in hexadecimal."""
    return hashlib.sha256("\n".join((seed, *words)).encode()).hexdigest()


def in_order(reports: Iterable[Report], seed: str, *purpose: str) -> list[Report]:
    """The reports in the seed's order; another `purpose` gives another order, so that one says nothing of the other."""
    return sorted(reports, key=lambda report: (digest(seed, *purpose, report.id), report.id))


def strata_of(frame: Frame, by: tuple[Stratifier, ...]) -> dict[str, list[Report]]:
    """The frame's reports by the name of their stratum; the values are joined by a slash.

    In order of name, section 7 before section 31.

    Raises:
        CannotDraw: if two strata would have one name, because a value has a slash in it.
    """
    found: dict[str, list[Report]] = {}
    values: dict[str, tuple[str, ...]] = {}
    for report in frame.reports:
        own = tuple(getattr(report, field) or NOT_KNOWN for field in by)
        name = "/".join(own) or ALL
        if values.setdefault(name, own) != own:
            raise CannotDraw(f"two strata would both be called {name}: write their values without a slash")
        found.setdefault(name, []).append(replace(report, stratum=name))
    return {name: found[name] for name in sorted(found, key=lambda name: [(_TYPES.get(v, 3), v) for v in values[name]])}


def draw(frame: Frame, settings: Settings, seed: str, date: datetime.date) -> Manifest:
    """The sample of the frame for this seed.

    Raises:
        CannotDraw: if the seed is empty or more than one line, or the frame does not hold what the settings ask for.
    """
    if not seed.strip() or not seed.isprintable():
        raise CannotDraw("a seed is one line of letters or figures that can be printed")
    strata = strata_of(frame, settings.by)
    if not strata:
        raise CannotDraw("there is no report that could be drawn: see what was left out, and why")
    counts = {name: len(reports) for name, reports in strata.items()}
    if (settings.size is None) == (settings.sizes is None):
        raise CannotDraw("say either how many reports in all, or how many of each stratum")
    if settings.sizes is not None:
        sizes = fixed(counts, settings.sizes)
    else:
        assert settings.size is not None
        sizes = proportional(counts, settings.size, at_least_one=settings.at_least_one)
    drawn: list[Report] = []
    reserves: list[Report] = []
    for name, reports in strata.items():
        ordered = in_order((one if settings.people else one.without_people() for one in reports), seed)
        drawn += ordered[: sizes[name]]
        reserves += ordered[sizes[name] : sizes[name] + settings.reserves] if sizes[name] else []
    record = FrameRecord(
        sha256=frame.sha256,
        listed=frame.listed,
        reports=len(frame.reports),
        strata=tuple(Stratum(name, counts[name], sizes[name]) for name in strata),
        left_out=frame.left_out,
    )
    # All strata mixed, in the seed's order: whoever stops half way through has still read a sample.
    return Manifest(
        __version__, date, seed, settings, record, tuple(in_order(drawn, seed)), tuple(in_order(reserves, seed))
    )
