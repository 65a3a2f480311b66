"""What several checks read in a case, read once: words, dates, quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar
from weakref import ref

from qualitycheck.consistency.words import Word, content, words
from qualitycheck.language.dates import DateMention, find_dates
from qualitycheck.language.quotes import Quotation, find_quotations
from qualitycheck.understanding.case import Case, Sentence

T = TypeVar("T")


def once(build: Callable[[Case], T]) -> Callable[[Case], T]:
    """Keeps the answer for the case last asked about, and the case itself no longer than others do."""
    kept: tuple[ref[Case], T] | None = None

    @wraps(build)
    def answer(case: Case) -> T:
        nonlocal kept
        last = kept
        if last is not None and last[0]() is case:
            return last[1]
        built = build(case)
        kept = ref(case), built
        return built

    return answer


@once
def _dates(case: Case) -> tuple[Sequence[DateMention], ...]:
    return tuple(find_dates(sentence.text) for sentence in case.sentences)


def dates_in(sentence: Sentence, case: Case) -> Sequence[DateMention]:
    """The dates of a sentence, in order; offsets in the sentence's text."""
    return _dates(case)[sentence.index]


@once
def _words(case: Case) -> tuple[Sequence[Word], ...]:
    return tuple(words(sentence.text) for sentence in case.sentences)


def words_in(sentence: Sentence, case: Case) -> Sequence[Word]:
    """The words of a sentence, in order; offsets in the sentence's text."""
    return _words(case)[sentence.index]


@once
def _stems(case: Case) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(content(cut)) for cut in _words(case))


def stems_in(sentence: Sentence, case: Case) -> frozenset[str]:
    """The stems of the words of a sentence that carry meaning."""
    return _stems(case)[sentence.index]


@once
def frequency(case: Case) -> Counter[str]:
    """In how many sentences each stem stands."""
    return Counter(word for stems in _stems(case) for word in stems)


@once
def _quotations(case: Case) -> dict[int, list[Quotation]]:
    return {}  # filled paragraph by paragraph, where somebody asks


def quoted(case: Case, paragraph: int, at: int) -> bool:
    """Whether the character of the paragraph's text stands inside quoted words."""
    known = _quotations(case)
    if paragraph not in known:
        known[paragraph] = find_quotations(case.document.paragraphs[paragraph].text)
    return any(one.start <= at < one.end for one in known[paragraph])
