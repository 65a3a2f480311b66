"""`qualitycheck check`: reports in, results out."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from qualitycheck.aside import SetAside
from qualitycheck.checking import Checked, Checker, unreadable
from qualitycheck.cli import formats
from qualitycheck.cli.files import Input, inputs, write
from qualitycheck.configuration import load_configuration
from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.result import Level, ReportResult


def run(options: Namespace) -> int:
    sources = list(inputs(options.paths))
    _refuse_bad_output(options, sources)
    checker = Checker(options.type, load_configuration(options.config))
    checked = []
    for number, source in enumerate(sources, start=1):
        _progress(source.name, number, len(sources))
        checked.append(check_one(checker, source))
    _progress("", 0, 0)
    _deliver(options, checker, checked, sources)
    return max((_status(one.result, Level(options.fail_on)) for one in checked), default=0)


def check_one(checker: Checker, source: Input) -> Checked:
    """One report checked; one that cannot be opened has its reason in its result, and never stops the others."""
    try:
        data = source.read()
    except UnreadableReport as refusal:
        return Checked(unreadable(source.name, b"", refusal), None, b"")
    return checker.check(data, source.name, SetAside.beside(source.folder) if source.path else None)


def _refuse_bad_output(options: Namespace, sources: list[Input]) -> None:
    """Say what is wrong with the options before the work, not after it."""
    if options.clean and options.format != "docx":
        raise BadSetting("--clean goes with --format docx")
    if options.format == "docx" and options.output is None and (len(sources) > 1 or sys.stdout.isatty()):
        raise BadSetting("say where the annotated copy goes with --output")
    if options.format == "html" and options.output is None and len(sources) > 1:
        raise BadSetting("say with --output into which folder the pages go")


def _deliver(options: Namespace, checker: Checker, checked: list[Checked], sources: list[Input]) -> None:
    """Write one file for all reports, or one a report where the format asks for it, or print."""
    for one in checked:
        if one.result.error:
            print(f"qualitycheck: {one.result.error.message}", file=sys.stderr)
    if options.format in ("html", "docx"):
        readable = [one for one in checked if one.document]
        for one in readable:
            data = formats.for_one(one, checker, options.format, clean=options.clean)
            _put(data, _place(options, one, several=len(checked) > 1), sources)
        return
    colour = options.output is None and sys.stdout.isatty()
    _put(formats.for_all(checked, checker, options.format, colour=colour), options.output, sources)


def _place(options: Namespace, one: Checked, *, several: bool) -> Path | None:
    if options.output is None or not (several or options.output.is_dir()):
        return options.output  # type: ignore[no-any-return]
    name = Path(one.result.file)
    return Path(
        options.output, name if options.format == "docx" and name.suffix else name.with_suffix(f".{options.format}")
    )


def _put(data: bytes, place: Path | None, sources: list[Input]) -> None:
    if place is not None:
        write(data, place, sources)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def _status(result: ReportResult, fail_on: Level) -> int:
    if result.not_run:
        return 3
    if result.error:
        return 2
    levels = [element.level for element in result.elements if element.level]
    levels += [finding.level for finding in result.findings]
    return int(any(level.rank <= fail_on.rank for level in levels))


def _progress(name: str, number: int, total: int) -> None:
    """A line that is written over, where a person is watching and there is more than one report."""
    if sys.stderr.isatty() and total != 1:
        shown = f"checking {number} of {total}: {name}" if total else ""
        print(f"\r{shown[:78]:<78}\r", end="", file=sys.stderr, flush=True)
