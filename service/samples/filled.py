"""What a form of these pages holds: numbers and shares as people write them, and what is wrong with them."""

from __future__ import annotations

from qualitycheck.errors import UserError
from qualitycheck.service.uploads import Form

MOST_LETTERS = 200
Errors = dict[str, str]  # sentences by the id of their field


def line(form: Form, name: str, most: int = MOST_LETTERS) -> str:
    """One line of text, without what no line holds."""
    return " ".join("".join(c if c.isprintable() else " " for c in form.one(name)).split())[:most]


def lines(form: Form, name: str, most: int = 100) -> list[str]:
    """The lines of a larger field that hold something."""
    return [told for part in form.one(name).splitlines() if (told := " ".join(part.split())[:MOST_LETTERS])][:most]


def whole(form: Form, name: str, least: int, most: int, what: str, errors: Errors, id: str = "") -> int | None:
    """A whole number; None, with its sentence in `errors`, where it is none."""
    told = line(form, name).replace(",", "")
    if told.isascii() and told.isdigit() and len(told) < 10 and least <= int(told) <= most:
        return int(told)
    errors[id or name] = f"{what} is a whole number from {least} to {most:,}."
    return None


def number(form: Form, name: str, what: str, errors: Errors, *, optional: bool = True) -> float | None:
    """A number from 0 to 100, or nothing."""
    told = line(form, name).rstrip("% ")
    if not told and optional:
        return None
    try:
        found = float(told)
    except ValueError:
        found = -1.0
    if 0 <= found <= 100:
        return found
    errors[name] = f"{what} is a number from 0 to 100."
    return None


def in_words(error: UserError) -> str:
    """As a sentence."""
    told = str(error).rstrip(".")
    return f"{told[:1].upper()}{told[1:]}."
