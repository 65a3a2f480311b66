"""The XML names of WordprocessingML, and strict files told in transitional names (ECMA-376 part 1 and part 4)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  (the prefix everybody knows it by)
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

VAL = W + "val"

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL_OF_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def transitional(data: bytes) -> bytes:
    """A part with its strict namespaces replaced; the elements and their order stay as they are."""
    if "purl.oclc.org/ooxml".encode("utf-16-le") in data or "purl.oclc.org/ooxml".encode("utf-16-be") in data:
        data = _as_utf8(data)
    if _STRICT not in data:
        return data
    for strict, plain in _TRANSITIONAL_OF_STRICT:
        data = data.replace(strict, plain)
    return data


def _as_utf8(data: bytes) -> bytes:
    text = data.decode("utf-16", errors="replace")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text.encode("utf-8")


def on(element: etree._Element | None) -> bool | None:
    """The value of a switch such as w:b: None if it is not there, else whether it is on."""
    if element is None:
        return None
    return element.get(VAL, "true").lower() not in ("0", "false", "off", "none")


def number(element: etree._Element | None, default: int | None = None) -> int | None:
    """The whole number in w:val, or the default if there is none that can be read."""
    return whole(element.get(VAL), default) if element is not None else default


def whole(text: str | None, default: int | None = None) -> int | None:
    """A whole number as files write them ("12", "12.0"), or the default."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default
