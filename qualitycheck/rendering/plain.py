"""Text as it may be shown: without the characters that a terminal or a page obeys instead of showing."""

from __future__ import annotations

from itertools import chain

# Control characters, and those that turn the direction of what follows (UAX 9), by which one text can pose as another.
_OBEYED = chain(range(0x20), range(0x7F, 0xA0), (0x061C,), range(0x202A, 0x202F), range(0x2066, 0x206A), (0xFEFF,))
_GONE = {code: None for code in _OBEYED if chr(code) not in "\n\t"}


def plain(text: str) -> str:
    """The text without them; line breaks and tabs stay."""
    return text.translate(_GONE)
