"""One's own account: password, sessions, API keys."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.service.access.who import Scope, Who
from qualitycheck.service.accounts.keys import allowed_scopes
from qualitycheck.service.accounts.tries import address_of
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.people import Person
from qualitycheck.service.uploads import AnyForm

router = APIRouter()

DONE = {
    "password": "Your password is changed, and you are signed out everywhere else.",
    "revoked": "The key is revoked.",
}
SCOPES = {Scope.CHECK: "Check reports", Scope.METRICS: "Read the service’s figures"}


@router.get("/account")
def account(request: Request, at: AtDesk, asking: Asking, done: str = "") -> Response:
    return _shown(request, at, asking, notice=DONE.get(done))


@router.post("/account/password")
def change_password(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    person = _person(at, asking)
    if at.doors.local is None:
        raise Problem(404, "This service keeps no passwords: change it with your organisation.")
    tell = partial(_write, at, request, asking, "password changed", f"account {asking.account}")
    wrong = at.doors.local.change(person, form.one("old"), form.one("new"), asking.session, address_of(request), tell)
    if wrong:
        _write(at, request, asking, "was refused changing the password", f"account {asking.account}")
        return _shown(request, at, asking, 400, wrong=wrong)
    return RedirectResponse("/account?done=password", 303)


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(request: Request, at: AtDesk, asking: Asking) -> Response:
    _person(at, asking)
    with at.store.together():
        at.store.people.close_sessions(asking.account)
        _write(at, request, asking, "signed out everywhere", f"account {asking.account}")
    if asking.session:
        at.held.forget_session(asking.session)
    response = RedirectResponse("/sign-in?done=everywhere", 303)
    at.doors.sessions.take(response)
    return response


@router.post("/account/keys")
def make_key(request: Request, at: AtDesk, asking: Asking, form: AnyForm) -> Response:
    _person(at, asking)
    scopes = frozenset(Scope(scope) for scope in form.fields.get("scopes", []) if scope in list(Scope))
    with at.store.together():
        made = at.doors.keys.make(asking, form.one("name").strip(), scopes)
        if not isinstance(made, dict):
            _write(at, request, asking, "key made", f"key {made[0]}")
    if isinstance(made, dict):
        return _shown(request, at, asking, 400, wrong=made)
    _, key = made
    return _shown(request, at, asking, key=key)


@router.post("/account/keys/{key}/revoke")
def revoke_key(request: Request, at: AtDesk, asking: Asking, key: str) -> Response:
    with at.store.together():
        at.store.people.revoke_key(key)
        _write(at, request, asking, "key revoked", f"key {key}")
    return RedirectResponse("/account?done=revoked", 303)


def _person(at: Desk, who: Who) -> Person:
    person = at.store.people.get(who.account) if at.settings.is_office else None
    if person is None:
        raise Problem(404, "On your own machine there are no accounts, and programs need no key.")
    return person


def _shown(
    request: Request,
    at: Desk,
    who: Who,
    status: int = 200,
    *,
    notice: str | None = None,
    wrong: dict[str, str] | None = None,
    key: str | None = None,
) -> Response:
    person = _person(at, who)
    names = at.store.people.teams()
    keys = at.store.people.keys_of(person.id)
    return page(
        request,
        "account.html",
        status,
        person=person,
        teams=sorted(names[id] for id in person.teams),
        keys=keys,
        allowed={key.id: [SCOPES[scope] for scope in Scope if scope in key.scopes] for key in keys},
        scopes={str(scope): said for scope, said in SCOPES.items() if scope in allowed_scopes(who)},
        may_change_password=person.has_password and at.doors.local is not None,
        notice=notice,
        wrong=wrong or {},
        key=key,
    )


def _write(at: Desk, request: Request, who: Who, action: str, thing: str) -> None:
    at.store.audit.write(who.account, action, thing, request.state.request_id)
