"""What Schemathesis sends where a file is wanted: Word files, good, bad and spoilt by a few bytes; or anything."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

from tests.hostile import GOOD, OLE2, READ, REFUSED

QUICK = ("truncated", "XML bomb", "encrypted", "no text", "empty")  # of those that are refused
FILES = [GOOD, OLE2, *(REFUSED[kind][1]() for kind in QUICK), *(build() for build in READ.values())]


@st.composite
def reports(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(FILES)))
    for at in draw(st.lists(st.integers(0, max(len(data) - 1, 0)), max_size=3)):
        data[at : at + 1] = draw(st.binary(max_size=2))
    return bytes(data)


schemathesis.openapi.format("binary", reports() | st.binary(max_size=200))
