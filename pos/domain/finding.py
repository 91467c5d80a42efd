"""Finding an item: by a piece of its name, or by what it may cost."""

from __future__ import annotations

from pos.domain.items import MenuItem
from pos.domain.menu import Menu
from pos.domain.money import ZERO, Money

MOST_HITS = 12


def by_name(menu: Menu, typed: str) -> tuple[MenuItem, ...]:
    """The items whose name in either language holds what was typed: at its start first, then at a word's start.

    Of a family's sizes the one with a tile goes first. At most `MOST_HITS`.
    """
    wanted = typed.strip().casefold()
    if not wanted:
        return ()
    hits = []
    for place, item in enumerate(_sold(menu)):
        fit = min(_fit(name.casefold(), wanted) for name in (item.full_name.nb, item.full_name.en))
        if fit < _NO_FIT:
            hits.append((fit, not item.tile, place, item))
    return tuple(item for *_, item in sorted(hits, key=lambda hit: hit[:3])[:MOST_HITS])


def by_price(menu: Menu, most: Money) -> tuple[MenuItem, ...]:
    """The items that cost at most that, the cheapest first: the answer to *what can I get for this?* Free ones are no
    answer."""
    hits = [item for item in _sold(menu) if ZERO < item.price <= most]
    return tuple(sorted(hits, key=lambda item: (item.price, not item.tile))[:MOST_HITS])


_NO_FIT = 3


def _fit(name: str, wanted: str) -> int:
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    return 2 if wanted in name else _NO_FIT


def _sold(menu: Menu) -> list[MenuItem]:
    return [item for item in menu.items.values() if not item.retired]
