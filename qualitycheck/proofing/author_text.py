"""The words that are the author's own, as one text that keeps the way back to every paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

import re2

from qualitycheck.language.quotes import find_quotations
from qualitycheck.proofing.welsh import is_welsh
from qualitycheck.understanding.case import Case, Sentence

PERSON = "P"  # fills the names of people in `AuthorText.patterned`
QUOTED = "Q"  # fills quoted words there
_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "\u2011": "-", "\xa0": " ", "\t": " ", "\n": " "}
)
_TITLED = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sgt|Sergeant|PC|DC|Professor|Prof|Judge|Nurse|Sister)\.?(?: [A-Z][A-Za-z'-]*){1,3}"
_NOT_SINGULAR = re2.compile(r"(?i)\b(?:and|the|children|boys|girls|twins|parents|family)\b")


class AuthorText:
    """Every sentence of a case but statutory wording and Welsh, one a line, with an empty line after each.

    `text` is what the reader sees, with plain apostrophes and dashes; `patterned` is the same in lower case, names of
    people and quoted words filled with capitals. Both have the same length, so that one offset serves both.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.sentences = tuple(
            sentence
            for sentence in case.sentences
            if not sentence.statutory and sentence.text.strip() and not is_welsh(sentence.text)
        )
        lines = [sentence.text.translate(_SAME_LENGTH) for sentence in self.sentences]
        self.starts: list[int] = []
        at = 0
        for line in lines:
            self.starts.append(at)
            at += len(line) + 2
        self.text = "\n\n".join(lines)

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Quoted stretches of `text`, in order."""
        found = []
        quotations = {paragraph.index: find_quotations(paragraph.text) for paragraph in self.case.document.paragraphs}
        for sentence, start in zip(self.sentences, self.starts, strict=True):
            for quotation in quotations[sentence.paragraph]:
                first, last = max(quotation.start, sentence.start), min(quotation.end, sentence.end)
                if first < last:
                    found.append((start + first - sentence.start, start + last - sentence.start))
        return tuple(found)

    @cached_property
    def patterned(self) -> str:
        """`text` as the patterns of sheets/ see it."""
        people = [
            (match.start(), match.end() - match.group().endswith("s") * (match.group() not in self._forms))
            for match in re2.finditer(self._names(), self.text)
        ]
        return _filled(_filled(_lowered(self.text), people, PERSON), self.quoted, QUOTED)

    @cached_property
    def _forms(self) -> frozenset[str]:
        """Names of one person each, as the case has them."""
        forms = {
            form
            for person in self.case.people
            for form in (person.name, *person.aliases)
            if form[:1].isupper() and form != "I" and not _NOT_SINGULAR.search(form)
        }
        # "Miss Hales sister" lacks its apostrophe: no other person where there is a Miss Hale.
        return frozenset(form for form in forms if form.removesuffix("s") not in forms - {form})

    def _names(self) -> str:
        """A pattern for people's names, and for a name with an “s” that lacks its apostrophe."""
        forms = sorted((re2.escape(form) for form in self._forms), key=lambda form: (-len(form), form))
        return r"\b(?:" + "|".join([*(f"{form}s?" if len(form) > 1 else form for form in forms), _TITLED]) + r")\b"

    def place(self, start: int, end: int) -> tuple[Sentence, int, int]:
        """The sentence of `text[start:end]` and its offsets in the paragraph."""
        index = bisect_right(self.starts, start) - 1
        sentence = self.sentences[index]
        shift = sentence.start - self.starts[index]
        return sentence, start + shift, min(end + shift, sentence.end)

    def is_quoted(self, start: int, end: int) -> bool:
        """Does `text[start:end]` touch quoted words?"""
        index = bisect_right(self.quoted, (start, len(self.text)))
        return any(first < end and start < last for first, last in self.quoted[max(0, index - 1) : index + 1])


def _lowered(text: str) -> str:
    """Lower case, as long as `text` is (one letter's lower case may be two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _filled(text: str, spans: Iterable[tuple[int, int]], filling: str) -> str:
    """`text` with every character of the spans, which are in order, replaced."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], filling * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])
