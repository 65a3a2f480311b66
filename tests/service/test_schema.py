"""The API does what its own description says, whatever it is sent: Schemathesis over all of /openapi.json.

Against the real program: on one's own machine, in an office with a key, and in an office without. `make test` sends
the same requests each time; `make fuzz` sends many, and others each time (QUALITYCHECK_TEST_EXAMPLES=500).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from qualitycheck.service.access.who import Role, Scope, Who
from qualitycheck.service.accounts.keys import ApiKeys
from qualitycheck.service.store.store import Store
from tests.service.conftest import OFFICE, in_office
from tests.serving import Service, serving

MANY = os.environ.get("QUALITYCHECK_TEST_EXAMPLES")
EFFORT = ("--max-examples", MANY) if MANY else ("--max-examples", "10", "--generation-deterministic")
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
RUN = "from schemathesis.cli import schemathesis; schemathesis()"
NAMED = f"Host: {OFFICE.removeprefix('https://')}"


def hold_to_its_description(service: Service, root: Path, folder: Path, *headers: str) -> None:
    """Every check there is, on every operation; fails with what Schemathesis says."""
    command = [sys.executable, "-c", RUN, "--config-file", str(CONFIGURATION), "run", "--checks", "all", *EFFORT]
    told = [option for header in headers for option in ("--header", header)]
    done = subprocess.run(
        [*command, *told, f"{service.address}/openapi.json"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    operations = sum(len(methods) for methods in _described(service, *headers)["paths"].values())
    assert f"Tested: {operations}" in done.stdout


def _described(service: Service, *headers: str) -> dict[str, dict[str, object]]:
    told = dict(header.split(": ", 1) for header in headers)
    answer: dict[str, dict[str, object]] = httpx.get(f"{service.address}/openapi.json", headers=told).json()
    return answer


def test_on_ones_own_machine(root: Path, tmp_path: Path) -> None:
    with serving(tmp_path, workers=1) as service:
        hold_to_its_description(service, root, tmp_path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """An office, and an API key that may do all that a key may."""
    folder = tmp_path_factory.mktemp("office")
    store = Store.open(in_office(folder))
    person = store.people.add("k.lamb", "K. Lamb", frozenset({Role.PRACTITIONER, Role.ADMINISTRATOR}), frozenset())
    who = Who(person.id, person.name, person.roles)
    _, key = ApiKeys(store.people, lambda: datetime.now(UTC)).make(who, "a program", frozenset(Scope))
    store.close()
    with serving(folder, mode="office", public_address=OFFICE, workers=1) as service:
        yield service, key


def test_in_an_office_with_a_key(office: tuple[Service, str], root: Path, tmp_path: Path) -> None:
    service, key = office
    hold_to_its_description(service, root, tmp_path, NAMED, f"Authorization: Bearer {key}")


def test_in_an_office_without_a_key(office: tuple[Service, str], root: Path, tmp_path: Path) -> None:
    service, _ = office
    hold_to_its_description(service, root, tmp_path, NAMED)
