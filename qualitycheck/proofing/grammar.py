"""Grammar by Harper (Apache-2.0): the rules of harper_rules.yaml, and no other.

Harper's defaults give a hundred alarms a report: American habits, matters of style, fixed phrases of computing. Its 917
rules were looked at one by one. A rule is on if it finds what people in this country get wrong, and was silent, or as
good as silent, on 76,000 words of reports, 237,000 of other British prose (guidance and a novel) and several hundred
right sentences written to trip it. harper_rules.yaml gives each with an example that it finds, run as a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import re2

from qualitycheck.proofing.author_text import PERSON, QUOTED, AuthorText
from qualitycheck.proofing.mistake import Mistake

if TYPE_CHECKING:
    from harper import Lint, Linter

_NO_MONEY = "broke"  # the one form that Harper takes for a verb where it is none
_STRETCH = 3_000  # characters
_ONE_AT_A_TIME = Lock()  # a Harper linter refuses a second thread, and costs too much to have one for each


class HarperRule(NamedTuple):
    """A rule of Harper's by its name, the clause that the author reads, and a sentence in which it finds `[[ ]]`.

    `unless` is looked for in the words found, `unless_before` and `unless_after` in those of the sentence on either
    side: any of them stops the rule, as in the sentence `passes`.
    """

    name: str
    why: str
    example: str
    unless: Any = None
    unless_before: Any = None
    unless_after: Any = None
    passes: str = ""

    def stops(self, text: str, start: int, end: int) -> bool:
        """Whether what it found at `text[start:end]` is right after all."""
        line, ends = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        return bool(
            (self.unless and self.unless.search(text[start:end]))
            or (self.unless_before and self.unless_before.search(text[line:start]))
            or (self.unless_after and self.unless_after.match(text[end : ends if ends >= 0 else len(text)]))
        )


@cache
def load_harper_rules() -> dict[str, HarperRule]:
    """The rules of harper_rules.yaml, by name."""
    import yaml

    groups = yaml.safe_load(files(__package__).joinpath("harper_rules.yaml").read_text(encoding="utf-8"))
    return {name: _rule(name, why, entry) for why, entries in groups.items() for name, entry in entries.items()}


def _rule(name: str, why: str, entry: str | dict[str, str]) -> HarperRule:
    if isinstance(entry, str):
        return HarperRule(name, why, entry)
    stops = {field: re2.compile(pattern) for field, pattern in entry.items() if field.startswith("unless")}
    return HarperRule(name, why, entry["finds"], passes=entry["passes"], **stops)


@cache
def _linter() -> Linter:
    from harper import Dialect, Linter

    linter = Linter(Dialect.BRITISH)
    linter.set_lint_config({name: name in load_harper_rules() for name in linter.get_default_lint_config()})
    return linter


def prepare() -> None:
    """Begin to build the linter beside other work; it takes longer than anything else at the start."""
    Thread(target=_build, daemon=True).start()


def _build() -> None:
    with _ONE_AT_A_TIME:
        _linter()


def forget() -> None:
    """Let go of the sentences that Harper keeps, in memory, of what it has read; its rules stay."""
    with _ONE_AT_A_TIME:
        if _linter.cache_info().currsize:
            _linter().clear_words()


def grammar_mistakes(text: AuthorText) -> Iterator[Mistake]:
    """What Harper finds in the author's own sentences; quotations, names of people and words in capitals apart."""
    for at, stretch in _stretches(text.text):
        with _ONE_AT_A_TIME:
            found = _linter().organized_lints(stretch, language="plaintext", dedup=False)
        for name, lint in ((name, lint) for name, lints in found.items() for lint in lints):
            words = lint.problem_text
            start = at + lint.span.start + len(words) - len(words.lstrip())
            end = at + lint.span.end - len(words) + len(words.rstrip())
            filled = {PERSON, QUOTED}.intersection(text.patterned[start:end])
            if start >= end or filled or words.isupper() or words == _NO_MONEY:
                continue
            rule = load_harper_rules()[name]
            if not rule.stops(text.text, start, end):
                yield Mistake(start, end, name, _instead(lint), rule.why)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The text in stretches that end with a line, and where each begins: Harper's time grows with the square of one."""
    start = 0
    while start < len(text):
        line_ends = text.find("\n", start + _STRETCH)
        end = len(text) if line_ends < 0 else line_ends + 1
        yield start, text[start:end]
        start = end


def _instead(lint: Lint) -> str:
    """The one thing that Harper would write in place of the words; "" if it takes them out or knows several."""
    from harper import SuggestionKind

    ways = [way.replacement_text for way in lint.suggestions if way.kind == SuggestionKind.REPLACE]
    return ways[0].strip() if len(ways) == 1 else ""
