"""Requests that another web site made a browser send are refused (cross-site request forgery).

Every unsafe request outside /api/ must come from a page of ours by what the browser itself says (`Sec-Fetch-Site`,
which no page can set; before it, `Origin`), and carry its session's form token. Somebody not signed in has no session
to abuse and no token: for signing in and for invitations, what the browser says is enough to stop another site signing
somebody in under its own account, and a token in a cookie would add nothing to it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from qualitycheck.service.access.who import Who
from qualitycheck.service.accounts.tokens import same
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import Settings
from qualitycheck.service.uploads import read_form

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = ("same-origin", "none")  # `none`: the person's own doing, not a page's
FIELD = "form_token"


async def check_form(request: Request) -> None:
    """Raises Problem 403 for an unsafe request that is not from a form of ours; runs after the guard."""
    if request.method in SAFE or request.url.path.startswith("/api/"):
        return  # the API asks for a key, or counts a cookie only when it comes from our own pages: doors.py
    if not is_from_here(request):
        raise Problem(403, "This form was sent from another web site: open the page here and send it again.")
    who: Who | None = request.state.who
    if who is None:
        return
    form = await read_form(request)
    if not same(form.one(FIELD), who.form_token):
        raise Problem(403, "The page was too old to send: load it again, and send it again.")


def is_from_here(request: Request) -> bool:
    """Whether the browser says that a page of ours, or the person themselves, made the request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("origin")
    return origin is not None and origin == _our_origin(request)


def is_from_elsewhere(request: Request) -> bool:
    """Whether the browser says that a page elsewhere made the request; a program says nothing."""
    told = {"sec-fetch-site", "origin"} & set(request.headers)
    return bool(told) and not is_from_here(request)


def _our_origin(request: Request) -> str:
    settings: Settings = request.app.state.desk.settings
    if settings.is_office:
        parts = urlsplit(settings.public_address)
        return f"{parts.scheme}://{parts.netloc}"
    return f"{request.url.scheme}://{request.headers.get('host', '')}"  # the guard has held it to this computer
