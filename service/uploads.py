"""Forms and files as they arrive: in memory, counted while they come, and never on disk.

Web frameworks spool uploads over a mebibyte to a temporary file; a report has no business there. What may come is
bounded for one request (bytes, seconds) and for all together (`Room`), and more closely for whoever is not known.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from qualitycheck.limits import MEBIBYTE
from qualitycheck.service.problems import Problem
from qualitycheck.service.settings import Settings

MOST_FILES = 20
MOST_FILES_OF_A_SAMPLE = 200
MOST_FIELDS = 1000
FIELDS_BYTES = MEBIBYTE  # all that is not a file
# What text may be written in. Python knows stranger ways, some of which take a minute for a mebibyte (punycode).
CHARSETS = ("", "utf-8", "utf8", "us-ascii")
RETRY_SECONDS = 5
MALFORMED = "The form cannot be read: send it as multipart/form-data, with the report in the part called file."


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its own name, without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What a form holds, each field with all its values."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Sent]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return self.fields.get(name, [default])[0]


class Room:
    """The memory that all requests together may fill with what they bring; each gives its part back once answered."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.free = most  # bytes; touched on the event loop only
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = Part(self)
        scope.setdefault("state", {})["room"] = part
        try:
            await self._app(scope, receive, send)
        finally:
            part.give_back()


class Part:
    """What one request fills of the room."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken = 0

    def take(self, size: int) -> bool:
        """Whether there was room for so many bytes more."""
        if size > self._room.free:
            return False
        self._room.free -= size
        self._taken += size
        return True

    def give_back(self) -> None:
        self._room.free += self._taken
        self._taken = 0


class _InMemory(MultiPartParser):
    """A part is moved to disk when it outgrows this; the stream ends long before."""

    spool_max_size = 2**62


async def read_form(request: Request) -> Form:
    """The form of this request, read once; raises Problem 400 (malformed), 408 (too slow), 413, 429."""
    known: Form | None = getattr(request.state, "form", None)
    if known is None:
        known = await _read(request)
        request.state.form = known
    return known


AnyForm = Annotated[Form, Depends(read_form)]


async def _read(request: Request) -> Form:
    settings: Settings = request.app.state.desk.settings
    try:
        async with asyncio.timeout(settings.upload_seconds):
            items = await _parsed(request, settings)
    except TimeoutError:
        said = f"What was sent took longer than {settings.upload_seconds:g} seconds to arrive: try again."
        raise Problem(408, said) from None
    except (MultiPartException, ClientDisconnect, ValueError):
        raise Problem(400, MALFORMED) from None
    form = Form()
    for name, value in items:
        if isinstance(value, UploadFile):
            if value.filename or value.size:  # a file field left empty sends a part without either
                form.files.setdefault(name, []).append(Sent(_own_name(value.filename), await value.read()))
            await value.close()
        elif "\x00" in value:  # no text field holds one, and PostgreSQL takes none
            raise Problem(400, MALFORMED)
        else:
            form.fields.setdefault(name, []).append(value)
    return form


async def _parsed(request: Request, settings: Settings) -> list[tuple[str, UploadFile | str]]:
    """The fields and files in their order; of whoever is not known, no more than a short form."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if options.get(b"charset", b"").decode("latin-1").lower() not in CHARSETS:
        raise Problem(400, MALFORMED)
    if kind.lower() == b"multipart/form-data":
        mebibytes = settings.upload_mib if request.state.who else 0
        stream = _counted(request, mebibytes * MEBIBYTE + FIELDS_BYTES, mebibytes or 1)
        parser = _InMemory(
            request.headers, stream, max_files=_most_files(request), max_fields=MOST_FIELDS, max_part_size=FIELDS_BYTES
        )
        return (await parser.parse()).multi_items()
    if kind.lower() == b"application/x-www-form-urlencoded":
        stream = _counted(request, FIELDS_BYTES, 1)
        return (await FormParser(request.headers, stream, max_fields=MOST_FIELDS).parse()).multi_items()
    raise Problem(400, MALFORMED)


def _most_files(request: Request) -> int:
    """A sample's files come by the hundred; the bytes of a request are bounded all the same."""
    is_sample = request.scope["route"].path.startswith("/samples/")
    return MOST_FILES_OF_A_SAMPLE if is_sample else MOST_FILES


def _own_name(told: str | None) -> str:
    """The file's name without folders, as some browsers send them, and without what no name holds."""
    name = (told or "").replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in name if c.isprintable()).strip()[:200] or "report.docx"


async def _counted(request: Request, most: int, mebibytes: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes; raises Problem 413 once it is more than `most` bytes, 429 once the room is full.

    A client is still sending when it is refused, and would see a broken connection instead of the reason: so what is
    too much is read on for a while, and thrown away.
    """
    room: Part = request.state.room
    refused: Problem | None = None
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came > most:
            refused = Problem(
                413, f"What was sent is larger than {mebibytes} MB: take out pictures, or send one report."
            )
        elif refused is None and not room.take(len(chunk)):
            refused = Problem(
                429,
                f"Many reports are arriving at this moment: send it again in {RETRY_SECONDS} seconds.",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        if refused is None:
            yield chunk
        elif came > 4 * most:
            break
    if refused:
        raise refused
