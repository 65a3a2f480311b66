"""Tasks that do what reports must not be able to do to the service. Run in workers (`Pool(settings, TRICKS)`)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.pipeline import Stage

Tell = Callable[[Stage], None]
PLANTED = "Zorvane told the guardian"
forgotten = 0


def prepare(configuration: Path | None) -> list[bytes]:
    if configuration:
        raise BadSetting(f"{configuration.name} is wrong")
    return []


def forget() -> None:
    global forgotten
    forgotten += 1


def process(_: Any, tell: Tell) -> int:
    return os.getpid()


def echo(_: Any, tell: Tell, value: Any) -> Any:
    return value


def stages(_: Any, tell: Tell) -> None:
    for stage in Stage:
        tell(stage)


def times_forgotten(_: Any, tell: Tell) -> int:
    return forgotten


def guarded(_: Any, tell: Tell) -> tuple[int, set[int]]:
    """The most bytes of a core file, and the signals that were blocked when the process began."""
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[1], set(map(int, signal.pthread_sigmask(signal.SIG_BLOCK, [])))


def wait_for(_: Any, tell: Tell, file: str) -> int:
    """Tells that it is there, and waits until the file is."""
    tell(Stage.READING)
    while not Path(file).exists():
        time.sleep(0.005)
    return os.getpid()


def hang(_: Any, tell: Tell) -> None:
    tell(Stage.READING)
    threading.Event().wait()


def hang_with_the_lock(_: Any, tell: Tell) -> None:
    """In C, and without giving up Python's lock: no other thread of the process can run."""
    tell(Stage.READING)
    ctypes.PyDLL(None).sleep(3600)


def stop(_: Any, tell: Tell) -> None:
    """Stopped, and not dead: nothing more comes, and nothing ends."""
    os.kill(os.getpid(), signal.SIGSTOP)


def eat(_: Any, tell: Tell, mib: int) -> int:
    return len(bytearray(mib * 1024 * 1024))


def die(_: Any, tell: Tell) -> None:
    tell(Stage.READING)
    os.kill(os.getpid(), signal.SIGKILL)


def abort(_: Any, tell: Tell) -> None:
    """As a library does that gets no memory: a core file would hold the report."""
    os.abort()


def leave(_: Any, tell: Tell) -> None:
    sys.exit("on its own")


def crash(_: Any, tell: Tell) -> None:
    print(PLANTED)
    print(PLANTED, file=sys.stderr)
    raise ValueError(PLANTED)


def refuse(_: Any, tell: Tell) -> None:
    raise UnreadableReport("encrypted", "is encrypted: remove the password and try again")


def misuse(_: Any, tell: Tell) -> None:
    raise BadSetting("the type of report is auto, section7 or section31")


def unspeakable(_: Any, tell: Tell) -> Any:
    return threading.Lock()  # cannot be sent


TASKS = {
    one.__name__: one
    for one in (
        process, echo, stages, times_forgotten, guarded, wait_for, hang, hang_with_the_lock, stop, eat, die, abort,
        leave, crash, refuse, misuse, unspeakable,
    )
}  # fmt: skip
