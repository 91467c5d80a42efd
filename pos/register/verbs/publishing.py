"""The verb that replaces the menu."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.register.gate import Change, verb
from pos.register.shop_gate import ShopGate, ShopScene
from pos.store.menu.menu import PreparedMenu, Published
from pos.store.menu.pairings_beside import OvertakenError

TRIES = 3
"""How often a menu is prepared again because another one was loaded meanwhile. After that it is prepared under the
lock."""


@verb
def publish(
    scene: ShopScene, menu: Menu, pairings: Sequence[Pairing], digest: str, draft: PreparedMenu | None = None
) -> Change[bool]:
    """Replace the menu: all of it or nothing. Returns False if the draft was made from another menu than the current
    one. Without a draft it is prepared now."""
    if draft is None:
        draft = scene.store.menu.draft(menu, pairings, scene.now)
    elif draft.version != scene.store.menu.version():
        return Change(False)
    return Change(True, facts=(Published(draft, len(menu.items), digest),))


def publish_menu(gate: ShopGate, menu: Menu, pairings: Sequence[Pairing], digest: str = "") -> None:
    """Replace the menu by a checked one: all of it or nothing. `digest` is the SHA-256 of the file that it comes from.

    The slow part is prepared before any till has to wait. Raises `StoreError`, and `KeyError` for a pairing that offers
    what the menu does not have.
    """
    for _ in range(TRIES):
        with suppress(OvertakenError), gate.store.menu.prepared(menu, pairings, gate.clock()) as draft:
            if gate.do(publish, menu, pairings, digest, draft).result:
                return
    gate.do(publish, menu, pairings, digest)
