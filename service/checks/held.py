"""Checks that nobody chose to keep: in the memory of this process only, for as long as somebody looks at them."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from threading import RLock
from typing import Any

from pydantic import TypeAdapter

from qualitycheck.checking import TypeWanted, unreadable
from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import MEBIBYTE
from qualitycheck.pipeline import Stage
from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import ReportResult
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.pool import Pool

ENDED = (State.DONE, State.REFUSED)
OUR_FAULT = "made the checker itself fail: please tell whoever looks after it"
OBJECTS_TO_JSON = 2  # what a result and its sheet take in memory, to their size as JSON; measured on the examples
_JSON_OF: TypeAdapter[tuple[ReportResult | None, Sheet | None, Previous | None]] = TypeAdapter(
    tuple[ReportResult | None, Sheet | None, Previous | None]
)

Hear = Callable[[Check | None], None]  # None: it is forgotten


@dataclass(eq=False)
class _Held:
    check: Check
    looked_at: float  # time.monotonic()
    size: int  # bytes, roughly
    future: Future[Any] | None = None
    watchers: list[Hear] = field(default_factory=list)

    def tell(self, check: Check | None) -> None:
        for hear in self.watchers:
            hear(check)


class HeldChecks:
    """Safe to use from any thread. A check that nobody looked at for `hold_minutes` is forgotten; beyond `hold_mib`,
    those go that nobody has looked at for longest, but never the newest of all."""

    def __init__(self, settings: Settings, pool: Pool, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = settings.held_for.total_seconds()
        self._most = settings.hold_mib * MEBIBYTE
        self._pool = pool
        self._clock = clock
        self._lock = RLock()
        self._held: dict[str, _Held] = {}

    def add(
        self,
        owner: str,
        session: str | None,
        name: str,
        data: bytes,
        wanted: TypeWanted,
        decisions: Mapping[str, str] | None = None,
        previous: Previous | None = None,
    ) -> Check:
        """Hold a report and have it checked; raises Busy, and holds nothing, when too many wait."""
        id = secrets.token_urlsafe(16)
        now = datetime.now(UTC)
        check = Check(id, owner, session, name, data, wanted, now, decisions=dict(decisions or {}), previous=previous)
        held = _Held(check, self._clock(), _size(check))
        with self._lock:
            self._held[id] = held  # before it is submitted: its first word may come at once
            tell = partial(self._reached, id)
            try:
                held.future = self._pool.submit("check", data, name, wanted, tell=tell)
            except BaseException:
                del self._held[id]
                raise
            self.sweep()
        held.future.add_done_callback(lambda future: self._ended(id, future))
        return check

    def get(self, id: str) -> Check | None:
        """The check, looked at; None when it is not, or no longer, held."""
        with self._lock:
            self.sweep()
            held = self._held.get(id)
            if held is None:
                return None
            held.looked_at = self._clock()
            return held.check

    def of(self, owner: str, session: str | None) -> list[Check]:
        """Those of one session of somebody's, newest first."""
        with self._lock:
            self.sweep()
            checks = [held.check for held in self._held.values()]
        return [check for check in reversed(checks) if (check.owner, check.session) == (owner, session)]

    def change(self, id: str, **fields: Any) -> Check:
        """The check with these fields changed; raises KeyError when it is not held."""
        with self._lock:
            held = self._held[id]
            before, held.check = held.check, replace(held.check, **fields)
            if fields.keys() & {"result", "sheet", "previous", "data"}:
                held.size = _size(held.check)
            held.looked_at = self._clock()
            if (before.state, before.stage) != (held.check.state, held.check.stage):
                held.tell(held.check)
            return held.check

    def forget(self, id: str) -> None:
        """Let go of it; what waits to be checked is taken out of the queue."""
        with self._lock:
            held = self._held.pop(id, None)
            if held is None:
                return
            held.tell(None)
        if held.future:
            held.future.cancel()

    def forget_session(self, session: str) -> None:
        with self._lock:
            for id in [id for id, held in self._held.items() if held.check.session == session]:
                self.forget(id)

    def position(self, id: str) -> int:
        """Its place in the queue: 1 is next; 0 when it does not wait."""
        with self._lock:
            held = self._held.get(id)
        return self._pool.place(held.future) if held and held.future else 0

    async def watch(self, id: str) -> AsyncIterator[Check]:
        """The check now, and at each change of its state or stage, until it is done, refused or forgotten."""
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[Check | None] = asyncio.Queue()

        def hear(check: Check | None) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody listens
                loop.call_soon_threadsafe(heard.put_nowait, check)

        with self._lock:
            check = self.get(id)
            held = self._held.get(id)
            if held:
                held.watchers.append(hear)
        try:
            while check:
                yield check
                if check.state in ENDED:
                    return
                check = await heard.get()
        finally:
            if held:
                with self._lock:
                    held.watchers.remove(hear)

    def sweep(self) -> None:
        """Forget what was not looked at for too long, and what there is no room for."""
        with self._lock:
            before = self._clock() - self._seconds
            for id in self._by_age():
                if self._held[id].looked_at >= before:
                    break
                self.forget(id)
            size = sum(held.size for held in self._held.values())
            for id in self._by_age()[:-1]:
                if size <= self._most:
                    break
                size -= self._held[id].size
                self.forget(id)

    def __len__(self) -> int:
        with self._lock:
            return len(self._held)

    def _by_age(self) -> list[str]:
        """Ids; what nobody has looked at for longest comes first."""
        return sorted(self._held, key=lambda id: self._held[id].looked_at)

    def _reached(self, id: str, stage: Stage) -> None:
        with suppress(KeyError):  # it was forgotten
            self.change(id, state=State.RUNNING, stage=stage)

    def _ended(self, id: str, future: Future[Any]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        with self._lock, suppress(KeyError):
            if error is None:
                result, sheet = future.result()
                self.change(id, state=State.DONE, stage=None, result=result, sheet=sheet)
            else:
                refusal = error if isinstance(error, UnreadableReport) else UnreadableReport("fault", OUR_FAULT)
                check = self._held[id].check
                refused = unreadable(check.name, check.data, refusal)
                self.change(id, state=State.REFUSED, stage=None, result=refused)
            self._held[id].future = None
        self.sweep()


def _size(check: Check) -> int:
    """Bytes of memory that it takes, roughly."""
    return len(check.data) + OBJECTS_TO_JSON * len(_JSON_OF.dump_json((check.result, check.sheet, check.previous)))
