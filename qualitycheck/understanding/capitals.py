"""Runs of capitalised words that are names by where they stand, whatever the words are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualitycheck.understanding.names import NOT_NAMES, SURNAMES, TITLES

_CAPITALISED = re.compile(r"\w+(?:['’-]\w+)*")
_KNOWN_AS = re.compile(r",? \(?(?:known|referred to)(?: in this report)? as [\"'“‘]?\w+[\"'”’]?\)?|,? called \w+")
_INITIAL_ONLY = re.compile(r" ?[,(;]|$| and [A-Z]\b| born\b")  # a child called by a letter: "A, born 3 May 2018"
_ROLE_TAIL = re.compile(r"(?i),? (?:who )?(?:lives?|living|placed|attends|attending|is a pupil) .*")


def capital_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Runs of capitalised words that are names by their place (a child's cell), whatever they are."""
    run: list[str] = []
    last = 0
    text = _KNOWN_AS.sub("", _ROLE_TAIL.sub("", text))
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        word = word[:-2] if word.endswith(("'s", "’s")) else word
        gap = text[last : match.start()]
        if run and gap.strip():
            yield tuple(run)
            run = []
        is_name = word[:1].isupper() and word not in NOT_NAMES and word not in TITLES and not word.isdigit()
        is_name = is_name or (bool(run) and word in SURNAMES)
        is_name = is_name or (
            not run and len(word) == 1 and word.isupper() and bool(_INITIAL_ONLY.match(text[match.end() :]))
        )
        if is_name or (run and word in {"de", "van", "ap", "ab", "al"}):
            run.append(word if not (word.isupper() and len(word) > 2) else word.title())
        elif (run == ["Child"] and len(word) == 1) or (word == "Child" and re.match(r" [A-Z]\b", text[match.end() :])):
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
        last = match.end()
    if run:
        yield tuple(run)
