"""Reading Word files: only this package knows WordprocessingML. The rest of the program uses `read_docx`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualitycheck.reading.reader import read_docx

__all__ = ["read_docx"]


def __getattr__(name: str) -> object:  # lxml is imported when a file is read, not before
    if name != "read_docx":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.reader").read_docx
