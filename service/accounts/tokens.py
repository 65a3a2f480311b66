"""Secrets that are drawn at random: how they are made, kept and compared."""

from __future__ import annotations

import hashlib
import hmac
import secrets

BYTES = 32  # 256 bits; OWASP ASVS 5.0, 7.2.3 asks for 128


def draw() -> str:
    """A new secret that fits into an address, a cookie or a form."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of a drawn secret: SHA-256 in hexadecimal. It is too long to guess, and needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how far they are."""
    return hmac.compare_digest(given.encode(), expected.encode())
