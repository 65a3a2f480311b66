"""The reader as it is trained: a sentence encoder, and a network over its vectors that judges each in its place.

The encoder is all-MiniLM-L6-v2 (Apache-2.0) from a registry package, tuned on the corpus. Over its vectors goes one
recurrent layer, forward and back; from it each sentence gets its log-odds, and each element its status from the
passages that show it best (attention by the evidence itself, so that the passages shown are those that decided).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence, unpack_sequence
from transformers import AutoModel

from qualitycheck.judging.inputs import FEATURES
from qualitycheck.judging.labels import ELEMENTS, FAULTS, SPEAKERS, STATUSES

WIDTH = 384  # of the encoder's vectors
HIDDEN = 128  # of the recurrent layer, each way
SUMMARY = 64  # of what an element's passages are summed up in
BEST = 3  # passages whose log-odds count by themselves
NOTHING = -9.0  # log-odds where there is no sentence
FROZEN_LAYERS = 3  # of six: the lower ones know English already
AT_ONCE = 24


class Encoder(nn.Module):
    """Word pieces of one sentence to one vector: the mean over its pieces.

    Without dropout and with plain attention, which halves the time of training on a processor.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.words = AutoModel.from_pretrained(
            folder, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.words.pooler = None
        self.words.embeddings.requires_grad_(False)
        for layer in self.words.encoder.layer[:FROZEN_LAYERS]:
            layer.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(sentences, pieces) of ids and mask -> (sentences, WIDTH)."""
        states = self.words(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        return (states * weight).sum(1) / weight.sum(1)

    def vectors(self, pieces: list[list[int]]) -> Tensor:
        """One vector a sentence, in the order given; those of like length go through together."""
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        done = [self(*_padded([pieces[i] for i in order[k : k + AT_ONCE]])) for k in range(0, len(order), AT_ONCE)]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(done).float()[back]


def _padded(pieces: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, pieces))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in pieces])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in pieces])
    return ids, mask


class InOrder(nn.Module):
    """Vectors and features of a document's sentences, each read beside its neighbours, forward and back."""

    def __init__(self, features: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.enter = nn.Linear(WIDTH + features, 2 * HIDDEN)
        self.order = nn.GRU(2 * HIDDEN, HIDDEN, batch_first=True, bidirectional=True)

    def entered(self, vectors: Tensor, features: Tensor) -> Tensor:
        """(sentences, WIDTH), (sentences, features) -> (sentences, 2 * HIDDEN): what goes into the recurrent layer."""
        return F.gelu(self.enter(torch.cat([self.drop(3 * vectors), features], 1)))

    def read(self, entered: Tensor, along: Tensor) -> Tensor:
        """Each sentence by itself and in its place -> (sentences, 4 * HIDDEN)."""
        read: Tensor = self.drop(torch.cat([entered, along], 1))
        return read


class ReaderNetwork(InOrder):
    """Vectors and features of a report's sentences -> evidence, reasoned, faults, speakers, statuses (log-odds)."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__(FEATURES, dropout)
        elements = len(ELEMENTS)
        self.evidence = nn.Linear(4 * HIDDEN, 2 * elements)
        self.faults = nn.Linear(4 * HIDDEN, len(FAULTS))
        self.speakers = nn.Linear(4 * HIDDEN, len(SPEAKERS))
        self.summary = nn.Linear(4 * HIDDEN, SUMMARY)
        self.sharpness = nn.Parameter(torch.full((elements,), 1.5))
        self.status_by_summary = nn.Parameter(torch.randn(elements, SUMMARY, len(STATUSES)) * 0.05)
        self.status_by_odds = nn.Parameter(torch.zeros(elements, 6, len(STATUSES)))
        # Where every element begins: evidence that is reasoned speaks for met, other evidence for partial.
        self.status_by_odds_of_all = nn.Parameter(
            torch.tensor(
                [
                    [0.3, 0.3, -0.3, 0],
                    [0, 0, 0, 0],
                    [0.6, -0.4, 0, 0],
                    [0.2, -0.2, 0, 0],
                    [0, 0.5, -1, 0],
                    [1, -0.5, -0.2, 0],
                ]
            )
        )
        self.status_by_type = nn.Parameter(torch.zeros(2, elements, len(STATUSES)))

    def status_parameters(self) -> Iterable[nn.Parameter]:
        """Those few of the statuses, which learn faster than the rest."""
        return (p for name, p in self.named_parameters() if name.startswith("status"))

    def reading_parameters(self) -> Iterable[nn.Parameter]:
        return (p for name, p in self.named_parameters() if not name.startswith("status"))

    def forward(self, vectors: Tensor, features: Tensor, type: Tensor) -> tuple[Tensor, ...]:
        """(sentences, WIDTH), (sentences, FEATURES), 0 for section 7 or 1 for section 31."""
        entered = self.entered(vectors, features)
        along, _ = self.order(entered.unsqueeze(0))
        return self._judged(entered, along.squeeze(0), type)

    def together(self, reports: list[tuple[Tensor, Tensor, Tensor]]) -> list[tuple[Tensor, ...]]:
        """`forward` for several reports at once, which is much quicker than one after the other."""
        entered = [self.entered(vectors, features) for vectors, features, _ in reports]
        packed, _ = self.order(pack_sequence(entered, enforce_sorted=False))
        return [
            self._judged(one, along, type)
            for one, along, (_, _, type) in zip(entered, unpack_sequence(packed), reports, strict=True)
        ]

    def _judged(self, entered: Tensor, along: Tensor, type: Tensor) -> tuple[Tensor, ...]:
        read = self.read(entered, along)
        evidence, reasoned = (self.evidence(read) - 3).split(len(ELEMENTS), dim=1)
        attention = torch.softmax(evidence * self.sharpness, 0)
        summary = self.drop(attention.T @ F.gelu(self.summary(read)))
        odds = torch.stack([*_best(evidence), *_best(reasoned), evidence.logsumexp(0), reasoned.logsumexp(0)], 1) / 3
        statuses = (
            torch.einsum("es,est->et", summary, self.status_by_summary)
            + torch.einsum("eo,eot->et", odds, self.status_by_odds + self.status_by_odds_of_all)
            + self.status_by_type[type]
        )
        return evidence, reasoned, self.faults(read) - 4, self.speakers(read), statuses


def _best(odds: Tensor) -> tuple[Tensor, Tensor]:
    """The best sentence's log-odds of each element, and the third best's (of a report of two sentences, NOTHING)."""
    best = torch.cat([odds, odds.new_full((BEST, odds.shape[1]), NOTHING)]).topk(BEST, dim=0).values
    return best[0], best[-1]
