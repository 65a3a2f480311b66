"""The figures as tables of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Draws, Estimate
from qualitycheck.measuring.figures import Scores, Share
from qualitycheck.measuring.outcome import Outcome
from qualitycheck.measuring.summary import shown
from qualitycheck.models.evaluation.agreement import ReadTwice, of_element, of_fault
from qualitycheck.models.evaluation.reports import Report

SECOND = "second reader"
Ways = Mapping[str, Sequence[Outcome]]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; the first column names what the others measure."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def totals(ways: Ways) -> str:
    """All elements and faults together, a row for each way of judging."""
    head = ["", "statuses right", "partial or missing, F1", "`unsupported-assertion`, F1", "all findings, F1"]
    head += ["sound sentences flagged", "flags a report"]
    return table(head, ([way, *_total(outcomes)] for way, outcomes in ways.items()))


def _total(outcomes: Sequence[Outcome]) -> list[str]:
    draws = Draws(len(outcomes))
    return [
        shown(figures.statuses_right(outcomes, draws).estimate),
        shown(figures.deficient(outcomes, draws).f1),
        shown(figures.faults(outcomes, draws, ["unsupported-assertion"]).f1),
        shown(figures.faults(outcomes, draws).f1),
        _percent(figures.clean_flagged(outcomes, draws)),
        shown(figures.mean_of([len(outcome.flags) for outcome in outcomes], draws)),
    ]


def counted(ways: Ways) -> str:
    """The same with the counts behind it: what was found, missed and flagged falsely."""
    head = ["", "statuses right", "partial or missing", "all findings", "sound sentences flagged"]
    rows = []
    for way, outcomes in ways.items():
        draws = Draws(len(outcomes))
        right, clean = figures.statuses_right(outcomes, draws), figures.clean_flagged(outcomes, draws)
        lacking, faults = figures.deficient(outcomes, draws), figures.faults(outcomes, draws)
        rows.append(
            [way, _of(right), f"{_counts(lacking)}; {_pr(lacking)}", f"{_counts(faults)}; {_pr(faults)}", _of(clean)]
        )
    return table(head, rows)


def groups(reports: Sequence[Report], outcomes: Sequence[Outcome], key: str) -> str:
    """One way of judging by what the reports have in common: their `type`, `quality`, `layout` or `voice`."""
    members: dict[str, list[Outcome]] = {}
    for report, outcome in zip(reports, outcomes, strict=True):
        members.setdefault(report.label[key], []).append(outcome)
    head = [
        key,
        "reports",
        "statuses right",
        "partial or missing, F1",
        "`unsupported-assertion`, F1",
        "all findings, F1",
    ]
    head += ["sound sentences flagged", "flags a report"]
    return table(head, ([name.replace("|", "/"), str(len(of)), *_total(of)] for name, of in sorted(members.items())))


def elements(ids: Iterable[str], ways: Ways, read: Sequence[ReadTwice]) -> Iterator[str]:
    """A heading and a table for each element: every way of judging, and the second reader beneath."""
    head = ["", "statuses right", "of", "precision", "recall", "F1", "found", "missed", "false"]
    for id_ in ids:
        rows = []
        for way, outcomes in ways.items():
            draws = Draws(len(outcomes))
            right = figures.statuses_right(outcomes, draws, id_)
            rows.append(_element_row(way, right, figures.deficient(outcomes, draws, id_)))
        if read:
            agreed = of_element(read, id_)
            rows.append(_element_row(SECOND, agreed.agreed, agreed.scores))
        yield f"#### `{id_}`\n\n{table(head, rows)}"


def _element_row(way: str, right: Share, scores: Scores) -> list[str]:
    return [way, shown(right.estimate), _of(right), *_scores(scores)]


def findings(ids: Iterable[str], ways: Ways, read: Sequence[ReadTwice]) -> Iterator[str]:
    """The same for each kind of fault."""
    head = ["", "precision", "recall", "F1", "found", "missed", "false"]
    for id_ in ids:
        rows = [
            [way, *_scores(figures.faults(outcomes, Draws(len(outcomes)), [id_]))] for way, outcomes in ways.items()
        ]
        if read:
            rows.append([SECOND, *_scores(of_fault(read, id_).scores)])
        yield f"#### `{id_}`\n\n{table(head, rows)}"


def agreement(element_ids: Sequence[str], fault_ids: Sequence[str], read: Sequence[ReadTwice]) -> str:
    """Two readers on every criterion."""
    head = ["", "agreement", "of", "kappa", "F1", "both", "only the first", "only the second"]
    rows = []
    for ids, of in ((element_ids, of_element), (fault_ids, of_fault)):
        named: list[tuple[str, str | None]] = [(f"`{id_}`", id_) for id_ in ids]
        for name, id_ in [*named, ("**all elements**" if of is of_element else "**all findings**", None)]:
            one = of(read, id_)
            scores = [str(count) for count in (one.scores.found, one.scores.missed, one.scores.false)]
            rows.append(
                [name, shown(one.agreed.estimate), _of(one.agreed), shown(one.kappa), shown(one.scores.f1), *scores]
            )
    return table(head, rows)


def reading(ways: Ways) -> str:
    """What is left to a person, and how right the rest is."""
    head = ["", "marked for a person to read", "", "the others right", ""]
    rows = []
    for way, outcomes in ways.items():
        draws = Draws(len(outcomes))
        asked, others = figures.needing_reading(outcomes, draws), figures.others_right(outcomes, draws)
        rows.append([way, shown(asked.estimate), _of(asked), shown(others.estimate), _of(others)])
    return table(head, rows)


def calibration(ways: Ways) -> str:
    head = ["", "expected calibration error, elements", "expected calibration error, findings"]
    rows = []
    for way, outcomes in ways.items():
        draws = Draws(len(outcomes))
        of_elements = figures.calibration_of_elements(outcomes, draws).error
        rows.append([way, _fine(of_elements), _fine(figures.calibration_of_findings(outcomes, draws).error)])
    return table(head, rows)


def plain(rows: Sequence[Mapping[str, str | int | float | None]]) -> str:
    """Rows of figures measured elsewhere, as they are."""
    head = list(rows[0])
    return table([name.replace("_", " ") for name in head], ([_plain(row.get(name)) for name in head] for row in rows))


def _plain(value: str | int | float | None) -> str:
    return "–" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def _fine(figure: Estimate) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return shown(figure)
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _percent(share: Share) -> str:
    of = share.estimate
    if of.value is None or of.low is None or of.high is None:
        return "–" if of.value is None else f"{of.value:.1%}"
    return f"{of.value:.1%} ({of.low:.1%}–{of.high:.1%})"


def _of(share: Share) -> str:
    return f"{share.count} of {share.of}"


def _counts(scores: Scores) -> str:
    return f"{scores.found} found, {scores.missed} missed, {scores.false} false"


def _pr(scores: Scores) -> str:
    return f"P {shown(scores.precision)}, R {shown(scores.recall)}"


def _scores(scores: Scores) -> list[str]:
    return [
        shown(scores.precision),
        shown(scores.recall),
        shown(scores.f1),
        str(scores.found),
        str(scores.missed),
        str(scores.false),
    ]
