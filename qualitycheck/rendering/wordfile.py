"""What every Word file that is written from nothing needs: text that may stand in it, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as WordFile

from qualitycheck.rendering.plain import plain

EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can name: the same file for the same result


def clean(text: str) -> str:
    """One line of what may stand in XML: no control characters, nothing that no encoding has."""
    sayable = plain(text).encode("utf-8", "replace").decode("utf-8").translate({0xFFFE: None, 0xFFFF: None})
    return " ".join(sayable.split())


def packed(page: WordFile) -> bytes:
    """The file without the picture of python-docx's own page, every part dated alike."""
    for id_, link in list(page.part.package.rels.items()):
        if link.reltype.endswith("/thumbnail"):
            del page.part.package.rels[id_]
    saved, made = io.BytesIO(), io.BytesIO()
    page.save(saved)
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), given.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
