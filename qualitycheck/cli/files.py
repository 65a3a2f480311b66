"""Files in and files out, for every command."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.limits import MEBIBYTE
from qualitycheck.word_files import SUFFIXES, is_word_file


class Input(NamedTuple):
    """One report: how it is called in results, and where it lies; None is standard input."""

    name: str
    path: Path | None

    def read(self, most: int) -> bytes:
        """Its bytes; raises UnreadableReport when there is nothing to read, or more than `most` bytes."""
        if self.path is None:
            data = sys.stdin.buffer.read(most + 1)
        elif self.path.is_dir():
            raise UnreadableReport("not-found", f"is a folder that holds no {', '.join(SUFFIXES)}: give a report")
        else:
            try:
                with self.path.open("rb") as file:
                    data = file.read(most + 1)
            except FileNotFoundError:
                raise UnreadableReport("not-found", "is not there: check the path") from None
            except (OSError, ValueError) as error:  # ValueError: a path with a character that no path may have
                why = getattr(error, "strerror", None) or "not a path"
                raise UnreadableReport("not-found", f"cannot be opened ({why}): check the path") from None
        if len(data) > most:
            limit = f"{most / MEBIBYTE:,.0f} MiB" if most >= MEBIBYTE else f"{most:,} bytes"
            raise UnreadableReport(
                "too-large-inside", f"is larger than {limit}: save a copy without its pictures and try again"
            )
        return data

    @property
    def folder(self) -> Path:
        return self.path.parent if self.path else Path()


def one_input(path: str) -> Input:
    return Input("standard input", None) if path == "-" else Input(_shown(Path(path).name or path), Path(path))


def inputs(paths: Sequence[str], *, but_not_in: Path | None = None) -> Iterator[Input]:
    """The reports meant: files as they are, folders searched for Word files in order of name.

    `but_not_in` is the folder the results go to, so that what was written there before is not checked in its turn.
    """
    for given in paths:
        path = Path(given)
        if given == "-" or not path.is_dir():
            yield one_input(given)
            continue
        left_out = but_not_in.resolve() if but_not_in and but_not_in.resolve() != path.resolve() else None
        found = [file for file in sorted(path.rglob("*")) if is_word_file(file) and not _lies_in(file, left_out)]
        if not found:
            yield Input(_shown(given), path)
        yield from (Input(_shown(file.relative_to(path).as_posix()), file) for file in found)


def places(names: Collection[str], folder: Path, suffix: str) -> list[Path]:
    """Where in the folder the result of each report goes, each another place even where two have one name."""
    taken: set[str] = set()
    found = []
    for name in names:
        wanted = Path(name)
        own = wanted.suffix if suffix == ".docx" and wanted.suffix.lower() in SUFFIXES else suffix
        stem, number = wanted.with_suffix(""), 1
        place = stem.with_name(stem.name + own)
        while str(place).casefold() in taken:
            number += 1
            place = stem.with_name(f"{stem.name}-{number}{own}")
        taken.add(str(place).casefold())
        found.append(folder / place)
    return found


def refuse_to_write_over(sources: Sequence[Input], outputs: Sequence[Path]) -> None:
    """Raises BadSetting where a result would take the place of a report."""
    for output in outputs:
        for source in sources:
            if source.path and output.exists() and source.path.exists() and output.samefile(source.path):
                raise BadSetting(f"{output} is the report itself: give --output another name")


def put(data: bytes) -> None:
    """To standard output, as bytes: the same on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _lies_in(file: Path, folder: Path | None) -> bool:
    return folder is not None and file.resolve().is_relative_to(folder)


def _shown(name: str) -> str:
    """A name that can be written as UTF-8 and on one line, whatever bytes the file system holds."""
    readable = name.encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else "?" for c in readable)
