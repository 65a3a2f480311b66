"""How often one may be wrong: in memory, in a window that moves."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from qualitycheck.service.problems import Problem

WINDOW_MINUTES = 15
OF_AN_ADDRESS = 10  # times as many wrong passwords as of one account: a whole office may share an address


@dataclass
class Try:
    """One try; it counts unless it was right."""

    right: bool = False


class Tries:
    """Counts wrong tries for each name given; a right one costs nothing.

    Wrong passwords are counted twice: for the account, and for the address that they came from, which is given ten
    times as many, since behind it may be a whole office of people who mistype.
    """

    def __init__(self, most: int) -> None:
        """`most`: wrong tries in 15 minutes, of one account or at guessing one kind of secret."""
        self._limit = RateLimitItemPerMinute(most, WINDOW_MINUTES)
        self._limit_of_address = RateLimitItemPerMinute(most * OF_AN_ADDRESS, WINDOW_MINUTES)
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._under_way: Counter[str] = Counter()
        self._lock = Lock()

    def hold(self, name: str) -> None:
        """Raises Problem 429 where this was wrong too often."""
        self._hold(name, self._limit)

    def _hold(self, name: str, limit: RateLimitItem) -> None:
        stats = self._window.get_window_stats(limit, name)
        if stats.remaining <= self._under_way[name]:
            wait = max(1, math.ceil(stats.reset_time - time.time()))
            minutes = math.ceil(wait / 60)
            raise Problem(
                429,
                f"That was wrong too often: try again in {minutes} minute{'s' * (minutes > 1)}.",
                headers={"Retry-After": str(wait)},
            )

    def wrong(self, name: str) -> None:
        """Count one."""
        self._window.hit(self._limit, name)

    @contextmanager
    def one(self, account: str, address: str) -> Iterator[Try]:
        """Try one password; raises Problem 429 where the account or the address was wrong too often.

        Of an account, tries under way count as wrong until they end: many at once get no further than one by one.
        """
        with self._lock:
            self.hold(account)
            self._hold(address, self._limit_of_address)
            self._under_way[account] += 1
        this = Try()
        try:
            yield this
        finally:
            with self._lock:
                self._under_way[account] -= 1
                self._under_way += Counter()  # forgets the noughts
                if not this.right:
                    self.wrong(account)
                    self._window.hit(self._limit_of_address, address)


def address_of(request: Request) -> str:
    """Where a request comes from, to count by: of an IPv6 address the network, since one person has all of it."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
