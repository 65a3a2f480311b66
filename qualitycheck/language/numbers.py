"""Numbers written in words."""

from __future__ import annotations

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: value for value, word in enumerate(_UNITS)} | _TENS
_WORDS |= {
    f"{tens}{joint}{unit}": value + digit
    for tens, value in _TENS.items()
    for digit, unit in enumerate(_UNITS[1:10], 1)
    for joint in ("-", " ", "‑")
}

# One number, in figures or words, as a pattern for re2 (no group); longest words first.
WORDS_PATTERN = (
    "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ‑](?:one|two|three|four|five|six|seven|eight"
    "|nine))?"
    "|zero|one|two|three|fourteen|four|fifteen|five|sixteen|six|seventeen|seven|eighteen|eight|nineteen|nine|ten|eleven"
    "|twelve|thirteen)"
)


def number(written: str) -> int | None:
    """The whole number written in figures or words ("14", "fourteen", "twenty-five"), up to 99 in words."""
    written = written.strip().lower()
    return int(written) if written.isascii() and written.isdigit() else _WORDS.get(written)
