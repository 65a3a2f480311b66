"""What every test may ask for: where the checkout is, and its example reports."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
