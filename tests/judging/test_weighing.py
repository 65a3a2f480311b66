"""How rules and reader are weighed, and what a verdict says of it."""

import numpy as np
import pytest

from qualitycheck.judging.labels import FAULTS, STATUSES
from qualitycheck.judging.reader import Reading
from qualitycheck.judging.verdict import weighed
from qualitycheck.judging.weighing import SaidOfElement, SaidOfSentence, load_weights
from qualitycheck.miniature import report
from qualitycheck.result import Status
from qualitycheck.rulebook.flag import Judgement, Place
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType

SURE = 5.0


def odds(status: str) -> np.ndarray:
    return np.array([SURE if status == other else -SURE for other in STATUSES], np.float32)


def said(rule: str, reader: str, element: str = "harm") -> SaidOfElement:
    return SaidOfElement(element, rule, 0.8, odds(reader))


@pytest.mark.parametrize("status", ["met", "partial", "missing"])
def test_where_both_say_the_same_so_it_is(status: str) -> None:
    shares = load_weights().statuses([said(status, status)])[0]
    assert STATUSES[int(shares.argmax())] == status
    assert shares.sum() == pytest.approx(1)


def test_agreement_is_surer_than_disagreement() -> None:
    agreed, disagreed = load_weights().statuses([said("met", "met"), said("missing", "met")])
    assert agreed.max() > disagreed.max()


def test_only_domestic_abuse_can_be_not_applicable() -> None:
    not_applicable = STATUSES.index("not-applicable")
    shares = load_weights().statuses([said("missing", "not-applicable")])[0]
    assert shares[not_applicable] == 0
    abuse = load_weights().statuses([said("not-applicable", "not-applicable", "domestic-abuse")])[0]
    assert int(abuse.argmax()) == not_applicable


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rule_that_flags_makes_a_fault_no_less_likely(fault: str) -> None:
    without = SaidOfSentence(fault, 0.0, 0.0, -3.0, 0.0)
    flagged = SaidOfSentence(fault, 0.0, 0.8, -3.0, 0.0)
    likely = load_weights().faults([without, flagged])
    assert likely[1] >= likely[0]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_surer_the_reader_the_likelier_the_fault(fault: str) -> None:
    shares = load_weights().faults([SaidOfSentence(fault, odds, 0.0, -3.0, 0.0) for odds in (-5.0, -1.0, 2.0, 6.0)])
    assert list(shares) == sorted(shares)


def test_no_questions_no_answers() -> None:
    assert len(load_weights().faults([])) == 0


def reading(reader: str) -> Reading:
    empty = np.zeros((0, 26), np.float32)
    return Reading(empty, empty, np.zeros((0, len(FAULTS))), np.zeros((0, 7)), np.stack([odds(reader)] * 26))


@pytest.mark.parametrize(
    ("rule", "reader", "decided_by"),
    [(Status.MET, "met", "rule+model"), (Status.MISSING, "met", {"rule", "model", "rule+model"})],
)
def test_a_verdict_names_who_decided(rule: Status, reader: str, decided_by: object) -> None:
    case = understand(report("# Section 7 report", "## A"), type=ReportType.SECTION7)
    (verdict,) = weighed(
        [("harm", Judgement(rule, places=(Place(0, 0, 4),)), 0.8)], reading(reader), load_weights(), case
    )
    if isinstance(decided_by, str):
        assert (verdict.decided_by, verdict.status) == (decided_by, rule)
    else:
        assert verdict.decided_by == {rule: "rule", Status(reader): "model"}.get(verdict.status, "rule+model")


def test_what_cannot_be_shown_is_not_said() -> None:
    case = understand(report("# Section 7 report", "## A"), type=ReportType.SECTION7)
    (verdict,) = weighed([("harm", Judgement(Status.MET), 0.8)], reading("met"), load_weights(), case)
    assert (verdict.status, verdict.places) == (Status.MISSING, ())


def test_abuse_of_which_there_is_no_word_is_not_met() -> None:
    case = understand(report("# Section 7 report", "## A"), type=ReportType.SECTION7)
    (verdict,) = weighed(
        [("domestic-abuse", Judgement(Status.NOT_APPLICABLE), 0.8)], reading("met"), load_weights(), case
    )
    assert verdict.status in (Status.NOT_APPLICABLE, Status.MISSING)


def test_one_child_who_lacks_it_is_left_to_a_person() -> None:
    case = understand(report("# Section 7 report", "## A"), type=ReportType.SECTION7)
    children = (("child-1", Status.MET), ("child-2", Status.MISSING))
    rule = Judgement(Status.PARTIAL, children, (Place(0, 0, 4),))
    (verdict,) = weighed([("harm", rule, 0.5)], reading("met"), load_weights(), case)
    assert verdict.unsure is (verdict.status is Status.MET)
