"""The help pages: the front page of `pos`, which names all commands by task, and a page for each command.

The words are in the catalogues, by the names of the command and the argument: `page-menu-check`,
`option-menu-check-file`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from pos.cli.parser import Parser
from pos.wording import Wording

WIDEST = 80
NARROWEST = 20
"""Least width of the right column, however narrow the window."""

LEFT_MOST = 24
MARGIN = "  "

JOBS = ("sell", "people", "menu", "practise", "learn", "report", "keep", "check")
"""The tasks of the front page, each with a few words that name its commands."""

COMMON = ("db", "till", "cashier", "lang", "printer")
"""Options of every command: explained on the front page, and only named on the others."""

UNSAID = ("accept_file", "serving", "drawer", "kitchen_printer", "help")
"""Left out of the list of options, which must fit a terminal. A message names the first when it is needed,
docs/setting-up.md explains the second and third, docs/kitchen.md the fourth, and whoever reads help knows the last."""


def page(parser: Parser) -> str:
    """The help of a command or a group of commands; the front page for `pos` itself."""
    words = parser.words
    if parser.prog == "pos":
        lines = _front(parser, words)
    else:
        lines = _group(parser, words) if parser.commands else _command(parser, words)
    return "".join(f"{line}\n" for line in lines)


def usage(parser: Parser) -> str:
    """The usage of a command, without its options: `pos menu export [FIL]`."""
    unnamed = [action for action in parser.arguments if not action.option_strings]
    shown = [f"[{each.metavar}]" if each.nargs == "?" else str(each.metavar) for each in unnamed]
    return " ".join([parser.prog, *shown])


def value_name(action: argparse.Action, words: Wording) -> str:
    """The placeholder of an argument's value: `nb|en`, `FIL`."""
    return "|".join(action.choices) if action.choices else words.text(f"value-{action.metavar or action.dest}")


def either(names: Iterable[str], words: Wording) -> str:
    """`nb eller en`, `check, load eller export`."""
    *first, last = names
    return words.text("usage-either", first=", ".join(first), last=last) if first else last


def option_id(parser: Parser, action: argparse.Action) -> str:
    """The message id of an argument's explanation."""
    name = action.dest.replace("_", "-")
    return f"option-{name}" if parser.prog == "pos" else f"option-{parser.name}-{name}"


def own_arguments(parser: Parser) -> list[argparse.Action]:
    """The arguments that a page explains, positional ones first."""
    elsewhere = UNSAID if parser.prog == "pos" else (*COMMON, "version", *UNSAID)
    found = [action for action in parser.arguments if action.dest not in elsewhere]
    return sorted(found, key=lambda action: bool(action.option_strings))


def _front(parser: Parser, words: Wording) -> Iterator[str]:
    jobs = {words.text(f"job-{job}"): words.text(f"front-{job}") for job in JOBS}
    yield from _prose(words.text("cli-about"))
    yield ""
    yield from _table(jobs)
    yield ""
    yield from _table(_explained(parser, words))
    yield ""
    yield from _prose(words.text("page-more"))


def _group(parser: Parser, words: Wording) -> Iterator[str]:
    yield from _prose(words.text(f"page-{parser.name}"))
    yield ""
    yield from _table({usage(one): words.text(f"cli-{one.name}") for one in parser.commands.values()}, WIDEST)
    yield ""
    yield from _prose(words.text("page-more-of", command=parser.prog))


def _command(parser: Parser, words: Wording) -> Iterator[str]:
    yield usage(parser)
    yield ""
    yield from _prose(words.text(f"page-{parser.name}"))
    yield ""
    arguments = _explained(parser, words)
    if arguments:
        yield from _table(arguments)
        yield ""
    yield words.text("page-examples")
    yield from (MARGIN + line for line in words.text(f"example-{parser.name}").splitlines())
    yield ""
    yield from _prose(words.text("page-common", options=", ".join(f"--{name}" for name in COMMON)))


def _explained(parser: Parser, words: Wording) -> dict[str, str]:
    """The explanation of each argument, by how the argument is written."""
    return {_written(each): words.text(option_id(parser, each)) for each in own_arguments(parser)}


def _written(action: argparse.Action) -> str:
    value = [] if action.nargs == 0 else [str(action.metavar)]
    return " ".join([*action.option_strings[-1:], *value])


def _table(rows: Mapping[str, str], most: int = LEFT_MOST) -> Iterator[str]:
    """A table of two columns; a left cell wider than `most` has a line to itself."""
    wide = max(len(left) for left in rows if len(left) <= most) + len(MARGIN)
    for left, right in rows.items():
        first, *more = _broken(right, max(_width() - len(MARGIN) - wide, NARROWEST))
        if len(left) > most:
            yield MARGIN + left
        yield f"{MARGIN}{left if len(left) <= most else '':{wide}}{first}"
        yield from (" " * (len(MARGIN) + wide) + line for line in more)


def _prose(text: str) -> list[str]:
    return _broken(text, _width())


def _broken(text: str, wide: int) -> list[str]:
    """The text, wrapped to lines; never at a hyphen, as in `--help`."""
    return wrap(text, wide, break_on_hyphens=False)


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns)
