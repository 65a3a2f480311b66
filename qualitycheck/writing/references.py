"""Where the reference mark of a comment may stand, so that every program shows the report unharmed.

The range of a comment is always exactly its passage; the mark that carries the comment stands straight
after it where it can. It cannot

- in a text box, where Word ignores comments ([MS-OI29500], 2.1.315): it goes to the box itself;
- in a field's result, which Word writes anew and LibreOffice mixes with the comment: after the field;
- in a control within a line, for the same reason: after the control;
- in the first paragraph of a control around paragraphs or cells: LibreOffice 7.4 gathers the text of that
  paragraph until one ends, be it the comment's, and loses it. The mark goes to the nearest paragraph after,
  or else before.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from qualitycheck.writing.anchors import Place, holder
from qualitycheck.writing.markup import Markup, Node

_WRITTEN_ANEW = ("sdt", "fldSimple")


class ReferenceMarks:
    """The places for reference marks in one part."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup

    def place(self, node: Node, end: Place) -> Place:
        """Where the mark goes for a range that ends at `end`, in the element `node`."""
        around = list(node.ancestors())
        boxes = [outer for outer in around if outer.name == "txbxContent"]
        if boxes:
            node = holder(boxes[-1])
            end = Place(node.end)
        field_end = self._field_end(node.start)
        if field_end is not None:
            node, end = field_end, Place(field_end.end)
        for outer in node.ancestors():
            if outer.name == "p":
                return self._outside_control(outer, end)
            if outer.name in _WRITTEN_ANEW:
                end = Place(outer.end)
        return end

    def _outside_control(self, paragraph: Node, end: Place) -> Place:
        """`end`, or a place in the nearest paragraph that does not begin a control."""
        if paragraph.start not in self._beginning_controls:
            return end
        at = bisect_right(self._safe, paragraph.start, key=lambda safe: safe.start)
        if at < len(self._safe):
            after = self._safe[at]
            properties = after.child("pPr")
            return Place(properties.end if properties else after.inner, after if after.empty else None)
        before = next((paragraph for paragraph in reversed(self._safe) if not paragraph.empty), None)
        return Place(before.close) if before is not None else end

    def _field_end(self, position: int) -> Node | None:
        """The run that ends the outermost field around a position."""
        at = bisect_right(self._fields, position, key=lambda field: field[0].start) - 1
        if at < 0:
            return None
        end = self._fields[at][1]
        return end if position < end.end else None

    @cached_property
    def _fields(self) -> list[tuple[Node, Node]]:
        """The runs that begin and end each outermost field."""
        fields: list[tuple[Node, Node]] = []
        begun: list[Node] = []
        for mark in self._markup.named("fldChar"):
            kind = mark.get("fldCharType")
            if kind == "begin":
                begun.append(holder(mark))
            elif kind == "end" and begun:
                begin = begun.pop()
                if not begun:
                    fields.append((begin, holder(mark)))
        return fields

    @cached_property
    def _homes(self) -> list[Node]:
        """The paragraphs outside text boxes."""
        return [p for p in self._markup.named("p") if all(outer.name != "txbxContent" for outer in p.ancestors())]

    @cached_property
    def _beginning_controls(self) -> set[int]:
        """Where the paragraphs start that are the first of a control."""
        seen: set[int] = set()
        first: set[int] = set()
        for paragraph in self._homes:
            for outer in paragraph.ancestors():
                if outer.name == "sdt" and outer.start not in seen:
                    seen.add(outer.start)
                    first.add(paragraph.start)
        return first

    @cached_property
    def _safe(self) -> list[Node]:
        """The paragraphs that any mark may stand in, at their start or end."""
        return [
            paragraph
            for paragraph in self._homes
            if paragraph.start not in self._beginning_controls and self._field_end(paragraph.start) is None
        ]
