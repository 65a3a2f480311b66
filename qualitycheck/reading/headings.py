"""Which paragraphs are headings: by style, by outline level, by look, or as the label cell of a table row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

import re2

from qualitycheck.document import Part
from qualitycheck.reading.drafts import Box, Draft, Row, Table

_STYLE = re2.compile(r"^(?:heading|überschrift|titre|rubrik|kop|título) ?([1-9])$")
_TITLES = ("title",)
_NAMED = re2.compile(r"\b(sub[ -]?)?heading ?([1-9])?\b")  # "Section heading", "Sub-heading 2": a template's own styles
_MOST_CHARACTERS = 120
_MOST_WORDS = 18
_LABEL_CHARACTERS = 80
_LABEL_WORDS = 10
_BODY_OUTLINE = 9  # w:outlineLvl of body text: 17.3.1.20
_DEFAULT_SIZE = 20  # half-points, where no style says anything: 17.3.2.38
_CLEARLY_LARGER = 2  # half-points
_ANSWER_OR_MARKING = re2.compile(
    r"(?i)^\W*(?:yes|no|nil|none|none known|n/?a|not (?:known|applicable)|unknown|draft|"
    r"(?:strictly )?(?:private|confidential|restricted|official|sensitive)(?:\W+(?:and )?(?:confidential|sensitive))*"
    r")\W*$"
)
_NUMBER = re2.compile(r"^(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\((?:[a-z]|[ivx]+)\)|(?:[A-Za-z]|[ivx]+)[.)])?$")
_NOT_A_LABEL = re2.compile(r"^[\W\d]*$|^\d{1,2}(?:st|nd|rd|th)?[ ./-]\S+[ ./-]\d{2,4}\b|.*[;,]$|.*\w{3}\.$")


def find_headings(drafts: Sequence[Draft]) -> None:
    """Sets `heading_level` (1 is the highest) and `heads_cells` on the drafts that are headings."""
    body = [draft for draft in drafts if draft.part in (Part.BODY, Part.TEXTBOX)]
    for draft in body:
        draft.heading_level = _level_by_style(draft)
    deepest = max((draft.heading_level for draft in body if draft.heading_level), default=0)
    _by_look(body, deepest)
    _label_cells(body)


def _level_by_style(draft: Draft) -> int | None:
    if draft.in_contents or _is_prose(draft.text) or (draft.outline is not None and draft.outline >= _BODY_OUTLINE):
        return None
    for name in draft.style.names:
        found = _STYLE.match(name)
        if found is not None:
            return int(found[1])
        if name in _TITLES:
            return 1
    named = _NAMED.search(draft.style.names[0]) if draft.style.names else None
    if named is not None and (draft.box is None or _is_alone(draft.box)):
        return int(named[2]) if named[2] else 2 if named[1] else 1
    return draft.outline + 1 if draft.outline is not None else None


def _is_prose(text: str) -> bool:
    """Whether it is a paragraph rather than a heading: some templates number their paragraphs by heading styles."""
    return len(text) > 2 * _MOST_CHARACTERS or (text.rstrip().endswith(".") and len(text.split()) > _LABEL_WORDS)


# --- by look


def _by_look(body: Sequence[Draft], deepest: int) -> None:
    """Short paragraphs that stand out as a whole; the more they stand out, the higher. Below the headings by style."""
    usual = _usual_size(body)
    plain_bold = _mostly(body, "bold")
    looks: dict[Draft, tuple[int, ...]] = {}
    for draft, following in zip_longest(body, body[1:]):
        if draft.heading_level is None and _may_head(draft, following):
            look = _standing_out(draft, usual, plain_bold)
            if look is not None:
                looks[draft] = look
    ranks = {look: rank for rank, look in enumerate(sorted(set(looks.values()), reverse=True), start=1)}
    for draft, look in looks.items():
        draft.heading_level = min(deepest + ranks[look], 9)
        draft.heads_cells = _fills_its_row(draft)


def _may_head(draft: Draft, following: Draft | None) -> bool:
    text = draft.text.strip()
    if (
        following is None
        or draft.in_contents
        or draft.part is Part.TEXTBOX
        or (draft.list_level is not None and draft.label is None)
    ):
        return False
    if len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS or not any(c.isalpha() for c in text):
        return False
    if _ANSWER_OR_MARKING.match(text):
        return False
    if text.endswith((".", ";", ",")) and not text.endswith(("No.", "no.", "Nos.")):
        return False
    if draft.box is None:
        return True
    if _fills_its_row(draft):
        return True
    labels_its_row = len(draft.box.row.boxes) > 1 and draft.box.row.boxes[0] is draft.box
    return draft is not draft.box.paragraphs[-1] and not labels_its_row


def _standing_out(draft: Draft, usual: int, plain_bold: bool) -> tuple[int, ...] | None:
    """How a paragraph stands out, as a key that sorts by how much; None if it does not."""
    size = max((look.size or usual for _, _, look in draft.looks), default=usual)
    larger = size - usual if size >= usual + _CLEARLY_LARGER and len(draft.text) < _MOST_CHARACTERS else 0
    bold = draft.is_bold and not plain_bold
    capitals = _in_capitals(draft)
    underlined = draft.throughout("underlined")
    alone = _fills_its_row(draft)
    shaded = alone and draft.box is not None and draft.box.shaded
    if not (larger or bold or capitals or underlined or shaded):
        return None
    return (larger, shaded, capitals, bold, underlined, -_depth(draft.label))


def _in_capitals(draft: Draft) -> bool:
    letters = [c for c in draft.text if c.isalpha()]
    if len(letters) < 4 or sum(c.isdigit() for c in draft.text) * 2 > len(letters):
        return False
    return draft.throughout("capitals") or sum(c.isupper() for c in letters) >= 0.95 * len(letters)


def _depth(label: str | None) -> int:
    return len([part for part in label.split(".") if part.strip()]) if label else 1


def _usual_size(body: Sequence[Draft]) -> int:
    sizes: Counter[int] = Counter()
    for draft in body:
        for start, end, look in draft.looks:
            sizes[look.size or _DEFAULT_SIZE] += end - start
    return sizes.most_common(1)[0][0] if sizes else _DEFAULT_SIZE


def _mostly(body: Sequence[Draft], name: str) -> bool:
    total = sum(draft.length for draft in body)
    having = sum(end - start for draft in body for start, end, look in draft.looks if getattr(look, name))
    return having * 2 > total


# --- label cells


def _label_cells(body: Sequence[Draft]) -> None:
    """In a table of questions and answers, the left cell of a row is the heading of what stands beside it."""
    tables = {id(box.row.table): box.row.table for draft in body if (box := draft.box) is not None}
    levels = _levels_around(body)
    for table in tables.values():
        labels = _labels_of(table)
        for draft in labels:
            if draft.heading_level is None:
                draft.heading_level = min(levels.get(id(draft), 0) + 1, 9)
                draft.heads_cells = True


def _labels_of(table: Table) -> list[Draft]:
    """The labels of the rows, if the table is one of labels and answers; else none."""
    rows = [row for row in table.rows if any(box.paragraphs for box in row.boxes)]
    sided = [row for row in rows if len(row.boxes) > 1]
    labels = {row.number: boxes for row in sided if (boxes := _label_boxes(row))}
    if len(labels) * 2 <= len(sided) or _is_grid(rows):
        return []
    label_length = answer_length = 0
    for row in sided:
        of_row = labels.get(row.number, [])
        answers = sum(len(box.text) for box in row.boxes if box not in of_row)
        if of_row and answers:
            answer_length += answers
            label_length += sum(len(box.text) for box in of_row)
    if label_length > answer_length:
        return []
    return [box.paragraphs[0] for row in sided if not _is_header_row(row, rows) for box in labels.get(row.number, [])]


def _label_boxes(row: Row) -> list[Box]:
    """The cells that label what stands beside them: one a row, or two where a form sets its questions in pairs."""
    if _is_paired(row):
        return row.boxes[::2]
    label = _label_box(row)
    return [label] if label is not None else []


def _is_paired(row: Row) -> bool:
    """Label, answer, label, answer: every other cell stands out."""
    questions, answers = row.boxes[::2], row.boxes[1::2]
    return (
        len(row.boxes) >= 4
        and len(questions) == len(answers)
        and all(box.paragraphs and _stands_out(box) for box in questions)
        and not any(box.paragraphs and _stands_out(box) for box in answers)
    )


def _stands_out(box: Box) -> bool:
    return box.shaded or box.paragraphs[0].is_bold or box.text.rstrip().endswith(":")


def _label_box(row: Row) -> Box | None:
    """The cell that labels the row: short, or standing out above its instructions. The row's number is passed over."""
    boxes = row.boxes
    if len(boxes) > 2 and boxes[0].paragraphs and _is_number(boxes[0].text):
        boxes = boxes[1:]
    first = boxes[0]
    if not first.paragraphs or first.continues or _is_number(first.text):
        return None
    stands_out = _stands_out(first)
    text = (first.paragraphs[0].text if stands_out else first.text).strip()
    most_characters, most_words = (
        (2 * _MOST_CHARACTERS, 2 * _MOST_WORDS) if stands_out else (_LABEL_CHARACTERS, _LABEL_WORDS)
    )
    if len(text) > most_characters or len(text.split()) > most_words or _NOT_A_LABEL.search(text):
        return None
    return first if stands_out or len(first.paragraphs) <= 2 else None


def _is_grid(rows: Sequence[Row]) -> bool:
    """A table of data: three columns or more that are filled in most rows."""
    wide = [row for row in rows if sum(not _is_number(box.text) for box in row.boxes) > 2 and not _is_paired(row)]
    return len(wide) * 2 > len(rows)


def _is_header_row(row: Row, rows: Sequence[Row]) -> bool:
    """The first row of a table, when every cell of it stands out and is short: it names the columns."""
    if row is not rows[0] or len(rows) < 2:
        return False
    return all(
        box.paragraphs and len(box.text) <= _LABEL_CHARACTERS and (box.shaded or box.paragraphs[0].is_bold)
        for box in row.boxes
    ) and not all(any(box.shaded or p.is_bold for p in box.paragraphs) for r in rows[1:] for box in r.boxes)


def _is_number(text: str) -> bool:
    """Whether a cell holds nothing, or only the number of its row: "3", "2.1", "(a)", "iv."."""
    return _NUMBER.match(text.strip()) is not None


def _levels_around(body: Sequence[Draft]) -> dict[int, int]:
    """For each paragraph in a table, the level of the heading in force where its row begins."""
    levels: dict[int, int] = {}
    in_force = 0
    for draft in body:
        levels[id(draft)] = in_force
        if draft.heading_level is not None:
            in_force = draft.heading_level
    return levels


def _is_alone(box: Box) -> bool:
    return all(other is box or not other.paragraphs for other in box.row.boxes)


def _fills_its_row(draft: Draft) -> bool:
    """Whether the paragraph is all the text of its row, as a bar across the table is."""
    box = draft.box
    if box is None or len(box.paragraphs) != 1 or box.paragraphs[0] is not draft:
        return False
    return _is_alone(box) and (len(box.row.boxes) == 1 or box.span > 1 or box.shaded)
