"""The command of the offers: what the till reckons with, and what it may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.shop import existing, now
from pos.cli.typed import basis_points
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, Command
    from pos.store import Store


SHARES = ("exploration", "floor")
SETTINGS = ("learn", *SHARES, "pin", "never", "free")


def add_offers(command: Command) -> None:
    """`pos offers` and its options."""
    parser = command("offers")
    parser.add_argument("--learn", choices=("on", "off"))
    for name in SETTINGS[1:]:
        parser.add_argument(f"--{name}", metavar="percent" if name in SHARES else "id")
    parser.set_defaults(run=offers)


def offers(arguments: Arguments) -> int:
    """List the offers with why, or set what the till may choose."""
    from pos.country import norway
    from pos.office.offers import listed
    from pos.office.report import bring_up_to_date

    words, country = wording(arguments.language), norway()
    with existing(arguments) as store:
        if any(map(arguments.text, SETTINGS)):
            _set(store, arguments)
            on = arguments.text("learn")
            print(words.text(f"offers-learn-{on}" if on else _said(store, arguments)))
            return 0
        bring_up_to_date(store)
        if store.menu.is_empty():
            print(words.text("offers-none-made"))
            return 0
        at = country.local(now())
        show(listed(store, country.rates(at.date()), at, words))
    return 0


def _said(store: Store, arguments: Arguments) -> str:
    """What to say when it is set: most of it holds only while the till chooses by itself."""
    from pos.register import bounds_of

    waits = bounds_of(store).exploration is None and any(map(arguments.text, ("exploration", "floor", "pin")))
    return "offers-set-later" if waits else "offers-set"


def _set(store: Store, arguments: Arguments) -> None:
    from pos.office.offers import put, set_learning, set_share

    if arguments.text("learn"):
        set_learning(store, arguments.text("learn") == "on")
    for name in SHARES:
        if arguments.text(name):
            set_share(store, name, basis_points(arguments.text(name), 100))
    for name, where in (("pin", "pin"), ("never", "never"), ("free", None)):
        offer = arguments.text(name)
        if offer:
            put(store, offer, where)
