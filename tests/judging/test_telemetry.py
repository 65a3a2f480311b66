"""The runtime of the models tells nobody what it runs: since 1.29 it does, unless it is told not to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECK = "import sys; from qualitycheck import check; check(sys.argv[1])"
# Under test runners and build servers it keeps quiet by itself, which would prove nothing.
QUIETENS = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY")


def test_a_check_leaves_no_session_of_telemetry(tmp_path: Path, examples: list[Path]) -> None:
    """It would keep one among the temporary files, and the number of this machine in the user's own folder."""
    places = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "TEMP", "TMP", "LOCALAPPDATA", "XDG_CACHE_HOME")}
    environment = {name: value for name, value in os.environ.items() if name not in QUIETENS} | places
    subprocess.run([sys.executable, "-c", CHECK, str(examples[0])], cwd=tmp_path, env=environment, check=True)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
