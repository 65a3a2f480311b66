"""Welsh in an English report: told apart so that it is left alone."""

from __future__ import annotations

import re2

_WORD = re2.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Function words of Welsh, and words of its court forms.
_WELSH_WORDS = frozenset(
    "mae yn yr y a'i a'r o'r i'r i'w wedi oedd roedd nid nad sydd fel gyda gan ei eu ein eich fy dy hi nhw ni dw "
    "dwi rwy ydw ydy yw bod fod bydd byddai hefyd ond neu ac os pan cael gael gwneud mynd dim ddim eisiau isio "
    "hoffi hoffwn rydw rydym maen mi ti chi efo gen gennyf gennyn iawn wrth dros drwy heb hwn hon hyn yma yno cyn "
    "ar am wrthyf plant plentyn merch bachgen mam tad geni ganed ganwyd iaith gair enw oed cyfeiriad dyddiad "
    "gwrandawiad gwarcheidwad ynghylch parthed argymhelliad dadansoddiad casgliad dymuniadau teimladau lles niwed "
    "gorchymyn ceisydd atebydd cyfreithiwr barnwr bwrdd cyngor gogledd tŷ o dan adran ddeddf gwaith wnaed rhif "
    "achos adroddiad blaid llys teulu gweithwyr".split()
)
_ENGLISH_TOO = frozenset("mam tad am dim mi hi ti y o dan pan plant gen ban do".split())
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
    welsh = [word for word in words if word in _WELSH_WORDS]
    return len(welsh) >= _SHARE * len(words) and len(set(welsh) - _ENGLISH_TOO) >= 2


def is_welsh_word(word: str) -> bool:
    """Is it (in lower case) a Welsh word that is not an English one too?"""
    return word in _WELSH_WORDS - _ENGLISH_TOO


def looks_welsh(word: str) -> bool:
    """Has a word (in lower case) a spelling that English has not: `dd` at its end, `ll` first, `w` as a vowel?"""
    return bool(_WELSH_SPELLING.search(word))
