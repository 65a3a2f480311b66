"""`qualitycheck compare`: what the next draft fixed, what is still there, what is new."""

from __future__ import annotations

import sys
from argparse import Namespace

from qualitycheck.checking import Checked, Checker
from qualitycheck.cli.check import check_one
from qualitycheck.cli.files import one_input
from qualitycheck.cli.formats import as_json
from qualitycheck.comparison import compare
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import UserError
from qualitycheck.rendering.text import render_comparison


def run(options: Namespace) -> int:
    """0 when nothing is still there and nothing is new, else 1."""
    checker = Checker(options.type, load_configuration(options.config))
    old, new = (_readable(check_one(checker, one_input(path))) for path in (options.old, options.new))
    comparison = compare(old.result, new.result)
    if options.format == "json":
        sys.stdout.buffer.write(as_json(comparison.as_dict()))
    else:
        print(render_comparison(comparison, checker.rulebook.criteria), end="")
    left = (comparison.still_there, comparison.new, comparison.elements_still_there, comparison.elements_new)
    return int(any(left))


def _readable(checked: Checked) -> Checked:
    if checked.result.error:
        raise UserError(checked.result.error.message)
    return checked
