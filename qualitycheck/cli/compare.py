"""`qualitycheck compare`: what the next draft fixed, what is still there, what is new."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.check import check_all, status
from qualitycheck.cli.files import one_input, put
from qualitycheck.comparison import compare
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import UserError
from qualitycheck.rendering.data import as_json
from qualitycheck.rendering.text import render_comparison
from qualitycheck.result import Level


def run(options: Namespace) -> int:
    """The exit status is the new draft's: what is fixed is no reason to look again."""
    checker = Checker(options.type, load_configuration(options.config))
    old, new = map(_judged, check_all(checker, [one_input(options.old), one_input(options.new)]))
    comparison = compare(old.result, new.result)
    if options.format == "json":
        put(as_json(comparison.as_dict()))
    else:
        put(render_comparison(comparison, checker.rulebook.criteria).encode())
    return status(new.result, Level(options.fail_on))


def _judged(checked: Checked) -> Checked:
    if checked.result.error:
        raise UserError(checked.result.error.message)
    if checked.result.type == "other":
        raise UserError(f"{checked.result.file} is not a report that is judged, so there is nothing to compare")
    return checked
