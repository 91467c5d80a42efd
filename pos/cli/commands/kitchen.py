"""The commands that run beside a till: the kitchen's screen, and the customer's."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

from pos.cli.shop import existing, gate_of, is_terminal, is_there, now
from pos.domain.errors import BadInput

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker

BRIEFLY = 0.3
"""Seconds that the display waits for a till's commit; it tries again soon."""

PATIENCE = 1.0
"""Seconds that the kitchen waits for a till's commit: neither its screen nor its keys are urgent."""


def add_kitchen(command: ParserMaker) -> None:
    """`pos kitchen`."""
    parser = command("kitchen")
    parser.add_argument("--plain", action="store_true")
    parser.set_defaults(run=kitchen, stopped="")


def kitchen(arguments: Arguments) -> int:
    """Show the open orders of all tills: on a screen, or line by line."""
    from pos.kitchen.desk import KitchenDesk

    plain = arguments.flag("plain")
    if not plain and not is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("kitchen-no-terminal")
    with existing(arguments, wait=PATIENCE) as store:
        desk = KitchenDesk(gate_of(arguments, store), arguments.language)
        if plain:
            from pos.plain.kitchen import run_on

            return run_on(desk, sys.stdin, sys.stdout)
        from pos.ui.kitchen import run

        return run(desk)


def add_display(command: ParserMaker) -> None:
    """`pos display`."""
    command("display").set_defaults(run=display, stopped="")


def display(arguments: Arguments) -> int:
    """Show what one till's customer sees. The file is opened read-only."""
    from pos.country import norway
    from pos.display.display import CustomerDisplay
    from pos.store import open_to_read
    from pos.ui.display import run

    if not is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("display-no-terminal")
    if not is_there(arguments.database):
        raise BadInput("no-till-file", path=str(arguments.database))
    with closing(open_to_read(arguments.database, wait=BRIEFLY)) as store:
        return run(CustomerDisplay(store, norway(), now, arguments.till, arguments.language))
