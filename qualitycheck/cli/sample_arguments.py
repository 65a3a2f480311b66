"""The options of `qualitycheck sample`, and how its numbers, shares and dates are written."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualitycheck.cli.arguments import Commands

STRATIFIERS = ("type", "area", "team", "month")  # in what a sample may be stratified


def add(commands: Commands) -> None:
    """The command and all its actions."""
    sample = commands.add_parser("sample", help="draw reports to inspect, and say who reads which")
    actions = sample.add_subparsers(dest="action", required=True, metavar="ACTION")
    draw = actions.add_parser("draw", help="draw a sample that anybody can draw again")
    _frame_options(draw)
    draw.add_argument("--output", type=Path, required=True, metavar="MANIFEST", help="where to write the sample")
    size = "how many in all, or NAME=N for each stratum"
    draw.add_argument("--size", type=_number_of, action="append", required=True, metavar="N", help=size)
    by = "draw in each type, area, team or month; may be given again"
    draw.add_argument("--by", choices=STRATIFIERS, action="append", default=[], help=by)
    draw.add_argument("--at-least-one", action="store_true", help="of each stratum, however small")
    draw.add_argument("--reserves", type=_count, default=10, metavar="N", help="substitutes in waiting, a stratum: 10")
    draw.add_argument("--seed", help="agreed on before the frame is known; without it, one by chance")
    draw.add_argument("--with-authors", action="store_true", help="carry along who wrote and who managed a report")
    verify = actions.add_parser("verify", help="draw again, and say whether it is the same; status 1 if it is not")
    _manifest(verify)
    _frame_options(verify)
    _people(verify)
    shown = actions.add_parser("list", help="what is in the sample now, or what one reader reads")
    _manifest(shown)
    shown.add_argument("--reader", metavar="NAME", help="this reader's list, which does not say what is read twice")
    substitute = actions.add_parser("substitute", help="take a report out; the next of its stratum stands in for it")
    _manifest(substitute)
    substitute.add_argument("id", metavar="ID", help="of the report, as `qualitycheck sample list` prints it")
    substitute.add_argument("--because", choices=("missing", "refused", "not-eligible", "other"), required=True)
    substitute.add_argument("--reason", required=True, help="in a few words; it is kept in the manifest")
    substitute.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="when it was known: today unless told")
    substitute.add_argument("--no-substitute", action="store_true", help="nothing takes its place")
    _people(substitute)
    _columns(substitute)
    allot = actions.add_parser("allot", help="say who reads which report, and which are read twice")
    _manifest(allot)
    allot.add_argument("--reader", action="append", required=True, metavar="NAME", help="once for each reader")
    allot.add_argument(
        "--twice", type=_share_or_count, default=0, metavar="N", help="how many, or a share such as 20%%"
    )
    _people(allot)
    _columns(allot)
    _plan(actions.add_parser("plan", help="how many reports to read, and how many twice, for a wanted interval"))
    for action in (draw, verify, shown, substitute, allot):
        action.add_argument("--format", choices=("text", "json"), default="text")


def _plan(plan: argparse.ArgumentParser) -> None:
    plan.add_argument(
        "--half-width", type=_share, metavar="SHARE", help="wanted to either side of a share, such as 10%%"
    )
    plan.add_argument("--share", type=_share, help="that is expected; without it, the worst: one half")
    frame = "reports in the frame, in all or NAME=N for each stratum; without it, endless"
    plan.add_argument("--frame", type=_number_of, action="append", default=[], metavar="N", help=frame)
    plan.add_argument("--confidence", type=_share, default=0.95, metavar="SHARE", help="0.95 unless told")
    twice = "wanted to either side of the agreement beyond chance, such as 0.15"
    plan.add_argument("--agreement-half-width", type=_share, metavar="WIDTH", help=twice)
    plan.add_argument("--agreement", type=_share, metavar="KAPPA", help="that is expected; without it, the worst")
    plan.add_argument("--grades", type=_grades, default=4, metavar="N", help="on the scale, all as frequent: 4")
    plan.add_argument("--shares", type=_shares, metavar="A,B,...", help="of the grades, in order of the scale")
    plan.add_argument("--weights", choices=("none", "linear", "quadratic"), default="quadratic")
    plan.add_argument("--format", choices=("text", "json"), default="text")


def _manifest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("manifest", type=Path, metavar="MANIFEST", help="what `qualitycheck sample draw` wrote")


def _frame_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("frame", type=Path, metavar="FRAME", help="a folder of reports, or a list of them in a .csv")
    _columns(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="limits other than in ./qualitycheck.toml")


def _columns(parser: argparse.ArgumentParser) -> None:
    of = "which column of the list is its id, path, type, area, team, month, author or manager"
    parser.add_argument("--column", type=_column, action="append", default=[], metavar="FIELD=NAME", help=of)


def _people(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=Path, metavar="LIST", help="a .csv of who wrote and managed which report")


def _column(told: str) -> tuple[str, str]:
    field, is_, name = told.partition("=")
    if not is_ or not name:
        raise argparse.ArgumentTypeError("write the field and the column's name, as in id=Reference")
    return field, name


def _number_of(told: str) -> tuple[str, int]:
    """A stratum and a number; the whole is called ""."""
    name, _, number = told.rpartition("=")
    return name, _count(number)


def _count(told: str) -> int:
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        raise argparse.ArgumentTypeError("give a whole number, 0 or more")
    return int(told)


def _grades(told: str) -> int:
    if not 2 <= _count(told) <= 10:
        raise argparse.ArgumentTypeError("a scale has 2 to 10 grades")
    return int(told)


def _share(told: str) -> float:
    """0.1 or 10%."""
    try:
        number = float(told.removesuffix("%"))
    except ValueError:
        number = -1.0
    share = number / 100 if told.endswith("%") else number
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("give a share from 0 to 1, or with a percent sign, such as 0.1 or 10%")
    return share


def _share_or_count(told: str) -> float | int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else _share(told)


def _shares(told: str) -> list[float]:
    return [_share(part.strip()) for part in told.split(",")]


def _date(told: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(told)
    except ValueError:
        raise argparse.ArgumentTypeError("write the date as 2026-11-21") from None
