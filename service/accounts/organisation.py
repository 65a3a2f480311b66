"""Signing in through the organisation's own provider: OpenID Connect, the code flow, with state, nonce and PKCE.

What a sign-in under way needs stays on the server, bound to the browser by a cookie of ten minutes; its token is drawn
for that one sign-in and works once. The provider's word is taken only where it is signed by one of its keys, for us,
for this sign-in, and not too old (OpenID Connect Core 1.0, 3.1.3.7; RFC 7636; RFC 9207).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from qualitycheck.errors import BadSetting
from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.tokens import digest, draw, same
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import LOOPBACK, Settings

COOKIE = "__Host-qualitycheck-sign-in"
COOKIE_SECONDS = 600
RETURN = "/sign-in/organisation/return"
SCOPE = "openid profile email"
MOST_UNDER_WAY = 10_000
PATIENCE = 5.0  # seconds, for each answer of the provider
LEEWAY = 60  # seconds that its clock and ours may differ
# Signatures by a key that only the provider has: never `none`, never one made with our own secret.
SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
AWAY = "Your organisation's sign-in page does not answer: try again in a few minutes, or tell whoever looks after it."
AGAIN = "Signing in did not finish: begin again at the sign-in page."


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sign-in that began here and is at the provider."""

    state: str
    nonce: str
    verifier: str
    begun: float
    to: str  # the page of ours that was wanted


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider says of a person; roles and teams None where it is not asked for them."""

    issuer: str
    subject: str
    user_name: str
    name: str
    roles: frozenset[Role] | None
    teams: frozenset[str] | None  # their names


class Organisation:
    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """`clock`: seconds. Raises BadSetting where the provider would be asked in the clear."""
        parts = urlsplit(settings.oidc_issuer)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise BadSetting("setting oidc_issuer: must begin with https://")
        self._settings = settings
        self._clock = clock
        self._under_way: OrderedDict[str, UnderWay] = OrderedDict()  # by the digest of the cookie, oldest first
        self._lock = Lock()

    def begin(self, to: str) -> tuple[str, str]:
        """Where to send the browser, and the token of its cookie; raises Problem 503 where the provider is away."""
        this = UnderWay(draw(), draw(), draw(), self._clock(), to)
        with self._asking() as client:
            provider = self._provider(client)
            address, _ = client.create_authorization_url(
                provider["authorization_endpoint"], state=this.state, nonce=this.nonce, code_verifier=this.verifier
            )
        token = draw()
        with self._lock:
            self._under_way[digest(token)] = this
            if len(self._under_way) > MOST_UNDER_WAY:
                self._under_way.popitem(last=False)
        return address, token

    def finish(self, token: str, answer: Mapping[str, str]) -> tuple[Told, str]:
        """Who came back, and the page that was wanted.

        Raises Problem 400 where anything is not as it must be, 503 where the provider is away.
        """
        with self._lock:
            this = self._under_way.pop(digest(token), None)
        if this is None or self._clock() - this.begun > COOKIE_SECONDS:
            raise Problem(400, AGAIN)
        if not same(answer.get("state", ""), this.state) or "code" not in answer:
            raise Problem(400, AGAIN)
        with self._asking() as client:
            provider = self._provider(client)
            if answer.get("iss", provider["issuer"]) != provider["issuer"]:
                raise Problem(400, AGAIN)
            given = client.fetch_token(provider["token_endpoint"], code=answer["code"], code_verifier=this.verifier)
            claims = self._verified(client, provider, given, this.nonce)
            return self._told(claims | self._more(client, provider, claims)), this.to

    @contextmanager
    def _asking(self) -> Iterator[OAuth2Client]:
        """A client of the provider; what goes wrong becomes one plain sentence, without the provider's words."""
        try:
            with OAuth2Client(
                client_id=self._settings.oidc_client_id,
                client_secret=self._settings.oidc_client_secret.get_secret_value(),
                scope=SCOPE,
                redirect_uri=self._settings.public_address + RETURN,
                code_challenge_method="S256",
                timeout=PATIENCE,
            ) as client:
                yield client
        except httpx2.HTTPError:
            raise Problem(503, AWAY) from None
        except (OAuthError, JoseError, KeyError, ValueError):
            raise Problem(400, AGAIN) from None

    def _provider(self, client: OAuth2Client) -> dict[str, Any]:
        """The provider's description of itself; it must be of the very issuer that the settings name."""
        found = _read(client, f"{self._settings.oidc_issuer}/.well-known/openid-configuration")
        if str(found["issuer"]).rstrip("/") != self._settings.oidc_issuer:  # settings are kept without the last slash
            raise Problem(503, AWAY)
        return found

    def _verified(
        self, client: OAuth2Client, provider: dict[str, Any], given: dict[str, Any], nonce: str
    ) -> dict[str, Any]:
        """The claims of the ID token; raises JoseError unless it is from there, for us, this sign-in and now."""
        # A provider that does not say signs with RS256, which every one must offer (OpenID Connect Discovery 1.0, 3).
        offered = SIGNATURES & set(provider.get("id_token_signing_alg_values_supported") or ["RS256"])
        keys = KeySet.import_key_set(_read(client, provider["jwks_uri"]))  # type: ignore[arg-type]
        registry = JWSRegistry(algorithms=sorted(offered), strict_check_header=False)
        token = jwt.decode(given["id_token"], keys, registry=registry)
        asked = {"client_id": self._settings.oidc_client_id, "nonce": nonce, "access_token": given.get("access_token")}
        wanted = {
            "iss": {"essential": True, "value": provider["issuer"]},
            "aud": {"essential": True, "value": self._settings.oidc_client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        CodeIDToken(token.claims, token.header, wanted, asked).validate(leeway=LEEWAY)
        return dict(token.claims)

    def _more(self, client: OAuth2Client, provider: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        """What the ID token leaves out: some providers tell a person's name and groups only when asked once more."""
        wanted = {"name", self._settings.oidc_roles_claim, self._settings.oidc_teams_claim} - {""}
        if wanted <= set(claims) or "userinfo_endpoint" not in provider:
            return {}
        answer = client.get(provider["userinfo_endpoint"])
        answer.raise_for_status()
        told = _table(answer.json())
        if told["sub"] != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
            raise Problem(400, AGAIN)
        return {name: told[name] for name in {*wanted, "preferred_username", "email"} - set(claims) if name in told}

    def _told(self, claims: dict[str, Any]) -> Told:
        settings = self._settings
        known_as = claims.get("preferred_username") or claims.get("email") or claims["sub"]
        roles: frozenset[Role] | None = None
        if settings.oidc_roles_claim:
            values = _values(claims.get(settings.oidc_roles_claim))
            roles = frozenset(settings.oidc_roles[value] for value in values if value in settings.oidc_roles)
        teams = frozenset(_values(claims.get(settings.oidc_teams_claim))) if settings.oidc_teams_claim else None
        return Told(claims["iss"], str(claims["sub"]), str(known_as), str(claims.get("name") or known_as), roles, teams)


def _read(client: OAuth2Client, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    return _table(answer.json())


def _table(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise ValueError("not a table")
    return found


def _values(claim: object) -> list[str]:
    """A claim of one value or several."""
    if isinstance(claim, list):
        return [str(value) for value in claim]
    return [claim] if isinstance(claim, str) else []
