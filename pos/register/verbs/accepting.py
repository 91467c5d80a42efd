"""The verb of `--accept-file`: going on with a file that does not match its witness."""

from __future__ import annotations

from pos.register.gate import Change, verb
from pos.register.shop_gate import ShopGate, ShopScene


@verb
def accept_file(shop: ShopScene) -> Change[None]:
    """The numbers of each series continue after the last that was given out."""
    return Change(None, facts=(shop.store.witness.acceptance(),))


def accept(gate: ShopGate) -> None:
    """Do `accept_file`, and let the witness know the file as it is now. Raises `StoreError`."""
    gate.do(accept_file)
    gate.store.witness.bear()
