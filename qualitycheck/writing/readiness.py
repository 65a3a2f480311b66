"""What to know about a file before it is filed, its findings aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from qualitycheck.document import Document, Paragraph
from qualitycheck.writing.filing import open_changes
from qualitycheck.writing.metadata import metadata_present
from qualitycheck.writing.package import Package

_SHOWN = 80  # characters of a text, so that a line stays a line
_PEOPLE = ("author", "last modified by", "company", "manager", "title")  # as `Document.properties` names them


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is still in a draft that the court should not be sent."""

    comments: int
    tracked_changes: int  # changes of formatting included
    hidden: tuple[str, ...]  # the hidden texts themselves, for the author's eyes
    unfilled: tuple[Paragraph, ...]  # the paragraphs in which a control still shows its placeholder
    metadata: tuple[str, ...]  # in plain words: "document properties", "custom XML data"
    properties: dict[str, str]  # what the file says of itself: author, last modified by, company, ...

    def lines(self) -> Iterator[str]:
        """What is left to do about it, a line each, for the author."""
        if self.comments:
            yield f"comments still in the file: {self.comments}"
        if self.tracked_changes:
            yield f"tracked changes still open: {self.tracked_changes}"
        yield from self._hidden()
        for paragraph in self.unfilled:
            place = f" in paragraph {paragraph.label.rstrip('.')}" if paragraph.label else ""
            yield f"a control is not filled in{place}: “{shorten(paragraph.text, _SHOWN, placeholder=' …')}”"
        for what in self.metadata:
            yield f"the file still holds {what}{self._named(what)}"

    def goes(self) -> Iterator[str]:
        """What `filing_copy` takes out of it, a line each."""
        if self.comments:
            yield f"{self.comments} comment{'' if self.comments == 1 else 's'}"
        if self.tracked_changes:
            yield f"{self.tracked_changes} tracked change{'' if self.tracked_changes == 1 else 's'}, accepted"
        yield from self._hidden()
        for what in self.metadata:
            yield f"{what}{self._named(what)}"

    def _hidden(self) -> Iterator[str]:
        for text in self.hidden:
            yield f"hidden text: “{shorten(text, _SHOWN, placeholder=' …')}”"

    def _named(self, what: str) -> str:
        people = [f"{name} {self.properties[name]}" for name in _PEOPLE if name in self.properties]
        return f" ({', '.join(people)})" if people and what == "document properties" else ""

    @property
    def clean(self) -> bool:
        """Whether nothing is left that `filing_copy` would take out, and no control is unfilled."""
        return not (self.comments or self.tracked_changes or self.hidden or self.unfilled or self.metadata)


def readiness(document: Document, data: bytes) -> Readiness:
    """The facts about a draft; `document` is what was read from `data`."""
    package = Package(data)
    return Readiness(
        comments=len(document.comments),
        tracked_changes=open_changes(package),
        hidden=document.hidden,
        unfilled=tuple(paragraph for paragraph in document.paragraphs if paragraph.unfilled),
        metadata=tuple(metadata_present(package)),
        properties=dict(document.properties),
    )
