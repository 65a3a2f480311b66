"""`make fuzz`: files that went wrong on the way, in every way that a bounded time allows.

    python tests/fuzz.py [seconds] [seed]

Parts of the example reports are cut, flipped, repeated, exchanged and put together again; each result must be read or
refused with a public code, and what is read must survive the whole check, the page and the annotated copy. Prints what
came of it, and the seed and number of every file that did otherwise, so that it can be made again.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.formats import for_all, for_one
from tests.docx_builder import package, parts_of

SECONDS, SEED, SLOW = 120, 2026, 30.0
TAG = re.compile(rb"<[^<>]+>")
VALUE = re.compile(rb'"[^"<>]*"')
VALUES = (b'"-1"', b'"0"', b'"99999999999"', b'""', b'"\xc3\xa9"', b'"../../x"', b'"NaN"', b'"on"', b'"rId1"')


def flipped(data: bytes, draw: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        broken[draw.randrange(len(broken))] = draw.randrange(256)
    return bytes(broken)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def spliced(data: bytes, draw: random.Random) -> bytes:
    start, end = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


def in_a_part(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The change made to one XML part, in a package that is sound around it."""

    def changed(data: bytes, draw: random.Random) -> bytes:
        parts = parts_of(data)
        name = draw.choice([name for name in sorted(parts) if parts[name]])
        return package({**parts, name: change(parts[name], draw)}, zipfile.ZIP_STORED)

    return changed


def tags_out(xml: bytes, draw: random.Random) -> bytes:
    """Still mostly well-formed: empty elements are taken out, or doubled."""

    def changed(tag: re.Match[bytes]) -> bytes:
        return tag[0] * draw.choice((0, 2)) if tag[0].endswith(b"/>") and not draw.randrange(40) else tag[0]

    return TAG.sub(changed, xml)


def values_changed(xml: bytes, draw: random.Random) -> bytes:
    head, _, body = xml.partition(b">")
    return head + b">" + VALUE.sub(lambda value: value[0] if draw.randrange(60) else draw.choice(VALUES), body)


def paragraphs_moved(xml: bytes, draw: random.Random) -> bytes:
    blocks = re.split(rb"(?=<w:p[ >])|(?<=</w:p>)", xml)
    inner = blocks[1:-1]
    for _ in range(min(len(inner) // 2, 20)):
        at, to = draw.randrange(len(inner)), draw.randrange(len(inner))
        if inner[at].endswith(b"</w:p>") and inner[to].endswith(b"</w:p>"):
            inner[at], inner[to] = inner[to], inner[at] if draw.randrange(3) else b""
    return b"".join((blocks[0], *inner, *blocks[-1:])) if len(blocks) > 1 else xml


def parts_lost(data: bytes, draw: random.Random) -> bytes:
    parts = parts_of(data)
    for name in draw.sample(sorted(parts), draw.randint(1, 3)):
        del parts[name]
    return package(parts)


def parts_exchanged(data: bytes, draw: random.Random) -> bytes:
    parts = parts_of(data)
    one, other = draw.sample(sorted(parts), 2)
    return package({**parts, one: parts[other], other: parts[one]})


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, cut, spliced, parts_lost, parts_exchanged,
    *map(in_a_part, (flipped, cut, spliced, tags_out, values_changed, values_changed, paragraphs_moved, tags_out)),
)  # fmt: skip


def through(checker: Checker, data: bytes) -> str:
    """What came of one file: its error's code, or "read" once every output was made of it."""
    one: Checked = checker.check(data, "draft.docx")
    if one.result.error:
        return one.result.error.code
    for format in ("text", "json", "csv"):
        for_all([one], checker, format, colour=False)  # type: ignore[arg-type]
    for format in ("html", "docx"):
        for_one(one, checker, format, clean=False)  # type: ignore[arg-type]
    return "a rule failed" if one.result.not_run else "read"


def main(seconds: float = SECONDS, seed: int = SEED) -> int:
    reports = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "examples").glob("*.docx"))]
    checker = Checker("section7")
    came_of: Counter[str] = Counter()
    wrong: list[str] = []
    number, longest, end = 0, 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        draw = random.Random(f"{seed}/{number}")
        way = draw.choice(WAYS)
        data = way(draw.choice(reports), draw)
        begun = time.monotonic()
        try:
            outcome = through(checker, data)
        except Exception:  # what is looked for
            outcome = "it fell over"
            wrong.append(f"{seed}/{number}: {traceback.format_exc().strip().splitlines()[-1]}")
        took = time.monotonic() - begun
        longest = max(longest, took)
        if took > SLOW or outcome == "a rule failed":
            wrong.append(f"{seed}/{number}: {outcome} in {took:.1f} s")
        came_of[outcome] += 1
        number += 1
    print(f"{number} files in {seconds:.0f} s, the slowest {longest:.1f} s; seed {seed}")
    for outcome, count in came_of.most_common():
        print(f"{count:6}  {outcome}")
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*(float(word) for word in sys.argv[1:2]), *(int(word) for word in sys.argv[2:3])))
