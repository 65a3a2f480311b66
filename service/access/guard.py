"""The one gate: every request is held to its route's rule before the route sees it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.concurrency import run_in_threadpool

from qualitycheck.service.access.rules import RULES, Rule
from qualitycheck.service.access.things import name_in_log
from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.accounts.doors import sign_in_address
from qualitycheck.service.answering import wants_page
from qualitycheck.service.checks.finding import gone
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import LOOPBACK, Settings

# Whoever asks from their own machine without having been asked who they are: may do what is free, and holds nothing.
UNASKED = Who("unasked", "a program on this computer", frozenset())
NOT_HERE = "There is nothing at this address, or it is not yours to see: check the address."


KEY_IS_NOT_FOR_IT = "This API key is not for that: make one with the scope it needs."
HOST = re.compile(r"(\[[0-9a-f:]+\]|[^\s:/@\[\]]+)(?::[0-9]{1,5})?")
ANY_HOST = {"/healthz", "/readyz", "/metrics"}  # asked by machines, by whatever address they know


async def guard(request: Request) -> None:
    """Raises Problem 400, 401, 403 or 404; otherwise `request.state.who` is who asks, if anybody in particular does."""
    path = request.scope["route"].path
    rule = RULES[(request.method, path)]
    desk: Desk = request.app.state.desk
    if path not in ANY_HOST:
        refuse_other_names(request, desk.settings)
    request.state.who = await run_in_threadpool(admitted, rule, request, desk)


def refuse_other_names(request: Request, settings: Settings) -> None:
    """Raises Problem 400 where the browser was told another name for this service (DNS rebinding)."""
    known = {urlsplit(settings.public_address).hostname} if settings.is_office else set(LOOPBACK)
    # By the header itself: where that is no name, `request.url` has the address that was connected to.
    asked = HOST.fullmatch(request.headers.get("host", "").lower())
    if asked is None or asked[1].strip("[]") not in known:
        raise Problem(400, "This service does not go by that name: use the address that you were given.")


def admitted(rule: Rule, request: Request, desk: Desk) -> Who | None:
    """Who asks, let in by the rule; what a kept thing is read for is on record before it is read."""
    who = desk.doors.who(request, may_be_anybody=rule.roles is None)
    request.state.account = who.account if who else None  # for the log, whatever comes of it
    request.state.who = who  # for the page, which keeps its menu when it says no
    if rule.roles is None:
        return who
    if who is None:
        if rule.free_at_home and not desk.settings.is_office:
            return UNASKED
        if desk.settings.is_office and _is_at_a_page(request):
            raise Problem(303, desk.doors.how_to_enter, headers={"Location": sign_in_address(request)})
        raise Problem(401, desk.doors.how_to_enter, headers={"WWW-Authenticate": "Bearer"})
    if who.scopes is not None and (rule.scope is None or rule.scope not in who.scopes):
        raise Problem(403, KEY_IS_NOT_FOR_IT)
    if not who.is_any(rule.roles):
        raise Problem(403, f"This is for {_listed(rule.roles)}: ask an administrator if it should be for you.")
    if rule.touches and rule.thing:
        id = request.path_params[rule.thing]
        if not id.isprintable() or not rule.touches(who, desk, id):  # PostgreSQL takes no null
            raise Problem(404, gone(desk.settings) if rule.thing == "check" else NOT_HERE)
        if rule.told and (name := name_in_log(desk, rule.thing, id)):
            desk.store.audit.write(who.account, rule.told, name, request.state.request_id)
    return who


def _is_at_a_page(request: Request) -> bool:
    """Whether a person opens a page, and not a program that would take the sign-in page for its answer."""
    return request.method == "GET" and wants_page(request) and "authorization" not in request.headers


def _listed(roles: frozenset[Role]) -> str:
    names = [f"{role}s" for role in Role if role in roles]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def refuse_unruled(app: FastAPI) -> None:
    """Raises RuntimeError, at the start, for a route without a rule and a rule without a route."""
    routed = {
        (method, route.path)
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, APIRoute)
        for method in route.methods or ()
    }
    if routed != set(RULES):
        raise RuntimeError(f"routes and their rules differ: {sorted(routed ^ set(RULES))}")
