"""Looks for words in all that was written: in files and inside files, however they are written down there."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

DEEPEST = 4  # archives inside one another
MOST = 512 * 2**20  # bytes of one file; a longer one fails the search rather than go unread
_PACKED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", gzip.decompress),
    (b"BZh", bz2.decompress),
    (b"\xfd7zXZ", lzma.decompress),
    (b"\x78", zlib.decompress),
)


def spellings(word: str) -> Iterator[tuple[str, bytes]]:
    """How a word may stand in a file, each with its name, in lower case where letters have one."""
    assert word.isascii() and word.isalpha() and len(word) >= 8, "a shorter word may stand there by chance"
    for coding in ("utf-8", "utf-16-le"):
        for written in {word, word.lower(), word.upper(), word.title()}:
            plain = written.encode(coding).rstrip(b"\0")
            yield coding, plain.lower()
            yield f"{coding} in hexadecimal", plain.hex().encode()
            for before in range(3):  # base64 writes three bytes as four letters: the word may begin at any of them
                letters = base64.b64encode(bytes(before) + plain)
                end = len(letters) - 4 if (before + len(plain)) % 3 else len(letters)
                yield f"{coding} in base64", letters[4 if before else 0 : end]


def search(words: Iterable[str], folder: Path) -> list[str]:
    """Each word that stands in a file below the folder or in its name: `where: word (how)`."""
    words = tuple(words)
    wanted = [(word, *spelling) for word in words for spelling in spellings(word)]
    found = []
    for path in sorted(folder.rglob("*")):
        where = path.relative_to(folder).as_posix()
        found += [f"{where}: {word} (its name)" for word in words if word.lower() in where.lower()]
        if path.is_file():
            assert path.stat().st_size <= MOST, f"{where} is too long to look through"
            found += [f"{place}: {hit}" for place, hit in _in(path.read_bytes(), where, wanted, DEEPEST)]
    return found


def search_text(words: Iterable[str], text: bytes) -> list[str]:
    """The same in what was said and not written to a file."""
    wanted = [(word, *spelling) for word in words for spelling in spellings(word)]
    return [hit for _, hit in _in(text, "", wanted, DEEPEST)]


def _in(data: bytes, where: str, wanted: list[tuple[str, str, bytes]], deeper: int) -> Iterator[tuple[str, str]]:
    folded = data.lower()
    hits = {f"{word} ({how})" for word, how, spelling in wanted if spelling in (data if "base64" in how else folded)}
    yield from ((where, hit) for hit in sorted(hits))
    if deeper:
        for name, inner in _inside(data):
            yield from _in(inner, f"{where}!{name}", wanted, deeper - 1)


def _inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in these bytes, with its name."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name, name.encode() + b"\n" + archive.read(name)
    for begins, unpacked in _PACKED:
        if data.startswith(begins):
            try:
                yield "unpacked", unpacked(data)
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                return  # it only begins as such a file does
