"""Passages that say again, nearly word for word, what was said before; the later copy is the fault.

Two sentences are copies when they share at least four fifths of their content words and agree in every number and
name. Candidates are found through their rarest shared words, so that the cost grows with the report's length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.words import NUMBER_WORDS, STOPWORDS, Word, stem, words
from qualitycheck.understanding.case import Case, Role, Sentence

SHORTEST = 10  # words: shorter sentences come back by chance ("I saw her at school.")
FEWEST_CONTENT = 6  # content words
SAME = 0.8  # share of the content words of the longer sentence
COMMONEST = 12  # a word in more sentences than this finds no candidates
_UNJUDGED = frozenset({Role.FRONT_SHEET, Role.STATUTE, Role.SIGNATURE})


@dataclass(frozen=True, slots=True)
class _Said:
    sentence: Sentence
    stems: Counter[str]
    exact: frozenset[str]  # numbers and names: copies may drop one, but do not put another in its place
    size: int


def repetition(case: Case) -> Iterator[Fault]:
    """Yields one `repetition` for each run of consecutive sentences that copy an earlier run."""
    read = (_read(sentence) for sentence in case.sentences if _is_judged(sentence))
    for run in _runs(_copies([said for said in read if said is not None])):
        first, last = run[0][0], run[-1][0]
        yield Fault(
            "repetition",
            first.paragraph,
            first.start,
            last.end,
            related=tuple(Span(earlier.paragraph, earlier.start, earlier.end) for _, earlier in run),
            detail={"sentences": str(len(run))},
        )


def _is_judged(sentence: Sentence) -> bool:
    return not (sentence.heading or sentence.statutory or sentence.role in _UNJUDGED)


def _read(sentence: Sentence) -> _Said | None:
    cut = words(sentence.text)
    if len(cut) < SHORTEST or _mostly_quoted(sentence):
        return None
    meaning = [word for word in cut if word.text.lower() not in STOPWORDS]
    if len(meaning) < FEWEST_CONTENT:
        return None
    stems = Counter(stem(word.text) for word in meaning)
    return _Said(sentence, stems, frozenset(_exact(meaning, cut[0])), len(meaning))


def _mostly_quoted(sentence: Sentence) -> bool:
    """Whether fewer than half of the sentence's words are the author's own."""
    return len(words(sentence.masked)) - sentence.masked.count("QUOTE") < len(words(sentence.text)) / 2


def _exact(meaning: list[Word], first: Word) -> Iterator[str]:
    for word in meaning:
        named = word.text[0].isupper() and word is not first
        if named or word.text.lower() in NUMBER_WORDS or any(character.isdigit() for character in word.text):
            yield stem(word.text)


def _copies(said: list[_Said]) -> Iterator[tuple[Sentence, Sentence]]:
    """Each sentence that copies an earlier one, with the nearest earlier match, in reading order."""
    frequency = Counter(word for one in said for word in one.stems)
    seen: dict[str, list[int]] = defaultdict(list)
    for at, later in enumerate(said):
        rare = [word for word in later.stems if frequency[word] <= COMMONEST]
        shared = Counter(earlier for word in rare for earlier in seen[word])
        for earlier, count in shared.most_common(5):
            if count >= 3 and _same(later, said[earlier]):
                yield later.sentence, said[earlier].sentence
                break
        for word in rare:
            seen[word].append(at)


def _same(later: _Said, earlier: _Said) -> bool:
    overlap = sum((later.stems & earlier.stems).values())
    if overlap < SAME * max(later.size, earlier.size):
        return False
    return not (later.exact - earlier.exact and earlier.exact - later.exact)


def _runs(copies: Iterable[tuple[Sentence, Sentence]]) -> Iterator[list[tuple[Sentence, Sentence]]]:
    """Consecutive sentences of one paragraph belong to one passage."""
    run: list[tuple[Sentence, Sentence]] = []
    for later, earlier in copies:
        if run and (later.paragraph != run[-1][0].paragraph or later.index != run[-1][0].index + 1):
            yield run
            run = []
        run.append((later, earlier))
    if run:
        yield run
