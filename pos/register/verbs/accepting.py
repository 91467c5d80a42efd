"""The verb of `--accept-file`: go on with a file that does not match its witness."""

from __future__ import annotations

from pos.register.gate import Change, verb
from pos.register.shop_gate import ShopGate, ShopScene


@verb
def accept_file(scene: ShopScene) -> Change[None]:
    """Let each series continue after the last number that its witness knows."""
    return Change(None, facts=(scene.store.witness.acceptance(),))


def accept(gate: ShopGate) -> None:
    """Do `accept_file`, and write a new witness. Raises `StoreError`."""
    gate.do(accept_file)
    gate.store.witness.bear()
