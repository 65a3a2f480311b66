"""Small words for changing a part's tree, strict or transitional: names are matched without their namespace."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

WORDPROCESSING = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SEEN = frozenset(
    {"t", "tab", "br", "sym", "drawing", "pict", "object", "noBreakHyphen", "footnoteReference", "endnoteReference"}
)


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(root: etree._Element, name: str = "*") -> Iterator[etree._Element]:
    """The WordprocessingML elements of a tree, of one name or all, in document order."""
    return root.iter(*(f"{{{namespace}}}{name}" for namespace in WORDPROCESSING))


def attribute(element: etree._Element, name: str) -> str:
    """The value of the attribute with this local name, "" if there is none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local(child) == name]


def has_words(element: etree._Element) -> bool:
    """Whether a reader would see anything of an element."""
    return any(local(each) in _SEEN for each in element.iter())


def drop(element: etree._Element) -> None:
    """Takes an element out; white space after it goes with it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def drop_from_run(element: etree._Element) -> None:
    """Takes an element out of its run, and the run too if nothing is left in it."""
    run = element.getparent()
    drop(element)
    if run is not None and local(run) == "r" and all(local(child) == "rPr" for child in run):
        drop(run)


def unwrap(element: etree._Element) -> None:
    """Puts an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)
