"""The reader's comments as Word comments in the report, each on its passage and in the reader's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualitycheck.document import Document
from qualitycheck.precourt.reading import Comment, Kind
from qualitycheck.result import Passage, ReportResult
from qualitycheck.writing import Note, annotate
from qualitycheck.writing.comments import Line
from qualitycheck.writing.wording import Criteria

Numbered = tuple[int, Comment]  # the number of the round that it was made in


def in_name_of(reader: str, kind: Kind | None) -> str:
    """As the comments are signed: "S. Okafor (manager)"; without the role where that is not known any longer."""
    return f"{reader} ({kind or 'reader'})"


def annotated(
    data: bytes,
    document: Document,
    comments: Sequence[Numbered],
    by: str,
    criteria: Criteria,
    report: ReportResult | None = None,
    still_open: Sequence[Numbered] = (),
) -> bytes:
    """A copy of the report with the reader's comments, which `writing.clean` and `writing.filing_copy` take out again.

    Args:
        data: the file.
        document: what was read from it.
        comments: of the round that the draft was read in, with its number.
        by: who is named as their author (`in_name_of`).
        criteria: of the rulebook, for their titles.
        report: what the checker found, to have its comments beside the reader's; None: the reader's only.
        still_open: comments of earlier rounds that the reader marked so; they stand where their words are found again.

    Raises:
        UnreadableReport: if a part of the file is damaged.
    """
    notes = [Note(comment.passage, list(_lines(number, comment, criteria)), by) for number, comment in comments]
    for number, comment in still_open:
        lines = list(_lines(number, comment, criteria, ", still open"))
        notes.append(Note(_found_again(comment.passage, document), lines, by))
    return annotate(data, document, report, criteria, notes)


def _lines(number: int, comment: Comment, criteria: Criteria, what_of_it: str = "") -> Iterator[Line]:
    title = criteria[comment.criterion].title if comment.criterion in criteria else comment.criterion
    yield Line(f"{title}.", f"Reading before court, round {number}{what_of_it}.")
    if comment.said.strip():
        yield Line("", comment.said)
    if comment.asks:
        yield Line("Requested:", comment.action)


def _found_again(passage: Passage | None, document: Document) -> Passage | None:
    """Where a passage of an earlier draft stands in this one, if that is in one place; otherwise as it was."""
    if passage is None:
        return None
    places = [paragraph for paragraph in document.paragraphs if passage.text in paragraph.text]
    if len(places) != 1 or places[0].text.count(passage.text) != 1:
        return passage
    start = places[0].text.index(passage.text)
    return replace(passage, paragraph=places[0].index, start=start, end=start + len(passage.text))
