"""The command line, run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qualitycheck.cli import main


class Ran(NamedTuple):
    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def report(self) -> dict[str, Any]:
        """The first report of a JSON result."""
        found: dict[str, Any] = json.loads(self.out)["reports"][0]
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder; argparse's own exits count as statuses."""
    monkeypatch.chdir(tmp_path)

    def ran(*words: str | Path) -> Ran:
        capfdbinary.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(status, out, err.decode("utf-8"))

    return ran
