"""How far two readers agree who did not see each other's labels: what no checker can be expected to pass.

Statuses: share of agreement and Cohen's kappa. Faults: those that the second reader marks are matched to the first's as
a checker's flags are, which gives an F1 (kappa tends to it where nearly every sentence is sound: Hripcsak and
Rothschild, J Am Med Inform Assoc 2005); kappa and agreement are over the sentences of the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from qualitycheck.language.sentences import split
from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Draws, Estimate
from qualitycheck.measuring.figures import Scores, Share
from qualitycheck.measuring.labels import Labels, labels_of
from qualitycheck.measuring.outcome import Answer, Flagged, Outcome, spots_of
from qualitycheck.measuring.places import Mark, match
from qualitycheck.models.corpora.layouts import as_laid_out
from qualitycheck.models.evaluation.reports import Report, report_of

SPLITS = ("train", "development", "test")


class ReadTwice(NamedTuple):
    """A report with its labels, how many sentences it has, and what came of the second reading beside the first."""

    report: Report
    sentences: int
    outcome: Outcome


@dataclass(frozen=True)
class Agreement:
    """Of one element: agreement on its status. Of one fault: over sentences. `scores`: the second reader as a checker
    that the first judges; for elements, of partial or missing."""

    agreed: Share
    kappa: Estimate
    scores: Scores


def readings(corpora: Path) -> Iterator[ReadTwice]:
    """The reports that have a second reading; raises Lost where a quotation of it is not in the report."""
    decided = json.loads((corpora / "second" / "adjudicated.json").read_text(encoding="utf-8"))
    for path in sorted((corpora / "second").glob("s*.json")):
        second = json.loads(path.read_text(encoding="utf-8"))
        (source,) = (place for split_ in SPLITS if (place := corpora / split_ / path.name).is_file())
        written = json.loads(source.read_text(encoding="utf-8"))
        yield read_twice(as_first_read(written, [one for one in decided if one["id"] == path.stem]), second)


def as_first_read(written: dict[str, Any], decided: list[dict[str, Any]]) -> dict[str, Any]:
    """The report with the labels of its first reader, before the differences were decided."""
    elements, findings = dict(written["gold"]["elements"]), list(written["gold"]["findings"])
    for one in decided:
        if "element" in one:
            elements[one["element"]] = {"status": one["first"]}
        elif one["first"] == "none":
            findings = [other for other in findings if other["quote"] != one["quote"]]
        else:
            findings = [{**o, "rule": one["first"]} if o["quote"] == one["quote"] else o for o in findings]
    return {**written, "gold": {**written["gold"], "elements": elements, "findings": findings}}


def read_twice(written: dict[str, Any], second: dict[str, Any]) -> ReadTwice:
    report = report_of(written)
    again = {**written, "gold": {"clean": [], "elements": second["elements"], "findings": second["findings"]}}
    labels = labels_of(as_laid_out(again, written["layout"]))
    sentences = sum(len(split(paragraph.text)) for paragraph in report.document.paragraphs)
    return ReadTwice(report, sentences, second_as_checker(report, labels))


def second_as_checker(report: Report, second: Labels) -> Outcome:
    """The second reader's labels as if a checker had given them."""
    answers = [
        Answer(id_, label.status, second.elements[id_].status, 1.0, False)
        for id_, label in report.labels.elements.items()
        if id_ in second.elements
    ]
    first, others = report.labels.findings or (), second.findings or ()
    marks = [Mark(id_, spots[0], one_sentence=False) for id_, spots in spots_of(report.document, others)]
    matched = match(marks, spots_of(report.document, first))
    false = set(matched.false)
    return Outcome(
        report.id,
        tuple(answers),
        faults_labelled=True,
        flags=tuple(Flagged(mark.id, "second reader", 1.0, n not in false) for n, mark in enumerate(marks)),
        found=tuple(first[number].rule for number in matched.found),
        missed=tuple(first[number].rule for number in matched.missed),
    )


def of_element(read: Sequence[ReadTwice], element: str | None) -> Agreement:
    """On one element, or on all."""
    outcomes, draws = [one.outcome for one in read], Draws(len(read))
    answers = [[a for a in outcome.answers if element in (None, a.element)] for outcome in outcomes]
    return Agreement(
        figures.statuses_right(outcomes, draws, element),
        figures.kappa([[a.labelled for a in of] for of in answers], [[a.judged for a in of] for of in answers], draws),
        figures.deficient(outcomes, draws, element),
    )


def of_fault(read: Sequence[ReadTwice], fault: str | None) -> Agreement:
    """On one kind of fault, or on all."""
    draws = Draws(len(read))
    tables = []
    for one in read:
        both = [id_ for id_ in one.outcome.found if fault in (None, id_)]
        only_first = [id_ for id_ in one.outcome.missed if fault in (None, id_)]
        only_second = [flag.id for flag in one.outcome.flags if not flag.right and fault in (None, flag.id)]
        neither = one.sentences - len(both) - len(only_first) - len(only_second)
        tables.append((neither, len(only_second), len(only_first), len(both)))
    counts = np.array(tables, np.float64).reshape(-1, 4)
    return Agreement(
        figures.share_of([(table[0] + table[3], sum(table)) for table in tables], draws),
        figures.kappa_of_counts(counts, draws),
        figures.faults([one.outcome for one in read], draws, None if fault is None else [fault]),
    )
