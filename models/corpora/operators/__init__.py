"""Operators that change a labelled report in one respect and know what becomes of its labels. See README.md."""

from __future__ import annotations

from qualitycheck.models.corpora.operators import elements, facts, inserted, support, wording
from qualitycheck.models.corpora.operators.mutation import Mutation, Operator

OPERATORS: dict[str, Operator] = {
    operator.name: operator for group in (support, elements, facts, inserted, wording) for operator in group.OPERATORS
}

__all__ = ["OPERATORS", "Mutation", "Operator"]
