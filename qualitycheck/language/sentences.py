"""Where sentences begin and end in one paragraph, in one pass over its full stops.

Written for reports to a court: titles, initials, `s.31`, `para. 12`, `3.30 p.m.`, `Mr. A`, quoted sentences
(`'I like it.' She said so twice.`), ellipses and the numbers that open a point. A line break ends a sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Only single characters and bounded classes: linear in the text.
_MARK = re.compile(r"[.!?…\n]")
_AFTER_MARK = ".!?…"
_CLOSERS = "\"'”’)]»"
_OPENERS = "\"'“‘([«"
_TITLES = frozenset("mr mrs ms miss mx dr prof sir rev fr st hhj dj ddj messrs supt insp sgt det cllr hon rt".split())
# Never end a sentence: something must follow them.
_NEVER_LAST = _TITLES | frozenset(
    "s ss sec sect para paras pp p pg no nos art arts sch r rr reg regs vol fig cf eg ie viz e.g i.e v vs tel ref app "
    "approx est dob d.o.b cl".split()
)
# May end a sentence when a capital follows.
_MAY_BE_LAST = frozenset(
    "etc al ltd co inc plc a.m p.m am pm jr snr jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu "
    "thur thurs fri sat sun hrs hr min mins wk wks yr yrs mth mths".split()
)


class Span(NamedTuple):
    start: int
    end: int


def split(text: str) -> list[Span]:
    """Sentences of one paragraph, in order, without the white space around them; `text[start:end]` is the sentence."""
    spans: list[Span] = []
    start = seen = 0
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at < seen:
            continue
        if text[at] == "\n":
            _append(spans, text, start, at)
            start = seen = at + 1
            continue
        end = seen = _end_of_marks(text, at)
        if end < len(text) and _ends_here(text, start, at, end):
            _append(spans, text, start, end)
            start = end
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _end_of_marks(text: str, at: int) -> int:
    end = at + 1
    while end < len(text) and text[end] in _AFTER_MARK:
        end += 1
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return end


def _ends_here(text: str, start: int, at: int, end: int) -> bool:
    """Does the run of marks from `at` to `end`, with text after it, end a sentence begun at `start`?"""
    if not text[end].isspace():
        return False
    following = _next_word(text, end)
    if not following:
        return True
    first = following.lstrip(_OPENERS)[:1]
    if first.islower() or (not first and following[0] in ")]"):
        return False
    mark_is_stop = text[at] == "." and (end == at + 1 or text[at + 1] not in _AFTER_MARK)
    if not mark_is_stop:
        return True
    word = _word_before(text, start, at)
    bare = word.lower().lstrip(_OPENERS)
    if not bare:
        return at > start
    if bare in _NEVER_LAST:
        return not _needs_following(bare, first)
    if bare in _MAY_BE_LAST:
        return first.isupper() or text[end - 1] in _CLOSERS or following[0] in _OPENERS
    if bare.isdigit() and at - len(word) <= start:
        return False  # "12. Ada was seen": the number that opens a point
    if len(bare) == 1 and bare.isalpha():
        return _single_letter_ends(text, start, at, word, following)
    return True


def _needs_following(bare: str, first: str) -> bool:
    """Is the abbreviation completed by what follows: a number, a name, a bracket?"""
    if bare in {"no", "p", "s", "v", "r", "art", "ref", "app", "cl", "fig"}:
        return first.isdigit() or bare in {"v", "r"} or (bare in {"p", "s"} and not first.isupper())
    return True


def _single_letter_ends(text: str, start: int, at: int, word: str, following: str) -> bool:
    """`He lives with F. She does not.` ends; `D. Marsh` and `J. K. Lowe` do not."""
    if not word.isupper():
        return following[0].isupper() and bool(word.strip(_OPENERS))
    if at - len(word) <= start:
        return False
    previous = _word_before(text, start, at - 2) if text[at - 2].isspace() else ""
    if previous.endswith(".") or previous.lower() in _TITLES:
        return _is_common_opener(following)
    if previous[:1].isupper() and at - len(word) - len(previous) - 1 > start:
        return _is_common_opener(following)
    return word in "MFKGABCXYZI" or _is_common_opener(following)


_COMMON_OPENERS = frozenset(
    "a an the he she it they we i you his her its their our my this that these those there then when where what who "
    "which why how if as at by for from in of on to with after before since until while although because but and or "
    "so yet no not nor neither both all each every some any one two three four five on during following however also "
    "mr mrs ms miss dr is was are were has had have does did do".split()
)


def _is_common_opener(word: str) -> bool:
    return word.strip(_OPENERS + _CLOSERS + ",.:;").lower() in _COMMON_OPENERS


def _next_word(text: str, at: int) -> str:
    while at < len(text) and text[at].isspace():
        at += 1
    end = at
    while end < len(text) and end - at < 40 and not text[end].isspace():
        end += 1
    return text[at:end]


def _word_before(text: str, start: int, at: int) -> str:
    begin = at
    while begin > start and at - begin < 40 and not text[begin - 1].isspace():
        begin -= 1
    return text[begin:at]
