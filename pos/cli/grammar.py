"""The grammar of the command line: one for all commands. The environment gives defaults."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from pos import __version__
from pos.cli.arguments import Arguments
from pos.cli.commands.about import add_about
from pos.cli.commands.checking import add_checking
from pos.cli.commands.counter import counter
from pos.cli.commands.exporting import add_exporting
from pos.cli.commands.keeping import add_keeping
from pos.cli.commands.kitchen import add_display, add_kitchen
from pos.cli.commands.learning import add_learning
from pos.cli.commands.menus import add_menus
from pos.cli.commands.offers import add_offers
from pos.cli.commands.people import add_people
from pos.cli.commands.practice import add_practice
from pos.cli.commands.report import add_report
from pos.cli.commands.sales import add_sales
from pos.cli.commands.shift import add_shift
from pos.cli.commands.signing import add_signing
from pos.cli.commands.trainer import add_trainer
from pos.cli.pages import either, page, value_name
from pos.cli.parser import Parser, Usage, filled
from pos.domain.people import LONGEST_NAME
from pos.domain.text import LANGUAGES, is_safe
from pos.wording import Wording, wording

SERVING = ("eat-in", "take-away")
COMMANDS = (
    add_menus,
    add_sales,
    add_learning,
    add_report,
    add_shift,
    add_offers,
    add_keeping,
    add_checking,
    add_signing,
    add_exporting,
    add_practice,
    add_trainer,
    add_people,
    add_kitchen,
    add_display,
    add_about,
)
DRAWERS = ("none", "printer")


def parse(given: Sequence[str], environment: Mapping[str, str]) -> Arguments:
    """Parse a command line. Raises `Usage`, and `SystemExit` after `--help` and `--version`."""
    language = language_of(given, environment)
    words = wording(language)
    parser = _parser(words)
    found = parser.read(given)
    till = found.till or environment.get("POS_TILL") or "1"
    cashier = found.cashier or environment.get("POS_CASHIER") or ""
    for name in (till, cashier):
        if len(name) > LONGEST_NAME or not is_safe(name) or (name != "" and not name.strip()):
            raise Usage(words.text("usage-name", name=name[:LONGEST_NAME], most=LONGEST_NAME))
    database = Path(found.db or environment.get("POS_DB") or _default_database())
    serving = getattr(found, "serving", None) or environment.get("POS_SERVING") or ""
    if serving and serving not in SERVING:
        raise Usage(words.text("usage-serving", text=serving[:LONGEST_NAME], known=", ".join(SERVING)))
    kitchen = getattr(found, "kitchen_printer", None) or environment.get("POS_KITCHEN_PRINTER") or ""
    practice = getattr(found, "practice_db", None) or environment.get("POS_PRACTICE_DB")
    return Arguments(
        run=found.run,
        language=language,
        database=database,
        practice_database=Path(practice) if practice else database.with_name("practice.db"),
        till=till,
        cashier=cashier,
        printer=found.printer or environment.get("POS_PRINTER") or "",
        given={
            **vars(found),
            "serving": serving,
            "kitchen_printer": kitchen,
            "drawer": _drawer(found, environment, words),
        },
        commands=parser.all_commands,
    )


def _drawer(found: argparse.Namespace, environment: Mapping[str, str], words: Wording) -> str:
    """The drawer that the till opens. Raises `Usage`."""
    drawer = getattr(found, "drawer", None) or environment.get("POS_DRAWER") or "none"
    if drawer not in DRAWERS:
        raise Usage(words.text("usage-drawer", text=drawer[:LONGEST_NAME], known=", ".join(DRAWERS)))
    return str(drawer)


def _default_database() -> Path:
    from platformdirs import user_data_path

    return user_data_path("pos-always-asks", appauthor=False) / "till.db"


def language_of(given: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of everything, help and errors included; it is looked for before anything else is parsed."""
    for place, word in enumerate(given):
        named = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(given):
            named = given[place + 1]
        if named in LANGUAGES:
            return named
    named = environment.get("POS_LANG", "")
    return named if named in LANGUAGES else locale_language(environment)


def locale_language(environment: Mapping[str, str]) -> str:
    """The language of the locale: Bokmål for a Norwegian or neutral locale, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            name = value.partition(".")[0].partition("@")[0].lower()
            neutral = name in ("c", "posix")
            return "nb" if neutral or name[:2] in ("nb", "no", "nn") else "en"
    return "nb"


def _parser(words: Wording) -> Parser:
    """The whole grammar. Common options stand before or after the command; one given after it wins."""
    front = Parser(words, page, prog="pos", parents=[_common(words, None)])
    front.add_argument("--plain", action="store_true")
    front.add_argument("--serving", choices=SERVING)
    front.add_argument("--kitchen-printer", metavar="printer")
    front.add_argument("--drawer", choices=DRAWERS)
    front.add_argument("--accept-file", action="store_true")
    front.set_defaults(run=counter, stopped="")
    after = _common(words, argparse.SUPPRESS)
    names = front.add_subparsers(parser_class=Parser)
    groups: dict[str, argparse._SubParsersAction[Parser]] = {}

    def added(group: argparse._SubParsersAction[Parser], name: str) -> Parser:
        parser = group.add_parser(name, words=words, help_page=page, parents=[after])
        group.metavar = either(group.choices, words)
        return parser

    def command(*path: str) -> argparse.ArgumentParser:
        """A command's own parser; what groups commands is no command."""
        group = names
        for name in path[:-1]:
            if name not in groups:
                groups[name] = added(names, name).add_subparsers(parser_class=Parser, required=True)
            group = groups[name]
        parser = added(group, path[-1])
        parser.set_defaults(stopped="stopped")
        return parser

    for add in COMMANDS:
        add(command)
    for action in {action for parser in front.parsers() for action in parser.arguments if action.nargs != 0}:
        action.type, action.metavar = filled, value_name(action, words)
    return front


def _common(words: Wording, default: str | None) -> Parser:
    """The options of every command."""
    options = Parser(words)
    for name in ("db", "till", "cashier", "printer"):
        options.add_argument(f"--{name}", default=default)
    options.add_argument("--lang", choices=LANGUAGES, default=default)
    options.add_argument("--version", action="version", version=words.text("version-about", version=__version__))
    options.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS)
    return options
