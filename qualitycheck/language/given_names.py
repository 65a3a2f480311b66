"""Given names common in England and Wales: they tell a person from a place and suggest a pronoun."""

from __future__ import annotations

from pathlib import Path


def _groups() -> dict[str, frozenset[str]]:
    """The groups of given_names.txt, by the name that stands in square brackets over each."""
    groups: dict[str, frozenset[str]] = {}
    for group in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n[")[1:]:
        name, _, names = group.partition("]")
        groups[name] = frozenset(names.split())
    return groups


_GROUPS = _groups()
FEMALE = _GROUPS["female"]
MALE = _GROUPS["male"]
GIVEN = FEMALE | MALE  # sure enough to tell a person by
ALL_GIVEN = GIVEN | _GROUPS["more"]  # enough where something else says that a person is named


def pronoun_of(given_name: str) -> str | None:
    """ "she" or "he" where the name is given to one sex only, else None."""
    name = given_name.lower()
    if name in FEMALE and name not in MALE:
        return "she"
    if name in MALE and name not in FEMALE:
        return "he"
    return None
