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
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from qualitycheck.models.evaluation.reports import read_written
from qualitycheck.models.train import THREADS, prepare, train_reader
from qualitycheck.models.training import combine
from qualitycheck.models.training.combine import Heard
from qualitycheck.models.training.fit import Recipe

from qualitycheck.judging.labels import FAULTS, STATUSES
from qualitycheck.judging.reader import Reader
from qualitycheck.resources import folder

SHOWN = folder("models").parent / "docs" / "evaluation"
LACKING = ("partial", "missing")


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
    said = [combine.status_shares(statuses, report) for report in heard]
    likely = [combine.fault_shares(faults, report) for report in heard]
    return {
        **_status_figures(heard, said),
        "unsupported_f1": _flag_f1(heard, likely, least, ["unsupported-assertion"]),
        "findings_f1": _flag_f1(heard, likely, least, FAULTS),
    }


def _status_figures(heard: Sequence[Heard], said: Sequence[np.ndarray[Any, Any]]) -> dict[str, float]:
    pairs = [
        (gold, STATUSES[int(row.argmax())])
        for report, rows in zip(heard, said, strict=True)
        for gold, row in zip(report.statuses, rows, strict=True)
    ]
    both = sum(gold in LACKING and given in LACKING for gold, given in pairs)
    either = sum(gold in LACKING for gold, _ in pairs) + sum(given in LACKING for _, given in pairs)
    right = sum(gold == given for gold, given in pairs)
    return {"statuses": round(right / len(pairs), 3), "deficient_f1": round(2 * both / max(either, 1), 3)}


def _flag_f1(
    heard: Sequence[Heard], likely: Sequence[np.ndarray[Any, Any]], least: dict[str, float], kinds: Sequence[str]
) -> float:
    found, false, wanted = set(), 0, 0
    for report, shares in zip(heard, likely, strict=True):
        wanted += sum(count for fault, count in report.faults.items() if fault in kinds)
        for asked, keys, share in zip(report.asked, report.fault_keys, shares, strict=True):
            if asked.fault in kinds and share >= least[asked.fault]:
                found.update((report.id, key) for key in keys[:1])
                false += not keys
    return round(2 * len(found) / max(len(found) + false + wanted, 1), 3)


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
