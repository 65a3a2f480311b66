"""One's own machine: whoever can read the terminal is let in, by a link that works once.

The cookie is HttpOnly and SameSite=Strict, and lives as long as the program. It is `Secure` only over https: a browser
on the same computer reaches us by plain http, where there is no line to listen at; Chromium and Firefox would take a
`Secure` cookie from 127.0.0.1 all the same, Safari drops it and would lock its users out. The port is in its name,
since browsers share the cookies of one host between all its ports.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from fastapi import Request
from starlette.responses import Response

from qualitycheck.service.access.who import OWNER, Role, Who
from qualitycheck.service.accounts.forms import is_from_elsewhere
from qualitycheck.service.accounts.tokens import digest, draw, same
from qualitycheck.service.problems import Problem

COOKIE = "qualitycheck"


@dataclass(frozen=True, slots=True)
class HomeSession:
    id: str
    form_token: str


class OneTimeLink:
    """The link, and the sessions that it opened; both in memory only."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = draw()
        self._tell: Callable[[str], None] | None = None
        self._sessions: dict[str, HomeSession] = {}  # by the digest of the cookie
        self._lock = Lock()

    def listening(self, port: int, tell: Callable[[str], None] | None) -> None:
        """`tell` is given a new link each time one was used."""
        self._port = port
        self._tell = tell

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/open?key={self._token}"

    @property
    def cookie(self) -> str:
        return f"{COOKIE}-{self._port}"

    def open(self, key: str) -> str | None:
        """A new session's token for the link's key; None where it is wrong or was used."""
        with self._lock:
            if not same(key, self._token):
                return None
            self._token = draw()
            token = draw()
            self._sessions[digest(token)] = HomeSession(secrets.token_hex(16), draw())
        if self._tell:
            self._tell(self.address)
        return token

    def who(self, request: Request) -> Who | None:
        session = self._sessions.get(digest(request.cookies.get(self.cookie, "")))
        if session is None:
            return None
        return Who(OWNER, "You", frozenset(Role), session=session.id, form_token=session.form_token)

    def leave(self, request: Request) -> None:
        """End this browser's session."""
        with self._lock:
            self._sessions.pop(digest(request.cookies.get(self.cookie, "")), None)

    def give(self, response: Response, token: str, *, https: bool) -> None:
        response.set_cookie(self.cookie, token, secure=https, httponly=True, samesite="strict", path="/")

    def hold_to_here(self, request: Request) -> None:
        """Raises Problem 403 for what a web page elsewhere makes a browser ask of this computer.

        By a name of its own that leads here (DNS rebinding) it would share our origin, so that the guard holds the name
        and this the port; and the API, which asks nobody at home who they are, is not for other origins.
        """
        port = request.url.port
        if port and self._port and port != self._port:
            raise Problem(403, "The service does not listen there: open the newest link in the window of qualitycheck.")
        if request.url.path.startswith("/api/") and is_from_elsewhere(request):
            raise Problem(403, "Another web site asked for this: only programs and pages of this computer may.")
