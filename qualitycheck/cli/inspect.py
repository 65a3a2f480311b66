"""`qualitycheck inspect`: what a graded sample says, as tables and charts."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualitycheck import __version__
from qualitycheck.cli.check import progress
from qualitycheck.cli.files import one_input, put
from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.rendering.data import as_json
from qualitycheck.whole_file import write_whole

if TYPE_CHECKING:
    from qualitycheck.inspecting.checked import View
    from qualitycheck.inspecting.faults import Passage
    from qualitycheck.inspecting.grades import Fault, Grades
    from qualitycheck.inspecting.results import Results, Settings
    from qualitycheck.inspecting.tables import Titles
    from qualitycheck.sampling.manifest import Manifest, Report


def run(options: Namespace) -> int:
    """0 when the grades could be tabulated, whatever they say."""
    from qualitycheck.inspecting import exporting, faults, grades
    from qualitycheck.inspecting.results import results_of
    from qualitycheck.inspecting.tables import Titles
    from qualitycheck.rulebook.packs import load_rulebook
    from qualitycheck.sampling import manifest as manifests

    _refuse(options)
    settings = _settings(options)
    manifest = manifests.read(options.manifest)
    given = grades.read(options.grades)
    confirmed = faults.read_confirmed(options.confirmed) if options.confirmed else {}
    passages = _passages(given, manifest, options)
    views = _views(options, manifest, given)
    results = results_of(manifest, given, settings, views, faults.printable(passages, confirmed))
    titles = Titles.of_catalogue(load_rulebook().criteria)
    if options.to_confirm:
        write_whole(faults.as_csv(passages, confirmed), options.to_confirm)
    if options.charts:
        _charts(results, titles, options.charts)
    if options.format == "json":
        data = as_json(exporting.as_data(results, manifest, given, __version__, titles))
    else:
        data = exporting.rendered(results, titles, options.format)
    if options.output:
        write_whole(data, options.output)
    else:
        put(data)
    return 0


def _refuse(options: Namespace) -> None:
    """Raises BadSetting, before the work, for options that do not go together."""
    if options.output and options.output.is_dir():
        raise BadSetting(f"{options.output} is a folder: give --output the name of a file")
    if options.format in ("xlsx", "docx") and options.output is None and sys.stdout.isatty():
        raise BadSetting("say with --output where the file goes")
    if (options.to_confirm or options.confirmed) and not options.reports:
        raise BadSetting("passages are read in the reports: say with --reports in which folder they lie")
    if options.frame and not options.checked:
        raise BadSetting("--frame goes with --checked")
    if options.smallest < 1:
        raise BadSetting("--smallest is 1 or more")


def _settings(options: Namespace) -> Settings:
    from qualitycheck.inspecting.results import Settings
    from qualitycheck.inspecting.scales import scale_of
    from qualitycheck.inspecting.words import WORDS

    overall = scale_of(options.scale)
    return Settings(
        overall=overall,
        criteria=scale_of(options.criteria_scale) if options.criteria_scale else overall,
        words=WORDS[options.words],
        smallest=options.smallest,
        finite=not options.endless_frame,
    )


def _charts(results: Results, titles: Titles, folder: Path) -> None:
    from qualitycheck.inspecting.charts import chart

    for number, criterion in enumerate(results.criteria, start=1):
        name = "".join(c if c.isalnum() else "-" for c in criterion.id.lower())[:60]
        write_whole(chart(criterion, titles), folder / f"{number:02}-{name}.svg", below=folder)


def _passages(given: Grades, manifest: Manifest, options: Namespace) -> list[Passage]:
    """Every passage given as an example, without the names of its report; none where the reports are not given."""
    if not options.reports:
        return []
    by_report: dict[str, list[Fault]] = {}
    for fault in given.faults:
        if fault.passage.strip():
            by_report.setdefault(fault.report, []).append(fault)
    try:
        return [
            passage
            for report in manifest.sample
            if report.id in by_report
            for passage in _of_report(report, by_report[report.id], options.reports)
        ]
    finally:
        progress("")


def _of_report(report: Report, faults: Sequence[Fault], folder: Path) -> Iterable[Passage]:
    from qualitycheck import read_docx
    from qualitycheck.inspecting.faults import passage_of
    from qualitycheck.limits import Limits
    from qualitycheck.understanding import understand

    progress(f"reading {report.id}")
    place = folder / (report.path or report.id)
    limits = Limits()
    try:
        case = understand(read_docx(one_input(str(place)).read(limits.file_bytes), limits=limits))
    except UnreadableReport as refusal:
        raise BadSetting(f"{report.id[:60]} {refusal.message}") from None
    return [passage_of(fault, case) for fault in faults]


def _views(options: Namespace, manifest: Manifest, given: Grades) -> Mapping[str, View] | None:
    """The checker's view of every report of the frame; None where no results were given."""
    if not options.checked:
        return None
    from qualitycheck.inspecting.checked import read_results, reports_in, views_of
    from qualitycheck.sampling.drawing import strata_of
    from qualitycheck.sampling.frame import frame_of
    from qualitycheck.sampling.listed import read_list

    results = read_results(options.checked)
    by = manifest.settings.by
    if options.frame is None and set(by) - {"type"}:
        raise BadSetting(
            "the sample is stratified by more than type: give the list that it was drawn from with --frame"
        )
    listed = read_list(options.frame) if options.frame else reports_in(results)
    return views_of(manifest, results, given.criteria, strata_of(frame_of(listed), by))
