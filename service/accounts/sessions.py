"""An office's sessions: on the server, so that they can be ended; the browser has a token, the store only its hash.

The cookie is SameSite=Lax: with Strict a browser that comes back from the organisation's sign-in page, which is another
site, would not send the cookie with the first page, and the person would seem not signed in. Lax sends it with plain
navigation only, never with a form or a script of another site, and forms.py holds the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.responses import Response

from qualitycheck.service.access.who import Who
from qualitycheck.service.accounts.tokens import digest, draw
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.people import People

COOKIE = "__Host-qualitycheck"  # a browser takes a name so begun only with Secure, path / and no domain


class Sessions:
    def __init__(self, settings: Settings, people: People, now: Callable[[], datetime]) -> None:
        self._idle = timedelta(minutes=settings.session_minutes)
        self._longest = timedelta(hours=settings.session_hours)
        self._people = people
        self._now = now

    def begin(self, account: str, before: str) -> str:
        """A new session's token; the one `before` ends, so that nobody can hand theirs on (fixation)."""
        self.end(before)
        token = draw()
        self._people.open_session(account, digest(token), draw(), self._now())
        self._people.signed_in(account)
        return token

    def who(self, token: str) -> Who | None:
        """Whose session this is; two queries, and `seen` is written at most once a minute."""
        session = self._people.session(digest(token)) if token else None
        if session is None:
            return None
        now = self._now()
        if now - session.seen > self._idle or now - session.created > self._longest:
            self._people.close_session(session.id)
            return None
        person = self._people.get(session.account)
        if person is None or person.disabled:
            return None
        if now - session.seen >= timedelta(minutes=1):
            self._people.seen(session.id, now)
        return Who(
            person.id, person.name, person.roles, person.teams, session=session.id, form_token=session.form_token
        )

    def end(self, token: str) -> None:
        session = self._people.session(digest(token)) if token else None
        if session:
            self._people.close_session(session.id)

    def give(self, response: Response, token: str) -> None:
        """Set the cookie; it goes with the browser, and the server knows how long it is good for."""
        response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="lax", path="/")

    def take(self, response: Response) -> None:
        response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")
