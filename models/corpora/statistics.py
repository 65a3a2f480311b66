"""Count the corpus into the marks of its README.md: `python -m qualitycheck.models.corpora.statistics`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qualitycheck.models.corpora.edits import texts
from qualitycheck.models.corpora.giveaways import Told, headings, layout, length, told_by
from qualitycheck.models.corpora.pairs import by_operators

Report = dict[str, Any]
Count = Callable[[list[Report]], int]
HERE = Path(__file__).parent
SPLITS = ("train", "development", "test")
BEGIN, END = "<!-- written by models/corpora/statistics.py -->", "<!-- to here -->"
STATUSES = ("met", "partial", "missing", "not-applicable")


def read(split: str) -> list[Report]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / split).glob("*.json"))]


def _of_quality(quality: str) -> Count:
    return lambda reports: sum(report["quality"] == quality for report in reports)


def _of_status(status: str) -> Count:
    return lambda reports: _statuses(reports)[status]


def _statuses(reports: list[Report]) -> Counter[str]:
    return Counter(label["status"] for report in reports for label in report["gold"]["elements"].values())


# What is counted in the reports of a split, by what it is called.
COUNTS: dict[str, Count] = {
    "reports": len,
    "section 7 reports": lambda reports: sum(report["type"] == "section7" for report in reports),
    "section 31 analyses": lambda reports: sum(report["type"] == "section31" for report in reports),
    "words": lambda reports: sum(len(text.split()) for report in reports for text in texts(report["blocks"])),
    "voices": lambda reports: len({report["voice"] for report in reports}),
    "case themes": lambda reports: len({report["theme"] for report in reports}),
    "layouts": lambda reports: len({report["layout"] for report in reports}),
    **{f"{quality} reports": _of_quality(quality) for quality in ("excellent", "good", "adequate", "poor")},
    **{f"elements {status}": _of_status(status) for status in STATUSES},
    "faults": lambda reports: sum(len(report["gold"]["findings"]) for report in reports),
    "sound sentences that look faulty": lambda reports: sum(len(report["gold"]["clean"]) for report in reports),
    "reports with who is speaking": lambda reports: sum(bool(r["gold"].get("attribution")) for r in reports),
    "sentences with who is speaking": lambda reports: sum(len(r["gold"].get("attribution", [])) for r in reports),
    "reports read a second time": lambda reports: sum((HERE / "second" / f"{r['id']}.json").is_file() for r in reports),
    "pairs written": lambda reports: sum(len(report["gold"].get("pairs", [])) for report in reports),
}


def counted(reports: dict[str, list[Report]]) -> dict[str, list[int]]:
    """Every count of every split, but for the pairs by operators, which take a minute to make."""
    return {what: [count(of_split) for of_split in reports.values()] for what, count in COUNTS.items()}


def pairs_by_operators(reports: list[Report], *, held_out: bool) -> int:
    return sum(1 for report in reports for _ in by_operators(report, held_out=held_out))


def table(rows: dict[str, list[int]]) -> str:
    lines = ["| | training | development | test | all |", "|---|---:|---:|---:|---:|"]
    for what, counts in rows.items():
        # The layouts are the same twelve in every part.
        total = "" if what == "layouts" else f"{sum(counts):,}"
        lines.append(f"| {what} | {' | '.join(f'{count:,}' for count in counts)} | {total} |")
    return "\n".join(lines)


GIVEAWAYS = {
    "layout": (layout,),
    "layout and headings": (layout, headings),
    "length": (length,),
    "length, layout and headings": (length, layout, headings),
}


def giveaways(reports: Sequence[Report]) -> str:
    lines = ["| told by | quality | statuses | statuses within a quality |", "|---|---:|---:|---:|"]
    for what, features in GIVEAWAYS.items():
        told: Told = told_by(reports, *features)
        lines.append(f"| {what} | {told.quality:.2f} | {told.statuses:.2f} | {told.statuses_within_quality:.2f} |")
    return "\n".join(lines)


def main() -> None:
    reports = {split: read(split) for split in SPLITS}
    rows = counted(reports)
    rows["pairs by operators"] = [pairs_by_operators(reports[split], held_out=split == "test") for split in SPLITS]
    everything = [report for split in SPLITS for report in reports[split]]
    page = HERE / "README.md"
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    text = f"{before}{BEGIN}\n{table(rows)}\n\n{giveaways(everything)}\n{END}{after}"
    page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
