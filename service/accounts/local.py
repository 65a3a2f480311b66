"""Accounts with a password of this service's own: signing in, setting and changing the password, invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from qualitycheck.service.accounts.passwords import Passwords, fault_in
from qualitycheck.service.accounts.tokens import digest, draw
from qualitycheck.service.accounts.tries import Tries
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.people import People, Person, folded

INVITED_FOR = timedelta(days=7)
Tell = Callable[[], None]  # writes the entry of the audit log, in the transaction of what it tells of


class LocalAccounts:
    def __init__(
        self, people: People, tries: Tries, now: Callable[[], datetime], passwords: Passwords | None = None
    ) -> None:
        self._people = people
        self._tries = tries
        self._now = now
        self._passwords = passwords or Passwords()

    def recognise(self, user_name: str, password: str, address: str) -> tuple[Person | None, bool]:
        """The account of that name, for the audit log, and whether it may come in; raises Problem 429.

        Nothing in the answer or its time tells which of the two was wrong, or whether there is such an account.
        """
        name = folded(user_name)
        with self._tries.one(f"account {digest(name)}", f"address {address}") as this:
            person = self._people.by_user_name(name)
            kept = self._people.password_of(person.id) if person and not person.disabled else None
            this.right = self._passwords.right(password, kept)
        if person and kept and this.right and self._passwords.is_outdated(kept):
            self._people.set_password(person.id, self._passwords.hashed(password))
        return person, this.right

    def invite(self, account: str) -> str:
        return invite(self._people, account, self._now())

    def invited(self, token: str) -> Person | None:
        """Whose invitation it is, while it is good."""
        person = self._people.by_invitation(digest(token))
        return None if person is None or person.disabled else person

    def accept(self, token: str, password: str, tell: Tell) -> tuple[Person | None, str | None]:
        """Set the password of whoever was invited, or say what is wrong with it; sessions from before end."""
        person = self.invited(token)
        if person is None:
            return None, None
        fault = fault_in(password, person.user_name, person.name)
        if fault is None:
            self._set(person, password, None, tell)
        return person, fault

    def change(
        self, person: Person, old: str, new: str, session: str | None, address: str, tell: Tell
    ) -> dict[str, str]:
        """Change the password and end the person's other sessions; what is wrong, by field (nothing: it is done).

        Raises Problem 429, and 409 for an account that has no password here.
        """
        kept = self._people.password_of(person.id)
        if kept is None:
            raise Problem(409, "This account has no password here: change it with your organisation.")
        with self._tries.one(f"account {digest(person.user_name)}", f"address {address}") as this:
            this.right = self._passwords.right(old, kept)
        if not this.right:
            return {"old": "Current password is not right"}
        fault = fault_in(new, person.user_name, person.name)
        if fault:
            return {"new": fault}
        self._set(person, new, session, tell)
        return {}

    def _set(self, person: Person, password: str, session: str | None, tell: Tell) -> None:
        """Together with what `tell` writes; the hash takes its time before, while nothing waits for it."""
        hashed = self._passwords.hashed(password)
        with self._people.alone():
            self._people.set_password(person.id, hashed)
            self._people.close_sessions(person.id, but=session)
            tell()


def invite(people: People, account: str, now: datetime) -> str:
    """A token, good once within seven days, with which the person sets a password; one from before stops."""
    token = draw()
    people.invite(account, digest(token), now + INVITED_FOR)
    return token
