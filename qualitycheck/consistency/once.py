"""Work that several checks share, done once for a case."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from qualitycheck.understanding.case import Case

T = TypeVar("T")


def once(build: Callable[[Case], T]) -> Callable[[Case], T]:
    """Keeps the answer for the case last asked about, and the case itself no longer than others do."""
    kept: tuple[ref[Case], T] | None = None

    @wraps(build)
    def answer(case: Case) -> T:
        nonlocal kept
        if kept is not None and kept[0]() is case:
            return kept[1]
        built = build(case)
        kept = ref(case), built
        return built

    return answer
