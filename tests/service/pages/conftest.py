"""The pages on one's own machine."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.service.pages.browsing import Pages


@pytest.fixture
def pages(browser: TestClient) -> Pages:
    return Pages(browser)
