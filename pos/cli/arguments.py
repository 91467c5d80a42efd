"""The parsed command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.cli.parser import Parser


class ParserMaker(Protocol):
    """Makes the parser of a command: `command("menu", "check")`.

    Its defaults are the function to `run`, and `stopped`, the message after Ctrl+C (none for a command that always ends
    so).
    """

    def __call__(self, *path: str) -> argparse.ArgumentParser:
        """The parser of the command with this path."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The options of all commands, and in `given` those of one command, by name."""

    run: Callable[[Arguments], int]
    language: str
    database: Path
    practice_database: Path
    till: str
    cashier: str
    printer: str
    given: Mapping[str, str | bool | None]
    commands: Callable[[], Iterable[Parser]]
    """The parsers of all commands."""

    def text(self, name: str) -> str:
        """The text of an option; '' if it was not given."""
        return str(self.given.get(name) or "")

    def path(self, name: str) -> Path | None:
        """The path of an option; None if it was not given."""
        return Path(self.text(name)) if self.text(name) else None

    def flag(self, name: str) -> bool:
        """Whether a switch was given."""
        return bool(self.given.get(name))
