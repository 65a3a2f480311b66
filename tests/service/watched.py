"""`qualitycheck` with every file that it opens for writing put down, and, where it is asked for, something going wrong.

    WRITES=list.txt FAULT=worker python tests/service/watched.py serve

A worker process runs this file again before anything else (multiprocessing's "spawn"), so that it is watched as well.
What goes wrong quotes the report, as an exception of a library well may.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from typing import Any, NoReturn

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_list = os.open(os.environ["WRITES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and arguments[2] & WRITING and not isinstance(arguments[0], int):  # a number was opened before
        os.write(_list, os.fsencode(arguments[0]) + b"\n")


def fails(*given: Any) -> NoReturn:
    """Say what it was given in every way there is, and fail with it."""
    quoted = repr(given)
    if IN_WORKER:
        print(quoted, flush=True)
    logging.getLogger("some.library").error("cannot do %s", quoted, exc_info=True)
    warnings.warn(quoted, stacklevel=1)
    threading.Thread(target=_raises, args=(quoted,)).start()
    _raises(quoted)


def _raises(quoted: str) -> NoReturn:
    raise RuntimeError(quoted)


def dies(*given: Any) -> NoReturn:
    """Say what it was given and fall over, as a library in C does."""
    os.write(2, repr(given).encode())
    os.abort()


IN_WORKER = __name__ == "__mp_main__"
sys.addaudithook(watch)

if IN_WORKER:
    from qualitycheck.service.work import tasks

    match os.environ.get("FAULT"):
        case "worker":
            tasks.lay_out = fails
        case "worker dies":
            tasks.lay_out = dies

if __name__ == "__main__":
    from qualitycheck.cli import main
    from qualitycheck.service.routes import api

    if os.environ.get("FAULT") == "server":
        api.as_contract = fails
    sys.exit(main())
