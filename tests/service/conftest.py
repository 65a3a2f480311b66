"""The service as tests see it: on one's own machine and in an office, with the real store and real workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.service.app import create_app
from qualitycheck.service.desk import Desk
from qualitycheck.service.settings import Settings

HOME = "http://127.0.0.1:8765"
OFFICE = "https://reports.example.org"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the developer has set, or has in the working folder, is not what is tested."""
    import os

    for name in list(os.environ):
        if name.startswith("QUALITYCHECK_") and not name.startswith("QUALITYCHECK_TEST_"):
            monkeypatch.delenv(name)


def at_home(folder: Path, **given: Any) -> Settings:
    return Settings(data_folder=folder / "data", workers=1, **given)


def in_office(folder: Path, **given: Any) -> Settings:
    return Settings(mode="office", public_address=OFFICE, data_folder=folder / "data", workers=1, **given)


def client_of(app: FastAPI) -> TestClient:
    """A browser, which says where its forms come from; the workers do not run unless it is entered (`with`)."""
    settings: Settings = app.state.desk.settings
    address = OFFICE if settings.is_office else HOME
    return TestClient(app, base_url=address, headers={"origin": address}, follow_redirects=False)


def let_in(app: FastAPI) -> TestClient:
    """A browser on one's own machine, after the one-time link was opened."""
    desk: Desk = app.state.desk
    desk.doors.listening(8765)
    client = client_of(app)
    assert desk.doors.link
    assert client.get(desk.doors.link).status_code == 303
    return client


@pytest.fixture(scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One application with real workers for all tests that check reports: loading the models takes seconds."""
    app = create_app(at_home(tmp_path_factory.mktemp("home")))
    with client_of(app) as client:
        yield client


@pytest.fixture
def home(_home: TestClient) -> TestClient:
    """The API on one's own machine, with nobody signed in."""
    _home.cookies.clear()
    return _home


@pytest.fixture
def browser(_home: TestClient) -> TestClient:
    """The pages on one's own machine, in a browser that the link was opened in."""
    _home.cookies.clear()
    desk: Desk = _home.app.state.desk  # type: ignore[attr-defined]
    desk.doors.listening(8765)
    assert desk.doors.link
    assert _home.get(desk.doors.link).status_code == 303
    return _home


@pytest.fixture
def new_app(tmp_path: Path) -> Iterator[Callable[..., FastAPI]]:
    """Applications of their own: `new_app()` at home, `new_app(office=True)`; closed at the end."""
    made: list[FastAPI] = []

    def make(*, office: bool = False, **given: Any) -> FastAPI:
        folder = tmp_path / f"app-{len(made)}"
        app = create_app((in_office if office else at_home)(folder, **given))
        made.append(app)
        return app

    yield make
    for app in made:
        app.state.desk.pool.close()
        app.state.desk.store.close()
