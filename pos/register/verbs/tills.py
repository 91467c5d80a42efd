"""Tills entered for the first time."""

from __future__ import annotations

from pos.register.gate import Change, verb
from pos.register.shop_gate import ShopGate, ShopScene
from pos.store import Till, TillEntered


@verb
def enter_till(shop: ShopScene, name: str, letter: str) -> Change[Till]:
    """A till of that name, with a series of its own that begins with the letter; one that is there stays as it is."""
    found = shop.store.tills.find(name)
    if found is not None:
        return Change(found)
    till = shop.store.tills.next(name, letter)
    return Change(till, facts=(TillEntered(till),))


def till_called(gate: ShopGate, name: str, letter: str = "K") -> Till:
    """The till of that name; entered the first time. Raises `StoreError`."""
    return gate.store.tills.find(name) or gate.do(enter_till, name, letter).result
