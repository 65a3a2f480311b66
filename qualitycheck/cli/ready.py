"""`qualitycheck ready`: the last look before filing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from textwrap import fill

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.check import check_all
from qualitycheck.cli.files import one_input, put, refuse_to_write_over
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import UserError
from qualitycheck.priorities import place_of
from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.text import WIDTH
from qualitycheck.rendering.wording import STATUSES
from qualitycheck.result import Level
from qualitycheck.whole_file import write_whole
from qualitycheck.word_files import SUFFIXES


def run(options: Namespace) -> int:
    """0 when nothing stands in the way of filing, else 1."""
    source = one_input(options.path)
    if options.write:
        refuse_to_write_over([source], [options.write])
        if options.write.exists():
            raise UserError(f"{options.write.name} is there already: give the clean copy another name")
        if options.write.suffix.lower() not in SUFFIXES:
            raise UserError(f"{options.write.name} is no name for a Word file: end it with {' or '.join(SUFFIXES)}")
    checker = Checker(options.type, load_configuration(options.config))
    checked = check_all(checker, [source])[0]
    if checked.result.error:
        raise UserError(checked.result.error.message)
    left = list(_left(checked, checker))
    told = [fill(f"! {plain(line)}", WIDTH, subsequent_indent="  ") for line in left]
    told.append(
        f"{len(left)} to look at before filing." if left else "Nothing stands in the way that this program can see."
    )
    if options.write:
        write_whole(_copy_for_filing(checked), options.write)
        still = ", with what stands above still in it" if left else ""
        told.append(
            fill(
                f"{options.write} is a clean copy{still}: tracked changes accepted; comments, hidden text and names of "
                "people in the file's properties taken out.",
                WIDTH,
            )
        )
    put("".join(f"{line}\n" for line in told).encode(errors="replace"))
    return 3 if checked.result.not_run else int(bool(left))


def _copy_for_filing(checked: Checked) -> bytes:
    from qualitycheck import writing

    copy = writing.filing_copy(checked.data)
    remaining = writing.leftovers(copy)
    if remaining:
        raise UserError(f"no clean copy was written, since it would still hold: {', '.join(remaining)}")
    return copy


def _left(checked: Checked, checker: Checker) -> Iterator[str]:
    """What is left to do, a line each."""
    from qualitycheck import writing

    assert checked.document is not None
    criteria = checker.rulebook.criteria
    if checked.result.type == "other":
        yield f"nothing was judged: {checked.result.type_reason}"
    for rule in checked.result.not_run:
        yield f"not run: {rule.rule}: {rule.reason}"
    for element in checked.result.elements:
        if element.level is Level.MUST_FIX:
            yield f"must fix: {criteria[element.id].title} ({STATUSES[element.status]})"
    for finding in checked.result.findings:
        if finding.level is Level.MUST_FIX:
            place = place_of(finding.passage) or "at the top"
            yield f"must fix: {criteria[finding.id].title}, {place}: {finding.message}"
    yield from writing.readiness(checked.document, checked.data).lines()
