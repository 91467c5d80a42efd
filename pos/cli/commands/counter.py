"""The command of the counter: the till itself, on a screen or line by line."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from pos import __version__
from pos.cli.shop import gate_of, is_running, is_terminal, only_one, opened
from pos.domain.errors import BadInput, PosError, StoreError
from pos.domain.menu.items import ServingMode
from pos.register import accept, shelf
from pos.register.verbs import people, program
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.counter import Counter
    from pos.insights import Figures
    from pos.store import Store

MOST_COUNTED = 20_000
"""Sales added to the report's sums when a counter closes: well under a second. A report adds the rest."""


def counter(arguments: Arguments) -> int:
    """Open the till: the screen, or line by line."""
    plain = arguments.flag("plain")
    if not plain and not is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("no-terminal")
    from pos.counter import say

    with opened(arguments) as store, only_one(arguments):
        if arguments.flag("accept_file"):
            accept(gate_of(arguments, store))
        store.witness.check()
        made = _counter(arguments, store)
        made.register.do(program.start_program, __version__)
        made.say_whether_anybody_signs_in()
        if not made.view.has_shifts:
            made.message = say("no-shift-yet" if made.view.has_people else "nobody-and-no-shift")
        made.say_what_the_shift_lacks()
        if plain:
            from pos.plain import run_on

            code = run_on(made, sys.stdin, sys.stdout)
        else:
            made.say_what_hangs()
            code = _on_screen(arguments, store, made)
        shift = shelf.shift(made.register)
        if shift.shown:
            print(shift_sentence(shift, wording(made.language)))
        discards, total = shelf.shift_discards(made.register)
        if discards:
            print(wording(made.language).text("shift-discards", count=discards, total=total))
        with suppress(PosError):  # if this fails, they are asked for a PIN at the next start anyway
            made.register.do(people.sign_out)
            made.register.do(program.stop_program)
        _count_the_day(store)
    return code


def _on_screen(arguments: Arguments, store: Store, made: Counter) -> int:
    """Show the counter's screen until somebody quits. Practice in between leaves the till's order as it was."""
    from pos.ui import run as run_screen

    code = run_screen(made)
    while made.practising:
        from pos.cli.commands.practice import practise_beside

        made.closing = made.practising = False
        made.message = practise_beside(arguments, store, made)
        code = run_screen(made)
    return code


def shift_sentence(shift: Figures, words: Wording) -> str:
    """The message to a cashier about their own questions when the till closes."""
    message = "shift-told" if shift.too_fast or shift.not_asked else "shift-told-all"
    return words.text(message, shown=shift.shown, too_fast=shift.too_fast, not_asked=shift.not_asked, gain=shift.gain)


def _count_the_day(store: Store) -> None:
    """Add sales to the report's sums while nobody waits. Other tills' commits come first."""
    from pos.office.report import bring_up_to_date

    with suppress(StoreError):
        bring_up_to_date(store, most=MOST_COUNTED)


def _counter(arguments: Arguments, store: Store) -> Counter:
    from pos.counter import Counter
    from pos.country import norway
    from pos.devices import Devices, ManualTerminal, drawer_from, printer_from
    from pos.register import PATIENCE, Register, Setup

    plain = arguments.flag("plain")
    serving = arguments.text("serving")
    printer = printer_from(arguments.printer or f"text:{arguments.database.parent / 'receipts.txt'}")
    in_kitchen = arguments.text("kitchen_printer")
    kitchen = printer_from(in_kitchen) if in_kitchen not in ("", "none") else None
    register = Register(
        store,
        Devices(printer, ManualTerminal(), kitchen, drawer_from(arguments.text("drawer") or "none", printer)),
        norway(),
        lambda: datetime.now(UTC),
        till=arguments.till,
        cashier=arguments.cashier,
        language=arguments.language,
        setup=Setup(
            serving=ServingMode(serving.replace("-", "_")) if serving else None,
            patience=timedelta(0) if plain else PATIENCE,
            kitchen_slips=kitchen is not None,
        ),
        ticks=monotonic,
        is_running=lambda till: is_running(arguments.database, till),
    )
    return Counter(register, language=arguments.language, deliberate=plain)
