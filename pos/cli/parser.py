"""How a command line is read: argparse without its own words, since those know one language only."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn


class Mistaken(Exception):
    """The words do not fit the grammar. Why, argparse would say in English only."""


class Asked(Exception):
    """Somebody asked for something to be printed instead: the help of `parser`, or the version."""

    def __init__(self, parser: Parser, what: str) -> None:
        super().__init__(what)
        self.parser, self.what = parser, what


class Parser(argparse.ArgumentParser):
    """The grammar of one command, or of a group of commands; `prog` is its whole name, such as `pos menu check`."""

    def error(self, message: str) -> NoReturn:
        """Raise `Mistaken`."""
        raise Mistaken

    def ask(self, *names: str, what: str) -> None:
        """Take options that ask for something to be printed."""
        self.add_argument(*names, action=_Ask, dest=what, nargs=0, default=argparse.SUPPRESS)

    @property
    def name(self) -> str:
        """What message ids have for it: `menu-check`."""
        return "-".join(self.prog.split()[1:])

    @property
    def commands(self) -> Mapping[str, Parser]:
        """The commands of a group by their last names; nothing for a command."""
        return next((found for action in self._actions if (found := _commands(action))), {})

    def all_commands(self) -> Iterator[Parser]:
        """Every command in here, however deep; a command itself."""
        for parser in self.commands.values():
            yield from parser.all_commands()
        if not self.commands:
            yield self

    @property
    def arguments(self) -> Sequence[argparse.Action]:
        """What may stand behind its name: options, and in their order what has no name."""
        return [action for action in self._actions if not _commands(action)]

    def option(self, name: str) -> argparse.Action | None:
        """The option of that name."""
        return next((action for action in self.arguments if name in action.option_strings), None)


class _Ask(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        assert isinstance(parser, Parser)
        raise Asked(parser, self.dest)


def _commands(action: argparse.Action) -> dict[str, Parser]:
    """The parsers that an action leads to."""
    found = action.choices if isinstance(action, argparse._SubParsersAction) else {}
    return {name: parser for name, parser in (found or {}).items() if isinstance(parser, Parser)}
