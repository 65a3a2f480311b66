"""Small words for writing a report without Word: in the examples of rules, and in tests.

    report(
        "# Report under section 7",
        "| Court | Family Court at Leeds |",
        "| Child | Ada Lowe, born 3 May 2018 |",
        "## Wishes and feelings",
        "12.\\tAda told me that she likes school.",
        "- a list item",
        "  - a list item one level in",
        "^ a footnote to the paragraph before it",
        "> quoted as a block",
    )

One line is one paragraph. `#` to `######` make headings; `|` makes a table row, rows that follow each other one table.
The first cell of a row of two is a label cell (a section of its own, as a reader takes it) when it is short and ends
without a full stop. A number with a tab, or `12.` and `(a)` with a tab, is the label a reader sees. `margins` are lines
of the header. `children` are added in front as a table row each: names, or (name, date of birth as written).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qualitycheck.document import Cell, Document, Paragraph, Part, Section

LABEL_CELL_LEVEL = 10
_LABEL = re.compile(r"(\(?[0-9]+(?:\.[0-9]+)*[.)]?|\(?[a-z]{1,4}[.)])\t")


@dataclass
class _Builder:
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section(0, "", 0, None, None, 0, 0)])
    tables: int = 0
    row: int = -1

    def add(self, line: str) -> None:
        if line.startswith("|"):
            self.add_row(line)
            return
        self.row = -1
        if heading := re.match(r"(#{1,6})\s+", line):
            level = len(heading.group(1))
            self.open_section(line[heading.end() :], level, label_cell=False)
            self.add_paragraph(line[heading.end() :], heading_level=level, style=f"heading {level}")
        elif line.startswith("^ "):
            self.add_note(line[2:])
        elif line.startswith("> "):
            self.leave_label_cells()
            self.add_paragraph(line[2:], style="Quote")
        elif item := re.match(r"(\s*)- ", line):
            self.leave_label_cells()
            self.add_paragraph(line[item.end() :], list_level=len(item.group(1)) // 2, label="•")
        elif label := _LABEL.match(line):
            self.leave_label_cells()
            self.add_paragraph(line[label.end() :], label=label.group(1))
        else:
            self.leave_label_cells()
            self.add_paragraph(line)

    def add_row(self, line: str) -> None:
        if self.row < 0:
            self.tables += 1
        self.row += 1
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        labelled = len(cells) == 2 and 0 < len(cells[0]) <= 80 and not cells[0].endswith(".")
        for column, text in enumerate(cells):
            cell = Cell(self.tables - 1, self.row, column)
            if labelled and column == 0:
                self.open_section(text, LABEL_CELL_LEVEL, label_cell=True)
                self.add_paragraph(text, heading_level=LABEL_CELL_LEVEL, cell=cell)
                continue
            if column == 0:
                self.leave_label_cells()
            for part in text.split("\n"):
                if part:
                    self.add_paragraph(part, cell=cell)

    def add_note(self, text: str) -> None:
        anchor = self.paragraphs[-1]
        note = len(self.notes)
        self.notes.append(
            Paragraph(-1, text, anchor.section, part=Part.FOOTNOTE, label=str(note + 1), anchor=anchor.index)
        )
        self.paragraphs[-1] = replace(anchor, note_refs=(*anchor.note_refs, (len(anchor.text), note)))

    def add_paragraph(
        self,
        text: str,
        *,
        label: str | None = None,
        heading_level: int | None = None,
        style: str | None = None,
        list_level: int | None = None,
        cell: Cell | None = None,
    ) -> None:
        self.paragraphs.append(
            Paragraph(
                len(self.paragraphs),
                text,
                self.sections[self.current].index,
                label=label,
                heading_level=heading_level,
                style=style,
                list_level=list_level,
                cell=cell,
            )
        )

    current: int = 0

    def open_section(self, title: str, level: int, *, label_cell: bool) -> None:
        parent: int | None = self.current
        while parent is not None and self.sections[parent].level >= level:
            parent = self.sections[parent].parent
        at = len(self.paragraphs)
        index = len(self.sections)
        self.sections.append(Section(index, title, level, parent or None, at, at, at, from_label_cell=label_cell))
        self.current = index

    def leave_label_cells(self) -> None:
        while self.sections[self.current].from_label_cell:
            self.current = self.sections[self.current].parent or 0

    def build(self, name: str, margins: Sequence[str]) -> Document:
        body = len(self.paragraphs)
        paragraphs = [
            replace(p, note_refs=tuple((at, body + note) for at, note in p.note_refs)) for p in self.paragraphs
        ]
        paragraphs += [replace(note, index=body + at) for at, note in enumerate(self.notes)]
        last = [section.first for section in self.sections]
        for paragraph in self.paragraphs:
            at: int | None = paragraph.section
            while at is not None:
                last[at] = paragraph.index + 1
                at = self.sections[at].parent
        heads = [s.heading for s in self.sections if s.heading is not None]
        last[0] = min(heads, default=body)
        return Document(
            name=name,
            sha256="0" * 64,
            paragraphs=tuple(paragraphs),
            margins=tuple(
                Paragraph(len(paragraphs) + at, text, 0, part=Part.HEADER) for at, text in enumerate(margins)
            ),
            sections=tuple(replace(section, last=end) for section, end in zip(self.sections, last, strict=True)),
        )


def report(
    *lines: str,
    children: Sequence[str | tuple[str, str]] = (),
    margins: Sequence[str] = (),
    name: str = "report.docx",
) -> Document:
    """The report that the lines describe; see the module's docstring for their little language."""
    builder = _Builder()
    for child in children:
        builder.add(f"| Child | {child if isinstance(child, str) else f'{child[0]}, born {child[1]}'} |")
    for line in lines:
        builder.add(line)
    return builder.build(name, margins)
