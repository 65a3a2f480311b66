"""An office with local accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from tests.service.accounts.office import Office


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> Office:
    return Office.of(new_app(office=True))
