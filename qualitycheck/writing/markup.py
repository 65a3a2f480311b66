"""A part of the package as it is written: where every element begins and ends in its text.

Re-serialising XML rewrites declarations, quotes, prefixes and white space that nobody asked to change.
Here a part is only ever spliced: text goes in or comes out at known places and every other character
stays as it was. Positions are indices into `Markup.text`, the decoded part.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from qualitycheck.limits import Limits
from qualitycheck.reading.package import damaged, too_complex

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PIECE = re.compile(r"&(#[0-9]+|#x[0-9A-Fa-f]+|\w+);|\r\n?|[^&\r]", re.DOTALL)
_TAG = re.compile(r"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")


@dataclass(eq=False, slots=True)
class Node:
    """An element, comment or processing instruction: `text[start:end]`, its start tag `text[start:inner]`.

    `inner` to `close` is what stands between the tags; both equal `end` where the element is `<empty/>`.
    `name` is the local name ("" for a comment or an instruction); `uri` the namespace ("" for none).
    """

    uri: str
    name: str
    attributes: dict[str, str]  # by "namespace name"
    parent: Node | None
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The value of the attribute with this local name, whatever its prefix."""
        return next((value for key, value in self.attributes.items() if key.rpartition(" ")[2] == name), None)

    @property
    def empty(self) -> bool:
        return self.inner == self.end

    def ancestors(self) -> Iterator[Node]:
        """The elements around this one, innermost first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def child(self, name: str) -> Node | None:
        return next((node for node in self.children if node.name == name), None)


class Splice(NamedTuple):
    """Replace `text[start:end]` with `text`."""

    start: int
    end: int
    text: str


class Markup:
    """A parsed part; `nodes` are in document order from the root, as lxml's `root.iter()` gives them."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"<") + data.count(b"=") > Limits().markup:
            raise too_complex()
        self._encoding, self._mark = _encoding(data)
        try:
            self.text = data[len(self._mark) :].decode(self._encoding)
            self.nodes = _parse(self.text)
        except (expat.ExpatError, UnicodeError, LookupError, RecursionError) as cause:
            raise damaged() from cause

    @property
    def root(self) -> Node:
        return self.nodes[0]

    def named(self, name: str) -> list[Node]:
        return [node for node in self.nodes if node.name == name]

    def tag(self, node: Node) -> str:
        """The start tag of an element, as written."""
        return self.text[node.start : node.inner]

    def prefix(self, uri: str) -> str | None:
        """A prefix that the root element binds to a namespace, or None."""
        found = re.findall(r"""\sxmlns:([^\s=]+)\s*=\s*["']([^"']*)["']""", self.tag(self.root))
        return next((prefix for prefix, bound in found if bound == uri), None)

    def content(self, node: Node) -> str:
        """What stands between an element's tags, as written."""
        return self.text[node.inner : node.close]

    def offset(self, node: Node, characters: int) -> int:
        """The position in the part of a character of an element's text (entities count as one character)."""
        at = node.inner
        for piece in _PIECE.finditer(self.text, node.inner, node.close):
            if characters == 0:
                break
            characters -= 1
            at = piece.end()
        return at

    def spliced(self, splices: list[Splice]) -> bytes:
        """The part with the splices made; what lies inside a removed stretch goes with it."""
        pieces: list[str] = []
        at = 0
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end > splice.start, -splice.end)):
            if splice.start < at:
                continue
            pieces += self.text[at : splice.start], splice.text
            at = splice.end
        pieces.append(self.text[at:])
        return self._mark + "".join(pieces).encode(self._encoding, "xmlcharrefreplace")


def inside_end(markup: Markup, node: Node, text: str) -> list[Splice]:
    """Puts text at the end of an element's content, opening it up where it is `<empty/>`."""
    if not node.empty:
        return [Splice(node.close, node.close, text)]
    tag = markup.tag(node)
    name = tag[1:].split()[0].rstrip("/>")
    return [Splice(node.end - 2, node.end, f">{text}</{name}>")]


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The part's encoding and its byte order mark, as XML 1.0, appendix F, tells them apart."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name, mark
    if data.startswith(b"<\0"):
        return "utf-16-le", b""
    if data.startswith(b"\0<"):
        return "utf-16-be", b""
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return ("utf-8" if name.startswith("utf-16") else name), b""  # no zero byte: it cannot be UTF-16


def _parse(text: str) -> list[Node]:
    raw = text.encode("utf-8")
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    nodes: list[Node] = []
    open_nodes: list[Node] = []
    position = _Positions(text, raw)

    def start(name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        parent = open_nodes[-1] if open_nodes else None
        node = Node(uri, local, attributes, parent, position(parser.CurrentByteIndex))
        if parent is not None:
            parent.children.append(node)
        nodes.append(node)
        open_nodes.append(node)

    def stop(_: str) -> None:
        node = open_nodes.pop()
        node.inner = _TAG.match(text, node.start).end()  # type: ignore[union-attr]  # the parser has just read it
        if text[node.inner - 2] == "/":
            node.close = node.end = node.inner
        else:
            node.close = position(parser.CurrentByteIndex)
            node.end = text.index(">", node.close) + 1

    def aside(closing: str) -> None:
        """Comments and instructions count among the nodes, but only inside the root."""
        if open_nodes:
            start("", {})
            node = open_nodes.pop()
            node.inner = node.close = node.end = text.index(closing, node.start) + len(closing)

    def declared(*_: object) -> None:
        raise damaged()  # Word never does, and entities can hide anything

    parser.StartElementHandler = start
    parser.EndElementHandler = stop
    parser.CommentHandler = lambda _: aside("-->")
    parser.ProcessingInstructionHandler = lambda *_: aside("?>")
    parser.StartDoctypeDeclHandler = declared
    parser.Parse(raw, True)
    return nodes


class _Positions:
    """Turns ascending byte positions of the UTF-8 form into positions in the text."""

    def __init__(self, text: str, raw: bytes) -> None:
        self._raw = raw if len(raw) != len(text) else None
        self._byte = self._character = 0

    def __call__(self, byte: int) -> int:
        if self._raw is None:
            return byte
        self._character += len(self._raw[self._byte : byte].decode("utf-8"))
        self._byte = byte
        return self._character
