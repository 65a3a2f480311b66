"""Characters of symbol fonts, told as Unicode: Word writes them as numbers in the font (w:sym, 17.3.3.30)."""

from __future__ import annotations

_PRIVATE = 0xF000  # where Word puts the characters of symbol fonts

_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x74: "⧫",
    0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_GREEK = dict(zip(b"abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_SYMBOL = {
    **_GREEK,
    **{code - 32: letter.upper() for code, letter in _GREEK.items()},
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD7: "⋅",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character that a reader sees for a hexadecimal code in a font; "" if the code is not one.

    A symbol that Unicode has no character for here, or of a font we do not know, stays what the file calls it.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= point <= 0xFFFF or 0xD800 <= point < 0xE000:
        return ""
    in_font = point - _PRIVATE if _PRIVATE <= point < _PRIVATE + 0x100 else point
    known = _FONTS.get(font.lower(), {})
    return known.get(in_font) or chr(point if font.lower() in _FONTS or point < _PRIVATE else in_font)
