"""The commands that stand beside a till: the kitchen's screen, and the customer's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pos.cli.shop import existing, gate_of, is_terminal
from pos.domain.errors import BadInput

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker

PATIENCE = 1.0
"""Seconds that the kitchen waits for a till's commit: what it shows can wait, and so can a key of its own."""


def add_kitchen(command: ParserMaker) -> None:
    """`pos kitchen`."""
    parser = command("kitchen")
    parser.add_argument("--plain", action="store_true")
    parser.set_defaults(run=kitchen, stopped="")


def kitchen(arguments: Arguments) -> int:
    """The open orders of all tills: on a screen, or line by line."""
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
