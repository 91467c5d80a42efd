"""What the office does to a file, for tests: each an act through the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pos.country import norway
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.register import Change, ShopGate, ShopScene, publish_menu, till_called, verb
from pos.register import accept as register_accept
from pos.store import Fact, ShopSettingSet, Store, Till
from tests.builders import NOW


def gate(store: Store, at: datetime | Callable[[], datetime] = NOW) -> ShopGate:
    """The office's gate, at a time or by a clock."""
    return ShopGate(store, norway(), at if callable(at) else lambda: at)


@verb
def make_true(scene: ShopScene, *facts: Fact) -> Change[None]:
    """Whatever a test needs to be so."""
    return Change(None, facts=facts)


def put_menu(store: Store, menu: Menu, pairings: Sequence[Pairing], at: datetime = NOW) -> None:
    """Load a menu."""
    publish_menu(gate(store, at), menu, pairings)


def set_shop(store: Store, key: str, value: str) -> None:
    """Set something for all tills."""
    gate(store).do(make_true, ShopSettingSet(key, value))


def enter_till(store: Store, name: str, letter: str = "K") -> Till:
    """The till of that name."""
    return till_called(gate(store), name, letter)


def accept(store: Store, at: datetime = NOW) -> None:
    """Go on with a file as it is."""
    register_accept(gate(store, at))
