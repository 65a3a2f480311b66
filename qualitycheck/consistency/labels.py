"""The numbers and letters by which a reader finds a place in the report: of paragraphs, headings, appendices, notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import re2

from qualitycheck.document import Document, Paragraph, Part

_TYPED = re2.compile(r"^\s*(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?\s")
_NAMED = re2.compile(
    r"(?i)^\W*(section|part|appendix|annexe?|schedule|table|figure|option|question|issue|allegation|item|note"
    r"|recommendation)"
    r"\s+(\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)(?:[^\w\s]|\s|$)"
)
_LETTERED = re2.compile(r"^\s*([A-Z])[.):]\s")
NUMBERS = {
    word: str(number) for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
}


@dataclass
class Labels:
    """Where each label stands: label without punctuation ("12", "3.2", "d") to paragraph indices, in order."""

    paragraphs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sections: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    named: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    notes: set[str] = field(default_factory=set)

    @property
    def numbered(self) -> bool:
        """Whether the report's paragraphs carry numbers, not just a list or two in it."""
        return sum(len(places) for label, places in self.paragraphs.items() if label[0].isdigit()) >= 5

    def kinds(self, kind: str) -> set[str]:
        """The labels that stand at the head of something called `kind` ("option", "appendix")."""
        return {label for named, label in self.named if named == kind}


def plain_label(label: str) -> str:
    return label.strip().strip("().:•").lower()


def plain_kind(kind: str) -> str:
    kind = kind.lower().rstrip(".")
    return {"appendices": "appendix", "annexe": "annex", "annexes": "annex"}.get(kind, kind.removesuffix("s"))


def read_labels(document: Document) -> Labels:
    """All labels of the report, automatic ones and those typed at the head of a paragraph."""
    labels = Labels()
    for paragraph in document.paragraphs:
        if paragraph.part in (Part.FOOTNOTE, Part.ENDNOTE):
            labels.notes.add(plain_label(paragraph.label or ""))
            continue
        number = _number(paragraph)
        if number:
            labels.paragraphs[number].append(paragraph.index)
        if named := _NAMED.match(paragraph.text):
            label = named.group(2).lower()
            labels.named[plain_kind(named.group(1)), NUMBERS.get(label, label)].append(paragraph.index)
        if paragraph.is_heading:
            lettered = _LETTERED.match(paragraph.text)
            for label in filter(None, (number, lettered and lettered.group(1).lower())):
                labels.sections[label].append(paragraph.index)
    for (kind, label), places in labels.named.items():
        if kind == "section":
            labels.sections[label] += places
    labels.notes.discard("")
    return labels


def _number(paragraph: Paragraph) -> str:
    if paragraph.label and paragraph.label != "•":
        return plain_label(paragraph.label)
    typed = _TYPED.match(paragraph.text)
    return typed.group(1) if typed else ""
