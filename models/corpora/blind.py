"""Print a labelled report without its labels: `python -m qualitycheck.models.corpora.blind FILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report's text in reading order; what is quoted from it stands in one line."""
    yield f"[{report['id']}, {report['type']}]"
    for block in report["blocks"]:
        match block["kind"]:
            case "heading":
                yield f"{'#' * block.get('level', 1)} {block['text']}"
            case "bullets":
                yield from (f"- {item}" for item in block["items"])
            case "table":
                for row in block["rows"]:
                    yield from (f"| {cell}" for cell in row)
                    yield "|--"
            case "box":
                yield f"[text box] {block['text']}"
            case _:
                yield block["text"]
        if block.get("footnote"):
            yield f"[footnote] {block['footnote']}"


def main() -> None:
    for name in sys.argv[1:]:
        print("\n".join(lines(json.loads(Path(name).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
