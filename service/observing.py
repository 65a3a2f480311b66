"""What is written down about requests: a number, the route, the status, how long, whose account. Never an address as it
was asked for (it may hold a token or a file's name), never a word of a report, never an exception's text (it may quote
one).
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import sys
import threading
import time
import traceback
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
UNROUTED = "(none)"
log = logging.getLogger("qualitycheck.service")


class Figures:
    """What /metrics counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "qualitycheck_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "qualitycheck_request_seconds", "Seconds until a request was answered.", ("route",), registry=self.registry
        )
        self.checks = Counter(
            "qualitycheck_checks", "Reports checked, by how it ended.", ("outcome",), registry=self.registry
        )
        self.queue = Gauge("qualitycheck_queue", "Reports waiting for a worker.", registry=self.registry)
        self.workers = Gauge(
            "qualitycheck_workers_ready", "Workers with rules and models loaded.", registry=self.registry
        )
        self.held = Gauge("qualitycheck_held_checks", "Checks held in memory for the pages.", registry=self.registry)


class Observed:
    """Gives every request its number, counts it, writes one line about it, and answers for what nobody caught."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = number
        status = 0
        begun = time.perf_counter()

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER.encode(), number.encode())]
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        except asyncio.CancelledError:  # the service is stopping, and has waited long enough
            if status == 0:
                from qualitycheck.service.answering import answer_stopping

                await answer_stopping(scope, receive, numbered)
            else:
                await send({"type": "http.response.body"})
        except Exception as fault:
            log.error("fault", extra={"told": {"request": number, "fault": _where(fault)}})
            if status == 0:
                from qualitycheck.service.answering import answer_fault

                await answer_fault(scope, receive, numbered)
        finally:
            took = time.perf_counter() - begun
            # FastAPI leaves the matched route here; what was asked for without a match may be anything.
            route = getattr(scope.get("route"), "path", UNROUTED)
            self._figures.requests.labels(scope["method"] if route != UNROUTED else UNROUTED, route, status).inc()
            self._figures.seconds.labels(route).observe(took)
            told = {
                "request": number,
                "method": scope["method"],
                "route": route,
                "status": status,
                "ms": round(took * 1000),
            }
            if account := scope["state"].get("account"):  # an id drawn at random
                told["who"] = account
            log.info("request", extra={"told": told})


def _where(fault: BaseException) -> str:
    """The kind of a fault and where it was raised; not its text."""
    frames = traceback.extract_tb(fault.__traceback__)
    at = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(fault).__name__}{at}"


class Lines(logging.Formatter):
    """One JSON object a line. Exceptions that a library logs are named by kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage() if record.name.startswith("qualitycheck") else record.name,
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1]:
            told["fault"] = _where(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


class Seldom(logging.Filter):
    """Once a second is enough to say that there are no file handles left; and that it stops, somebody wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "uvicorn.error" and str(record.msg).startswith("Cancel %s running task"):
            return False
        if record.name != "asyncio" or "out of system resource" not in str(record.msg):
            return True
        is_time = record.created >= self._next
        if is_time:
            self._next = record.created + 1
        return is_time


def write_log(*, requests: bool) -> None:
    """Send the log to standard error, with a line a request if so wanted; of libraries only warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    handler.addFilter(Seldom())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO if requests else logging.WARNING)
    logging.captureWarnings(True)  # Python would write them out itself, and with them what they quote
    threading.excepthook = _name_fault
    sys.unraisablehook = _name_fault


def _name_fault(told: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
    """Of what nobody could catch, the kind and the place; Python would write its text as well."""
    fault = told.exc_value
    log.error("fault", extra={"told": {"fault": _where(fault) if fault else told.exc_type.__name__}})
