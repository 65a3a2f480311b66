"""An office with a draft in it, for every test of readings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from tests.service.readings.seeded import Seeded, draft


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> Seeded:
    return Seeded.of(new_app(office=True), draft())
