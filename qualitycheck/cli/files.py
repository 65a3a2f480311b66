"""Files in and files out, for every command."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qualitycheck.errors import BadSetting, UnreadableReport

SUFFIXES = (".docx", ".docm", ".dotx")


class Input(NamedTuple):
    """One report: how it is called in results, and where it lies; None is standard input."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """Its bytes; raises UnreadableReport when there is nothing to read."""
        if self.path is None:
            return sys.stdin.buffer.read()
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise UnreadableReport("not-found", "is not there: check the path") from None
        except IsADirectoryError:
            raise UnreadableReport("not-found", "is a folder: give one report") from None
        except OSError as error:
            raise UnreadableReport("not-found", f"cannot be opened: {error.strerror}") from None

    @property
    def folder(self) -> Path:
        return self.path.parent if self.path else Path()


def one_input(path: str) -> Input:
    return Input("standard input", None) if path == "-" else Input(Path(path).name, Path(path))


def inputs(paths: Sequence[str]) -> Iterator[Input]:
    """The reports meant: files as they are, folders searched for Word files in order of name; raises BadSetting."""
    for given in paths:
        path = Path(given)
        if given == "-" or not path.is_dir():
            yield one_input(given)
            continue
        found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and not p.name.startswith("~$"))
        if not found:
            raise BadSetting(f"the folder {given} holds no {', '.join(SUFFIXES)}")
        yield from (Input(file.relative_to(path).as_posix(), file) for file in found)


def write(data: bytes, output: Path, sources: Sequence[Input]) -> None:
    """Write the file whole or not at all; raises BadSetting rather than write over a report that was read."""
    for source in sources:
        if source.path and output.exists() and source.path.exists() and output.samefile(source.path):
            raise BadSetting(f"{output} is the report itself: give --output another name")
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=".qualitycheck-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
