"""Train the reader on lessons: each report with some of its variants, whose unchanged sentences are encoded once."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from qualitycheck.models.training.labelled import UNKNOWN, Lesson
from qualitycheck.models.training.network import Encoder, ReaderNetwork

VARIANT_WEIGHT = 0.5  # of a variant beside its report
WARM_UP = 0.1  # share of the steps in which the rate rises
FAULT_WEIGHT = 2.0  # of a faulty sentence beside a sound one: there are fifty sound ones


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to learn; chosen on the development voices (docs/evaluation.md)."""

    epochs: int = 9
    variants: int = 4  # of each report in each epoch
    encoder_rate: float = 1e-4
    rate: float = 1e-3
    status_rate: float = 5e-3
    tuned: bool = True  # the encoder learns too; False: only what stands on it
    seed: int = 20261121


def fit(
    lessons: list[Lesson], base: Path, recipe: Recipe, say: Callable[[str], None] = print
) -> tuple[Encoder, ReaderNetwork]:
    """The encoder in folder `base` and a new network, trained on the lessons; the same from run to run."""
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    chance = random.Random(recipe.seed)
    encoder, network = Encoder(base), ReaderNetwork()
    if not recipe.tuned:
        encoder.requires_grad_(False)
    both = nn.ModuleList([encoder, network])
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": recipe.encoder_rate},
            {"params": list(network.reading_parameters()), "lr": recipe.rate},
            {"params": list(network.status_parameters()), "lr": recipe.status_rate},
        ],
        weight_decay=0.01,
    )
    steps = recipe.epochs * len(lessons)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    both.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        for lesson in chance.sample(lessons, len(lessons)):
            variants = chance.sample(lesson.variants, min(recipe.variants, len(lesson.variants)))
            loss = _loss(encoder, network, lesson, variants)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            optimiser.step()
            pace.step()
            total += loss.item()
        say(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(lessons):.3f} a report")
    both.eval()
    return encoder, network


def _loss(encoder: Encoder, network: ReaderNetwork, lesson: Lesson, variants: list[Lesson]) -> Tensor:
    """The report's loss and its variants', over one encoding of every sentence that stands in any of them."""
    known = {tuple(pieces): row for row, pieces in enumerate(lesson.pieces)}
    pieces = list(lesson.pieces)
    for variant in variants:
        for sentence in map(tuple, variant.pieces):
            if sentence not in known:
                known[sentence] = len(pieces)
                pieces.append(list(sentence))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = encoder.vectors(pieces)
    given = [(vectors[: len(lesson.pieces)], lesson.features, lesson.type)]
    for variant in variants:
        rows = torch.tensor([known[tuple(sentence)] for sentence in variant.pieces])
        given.append((vectors[rows], variant.features, variant.type))
    first, *others = network.together(given)
    losses = [VARIANT_WEIGHT * lesson_loss(read, variant) for read, variant in zip(others, variants, strict=True)]
    return lesson_loss(first, lesson) + sum(losses)


def lesson_loss(read: tuple[Tensor, ...], lesson: Lesson) -> Tensor:
    """How far the reading is from the labels; each kind of label weighs about the same at the start."""
    evidence, reasoned, faults, speakers, statuses = read
    odds = F.binary_cross_entropy_with_logits
    loss = odds(evidence, lesson.evidence, reduction="sum") / 20
    loss = loss + odds(reasoned, lesson.reasoned, reduction="sum") / 20
    heavier = torch.full((faults.shape[1],), FAULT_WEIGHT)
    loss = loss + odds(faults, lesson.faults, lesson.fault_weights, reduction="sum", pos_weight=heavier) / 10
    known = lesson.statuses != UNKNOWN
    loss = loss + F.cross_entropy(statuses[known], lesson.statuses[known], label_smoothing=0.05, reduction="sum") / 5
    if bool((lesson.speakers != UNKNOWN).any()):
        loss = loss + F.cross_entropy(speakers, lesson.speakers, ignore_index=UNKNOWN)
    return loss
