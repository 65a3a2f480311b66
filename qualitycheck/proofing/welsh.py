"""Welsh in an English report: told apart so that it is left alone."""

from __future__ import annotations

import re2

_WORD = re2.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Function words of Welsh that are not English words.
_FUNCTION_WORDS = frozenset(
    "mae yn yr y a'i a'r o'r i'r i'w wedi oedd roedd nid nad sydd fel gyda gan ei eu ein eich fy dy hi nhw ni dw dwi "
    "rwy ydw ydy yw bod fod bydd byddai hefyd ond neu ac os pan cael gael gwneud mynd dim ddim eisiau isio hoffi "
    "hoffwn rydw rydym maen mi ti chi efo gen gennyf gennyn iawn wrth dros drwy heb hwn hon hyn yma yno cyn ar am "
    "wrthyf plant plentyn tŷ".split()
)
# Beginnings, middles and endings of Welsh words.
_WELSH_SPELLING = re2.compile(
    r"^(?:ll[aeiouwyâêîôûŵŷ]|ff[aeiouwy]|rh[aeiouwy]{2}|gw[aeioy]|gwr|mh|ngh|nh|hw[aey]|cw[^aei]|dd)"
    r"|dd$|[bcdfglmnpr]w[bcdfglmnpr]|[âêîôûŵŷ]|(?:wy|yw|aw|ydd|oedd|iad|iaeth|wyr|fa'r)$"
)
_SHARE = 0.4  # of a sentence's words


def is_welsh(text: str) -> bool:
    """Is the sentence Welsh? Three words or more, two fifths of them Welsh function words, and two different ones."""
    words = [word.lower() for word in _WORD.findall(text.replace("’", "'"))]
    if len(words) < 3:
        return False
    welsh = [word for word in words if word in _FUNCTION_WORDS]
    distinct = set(welsh) - {"am", "dim", "mi", "hi", "ti", "y"}
    return len(welsh) >= _SHARE * len(words) and len(distinct) >= 2


def looks_welsh(word: str) -> bool:
    """Has a word (in lower case) a spelling that English has not: `dd` at its end, `ll` first, `w` as a vowel?"""
    return bool(_WELSH_SPELLING.search(word))
