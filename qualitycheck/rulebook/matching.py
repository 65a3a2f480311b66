"""The sentences of a case, matched against cues in one pass over the whole report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from qualitycheck.rulebook.patterns import Lexicons, Pattern, compile_cues, plain
from qualitycheck.rulebook.schema import Near, Signal
from qualitycheck.understanding.case import Case, Sentence

View = Literal["masked", "text"]


class Hit(NamedTuple):
    """A cue found in a sentence; `start` and `end` are offsets in the paragraph's text."""

    sentence: int
    start: int
    end: int


class _Joined:
    """All sentences on one line each, so that a pattern runs once over the report instead of once a sentence."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = plain("\n".join(line.replace("\n", " ") for line in lines))
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)][: len(lines)]
        self._found: dict[int, tuple[tuple[int, int, int], ...]] = {}

    def find(self, pattern: Pattern) -> tuple[tuple[int, int, int], ...]:
        """(sentence, start, end in its line) of every match, in order."""
        key = id(pattern)  # compiled patterns live as long as the process: see patterns._compile
        if key not in self._found:
            self._found[key] = tuple(self._locate(match.span()) for match in pattern.finditer(self.text))
        return self._found[key]

    def _locate(self, span: tuple[int, int]) -> tuple[int, int, int]:
        line = bisect_right(self.starts, span[0]) - 1
        return line, span[0] - self.starts[line], span[1] - self.starts[line]


class Matcher:
    """Answers, for one case, where cues and signals are found."""

    def __init__(self, case: Case, lexicons: Lexicons) -> None:
        self.case = case
        self.lexicons = lexicons
        self._views: dict[View, _Joined] = {
            "masked": _Joined([sentence.masked for sentence in case.sentences]),
            "text": _Joined([sentence.text.lower() for sentence in case.sentences]),
        }
        self._sentences: dict[tuple[int, View], frozenset[int]] = {}
        self._found_in_sections: dict[tuple[int, int], tuple[Near, list[Sentence]]] = {}
        self._by_section: dict[int, list[Sentence]] = {}
        for sentence in case.sentences:
            self._by_section.setdefault(sentence.section, []).append(sentence)

    def hits(self, cues: Sequence[str], view: View = "masked") -> Iterator[Hit]:
        """Every place where one of the cues is found, in reading order."""
        pattern = compile_cues(cues, self.lexicons)
        for index, start, end in self._views[view].find(pattern):
            sentence = self.case.sentences[index]
            if view == "masked":
                first, last = sentence.span(start, end)
            else:
                first, last = sentence.start + start, sentence.start + end
            yield Hit(index, first, last)

    def sentences_with(self, cues: Sequence[str], view: View = "masked") -> frozenset[int]:
        """The sentences in which one of the cues is found."""
        pattern = compile_cues(cues, self.lexicons)
        key = id(pattern), view
        if key not in self._sentences:
            self._sentences[key] = frozenset(index for index, _, _ in self._views[view].find(pattern))
        return self._sentences[key]

    def signal(self, signal: Signal) -> list[Hit]:
        """Where a signal with cues holds, whatever person it is about."""
        cancelled = self.sentences_with(signal.unless) if signal.unless else frozenset[int]()
        return [
            hit
            for hit in self.hits(signal.cues, signal.words)
            if hit.sentence not in cancelled and self._counts(self.case.sentences[hit.sentence], signal)
        ]

    def _counts(self, sentence: Sentence, signal: Signal) -> bool:
        if sentence.statutory or (sentence.heading and not signal.headings):
            return False
        if signal.ended and not sentence.text.rstrip("'\"’”) ").endswith((".", "!", "?")):
            return False
        if signal.voices and sentence.voice not in signal.voices:
            return False
        if sentence.voice in signal.not_voices:
            return False
        if sentence.speaker and self.case.person[sentence.speaker].position in signal.not_speakers:
            return False
        if signal.last_in_paragraph and self.case.by_paragraph[sentence.paragraph][-1].index != sentence.index:
            return False
        if signal.most_words is not None and len(sentence.masked.split()) > signal.most_words:
            return False
        if signal.in_roles and sentence.role not in signal.in_roles:
            return False
        if sentence.role in signal.not_in_roles:
            return False
        return all(self.found_near(sentence, near) for near in signal.near) and not any(
            self.found_near(sentence, near) for near in signal.not_near
        )

    def found_near(self, sentence: Sentence, near: Near) -> bool:
        return any(True for _ in self.nearby(sentence, near))

    def nearby(self, sentence: Sentence, near: Near) -> Iterator[Sentence]:
        """Sentences within reach in which one of the cues or voices is found."""
        for other in self._in_section(sentence.section, near) if near.section else self._close_by(sentence, near):
            if other is sentence and not near.itself:
                continue
            if other.heading and other is not sentence and not near.section:
                continue
            if near.same_paragraph and other.paragraph != sentence.paragraph:
                continue
            yield other

    def _close_by(self, sentence: Sentence, near: Near) -> list[Sentence]:
        first, last = sentence.index - near.before, sentence.index + near.after
        if near.paragraph:
            own = self.case.by_paragraph[sentence.paragraph]
            first, last = min(first, own[0].index), max(last, own[-1].index)
        reach = (s for s in self.case.sentences[max(first, 0) : last + 1] if s.section == sentence.section)
        return self._found(reach, near)

    def _in_section(self, section: int, near: Near) -> list[Sentence]:
        """Worked out once: a section may be the whole report, and each of its sentences may ask."""
        key = section, id(near)
        if key not in self._found_in_sections:
            # With `near` itself, so that it lives and its id stays its own.
            self._found_in_sections[key] = near, self._found(self._by_section[section], near)
        return self._found_in_sections[key][1]

    def _found(self, reach: Iterable[Sentence], near: Near) -> list[Sentence]:
        with_cue = self.sentences_with(near.cues) if near.cues else frozenset[int]()
        return [other for other in reach if other.index in with_cue or other.voice in near.voices]
