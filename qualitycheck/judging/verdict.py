"""The status of an element as it goes into the result: the rules' own, or weighed against the reader's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualitycheck.judging.labels import ELEMENTS, MAY_NOT_APPLY, STATUSES
from qualitycheck.judging.reader import Reading
from qualitycheck.judging.weighing import SaidOfElement, Weights
from qualitycheck.result import Status
from qualitycheck.rulebook.flag import Judgement, Place, place_of
from qualitycheck.understanding.case import Case

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSAGES_SHOWN = 4
SHOWN = (Status.MET, Status.PARTIAL)  # statuses that have passages to show
SHOWN_FROM = -0.5  # log-odds of being evidence, from which a sentence is shown
Decider = Literal["rule", "model", "rule+model"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one element, how sure it is, and which of the two it rests on."""

    status: Status
    confidence: float
    decided_by: Decider
    unsure: bool
    by_child: tuple[tuple[str, Status], ...]
    places: tuple[Place, ...]
    lacking: tuple[str, ...]  # what the rule did not find, where the verdict is its own


def by_rule(judged: Judgement, confidence: float) -> Verdict:
    return Verdict(judged.status, confidence, "rule", judged.unsure, judged.by_child, judged.places, judged.lacking)


def said_of_elements(judged: Sequence[tuple[str, Judgement, float]], reading: Reading) -> list[SaidOfElement]:
    """What rule and reader say of each element that the reader was taught, in the order given."""
    return [
        SaidOfElement(element, rule.status.value, sure, reading.statuses[ELEMENTS.index(element)])
        for element, rule, sure in judged
        if element in ELEMENTS
    ]


def weighed(
    judged: Sequence[tuple[str, Judgement, float]], reading: Reading, weights: Weights, case: Case
) -> list[Verdict]:
    """One verdict for each (element, what its rule says, how often that is right)."""
    said = said_of_elements(judged, reading)
    shares = dict(zip((one.element for one in said), weights.statuses(said), strict=True)) if said else {}
    return [
        _verdict(element, rule, shares[element], reading, case) if element in shares else by_rule(rule, sure)
        for element, rule, sure in judged
    ]


def _verdict(element: str, rule: Judgement, shares: NDArray[np.float32], reading: Reading, case: Case) -> Verdict:
    column = ELEMENTS.index(element)
    status = Status(STATUSES[int(shares.argmax())])
    if (rule.status, status) == (Status.NOT_APPLICABLE, Status.MET):  # no word of abuse is there to be dealt with
        status = Status.NOT_APPLICABLE
    places = _places(status, rule, reading.evidence[:, column], case)
    if status in SHOWN and not places:  # what cannot be shown is not said
        status = Status(max((s for s in STATUSES if s not in SHOWN), key=lambda s: shares[STATUSES.index(s)]))
    odds = reading.statuses[column].copy()
    if element not in MAY_NOT_APPLY:
        odds[STATUSES.index("not-applicable")] = odds.min()
    return Verdict(
        status=status,
        confidence=round(float(shares[STATUSES.index(status)]), 3),
        decided_by=_decider(rule.status == status, STATUSES[int(odds.argmax())] == status),
        unsure=rule.unsure or _one_child_lacks(status, rule),
        by_child=_by_child(status, rule),
        places=places,
        lacking=rule.lacking if rule.status == status else (),
    )


def _decider(rule: bool, model: bool) -> Decider:
    """Which of the two says by itself what both together come to."""
    return "rule+model" if rule == model else "rule" if rule else "model"


def _by_child(status: Status, rule: Judgement) -> tuple[tuple[str, Status], ...]:
    """Each child's status, in keeping with the report's: the rule's own where it comes to the same."""
    if rule.status == status:
        return rule.by_child
    return tuple((child, status) for child, _ in rule.by_child)


def _one_child_lacks(status: Status, rule: Judgement) -> bool:
    """Met as the reader sees it, which does not tell children apart, while the rule misses it for one of them."""
    return status is Status.MET and len({of_child for _, of_child in rule.by_child}) > 1


def _places(status: Status, rule: Judgement, evidence: NDArray[np.float32], case: Case) -> tuple[Place, ...]:
    """The passages that reader and rule show, the most telling first: what both show, then the reader's surest."""
    if status not in SHOWN:
        return ()
    best = [int(index) for index in evidence.argsort()[::-1][:PASSAGES_SHOWN] if evidence[index] >= SHOWN_FROM]
    shown = [place_of(case.sentences[index]) for index in best if not case.sentences[index].heading]
    both = [place for place in shown if place in rule.places]
    return tuple(dict.fromkeys([*both, *shown, *rule.places]))[:PASSAGES_SHOWN]
