"""Tracked changes accepted, as Word's "Accept all changes" does (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

from lxml import etree

from qualitycheck.writing.trees import children, drop, has_words, local, unwrap, words_of

_KEPT = frozenset({"ins", "moveTo"})
_GONE = frozenset({"del", "moveFrom"})
_CELLS = frozenset({"cellIns", "cellDel", "cellMerge"})
_RANGES = frozenset(
    f"{change}Range{edge}"
    for change in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for edge in ("Start", "End")
)
_MERGED = {"rest": "restart", "cont": "continue"}  # w:cellMerge/@w:vMerge to w:vMerge/@w:val


def tracked_changes(root: etree._Element) -> int:
    """How many tracked changes a part still holds, changes of formatting included."""
    return sum(1 for element in words_of(root) if _is_mark(local(element)) and local(element) not in _RANGES)


def accept_changes(root: etree._Element) -> None:
    """Accepts every tracked change in a part."""
    marks = [(local(element), element) for element in words_of(root) if _is_mark(local(element))]
    if not marks:
        return
    _accept_rows(root)
    ended = [paragraph for paragraph in words_of(root, "p") if _mark_is_deleted(paragraph)]
    for name, element in marks:
        if name in _CELLS:
            _accept_cell(name, element)
        elif name in _KEPT:
            unwrap(element)
        else:
            drop(element)
    for table in list(words_of(root, "tbl")):
        if not any(local(child) in ("tr", "sdt", "customXml") for child in table):
            drop(table)
    for paragraph in ended:
        join_next(paragraph)


def join_next(paragraph: etree._Element) -> None:
    """Takes a paragraph's mark away: its content goes to the front of the next, which keeps its own properties."""
    follower = paragraph.getnext()
    while follower is not None and local(follower) not in ("p", "tbl", "sdt", "sectPr"):
        follower = follower.getnext()
    content = [child for child in paragraph if local(child) != "pPr"]
    if follower is not None and local(follower) == "p":
        after = 1 if children(follower, "pPr") else 0
        follower[after:after] = content
        drop(paragraph)
    elif follower is not None and not has_words(paragraph) and local(follower) != "sectPr":
        drop(paragraph)


def _is_mark(name: str) -> bool:
    return name in _KEPT or name in _GONE or name in _CELLS or name in _RANGES or _is_formatting(name)


def _is_formatting(name: str) -> bool:
    return name.endswith(("PrChange", "PrExChange", "GridChange")) or name == "numberingChange"


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    return any(
        local(mark) in _GONE
        for properties in children(paragraph, "pPr")
        for look in children(properties, "rPr")
        for mark in look
    )


def _accept_rows(root: etree._Element) -> None:
    for row in list(words_of(root, "tr")):
        if any(children(properties, "del") for properties in children(row, "trPr")):
            drop(row)


def _accept_cell(name: str, mark: etree._Element) -> None:
    """Accepts a cell's insertion, deletion or merge; a row that loses its last cell goes too."""
    properties = mark.getparent()
    cell = properties.getparent() if properties is not None else None
    drop(mark)
    if name == "cellMerge" and properties is not None:
        _merge(properties, mark)
    elif name == "cellDel" and cell is not None:
        row = cell.getparent()
        drop(cell)
        if row is not None and local(row) == "tr" and not children(row, "tc"):
            drop(row)


def _merge(properties: etree._Element, mark: etree._Element) -> None:
    """Writes an accepted vertical merge as the cell's own property, in the place the schema gives it."""
    namespace = etree.QName(mark).namespace
    merged = _MERGED.get(mark.get(f"{{{namespace}}}vMerge", ""))
    if merged is None:
        return
    before = [child for child in properties if local(child) in ("cnfStyle", "tcW", "gridSpan", "hMerge")]
    element = etree.Element(f"{{{namespace}}}vMerge", {f"{{{namespace}}}val": merged})
    properties.insert(len(before), element)
