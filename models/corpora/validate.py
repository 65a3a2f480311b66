"""Check labelled reports against their format: `python -m qualitycheck.models.corpora.validate FILE...`

Prints a line for every fault of form; nothing when all is well. What a label means stands in README.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qualitycheck.models.corpora.edits import NotInReport, apply, texts
from qualitycheck.models.corpora.plan import ELEMENTS, FINDINGS, LAYOUTS, SECTION31

STATUSES = ("met", "partial", "missing")
SPEAKERS = ("observed", "told", "document", "alleged", "found", "judgement", "plain")
QUALITIES = ("excellent", "good", "adequate", "poor")
LEAST_WORDS, MOST_WORDS = 1500, 4000


def faults(report: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the form of one report, in words."""
    for key in ("id", "type", "author", "voice", "theme", "layout", "quality", "children", "report_date", "blocks"):
        if not report.get(key):
            yield f"no {key}"
    if report["layout"] not in LAYOUTS or report["quality"] not in QUALITIES:
        yield f"unknown layout or quality: {report['layout']}, {report['quality']}"
    units = texts(report["blocks"])
    words = sum(len(text.split()) for text in units)
    if not LEAST_WORDS <= words <= MOST_WORDS:
        yield f"{words} words"
    gold = report["gold"]
    yield from _elements(report["type"], gold["elements"], units)
    yield from _marked(gold, units)
    for number, pair in enumerate(gold.get("pairs", [])):
        for fault in _pair(report, pair):
            yield f"pair {number} ({pair.get('id')}): {fault}"


def _elements(report_type: str, elements: dict[str, Any], units: list[str]) -> Iterator[str]:
    wanted = [*ELEMENTS, *(SECTION31 if report_type == "section31" else [])]
    if set(wanted) != set(elements):
        yield f"elements differ from the catalogue: {sorted(set(wanted) ^ set(elements))}"
    for id_, label in elements.items():
        allowed = (*STATUSES, "not-applicable") if id_ == "domestic-abuse" else STATUSES
        if label["status"] not in allowed:
            yield f"{id_}: status {label['status']}"
        evidence = label.get("evidence", [])
        if label["status"] != "not-applicable" and bool(evidence) != (label["status"] != "missing"):
            yield f"{id_}: {label['status']} with {len(evidence)} passages"
        for quote in evidence:
            if not _stands(quote, units):
                yield f"{id_}: not in one block: {quote}"


def _marked(gold: dict[str, Any], units: list[str]) -> Iterator[str]:
    if len(gold["clean"]) < len(gold["findings"]):
        yield f"{len(gold['findings'])} faults and only {len(gold['clean'])} clean"
    for part in ("findings", "clean"):
        for item in gold[part]:
            if item["rule"] not in FINDINGS:
                yield f"{part}: unknown id {item['rule']}"
            for quote in filter(None, (item["quote"], item.get("other"))):
                if not _stands(quote, units):
                    yield f"{part}: not in one block: {quote}"
    for item in gold["findings"]:
        if item["rule"] == "inconsistent-fact" and not item.get("other"):
            yield f"what it contradicts is not given: {item['quote']}"
    for item in gold.get("attribution", []):
        if item["source"] not in SPEAKERS:
            yield f"attribution: unknown source {item['source']}"
        if not _stands(item["quote"], units):
            yield f"attribution: not in one block: {item['quote']}"


def _pair(report: dict[str, Any], pair: dict[str, Any]) -> Iterator[str]:
    try:
        edited = texts(apply(report["blocks"], pair["edits"]))
    except NotInReport as missing:
        yield f"not once in one block: {missing}"
        return
    if pair["kind"] == "element":
        label = report["gold"]["elements"].get(pair["id"])
        if not label or label["status"] != pair["was"]:
            yield f"was {pair['was']} but the report's label is {label and label['status']}"
        if pair["becomes"] not in STATUSES or pair["becomes"] == pair["was"]:
            yield f"becomes {pair['becomes']}"
        if bool(pair.get("evidence")) != (pair["becomes"] != "missing"):
            yield "evidence does not go with the status"
        quotes = pair.get("evidence", [])
    elif pair["kind"] == "finding":
        if pair["id"] not in FINDINGS or {pair["was"], pair["becomes"]} != {"fault", "clean"}:
            yield "unknown id, or not fault against clean"
        quotes = [pair["quote"]]
    else:
        yield f"unknown kind {pair['kind']}"
        return
    for quote in quotes:
        if not _stands(quote, edited):
            yield f"not in one block after the edit: {quote}"


def _stands(quote: str, units: list[str]) -> bool:
    return any(quote in unit for unit in units)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="+")
    failed = False
    for path in parser.parse_args().file:
        for fault in faults(json.loads(path.read_text(encoding="utf-8"))):
            failed = True
            print(f"{path.name}: {fault}")
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
