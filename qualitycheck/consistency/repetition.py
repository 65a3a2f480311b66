"""Passages that say again, nearly word for word, what was said before; the later copy is the fault.

A sentence is a copy when four fifths of its content words, and most of its pairs of neighbouring words, stand in one
earlier sentence or two neighbouring ones, and both agree in every number and name. Candidates are found through their
rarest shared words, so that the cost grows with the report's length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import quoted, words_in
from qualitycheck.consistency.words import NUMBER_WORDS, STOPWORDS, Word, stem, words
from qualitycheck.understanding.case import Case, Role, Sentence

SHORTEST = 10  # words: shorter sentences come back by chance ("I saw her at school.")
FEWEST_CONTENT = 6  # content words
OWN = 5  # content words of the author's own: fewer, and it is the quotation that comes back
SAME = 0.8  # share of the content words
SAME_PAIRS = 0.6  # share of neighbouring pairs, where one side is longer than the other
COMMONEST = 12  # a word in more sentences than this finds no candidates
_UNJUDGED = frozenset({Role.STATUTE, Role.SIGNATURE})
FRONT = 0.3  # of a report's sentences: a "front sheet" further on is told like the rest


@dataclass(frozen=True, slots=True)
class _Said:
    sentence: Sentence
    stems: tuple[str, ...]  # of content words, in order
    exact: frozenset[str]  # numbers and names: copies may drop one, but do not put another in its place


def repetition(case: Case) -> Iterator[Fault]:
    """Yields one `repetition` for each run of consecutive sentences that copy earlier ones."""
    front = FRONT * len(case.sentences)
    read = (
        _read(sentence, words_in(sentence, case), case) for sentence in case.sentences if _is_judged(sentence, front)
    )
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


def _is_judged(sentence: Sentence, front: float) -> bool:
    if sentence.heading or sentence.statutory or sentence.role in _UNJUDGED:
        return False
    return sentence.role is not Role.FRONT_SHEET or sentence.index > front


def _read(sentence: Sentence, spoken: Sequence[Word], case: Case) -> _Said | None:
    cut = _without_label(spoken, sentence.text)
    if len(cut) < SHORTEST or (_mostly_quoted(sentence, len(spoken)) and _own(cut, sentence, case) < OWN):
        return None
    meaning = [word for word in cut if word.text.lower() not in STOPWORDS]
    if len(meaning) < FEWEST_CONTENT:
        return None
    return _Said(sentence, tuple(stem(word.text) for word in meaning), frozenset(_exact(meaning, cut[0])))


def _without_label(cut: Sequence[Word], text: str) -> Sequence[Word]:
    """The words after a typed paragraph number ("12. As to ...", "8.5 Reuben ...")."""
    typed = (
        cut
        and cut[0].text[0].isdigit()
        and (cut[0].end == len(text) or text[cut[0].end] in ".)\t" or "." in cut[0].text)
    )
    return cut[1:] if typed else cut


def _mostly_quoted(sentence: Sentence, spoken: int) -> bool:
    """Whether fewer than half of the sentence's words are the author's own."""
    if "QUOTE" not in sentence.masked:
        return False
    return len(words(sentence.masked)) - sentence.masked.count("QUOTE") < spoken / 2


def _own(cut: Sequence[Word], sentence: Sentence, case: Case) -> int:
    """How many words of meaning are the author's own."""
    return sum(
        word.text.lower() not in STOPWORDS and not quoted(case, sentence.paragraph, sentence.start + word.start)
        for word in cut
    )


def _exact(meaning: list[Word], first: Word) -> Iterator[str]:
    for word in meaning:
        named = word.text[0].isupper() and word is not first
        if named or word.text.lower() in NUMBER_WORDS or any(character.isdigit() for character in word.text):
            yield stem(word.text)


def _copies(said: Sequence[_Said]) -> Iterator[tuple[Sentence, Sentence]]:
    """Each sentence that copies an earlier one, with that one, in reading order."""
    frequency = Counter(word for one in said for word in set(one.stems))
    seen: dict[str, list[int]] = defaultdict(list)
    for at, later in enumerate(said):
        rare = sorted({word for word in later.stems if frequency[word] <= COMMONEST})
        shared = Counter(earlier for word in rare for earlier in seen[word])
        for earlier, count in shared.most_common(5):
            if count >= 3 and _is_copy(later, said, earlier, at):
                yield later.sentence, said[earlier].sentence
                break
        for word in rare:
            seen[word].append(at)


def _is_copy(later: _Said, said: Sequence[_Said], at: int, here: int) -> bool:
    earlier = said[at]
    if _same(later.stems, earlier.stems, later.exact, earlier.exact):
        return True
    for other in (at - 1, at + 1):
        if 0 <= other < here and said[other].sentence.paragraph == earlier.sentence.paragraph:
            first, second = (said[other], earlier) if other < at else (earlier, said[other])
            if _within(later.stems, first.stems + second.stems, later.exact, first.exact | second.exact):
                return True
    return False


def _same(later: tuple[str, ...], earlier: tuple[str, ...], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    overlap = sum((Counter(later) & Counter(earlier)).values())
    if overlap >= SAME * max(len(later), len(earlier)):
        return not (mine - theirs and theirs - mine)
    if overlap >= SAME * len(later) and len(later) < len(earlier):
        return _within(later, earlier, mine, theirs)
    return overlap >= SAME * len(earlier) and len(earlier) >= SHORTEST and _within(earlier, later, theirs, mine)


def _within(short: tuple[str, ...], long: tuple[str, ...], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the shorter passage stands in the longer one, in much the same order."""
    if (
        len(set(short)) < FEWEST_CONTENT
        or mine - theirs
        or sum((Counter(short) & Counter(long)).values()) < SAME * len(short)
    ):
        return False
    pairs = set(pairwise(short))
    return len(pairs & set(pairwise(long))) >= SAME_PAIRS * len(pairs)


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
