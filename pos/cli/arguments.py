"""What was asked for on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.cli.parser import Parser


class ParserMaker(Protocol):
    """Makes the parser of a command: `command("menu", "check")`.

    Its defaults say what to `run`, and the message for whoever `stopped` it by Ctrl+C: none where it always ends so.
    """

    def __call__(self, *path: str) -> argparse.ArgumentParser:
        """The parser of the command with that name, the last of them its own."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What all commands share, and in `given` what stands there for one of them, by the option's name."""

    run: Callable[[Arguments], int]
    language: str
    database: Path
    practice_database: Path
    till: str
    cashier: str
    printer: str
    given: Mapping[str, str | bool | None]
    commands: Callable[[], Iterable[Parser]]
    """All commands."""

    def text(self, name: str) -> str:
        """What was typed for an option; nothing when it was not there."""
        return str(self.given.get(name) or "")

    def path(self, name: str) -> Path | None:
        """The file that was named for an option."""
        return Path(self.text(name)) if self.text(name) else None

    def flag(self, name: str) -> bool:
        """Whether a switch was there."""
        return bool(self.given.get(name))
