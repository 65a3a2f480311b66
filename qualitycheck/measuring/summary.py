"""What people read of many outcomes: the main figures, and one row for each criterion; as text and as data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Draws, Estimate
from qualitycheck.measuring.figures import Calibration, Scores, Share
from qualitycheck.measuring.outcome import Outcome

FEW = 30  # reports, below which figures say little


@dataclass(frozen=True)
class Row:
    """One element: statuses right, and how well partial or missing is told from the rest."""

    right: Share
    deficient: Scores


@dataclass(frozen=True)
class Summary:
    """All elements and faults together, then each; faults are None where no report has them labelled."""

    reports: int
    reports_with_faults: int
    statuses: Share
    deficient: Scores
    needs_reading: Share
    others_right: Share
    element_calibration: Calibration
    faults: Scores | None
    clean_flagged: Share | None
    flags_a_report: Estimate | None
    finding_calibration: Calibration | None
    by_element: dict[str, Row]
    by_fault: dict[str, Scores]


def summary_of(outcomes: Sequence[Outcome], criteria: Collection[str]) -> Summary:
    """The figures; rows in the order of `criteria`, those that were neither labelled nor flagged left out."""
    draws = Draws(len(outcomes))
    looked = [outcome for outcome in outcomes if outcome.faults_labelled]
    of_looked = Draws(len(looked))
    elements = {answer.element for outcome in outcomes for answer in outcome.answers}
    named = {id_ for o in looked for id_ in (*o.found, *o.missed, *(flag.id for flag in o.flags))}
    return Summary(
        reports=len(outcomes),
        reports_with_faults=len(looked),
        statuses=figures.statuses_right(outcomes, draws),
        deficient=figures.deficient(outcomes, draws),
        needs_reading=figures.needing_reading(outcomes, draws),
        others_right=figures.others_right(outcomes, draws),
        element_calibration=figures.calibration_of_elements(outcomes, draws),
        faults=figures.faults(looked, of_looked) if looked else None,
        clean_flagged=figures.clean_flagged(looked, of_looked) if looked else None,
        flags_a_report=figures.mean_of([len(o.flags) for o in looked], of_looked) if looked else None,
        finding_calibration=figures.calibration_of_findings(looked, of_looked) if looked else None,
        by_element={
            id_: Row(figures.statuses_right(outcomes, draws, id_), figures.deficient(outcomes, draws, id_))
            for id_ in criteria
            if id_ in elements
        },
        by_fault={id_: figures.faults(looked, of_looked, [id_]) for id_ in criteria if id_ in named},
    )


def warning(reports: int) -> str:
    """What to say of figures from few reports; empty from FEW on."""
    if reports >= FEW:
        return ""
    counted = "1 report" if reports == 1 else f"{reports} reports"
    return f"Measured on {counted}: too few to rely on. Label at least {FEW}, by several authors."


def as_data(summary: Summary) -> dict[str, Any]:
    """For JSON; shares of 1 and null where there was nothing to count."""
    return {"schema": "qualitycheck/evaluation/1", "warning": warning(summary.reports) or None, **asdict(summary)}


def as_text(summary: Summary) -> str:
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    if told := warning(summary.reports):
        yield told
        yield ""
    yield f"{summary.reports} reports; figures with their 95% intervals over reports"
    yield ""
    yield _share("element statuses right", summary.statuses)
    yield _scores("partial or missing", summary.deficient)
    yield _share("marked for a person to read", summary.needs_reading)
    yield _share("the others right", summary.others_right)
    yield _figure("calibration error, elements", summary.element_calibration.error)
    if summary.faults and summary.clean_flagged and summary.flags_a_report and summary.finding_calibration:
        yield _scores("findings", summary.faults)
        yield _share("sound sentences flagged", summary.clean_flagged)
        yield _figure("flags a report", summary.flags_a_report)
        yield _figure("calibration error, findings", summary.finding_calibration.error)
    else:
        yield "No report has its faults labelled, so flags are not counted."
    if summary.by_element:
        yield ""
        yield "Elements: statuses right, then partial or missing told from the rest"
    for id_, row in summary.by_element.items():
        yield f"  {id_:26} {row.right.count:4} of {row.right.of:<4}  {_counted(row.deficient)}"
    if summary.by_fault:
        yield ""
        yield "Findings"
    for id_, scores in summary.by_fault.items():
        yield f"  {id_:26} {_counted(scores)}"


def _share(what: str, share: Share) -> str:
    return f"{what:28} {shown(share.estimate):18} {share.count} of {share.of}"


def _scores(what: str, scores: Scores) -> str:
    return f"{what:28} {_counted(scores)}"


def _counted(scores: Scores) -> str:
    told = f"{scores.found} found, {scores.missed} missed, {scores.false} false"
    return f"{told:32} P {shown(scores.precision):17} R {shown(scores.recall):17} F1 {shown(scores.f1)}".rstrip()


def _figure(what: str, figure: Estimate) -> str:
    return f"{what:28} {shown(figure)}".rstrip()


def shown(figure: Estimate) -> str:
    """0.83 (0.71–0.92), or a dash where there was nothing to count."""
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"
