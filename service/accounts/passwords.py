"""Passwords: how they are kept, and which are too easy to guess.

Length and guessability count, composition does not (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 5.0, V6.2).
"""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from qualitycheck.service.accounts.tokens import draw

SHORTEST = 12
LONGEST = 200
GUESSABLE = 3  # zxcvbn's scores 0 to 2 fall to somebody who may try often; 3 withstands an attack on a stolen store
LOOKED_AT = 72  # characters: zxcvbn's own limit, since its time grows faster than the password
# Words of this service and its work, which a guesser would try first (OWASP ASVS 5.0, 6.1.2).
OUR_WORDS = ("qualitycheck", "section7", "section31", "guardian", "cafcass", "report", "practitioner", "children")
# zxcvbn takes two words together for strong, however well known each is: so much must be left without them.
LEAST_BESIDE = 6  # characters


class Passwords:
    """argon2id with the parameters of RFC 9106 for memory-constrained use, as argon2-cffi has them by default."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        """Verified where there is no password, to take as long."""
        return self._hasher.hash(draw())

    def hashed(self, password: str) -> str:
        return self._hasher.hash(password)

    def right(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; takes as long where none is kept, so that time does not tell who is known."""
        nobodys = self._nobodys  # whether or not it is needed: whoever comes first would wait for it
        try:
            return self._hasher.verify(kept or nobodys, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


# zxcvbn keeps the words it is given in a table of the whole process.
_one_at_a_time = Lock()


def fault_in(password: str, *about: str) -> str | None:
    """What is wrong with a new password, in one sentence; `about`: the person's own words (user name, name)."""
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    known = [*OUR_WORDS, *about, *(part for name in about for part in name.replace("@", " ").replace(".", " ").split())]
    with _one_at_a_time:
        found = zxcvbn(password[:LOOKED_AT], user_inputs=known, max_length=LOOKED_AT)
    if found["score"] < GUESSABLE or len(_without(password.casefold(), known)) < LEAST_BESIDE:
        return "Password is too easy to guess: use three words that have nothing to do with each other"
    return None


def _without(password: str, words: list[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 3:
            password = password.replace(word.casefold(), "")
    return password
