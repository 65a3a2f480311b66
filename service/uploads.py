"""Forms and files as they arrive: in memory, counted while they come, and never on disk.

Web frameworks spool uploads over a mebibyte to a temporary file; a report has no business there.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from qualitycheck.service.problems import Problem

MOST_FILES = 20
MOST_FIELDS = 100
FIELDS_BYTES = 1024 * 1024  # all that is not a file
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


class _InMemory(MultiPartParser):
    """A part is moved to disk when it outgrows this; the stream ends long before."""

    spool_max_size = 2**62


async def read_form(request: Request) -> Form:
    """The form of this request, read once; raises Problem 400 (malformed) and 413 (too large)."""
    known: Form | None = getattr(request.state, "form", None)
    if known is None:
        known = await _read(request)
        request.state.form = known
    return known


AnyForm = Annotated[Form, Depends(read_form)]


async def _read(request: Request) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    most = request.app.state.desk.settings.upload_bytes
    try:
        if kind == "multipart/form-data":
            stream = _counted(request, most + FIELDS_BYTES)
            parser = _InMemory(
                request.headers, stream, max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=FIELDS_BYTES
            )
            items = (await parser.parse()).multi_items()
        elif kind == "application/x-www-form-urlencoded":
            stream = _counted(request, FIELDS_BYTES)
            items = (await FormParser(request.headers, stream, max_fields=MOST_FIELDS).parse()).multi_items()
        else:
            raise Problem(400, MALFORMED)
    except (MultiPartException, ValueError):
        raise Problem(400, MALFORMED) from None
    form = Form()
    for name, value in items:
        if isinstance(value, UploadFile):
            if value.filename or value.size:  # a file field left empty sends a part without either
                form.files.setdefault(name, []).append(Sent(_own_name(value.filename), await value.read()))
            await value.close()
        else:
            form.fields.setdefault(name, []).append(value)
    return form


def _own_name(told: str | None) -> str:
    """The file's name without folders, as some browsers send them, and without what no name holds."""
    name = (told or "").replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in name if c.isprintable()).strip()[:200] or "report.docx"


async def _counted(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes; raises Problem 413 once it is more than `most` bytes.

    A client is still sending when it is refused, and would see a broken connection instead of the reason: so what is
    too much is read on for a while, and thrown away.
    """
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came <= most:
            yield chunk
        elif came > 4 * most:
            break
    if came > most:
        mebibytes = request.app.state.desk.settings.upload_mib
        raise Problem(413, f"What was sent is larger than {mebibytes} MiB: take out pictures, or send one report.")
