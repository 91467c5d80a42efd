"""The command of the offers: their figures, and what the till may choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.shop import existing, gate_of, now
from pos.cli.typed import basis_points
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.register import ShopGate


SHARES = ("exploration", "floor")
SETTINGS = ("learn", *SHARES, "pin", "never", "free")
WAITS = (*SHARES, "pin")
"""Settings that take effect only while the till chooses by itself."""


def add_offers(command: ParserMaker) -> None:
    """`pos offers` and its options."""
    parser = command("offers")
    parser.add_argument("--learn", choices=("on", "off"))
    for name in SETTINGS[1:]:
        parser.add_argument(f"--{name}", metavar="percent" if name in SHARES else "id")
    parser.set_defaults(run=offers)


def offers(arguments: Arguments) -> int:
    """List the offers with the reasons for their order, or set what the till may choose."""
    from pos.country import norway
    from pos.office.offers import listed
    from pos.office.report import bring_up_to_date

    words, country = wording(arguments.language), norway()
    sets = any(map(arguments.text, SETTINGS))
    with existing(arguments, changes=sets) as store:
        if sets:
            show(_set(gate_of(arguments, store), arguments, words))
            return 0
        bring_up_to_date(store)
        if store.menu.is_empty():
            print(words.text("offers-none-made"))
            return 0
        at = country.local(now())
        show(listed(store, country.taxes(at.date()), at, words))
    return 0


def _set(gate: ShopGate, arguments: Arguments, words: Wording) -> Iterator[str]:
    """Change settings, and say so. Most take effect only while the till chooses by itself."""
    from pos.office.offers import name_of, put, set_learning, set_share
    from pos.register import bounds_of

    if arguments.text("learn"):
        gate.do(set_learning, arguments.text("learn") == "on")
        yield words.text(f"offers-learn-{arguments.text('learn')}")
    for name in SHARES:
        if arguments.text(name):
            share = basis_points(arguments.text(name), 100)
            gate.do(set_share, name, share)
            yield words.text(f"offers-set-{name}", share=words.percent(share))
    for name, where in (("pin", "pin"), ("never", "never"), ("free", None)):
        offer = arguments.text(name)
        if offer:
            put(gate, offer, where)
            yield words.text(f"offers-set-{name}", name=name_of(gate.store, offer), offer=offer)
    if bounds_of(gate.store).exploration is None and any(map(arguments.text, WAITS)):
        yield words.text("offers-set-later")
