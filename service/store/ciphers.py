"""How text is sealed: AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce each time, bound to the place it lies in."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"  # so that a later way of sealing can be told from this one


class DoesNotOpen(Exception):
    """Sealed with another key, or for another place, or changed since."""


class Cipher(Protocol):
    """Seals bytes for one place; what was sealed for one place opens in no other."""

    def seal(self, key: bytes, plain: bytes, place: str) -> bytes: ...

    def unseal(self, key: bytes, sealed: bytes, place: str) -> bytes:
        """Raises DoesNotOpen."""
        ...


class Sealing:
    """The cipher of every store that is not a test of what would be seen without one."""

    def seal(self, key: bytes, plain: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())

    def unseal(self, key: bytes, sealed: bytes, place: str) -> bytes:
        head, nonce, rest = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if head != FORMAT or len(nonce) < NONCE_BYTES:
            raise DoesNotOpen
        try:
            return AESGCM(key).decrypt(nonce, rest, place.encode())
        except InvalidTag:
            raise DoesNotOpen from None


def place(table: str, column: str, row: str) -> str:
    """The associated data of one value: nobody who can write the database can swap two rows unseen."""
    return f"{table}\x00{column}\x00{row}"


def derived(key: bytes, use: str) -> bytes:
    """A key for one use only, from another key (HKDF, RFC 5869, with SHA-256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"qualitycheck " + use.encode()).derive(key)


def mark(key: bytes, text: str) -> str:
    """A name for a text that says nothing of it to whoever has not the key: HMAC-SHA-256, 128 bits of it, in hex."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
