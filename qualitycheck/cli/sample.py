"""`qualitycheck sample`: draw reports from a frame, verify a draw, substitute, allot, and plan how many it takes."""

from __future__ import annotations

import datetime
import secrets
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualitycheck.cli.check import progress
from qualitycheck.cli.files import inputs, put
from qualitycheck.errors import BadSetting
from qualitycheck.rendering.data import as_json

if TYPE_CHECKING:
    from qualitycheck.sampling.allotting import KeptApart
    from qualitycheck.sampling.frame import Frame
    from qualitycheck.sampling.manifest import Manifest, Report

_DIFFERENT = 1


def run(options: Namespace) -> int:
    """1 where a draw that is verified is another one; 0 for everything else that could be done."""
    return _ACTIONS[options.action](options)


def _draw(options: Namespace) -> int:
    from qualitycheck.sampling import manifest as manifests
    from qualitycheck.sampling.drawing import draw
    from qualitycheck.sampling.telling import told_of_draw

    if options.output.exists():
        raise BadSetting(f"{options.output.name} is there already, and a sample is drawn once: give another name")
    size, sizes = _sizes(options.size)
    by = tuple(dict.fromkeys(options.by)) or (("type",) if sizes is not None else ())
    settings = manifests.Settings(by, size, sizes, options.at_least_one, options.reserves, options.with_authors)
    drawn = draw(_frame(options), settings, options.seed or secrets.token_hex(8), datetime.date.today())
    manifests.write(drawn, options.output)
    _show(options, told_of_draw(drawn), manifests.as_data(drawn))
    return 0


def _verify(options: Namespace) -> int:
    from qualitycheck.sampling import manifest as manifests
    from qualitycheck.sampling.telling import told_of_verification, verification_as_data
    from qualitycheck.sampling.verifying import verify

    manifest = manifests.read(options.manifest)
    verification = verify(manifest, _frame(options), _apart(options, manifest))
    _show(options, told_of_verification(verification), verification_as_data(verification))
    return 0 if verification.same else _DIFFERENT


def _list(options: Namespace) -> int:
    from qualitycheck.sampling import manifest as manifests
    from qualitycheck.sampling.allotting import reading_list
    from qualitycheck.sampling.telling import told_of_reports, told_of_sample

    manifest = manifests.read(options.manifest)
    reports = reading_list(manifest, options.reader) if options.reader else manifest.sample
    told = told_of_reports(reports) if options.reader else told_of_sample(reports, manifest)
    _show(options, told, {"schema": "qualitycheck/sample-list/1", "reports": manifests.reports_as_data(reports)})
    return 0


def _substitute(options: Namespace) -> int:
    from qualitycheck.sampling import manifest as manifests
    from qualitycheck.sampling.changing import take_out
    from qualitycheck.sampling.telling import told_of_change

    manifest = manifests.read(options.manifest)
    changed = take_out(
        manifest,
        options.id,
        options.because,
        options.reason,
        options.date or datetime.date.today(),
        substitute=not options.no_substitute,
        apart=_apart(options, manifest),
    )
    manifests.write(changed, options.manifest)
    _show(options, [told_of_change(changed.changes[-1])], manifests.as_data(changed))
    return 0


def _allot(options: Namespace) -> int:
    import math

    from qualitycheck.sampling import manifest as manifests
    from qualitycheck.sampling.allotting import allot
    from qualitycheck.sampling.telling import doubts, told_of_allotment

    manifest = manifests.read(options.manifest)
    apart = _apart(options, manifest)
    wanted: int | float = options.twice
    twice = wanted if isinstance(wanted, int) else math.ceil(round(wanted * len(manifest.sample), 9))
    allotted = allot(manifest, options.reader, twice, apart, datetime.date.today())
    manifests.write(allotted, options.manifest)
    assert allotted.allotment
    _show(
        options,
        [*told_of_allotment(allotted.allotment), *doubts(allotted, apart)],
        manifests.as_data(allotted),
    )
    return 0


def _plan(options: Namespace) -> int:
    from qualitycheck.sampling.plans import plan

    made = plan(
        options.half_width,
        options.agreement_half_width,
        confidence=options.confidence,
        share=options.share,
        frame=_frame_sizes(options.frame),
        grades=options.shares or [1 / options.grades] * options.grades,
        agreement=options.agreement,
        weights=options.weights,
    )
    _show(options, made.told(), made.as_data())
    return 0


_ACTIONS = {
    "draw": _draw,
    "verify": _verify,
    "list": _list,
    "substitute": _substitute,
    "allot": _allot,
    "plan": _plan,
}


def _frame(options: Namespace) -> Frame:
    """The frame that is a folder of reports, or a list of them."""
    from qualitycheck.configuration import load_configuration
    from qualitycheck.sampling.files import frame_of_files
    from qualitycheck.sampling.frame import BadFrame
    from qualitycheck.sampling.manifest import Report

    limits = load_configuration(options.config).limits
    place: Path = options.frame
    try:
        if place.is_dir():
            found = [one for one in inputs([str(place)]) if one.path and one.path != place]
            if not found:
                raise BadFrame(f"{place.name} holds no reports: give a folder of .docx files, or a CSV list")
            paths = [(one.name, one.path.relative_to(place).as_posix()) for one in found if one.path]
            return frame_of_files(
                (Report(id=name, path=path) for name, path in paths), place, limits=limits, tell=_tell
            )
        return frame_of_files(_rows(place, options), place.parent, limits=limits, tell=_tell)
    finally:
        progress("")


def _tell(id_: str) -> None:
    progress(f"reading {id_}")


def _rows(path: Path, options: Namespace) -> list[Report]:
    from qualitycheck.sampling.listed import read_list

    return read_list(path, dict(options.column))


def _listed(options: Namespace) -> list[Report] | None:
    return _rows(options.people, options) if options.people else None


def _apart(options: Namespace, manifest: Manifest) -> KeptApart:
    """Who wrote what, by the list that is given, or by the manifest."""
    from qualitycheck.sampling.allotting import kept_apart

    return kept_apart(manifest, _listed(options))


def _sizes(given: list[tuple[str, int]]) -> tuple[int | None, dict[str, int] | None]:
    """A size of the whole, or sizes by stratum; raises BadSetting for both, or one stratum twice."""
    named = _once("--size", [one for one in given if one[0]])
    whole = [size for name, size in given if not name]
    if (named and whole) or len(whole) > 1:
        raise BadSetting("give --size once for the whole, or once for each stratum, as in --size section7=33")
    if whole == [0]:
        raise BadSetting("a sample has at least one report: give --size a larger number")
    return (whole[0], None) if whole else (None, named)


def _frame_sizes(given: list[tuple[str, int]]) -> dict[str, int | None]:
    """How many reports there are by stratum; "" is the whole, and None endless."""
    return dict(_once("--frame", given)) or {"": None}


def _once(option: str, given: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, number in given:
        if name in found:
            raise BadSetting(f"{option} is given twice for {name or 'the whole'}: give it once")
        found[name] = number
    return found


def _show(options: Namespace, lines: Iterable[str], data: dict[str, Any]) -> None:
    put(as_json(data) if options.format == "json" else ("\n".join(lines) + "\n").encode())
