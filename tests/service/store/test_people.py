"""Accounts, teams, sessions, keys."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest

from qualitycheck.service.access.who import Role, Scope
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.store import Store

NOW = datetime(2026, 3, 4, 5, 6, 7, 890, UTC)


def test_a_person_is_found_again_by_user_name_and_by_provider(store: Store) -> None:
    team = store.people.add_team("North")
    added = store.people.add(
        "Ann.Lee@example.org", "Ann Lee", [Role.MANAGER], [team], issuer="https://id.example.org", subject="7"
    )
    assert added.user_name == "ann.lee@example.org"
    assert (added.roles, added.teams, added.disabled, added.has_password) == ({Role.MANAGER}, {team}, False, False)
    assert store.people.get(added.id) == store.people.by_user_name(" ANN.LEE@example.org") == added
    assert store.people.by_subject("https://id.example.org", "7") == added
    assert store.people.by_subject("https://id.example.org", "8") is None
    with pytest.raises(FrozenInstanceError):
        added.name = "Bob"  # type: ignore[misc]


def test_two_accounts_do_not_share_a_user_name_or_a_subject(store: Store) -> None:
    store.people.add("ann", "Ann", [], issuer="i", subject="s")
    for again in ({}, {"issuer": "i", "subject": "s"}):
        with pytest.raises(Problem) as refused:
            store.people.add("Ann" if not again else "other", "Another", [Role.MANAGER], **again)
        assert refused.value.status == 409
    assert [person.name for person in store.people.all()] == ["Ann"]
    store.people.add("bob", "Bob", [Role.PRACTITIONER, Role.INSPECTOR])
    store.people.add("cat", "Cat", [])
    assert [person.roles for person in store.people.all()] == [set(), {Role.PRACTITIONER, Role.INSPECTOR}, set()]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00b"])
def test_a_name_that_no_database_takes_is_refused(store: Store, name: str) -> None:
    with pytest.raises(Problem, match="1 to 200"):
        store.people.add(name, "Ann", [])


def test_an_invitation_is_good_once_and_for_its_time(store: Store) -> None:
    person = store.people.add("ann", "Ann", [])
    store.people.invite(person.id, "hash", datetime.now(UTC) + timedelta(days=1))
    assert store.people.by_invitation("hash") == person
    store.people.invite(person.id, "old", datetime.now(UTC) - timedelta(seconds=1))
    assert store.people.by_invitation("old") is store.people.by_invitation("hash") is None
    store.people.invite(person.id, "new", datetime.now(UTC) + timedelta(days=1))
    store.people.set_password(person.id, "$argon2id$...")
    assert store.people.by_invitation("new") is None
    assert store.people.password_of(person.id) == "$argon2id$..."
    assert store.people.get(person.id).has_password


def test_a_session_is_known_by_its_token_alone(store: Store) -> None:
    person = store.people.add("ann", "Ann", [Role.PRACTITIONER])
    id = store.people.open_session(person.id, "hash", "form", NOW)
    found = store.people.session("hash")
    assert (found.id, found.account, found.form_token, found.created, found.seen) == (id, person.id, "form", NOW, NOW)
    assert store.people.session(id) is None
    store.people.seen(id, NOW + timedelta(minutes=1))
    assert store.people.session("hash").seen == NOW + timedelta(minutes=1)
    other = store.people.open_session(person.id, "other", "form", NOW)
    store.people.close_sessions(person.id, but=other)
    assert store.people.session("hash") is None
    assert store.people.session("other").id == other
    store.people.close_session(other)
    assert store.people.session("other") is None


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"disabled": True}, False),
        ({"roles": [Role.PRACTITIONER]}, False),
        ({"roles": [Role.PRACTITIONER, Role.MANAGER, Role.INSPECTOR]}, True),
        ({"name": "Anne", "teams": []}, True),
    ],
)
def test_whoever_may_do_less_is_signed_out(store: Store, change: dict[str, object], stays: bool) -> None:
    person = store.people.add("ann", "Ann", [Role.PRACTITIONER, Role.MANAGER], [store.people.add_team("North")])
    store.people.open_session(person.id, "hash", "form", NOW)
    after = store.people.change(person.id, **change)
    assert after == store.people.get(person.id)
    assert after != person
    assert (store.people.session("hash") is not None) is stays


def test_a_key_is_kept_as_its_hash_and_can_be_revoked(store: Store) -> None:
    person = store.people.add("ann", "Ann", [])
    store.people.add_key("k1", person.id, "case system", "hash", {Scope.CHECK, Scope.METRICS})
    key = store.people.key("k1")
    assert (key.secret_hash, key.scopes, key.revoked, key.last_used) == (
        "hash",
        {Scope.CHECK, Scope.METRICS},
        None,
        None,
    )
    assert store.people.owner_of_key("k1") == person.id
    assert store.people.owner_of_key("k2") is store.people.key("k2") is None
    store.people.key_used("k1")
    store.people.revoke_key("k1")
    first = store.people.key("k1").revoked
    store.people.revoke_key("k1")
    assert store.people.key("k1").revoked == first
    assert [each.id for each in store.people.keys_of(person.id)] == ["k1"]
    assert store.people.key("k1").last_used is not None


def test_teams_have_names_of_their_own(store: Store) -> None:
    north, south = store.people.add_team("North"), store.people.add_team("South")
    store.people.rename_team(north, "Zenith")
    assert store.people.teams() == {south: "South", north: "Zenith"}
    assert list(store.people.teams()) == [south, north]
    for act in (lambda: store.people.add_team("South"), lambda: store.people.rename_team(north, "South")):
        with pytest.raises(Problem, match="already a team"):
            act()
    assert store.people.teams()[north] == "Zenith"
