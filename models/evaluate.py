"""Measure the checker on labelled reports.

    python -m qualitycheck.models.evaluate                    writes docs/evaluation.md with its plots, and figures.json
                                                              with the same figures as data: `make evaluate`
    python -m qualitycheck.models.evaluate FOLDER... [--errors TEXT]    prints the figures of these reports

The folder holds labelled reports as .json (models/corpora/README.md), each with a .docx of the same name beside it or
written as one in its own layout. How flags are judged is the contract's: `qualitycheck.measuring.places`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import yaml

from qualitycheck.judging.artefacts import manifest
from qualitycheck.judging.judge import BOLDNESS, load_judge
from qualitycheck.measuring.places import locate
from qualitycheck.measuring.shipped import FILE_NAME, Shipped, as_json
from qualitycheck.measuring.summary import as_text, summary_of
from qualitycheck.models.evaluation.listing import Judged, confidences, errors, labelled_reports, measure
from qualitycheck.pipeline import Settings
from qualitycheck.resources import folder
from qualitycheck.rulebook.packs import load_rulebook

__all__ = ["confidences", "labelled_reports", "locate", "measure"]

RULES_ONLY = "rules"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--errors", metavar="TEXT", help="print the errors whose line holds TEXT ('' for all)")
    parser.add_argument(
        "--judge", choices=(RULES_ONLY, *BOLDNESS), default="balanced", help="the rules alone, or how bold"
    )
    parser.add_argument(
        "--write-confidence", type=Path, metavar="FILE", help="write how often each answer of each rule alone is right"
    )
    options = parser.parse_args(argv)
    if not options.folder:
        evaluate_corpus()
        return
    alone = options.judge == RULES_ONLY or options.write_confidence
    settings = Settings() if alone else Settings(judge=load_judge(options.judge))
    judged = [report for place in options.folder for report in labelled_reports(place, settings)]
    if options.errors is not None:
        print_errors(judged, options.errors)
    print(as_text(summary_of(measure(judged), load_rulebook().criteria)), end="")
    if options.write_confidence:
        text = "# How often each answer of each rule is right on reports it was not written on: models/evaluate.py.\n"
        text += yaml.safe_dump(confidences(measure(judged)), sort_keys=True)
        options.write_confidence.write_text(text, encoding="utf-8", newline="\n")


def print_errors(judged: Sequence[Judged], wanted: str) -> None:
    for report in judged:
        for error in errors(report):
            if wanted in error:
                print(error)


def evaluate_corpus() -> None:
    """Judge the test voices in every way, and write docs/evaluation.md and models/figures.json."""
    # Plots and training's libraries are for this alone.
    from qualitycheck.measuring.labels import labels_of
    from qualitycheck.models.evaluation import page
    from qualitycheck.models.evaluation.agreement import readings
    from qualitycheck.models.evaluation.configurations import BOTH, MAJORITY, commonest, guessed, outcomes, shipped
    from qualitycheck.models.evaluation.reports import read_reports, read_written

    corpora = folder("models") / "corpora"
    reports = list(read_reports(corpora / "test"))
    guess = commonest(labels_of(label) for label in read_written(corpora / "train"))
    ways = outcomes(reports, shipped(corpora / "development"))
    rulebook = load_rulebook()
    criteria = rulebook.criteria.values()
    page.write(
        page.Measured(
            manifest(),
            [criterion.id for criterion in criteria if criterion.kind == "element"],
            [criterion.id for criterion in criteria if criterion.kind == "finding"],
            reports,
            {MAJORITY: guessed(reports, guess), **ways},
            list(readings(corpora)),
        ),
        folder("models").parent / "docs" / "evaluation.md",
    )
    told = Shipped(
        rulebook.version,
        manifest()["version"],
        manifest()["date"],
        len({report.label["voice"] for report in reports}),
        sum(report.document.words for report in reports),
        summary_of(ways[BOTH], rulebook.criteria),
    )
    (folder("models") / FILE_NAME).write_text(as_json(told), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
