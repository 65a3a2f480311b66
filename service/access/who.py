"""Somebody who asks: a person, or a program with a person's key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What an API key may be used for; a person who is signed in needs none."""

    CHECK = "check"
    METRICS = "metrics"


OWNER = "owner"  # the account of whoever sits at their own machine


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, what they are, and how they proved it."""

    account: str
    name: str
    roles: frozenset[Role]
    teams: frozenset[str] = frozenset()  # ids
    scopes: frozenset[Scope] | None = None  # of the API key it was proved with; None: a person, signed in
    session: str | None = None  # the session's public id, which held checks and form tokens are bound to
    form_token: str = ""  # what every form of this session carries (CSRF)

    def is_any(self, roles: frozenset[Role]) -> bool:
        return bool(self.roles & roles)
