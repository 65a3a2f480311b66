"""The comments of a package: ours added and taken out, other people's left as they are.

Comments stand in a part of their own; Word keeps who answered whom, and when, in three parts beside it
([MS-DOCX], 2.5: commentsExtended, commentsIds, commentsExtensible), joined by the paragraphs' ids.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qualitycheck.writing.markup import Node, Splice, inside_end
from qualitycheck.writing.package import Package
from qualitycheck.writing.wordml import Wordml

AUTHOR = "qualitycheck"
INITIALS = "qc"
FOR_SOMEBODY = "qc-reader"  # the initials of a comment that we write in the name of a person: by them we know it again
_OURS = "rIdQualitycheck"  # the relationship's id says that the comments part itself is ours
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = {  # by the namespace of the main part: a strict file has strict relationships
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Line(NamedTuple):
    """A paragraph of a comment; `lead` is set in bold."""

    lead: str
    text: str


class Remark(NamedTuple):
    """A comment to be written; its number ties it to its anchor. In its own name, or in that of a person."""

    id: int
    lines: Sequence[Line]
    author: str = AUTHOR


def part_of(package: Package) -> str | None:
    return package.related(package.main, "comments")


def own_ids(package: Package) -> set[str]:
    """The numbers of the comments that qualitycheck wrote, in whoever's name."""
    part = part_of(package)
    if part is None:
        return set()
    return {node.get("id") or "" for node in package.markup(part).named("comment") if _is_own(node)}


def next_id(package: Package) -> int:
    """The first number beyond every comment's, those of lost comments included."""
    parts = [package.main] + [part for part in [part_of(package)] if part is not None]
    nodes = (node for part in parts for node in package.markup(part).nodes if node.name.startswith("comment"))
    numbers = (node.get("id") or "" for node in nodes)
    return max((int(number) + 1 for number in numbers if number.isdecimal()), default=0)


def add(package: Package, remarks: Iterable[Remark]) -> None:
    """Writes comments into the comments part, which is made where there is none."""
    part = part_of(package) or _new_part(package)
    markup = package.markup(part)
    write = Wordml(markup)
    text = "".join(_written(write, remark) for remark in remarks)
    package.write(part, markup.spliced(inside_end(markup, markup.root, text)))


def remove_own(package: Package) -> None:
    """Takes our comments out of the comment parts; the part too, if we made it and nobody else wrote there."""
    part = part_of(package)
    if part is None:
        return
    markup = package.markup(part)
    comments = markup.named("comment")
    own = [node for node in comments if _is_own(node)]
    paragraphs = {id_ for node in own for inner in _within(node) if (id_ := inner.get("paraId"))}
    if len(own) < len(comments) or not _made_by_us(package):
        package.write(part, markup.spliced([Splice(node.start, node.end, "") for node in own]))
    else:
        package.remove(part)
        for relation in package.relations(package.main):
            if relation.id == _OURS:
                package.unrelate(relation)
    _forget(package, paragraphs, {AUTHOR} | {node.get("author") or "" for node in own})


def _new_part(package: Package) -> str:
    folder = posixpath.dirname(package.main)
    names = (posixpath.join(folder, f"comments{number}.xml") for number in ["", *range(1, len(package.names) + 1)])
    part = next(name for name in names if name not in package)
    uri = package.markup(package.main).root.uri
    root = f'<w:comments xmlns:w="{uri}"></w:comments>'
    package.write(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode())
    package.relate(package.main, _OURS, _TYPES.get(uri, _TRANSITIONAL), part)
    package.declare(part, _CONTENT_TYPE)
    return part


def _written(write: Wordml, remark: Remark) -> str:
    mark = write.start("r") + write.empty("annotationRef") + write.end("r")
    paragraphs = []
    for number, line in enumerate(remark.lines):
        runs = (write.run(f"{line.lead} ", bold=True) if line.lead else "") + write.run(line.text)
        paragraphs.append(write.start("p") + (mark if number == 0 else "") + runs + write.end("p"))
    initials = INITIALS if remark.author == AUTHOR else FOR_SOMEBODY
    start = write.start("comment", id=remark.id, author=remark.author, initials=initials)
    return start + "".join(paragraphs) + write.end("comment")


def _is_own(comment: Node) -> bool:
    return comment.get("author") == AUTHOR or comment.get("initials") == FOR_SOMEBODY


def _made_by_us(package: Package) -> bool:
    return any(relation.id == _OURS and relation.kind == "comments" for relation in package.relations(package.main))


def _forget(package: Package, paragraphs: set[str], authors: set[str]) -> None:
    """Takes what Word noted about our comments out of its own parts; an answer to us becomes a comment."""
    durable: set[str] = set()
    for kind in ("commentsExtended", "commentsIds", "commentsExtensible", "people"):
        part = package.related(package.main, kind)
        if part is None:
            continue
        markup = package.markup(part)
        splices: list[Splice] = []
        for node in markup.root.children:
            if node.get("paraId") in paragraphs or node.get("durableId") in durable or node.get("author") in authors:
                durable |= {node.get("durableId") or ""} - {""}
                splices.append(Splice(node.start, node.end, ""))
            elif node.get("paraIdParent") in paragraphs:
                splices.append(Splice(node.start, node.inner, _without_parent(markup.tag(node))))
        package.write(part, markup.spliced(splices))


def _without_parent(tag: str) -> str:
    return re.sub(r"""\s[\w.-]+:paraIdParent\s*=\s*(?:"[^"]*"|'[^']*')""", "", tag)


def _within(node: Node) -> Iterable[Node]:
    for child in node.children:
        yield child
        yield from _within(child)
