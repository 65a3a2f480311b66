"""For administrators: accounts, teams, the settings as they are, the audit log. No report is to be seen here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr

from qualitycheck.service.access.who import OWNER, Role, Who
from qualitycheck.service.accounts import administering
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.people import Person
from qualitycheck.service.uploads import AnyForm, Form

router = APIRouter()

ROLES = {
    Role.PRACTITIONER: "checks their own reports",
    Role.MANAGER: "reads the reports of their teams",
    Role.INSPECTOR: "reads the samples they were given",
    Role.ADMINISTRATOR: "looks after accounts and settings; sees no report",
}
DONE = {
    "changed": "The account is changed.",
    "signed-out": "They are signed out everywhere.",
    "team": "The teams are changed.",
}
ENTRIES = 100  # of the audit log on one page


@router.get("/administration")
def overview(request: Request) -> Response:
    return page(request, "administration.html")


@router.get("/administration/accounts")
def accounts(request: Request, at: AtDesk) -> Response:
    return _accounts(request, at)


@router.post("/administration/accounts")
def add_account(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    _office(at)
    people = at.store.people
    invitation = None
    with at.store.together():
        added = administering.add(people, form.one("user_name"), form.one("name"), _roles(form), _teams(form))
        if not isinstance(added, dict):
            _write(at, request, asking, "account added", f"account {added.id}")
            invitation = _invite(request, at, asking, added)
    if isinstance(added, dict):
        return _accounts(request, at, 400, wrong=added, filled=form)
    return _account(request, at, asking, added, invitation=invitation)


@router.get("/administration/accounts/{account}")
def account(request: Request, at: AtDesk, asking: Asking, account: str, done: str = "") -> Response:
    return _account(request, at, asking, _known(at, account), notice=DONE.get(done))


@router.post("/administration/accounts/{account}")
def change_account(request: Request, at: AtDesk, asking: Asking, account: str, form: AnyForm) -> Response:
    person = _known(at, account)
    people = at.store.people
    if form.one("do") == "sign-out":
        with at.store.together():
            people.close_sessions(person.id)
            _write(at, request, asking, "signed somebody out everywhere", f"account {person.id}")
        return RedirectResponse(f"/administration/accounts/{person.id}?done=signed-out", 303)
    with at.store.together():
        wrong = administering.change(
            people,
            asking.account,
            person,
            name=form.one("name"),
            roles=_roles(form),
            teams=_teams(form),
            disabled=form.one("disabled") == "yes",
        )
        if not wrong:
            _write(at, request, asking, _what_changed(person, people.get(person.id) or person), f"account {person.id}")
    if wrong:
        return _account(request, at, asking, person, 400, wrong=wrong)
    return RedirectResponse(f"/administration/accounts/{person.id}?done=changed", 303)


@router.post("/administration/accounts/{account}/invite")
def invite(request: Request, at: AtDesk, asking: Asking, account: str) -> Response:
    person = _known(at, account)
    if person.issuer:
        raise Problem(409, "This person signs in with the organisation and needs no invitation.")
    if person.disabled:
        raise Problem(409, "This account is disabled: let them in again first.")
    return _account(request, at, asking, person, invitation=_invite(request, at, asking, person))


@router.get("/administration/teams")
def teams(request: Request, at: AtDesk, done: str = "") -> Response:
    return _teams_page(request, at, notice=DONE.get(done))


@router.post("/administration/teams")
def change_team(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    _office(at)
    team = form.one("id")
    people = at.store.people
    with at.store.together():
        wrong = (
            administering.rename_team(people, team, form.one("team"))
            if team
            else administering.add_team(people, form.one("team"))
        )
        if not wrong:
            _write(at, request, asking, "team renamed" if team else "team added", f"team {team}" if team else "teams")
    if wrong:
        return _teams_page(request, at, 400, wrong=wrong, at_team=team, filled=form.one("team"))
    return RedirectResponse("/administration/teams?done=team", 303)


@router.get("/administration/settings")
def settings(request: Request, at: AtDesk) -> Response:
    rows = [
        (name, _said(getattr(at.settings, name)), field.description) for name, field in Settings.model_fields.items()
    ]
    return page(request, "administration-settings.html", rows=rows)


@router.get("/administration/audit")
def audit(
    request: Request, at: AtDesk, before: Annotated[int | None, Query(ge=1, lt=2**63)] = None, verify: str = ""
) -> Response:
    """Entries; whether all of the log is whole only where it is asked for: a long one takes seconds to go through."""
    names = {OWNER: "You"} if at.doors.home else {person.id: person.name for person in at.store.people.all()}
    entries = list(at.store.audit.entries(ENTRIES, before))
    older = entries[-1].number if len(entries) == ENTRIES else None
    return page(
        request,
        "administration-audit.html",
        entries=entries,
        names=names,
        is_verified=verify == "1",
        problems=at.store.audit.verify() if verify == "1" else [],
        older=older,
    )


def _office(at: Desk) -> None:
    if not at.settings.is_office:
        raise Problem(404, "On your own machine there are no accounts and no teams.")


def _known(at: Desk, account: str) -> Person:
    _office(at)
    person = at.store.people.get(account)
    if person is None:
        raise Problem(404, "There is no such account: choose one from the list.")
    return person


def _invite(request: Request, at: Desk, who: Who, person: Person) -> str | None:
    """The link for the person; none where people sign in with the organisation only."""
    if at.doors.local is None:
        return None
    with at.store.together():
        token = at.doors.local.invite(person.id)
        _write(at, request, who, "invitation made", f"account {person.id}")
    return f"{at.settings.public_address}/invitation/{token}"


def _accounts(
    request: Request, at: Desk, status: int = 200, *, wrong: dict[str, str] | None = None, filled: Form | None = None
) -> Response:
    _office(at)
    return page(
        request,
        "administration-accounts.html",
        status,
        people=sorted(at.store.people.all(), key=lambda person: (person.disabled, person.name.casefold())),
        teams=at.store.people.teams(),
        roles=ROLES,
        wrong=wrong or {},
        filled=filled or Form(),
    )


def _account(
    request: Request,
    at: Desk,
    who: Who,
    person: Person,
    status: int = 200,
    *,
    wrong: dict[str, str] | None = None,
    notice: str | None = None,
    invitation: str | None = None,
) -> Response:
    return page(
        request,
        "administration-account.html",
        status,
        person=person,
        teams=at.store.people.teams(),
        roles=ROLES,
        is_self=person.id == who.account,
        may_invite=at.doors.local is not None and not person.issuer and not person.disabled,
        wrong=wrong or {},
        notice=notice,
        invitation=invitation,
    )


def _teams_page(
    request: Request,
    at: Desk,
    status: int = 200,
    *,
    wrong: dict[str, str] | None = None,
    at_team: str = "",
    filled: str = "",
    notice: str | None = None,
) -> Response:
    _office(at)
    return page(
        request,
        "administration-teams.html",
        status,
        teams=sorted(at.store.people.teams().items(), key=lambda team: team[1].casefold()),
        wrong=wrong or {},
        at_team=at_team,
        filled=filled,
        notice=notice,
    )


def _roles(form: Form) -> frozenset[Role]:
    return frozenset(Role(role) for role in form.fields.get("roles", []) if role in list(Role))


def _teams(form: Form) -> frozenset[str]:
    return frozenset(form.fields.get("teams", []))


def _what_changed(before: Person, now: Person) -> str:
    """For the audit log: which parts, and the roles by name; no names of people."""
    parts = ["name changed"] if before.name != now.name else []
    if before.roles != now.roles:
        parts.append(f"roles: {', '.join(sorted(now.roles)) or 'none'}")
    if before.teams != now.teams:
        parts.append("teams changed")
    if before.disabled != now.disabled:
        parts.append("disabled" if now.disabled else "let in again")
    return "account changed" + (f" ({'; '.join(parts)})" if parts else "")


def _said(value: object) -> str:
    """A setting as it is; of a secret only whether there is one."""
    if isinstance(value, SecretStr):
        return "set, not shown" if value.get_secret_value() else "none"
    if value is None or value in ("", (), {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _write(at: Desk, request: Request, who: Who, action: str, thing: str) -> None:
    at.store.audit.write(who.account, action, thing, request.state.request_id)
