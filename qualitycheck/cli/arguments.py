"""The commands and their options. Nothing heavy is imported here: `--help` must come at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from qualitycheck.cli import sample_arguments

FORMATS = ("text", "json", "html", "csv", "docx")
LEVELS = ("must-fix", "should-fix", "consider")
BOLDNESS = ("strict", "balanced", "thorough")
ROLES = ("practitioner", "manager", "inspector", "administrator")  # of people in an office's service
_EXAMPLES = """examples:
  what to fix, on the screen:
    qualitycheck check draft.docx
  the same as comments in a copy:
    qualitycheck check draft.docx --format docx --output read.docx
  a folder of reports in a table:
    qualitycheck check reports/ --format csv --output reports.csv
  the last look before filing:
    qualitycheck ready draft.docx --write clean.docx
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of one command; argparse itself ends the program with status 2 when the usage is wrong."""
    parser = argparse.ArgumentParser(
        prog="qualitycheck",
        description="Says what is missing or not supported in a section 7 report or a guardian's\n"
        "analysis, at the exact passage. It flags; people judge.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _check(commands)
    _text(commands)
    _compare(commands)
    _aside(commands)
    _ready(commands)
    _criteria(commands)
    _rules(commands)
    _evaluate(commands)
    _learn(commands)
    sample_arguments.add(commands)
    _inspect(commands)
    _serve(commands)
    _store(commands)
    _accounts(commands)
    _version(commands)
    return parser.parse_args(argv)


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--type", choices=("auto", "section7", "section31"), default="auto", help="the type of report")
    parser.add_argument("--config", type=Path, metavar="FILE", help="a configuration other than ./qualitycheck.toml")


def _fail_on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        default="should-fix",
        metavar="LEVEL",
        help=f"from which level the exit status is 1: {' or '.join(LEVELS)}",
    )


def _check(commands: Commands) -> None:
    check = commands.add_parser("check", help="check reports")
    check.add_argument("paths", nargs="+", metavar="PATH", help="a .docx, .docm or .dotx, a folder of them, or -")
    check.add_argument("--format", choices=FORMATS, default="text")
    check.add_argument("--output", type=Path, metavar="PATH", help="where to write; a folder for several")
    _fail_on(check)
    check.add_argument(
        "--boldness",
        choices=BOLDNESS,
        help="few flags that are mostly right, or many, of which more are not",
    )
    check.add_argument(
        "--clean", action="store_true", help="with --format docx: a copy without qualitycheck's comments"
    )
    _reading_options(check)


def _text(commands: Commands) -> None:
    text = commands.add_parser("text", help="print what was read, with paragraph numbers")
    text.add_argument("path", metavar="PATH")
    text.add_argument("--format", choices=("text", "json"), default="text")
    text.add_argument("--config", type=Path, metavar="FILE")


def _compare(commands: Commands) -> None:
    compare = commands.add_parser("compare", help="two drafts: what is fixed, still there, new")
    compare.add_argument("old", metavar="OLD")
    compare.add_argument("new", metavar="NEW")
    compare.add_argument("--format", choices=("text", "json"), default="text")
    _fail_on(compare)
    _reading_options(compare)


def _aside(commands: Commands) -> None:
    aside = commands.add_parser("aside", help="set a finding aside, with a reason; it stays aside in the next draft")
    aside.add_argument("path", metavar="PATH", help="the report")
    aside.add_argument("fingerprint", nargs="?", help="of the finding, as `check` prints it; without one: list")
    aside.add_argument("--reason", help="why it is set aside")
    aside.add_argument("--undo", action="store_true", help="take the finding up again")


def _ready(commands: Commands) -> None:
    ready = commands.add_parser("ready", help="the last look before filing")
    ready.add_argument("path", metavar="DRAFT")
    ready.add_argument("--write", type=Path, metavar="CLEAN.docx", help="make a copy for filing")
    _reading_options(ready)


def _criteria(commands: Commands) -> None:
    criteria = commands.add_parser("criteria", help="list the criteria, or explain one")
    criteria.add_argument("id", nargs="?", metavar="ID")
    criteria.add_argument("--format", choices=("text", "json"), default="text")


def _rules(commands: Commands) -> None:
    rules = commands.add_parser("rules", help="work on rules")
    actions = rules.add_subparsers(dest="action", required=True, metavar="ACTION")
    test = actions.add_parser("test", help="run the examples of every rule, or of those named")
    test.add_argument("ids", nargs="*", metavar="RULE")
    test.add_argument("--config", type=Path, metavar="FILE")


def _evaluate(commands: Commands) -> None:
    evaluate = commands.add_parser("evaluate", help="how often the checker is right on reports that you have labelled")
    evaluate.add_argument("folder", type=Path, metavar="FOLDER", help="each report NAME.docx with its labels NAME.json")
    evaluate.add_argument("--format", choices=("text", "json"), default="text")
    _reading_options(evaluate)


def _learn(commands: Commands) -> None:
    learn = commands.add_parser("learn", help="move the models towards your own decisions, if that makes them better")
    learn.add_argument("folder", type=Path, metavar="FOLDER", help="each report NAME.docx with its labels NAME.json")
    learn.add_argument("--into", type=Path, metavar="FOLDER", help="where your own models go: ./qualitycheck-models")
    learn.add_argument("--format", choices=("text", "json"), default="text")
    _reading_options(learn)


def _inspect(commands: Commands) -> None:
    inspect = commands.add_parser("inspect", help="what a graded sample says of all reports: tables and charts")
    inspect.add_argument("manifest", type=Path, metavar="MANIFEST", help="of the sample, from `qualitycheck sample`")
    inspect.add_argument("grades", type=Path, metavar="GRADES", help="the grades that people gave: CSV or JSON")
    inspect.add_argument("--format", choices=("text", "json", "csv", "xlsx", "docx"), default="text")
    inspect.add_argument("--output", type=Path, metavar="PATH", help="the file to write")
    inspect.add_argument("--charts", type=Path, metavar="FOLDER", help="write a chart of each criterion there, as SVG")
    scales = "2008, ofsted, met, or your own grades, best first: a,b,c"
    inspect.add_argument("--scale", default="2008", metavar="SCALE", help=f"of the overall grade: {scales}")
    inspect.add_argument("--criteria-scale", metavar="SCALE", help="of each criterion, where it is another")
    inspect.add_argument("--words", choices=("2008", "later"), default="2008", help="the scale of words for shares")
    inspect.add_argument(
        "--smallest", type=int, default=5, metavar="N", help="strata of fewer reports are not shown: 5 unless told"
    )
    inspect.add_argument("--endless-frame", action="store_true", help="intervals without finite-frame correction")
    inspect.add_argument("--checked", type=Path, metavar="RESULTS.json", help="results of checking the whole frame")
    inspect.add_argument("--frame", type=Path, metavar="LIST.csv", help="with --checked: the list it was drawn from")
    inspect.add_argument("--reports", type=Path, metavar="FOLDER", help="where the reports of example passages lie")
    inspect.add_argument(
        "--to-confirm", type=Path, metavar="FILE.csv", help="write the passages that a person is to confirm"
    )
    inspect.add_argument("--confirmed", type=Path, metavar="FILE.csv", help="that file, filled in")


def _serve(commands: Commands) -> None:
    serve = commands.add_parser("serve", help="the same in a browser, and for other programs")
    serve.add_argument("--port", type=int, help="8765 unless told; 0: any that is free")
    serve.add_argument("--no-browser", action="store_true", help="print the link and do not open it")
    serve.add_argument("--settings", type=Path, metavar="FILE", help="settings other than ./qualitycheck-service.toml")
    serve.add_argument("--config", type=Path, metavar="FILE", help="rules and levels other than ./qualitycheck.toml")


def _accounts(commands: Commands) -> None:
    accounts = commands.add_parser("accounts", help="who may sign in to an office's service")
    settings = "settings other than ./qualitycheck-service.toml"
    accounts.add_argument("--settings", type=Path, metavar="FILE", help=settings)
    actions = accounts.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add somebody, and print a link with which they choose a password")
    add.add_argument("user", metavar="USER", help="the name to sign in with, such as an email address")
    add.add_argument("--name", help="the person's name")
    add.add_argument("--role", choices=ROLES, action="append", required=True, metavar="ROLE", help=", ".join(ROLES))
    add.add_argument("--team", action="append", default=[], metavar="TEAM", help="may be given again, as --role")
    add.add_argument("--new-teams", action="store_true", help="make the teams that are not there yet")
    for action, said in (("invite", "print a new link to choose a password with"), ("disable", "let nobody in by it")):
        actions.add_parser(action, help=said).add_argument("user", metavar="USER")
    actions.add_parser("list", help="everybody, with their roles and teams")


def _store(commands: Commands) -> None:
    store = commands.add_parser("store", help="look after what the service keeps")
    store.add_argument("--settings", type=Path, metavar="FILE", help="settings other than ./qualitycheck-service.toml")
    actions = store.add_subparsers(dest="action", required=True, metavar="ACTION")
    migrate = actions.add_parser("migrate", help="bring the tables up to date; the service does so when it starts")
    migrate.add_argument("--to", default="head", metavar="REVISION", help="another revision than the newest")
    migrate.add_argument("--lose", action="store_true", help="although an older revision has no tables for some rows")
    actions.add_parser("rotate-key", help="a new master key; may be interrupted and run again")
    actions.add_parser("purge", help="delete what was kept for its time; the service does so every day")
    backup = actions.add_parser("backup", help="write the store, sealed as it is, to one .zip")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = actions.add_parser("restore", help="put a backup into an empty store")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="delete what is in the store first")
    restore.add_argument("--without-keys", action="store_true", help="although the keyring opens none of its cases")
    delete = actions.add_parser("delete-case", help="delete a case, in the backups too: its key is destroyed")
    delete.add_argument("id", metavar="ID")
    actions.add_parser("verify-audit", help="see whether the audit log is whole and unchanged; status 1 if it is not")
    actions.add_parser("status", help="what lies where, and how much of it")


def _version(commands: Commands) -> None:
    version = commands.add_parser("version", help="print the versions of the program, its rules and its models")
    version.add_argument("--config", type=Path, metavar="FILE", help="a configuration other than ./qualitycheck.toml")
