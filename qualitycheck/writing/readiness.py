"""What to know about a file before it is filed, its findings aside."""

from __future__ import annotations

from dataclasses import dataclass

from qualitycheck.document import Document, Paragraph
from qualitycheck.writing.metadata import metadata_present
from qualitycheck.writing.package import Package


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is still in a draft that the court should not be sent."""

    comments: int
    tracked_changes: int
    hidden: tuple[str, ...]  # the hidden texts themselves, for the author's eyes
    unfilled: tuple[Paragraph, ...]  # the paragraphs in which a control still shows its placeholder
    metadata: tuple[str, ...]  # in plain words: "document properties", "custom XML data"
    properties: dict[str, str]  # what the file says of itself: author, last modified by, company, ...

    @property
    def clean(self) -> bool:
        """Whether nothing is left that `filing_copy` would take out, and no control is unfilled."""
        return not (self.comments or self.tracked_changes or self.hidden or self.unfilled or self.metadata)


def readiness(document: Document, data: bytes) -> Readiness:
    """The facts about a draft; `document` is what was read from `data`."""
    return Readiness(
        comments=len(document.comments),
        tracked_changes=document.tracked_changes,
        hidden=document.hidden,
        unfilled=tuple(paragraph for paragraph in document.paragraphs if paragraph.unfilled),
        metadata=tuple(metadata_present(Package(data))),
        properties=dict(document.properties),
    )
