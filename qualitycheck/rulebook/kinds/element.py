"""Judge an element of the catalogue: which of its signals hold, for each child and each parent, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qualitycheck.result import Status
from qualitycheck.rulebook.facts import FACTS
from qualitycheck.rulebook.flag import Judgement, Place, place_of
from qualitycheck.rulebook.matching import Hit, Matcher
from qualitycheck.rulebook.schema import Combination, ElementRule, Signal
from qualitycheck.understanding.case import Case, Position

PASSAGES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """What a signal found: `everyone` when it holds for all it must hold for, `someone` when for at least one."""

    everyone: bool
    someone: bool
    hits: tuple[Hit, ...]


def judge(rule: ElementRule, matcher: Matcher) -> Judgement:
    """The status of the rule's element, and of each child's where the catalogue judges per child."""
    case = matcher.case
    hits = {name: _hits(signal, matcher) for name, signal in rule.signals.items()}
    whole = {name: _found(signal, hits[name], case, None) for name, signal in rule.signals.items()}
    if rule.applies_when and not _any_holds(rule.applies_when, whole):
        return Judgement(Status.NOT_APPLICABLE)
    unsure = _any_holds(rule.unsure, whole)
    if not rule.per_child or len(case.children) < 2:
        status = _status(rule, whole)
        by_child = tuple((child.key, status) for child in case.children) if rule.per_child else ()
        return Judgement(status, by_child, _places(rule, status, whole, case), unsure, _lacking(rule, whole))
    by_child = tuple(
        (child.key, _status(rule, {n: _found(s, hits[n], case, child.key) for n, s in rule.signals.items()}))
        for child in case.children
    )
    status = _together({status for _, status in by_child})
    return Judgement(status, by_child, _places(rule, status, whole, case), unsure, _lacking(rule, whole))


def _hits(signal: Signal, matcher: Matcher) -> tuple[Hit, ...]:
    if signal.fact is None:
        return tuple(matcher.signal(signal))
    fact = FACTS[signal.fact](matcher.case)
    return fact.shown_by or ((Hit(-1, 0, 0),) if fact.holds else ())


def _found(signal: Signal, hits: tuple[Hit, ...], case: Case, child: str | None) -> _Found:
    """Whether the hits are enough, for one child (`child`) or for everyone the signal must hold for."""
    if signal.per == "child":
        whole = [{person.key} for person in case.children]
        groups = [{child}] if child and whole else whole
    elif signal.per == "parent":  # a mother and a father: a stepfather does not have to be found beside a father
        positions = (Position.MOTHER, Position.FATHER)
        whole = groups = [keys for position in positions if (keys := _keys(case, position))]
    else:
        whole = groups = []
    if not groups:
        enough = _enough(signal, hits)
        return _Found(enough, enough, hits)
    everyone = set().union(*whole)
    held = [_enough(signal, [hit for hit in hits if _about(hit, keys, everyone, case)]) for keys in groups]
    return _Found(all(held), any(held), hits)


def _keys(case: Case, position: Position) -> set[str]:
    return {person.key for person in case.people if person.position is position}


def _about(hit: Hit, keys: set[str], everyone: set[str], case: Case) -> bool:
    """A sentence about none of the children in particular counts for them all; one about a parent must name them."""
    if hit.sentence < 0:
        return True
    about = case.sentences[hit.sentence].about
    children = {child.key for child in case.children}
    return bool(keys & about) or (keys <= children and not about & everyone)


def _enough(signal: Signal, hits: Collection[Hit]) -> bool:
    return len({hit.sentence for hit in hits}) >= signal.at_least


def _status(rule: ElementRule, found: Mapping[str, _Found]) -> Status:
    if _any_holds(rule.met, found):
        return Status.MET
    return Status.PARTIAL if _any_holds(rule.partial, found) else Status.MISSING


def _any_holds(combinations: Collection[Combination], found: Mapping[str, _Found]) -> bool:
    return any(all(_holds(term, found) for term in combination) for combination in combinations)


def _holds(term: str, found: Mapping[str, _Found]) -> bool:
    if term.startswith("not "):
        return not found[term.removeprefix("not ")].someone
    if term.startswith("some "):
        return found[term.removeprefix("some ")].someone
    return found[term].everyone


def _together(statuses: set[Status]) -> Status:
    """The report's status from its children's: met only if met for all, missing only if missing for all."""
    return statuses.pop() if len(statuses) == 1 else Status.PARTIAL


def _lacking(rule: ElementRule, found: Mapping[str, _Found]) -> tuple[str, ...]:
    """What the signals that were not found would have shown, of the combination that came nearest to `met`."""
    absent = [
        [term for term in combination if not term.startswith("not ") and not _holds(term, found)]
        for combination in rule.met
    ]
    says = (rule.signals[term.removeprefix("some ")].says for term in min(absent, key=len))
    return tuple(dict.fromkeys(said for said in says if said))


def _places(rule: ElementRule, status: Status, found: Mapping[str, _Found], case: Case) -> tuple[Place, ...]:
    """The sentences that the status rests on, those that most of its signals meet first chosen, in reading order.

    They come from the combination that decided; headings only where nothing else shows it.
    """
    combinations = {Status.MET: rule.met, Status.PARTIAL: [*rule.met, *rule.partial]}.get(status, [])
    deciding = next((each for each in combinations if all(_holds(term, found) for term in each)), rule.evidence)
    names = [name for name in rule.evidence if name in deciding or f"some {name}" in deciding] or rule.evidence
    weight: dict[int, int] = {}
    for rank, name in enumerate(reversed(names), start=1):
        for index in {hit.sentence for hit in found[name].hits if hit.sentence >= 0}:
            weight[index] = weight.get(index, 0) + rank
    own_words = {index for index in weight if not case.sentences[index].heading}
    best = sorted(own_words or weight, key=lambda index: (-weight[index], index))[:PASSAGES_SHOWN]
    return tuple(place_of(case.sentences[index]) for index in sorted(best)) if status is not Status.MISSING else ()
