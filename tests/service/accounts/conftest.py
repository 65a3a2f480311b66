"""An office with local accounts: one application for all tests here, emptied for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from qualitycheck.service.app import create_app
from tests.service.accounts.office import Office
from tests.service.conftest import in_office


@pytest.fixture(scope="package")
def _office_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    app = create_app(in_office(tmp_path_factory.mktemp("office")))
    yield app
    app.state.desk.store.close()


@pytest.fixture
def office(_office_app: FastAPI) -> Office:
    made = Office.of(_office_app)
    made.empty()
    return made
