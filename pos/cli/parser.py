"""The parser of the command line: argparse, with messages in the user's language through gettext."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from pos.wording import Wording
from pos.wording.language import LOCALE

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

DOMAIN = "argparse"
LONGEST_SHOWN = 40
CLOSE = 0.65
"""How alike a word and a name must be, from 0 to 1, for the name to be suggested."""


class Usage(Exception):
    """The command line does not fit the grammar. The text is one line in the user's language."""


class Parser(argparse.ArgumentParser):
    """The grammar of one command, or of a group of commands. `prog` is its full name, such as `pos menu check`."""

    def __init__(
        self,
        words: Wording,
        help_page: Callable[[Parser], str] | None = None,
        prog: str | None = None,
        parents: Sequence[argparse.ArgumentParser] = (),
    ) -> None:
        super().__init__(
            prog=prog,
            parents=list(parents),
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.words, self._help_page = words, help_page

    def read(self, given: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments. Raises `Usage`, and `SystemExit` after `--help` and `--version`."""
        with _gettext_in(self.words.language):
            found, unknown = self.parse_known_args(given)
        if unknown:
            parser = self
            for word in given[: given.index(unknown[0])]:
                parser = parser.commands.get(word, parser)
            parser._refuse(unknown[0])
        return found

    def format_help(self) -> str:
        """The help page."""
        return self._help_page(self) if self._help_page else ""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print help or the version. Raises `OSError`, which argparse would suppress."""
        print(message, end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Raise `Usage` with argparse's message."""
        raise Usage(self.words.text("usage-wrong", message=message, command=self.prog))

    def _check_value(self, action: argparse.Action, value: str) -> None:
        """As argparse does; for an unknown command, suggest the one that is spelt similarly."""
        if isinstance(action, argparse._SubParsersAction) and value not in self.commands:
            if not value:
                self.error(gettext.gettext("the following arguments are required: %s") % action.metavar)
            known = {command.prog.split()[-1]: command.prog for command in self.all_commands()}
            known |= {name: command.prog for name, command in self.commands.items()}
            near = get_close_matches(value.lower(), known, 1, CLOSE)
            self._refuse_unknown(value, known[near[0]] if near else "")
        super()._check_value(action, value)

    def _refuse(self, word: str) -> NoReturn:
        """Refuse a word that does not belong to this command."""
        if not word.startswith("-"):
            raise Usage(self.words.text("usage-too-many", word=word[:LONGEST_SHOWN], command=self.prog))
        known = [name for action in self.arguments for name in action.option_strings]
        near = get_close_matches(word.partition("=")[0], known, 1, CLOSE)
        self._refuse_unknown(word, f"{self.prog} {near[0]}" if near else "")

    def _refuse_unknown(self, word: str, near: str) -> NoReturn:
        what = f"{self.prog} {word[:LONGEST_SHOWN]}"
        if near:
            raise Usage(self.words.text("usage-meant", what=what, near=near, command=self.prog))
        raise Usage(self.words.text("usage-unknown", what=what, command=self.prog))

    @property
    def name(self) -> str:
        """Its name in message ids: `menu-check`."""
        return "-".join(self.prog.split()[1:])

    @property
    def commands(self) -> Mapping[str, Parser]:
        """The commands of a group by their last name; empty for a command."""
        return next((found for action in self._actions if (found := _commands(action))), {})

    def all_commands(self) -> Iterator[Parser]:
        """Every command below, at any depth; a command itself."""
        for parser in self.commands.values():
            yield from parser.all_commands()
        if not self.commands:
            yield self

    def parsers(self) -> Iterator[Parser]:
        """The parser, and all below it."""
        yield self
        for parser in self.commands.values():
            yield from parser.parsers()

    @property
    def arguments(self) -> Sequence[argparse.Action]:
        """The arguments of the command: options, and positional ones in their order."""
        return [action for action in self._actions if not _commands(action)]


def filled(text: str) -> str:
    """The type of every argument: refuses an empty value, such as an unset variable. Raises `ArgumentTypeError`."""
    if not text:
        raise argparse.ArgumentTypeError(gettext.gettext("expected one argument"))
    return text


@contextmanager
def _gettext_in(language: str) -> Iterator[None]:
    """Let argparse find our catalogue of its messages, in our language whatever the locale is."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        del os.environ["LANGUAGE"]
        if before is not None:
            os.environ["LANGUAGE"] = before


def _commands(action: argparse.Action) -> dict[str, Parser]:
    """The parsers of a subcommand action."""
    found = action.choices if isinstance(action, argparse._SubParsersAction) else {}
    return {name: parser for name, parser in (found or {}).items() if isinstance(parser, Parser)}
