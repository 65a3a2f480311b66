"""Where a comment is fixed: passages to places in a part, runs cut there, and put together again.

A passage that starts or ends inside a run cuts it in two. The second half carries the same properties
and a mark of ours, so that taking the comment away gives back the very text that was there. The mark is
`w:rsidDel` (ECMA-376, part 1, 17.3.2.25), a number that Word keeps and nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from qualitycheck.writing.markup import Markup, Node, Splice, inside_end
from qualitycheck.writing.wordml import Wordml

# How a run was cut: between two of its elements; in text without xml:space="preserve"; in text that had it.
_BETWEEN, _IN_TEXT, _IN_KEPT_TEXT = _CUTS = ("51430000", "51430001", "51430002")
_KEPT = ' xml:space="preserve"'
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ID = re.compile(r"""(\s(?:\w+:)?id\s*=\s*)(?:"[^"]*"|'[^']*')""")

_MARK = re.compile(r"""\s[\w.-]+:rsidDel\s*=\s*(?:"[^"]*"|'[^']*')""")


class Place(NamedTuple):
    """A point of a part where a range of text may begin or end.

    `run` is the run that must be cut there (None: the point lies between runs), `text` its element that
    is cut with it (None: the point lies between two elements of the run). An `<empty/>` paragraph in the
    place of a run is opened up.
    """

    at: int
    run: Node | None = None
    text: Node | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The range that a comment is about, and where its reference mark stands."""

    id: int
    start: Place
    end: Place
    reference: Place


@dataclass(slots=True)
class _Marks:
    place: Place
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)


def place_before(markup: Markup, node: Node, characters: int) -> Place:
    """The place before a character of an element's text."""
    return _place(markup, node, characters, after=False)


def place_after(markup: Markup, node: Node, characters: int) -> Place:
    """The place after that many characters of an element's text."""
    return _place(markup, node, characters, after=True)


def whole(node: Node) -> tuple[Place, Place]:
    """The places around an element of a run, such as the reference mark of a note."""
    run = holder(node)
    if run.name != "r":
        return Place(run.start), Place(run.end)
    return _beside(run, node, after=False), _beside(run, node, after=True)


def holder(node: Node) -> Node:
    """The run that holds a node, or what stands around runs and cannot be cut: an equation, an alternative."""
    around = _up_to(node, "p")
    uncut = (
        candidate
        for candidate in reversed(around)
        if candidate.name == "r"
        or (candidate.name == "AlternateContent" and candidate.uri == _COMPATIBILITY)
        or (candidate.name in ("oMath", "oMathPara") and candidate.uri in _MATHS)
    )
    return next(uncut, node)


def fixed(markup: Markup, anchors: Iterable[Anchor]) -> list[Splice]:
    """The splices that put comments' anchors into a part."""
    write = Wordml(markup)
    marks: dict[int, _Marks] = {}

    def at(place: Place) -> _Marks:
        return marks.setdefault(place.at, _Marks(place))

    for anchor in anchors:
        at(anchor.start).starts.append(write.empty("commentRangeStart", id=anchor.id))
        at(anchor.end).ends.append(write.empty("commentRangeEnd", id=anchor.id))
        reference = write.start("r") + write.empty("commentReference", id=anchor.id) + write.end("r")
        at(anchor.reference).ends.append(reference)

    revisions = count(1 + max((_number(node) for node in markup.nodes if _is_revision(node)), default=0))
    splices: list[Splice] = []
    opened: set[int] = set()
    for mark in marks.values():
        place, inserted = mark.place, "".join(mark.ends + mark.starts)
        if place.run is not None and place.run.empty:
            splices += inside_end(markup, place.run, inserted)
            continue
        if place.run is not None:
            closing, opening = _cut(markup, write, place.run, place.text, revisions)
            inserted = closing + inserted + opening
        if place.text is not None and not _keeps_space(place.text) and place.text.start not in opened:
            opened.add(place.text.start)
            splices.append(Splice(place.text.inner - 1, place.text.inner - 1, _KEPT))
        splices.append(Splice(place.at, place.at, inserted))
    return splices


def released(markup: Markup, ids: set[str]) -> list[Splice]:
    """The splices that take comments' anchors out of a part and put cut runs together again."""
    gone = [node for node in markup.nodes if node.name.startswith("commentR") and node.get("id") in ids]
    gone = [_run_of_reference(node) if node.name == "commentReference" else node for node in gone]
    splices = [Splice(node.start, node.end, "") for node in gone]
    leaving = {id(node) for node in gone}
    by_parent: dict[int, Node] = {}
    for node in markup.nodes:
        if id(node) in leaving:
            continue
        if node.name == "p" and node.children and all(id(child) in leaving for child in node.children):
            splices += _emptied(markup, node)
        previous = by_parent.get(id(node.parent))
        by_parent[id(node.parent)] = node
        if node.name == "r" and node.get("rsidDel") in _CUTS:
            splices += _rejoined(markup, previous, node)
    return splices


def _place(markup: Markup, node: Node, characters: int, *, after: bool) -> Place:
    run = holder(node)
    if run.name != "r":
        return Place(run.end if after else run.start)
    if node.parent is run and node.name == "t" and _can_be_cut(markup, node):
        at = markup.offset(node, characters)
        if node.inner < at < node.close:
            return Place(at, run, node)
        after = at > node.inner or (at == node.close and after)
    return _beside(run, node, after=after)


def _can_be_cut(markup: Markup, text: Node) -> bool:
    """Not where cutting would need rewriting (CDATA) or would show blanks at its ends that Word leaves out."""
    content = markup.content(text)
    return "<" not in content and (_keeps_space(text) or content == content.strip(" \t\r\n"))


def _beside(run: Node, node: Node, *, after: bool) -> Place:
    """The place before or after the element of a run that holds a node."""
    contents = [child for child in run.children if child.name != "rPr"]
    child = next(child for child in contents if child.start <= node.start < child.end)
    if child is contents[0] and not after:
        return Place(run.start)
    if child is contents[-1] and after:
        return Place(run.end)
    return Place(child.end if after else child.start, run)


def _up_to(node: Node, name: str) -> list[Node]:
    """A node and what stands around it within the nearest element of a name, innermost first."""
    path = [node]
    for around in node.ancestors():
        if around.name == name:
            return path
        path.append(around)
    return path


def _cut(markup: Markup, write: Wordml, run: Node, text: Node | None, revisions: Iterable[int]) -> tuple[str, str]:
    """What closes the first half of a run and what opens the second."""
    how = _BETWEEN if text is None else _IN_KEPT_TEXT if _keeps_space(text) else _IN_TEXT
    tag = markup.tag(run)
    if write.bound:
        tag = _MARK.sub("", tag)[:-1] + write.attribute("rsidDel", how) + ">"
    closing, opening = _closing(markup, run), tag + _properties(markup, run, revisions)
    if text is not None:
        closing = _closing(markup, text) + closing
        tag = markup.tag(text)
        opening += tag if _keeps_space(text) else tag[:-1] + _KEPT + ">"
    return closing, opening


def _closing(markup: Markup, node: Node) -> str:
    return markup.text[node.close : node.end]


def _properties(markup: Markup, run: Node, revisions: Iterable[int]) -> str:
    """A run's properties as written; a tracked change among them gets a number of its own."""
    properties = run.child("rPr")
    if properties is None:
        return ""
    written = markup.text[properties.start : properties.end]
    if properties.child("rPrChange") is None:
        return written
    number = next(iter(revisions))
    return _ID.sub(rf'\g<1>"{number}"', written)


def _rejoined(markup: Markup, first: Node | None, second: Node) -> list[Splice]:
    """Undoes a cut, where both halves are still what they were; otherwise only our mark goes."""
    how = second.get("rsidDel")
    mark_only = [Splice(second.start, second.inner, _MARK.sub("", markup.tag(second)))]
    if first is None or first.name != "r" or first.empty or second.empty:
        return mark_only
    siblings = second.parent.children if second.parent else []
    between = sum(node.end - node.start for node in siblings if first.end <= node.start < second.start)
    if between != second.start - first.end or _look(markup, first) != _look(markup, second):
        return mark_only
    properties = second.child("rPr")
    # All that stands between the halves, if anything, are anchors that leave as well.
    if how == _BETWEEN:
        return [Splice(first.close, properties.end if properties else second.inner, "")]
    left, right = first.children[-1], next((child for child in second.children if child is not properties), None)
    if left.name != "t" or left.empty or right is None or right.name != "t" or right.empty:
        return mark_only
    join = Splice(left.close, right.inner, "")
    if how == _IN_KEPT_TEXT:
        return [join]
    return [Splice(left.start, left.inner, markup.tag(left).replace(_KEPT, "")), join]


def _emptied(markup: Markup, paragraph: Node) -> list[Splice]:
    """Writes a paragraph that held nothing but marks as `<empty/>` again, as Word does."""
    if sum(child.end - child.start for child in paragraph.children) != paragraph.close - paragraph.inner:
        return []
    return [Splice(paragraph.inner - 1, paragraph.end, "/>")]


def _look(markup: Markup, run: Node) -> str:
    """A run's properties as written, numbers of tracked changes aside."""
    properties = run.child("rPr")
    return _ID.sub("", markup.text[properties.start : properties.end]) if properties else ""


def _run_of_reference(node: Node) -> Node:
    """The run of a reference mark, if it holds nothing else; else the mark."""
    run = node.parent
    if run is not None and run.name == "r" and all(child is node or child.name == "rPr" for child in run.children):
        return run
    return node


def _keeps_space(text: Node) -> bool:
    return text.get("space") == "preserve"


def _is_revision(node: Node) -> bool:
    return node.name.endswith("Change") or node.name in ("ins", "del", "moveFrom", "moveTo")


def _number(node: Node) -> int:
    written = node.get("id") or ""
    return int(written) if written.isdecimal() else 0
