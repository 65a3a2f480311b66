"""How large a file may be before it is refused: settings, with defaults that no real report comes near.

A report of 3,000 words is about 20,000 characters in 120 paragraphs; the longest run to some 200,000. Whatever passes
the limits is read, and whatever passes those on checking is checked, within 30 seconds and 1.5 GiB on a plain laptop.
"""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read; each is checked before the work it bounds is done."""

    file_bytes: int = 64 * MEBIBYTE  # the .docx itself, pictures included
    unpacked_bytes: int = 512 * MEBIBYTE  # all parts together, as declared and as they really unpack
    part_bytes: int = 64 * MEBIBYTE  # one part of those that are read (pictures are not)
    ratio: int = 300  # unpacked to packed size of one part, once it is larger than `ratio_from_bytes`
    ratio_from_bytes: int = 16 * MEBIBYTE
    parts: int = 5_000  # files inside the .docx
    markup: int = 1_500_000  # tags and attributes in one part: bounds the memory of its tree
    xml_depth: int = 200  # elements inside one another
    paragraphs: int = 50_000  # with text
    paragraph_characters: int = 200_000  # in one paragraph
    characters: int = 2_000_000  # in all paragraphs
    checked_paragraphs: int = 10_000  # of a report that is checked, and not only read
    checked_paragraph_characters: int = 30_000  # in one of them
    checked_characters: int = 300_000  # in all of them
