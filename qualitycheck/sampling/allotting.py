"""Who reads which report: all of them once, a share twice, and nobody their own.

Which are read twice is drawn in each stratum in proportion, in an order of the seed's that says nothing of the order
of the draw. Pairs of readers are spread as evenly as the exclusions allow, so that no figure of agreement rests on one
pair; then the reports that are read once even out how much each reader has.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualitycheck.errors import UserError
from qualitycheck.sampling.balancing import balanced
from qualitycheck.sampling.drawing import digest, in_order
from qualitycheck.sampling.frame import frame_of, people
from qualitycheck.sampling.manifest import Allotment, Manifest, Reading, Report
from qualitycheck.sampling.sizes import proportional

Pair = tuple[str, str]


class CannotAllot(UserError):
    """The readers cannot read what was asked for; the message says why, and names nobody as a report's author."""


@dataclass(frozen=True)
class KeptApart:
    """Who wrote or managed which report, by its id; names as `frame.people` compares them."""

    people: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, reports: Iterable[Report]) -> KeptApart:
        """As a list says, or a manifest that carries authors; a report listed twice has both lines' people."""
        known = {one.id: frozenset(people(one.author) + people(one.manager)) for one in frame_of(reports).reports}
        return cls({id_: names for id_, names in known.items() if names})

    @property
    def sha256(self) -> str | None:
        """Its checksum; None where nobody is kept apart from anything."""
        if not self.people:
            return None
        told = json.dumps({id_: sorted(names) for id_, names in sorted(self.people.items())}, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    def readers_of(self, id_: str, readers: Sequence[str]) -> list[str]:
        """Those who may read the report."""
        own = self.people.get(id_, frozenset())
        return [reader for reader in readers if own.isdisjoint(people(reader))]

    def named_nowhere(self, readers: Iterable[str]) -> list[str]:
        """Readers who wrote and managed nothing by this list; or whose names are spelt otherwise there."""
        everybody = frozenset[str]().union(*self.people.values())
        return [reader for reader in readers if everybody.isdisjoint(people(reader))]


def kept_apart(manifest: Manifest, listed: Iterable[Report] | None) -> KeptApart:
    """By the list, or by the manifest itself where it carries the people.

    Of two files with the same bytes one is in the frame; whoever wrote the other one by the list wrote it too.
    """
    if listed is None:
        return KeptApart.of((*manifest.drawn, *manifest.reserves))
    known = dict(KeptApart.of(listed).people)
    for one in manifest.frame.left_out:
        if one.why == "same-bytes" and one.of and one.id in known:
            known[one.of] = known.get(one.of, frozenset()) | known[one.id]
    return KeptApart(known)


def allot(manifest: Manifest, readers: Sequence[str], twice: int, apart: KeptApart, date: datetime.date) -> Manifest:
    """The manifest with everything in the sample allotted anew, `twice` of it to two readers.

    The same manifest, readers, number and list give the same allotment, whatever the order of the readers.

    Raises:
        CannotAllot: if a reader is named twice or not at all, or there are too few who may read a report.
    """
    readers = [" ".join(reader.split()) for reader in readers]
    _refuse_readers(readers, twice, len(manifest.sample))
    shuffled = sorted(readers, key=lambda reader: (digest(manifest.seed, "reader", reader), reader))
    allowed = {one.id: apart.readers_of(one.id, shuffled) for one in manifest.sample}
    for id_, may in allowed.items():
        if not may:
            raise CannotAllot(f"none of the readers may read {id_}: add a reader")
    both = _read_twice(manifest, twice, allowed)
    pairs = list(_rounds(shuffled))
    paired = balanced({id_: [pair for pair in pairs if set(pair) <= set(allowed[id_])] for id_ in both}, pairs)
    load = Counter(reader for pair in paired.values() for reader in pair)
    once = {one.id: allowed[one.id] for one in in_order(manifest.sample, manifest.seed, "once") if one.id not in paired}
    single = balanced(once, shuffled, load)
    readings = tuple(
        Reading(one.id, _ordered(manifest.seed, one.id, paired.get(one.id) or (single[one.id],)))
        for one in manifest.sample
    )
    made = Allotment(date, tuple(sorted(readers)), twice, len(manifest.changes), readings, apart.sha256)
    return replace(manifest, allotment=made)


def handed_on(allotment: Allotment, out: str, into: str | None, seed: str, apart: KeptApart) -> Allotment:
    """The allotment with a substitute in a report's place: its readers read it, or others where they may not.

    Raises:
        CannotAllot: if too few readers may read the substitute, or this is another list than it was made with.
    """
    if into is None:
        return replace(allotment, readings=tuple(one for one in allotment.readings if one.id != out))
    if apart.sha256 != allotment.kept_apart:
        raise CannotAllot("the allotment was made with another list of who wrote what: give that one with --people")
    before = next(one for one in allotment.readings if one.id == out)
    others = [one for one in allotment.readings if one.id != out]
    may = apart.readers_of(into, allotment.readers)
    readers = [reader for reader in before.readers if reader in may]
    load = Counter(reader for one in others for reader in one.readers)
    pairs = Counter(frozenset(one.readers) for one in others)
    while len(readers) < len(before.readers):
        free = [reader for reader in may if reader not in readers]
        if not free:
            raise CannotAllot(f"too few of the readers may read {into}: allot anew, with another reader")
        # The pair that is rarest so far, then whoever has least to read.
        readers.append(min(free, key=lambda reader: (pairs[frozenset((*readers, reader))], load[reader], reader)))
    new = Reading(into, _ordered(seed, into, readers))
    return replace(allotment, readings=tuple(new if one.id == out else one for one in allotment.readings))


def reading_list(manifest: Manifest, reader: str) -> tuple[Report, ...]:
    """What one reader reads, in an order of their own, that tells nothing of what others read too.

    Raises:
        CannotAllot: if nothing has been allotted, or nothing to a reader of this name.
    """
    if manifest.allotment is None:
        raise CannotAllot("nothing has been allotted yet: `qualitycheck sample allot` does so")
    if reader not in manifest.allotment.readers:
        raise CannotAllot(f"there is no reader of this name: {', '.join(manifest.allotment.readers)}")
    mine = {one.id for one in manifest.allotment.readings if reader in one.readers}
    return tuple(in_order((one for one in manifest.sample if one.id in mine), manifest.seed, "list", reader))


def _refuse_readers(readers: Sequence[str], twice: int, reports: int) -> None:
    if not all(readers) or not readers:
        raise CannotAllot("say who reads: --reader NAME, once for each")
    if len({reader.casefold() for reader in readers}) < len(readers):
        raise CannotAllot("a reader is named twice: give each another name")
    if twice and len(readers) < 2:
        raise CannotAllot("to read reports twice takes two readers: name another")
    if twice > reports:
        raise CannotAllot(f"{twice} reports are to be read twice, and the sample has {reports}: ask for fewer")


def _read_twice(manifest: Manifest, twice: int, allowed: Mapping[str, Sequence[str]]) -> list[str]:
    """Which reports are read twice, of each stratum in proportion to its reports in the sample."""
    strata: dict[str, list[Report]] = {}
    for one in in_order(manifest.sample, manifest.seed, "twice"):
        strata.setdefault(one.stratum, []).append(one)
    sizes = proportional({name: len(reports) for name, reports in sorted(strata.items())}, twice)
    chosen = []
    for name, size in sizes.items():
        possible = [one.id for one in strata[name] if len(allowed[one.id]) > 1]
        if len(possible) < size:
            raise CannotAllot(
                f"{size} of {name} are to be read twice, and two of the readers may read {len(possible)}: add a reader"
            )
        chosen += possible[:size]
    return chosen


def _rounds(readers: Sequence[str]) -> Iterator[Pair]:
    """Every pair once, in rounds in which nobody is in two: the circle method for tournaments.

    So that the first few pairs, which come once more often where the reports do not divide, are of different readers.
    """
    ring: list[str | None] = [*readers, *([None] if len(readers) % 2 else [])]
    for _ in ring[1:]:
        for one, other in zip(ring[: len(ring) // 2], reversed(ring), strict=False):
            if one is not None and other is not None:
                yield one, other
        ring[1:] = [ring[-1], *ring[1:-1]]


def _ordered(seed: str, id_: str, readers: Iterable[str]) -> tuple[str, ...]:
    """In an order by chance, so that the first reader of two is not always the same one."""
    return tuple(sorted(readers, key=lambda reader: digest(seed, "first", id_, reader)))
