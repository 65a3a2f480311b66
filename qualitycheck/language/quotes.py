"""Quoted words in a paragraph: straight or curly, single or double, across sentences; apostrophes are not quotes."""

from __future__ import annotations

from typing import NamedTuple

_SINGLE_OPEN = "'‘"
_SINGLE_CLOSE = "'’"
_DOUBLE_OPEN = '"“„«'
_DOUBLE_CLOSE = {'"': '"', "“": '”"“', "„": '”“"', "«": "»"}
# Words that begin with an apostrophe.
_CLIPPED = ("em", "til", "cause", "cos", "bout", "tis", "twas", "n", "round", "appen", "ere", "im", "er", "ad", "e")


class Quotation(NamedTuple):
    """Characters `start` to `end` with the marks, `inner_start` to `inner_end` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str) -> list[Quotation]:
    """Outermost quotations in reading order, one pass.

    A double quote that is never closed runs to the paragraph's end when it opens the paragraph (a quotation that goes
    on in the next one); otherwise marks without a partner are not quotations.
    """
    found: list[Quotation] = []
    at = 0
    no_double_after = no_single_after = False
    while at < len(text):
        character = text[at]
        if character in _DOUBLE_OPEN and not no_double_after and _opens(text, at):
            end = _close_double(text, at)
            if end < 0 and not text[:at].strip():
                found.append(Quotation(at, len(text), at + 1, len(text)))
                break
            no_double_after = end < 0
        elif character in _SINGLE_OPEN and not no_single_after and _opens(text, at) and not _is_clipped(text, at):
            end = _close_single(text, at)
            no_single_after = end < 0 and not _has_later_opener(text, at)
        else:
            end = -1
        if end > at + 1:
            found.append(Quotation(at, end + 1, at + 1, end))
            at = end + 1
        else:
            at += 1
    return found


def _opens(text: str, at: int) -> bool:
    """Could the mark at `at` open a quotation, by what stands around it?"""
    after = text[at + 1 : at + 2]
    if not after or after.isspace() or after in ",;:)]":
        return False
    before = text[at - 1 : at]
    return not before or before.isspace() or before in "([{-–—/:;,.…\"“‘'" or text[at] in "“„«"


def _is_clipped(text: str, at: int) -> bool:
    end = at + 1
    while end < len(text) and text[end].isalpha():
        end += 1
    word = text[at + 1 : end].lower()
    if text[at + 1].isdigit():
        return text[at + 1 : at + 4].rstrip("s").isdigit() and text[at + 3 : at + 4] == "s"
    closed_soon = text[end : end + 1] in tuple(_SINGLE_CLOSE)
    return word in _CLIPPED and not closed_soon and word not in {"round", "e"}


def _close_double(text: str, at: int) -> int:
    closers = _DOUBLE_CLOSE[text[at]]
    ends = [end for closer in closers if (end := text.find(closer, at + 1)) >= 0]
    return min(ends, default=-1)


def _close_single(text: str, at: int) -> int:
    """The closing mark of a single quotation opened at `at`: past apostrophes, before the next opening."""
    doubtful = -1
    double = False
    for end in range(at + 1, len(text)):
        character = text[end]
        if character in '"“”':
            double = not double
        begins = text[end - 1].isspace() or text[end - 1] == "("
        if character in _SINGLE_OPEN and end > at + 1 and begins and not double:
            if end + 1 < len(text) and _is_clipped(text, end):
                continue
            if doubtful >= 0 or character == "‘" or (end + 1 < len(text) and not text[end + 1].isspace()):
                return doubtful
            continue
        if character not in _SINGLE_CLOSE or text[end - 1].isspace() or end == at + 1:
            continue
        after = text[end + 1 : end + 2]
        if after.isalnum():
            continue
        if text[end - 1] in "sS" and after == " " and text[end + 2 : end + 3].islower():
            doubtful = end if doubtful < 0 else doubtful  # "my parents' house": perhaps a possessive
            continue
        if text[end - 4 : end] in (" an", " o'") or (text[end - 2 : end] == " o" and after == " "):
            continue
        return end
    return doubtful


def _has_later_opener(text: str, at: int) -> bool:
    later = text.find(" '", at + 1)
    return later >= 0 or text.find(" ‘", at + 1) >= 0 or text.find("('", at + 1) >= 0
