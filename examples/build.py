"""Write the example reports anew from their labelled sources.

    python -m examples.build

For every `sources/NAME.json` this writes `NAME.docx`, in the layout that the source names, and `NAME.md`, what a good
reader should find in it. The same sources always give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qualitycheck.models.corpora.layouts import write_docx

HERE = Path(__file__).parent
_MEANINGS = {
    "met": "There, and does its job",
    "partial": "There in part",
    "missing": "Missing",
    "not-applicable": "Does not apply",
}
_KINDS = {"section7": "Section 7 report", "section31": "Guardian's analysis (section 31)"}


def sources() -> dict[str, dict[str, Any]]:
    """The labelled reports, by name."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "sources").glob("*.json"))}


def what_a_good_reader_finds(name: str, report: dict[str, Any]) -> str:
    """The labels of a report as a page to read beside it, in Markdown."""
    gold = report["gold"]
    lines = [
        f"# {name}.docx: what a good reader should find",
        "",
        f"{_KINDS[report['type']]}, {report['quality']}. Fictional. Written by: {report['author']}.",
        "",
        report["note"],
        "",
        "This page is written from `sources/" + name + ".json` by `python -m examples.build`.",
        "",
        f"## Faults ({len(gold['findings'])})",
        "",
    ]
    for number, fault in enumerate(gold["findings"], 1):
        because = fault["why"][0].upper() + fault["why"][1:]
        lines += [f"{number}. `{fault['rule']}`: “{fault['quote']}”", f"   {because}."]
        if "other" in fault:
            lines.append(f"   The passage it contradicts: “{fault['other']}”")
    if not gold["findings"]:
        lines.append("None.")
    lines += ["", "## What the report must contain", ""]
    for status, meaning in _MEANINGS.items():
        having = {key: entry for key, entry in gold["elements"].items() if entry["status"] == status}
        if not having:
            continue
        lines += [f"### {meaning} (`{status}`)", ""]
        for key, entry in having.items():
            because = f": {entry['why']}" if "why" in entry else ""
            lines.append(f"- `{key}`{because}")
            lines += [f"  - “{quotation}”" for quotation in entry["evidence"]]
        lines.append("")
    lines += ["## Right as they are, though a hasty reader might mark them", ""]
    lines += [f"- not `{entry['rule']}`: “{entry['quote']}” ({entry['why']})" for entry in gold["clean"]]
    return "\n".join(lines) + "\n"


def main() -> None:
    for name, report in sources().items():
        (HERE / f"{name}.docx").write_bytes(write_docx(report, report["layout"]))
        (HERE / f"{name}.md").write_text(what_a_good_reader_finds(name, report), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
