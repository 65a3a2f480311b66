"""The real program, `qualitycheck serve`, as a process of its own, in a folder that holds all that it writes."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

PROGRAM = ("-m", "qualitycheck")
PATIENCE = 240  # seconds: the models are loaded within a few, on a machine with nothing else to do
Found = TypeVar("Found")
_LISTENS = re.compile(r"(?:http://|listens on )([\d.]+:\d+)(\S*)")


@dataclass(frozen=True)
class Service:
    """A service that runs; `link` lets one browser in (on one's own machine)."""

    process: subprocess.Popen[bytes]
    folder: Path
    address: str
    link: str

    def workers(self) -> list[int]:
        """The processes that check reports. Linux only, as all below that asks /proc."""
        return sorted(pid for pid in children(self.process.pid) if b"--multiprocessing-fork" in _told(pid, "cmdline"))

    def said(self) -> bytes:
        """All that was written to the terminal so far."""
        return (self.folder / "stdout").read_bytes() + (self.folder / "stderr").read_bytes()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop (or kill it); its exit status, once its workers are gone too."""
        workers = self.workers()
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        until(lambda: not any(map(is_alive, workers)), "the workers did not end with the server")
        return status


@contextlib.contextmanager
def serving(
    folder: Path, *, program: Sequence[str] = PROGRAM, environment: dict[str, str] | None = None, **settings: Any
) -> Iterator[Service]:
    """Start it on a free port and wait until it is ready; stopped at the end, if it still runs.

    Below `folder`: `home`, `temporary`, `work` (where it is started), `data`; what it says in `stdout` and `stderr`.
    """
    places = {name: folder / name for name in ("home", "temporary", "work", "data")}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    told = {f"QUALITYCHECK_{name.upper()}": str(value) for name, value in settings.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUALITYCHECK_", "XDG_"))}
    lies = {
        "HOME": places["home"],
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR", "SQLITE_TMPDIR"), places["temporary"]),
        **{f"XDG_{name}_HOME": places["home"] / name.lower() for name in ("CACHE", "CONFIG", "DATA", "STATE")},
        "QUALITYCHECK_DATA_FOLDER": places["data"],
    }
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, *program, "serve", "--port", "0", "--no-browser"],
            cwd=places["work"],
            env=kept | {name: str(place) for name, place in lies.items()} | told | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
    try:
        yield _ready(process, folder)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: subprocess.Popen[bytes], folder: Path) -> Service:
    def listens() -> re.Match[str] | None:
        ended = process.poll()
        assert ended is None, f"it ended with {ended}: {(folder / 'stderr').read_text('utf-8')}"
        return _LISTENS.search((folder / "stdout").read_text("utf-8"))

    found = until(listens, "it does not say where it listens")
    address = f"http://{found[1]}"
    until(lambda: _answers(f"{address}/readyz"), "it is not ready")
    return Service(process, folder, address, f"{address}{found[2]}" if found[2] else "")


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url).status_code == 200
    return False


def until(condition: Callable[[], Found], otherwise: str, seconds: float = PATIENCE) -> Found:
    """Wait until this is true, and what it was; fails with `otherwise`."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, otherwise
        time.sleep(0.01)
    return found


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    with contextlib.suppress(OSError):
        threads = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for thread in threads for child in _text(thread / "children").split()]
    return []


def is_alive(pid: int) -> bool:
    """Whether it runs; one that ended and was not yet seen off does not."""
    return _state(pid) not in ("", "Z", "X")


def worked(pid: int) -> float:
    """Seconds of processor time that it has used."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def memory(pids: Sequence[int]) -> float:
    """MiB that these processes hold: what several share is counted once (PSS)."""
    held = 0
    for pid in pids:
        found = re.search(r"^Pss:\s+(\d+)", _text(Path(f"/proc/{pid}/smaps_rollup")), re.MULTILINE)
        held += int(found[1]) if found else 0
    return held / 1024


def _state(pid: int) -> str:
    return _text(Path(f"/proc/{pid}/stat")).rpartition(") ")[2][:1]


def _told(pid: int, name: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""


def _text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text("utf-8", errors="replace")
    return ""
