"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qualitycheck.errors import BadSetting

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(data: bytes, path: Path, below: Path | None = None) -> None:
    """Put the bytes in the file in one step, so that nobody ever sees half of it.

    Its folder is made where the one above is there, so that a slip in a path makes no others; or every folder `below`
    the one that was asked for.

    Raises:
        BadSetting: if it cannot be written; what was there before is as it was.
    """
    with writing_whole(path, below) as file:
        file.write(data)


@contextmanager
def writing_whole(path: Path, below: Path | None = None, mode: int = 0o666) -> Iterator[BinaryIO]:
    """The same for what is too large to hold: the file is there, with these rights at most, once all was written to it.

    Raises:
        BadSetting: as `write_whole`; what is raised within goes through, and leaves nothing.
    """
    path = path.resolve()  # a link stays a link
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        (below or path.parent).mkdir(exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe: nothing to replace
            with path.open("wb") as file:
                yield file
            return
        try:
            with os.fdopen(os.open(temporary, _NEW, mode), "wb") as file:
                yield file
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        why = "it is a folder" if path.is_dir() else error.strerror or "the system refuses"
        raise BadSetting(f"{path.name} could not be written ({why}): choose another place, or close it") from None
