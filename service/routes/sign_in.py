"""Coming in and going out: the one-time link, the sign-in page, the organisation's provider, invitations."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from qualitycheck.service.accounts import organisation, sessions
from qualitycheck.service.accounts.administering import account_of
from qualitycheck.service.accounts.doors import own_path
from qualitycheck.service.accounts.forms import is_from_elsewhere
from qualitycheck.service.accounts.tries import address_of
from qualitycheck.service.desk import Asking, AtDesk, Desk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem
from qualitycheck.service.store.people import Person
from qualitycheck.service.uploads import AnyForm

router = APIRouter()

NOBODY = "nobody"  # in the audit log, where who it was is not known
WRONG = "User name or password is not right"
NOT_HERE = "There is nothing at this address: check it, or begin at the start page."
DONE = {"out": "You are signed out.", "everywhere": "You are signed out everywhere."}


@router.get("/open")
def open_link(request: Request, at: AtDesk, key: str = "") -> Response:
    home = at.doors.home
    if home is None:
        raise Problem(404, NOT_HERE)
    if request.state.who is not None:  # the link of a browser that is in stays good for another
        return RedirectResponse("/", 303)
    name = f"link from {address_of(request)}"
    at.doors.tries.hold(name)
    token = home.open(key)
    if token is None:
        at.doors.tries.wrong(name)
        _write(at, request, NOBODY, "was refused opening the link", "this computer")
        return page(request, "open.html", 401, tried=True)
    _write(at, request, "owner", "opened the one-time link", "this computer")
    response = RedirectResponse("/", 303)
    home.give(response, token, https=request.url.scheme == "https")
    return response


@router.get("/sign-in")
def sign_in_page(request: Request, at: AtDesk, done: str = "", to: str = "/") -> Response:
    if request.state.who is not None:
        return RedirectResponse(own_path(to), 303)
    if at.doors.home:
        return page(request, "open.html", tried=False)
    return _sign_in(request, at, notice=DONE.get(done), to=to)


@router.post("/sign-in")
def sign_in(request: Request, at: AtDesk, form: AnyForm) -> Response:
    local = at.doors.local
    if local is None:
        raise Problem(404, NOT_HERE)
    user_name, to = form.one("user_name"), form.one("to")
    try:
        person, right = local.recognise(user_name, form.one("password"), address_of(request))
    except Problem as too_often:
        return _sign_in(request, at, too_often.status, wrong=too_often.detail, to=to, headers=too_often.headers)
    if not right or person is None:
        _write(at, request, NOBODY, "was refused signing in", f"account {person.id}" if person else "unknown account")
        return _sign_in(request, at, 401, wrong=WRONG, user_name=user_name, to=to)
    return _come_in(request, at, person, "signed in with a password", to)


@router.get("/sign-in/organisation")
def to_organisation(request: Request, at: AtDesk, to: str = "/") -> Response:
    if at.doors.organisation is None:
        raise Problem(404, NOT_HERE)
    if request.state.who is not None:
        return RedirectResponse("/", 303)
    if is_from_elsewhere(request):  # nobody is signed in, or their session ended, by a page of another web site
        return RedirectResponse("/sign-in", 303)
    try:
        address, token = at.doors.organisation.begin(own_path(to))
    except Problem as problem:
        return _sign_in(request, at, problem.status, wrong=problem.detail, to=to)
    response = RedirectResponse(address, 303)
    response.set_cookie(
        organisation.COOKIE,
        token,
        max_age=organisation.COOKIE_SECONDS,
        secure=True,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return response


@router.get("/sign-in/organisation/return")
def from_organisation(request: Request, at: AtDesk) -> Response:
    if at.doors.organisation is None:
        raise Problem(404, NOT_HERE)
    try:
        told, to = at.doors.organisation.finish(request.cookies.get(organisation.COOKIE, ""), request.query_params)
    except Problem as problem:
        _write(at, request, NOBODY, "was refused signing in", "organisation")
        response = _sign_in(request, at, problem.status, wrong=problem.detail)
    else:
        with at.store.together():
            person, is_new = account_of(at.store.people, told)
            if is_new:
                _write(at, request, person.id, "account added", f"account {person.id}")
        response = _admit(request, at, person, to)
    response.delete_cookie(organisation.COOKIE, secure=True, httponly=True, samesite="lax", path="/")
    return response


@router.get("/invitation/{token}")
def invitation(request: Request, at: AtDesk, token: str) -> Response:
    return page(request, "invitation.html", person=_invited(request, at, token), fault=None)


@router.post("/invitation/{token}")
def accept_invitation(request: Request, at: AtDesk, token: str, form: AnyForm) -> Response:
    person = _invited(request, at, token)
    assert at.doors.local
    tell = partial(_write, at, request, person.id, "password set", f"account {person.id}")
    accepted, fault = at.doors.local.accept(token, form.one("password"), tell)
    if fault or accepted is None:
        return page(request, "invitation.html", 400, person=person, fault=fault or "Send the form again")
    return _come_in(request, at, person, "signed in by invitation")


@router.post("/sign-out")
def sign_out(request: Request, at: AtDesk, asking: Asking) -> Response:
    if asking.session:
        at.held.forget_session(asking.session)
    response = RedirectResponse("/sign-in?done=out", 303)
    if at.doors.home:
        at.doors.home.leave(request)
        response.delete_cookie(at.doors.home.cookie, path="/")
    else:
        at.doors.sessions.end(request.cookies.get(sessions.COOKIE, ""))
        at.doors.sessions.take(response)
    _write(at, request, asking.account, "signed out", f"account {asking.account}")
    return response


def _invited(request: Request, at: Desk, token: str) -> Person:
    name = f"invitations from {address_of(request)}"
    at.doors.tries.hold(name)
    person = at.doors.local.invited(token) if at.doors.local else None
    if person is None:
        at.doors.tries.wrong(name)
        raise Problem(
            404, "This invitation was used, is too old or is not complete: ask an administrator for a new one."
        )
    return person


def _admit(request: Request, at: Desk, person: Person, to: str) -> Response:
    if person.disabled or not person.roles:
        _write(at, request, NOBODY, "was refused signing in", f"account {person.id}")
        return page(request, "not-admitted.html", 403, disabled=person.disabled)
    return _come_in(request, at, person, "signed in with the organisation", to)


def _come_in(request: Request, at: Desk, person: Person, how: str, to: str = "/") -> Response:
    token = at.doors.sessions.begin(person.id, request.cookies.get(sessions.COOKIE, ""))
    _write(at, request, person.id, how, f"account {person.id}")
    response = RedirectResponse(own_path(to), 303)
    at.doors.sessions.give(response, token)
    return response


def _sign_in(
    request: Request,
    at: Desk,
    status: int = 200,
    *,
    wrong: str | None = None,
    notice: str | None = None,
    user_name: str = "",
    to: str = "/",
    headers: dict[str, str] | None = None,
) -> Response:
    if at.doors.home:
        raise Problem(404, NOT_HERE)
    shown = page(
        request,
        "sign-in.html",
        status,
        wrong=wrong,
        notice=notice,
        user_name=user_name,
        to=own_path(to),
        local=at.doors.local is not None,
        organisation=at.settings.oidc_name if at.doors.organisation else None,
    )
    shown.headers.update(headers or {})
    return shown


def _write(at: Desk, request: Request, who: str, action: str, thing: str) -> None:
    at.store.audit.write(who, action, thing, request.state.request_id)
