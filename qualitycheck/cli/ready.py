"""`qualitycheck ready`: the last look before filing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.check import check_one
from qualitycheck.cli.files import one_input, write
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import UserError
from qualitycheck.result import Level


def run(options: Namespace) -> int:
    """0 when nothing stands in the way of filing, else 1."""
    from qualitycheck import writing

    source = one_input(options.path)
    checker = Checker(options.type, load_configuration(options.config))
    checked = check_one(checker, source)
    if checked.result.error:
        raise UserError(checked.result.error.message)
    left = list(_left(checked, checker))
    for line in left:
        print(f"! {line}")
    print(
        "Nothing stands in the way that this program can see." if not left else f"{len(left)} to look at before filing."
    )
    if options.write:
        copy = writing.filing_copy(checked.data)
        remaining = writing.leftovers(copy)
        if remaining:
            raise UserError(f"no clean copy was written, since it would still hold: {', '.join(remaining)}")
        write(copy, options.write, [source])
        print(
            f"{options.write} is the copy for filing."
        )
    return int(bool(left))


def _left(checked: Checked, checker: Checker) -> Iterator[str]:
    """What is left to do, a line each."""
    from qualitycheck import writing

    assert checked.document is not None
    criteria = checker.rulebook.criteria
    for element in checked.result.elements:
        if element.level is Level.MUST_FIX:
            yield f"must fix: {criteria[element.id].title} ({element.status})"
    for finding in checked.result.findings:
        if finding.level is Level.MUST_FIX:
            place = f"paragraph {finding.passage.label}" if finding.passage.label else finding.passage.section
            yield f"must fix: {criteria[finding.id].title}, {place}"
    yield from writing.readiness(checked.document, checked.data).lines()
