"""The arguments: one grammar for all commands, with the environment behind it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pos import __version__
from pos.cli import commands, learning
from pos.cli.learning import Learning
from pos.cli.offers import Choice, add_offers, choice
from pos.cli.practice_options import Rehearsal, add_practice, rehearsal_of
from pos.cli.report import Wish, add_report, wish
from pos.domain.text import LANGUAGES, is_safe
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

LONGEST_NAME = 20


class Usage(Exception):
    """A command line that is not of the grammar; its text is one line in the user's language."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for. `file` is the menu file of a menu command; None exports to the output."""

    run: Callable[[Arguments], int]
    language: str
    database: Path
    till: str
    cashier: str
    printer: str
    plain: bool = False
    file: Path | None = None
    learning: Learning = field(default_factory=Learning)
    report: Wish = field(default_factory=Wish)
    offers: Choice = field(default_factory=Choice)
    rehearsal: Rehearsal = field(default_factory=Rehearsal)


def parse(given: Sequence[str], environment: Mapping[str, str]) -> Arguments:
    """Read a command line. Raises `Usage`; `--help` and `--version` print and leave, as everywhere."""
    language = _language(given, environment)
    words = wording(language)
    found = _parser(words).parse_args(list(given))
    till = found.till or environment.get("POS_TILL") or "1"
    cashier = found.cashier or environment.get("POS_CASHIER") or ""
    for name in (till, cashier):
        if len(name) > LONGEST_NAME or not is_safe(name) or (name != "" and not name.strip()):
            raise Usage(words.text("usage-name", name=name[:LONGEST_NAME], most=LONGEST_NAME))
    return Arguments(
        run=found.run,
        language=language,
        database=Path(found.db or environment.get("POS_DB") or _default_database()),
        till=till,
        cashier=cashier,
        printer=found.printer or environment.get("POS_PRINTER") or "",
        plain=found.plain,
        file=Path(found.file) if getattr(found, "file", None) else None,
        learning=_learning(vars(found)),
        report=wish(vars(found)),
        offers=choice(vars(found)),
        rehearsal=rehearsal_of(vars(found), environment),
    )


def _learning(found: Mapping[str, str | bool | None]) -> Learning:
    """What was asked of the commands of learning; nothing for any other."""

    def text(name: str) -> str:
        return str(found.get(name) or "")

    return Learning(
        columns=text("columns"),
        mapping=Path(text("mapping")) if text("mapping") else None,
        approve=text("approve"),
        off=text("off"),
        unapproved=text("unapproved"),
        evaluate=Path(text("evaluate")) if text("evaluate") else None,
        json=bool(found.get("json")),
    )


def _default_database() -> Path:
    from platformdirs import user_data_path

    return user_data_path("pos-always-asks", appauthor=False) / "till.db"


def _language(given: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of everything, help and errors included, so it is looked for before anything else."""
    for place, word in enumerate(given):
        named = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(given):
            named = given[place + 1]
        if named in LANGUAGES:
            return named
    named = environment.get("POS_LANG", "")
    return named if named in LANGUAGES else locale_language(environment)


def locale_language(environment: Mapping[str, str]) -> str:
    """The language of the locale: a Norwegian or a neutral one is Bokmål, any other English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            name = value.partition(".")[0].partition("@")[0].lower()
            neutral = name in ("c", "posix")
            return "nb" if neutral or name[:2] in ("nb", "no", "nn") else "en"
    return "nb"


def _parser(words: Wording) -> argparse.ArgumentParser:
    """The whole grammar. Options stand before or after the name of a command."""
    kind = _kind_of_parser(words)
    parser = kind(prog="pos", parents=[_common(kind, None)], add_help=False, allow_abbrev=False)
    parser.set_defaults(run=commands.counter)
    after = _common(kind, argparse.SUPPRESS)
    names = parser.add_subparsers(parser_class=kind)
    menu = names.add_parser("menu", parents=[after], add_help=False).add_subparsers(parser_class=kind, required=True)
    for name, run, count in (
        ("check", commands.check_menu, None),
        ("load", commands.load_menu, None),
        ("export", commands.export_menu, "?"),
    ):
        command = menu.add_parser(name, parents=[after], add_help=False)
        command.add_argument("file", nargs=count)
        command.set_defaults(run=run)
    sales = names.add_parser("sales", parents=[after], add_help=False)
    _add_learning(
        sales.add_subparsers(parser_class=kind, required=True).add_parser("import", parents=[after], add_help=False),
        names.add_parser("learn", parents=[after], add_help=False),
    )
    add_report(names.add_parser("report", parents=[after], add_help=False))
    add_offers(names.add_parser("offers", parents=[after], add_help=False))
    scenario = names.add_parser("scenario", parents=[after], add_help=False)
    add_practice(
        names.add_parser("practice", parents=[after], add_help=False),
        names.add_parser("trainer", parents=[after], add_help=False),
        scenario.add_subparsers(parser_class=kind, required=True).add_parser("check", parents=[after], add_help=False),
    )
    return parser


def _kind_of_parser(words: Wording) -> type[argparse.ArgumentParser]:
    class Parser(argparse.ArgumentParser):
        """A parser whose errors and help are in the user's language."""

        def error(self, message: str) -> NoReturn:
            raise Usage(words.text("usage-wrong"))

        def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
            print(message, end="", file=file)  # argparse's own is silent about an output that takes nothing

        def format_help(self) -> str:
            return words.text("cli-about") + "\n\n" + _table(words, COMMANDS) + "\n" + _table(words, OPTIONS)

    return Parser


def _common(kind: type[argparse.ArgumentParser], default: object) -> argparse.ArgumentParser:
    """The options of every command."""
    options = kind(prog="pos", add_help=False, argument_default=default, allow_abbrev=False)
    options.add_argument("-h", "--help", action="help")
    options.add_argument("--version", action="version", version=f"pos {__version__}")
    for name in ("db", "till", "cashier", "printer"):
        options.add_argument(f"--{name}")
    options.add_argument("--lang", choices=LANGUAGES)
    options.add_argument("--plain", action="store_true", default=default or False)
    return options


def _add_learning(taking: argparse.ArgumentParser, learn: argparse.ArgumentParser) -> None:
    """`pos sales import` and `pos learn`."""
    taking.add_argument("file")
    taking.add_argument("--mapping")
    taking.set_defaults(run=learning.import_sales)
    for command in (taking, learn):
        command.add_argument("--columns")
    asked = learn.add_mutually_exclusive_group()
    asked.add_argument("--list", action="store_true")
    for name in ("approve", "off", "evaluate"):
        asked.add_argument(f"--{name}")
    asked.add_argument("--unapproved", choices=("yes", "no"))
    learn.add_argument("--json", action="store_true")
    learn.set_defaults(run=learning.learn)


COMMANDS = (
    ("pos", "cli-counter"),
    ("pos --plain", "cli-plain"),
    ("pos menu check FILE", "cli-menu-check"),
    ("pos menu load FILE", "cli-menu-load"),
    ("pos menu export [FILE]", "cli-menu-export"),
    ("pos sales import FILE", "cli-sales-import"),
    ("pos learn", "cli-learn"),
    ("pos offers", "cli-offers"),
    ("pos report", "cli-report"),
    ("pos report --set-… N", "cli-report-set"),
    ("pos practice [NAME]", "cli-practice"),
    ("pos trainer [NAME]", "cli-trainer"),
    ("pos scenario check FILE", "cli-scenario-check"),
)
OPTIONS = (
    ("--db PATH", "cli-db"),
    ("--practice-db PATH", "cli-practice-db"),
    ("--till NAME", "cli-till"),
    ("--cashier NAME", "cli-cashier"),
    ("--lang nb|en", "cli-lang"),
    ("--printer WHERE", "cli-printer"),
    ("--version", "cli-version"),
    ("--help", "cli-help"),
)


def _table(words: Wording, rows: Sequence[tuple[str, str]]) -> str:
    """Words on the left, what they mean on the right."""
    wide = max(len(row[0]) for row in (*COMMANDS, *OPTIONS)) + 2
    return "".join(f"  {left:{wide}}{words.text(message_id)}\n" for left, message_id in rows)
