"""Move likelihoods towards an office's labels, and no further than the labels bear.

A multinomial logistic regression on top of the shipped log-likelihoods, fitted by Newton's method. What it may add is
held back by normal priors around "no change" (the constants below are their standard deviations, in log-odds): one
report moves next to nothing, and what is one criterion's own moves only where report after report says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qualitycheck.judging.own import LEAST_SHARE, Shift

Array = NDArray[np.float64]
SCALE = 0.25  # of how much surer or less sure everything is
SHARED = 0.5  # of what moves for all criteria alike
OWN = 0.7  # of what moves for one criterion
DIGITS = 5
_STEPS = 50
_SMALL = 1e-9


def fit(shares: NDArray[np.float32], criteria: Sequence[str], answers: Sequence[int]) -> Shift:
    """The shift under which the answers are likeliest, with the priors.

    `shares` (answers, columns): the shipped likelihoods, rows that sum to 1; `answers`: each row's labelled column.
    """
    columns = shares.shape[1]
    names = sorted(set(criteria))
    if not names:
        return Shift(1.0, (0.0,) * columns, {})
    possible = shares > 0
    logs = np.log(np.maximum(shares, LEAST_SHARE).astype(np.float64))
    design = _design(logs, [names.index(criterion) for criterion in criteria], len(names))
    spread = np.repeat([SCALE, SHARED, OWN], [1, columns, columns * len(names)])
    start = np.where(possible, logs, -np.inf)
    moved = _newton(start, design, np.asarray(answers), 1 / spread**2).round(DIGITS)
    own = moved[1 + columns :].reshape(len(names), columns)
    return Shift(
        1.0 + float(moved[0]),
        tuple(map(float, moved[1 : 1 + columns])),
        {name: tuple(map(float, row)) for name, row in zip(names, own, strict=True)},
    )


def _design(logs: Array, of: Sequence[int], criteria: int) -> Array:
    """(answers, columns, parameters): how each parameter moves each log-likelihood."""
    rows, columns = logs.shape
    design = np.zeros((rows, columns, 1 + columns * (1 + criteria)))
    design[:, :, 0] = logs
    for column in range(columns):
        design[:, column, 1 + column] = 1
        design[np.arange(rows), column, 1 + columns * (1 + np.asarray(of)) + column] = 1
    return design


def _newton(start: Array, design: Array, answers: NDArray[np.int64], held: Array) -> Array:
    """The parameters with the least loss; it is convex, so there is one. A step is halved while it makes it worse."""
    rows = np.arange(len(answers))

    def judged(at: Array) -> tuple[float, Array]:
        odds = start + design @ at
        odds -= odds.max(axis=1, keepdims=True)
        shares = np.exp(odds)
        total = shares.sum(axis=1, keepdims=True)
        loss = float(np.log(total).sum() - odds[rows, answers].sum() + (held * at**2).sum() / 2)
        return loss, shares / total

    parameters = np.zeros(design.shape[2])
    loss, shares = judged(parameters)
    labelled = design[rows, answers].sum(axis=0)
    for _ in range(_STEPS):
        weighted = design * shares[:, :, None]
        mean = weighted.sum(axis=1)
        gradient = mean.sum(axis=0) - labelled + held * parameters
        curve = np.tensordot(design, weighted, axes=([0, 1], [0, 1])) - mean.T @ mean + np.diag(held)
        step = np.linalg.solve(curve, gradient)
        while (tried := judged(parameters - step))[0] > loss and np.abs(step).max() > _SMALL:
            step /= 2
        parameters, (loss, shares) = parameters - step, tried
        if np.abs(step).max() <= _SMALL:
            break
    return parameters
