"""The grammar of the command line: one for all commands, with the environment behind it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pos import __version__
from pos.cli.arguments import Arguments
from pos.cli.counter import counter
from pos.cli.learning import add_learning
from pos.cli.menus import add_menus
from pos.cli.offers import add_offers
from pos.cli.practice import add_practice
from pos.cli.report import add_report
from pos.cli.trainer import add_trainer
from pos.domain.text import LANGUAGES, is_safe
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

LONGEST_NAME = 20


class Usage(Exception):
    """A command line that is not of the grammar; its text is one line in the user's language."""


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
    database = Path(found.db or environment.get("POS_DB") or _default_database())
    practice = getattr(found, "practice_db", None) or environment.get("POS_PRACTICE_DB")
    return Arguments(
        run=found.run,
        language=language,
        database=database,
        practice_database=Path(practice) if practice else database.with_name("practice.db"),
        till=till,
        cashier=cashier,
        printer=found.printer or environment.get("POS_PRINTER") or "",
        given=vars(found),
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
    parser.set_defaults(run=counter)
    after = _common(kind, argparse.SUPPRESS)
    names = parser.add_subparsers(parser_class=kind)

    def command(*path: str) -> argparse.ArgumentParser:
        """A command's own parser; what groups commands is no command."""
        group = names
        for name in path[:-1]:
            if name not in groups:
                made = names.add_parser(name, parents=[after], add_help=False)
                groups[name] = made.add_subparsers(parser_class=kind, required=True)
            group = groups[name]
        return group.add_parser(path[-1], parents=[after], add_help=False)

    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for add in (add_menus, add_learning, add_report, add_offers, add_practice, add_trainer):
        add(command)
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
