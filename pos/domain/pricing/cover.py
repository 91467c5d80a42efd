"""The cheapest cover: which loose items of an order form which bundles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from math import prod
from typing import TypeAlias

from pos.domain.value import value

EXACT_UNITS = 12
"""Up to this many candidate units the cover is exact; with more, only if many are alike; otherwise it is greedy, by
largest saving."""

EXACT_STATES = 2**EXACT_UNITS
"""The most different remainders to search; twelve units that all differ have this many."""

DEEPEST = 120
"""The most units: the search recurses that deep."""

Unit: TypeAlias = tuple[str, int]
"""A loose item: its SKU and its price in øre."""


@value
class Deal:
    """A bundle for the cover: for each part its possible items, as SKU → supplement in øre, and either a `price` for
    all or an amount `off` (øre)."""

    id: str
    parts: tuple[tuple[tuple[str, int], ...], ...]
    price: int | None
    off: int

    def saving(self, chosen: Sequence[Unit], supplements: int) -> int:
        """The saving on the items chosen for its parts; never more than they cost."""
        worth = sum([price for _, price in chosen])
        return min(self.off if self.price is None else worth - self.price - supplements, worth)


@value
class Use:
    """A deal used once: the units that it takes, and its saving in øre."""

    deal: str
    units: tuple[Unit, ...]
    saving: int


def cheapest_cover(units: Sequence[Unit], deals: Sequence[Deal]) -> tuple[Use, ...]:
    """The uses of bundles with the largest total saving, each unit in at most one. Ties are broken in a fixed way."""
    taken_up = {sku for deal in deals for part in deal.parts for sku, _ in part}
    candidates = tuple(sorted([unit for unit in units if unit[0] in taken_up]))
    if not candidates:
        return ()
    return _cover(candidates, tuple(sorted(deals, key=lambda deal: deal.id)))


@lru_cache(maxsize=256)
def _cover(candidates: tuple[Unit, ...], deals: tuple[Deal, ...]) -> tuple[Use, ...]:
    held = Counter(candidates)
    if len(candidates) > DEEPEST or prod(count + 1 for count in held.values()) > EXACT_STATES:
        return _greedy(held, deals)
    uses = {use for deal in deals for use in _uses(deal, held) if use.saving > 0}
    return _exact(held, sorted(uses, key=lambda use: (-use.saving, use.deal, use.units)))


def _uses(deal: Deal, held: Mapping[Unit, int]) -> list[Use]:
    """Every way to fill the deal's parts from what is there; alike ones once, with the lowest supplements."""
    found: dict[tuple[Unit, ...], int] = {}
    kinds = sorted(held)

    def fill(part: int, start: int, chosen: tuple[Unit, ...], supplements: int) -> None:
        if part == len(deal.parts):
            key = tuple(sorted(chosen))
            found[key] = max(found.get(key, 0), deal.saving(chosen, supplements))
            return
        allowed = dict(deal.parts[part])
        # For equal parts (any three of a category) only one order is tried.
        first = start if part and deal.parts[part] == deal.parts[part - 1] else 0
        for place, unit in enumerate(islice(kinds, first, None), first):
            if unit[0] in allowed and chosen.count(unit) < held[unit]:
                fill(part + 1, place, (*chosen, unit), supplements + allowed[unit[0]])

    fill(0, 0, (), 0)
    return [Use(deal.id, units, saving) for units, saving in found.items()]


def _greedy(held: Counter[Unit], deals: Sequence[Deal]) -> tuple[Use, ...]:
    """The largest saving first, as often as possible, until nothing saves any more."""
    chosen: list[Use] = []
    left = Counter(held)
    while True:
        found = [use for deal in deals if (use := _dearest_use(deal, left)) is not None and use.saving > 0]
        if not found:
            return tuple(chosen)
        best = max(found, key=lambda use: use.saving)
        need = Counter(best.units)
        times = min(left[unit] // count for unit, count in need.items())
        chosen += [best] * times
        left -= Counter({unit: count * times for unit, count in need.items()})


def _dearest_use(deal: Deal, left: Counter[Unit]) -> Use | None:
    """A deal with a price on the dearest remaining items, one with an amount off on the cheapest."""
    chosen: list[Unit] = []
    supplements = 0
    for part in sorted(deal.parts, key=len):
        allowed = dict(part)
        free = [unit for unit in left if unit[0] in allowed and chosen.count(unit) < left[unit]]
        if not free:
            return None
        sign = 1 if deal.price is None else -1
        unit = min(free, key=lambda unit: (sign * (unit[1] - allowed[unit[0]]), unit))
        chosen.append(unit)
        supplements += allowed[unit[0]]
    return Use(deal.id, tuple(sorted(chosen)), deal.saving(chosen, supplements))


def _exact(held: Mapping[Unit, int], uses: Sequence[Use]) -> tuple[Use, ...]:
    """Search over how many of each unit are left: for the first unit, every use that contains it, or none.

    The remainder is one number, a byte for each unit. The highest bit of each byte is set before a subtraction and must
    still be set after it: four to eight times as fast as tuples of counts.
    """
    kinds = sorted(held)
    lent = sum(0x80 << 8 * place for place in range(len(kinds)))
    needs: list[list[tuple[Use, int]]] = [[] for _ in kinds]
    for use in uses:
        counts = [use.units.count(unit) for unit in kinds]
        first = next(place for place, count in enumerate(counts) if count)
        needs[first].append((use, sum(count << 8 * place for place, count in enumerate(counts))))

    @cache
    def best(left: int) -> tuple[int, Use | None, int]:
        """The largest saving, the use that comes first in it, and what is left after that."""
        if not left:
            return 0, None, 0
        first = ((left & -left).bit_length() - 1) // 8
        found = best(left & ~(0xFF << 8 * first))
        for use, need in needs[first]:
            rest = (left | lent) - need
            if rest & lent == lent:
                saving = use.saving + best(rest ^ lent)[0]
                if saving > found[0]:
                    found = saving, use, rest ^ lent
        return found

    chosen: list[Use] = []
    left = sum(held[unit] << 8 * place for place, unit in enumerate(kinds))
    while (found := best(left))[1] is not None:
        chosen.append(found[1])
        left = found[2]
    return tuple(chosen)
