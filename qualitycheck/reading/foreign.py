"""Telling what a file is that is not a .docx, so that its sender is told what to do with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from qualitycheck.errors import UnreadableReport

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "open it and save it as a Word document (.docx)"
_BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
)


def refuse_unless_zip(data: bytes) -> None:
    """Raises `UnreadableReport` for whatever does not begin as a zip file does."""
    if data.startswith(b"PK\x03\x04"):
        return
    if not data.strip():
        _refuse("not-docx", "is empty: save the report again as a Word document (.docx)")
    if data.startswith(_OLE2):
        _refuse_ole2(data)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, what in _BEGINNINGS:
        if start.startswith(beginning):
            _refuse("not-docx", f"is {what}, not a Word document: {_SAVE_AS}")
    lower = start.lower()
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        _refuse("not-docx", f"is a web page, not a Word document: {_SAVE_AS}")
    if lower.startswith(b"<"):
        _refuse("not-docx", f"is an XML file, not a Word document: {_SAVE_AS}")
    _refuse("not-docx", f"is not a Word document: {_SAVE_AS}")


def refuse_other_package(names: Iterable[str], main_type: str) -> None:
    """Raises `UnreadableReport` if a zip file is another program's document, or just a zip file."""
    lower = {name.lower() for name in names}
    if "spreadsheetml" in main_type or any(name.startswith("xl/") for name in lower):
        _refuse("not-docx", "is an Excel workbook, not a Word document: check the report itself (.docx)")
    if "presentationml" in main_type or any(name.startswith("ppt/") for name in lower):
        _refuse("not-docx", "is a PowerPoint presentation, not a Word document: check the report itself (.docx)")
    if "mimetype" in lower and "content.xml" in lower:
        _refuse("not-docx", f"is an OpenDocument file, not a Word document: {_SAVE_AS}")
    if "index/document.iwa" in lower:
        _refuse("not-docx", "is a Pages document, not a Word document: export it from Pages as Word (.docx)")
    if not any(name.startswith("word/") for name in lower) and "[content_types].xml" not in lower:
        _refuse("not-docx", "is a zip file, not a Word document: take the report out of it first")
    if main_type and "wordprocessingml" not in main_type and "ms-word" not in main_type and "xml" not in main_type:
        _refuse("not-docx", f"is not a Word document: {_SAVE_AS}")


def _refuse_ole2(data: bytes) -> NoReturn:
    """A compound file names its streams in UTF-16: [MS-CFB] 2.6.1; [MS-OFFCRYPTO] 2.3.4.4 for the encrypted one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        _refuse("encrypted", "is encrypted: remove the password and try again")
    if "WordDocument".encode("utf-16-le") in data:
        _refuse("old-doc", "is in the old .doc format: open it in Word and save it as a Word document (.docx)")
    _refuse("not-docx", f"is an old Office file, not a Word document: {_SAVE_AS}")


def _refuse(code: str, message: str) -> NoReturn:
    raise UnreadableReport(code, message)  # type: ignore[arg-type]
