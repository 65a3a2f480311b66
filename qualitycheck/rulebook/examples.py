"""The examples of rules are their tests: run them, and say in a sentence what came out otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualitycheck.document import Document
from qualitycheck.errors import BadRulePack
from qualitycheck.miniature import report
from qualitycheck.result import Status
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook
from qualitycheck.rulebook.schema import AnyRule, ElementRule, FlagExample, PassExample
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType

_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_USUAL_FRONT = ("| Mother | Dana Hart |", "| Father | Lee Cole |", "| Date of report | 3 June 2025 |")
_USUAL_HEADING = "# About the family"
_USUAL_CHILD = ("Mia Hart, born 2 March 2017",)


class Failure(NamedTuple):
    rule: str
    example: str
    reason: str


def run(rule: AnyRule, rulebook: Rulebook) -> Iterator[Failure]:
    """What comes out otherwise than the rule's examples say; raises BadRulePack for a malformed example."""
    for given in rule.examples.flag:
        example = FlagExample(text=given) if isinstance(given, str) else given
        marked = _marked(rule, example.text)
        if reason := _compare(rule, example, example.status, marked, rulebook):
            yield Failure(rule.id, example.text, reason)
    for passing in rule.examples.pass_:
        if "[[" in passing.text:
            raise BadRulePack(f"{rule.id}.yaml, examples.pass: an example that passes has nothing to mark")
        if reason := _compare(rule, passing, passing.status or Status.MET, [], rulebook):
            yield Failure(rule.id, passing.text, reason)


def build(rule: AnyRule, example: FlagExample | PassExample) -> Document:
    """The example as a small report: its lines behind a usual front sheet, unless `children` is empty."""
    children = _USUAL_CHILD if example.children is None else tuple(example.children)
    front: Sequence[str] = _USUAL_FRONT if children else ()
    lines = [line for line in _MARKED.sub(r"\1", example.text).splitlines() if line.strip()]
    if front and not lines[0].startswith("#"):
        lines.insert(0, _USUAL_HEADING)  # so that what follows does not read as a part of the front sheet
    return report(*(f"| Child | {child} |" for child in children), *front, *lines)


def _bench(rule: AnyRule, example: FlagExample | PassExample, rulebook: Rulebook) -> Bench:
    type_ = example.type or (ReportType.SECTION7 if ReportType.SECTION7 in rule.report_types else ReportType.SECTION31)
    return Bench(understand(build(rule, example), type=type_), rulebook)


def _marked(rule: AnyRule, text: str) -> list[str]:
    marked = _MARKED.findall(text)
    if text.count("[[") != len(marked) or text.count("]]") != len(marked):
        raise BadRulePack(f"{rule.id}.yaml, examples.flag: [[ and ]] do not pair")
    if isinstance(rule, ElementRule) == bool(marked):
        wanted = "a status and no marks" if isinstance(rule, ElementRule) else "the exact words marked with [[ ]]"
        raise BadRulePack(f"{rule.id}.yaml, examples.flag: an example needs {wanted}")
    return marked


def _compare(
    rule: AnyRule,
    example: FlagExample | PassExample,
    status: Status | None,
    marked: list[str],
    rulebook: Rulebook,
) -> str | None:
    if isinstance(rule, ElementRule):
        return _expect_status(rule, example, status, rulebook)
    return _expect_flags(rule, example, marked, rulebook)


def _expect_status(
    rule: ElementRule, example: FlagExample | PassExample, wanted: Status | None, rulebook: Rulebook
) -> str | None:
    if wanted is None:
        raise BadRulePack(f"{rule.id}.yaml, examples.flag: an example needs the status it must come out as")
    found = _bench(rule, example, rulebook).judge(rule).status
    return None if found is wanted else f"expected {wanted}, found {found}"


def _expect_flags(
    rule: AnyRule, example: FlagExample | PassExample, wanted: list[str], rulebook: Rulebook
) -> str | None:
    bench = _bench(rule, example, rulebook)
    paragraphs = bench.case.document.paragraphs
    found = [paragraphs[flag.place.paragraph].text[flag.place.start : flag.place.end] for flag in bench.flags(rule)]
    return None if found == wanted else f"expected {wanted or 'no flag'}, found {found or 'no flag'}"
