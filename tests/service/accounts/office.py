"""An office as the tests of accounts see it: people, browsers, and a clock that the test moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.doors import Doors
from qualitycheck.service.accounts.passwords import Passwords
from qualitycheck.service.desk import Desk
from qualitycheck.service.store.people import People, Person
from qualitycheck.service.store.tables import Table

OFFICE = "https://reports.example.org"
PASSWORD = "velvet-otter-parade-91"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Clock:
    """The time of the office."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Office:
    app: FastAPI
    clock: Clock

    @classmethod
    def of(cls, app: FastAPI) -> Office:
        clock = Clock()
        desk: Desk = app.state.desk
        doors = Doors(desk.settings, desk.store, now=clock, clock=clock.seconds, passwords=QUICK)
        app.state.desk = replace(desk, doors=doors)
        return cls(app, clock)

    def empty(self) -> None:
        """Nobody is there any more, and the audit log begins anew."""
        store = self.desk.store
        with store.database.transaction() as session:
            for table in reversed(Table.metadata.sorted_tables):
                session.execute(table.delete())
        store.audit.begin_again()

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    @property
    def people(self) -> People:
        return self.desk.store.people

    def add(self, user_name: str, *roles: Role, password: str | None = PASSWORD, teams: tuple[str, ...] = ()) -> Person:
        person = self.people.add(user_name, user_name.title(), roles or (Role.PRACTITIONER,), teams)
        if password:
            self.people.set_password(person.id, QUICK.hashed(password))
        return self.people.get(person.id) or person

    def browser(self, address: str = "testclient") -> TestClient:
        """A browser with nobody signed in, which says where its forms come from, as browsers do."""
        headers = {"origin": OFFICE, "accept": "text/html"}
        return TestClient(self.app, base_url=OFFICE, headers=headers, follow_redirects=False, client=(address, 50_000))

    def signed_in(self, user_name: str, password: str = PASSWORD) -> TestClient:
        browser = self.browser()
        answer = browser.post("/sign-in", data={"user_name": user_name, "password": password})
        assert answer.status_code == 303, answer.text
        return browser

    def audit(self) -> list[tuple[str, str, str]]:
        """Who, what, to what; oldest first."""
        return [(entry.who, entry.action, entry.thing) for entry in reversed(self.desk.store.audit.entries())]


def is_in(browser: TestClient) -> bool:
    return browser.get("/account").status_code == 200


def form_token(browser: TestClient, path: str = "/account") -> str:
    """What the page's forms carry."""
    found = re.search(r'name="form_token" value="([^"]+)"', browser.get(path).text)
    assert found
    return found.group(1)
