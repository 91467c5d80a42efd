"""The command of the offers: what the till reckons with, and what it may choose."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pos.cli.report import basis_points
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked of the offers, as it was typed."""

    learn: str = ""
    exploration: str = ""
    floor: str = ""
    pin: str = ""
    never: str = ""
    free: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether only the list is wanted."""
        return self == Choice()


def add_offers(command: argparse.ArgumentParser) -> None:
    """Take the options of the offers."""
    command.add_argument("--learn", choices=("on", "off"), default="")
    for name in ("exploration", "floor", "pin", "never", "free"):
        command.add_argument(f"--{name}", default="")
    command.set_defaults(run=offers)


def choice(found: Mapping[str, str | bool | None]) -> Choice:
    """What stands on the command line; nothing for any other command."""
    return Choice(*(str(found.get(name) or "") for name in Choice.__dataclass_fields__))


def offers(arguments: Arguments) -> int:
    """List the offers with why, or set what the till may choose."""
    from pos.country import norway
    from pos.office.offers import listed
    from pos.office.report import bring_up_to_date
    from pos.store import open_store

    words, country = wording(arguments.language), norway()
    with closing(open_store(arguments.database)) as store:
        if not arguments.offers.is_empty:
            _set(store, arguments.offers)
            on = arguments.offers.learn
            print(words.text("offers-set") if not on else words.text(f"offers-learn-{on}"))
            return 0
        bring_up_to_date(store)
        if store.menu.is_empty():
            print(words.text("offers-none-made"))
            return 0
        now = country.local(datetime.now(UTC))
        for line in listed(store, country.rates(now.date()), now, words):
            print(line)
    return 0


def _set(store: Store, asked: Choice) -> None:
    from pos.office.offers import put, set_learning, set_share

    if asked.learn:
        set_learning(store, asked.learn == "on")
    for name, text in (("exploration", asked.exploration), ("floor", asked.floor)):
        if text:
            set_share(store, name, basis_points(text, 100))
    for offer, where in ((asked.pin, "pin"), (asked.never, "never"), (asked.free, None)):
        if offer:
            put(store, offer, where)
