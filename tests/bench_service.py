"""How fast the service answers and what it bears: `make bench` prints that and writes it to docs/benchmarks.md.

    python tests/bench_service.py docs/benchmarks.md [speed|load|memory|hostile ...]

Against the real program, with two workers and all else as it comes. The reports are the examples; those for the test of
memory are shorter, cut from them. It ends with status 1 where an answer was wrong; the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import hostile
from tests.bench import END, ROOT, Figure
from tests.serving import Service, memory, serving

BEGIN = "<!-- written by make bench: the service -->\n"
WORKERS = 2
ROUNDS = 12  # of all examples
PEOPLE, SECONDS = 50, 120
CHECKS, WARM = 2_000, 200
BLOCKS = 25  # of an example, in a short report
URL = "/api/v1/checks"
WRONG: list[str] = []


@dataclass(frozen=True)
class Known:
    """A report, and what the library says of it."""

    name: str
    data: bytes
    said: dict[str, Any]

    def is_what(self, answer: httpx.Response) -> bool:
        right: bool = answer.status_code == 200 and answer.json() == self.said | {"file": self.name}
        if not right:
            WRONG.append(f"{self.name}: {answer.status_code} {answer.text[:200]}")
        return right


def known(reports: dict[str, bytes]) -> list[Known]:
    from qualitycheck import check

    return [
        Known(name, data, json.loads(json.dumps(check(data).as_dict()["reports"][0]))) for name, data in reports.items()
    ]


def examples() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((ROOT / "examples").glob("*.docx"))}


def short(reports: dict[str, bytes]) -> dict[str, bytes]:
    """Each report's first blocks."""
    import io

    from docx import Document

    cut = {}
    for name, data in reports.items():
        document = Document(io.BytesIO(data))
        body = document.element.body
        for block in [block for block in body if not block.tag.endswith("}sectPr")][BLOCKS:]:
            body.remove(block)
        saved = io.BytesIO()
        document.save(saved)
        cut[name] = saved.getvalue()
    return cut


def client(service: Service) -> httpx.Client:
    return httpx.Client(base_url=service.address, timeout=300)


def send(http: httpx.Client, report: Known) -> httpx.Response:
    return http.post(URL, files={"file": (report.name, report.data)})


def percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def speed(service: Service, reports: list[Known]) -> Iterator[Figure]:
    """Each report by HTTP and by the library, in turn, so that a busy moment of the machine falls on both alike."""
    from qualitycheck.checking import Checker

    checker = Checker()
    by_http: list[float] = []
    by_call: list[float] = []
    with client(service) as http:
        for report in [*reports, *islice(cycle(reports), ROUNDS * len(reports))]:
            for times, work in (
                (by_call, lambda report=report: checker.check(report.data, report.name)),
                (by_http, lambda report=report: report.is_what(send(http, report))),
            ):
                begun = time.perf_counter()
                work()
                times.append(time.perf_counter() - begun)
    by_call, by_http = by_call[len(reports) :], by_http[len(reports) :]  # the first of each warms up
    for share in (50, 95):
        call, over = percentile(by_call, share), percentile(by_http, share)
        yield Figure(f"a warm check by the library, p{share}", f"{call:.2f} s", "")
        yield Figure(f"the same over HTTP, p{share}", f"{over:.2f} s", "")
        yield Figure(f"the second as a ratio to the first, p{share}", f"{over / call:.2f}", "at most 1.25")


@dataclass
class Tally:
    """What 50 people saw."""

    took: list[float] = field(default_factory=list)  # seconds of each upload that was accepted
    tries: list[int] = field(default_factory=list)  # how often each report had to be sent
    told: list[int] = field(default_factory=list)  # Retry-After
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def load(service: Service, reports: list[Known]) -> Iterator[Figure]:
    """Everybody sends one report after another, and again when told to; each that was begun is brought to its end."""
    tally = Tally()
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(PEOPLE) as people:
        for number in range(PEOPLE):
            own = [replace(report, name=f"{number} {report.name}") for report in reports]
            people.submit(_person, service, own[number % len(own) :] + own, end, tally)
    tries = tally.tries
    again = [count for count in tries if count > 1]
    what = f"{PEOPLE} people uploading at once for {SECONDS} seconds"
    sent, typical, slow = len(tally.took), percentile(tally.took, 50), percentile(tally.took, 95)
    yield Figure(f"{what}: accepted, answered and right", f"{sent - tally.lost:,} of {sent:,}", "all")
    yield Figure("from sending until the answer, p50 and p95", f"{typical:.1f} s, {slow:.1f} s", "")
    first = sum(count == 2 for count in again) / len(again) if again else 1.0
    yield Figure(
        f"reports that were told to come back (429, after {min(tally.told)} to {max(tally.told)} s), and then accepted",
        f"{len(again):,} of {len(again):,}; {first:.0%} at the first time, the last at try {max(tries)}",
        "all",
    )


def _person(service: Service, reports: list[Known], end: float, tally: Tally) -> None:
    with client(service) as http:
        for report in cycle(reports):
            if time.monotonic() > end:
                return
            tries = 0
            while True:
                tries += 1
                begun = time.perf_counter()
                answer = send(http, report)
                took = time.perf_counter() - begun
                if answer.status_code != 429:
                    break
                told = int(answer.headers["retry-after"])
                with tally.lock:
                    tally.told.append(told)
                time.sleep(told)
            right = report.is_what(answer)
            with tally.lock:
                tally.took.append(took)
                tally.tries.append(tries)
                tally.lost += not right


def flat(service: Service, reports: list[Known]) -> Iterator[Figure]:
    """Server and workers together, while short reports are checked, two at a time."""
    held: list[float] = []
    order = islice(cycle(reports), CHECKS)
    with client(service) as http, ThreadPoolExecutor(WORKERS) as senders:

        def one(report: Known) -> None:
            report.is_what(send(http, report))

        for number in range(0, CHECKS, 100):
            list(senders.map(one, islice(order, 100)))
            if number + 100 >= WARM:
                held.append(memory([service.process.pid, *service.workers()]))
    words = statistics.mean(report.said["words"] for report in reports)
    half = len(held) // 2
    grown = statistics.median(held[half:]) - statistics.median(held[:half])
    yield Figure(
        f"memory of server and {WORKERS} workers (PSS), {CHECKS:,} checks of {words:,.0f} words, from the {WARM}th on",
        f"{min(held):.0f} to {max(held):.0f} MiB",
        "flat",
    )
    yield Figure("their second half against the first, by medians", f"{grown:+.1f} MiB ({grown / held[0]:+.1%})", "2%")


def harmless(service: Service, reports: list[Known]) -> Iterator[Figure]:
    """Each kind of bad input while two others send good reports, and a good one after it."""
    kinds: dict[str, Callable[[], bytes]] = {name: build for name, (_, build) in hostile.REFUSED.items()} | hostile.READ
    answered = 0
    with client(service) as http, ThreadPoolExecutor(3) as senders:
        for kind, report in zip(kinds, cycle(reports), strict=False):
            data = kinds[kind]()
            good = [senders.submit(send, http, report) for _ in range(2)]
            bad = senders.submit(http.post, URL, files={"file": ("bad.docx", data)}).result()
            expected = (200,) if kind in hostile.READ else (413, 415, 422)
            if bad.status_code not in expected:
                WRONG.append(f"{kind}: {bad.status_code}")
            answered += all(report.is_what(answer) for answer in [*(one.result() for one in good), send(http, report)])
    yield Figure(
        f"hostile uploads of {len(kinds)} kinds: good reports beside and after each answered and right",
        f"{answered} of {len(kinds)}",
        "all",
    )


PARTS: dict[str, tuple[Callable[[Service, list[Known]], Iterator[Figure]], bool]] = {
    "speed": (speed, False),
    "hostile": (harmless, False),
    "load": (load, False),
    "memory": (flat, True),
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("page", type=Path, help="the page that the figures are written into")
    arguments.add_argument("parts", nargs="*", choices=[*PARTS, []], help="some of the figures, not written")
    options = arguments.parse_args()

    from qualitycheck import __version__

    busy = os.getloadavg()[0]
    whole = examples()
    long, brief = known(whole), known(short(whole))
    figures: list[Figure] = []
    for name in options.parts or PARTS:
        part, on_short = PARTS[name]
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), workers=WORKERS) as service:
            figures += part(service, brief if on_short else long)

    words = statistics.mean(report.said["words"] for report in long)
    lines = [
        f"{datetime.date.today():%d %B %Y}, version {__version__}: {os.cpu_count()} cores with other work "
        f"for {busy:.1f}, {platform.system()}, Python {platform.python_version()}; {WORKERS} workers, a queue of 20. "
        f"{len(long)} example reports of {words:,.0f} words on average, each {ROUNDS} times for the first six lines.",
        "",
        "| what | measured | bar |",
        "|---|---|---|",
        *(f"| {figure.what} | {figure.measured} | {figure.bar} |" for figure in figures),
    ]
    print(*lines, *WRONG, sep="\n")
    if not options.parts:
        write(options.page, lines)
    return 1 if WRONG else 0


def write(page: Path, lines: list[str]) -> None:
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
