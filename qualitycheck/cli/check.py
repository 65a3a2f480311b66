"""`qualitycheck check`: reports in, results out."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualitycheck.aside import SetAside
from qualitycheck.checking import Checked, Checker, unreadable
from qualitycheck.cli import formats
from qualitycheck.cli.files import Input, inputs, places, put, refuse_to_write_over
from qualitycheck.configuration import Configuration, load_configuration
from qualitycheck.errors import BadSetting, QualityCheckError, UnreadableReport
from qualitycheck.judging.judge import Boldness
from qualitycheck.result import Level, ReportResult
from qualitycheck.whole_file import write_whole


def run(options: Namespace) -> int:
    sources = list(inputs(options.paths, but_not_in=options.output))
    outputs = _outputs(options, sources)
    refuse_to_write_over(sources, [output for output in outputs if output])
    checker = Checker(options.type, _bold(load_configuration(options.config), options.boldness))
    checked = check_all(checker, sources)
    _say_what_could_not_be_read(checked)
    if options.format in ("html", "docx"):
        for one, output in zip(checked, outputs, strict=True):
            if one.document:
                _deliver(formats.for_one(one, checker, options.format, clean=options.clean), output, options.output)
    else:
        colour = options.output is None and wants_colour()
        _deliver(formats.for_all(checked, checker, options.format, colour=colour), options.output, options.output)
    return max((status(one.result, Level(options.fail_on)) for one in checked), default=0)


def _bold(configuration: Configuration, boldness: Boldness | None) -> Configuration:
    """The configuration with the boldness asked for; raises BadSetting where there are no models to be bold."""
    if boldness is None:
        return configuration
    if not configuration.models.use:
        raise BadSetting("--boldness is for the models, and the configuration says not to use them (`use` in [models])")
    return replace(configuration, models=replace(configuration.models, boldness=boldness))


def check_all(checker: Checker, sources: Sequence[Input]) -> list[Checked]:
    """Every report checked, with a line that is written over where a person is watching."""
    checked = []
    try:
        for number, source in enumerate(sources, start=1):
            progress(f"checking {source.name}" if len(sources) == 1 else f"{number} of {len(sources)}: {source.name}")
            checked.append(_check_one(checker, source))
    finally:
        progress("")
    return checked


def _check_one(checker: Checker, source: Input) -> Checked:
    """One report checked; one that cannot be read has its reason in its result, and never stops the others."""
    data = None
    try:
        data = source.read(checker.limits.file_bytes)
        return checker.check(data, source.name, SetAside.beside(source.folder) if source.path else None)
    except UnreadableReport as refusal:
        return Checked(unreadable(source.name, data, refusal), None, b"")
    except QualityCheckError:
        raise
    except Exception as fault:  # ours; its text may quote the report, so it is not shown
        why = f"made qualitycheck itself fail ({type(fault).__name__}): please report this"
        return Checked(unreadable(source.name, data, UnreadableReport("fault", why)), None, b"")


def status(result: ReportResult, fail_on: Level) -> int:
    """What one report adds to the exit status."""
    if result.not_run or (result.error and result.error.code == "fault"):
        return 3
    if result.error:
        return 2
    levels = [element.level for element in result.elements if element.level]
    levels += [finding.level for finding in result.findings]
    return int(any(level.rank <= fail_on.rank for level in levels))


def wants_colour() -> bool:
    """A terminal that shows colours, and a person who did not turn them off (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def progress(shown: str) -> None:
    """One line on the terminal that the next is written over; "" ends it."""
    if sys.stderr.isatty():
        print(f"\r{shown[:78]:<78}\r", end="", file=sys.stderr, flush=True)


def _outputs(options: Namespace, sources: Sequence[Input]) -> list[Path | None]:
    """Where the result of each report goes; raises BadSetting, before the work, for options that do not go together."""
    if options.clean and options.format != "docx":
        raise BadSetting("--clean goes with --format docx")
    into: Path | None = options.output
    if options.format not in ("html", "docx"):
        if into and into.is_dir():
            raise BadSetting(f"{into} is a folder: give --output the name of a file, such as {into / 'results'}")
        return [into] * len(sources)
    several = len(sources) > 1 or any(Path(path).is_dir() for path in options.paths)
    if into is None:
        if several:
            raise BadSetting("say with --output into which folder the results go")
        if options.format == "docx" and sys.stdout.isatty():
            raise BadSetting("say with --output where the copy goes")
        return [None]
    if several and into.exists() and not into.is_dir():
        raise BadSetting(f"{into} is not a folder: there are several results to write")
    if several or into.is_dir():
        return list(places([source.name for source in sources], into, f".{options.format}"))
    return [into]


def _deliver(data: bytes, place: Path | None, into: Path | None) -> None:
    """Print it, or write it to its place: the file asked for, or one in the folder asked for."""
    if place is None:
        put(data)
    else:
        write_whole(data, place, below=into if place != into else None)


def _say_what_could_not_be_read(checked: Sequence[Checked]) -> None:
    for one in checked:
        if one.result.error:
            print(f"qualitycheck: {one.result.error.message}", file=sys.stderr)
