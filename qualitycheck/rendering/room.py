"""How much room text takes on a page in Arial, told without laying it out: rather too much than too little."""

from __future__ import annotations

from unicodedata import decomposition, east_asian_width

LINE = 1.15 * 1.08  # of its size: Arial's own height (hhea ascent and descent) by the line spacing of our pages
TALL = 1.4  # times that, for the fonts that other scripts are shown in
BOLD = 1.08  # times the width
# Widths in parts of the size, from Arial's hmtx table, each group by its widest member.
_GROUPS = (
    ("ijl'|‘’", 0.23),
    (" .,:;/!ftI[]", 0.28),
    ("()r-“”", 0.34),
    ("ckszvxyJ", 0.5),
    ("w", 0.73),
    ("mM", 0.84),
    ("W@%…—", 1.02),
)
_WIDTHS = {letter: width for letters, width in _GROUPS for letter in letters}
_SMALL, _CAPITAL, _OTHER = 0.56, 0.79, 1.02


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points from the beginning to the end of the text in one line."""
    return sum(_letter(letter) for letter in text) * size * (BOLD if bold else 1)


def height(text: str, size: float, across: float, *, bold: bool = False) -> float:
    """Points from the top to the bottom of the text in lines of so many points, broken between words."""
    lines, left = 1, across
    blank = width(" ", size, bold=bold)
    for word in text.split():
        wide = width(word, size, bold=bold)
        if wide > left and left < across:
            lines, left = lines + 1, across
        while wide > left:  # a word longer than a line
            lines, wide = lines + 1, wide - left
        left -= wide + blank
    tall = TALL if any(east_asian_width(letter) in "FW" for letter in text) else 1
    return lines * size * LINE * tall


def _letter(letter: str) -> float:
    parts = decomposition(letter).split()
    if len(parts) == 2 and not parts[0].startswith("<"):  # a letter with a mark on it, as wide as the letter
        letter = chr(int(parts[0], 16))
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if not letter.isascii():
        return _OTHER
    return _CAPITAL if letter.isupper() else _SMALL
