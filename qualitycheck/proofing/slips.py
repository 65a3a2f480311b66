"""Slips of grammar that no library catches in the words of these reports: the files of sheets/, matched with RE2.

Each entry has an `id`, `why` (a clause for the author), `patterns`, `flag` and `pass` (examples, run as tests, `[[ ]]`
marking the passage) and may have `instead` (what to write), `unless`, `unless_within`, `unless_before` and `see`.
A pattern sees a sentence a line, in lower case, names of people filled with P and quoted words with Q; with
`see: text` it sees the sentence as written. Macros of macros.yaml stand in {braces}. The group `at` is the passage,
the rest is context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import re2

from qualitycheck.proofing.author_text import AuthorText
from qualitycheck.proofing.mistake import Mistake

_MACRO = re.compile(r"\{([a-z_]+)\}")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Words that may rightly stand twice: "that that is so", "had had", "what it is is", "long, long".
_MAY_STAND_TWICE = frozenset("that had is do very really many far long bye no yes so in on out her".split())


@dataclass(frozen=True, slots=True)
class Slip:
    """One kind of slip. `unless` is looked for in the whole match, `unless_within` in the passage, `unless_before` in
    the words of the sentence before it: any of them stops the slip."""

    id: str
    why: str
    patterns: tuple[Any, ...]
    instead: str
    unless: Any
    unless_within: Any
    unless_before: Any
    on_written: bool
    flag: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def load_slips() -> tuple[Slip, ...]:
    """The slips of every file of sheets/, their macros filled in."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, many times faster, where libyaml is
    sheets = {
        sheet.name: yaml.load(sheet.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
        for sheet in sorted(files(__package__).joinpath("sheets").iterdir(), key=lambda sheet: sheet.name)
        if sheet.name.endswith(".yaml")
    }
    macros: dict[str, str] = {}
    for name, words in sheets.pop("macros.yaml").items():
        macros[name] = f"(?:{_fill(words, macros)})"
    return tuple(_slip(entry, macros) for entries in sheets.values() for entry in entries)


def _slip(entry: dict[str, Any], macros: dict[str, str]) -> Slip:
    def compiled(pattern: str | None) -> Any:
        return re2.compile("(?m)" + _fill(pattern, macros)) if pattern else None

    return Slip(
        id=entry["id"],
        why=entry["why"],
        patterns=tuple(compiled(pattern) for pattern in entry["patterns"]),
        instead=entry.get("instead", ""),
        unless=compiled(entry.get("unless")),
        unless_within=compiled(entry.get("unless_within")),
        unless_before=compiled(entry.get("unless_before")),
        on_written=entry.get("see") == "text",
        flag=tuple(entry["flag"]),
        passes=tuple(entry["pass"]),
    )


def _fill(pattern: str, macros: dict[str, str]) -> str:
    return _MACRO.sub(lambda match: macros[match.group(1)], pattern)


def slips(text: AuthorText) -> Iterator[Mistake]:
    """The slips in the author's own sentences, headings apart."""
    for slip in load_slips():
        seen = text.text if slip.on_written else text.patterned
        for pattern in slip.patterns:
            for match in pattern.finditer(seen):
                if slip.unless and slip.unless.search(match.group()):
                    continue
                start, end = match.span(pattern.groupindex["at"])
                if slip.unless_within and slip.unless_within.search(seen[start:end]):
                    continue
                line = seen.rfind("\n", 0, start) + 1
                if slip.unless_before and slip.unless_before.search(seen[line:start]):
                    continue
                yield Mistake(start, end, slip.id, slip.instead, slip.why)
    yield from _doubled(text.text)


def _doubled(text: str) -> Iterator[Mistake]:
    """A word written twice in one sentence; RE2 has no back-references."""
    before = None
    for word in _WORD.finditer(text):
        if (
            before
            and word.group().lower() == before.group().lower()
            and word.group().lower() not in _MAY_STAND_TWICE
            and text[before.end() : word.start()] == " "
            and not word.group()[:1].isupper()
        ):
            yield Mistake(before.start(), word.end(), "doubled", word.group(), "a word is written twice")
        before = word
