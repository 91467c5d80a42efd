"""The verb that enters a till."""

from __future__ import annotations

from pos.register.gate import Change, verb
from pos.register.shop_gate import ShopGate, ShopScene
from pos.store import Till, TillEntered


@verb
def enter_till(scene: ShopScene, name: str, letter: str) -> Change[Till]:
    """Enter a till under a name, with a series of its own that begins with the letter. An existing till is returned
    unchanged."""
    found = scene.store.tills.find(name)
    if found is not None:
        return Change(found)
    till = scene.store.tills.next(name, letter)
    return Change(till, facts=(TillEntered(till),))


def till_called(gate: ShopGate, name: str, letter: str = "K") -> Till:
    """The till with a name; entered if it is new. Raises `StoreError`."""
    return gate.store.tills.find(name) or gate.do(enter_till, name, letter).result
