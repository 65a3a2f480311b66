"""Work shared out as evenly as the exclusions allow."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Place = TypeVar("Place")


def balanced(
    items: Mapping[Item, Sequence[Place]], places: Sequence[Place], already: Mapping[Place, int] | None = None
) -> dict[Item, Place]:
    """For each item one of the places that it may go to, so that the places' loads are as even as can be.

    `already` is what a place had before. Items go in turn to the least loaded, the first of equals; then, as long as a
    chain of moves takes one from a place to another that has two fewer, it is made. What no such chain can better has
    the least sum of squared loads of all (Harvey, Ladner, Lovász and Tamir, Semi-matchings for bipartite graphs and
    load balancing, Journal of Algorithms 2006): where loads can differ by one at most, they do.

    Raises:
        ValueError: if an item may go nowhere.
    """
    load = {place: (already or {}).get(place, 0) for place in places}
    rank = {place: number for number, place in enumerate(places)}
    chosen: dict[Item, Place] = {}
    for item, allowed in items.items():
        chosen[item] = min(allowed, key=lambda place: (load[place], rank[place]))
        load[chosen[item]] += 1
    while moves := _improvement(items, chosen, load, rank):
        for item, place in moves:
            load[chosen[item]] -= 1
            load[place] += 1
            chosen[item] = place
    return chosen


def _improvement(
    items: Mapping[Item, Sequence[Place]],
    chosen: Mapping[Item, Place],
    load: Mapping[Place, int],
    rank: Mapping[Place, int],
) -> list[tuple[Item, Place]]:
    """Moves that together take one item from a place to one with at least two fewer; none if there are none."""
    held: dict[Place, list[Item]] = {}
    for item, place in chosen.items():
        held.setdefault(place, []).append(item)
    for start in sorted(held, key=lambda place: (-load[place], rank[place])):
        came: dict[Place, tuple[Item, Place]] = {}  # by which item, and from where
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for item in held.get(here, ()):
                for place in items[item]:
                    if place == start or place in came:
                        continue
                    came[place] = (item, here)
                    if load[place] <= load[start] - 2:
                        return _path(came, start, place)
                    waiting.append(place)
    return []


def _path(came: Mapping[Place, tuple[Item, Place]], start: Place, end: Place) -> list[tuple[Item, Place]]:
    moves: list[tuple[Item, Place]] = []
    while end != start:
        item, before = came[end]
        moves.append((item, end))
        end = before
    return moves
