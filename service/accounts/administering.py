"""Accounts and teams: what an administrator may change, by the pages or by the command line."""

from __future__ import annotations

from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.organisation import Told
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.people import LONGEST_NAME, LONGEST_USER_NAME, People, Person, folded


def add(
    people: People, user_name: str, name: str, roles: frozenset[Role], teams: frozenset[str]
) -> Person | dict[str, str]:
    """A new account without a password, or what is wrong, by field; `teams` are ids."""
    user_name, name = folded(user_name), name.strip()
    wrong: dict[str, str] = {}
    if not user_name or not user_name.isprintable() or " " in user_name:
        wrong["user_name"] = "Enter a user name without spaces, such as an email address"
    elif len(user_name) > LONGEST_USER_NAME:
        wrong["user_name"] = f"Enter a user name of up to {LONGEST_USER_NAME} characters"
    elif people.by_user_name(user_name):
        wrong["user_name"] = "There is already an account with this user name"
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        wrong["name"] = f"Enter the person's name, up to {LONGEST_NAME} characters"
    wrong |= _unknown_teams(people, teams)
    if wrong:
        return wrong
    return people.add(user_name, name, roles, teams)


def change(
    people: People, by: str, person: Person, *, name: str, roles: frozenset[Role], teams: frozenset[str], disabled: bool
) -> dict[str, str]:
    """Change an account; what is wrong, by field (nothing: it is done).

    Nobody disables themselves, and the last administrator who can sign in stays one: otherwise nobody could undo it.
    That is seen and done at once: two administrators cannot each leave it to the other.
    """
    with people.alone():
        wrong = _wrong_change(people, by, people.get(person.id) or person, name.strip(), roles, teams, disabled)
        if not wrong:
            people.change(person.id, name=name, roles=roles, teams=teams, disabled=disabled)
    return wrong


def _wrong_change(
    people: People, by: str, person: Person, name: str, roles: frozenset[Role], teams: frozenset[str], disabled: bool
) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        wrong["name"] = f"Enter the person's name, up to {LONGEST_NAME} characters"
    if disabled and person.id == by:
        wrong["disabled"] = "You cannot disable your own account: ask another administrator"
    elif (disabled or Role.ADMINISTRATOR not in roles) and _is_last_administrator(people, person):
        wrong["roles"] = "This is the last administrator: make somebody else one first"
    return wrong | _unknown_teams(people, teams)


def add_team(people: People, name: str) -> dict[str, str]:
    wrong = _wrong_team(people, name)
    if not wrong:
        people.add_team(name.strip())
    return wrong


def rename_team(people: People, team: str, name: str) -> dict[str, str]:
    """Raises Problem 404."""
    if team not in people.teams():
        raise Problem(404, "This team is not there.")
    wrong = _wrong_team(people, name, but=team)
    if not wrong:
        people.rename_team(team, name.strip())
    return wrong


def account_of(people: People, told: Told) -> tuple[Person, bool]:
    """The account of somebody who came from the provider, made at the first time, and whether it is new.

    It is known by issuer and subject, which stay a person's own; a user name or an email address may be given to
    somebody else one day, and must not open an account that is there already. Roles and teams follow the provider
    where the settings say so.
    """
    person = people.by_subject(told.issuer, told.subject)
    if person is None:
        added = people.add(
            _free_user_name(people, told.user_name),
            told.name[:LONGEST_NAME],
            told.roles or frozenset(),
            _team_ids(people, told.teams or frozenset()),
            issuer=told.issuer,
            subject=told.subject,
        )
        return added, True
    roles = person.roles if told.roles is None else told.roles
    teams = person.teams if told.teams is None else _team_ids(people, told.teams)
    name = told.name[:LONGEST_NAME]
    if (name, roles, teams) != (person.name, person.roles, person.teams):
        people.change(person.id, name=name, roles=roles, teams=teams)
        person = people.get(person.id) or person
    return person, False


def _is_last_administrator(people: People, person: Person) -> bool:
    def is_one(one: Person) -> bool:
        return Role.ADMINISTRATOR in one.roles and not one.disabled

    return is_one(person) and not any(is_one(other) for other in people.all() if other.id != person.id)


def _unknown_teams(people: People, teams: frozenset[str]) -> dict[str, str]:
    return {} if teams <= set(people.teams()) else {"teams": "Choose teams that are in the list"}


def _wrong_team(people: People, name: str, but: str | None = None) -> dict[str, str]:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return {"team": f"Enter a name of up to {LONGEST_NAME} characters"}
    if any(known.casefold() == name.casefold() for id, known in people.teams().items() if id != but):
        return {"team": "There is already a team with this name"}
    return {}


def _free_user_name(people: People, wanted: str) -> str:
    name = folded(wanted)[:LONGEST_USER_NAME]
    number = 1
    while people.by_user_name(name):
        number += 1
        name = f"{folded(wanted)[: LONGEST_USER_NAME - 12]} ({number})"
    return name


def _team_ids(people: People, names: frozenset[str]) -> frozenset[str]:
    known = {name.casefold(): id for id, name in people.teams().items()}
    ids: set[str] = set()
    for name in sorted({name.strip()[:LONGEST_NAME] for name in names} - {""}):
        ids.add(known.get(name.casefold()) or people.add_team(name))
    return frozenset(ids)
