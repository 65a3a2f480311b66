"""What each ingredient of the reader is worth: train without it, or on fewer voices, and measure on the test voices.

    python -m qualitycheck.models.ablations --voices 16     a point of docs/evaluation/learning_curve.json
    python -m qualitycheck.models.ablations --untuned       a line of docs/evaluation/ablations.json
    python -m qualitycheck.models.ablations --no-variants
    python -m qualitycheck.models.ablations --all           the whole corpus, as shipped

Weights and thresholds are learnt anew on the development voices each time. The exact checks are left out: they are the
rules' alone, and the same in each line. `make evaluate` draws what these files hold.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from qualitycheck.judging.labels import FAULTS, STATUSES
from qualitycheck.judging.reader import Reader
from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Array, Draws
from qualitycheck.measuring.outcome import Answer, Flagged, Outcome
from qualitycheck.models.evaluation.reports import read_written
from qualitycheck.models.train import THREADS, prepare, train_reader
from qualitycheck.models.training import combine
from qualitycheck.models.training.combine import Heard
from qualitycheck.models.training.fit import Recipe
from qualitycheck.pipeline import BY_READER
from qualitycheck.resources import folder

SHOWN = folder("models").parent / "docs" / "evaluation"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", type=int, help="learn from so many voices, drawn by the recipe's seed")
    parser.add_argument("--untuned", action="store_true", help="the encoder as it comes")
    parser.add_argument("--no-variants", action="store_true", help="neither pairs nor mutations")
    parser.add_argument("--all", action="store_true", help="the artefacts that are shipped, not trained again")
    options = parser.parse_args()
    labels = read_written(folder("models") / "corpora" / "train")
    if options.voices:
        voices = sorted({label["voice"] for label in labels})
        drawn = set(random.Random(Recipe.seed).sample(voices, options.voices))
        labels = [label for label in labels if label["voice"] in drawn]
    recipe = replace(Recipe(), tuned=not options.untuned, variants=0 if options.no_variants else Recipe.variants)
    scores = _measured(folder("models") / "artefacts") if options.all else _trained(labels, recipe)
    if options.voices or options.all:
        point = {"reports": len(labels), "voices": len({label["voice"] for label in labels}), **scores}
        _put(SHOWN / "learning_curve.json", point, "voices")
    if not options.voices:
        name = "the encoder untuned" if options.untuned else "without pairs and mutations"
        _put(SHOWN / "ablations.json", {"name": "as shipped" if options.all else name, **scores}, "name")


def _trained(labels: list[dict[str, Any]], recipe: Recipe) -> dict[str, float]:
    lessons = prepare(labels, recipe.seed)
    torch.set_num_threads(THREADS)
    with TemporaryDirectory() as place:
        train_reader(lessons, recipe, Path(place))
        return _measured(Path(place))


def _measured(artefacts: Path) -> dict[str, float]:
    """The figures of the reader in the folder, its weights learnt on the development voices, on the test voices."""
    reader = Reader((artefacts / "encoder.onnx").read_bytes(), (artefacts / "reader.onnx").read_bytes())
    corpora = folder("models") / "corpora"
    learnt = [combine.hear(label, reader) for label in read_written(corpora / "development")]
    _, shares = combine.cross_validated(learnt)
    least = combine.thresholds(learnt, shares, combine.LEAST_PRECISION["balanced"])
    statuses, faults = combine.fit_statuses(learnt), combine.fit_faults(learnt)
    heard = [combine.hear(label, reader) for label in read_written(corpora / "test")]
    outcomes = [
        _outcome(report, combine.status_shares(statuses, report), combine.fault_shares(faults, report), least)
        for report in heard
    ]
    draws = Draws(len(outcomes))
    measured = {
        "statuses": figures.statuses_right(outcomes, draws).estimate,
        "deficient_f1": figures.deficient(outcomes, draws).f1,
        "unsupported_f1": figures.faults(outcomes, draws, ["unsupported-assertion"]).f1,
        "findings_f1": figures.faults(outcomes, draws, FAULTS).f1,
    }
    return {name: round(estimate.value or 0.0, 3) for name, estimate in measured.items()}


def _outcome(report: Heard, shares: Array, likely: Array, least: dict[str, float]) -> Outcome:
    """What comes of one report; the sentence asked about is the flag."""
    shown = [
        (asked.fault, float(share), keys)
        for asked, share, keys in zip(report.asked, likely, report.fault_keys, strict=True)
        if share >= least[asked.fault]
    ]
    found = {keys[0]: fault for fault, _, keys in shown if keys}
    return Outcome(
        report.id,
        tuple(
            Answer(said.element, labelled, STATUSES[int(row.argmax())], float(row.max()), False)
            for said, labelled, row in zip(report.elements, report.statuses, shares, strict=True)
        ),
        faults_labelled=True,
        flags=tuple(Flagged(fault, BY_READER, share, bool(keys)) for fault, share, keys in shown),
        found=tuple(found.values()),
        missed=tuple((Counter(report.faults) - Counter(found.values())).elements()),
    )


def _put(file: Path, line: dict[str, Any], key: str) -> None:
    """The line in the file's list, in the place of one with the same key."""
    lines = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    lines = [other for other in lines if other[key] != line[key]] + [line]
    if key == "voices":
        lines.sort(key=lambda point: point["voices"])
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
    print(line)


if __name__ == "__main__":
    main()
