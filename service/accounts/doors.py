"""Who asks: the one door that every request comes through, on one's own machine or in an office."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import Request

from qualitycheck.service.access.who import Who
from qualitycheck.service.accounts.forms import is_from_here
from qualitycheck.service.accounts.keys import ApiKeys
from qualitycheck.service.accounts.link import OneTimeLink
from qualitycheck.service.accounts.local import LocalAccounts
from qualitycheck.service.accounts.organisation import Organisation
from qualitycheck.service.accounts.passwords import Passwords
from qualitycheck.service.accounts.sessions import COOKIE, Sessions
from qualitycheck.service.accounts.tries import Tries, address_of
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.store import Store

AT_HOME = (
    "Open the newest link in the window in which qualitycheck runs: each works once, "
    "and a new one is printed each time one was used."
)
IN_AN_OFFICE = "Sign in first, or send an API key (Authorization: Bearer …)."
LONGEST_PATH = 2000


def own_path(wanted: str) -> str:
    """Where to go after signing in: an address of this service, never another's that a link put there; or the start.

    A browser reads `//name` and `/\\name` as another site, and drops tabs and ends of lines before it reads.
    """
    ours = wanted.startswith("/") and "//" not in wanted and "\\" not in wanted and wanted.isprintable()
    return wanted if ours and len(wanted) <= LONGEST_PATH else "/"


def sign_in_address(request: Request) -> str:
    """The sign-in page, which leads to what was asked for here."""
    query = f"?{request.url.query}" if request.url.query else ""
    to = own_path(request.url.path + query)
    return "/sign-in" if to == "/" else f"/sign-in?{urlencode({'to': to})}"


def _utc() -> datetime:
    return datetime.now(UTC)


class Doors:
    """Raises BadSetting where the organisation's provider would be asked in the clear."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        now: Callable[[], datetime] = _utc,
        clock: Callable[[], float] = time.monotonic,
        passwords: Passwords | None = None,
    ) -> None:
        self._settings = settings
        self.tries = Tries(settings.sign_in_tries)
        self.home = None if settings.is_office else OneTimeLink(settings.port)
        self.sessions = Sessions(settings, store.people, now)
        self.keys = ApiKeys(store.people, now)
        self.local = None
        self.organisation = None
        if settings.is_office:
            self.local = LocalAccounts(store.people, self.tries, now, passwords) if settings.local_accounts else None
            self.organisation = Organisation(settings, clock) if settings.oidc_issuer else None

    def listening(self, port: int, tell: Callable[[str], None] | None = None) -> None:
        """The service listens on this port; `tell` is given the new link each time one was used."""
        if self.home:
            self.home.listening(port, tell)

    @property
    def link(self) -> str | None:
        """On one's own machine: the link that lets in once."""
        return self.home.address if self.home else None

    @property
    def how_to_enter(self) -> str:
        return AT_HOME if self.home else IN_AN_OFFICE

    def who(self, request: Request, *, may_be_anybody: bool = False) -> Who | None:
        """Who asks, in at most two queries; raises Problem 403 (at home, for another web site) and 429 (wrong keys).

        `may_be_anybody`: it does not matter, except to the menu of a page, which no program sees: no key is looked at.
        """
        if self.home:
            self.home.hold_to_here(request)
            return self.home.who(request)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return None if may_be_anybody else self._by_key(key.strip(), address_of(request))
        if request.url.path.startswith("/api/") and not is_from_here(request):
            return None  # a cookie goes along with whatever page made the browser ask: it counts only from ours
        return self.sessions.who(request.cookies.get(COOKIE, ""))

    def _by_key(self, key: str, address: str) -> Who | None:
        """Whose key it is; a right one counts whatever was wrong before, since nobody finds 256 bits by trying."""
        who = self.keys.who(key)
        if who is None:
            name = f"keys from {address}"
            self.tries.hold(name)
            self.tries.wrong(name)
        return who
