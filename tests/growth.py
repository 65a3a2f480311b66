"""How the cost of work grows with its length: seconds flake on a shared machine, ratios of CPU time do not."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

FLOOR = 0.01  # seconds: below it the clock and the caches say more than the work


def growth(work: Callable[[int], object], length: int, times: int = 10) -> float:
    """How often the CPU time of `work(length)` goes into that of `work(length * times)`; the best of three each.

    Linear work gives about `times`, quadratic work its square: a bar of 40 for 10 tells them apart on a busy machine.
    """
    short, long = zip(*((_seconds(work, length), _seconds(work, length * times)) for _ in range(3)), strict=True)
    return min(long) / max(min(short), FLOOR)


def _seconds(work: Callable[[int], object], length: int) -> float:
    """CPU seconds of one call, without the garbage of the whole test run being walked over meanwhile."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        work(length)
        return time.process_time() - begun
    finally:
        gc.enable()
