"""How much of the visible text is read: `python tests/benchmark_reading.py FOLDER [--exports FOLDER] [--worst N]`.

FOLDER holds .docx, .docm and .dotx files of your own choosing; the test suites of public office and conversion projects
hold many. The measure is LibreOffice's own text export, word by word (`\\w+`, lower case): recall is the share of its
words that are read, words that stand in tracked deletions or hidden text excused; beyond is the share of read words,
headers and footers aside, that it does not have. Labels count as text, soft hyphens as nothing. `--exports` keeps the
exports for the next run.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from qualitycheck.document import Paragraph
from qualitycheck.errors import UnreadableReport
from qualitycheck.reading import read_docx

_ENDINGS = {".docx", ".docm", ".dotx"}
_WORD = re.compile(r"\w+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_DELETED = re.compile(r"<w:del(?:Text)?\b[^>]*>.*?</w:del(?:Text)?>|<w:moveFrom\b[^>]*>.*?</w:moveFrom>", re.DOTALL)
_TEXT = re.compile(r"<w:(?:t|delText)\b[^>]*>([^<]*)<")
_BATCH = 20


class Score(NamedTuple):
    """The words of one file: in the export, of them missed, read, of them beyond the export."""

    file: str
    exported: int
    missed: int
    read: int
    beyond: int

    @property
    def recall(self) -> float:
        return 1 - self.missed / self.exported if self.exported else 1.0


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_UNSEEN.sub("", text).lower()))


def deleted_words(path: Path) -> Counter[str]:
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        text = "".join(package.read(name).decode("utf-8", errors="replace") for name in parts)
    return words(" ".join(found for part in _DELETED.findall(text) for found in _TEXT.findall(part)))


def _as_seen(paragraph: Paragraph) -> str:
    """The text with the number before it; a number that the author typed stands in the text already."""
    if paragraph.label is None or paragraph.text.lstrip().startswith(paragraph.label):
        return paragraph.text
    return f"{paragraph.label} {paragraph.text}"


def score(path: Path, export: Path) -> Score:
    document = read_docx(path)
    expected = words(export.read_text("utf-8", errors="replace"))
    read = words("\n".join(_as_seen(paragraph) for paragraph in document.paragraphs))
    missed = expected - read
    if missed:
        missed -= deleted_words(path) + words("\n".join(document.hidden))
    return Score(path.name, expected.total(), missed.total(), read.total(), (read - expected).total())


def export_texts(paths: Iterable[Path], folder: Path) -> None:
    """LibreOffice's text export of each file, in `folder`; files that it cannot open are left without one."""
    left = [path for path in paths if not _export_of(path, folder).exists()]
    with tempfile.TemporaryDirectory() as profile:
        for at in range(0, len(left), _BATCH):
            batch = [str(path) for path in left[at : at + _BATCH]]
            command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
            command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), *batch]
            subprocess.run(command, check=False, capture_output=True, timeout=300)
            print(f"{min(at + _BATCH, len(left))} of {len(left)} files exported", file=sys.stderr)


def _export_of(path: Path, folder: Path) -> Path:
    return folder / f"{path.stem}.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--exports", type=Path, help="keep the exports here")
    parser.add_argument("--worst", type=int, default=0, help="list this many of the worst files")
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.iterdir() if path.suffix.lower() in _ENDINGS)
    with tempfile.TemporaryDirectory() as scratch:
        exports = options.exports or Path(scratch)
        export_texts(paths, exports)
        report(paths, exports, options.worst)


def report(paths: list[Path], exports: Path, worst: int) -> None:
    scores: list[Score] = []
    refused: Counter[str] = Counter()
    unopened = 0
    for path in paths:
        export = _export_of(path, exports)
        if not export.exists():
            unopened += 1
            continue
        try:
            scores.append(score(path, export))
        except UnreadableReport as reason:
            refused[reason.code] += 1
    scores = [each for each in scores if each.exported]
    exported, missed = sum(s.exported for s in scores), sum(s.missed for s in scores)
    read, beyond = sum(s.read for s in scores), sum(s.beyond for s in scores)
    good = sum(s.recall >= 0.99 for s in scores)
    print(f"files compared                    {len(scores):>8}")
    print(f"words in LibreOffice's export     {exported:>8}")
    print(f"recall over all words             {1 - missed / exported:>8.4f}")
    print(f"recall, mean over files           {sum(s.recall for s in scores) / len(scores):>8.4f}")
    print(f"files with recall of 0.99 or more {good / len(scores):>8.1%}")
    print(f"words beyond the export           {beyond / read:>8.2%}")
    print(f"refused by the reader             {dict(refused)}; not opened by LibreOffice {unopened}")
    for each in sorted(scores, key=lambda s: s.recall)[:worst]:
        print(f"  {each.recall:.3f}  missed {each.missed} of {each.exported}  {each.file}")
    for each in sorted(scores, key=lambda s: -s.beyond)[:worst]:
        print(f"  beyond {each.beyond} of {each.read}  {each.file}")


if __name__ == "__main__":
    main()
