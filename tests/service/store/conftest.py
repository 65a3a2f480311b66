"""A store on each database that is here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from qualitycheck.service.settings import Settings
from qualitycheck.service.store.store import Store
from tests import postgres

BOTH = ["sqlite", "postgresql"] if postgres.is_here() else ["sqlite"]

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def new_postgres(server: str) -> NewDatabase:
    """A function that makes another empty database, and gives its address."""
    made: list[str] = []

    def make() -> str:
        name = f"test{len(made)}"
        made.append(name)
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return urlsplit(server)._replace(path=f"/{name}").geturl()

    return make


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; each test that asks for a store runs on both."""
    return str(request.param)


@pytest.fixture
def settings(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return settings_on(kind, tmp_path / "data", request)


def settings_on(kind: str, folder: Path, request: pytest.FixtureRequest, **more: object) -> Settings:
    """Settings of a new store on that kind of database."""
    address = request.getfixturevalue("new_postgres")() if kind == "postgresql" else ""
    return Settings(data_folder=folder, database_url=address, **more)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings) as opened:
        yield opened
