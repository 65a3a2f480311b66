"""Who may do what: every route states its rule here, and nowhere else.

`guard.py` holds each request to it; an application with a route that is not in the table does not start, and a test
walks every route with every role and with none. A rule about a thing (a check, a case, a key) answers 404, not 403,
where somebody may not see it: that it is there is itself a fact about a family.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualitycheck.service.access import things
from qualitycheck.service.access.who import Role, Scope, Who

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk

EVERYBODY = frozenset(Role)
READERS = frozenset({Role.PRACTITIONER, Role.MANAGER, Role.INSPECTOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

Touches = Callable[[Who, "Desk", str], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """What it takes to be let in."""

    roles: frozenset[Role] | None  # one of these; None: whoever asks, known or not
    scope: Scope | None = None  # an API key needs it; None: people only
    thing: str | None = None  # the part of the path that names a thing
    touches: Touches | None = None  # whether this person may touch that thing
    free_at_home: bool = False  # on one's own machine nobody is asked who they are: it gives nothing away

    def __post_init__(self) -> None:
        assert (self.thing is None) == (self.touches is None)


def _of(thing: str, touches: Touches, roles: frozenset[Role] = READERS) -> Rule:
    return Rule(roles, thing=thing, touches=touches)


anyone = Rule(None)
signed_in = Rule(EVERYBODY)
readers = Rule(READERS)
administrators = Rule(ADMINISTRATOR)
# A check by a program gives back what it was given and keeps nothing, so that any program of one's own machine may.
programs = Rule(READERS, scope=Scope.CHECK, free_at_home=True)
sees_check = _of("check", things.sees_check)
works_on_check = _of("check", things.works_on_check)
sees_case = _of("case", things.sees_case)
owns_case = _of("case", things.owns_case)
owns_key = _of("key", things.owns_key, EVERYBODY)

RULES: dict[tuple[str, str], Rule] = {
    # For machines
    ("GET", "/healthz"): anyone,
    ("GET", "/readyz"): anyone,
    ("GET", "/metrics"): Rule(ADMINISTRATOR, scope=Scope.METRICS, free_at_home=True),
    ("GET", "/openapi.json"): anyone,
    ("GET", "/api"): anyone,
    ("POST", "/api/v1/checks"): programs,
    ("POST", "/api/v1/checks/annotated"): programs,
    ("GET", "/api/v1/criteria"): anyone,
    # Checking
    ("GET", "/"): signed_in,
    ("GET", "/checks"): readers,
    ("POST", "/checks"): readers,
    ("GET", "/checks/{check}"): sees_check,
    ("GET", "/checks/{check}/progress"): sees_check,
    ("GET", "/checks/{check}/annotated.docx"): sees_check,
    ("GET", "/checks/{check}/summary.docx"): sees_check,
    ("GET", "/checks/{check}/result.html"): sees_check,
    ("GET", "/checks/{check}/result.json"): sees_check,
    ("GET", "/checks/{check}/decisions"): sees_check,
    ("POST", "/checks/{check}/aside"): works_on_check,
    ("POST", "/checks/{check}/take-up"): works_on_check,
    ("GET", "/checks/{check}/false-alarm/{fingerprint}"): sees_check,
    ("POST", "/checks/{check}/false-alarm/{fingerprint}"): sees_check,
    ("POST", "/checks/{check}/next"): works_on_check,
    ("POST", "/checks/{check}/keep"): works_on_check,
    ("POST", "/checks/{check}/forget"): works_on_check,
    # What is kept
    ("GET", "/cases"): readers,
    ("GET", "/cases/{case}"): sees_case,
    ("GET", "/cases/{case}/delete"): owns_case,
    ("POST", "/cases/{case}/delete"): owns_case,
    # To read
    ("GET", "/criteria"): anyone,
    ("GET", "/criteria/{criterion}"): anyone,
    ("GET", "/about"): anyone,
    ("GET", "/privacy"): anyone,
    ("GET", "/accessibility"): anyone,
    # Signing in
    ("GET", "/open"): anyone,
    ("GET", "/sign-in"): anyone,
    ("POST", "/sign-in"): anyone,
    ("GET", "/sign-in/organisation"): anyone,
    ("GET", "/sign-in/organisation/return"): anyone,
    ("GET", "/invitation/{token}"): anyone,
    ("POST", "/invitation/{token}"): anyone,
    ("POST", "/sign-out"): signed_in,
    ("GET", "/account"): signed_in,
    ("POST", "/account/password"): signed_in,
    ("POST", "/account/sign-out-everywhere"): signed_in,
    ("POST", "/account/keys"): signed_in,
    ("POST", "/account/keys/{key}/revoke"): owns_key,
    # Administration
    ("GET", "/administration"): administrators,
    ("GET", "/administration/accounts"): administrators,
    ("POST", "/administration/accounts"): administrators,
    ("GET", "/administration/accounts/{account}"): administrators,
    ("POST", "/administration/accounts/{account}"): administrators,
    ("POST", "/administration/accounts/{account}/invite"): administrators,
    ("GET", "/administration/teams"): administrators,
    ("POST", "/administration/teams"): administrators,
    ("GET", "/administration/settings"): administrators,
    ("GET", "/administration/false-alarms"): administrators,
    ("GET", "/administration/false-alarms.csv"): administrators,
    ("GET", "/administration/audit"): administrators,
}
