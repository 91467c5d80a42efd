"""`pos about`: describes what the till is: version, registers, and everything that can be done with it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos import __version__
from pos.cli.lines import show
from pos.cli.pages import own_arguments, usage
from pos.cli.shop import existing, is_there
from pos.domain.people import RIGHTS, Right
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.register import Verb

ROOMS = ("pos.register.verbs", "pos.office", "pos.practice")
"""The packages that have verbs."""


def add_about(command: ParserMaker) -> None:
    """`pos about`."""
    command("about").set_defaults(run=about)


def about(arguments: Arguments) -> int:
    """Print the system description. It is made from the commands, keys, verbs and rights themselves, so it is
    complete."""
    show(description(arguments, wording(arguments.language)))
    return 0


def description(arguments: Arguments, words: Wording) -> Iterator[str]:
    """The description, line by line."""
    yield words.text("version-about", version=__version__)
    yield ""
    yield from _registers(arguments, words)
    yield words.text("about-commands")
    yield from (f"  {line}" for line in _commands(arguments))
    yield ""
    yield words.text("about-keys")
    yield from (f"  {line}" for line in _keys(words))
    yield ""
    yield words.text("about-verbs")
    yield from (f"  {line}" for line in _verbs(words))
    yield ""
    yield words.text("about-rights")
    for role, rights in RIGHTS.items():
        named = ", ".join(words.label(right) for right in Right if right in rights)
        yield f"  {words.label(role)}: {named or words.text('about-no-right')}"


def _registers(arguments: Arguments, words: Wording) -> Iterator[str]:
    """The tills of the file with their series; nothing without a file."""
    if not is_there(arguments.database):
        return
    with existing(arguments, changes=False) as store:
        identity = store.witness.identity()
        for till in store.tills.every():
            yield words.text("about-register", name=till.name, series=till.series, file=identity)
    yield ""


def _commands(arguments: Arguments) -> Iterator[str]:
    """Every command with its options."""
    for parser in arguments.commands():
        if not parser.commands:
            named = [action.option_strings[-1] for action in own_arguments(parser) if action.option_strings]
            yield " ".join([usage(parser), *named])


def _keys(words: Wording) -> Iterator[str]:
    """Every key of the counter with what it does, in the order of the help."""
    from pos.counter import COMMANDS

    for command in COMMANDS:
        named = " ".join(words.key(key) for key in command.keys[:3])
        yield f"{named}: {words.text(f'help-{command.id}')}"


def _verbs(words: Wording) -> Iterator[str]:
    """Every verb of the journal, with the right that it needs."""
    for verb in every_verb():
        done = words.text(f"verb-{verb.name.replace('_', '-')}", what="…").strip()
        needs = "" if verb.right is None else f" ({words.label(verb.right)})"
        yield f"{verb.name}: {done}{needs}"


def every_verb() -> list[Verb]:  # type: ignore[type-arg]  # any verb
    """All verbs, by name."""
    from pos.register import Verb

    found: dict[str, Verb] = {}  # type: ignore[type-arg]  # any verb
    for room in ROOMS:
        package = importlib.import_module(room)
        for entry in pkgutil.walk_packages(package.__path__, f"{room}."):
            for one in vars(importlib.import_module(entry.name)).values():
                if isinstance(one, Verb):
                    found[one.name] = one
    return [found[name] for name in sorted(found)]
