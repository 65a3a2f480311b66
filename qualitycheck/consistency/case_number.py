"""The number of the case, wherever it stands: front sheet, text, header and footer."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.understanding.case import Case

# Two letters for the court, the year, a letter for the kind of case (C public law, P private law, F, D, A), a number.
_NUMBER = re2.compile(r"\b([A-Z]{2})\s?-?(\d{2})\s?-?([A-Z])\s?-?(\d{4,6})\b")
_ANOTHER_CASE = re2.compile(
    r"(?i)\b(?:previous|earlier|former|linked|related|consolidated|other|criminal|crown court|prior|transferred"
    r"|concluded|"
    r"separate|half-?sister|half-?brother|sibling|in (?:19|20)\d\d|EWHC|EWFC|EWCA|Re [A-Z]|v)\b"
)


def case_number(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where the number of the case is written otherwise, by a figure or two."""
    return (fault for fault in _numbers(case) if fault.criterion == "inconsistent-fact")


def other_case_number(case: Case) -> Iterator[Fault]:
    """Yields a `template-residue` where quite another number stands for the number of the case."""
    return (fault for fault in _numbers(case) if fault.criterion == "template-residue")


def _numbers(case: Case) -> Iterator[Fault]:
    seen: list[tuple[str, Span | None]] = []
    body = case.document.paragraphs
    own: tuple[str, Span | None] | None = None
    for paragraph in (*body, *case.document.margins):
        for found in _NUMBER.finditer(paragraph.text):
            around = paragraph.text[max(0, found.start() - 60) : found.end() + 40]
            if _ANOTHER_CASE.search(around):
                continue
            place = Span(paragraph.index, *found.span()) if paragraph.index < len(body) else None
            seen.append(("".join(found.groups()), place))
    if not seen:
        return
    counts = {number: sum(1 for other, _ in seen if other == number) for number, _ in seen}
    own = next(one for one in seen if counts[one[0]] == max(counts.values()))
    for number, place in seen:
        if number == own[0] or (place is None and own[1] is None):
            continue
        slip = sum(a != b for a, b in zip(number, own[0], strict=False)) <= 2 and len(number) == len(own[0])
        at, against = (place, own[1]) if place is not None else (own[1], None)
        if at is None:
            continue
        related = (against,) if against is not None else ()
        criterion = "inconsistent-fact" if slip else "template-residue"
        yield Fault(criterion, *at, related, {"number": number, "own": own[0]})
