"""A worker process: it takes an order, does it and answers, one at a time, for as long as its pipe lasts.

Nothing of a report stays behind: what it prints goes nowhere, it writes no core file, and what an order needed is
given up before the next one comes.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import walk_tb
from types import ModuleType
from typing import Any

from qualitycheck.errors import UnreadableReport, UserError
from qualitycheck.limits import MEBIBYTE
from qualitycheck.pipeline import Stage
from qualitycheck.service.crashes import leave_no_core
from qualitycheck.service.work.messages import (
    Began,
    Done,
    Failed,
    Mistaken,
    Order,
    OutOfMemory,
    Reached,
    Ready,
    Refused,
    Terms,
)

GRACE_SECONDS = 2  # after its time is up, before a worker that nobody killed ends itself
FIRST_TO_GO = "500"  # when the machine itself runs out of memory: a worker before the server


def run(connection: Connection, terms: Terms) -> None:
    """Prepare the module of tasks, say so, and serve until the server is gone.

    The module has `TASKS`, functions by name that are called with what its `prepare(configuration)` made, with `tell`
    for how far they are, and with what was ordered; and `forget()`, called after each.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    _say_nothing()
    orders: SimpleQueue[Order] = SimpleQueue()
    Thread(target=_receive, args=(connection, orders), daemon=True).start()
    try:
        tasks = import_module(terms.tasks)
        tools = tasks.prepare(terms.configuration)
    except Exception as fault:
        connection.send(Failed(str(fault) if isinstance(fault, UserError) else where(fault)))
        return
    gc.collect()
    gc.freeze()  # rules and models stay: looking through them after each report would be in vain
    connection.send(Ready(limit_memory(terms.mib)))
    with Path(os.devnull).open("w") as nowhere:
        fit = True
        while fit:
            order = orders.get()
            # Where the server was killed as well, and the work holds Python's lock, nothing else could end it.
            faulthandler.dump_traceback_later(terms.seconds + GRACE_SECONDS, exit=True, file=nowhere)
            fit = _serve(order, tasks, tools, connection)
            del order
            tasks.forget()
            gc.collect()
            faulthandler.cancel_dump_traceback_later()


def _serve(order: Order, tasks: ModuleType, tools: Any, connection: Connection) -> bool:
    """Answer one order; whether the process is fit for another."""

    def tell(stage: Stage) -> None:
        connection.send(Reached(stage))

    connection.send(Began())
    try:
        connection.send(Done(tasks.TASKS[order.task](tools, tell, *order.args)))
    except MemoryError:
        connection.send(OutOfMemory())
        return False
    except UnreadableReport as refusal:
        connection.send(Refused(refusal.code, refusal.message))
    except UserError as mistake:
        connection.send(Mistaken(type(mistake), str(mistake)))
    except Exception as fault:
        connection.send(Failed(where(fault)))
    except BaseException as fault:  # a library in Rust panics with one, and may be left in pieces
        connection.send(Failed(where(fault)))
        return False
    return True


def where(fault: BaseException) -> str:
    """The kind of a fault and the innermost place of our own that it came through; its text may quote the report."""
    places = [(frame.f_globals.get("__name__", ""), line) for frame, line in walk_tb(fault.__traceback__)]
    ours = [(module, line) for module, line in places if module.startswith("qualitycheck.")] or places[-1:]
    return f"{type(fault).__name__} at {ours[-1][0]}:{ours[-1][1]}" if ours else type(fault).__name__


def limit_memory(mib: int) -> bool:
    """Hold this process to so much more address space than it has now; False where the platform cannot.

    Needs /proc, and a kernel that heeds RLIMIT_AS: Linux.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return False
    most = pages * resource.getpagesize() + mib * MEBIBYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    return True


def _receive(connection: Connection, orders: SimpleQueue[Order]) -> None:
    """Hand on what comes through the pipe. When it ends the server is gone, and the work is for nobody."""
    try:
        while True:
            orders.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _say_nothing() -> None:
    """Neither on the terminal nor in a core file: either could hold words of a report."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    leave_no_core()
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
