"""All minimal pairs of a set of labelled reports: two versions of one report that differ in one label.

    python -m qualitycheck.models.corpora.pairs models/corpora/train

prints how many there are by kind, id and operator.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from qualitycheck.models.corpora.edits import Blocks, apply, texts
from qualitycheck.models.corpora.operators import OPERATORS, Mutation
from qualitycheck.models.corpora.operators.scene import Scene

Report = dict[str, Any]
DRAWS = 2  # of each operator on each report


class Pair(NamedTuple):
    """`was` and `becomes` are statuses of an element, or "fault" and "clean" of the passage `quote`.

    `quote` stands in `after`, `quote_before` in `before` (empty for elements, and where the passage is not in both).
    `gold_after` is right for `id`, but not for the elements in `unsure`.
    """

    report_id: str
    kind: str  # element or finding
    id: str
    was: str
    becomes: str
    before: Blocks
    after: Blocks
    quote: str
    operator: str  # or "written"
    gold_after: dict[str, Any]
    quote_before: str = ""
    unsure: frozenset[str] = frozenset()


def pairs(reports: Iterable[Report], *, draws: int = DRAWS, held_out: bool = False, seed: int = 0) -> Iterator[Pair]:
    """The written pairs of each report, then those by operators: `draws` of each, without duplicates.

    With `held_out` the operators are those kept for the test voices, else the others. The draws depend on nothing but
    the report's id, the operator's name and `seed`.
    """
    for report in reports:
        yield from written(report)
        yield from by_operators(report, draws=draws, held_out=held_out, seed=seed)


def written(report: Report) -> Iterator[Pair]:
    """The pairs that the report's author wrote; raises NotInReport where an edit does not meet one place."""
    for pair in report["gold"].get("pairs", []):
        after = apply(report["blocks"], pair["edits"])
        quote = pair.get("quote", "")
        before = quote if any(quote in text for text in texts(report["blocks"])) else ""
        yield Pair(
            report["id"],
            pair["kind"],
            pair["id"],
            pair["was"],
            pair["becomes"],
            report["blocks"],
            after,
            quote,
            "written",
            _relabelled(report["gold"], pair, texts(after)),
            before,
        )


def _relabelled(gold: dict[str, Any], pair: dict[str, Any], after: list[str]) -> dict[str, Any]:
    """The report's labels with the pair's own put in and those whose words are gone taken out."""

    def stands(item: dict[str, Any]) -> bool:
        return all(any(quote in text for text in after) for quote in (item["quote"], item.get("other")) if quote)

    elements = {
        id_: {**label, "evidence": [quote for quote in label.get("evidence", []) if stands({"quote": quote})]}
        for id_, label in gold["elements"].items()
    }
    new = {
        part: [item for item in gold[part] if stands(item) and item["quote"] != pair.get("quote")]
        for part in ("findings", "clean")
    }
    if pair["kind"] == "element":
        elements[pair["id"]] = {"status": pair["becomes"], "evidence": pair["evidence"]}
    else:
        item = {"rule": pair["id"], "quote": pair["quote"], "why": "the other half of a pair"}
        new["findings" if pair["becomes"] == "fault" else "clean"].append(item)
    return {**gold, **new, "elements": elements, "pairs": []}


def by_operators(report: Report, *, draws: int = DRAWS, held_out: bool = False, seed: int = 0) -> Iterator[Pair]:
    scene, seen = Scene(report), set()
    for operator in OPERATORS.values():
        for draw in range(draws if operator.held_out == held_out else 0):
            name = f"{report['id']}/{min(operator.name, operator.sister or operator.name)}/{seed}/{draw}"
            made = operator.on(scene, random.Random(name))
            for pair in _of(scene, made, name) if made else ():
                key = (pair.operator, pair.id, str(pair.before), str(pair.after))
                if key not in seen:
                    seen.add(key)
                    yield pair


def _of(scene: Scene, made: Mutation, name: str) -> Iterator[Pair]:
    """The mutation against the report as it was, and the fault against what its sister makes of the same place."""
    operator, report = OPERATORS[made.operator], scene.report
    if made.was != made.becomes and not operator.twin:
        before = made.quote if made.quote in scene.text else ""
        yield _pair(report, made, made.was, report["blocks"], before)
    sister = OPERATORS[operator.sister] if operator.sister and made.becomes == "fault" else None
    other = sister.on(scene, random.Random(name)) if sister else None
    if other and other.id == made.id and other.becomes == "clean" and _one_place(other.report, made.report):
        yield _pair(report, made, "clean", other.report["blocks"], other.quote)


def _one_place(report: Report, other: Report) -> bool:
    """The two differ in one text: a sister that found another place to change makes no minimal pair."""
    return len(set(texts(report["blocks"])) - set(texts(other["blocks"]))) <= 1


def _pair(report: Report, made: Mutation, was: str, before: Blocks, quote_before: str) -> Pair:
    return Pair(
        report["id"],
        "finding" if made.quote else "element",
        made.id,
        was,
        made.becomes,
        before,
        made.report["blocks"],
        made.quote,
        made.operator,
        made.report["gold"],
        quote_before,
        made.unsure,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--held-out", action="store_true", help="by the operators kept for the test voices")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for folder in options.folder:
        for path in sorted(folder.glob("*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))
            for pair in pairs([report], held_out=options.held_out):
                counts.update([("all", ""), (pair.kind, ""), (pair.kind, pair.id), ("operator", pair.operator)])
    for (kind, name), count in sorted(counts.items()):
        print(f"{count:6d}  {kind} {name}".rstrip())


if __name__ == "__main__":
    main()
