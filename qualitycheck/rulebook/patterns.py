"""Cues to patterns that cannot hang: google-re2, linear in the text whatever the pattern.

A cue is written as people say it, in lower case with capital placeholders: `CHILD is too young to`. Besides RE2's own
syntax it may hold ` ... ` (up to eight words of the same sentence) and `{name}` (any entry of that lexicon).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import re2

from qualitycheck.errors import BadRulePack

Lexicons = Mapping[str, Sequence[str]]
Pattern = Any  # re2's compiled pattern over bytes; the library has no types

_LEXICON = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r" \.\.\. ?")
_GAP_PATTERN = r"(?:[^\w\n]+[\w'-]+){0,8}?[^\w\n]+"
LONGEST_CUE = 400  # characters, before lexicons are filled in: a longer one is a list in disguise


_PLAIN: dict[int, str] = {}


def plain(text: str) -> bytes:
    """The text with one ASCII character for each of its own, so that offsets in bytes are offsets in characters."""
    if text.isascii():
        return text.encode("ascii")
    for character in set(text):
        if ord(character) > 127 and ord(character) not in _PLAIN:
            base = unicodedata.normalize("NFKD", character)[0]
            _PLAIN[ord(character)] = base if base.isascii() else "?"
    return text.translate(_PLAIN).encode("ascii", "replace")


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 32 << 20
    return options


def expand(cue: str, lexicons: Lexicons, depth: int = 0) -> str:
    """The RE2 pattern for a cue; raises BadRulePack for an unknown lexicon, a loop, or a cue that is too long."""
    if len(cue) > LONGEST_CUE:
        raise BadRulePack(f"the cue is longer than {LONGEST_CUE} characters: split it into several")
    if depth > 4:
        raise BadRulePack("lexicons refer to each other in a circle")

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in lexicons:
            raise BadRulePack(f"no lexicon is called {{{name}}}")
        return "(?:" + "|".join(expand(entry, lexicons, depth + 1) for entry in lexicons[name]) + ")"

    return _LEXICON.sub(fill, _GAP.sub(lambda _: _GAP_PATTERN, cue))


def balanced(entry: str) -> bool:
    """Whether every bracket that opens in a lexicon's entry closes in it, and the reverse."""
    depth = 0
    in_set = escaped = False
    for character in entry:
        if escaped or character == "\\":
            escaped = not escaped
        elif character in "[]":
            in_set = character == "["
        elif character in "()" and not in_set:
            depth += 1 if character == "(" else -1
            if depth < 0:
                return False
    return depth == 0 and not in_set


def _bounded(pattern: str) -> str:
    """Whole words only, where the pattern begins or ends with a word."""
    before = "" if pattern[0] in "\\[^" else r"\b"
    after = "" if pattern[-1] in "]$*+" or re.search(r"\\\W$", pattern) else r"\b"
    return f"{before}(?:{pattern}){after}"


# Filling in lexicons costs more than matching a report, so it is done once in a process for each list of cues.
_PATTERNS: dict[tuple[int, tuple[str, ...]], tuple[Lexicons, Pattern]] = {}


def compile_cues(cues: Sequence[str], lexicons: Lexicons) -> Pattern:
    """One pattern for any of the cues; raises BadRulePack, naming the cue, when RE2 refuses one."""
    key = id(lexicons), tuple(cues)
    if key not in _PATTERNS:
        if not all(cue.strip() for cue in cues):
            raise BadRulePack("a cue is empty")
        pattern = _compile_any([_bounded(expand(cue, lexicons)) for cue in cues], cues)
        _PATTERNS[key] = lexicons, pattern  # the lexicons are kept, so that no others can come to have their id
    return _PATTERNS[key][1]


def _compile_any(patterns: Sequence[str], cues: Sequence[str]) -> Pattern:
    try:
        return _compile("|".join(patterns), cues[0])
    except BadRulePack:
        for pattern, cue in zip(patterns, cues, strict=True):  # which of them is it?
            _compile(pattern, cue)
        raise


@lru_cache(maxsize=8192)
def _compile(pattern: str, cue: str) -> Pattern:
    try:
        compiled = re2.compile(plain(pattern), _options())
    except re2.error as refusal:
        raise BadRulePack(f"the cue {cue!r} is not a safe pattern: {refusal}") from None
    if any(match.start() == match.end() for match in compiled.finditer(b"word")):
        raise BadRulePack(f"the cue {cue!r} matches nothing at all: it would flag everything")
    return compiled
