"""Who people are to each other in a reading: their names, who could read it, and who has left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qualitycheck.precourt.reading import Kind, Reading
from qualitycheck.service.access.who import OWNER, Role, Who
from qualitycheck.service.desk import Desk
from qualitycheck.service.store.people import Person

Fits = Callable[[Person], bool]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody with an account, as a page names them for whoever looks at it."""

    known: Mapping[str, Person]
    teams: Mapping[str, str]  # names by id
    viewer: str  # their account

    @classmethod
    def of(cls, at: Desk, asking: Who) -> People:
        people = at.store.people
        return cls({person.id: person for person in people.all()}, people.teams(), asking.account)

    def name(self, account: str) -> str:
        """Their own name, also of whoever looks."""
        if account in self.known:
            return self.known[account].name
        return "whoever uses this computer" if account == OWNER else "somebody whose account is gone"

    def you(self, account: str) -> str:
        return "you" if account == self.viewer else self.name(account)

    def author(self, reading: Reading) -> str:
        return reading.author_name or self.you(reading.author)

    def team(self, id: str | None) -> str:
        """As in "any manager of North"."""
        return self.teams.get(id or "", "the team")

    def has_left(self, account: str | None) -> bool:
        """Whether nobody can sign in with it any more."""
        if not account or account == OWNER:
            return False
        person = self.known.get(account)
        return person is None or person.disabled

    def gone_from(self, reading: Reading) -> tuple[str, ...]:
        """The names of those it is between who have left."""
        return tuple(self.name(one) for one in (reading.reader, reading.author) if one and self.has_left(one))

    def managers(self, team: str | None, but: Iterable[str | None]) -> tuple[Person, ...]:
        return self._in(team, but, lambda person: Role.MANAGER in person.roles)

    def peers(self, team: str | None, but: Iterable[str | None]) -> tuple[Person, ...]:
        """Practitioners who are not managers."""
        return self._in(team, but, lambda p: Role.PRACTITIONER in p.roles and Role.MANAGER not in p.roles)

    def practitioners(self, teams: Iterable[str], but: str) -> tuple[tuple[Person, str], ...]:
        """Each with a team that they share with whoever looks, by name."""
        shared = list(teams)
        return tuple(
            (person, team)
            for person in self.known.values()
            for team in shared
            if team in person.teams and person.id != but and not person.disabled and Role.PRACTITIONER in person.roles
        )

    def kind_of(self, account: str, team: str | None) -> Kind | None:
        """In what role somebody would read a report of a team; None: in none."""
        if any(person.id == account for person in self.managers(team, ())):
            return "manager"
        return "peer" if any(person.id == account for person in self.peers(team, ())) else None

    def _in(self, team: str | None, but: Iterable[str | None], fits: Fits) -> tuple[Person, ...]:
        left_out = set(but)
        return tuple(
            person
            for person in self.known.values()
            if team in person.teams and person.id not in left_out and not person.disabled and fits(person)
        )
