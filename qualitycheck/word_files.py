"""Which files in a folder are reports: those of Word, and none that Word or the system hides."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".docx", ".docm", ".dotx")


def is_word_file(file: Path) -> bool:
    """By its name; `~$report.docx` is what Word leaves beside a report that is open."""
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")) and file.is_file()
