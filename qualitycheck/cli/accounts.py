"""`qualitycheck accounts`: who may sign in to an office's service; the first administrator is added here."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualitycheck.cli.service import service
from qualitycheck.cli.store import OPERATOR
from qualitycheck.errors import BadSetting

if TYPE_CHECKING:
    from qualitycheck.service.store.people import Person
    from qualitycheck.service.store.store import Store


def run(options: Namespace) -> int:
    with service(options.settings):
        from qualitycheck.service.problems import Problem
        from qualitycheck.service.settings import load_settings
        from qualitycheck.service.store.store import Store

        settings = load_settings()
        if not settings.is_office:
            raise BadSetting("on one's own machine there are no accounts: set mode to office")
        try:
            with Store.open(settings) as store:
                return _ACTIONS[options.action](store, options)
        except Problem as problem:
            raise BadSetting(problem.detail) from None


def _add(store: Store, options: Namespace) -> int:
    from qualitycheck.service.access.who import Role
    from qualitycheck.service.accounts import administering

    with store.together():
        ids = {name: id for id, name in store.people.teams().items()}
        unknown = sorted(set(options.team) - set(ids))
        if unknown and not options.new_teams:
            raise BadSetting(f"there is no team {unknown[0]!r}: add --new-teams to make it")
        for name in unknown:
            ids[name] = store.people.add_team(name)
        teams = frozenset(ids[name] for name in options.team)
        roles = frozenset(Role(role) for role in options.role)
        added = administering.add(store.people, options.user, options.name or options.user, roles, teams)
        if isinstance(added, dict):
            raise BadSetting(next(iter(added.values())))
        store.audit.write(OPERATOR, "account added", f"account {added.id}")
        said = _invitation(store, added)
    print(said)
    return 0


def _invite(store: Store, options: Namespace) -> int:
    with store.together():
        said = _invitation(store, _known(store, options.user))
    print(said)
    return 0


def _disable(store: Store, options: Namespace) -> int:
    from qualitycheck.service.accounts import administering

    person = _known(store, options.user)
    with store.together():
        wrong = administering.change(
            store.people, OPERATOR, person, name=person.name, roles=person.roles, teams=person.teams, disabled=True
        )
        if wrong:
            raise BadSetting(next(iter(wrong.values())))
        store.audit.write(OPERATOR, "account changed (disabled)", f"account {person.id}")
    print(f"{person.user_name} is disabled, signed out everywhere, and their API keys have stopped.")
    return 0


def _list(store: Store, _: Namespace) -> int:
    names = store.people.teams()
    for person in store.people.all():
        state = "disabled" if person.disabled else "active" if person.has_password or person.issuer else "invited"
        teams = ", ".join(sorted(names[id] for id in person.teams)) or "no team"
        print(f"{person.user_name}  {person.name}  {state}  {', '.join(sorted(person.roles)) or 'no role'}  {teams}")
    return 0


def _known(store: Store, user_name: str) -> Person:
    person = store.people.by_user_name(user_name)
    if person is None:
        raise BadSetting(f"there is no account {user_name!r}: `qualitycheck accounts list` shows them")
    return person


def _invitation(store: Store, person: Person) -> str:
    """What to say of the new account's way in, once it is kept."""
    from qualitycheck.service.accounts.local import invite

    if not store.settings.local_accounts or person.issuer:
        return f"{person.user_name} is there, and signs in with the organisation."
    if person.disabled:
        raise BadSetting(f"{person.user_name} is disabled: an administrator may let them in again")
    token = invite(store.people, person.id, datetime.now(UTC))
    store.audit.write(OPERATOR, "invitation made", f"account {person.id}")
    return (
        f"Give this link to {person.name}. It works once, within 7 days, and is not shown again:\n\n"
        f"    {store.settings.public_address}/invitation/{token}"
    )


_ACTIONS = {"add": _add, "invite": _invite, "disable": _disable, "list": _list}
