"""API keys, for programs: shown once, kept as a hash, good for what they were made for, never more than their owner.

`qck_<id>_<secret>`: the prefix lets scanners of source code find a key that was left there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from qualitycheck.service.access.rules import RULES
from qualitycheck.service.access.who import Role, Scope, Who
from qualitycheck.service.accounts.tokens import digest, draw, same
from qualitycheck.service.store.people import LONGEST_NAME, People

PREFIX = "qck"
# What an account must be for a key with that scope: whoever may do what the scope is for.
MAY_HAVE = {
    scope: frozenset[Role]().union(*(rule.roles for rule in RULES.values() if rule.scope is scope and rule.roles))
    for scope in Scope
}


class ApiKeys:
    def __init__(self, people: People, now: Callable[[], datetime]) -> None:
        self._people = people
        self._now = now

    def make(self, who: Who, name: str, scopes: frozenset[Scope]) -> tuple[str, str] | dict[str, str]:
        """The new key's id, and the key, which is nowhere else; or what is wrong, by field."""
        wrong: dict[str, str] = {}
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            wrong["name"] = f"Give the key a name of up to {LONGEST_NAME} characters"
        if not scopes or not scopes <= allowed_scopes(who):
            wrong["scopes"] = "Choose what the key may do"
        if wrong:
            return wrong
        id = secrets.token_hex(8)
        secret = draw()
        self._people.add_key(id, who.account, name, digest(secret), scopes)
        return id, f"{PREFIX}_{id}_{secret}"

    def who(self, given: str) -> Who | None:
        """Whose key this is, with what the account may do now; two queries."""
        prefix, _, rest = given.partition("_")
        id, _, secret = rest.partition("_")
        key = self._people.key(id) if prefix == PREFIX and id else None
        if key is None or key.revoked or not same(digest(secret), key.secret_hash):
            return None
        person = self._people.get(key.account)
        if person is None or person.disabled:
            return None
        now = self._now()
        if key.last_used is None or now - key.last_used >= timedelta(minutes=1):
            self._people.key_used(id)
        return Who(person.id, person.name, person.roles, person.teams, scopes=key.scopes)


def allowed_scopes(who: Who) -> frozenset[Scope]:
    return frozenset(scope for scope, roles in MAY_HAVE.items() if who.roles & roles)
