"""The second half of `make fuzz`: each kind of bad input through the command line, with its time and its memory.

    python tests/bad_input.py [words of the kinds wanted]

The bars are 30 seconds and 1.5 GiB each. Prints a table for docs/benchmarks.md; status 1 where a bar is missed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import hostile

SECONDS, MEBIBYTES = 30.0, 1536.0


def kinds() -> dict[str, Callable[[], bytes]]:
    refused = {name: build for name, (_, build) in hostile.REFUSED.items()}
    return {**refused, **hostile.READ, **{f"largest: {name}": build for name, build in hostile.largest().items()}}


def measured(path: Path) -> tuple[int, dict[str, Any], float, float]:
    """Exit status, the report's result, seconds, and the most memory it held in MiB, of one `check`."""
    command = [sys.executable, "-m", "qualitycheck", "check", str(path), "--format", "json", "--type", "section7"]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        running = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(running.pid, 0)
        took = time.perf_counter() - begun
        out.seek(0)
        text = out.read()
    unit = 1024**2 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on a Mac, in KiB on Linux
    told = json.loads(text)["reports"][0] if text else {"error": {"code": "no result"}}
    return os.waitstatus_to_exitcode(status), told, took, usage.ru_maxrss / unit


def main(wanted: list[str]) -> int:
    missed = 0
    print("| input | result | exit status | seconds | MiB |\n|---|---|---|---|---|")
    for name, build in kinds().items():
        if wanted and not any(word in name for word in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "draft.docx")
            path.write_bytes(build())
            status, told, seconds, memory = measured(path)
        result = told["error"]["code"] if told["error"] else f"checked, {told['words']:,} words"
        late = " (missed)" if seconds > SECONDS or memory > MEBIBYTES else ""
        missed += bool(late) or status not in (0, 1, 2)
        print(f"| {name} | {result} | {status} | {seconds:.1f}{late} | {memory:.0f} |", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
