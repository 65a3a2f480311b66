"""Files that nobody should be hurt by: broken, hostile, or as large as is still read. Built when asked for."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from itertools import cycle, islice, pairwise
from pathlib import Path

from qualitycheck.errors import Code
from qualitycheck.limits import MEBIBYTE, Limits
from qualitycheck.reading import read_docx
from tests.docx_builder import docx, p, package, parts_of, root, tbl, tc, tr

ROOT = Path(__file__).resolve().parent.parent
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GOOD = docx(p("Ada is five."))


def _with_document(xml: str) -> bytes:
    return package({**parts_of(GOOD), "word/document.xml": xml})


def _declaring(declaration: str) -> bytes:
    told = root("w:document", "<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>")
    return _with_document(told.replace("?>", f"?>{declaration}", 1))


def _xml_bomb() -> bytes:
    doubled = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("bcdefghijk"))
    return _declaring(f'<!DOCTYPE x [<!ENTITY b "lol">{doubled}<!ENTITY a "&k;">]>')


def _zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(1024):
            part.write(bytes(MEBIBYTE))
    return held.getvalue()


def _many_bombs() -> bytes:
    """Parts that are each just small enough, and together are not."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(GOOD).items():
            archive.writestr(name, content)
        for number in range(100):
            archive.writestr(f"word/media/image{number}.bin", bytes(15 * MEBIBYTE))
    return held.getvalue()


def _nested_tables(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + p("Ada") + "</w:tc></w:tr></w:tbl>" * depth)


def _million_paragraphs() -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(1_000_000)))


def _climbing() -> bytes:
    return package({**parts_of(GOOD), "../../outside.xml": "<x/>", "/etc/outside": "x", "..\\outside.txt": "x"})


REFUSED: dict[str, tuple[Code, Callable[[], bytes]]] = {
    "not a .docx (PDF)": ("not-docx", lambda: b"%PDF-1.7\n"),
    "not a .docx (text)": ("not-docx", lambda: b"Ada is five."),
    "empty": ("not-docx", lambda: b""),
    "old .doc": ("old-doc", lambda: OLE2 + "WordDocument".encode("utf-16-le")),
    "encrypted": ("encrypted", lambda: OLE2 + "EncryptedPackage".encode("utf-16-le")),
    "truncated": ("damaged", lambda: GOOD[: len(GOOD) // 2]),
    "zip bomb, 1 GiB in 1 MiB": ("too-large-inside", _zip_bomb),
    "zip bomb in many parts": ("too-large-inside", _many_bombs),
    "XML bomb": ("damaged", _xml_bomb),
    "external entity": ("damaged", lambda: _declaring('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>')),
    "5,000 tables inside one another": ("too-complex", lambda: _nested_tables(5_000)),
    "a million paragraphs": ("too-complex", _million_paragraphs),
    "one paragraph of 2 MB": ("too-complex", lambda: docx(p("word " * 400_000))),
    "control characters": ("damaged", lambda: _with_document(root("w:document", "<w:body>\x01\x02</w:body>"))),
    "no text": ("no-text", lambda: docx(p(""))),
}  # fmt: skip

READ: dict[str, Callable[[], bytes]] = {
    "names that climb out of the package": _climbing,
    "characters that a terminal obeys": lambda: docx(p("Ada\u009b31m \u202eis\u2066 five.\ufeff\u0085 So\u2028she.")),
}


def _example_paragraphs() -> list[str]:
    found = []
    for path in sorted((ROOT / "examples").glob("*.docx")):
        found += [paragraph.text for paragraph in read_docx(path).paragraphs if len(paragraph.text) > 60]
    return found


def _up_to(characters: int, texts: list[str], most: int) -> list[str]:
    """Texts, over and over, until there are so many characters or so many texts."""
    chosen, count = [], 0
    for text in islice(cycle(texts), most):
        count += len(text)
        if count > characters:
            break
        chosen.append(text)
    return chosen


def _words(seed: int, count: int) -> list[str]:
    """Words that no dictionary has, each another one."""
    draw = random.Random(seed)
    return ["".join(draw.choices("abcdefghilmnoprstuvwy", k=draw.randint(4, 9))) for _ in range(count)]


FRONT = tuple(
    p(line)
    for line in (
        "Section 7 report", "In the Family Court at Northbridge", "Case number NB26P00123",
        "Child: Ada Marlowe, born 2 March 2015", "Applicant: Ruth Marlowe, mother", "Respondent: Paul Marlowe, father",
        "Author: Jo Field, Family Court Adviser", "Date: 4 May 2026",
    )
)  # fmt: skip


def largest(limits: Limits = Limits()) -> dict[str, Callable[[], bytes]]:
    """Shapes of the largest reports that are still checked, each at the limit that bounds it."""
    room, most = limits.checked_characters - 1_000, limits.checked_paragraphs - 100
    one = min(limits.checked_paragraph_characters, room) - 100

    def reports() -> bytes:
        return docx(*FRONT, *map(p, _up_to(room, _example_paragraphs(), most)))

    def short() -> bytes:
        return docx(*FRONT, *(p(f"On {n % 28 + 1} May 2026 Ada said {n}.") for n in range(min(most, room // 40))))

    def long() -> bytes:
        texts = " ".join(_up_to(one - 5_000, _example_paragraphs(), most))
        return docx(*FRONT, *(p(texts) for _ in range(room // len(texts))))

    def nonsense() -> bytes:
        words = _words(7, room // 8)
        return docx(*FRONT, *(p(" ".join(words[n : n + 40]) + ".") for n in range(0, len(words), 40)))

    def names() -> bytes:
        given = [word.capitalize() for word in _words(11, 4_000)]
        texts = [f"Mr {a} {b} told Ada {b} that she saw {b} {a}." for a, b in pairwise(given)]
        return docx(*FRONT, *map(p, _up_to(room, texts, most)))

    def table() -> bytes:
        rows = [tr(tc(p(f"{n} May")), tc(p("Ada was seen at school."))) for n in range(min(most, room // 40) // 2)]
        return docx(*FRONT, tbl(*rows))

    def headings() -> bytes:
        count = min(most, room // 40) // 2
        return docx(*FRONT, *(p(f"Analysis {n}", style="Heading1") + p("Ada needs this.") for n in range(count)))

    def notes() -> bytes:
        count = min(most, room // 40)
        marks = (f'<w:p><w:r><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(1, count))
        return docx(*FRONT, *marks, footnotes={str(n): p(f"Ada said {n}.") for n in range(1, count)})

    def unbroken() -> bytes:
        return docx(*FRONT, *(p("a" * one) for _ in range(room // one)))

    def figures() -> bytes:
        text = " ".join(f"{n} May {2000 + n % 26}, para {n}, aged {n % 18}," for n in range(1, 4_000))
        return docx(*FRONT, *(p(text[:one]) for _ in range(room // min(len(text), one))))

    return {
        "reports one after another": reports,
        "short paragraphs": short,
        "long paragraphs": long,
        "words of no language": nonsense,
        "names": names,
        "one table": table,
        "headings": headings,
        "footnotes": notes,
        "one long word a paragraph": unbroken,
        "dates, ages and references": figures,
    }
