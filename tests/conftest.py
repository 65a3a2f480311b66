"""What every test may ask for, and what none may do."""

import sys
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
HERE = {"localhost", "127.0.0.1", "::1", "", None}


def _stay_here(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to look up or call any other machine: a report must not leave this one, and a test must not need one."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in HERE:
        raise AssertionError("something asked for another machine")


sys.addaudithook(_stay_here)


def pytest_report_header() -> str:
    return postgres.said()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> list[Path]:
    """The example reports, complete and fictional; at least six (examples/README.md)."""
    found = sorted((ROOT / "examples").glob("*.docx"))
    assert len(found) >= 6, "the example reports are not there"
    return found
