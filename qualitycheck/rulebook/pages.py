"""Pages and schema made from the rules: `python -m qualitycheck.rulebook.pages` writes them anew.

`docs/criteria/<id>.md` for each criterion, `docs/criteria/README.md` as their list, `rules/schema.json` for editors.
A test keeps them in step with the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.rulebook.schema import RULE, AnyRule, Criterion, FlagExample

_TYPES = {"section7": "section 7 reports", "section31": "section 31 analyses"}


def pages(rulebook: Rulebook) -> dict[str, str]:
    """Path below the project's folder to content, of every generated file."""
    made = {f"docs/criteria/{id_}.md": _page(criterion, rulebook) for id_, criterion in rulebook.criteria.items()}
    made["docs/criteria/README.md"] = _list(rulebook)
    made["rules/schema.json"] = json.dumps(RULE.json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
    return made


def _list(rulebook: Rulebook) -> str:
    lines = ["# The criteria", "", "Made from `rules/criteria/`; do not edit here.", ""]
    for kind, heading in (("element", "What a report must contain"), ("finding", "What may be wrong at a passage")):
        lines += [f"## {heading}", ""]
        lines += [f"- [{c.title}]({c.id}.md) `{c.id}`" for c in rulebook.criteria.values() if c.kind == kind]
        lines.append("")
    return "\n".join(lines)


def _page(criterion: Criterion, rulebook: Rulebook) -> str:
    types = " and ".join(_TYPES[type_] for type_ in criterion.report_types)
    parts = [
        f"# {criterion.title}",
        f"`{criterion.id}`, for {types}. From: {criterion.source}.",
        criterion.purpose,
    ]
    for heading, text in (
        ("Met when", criterion.met_when),
        ("Partial when", criterion.partial_when),
        ("Missing when", criterion.missing_when),
        ("What is wrong", criterion.wrong_when),
        ("What is not a fault", criterion.not_a_fault),
        ("What to do", criterion.what_to_do),
        ("What this flag does not mean", criterion.does_not_mean),
    ):
        if text:
            parts.append(f"## {heading}\n\n{text[0].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}")
    parts.append("## Law and authority\n\n" + "\n".join(f"- {law.source}, {law.at}" for law in criterion.law))
    parts.append("## Examples\n\n" + "\n".join(f"- {example}" for example in criterion.examples))
    rules = [rule for rule in rulebook.rules if rule.criterion == criterion.id]
    parts.append("## Rules\n\n" + "\n\n".join("\n".join(_rule(rule)) for rule in rules))
    return "\n\n".join(parts) + "\n"


def _rule(rule: AnyRule) -> Iterator[str]:
    yield f"### `{rule.id}`: {rule.title}"
    yield ""
    yield rule.why
    if rule.known_wrong_when:
        yield ""
        yield "Known to be wrong when:"
        yield ""
        yield from (f"- {when}" for when in rule.known_wrong_when)
    yield ""
    yield "It flags:"
    yield ""
    for example in rule.examples.flag:
        text, status = (example.text, example.status) if isinstance(example, FlagExample) else (example, None)
        yield _example(text) + (f" ({status})" if status else "")
    yield ""
    yield "It leaves alone:"
    yield ""
    yield from (f"{_example(example.text)} ({example.because})" for example in rule.examples.pass_)


def _example(text: str) -> str:
    lines = (line.strip() for line in text.replace("[[", "**").replace("]]", "**").splitlines())
    return "- " + " / ".join(line for line in lines if line)


def main() -> None:
    for place, content in pages(load_rulebook()).items():
        path = Path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
