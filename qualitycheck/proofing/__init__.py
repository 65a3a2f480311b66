"""Proofreading: spelling and grammar of the author's own words, British English."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qualitycheck.consistency.fault import Fault
from qualitycheck.proofing.author_text import AuthorText
from qualitycheck.proofing.grammar import grammar_mistakes
from qualitycheck.proofing.slips import slips
from qualitycheck.proofing.words import misspellings
from qualitycheck.understanding.case import Case

__all__ = ["language_errors"]


def language_errors(case: Case, accepted: Collection[str] = ()) -> Iterator[Fault]:
    """Mistakes of spelling and grammar, in reading order, each at the few words that are wrong.

    Quotations, statutory wording, Welsh and `accepted` terms are left alone. `detail` has `words` (as written),
    `suggestion` (what to write instead, or ""), `hint` (the same as a clause, or ""), `kind` ("spelling", the id of
    a slip, or the name of a rule of Harper's) and `why` (a clause).
    """
    text = AuthorText(case)
    found = [*grammar_mistakes(text), *slips(text), *misspellings(text, accepted)]
    at = 0
    for mistake in sorted(found, key=lambda mistake: (mistake.start, -mistake.end)):
        if mistake.start < at or text.is_quoted(mistake.start, mistake.end):
            continue
        at = mistake.end
        sentence, start, end = text.place(mistake.start, mistake.end)
        detail = {
            "words": case.paragraph_of(sentence).text[start:end],
            "suggestion": mistake.suggestion,
            "hint": f"; perhaps “{mistake.suggestion}” is meant" if mistake.suggestion else "",
            "kind": mistake.kind,
            "why": mistake.why,
        }
        yield Fault("language-error", sentence.paragraph, start, end, detail=detail)
