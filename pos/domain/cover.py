"""The cheapest cover: which loose things of an order go together into which bundles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

EXACT_UNITS = 12
"""Up to so many candidate units the cover is exact; beyond it the largest saving is taken first."""

Unit: TypeAlias = tuple[str, int]
"""One loose thing: its SKU and its price in øre."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A bundle as the cover sees it: for each part what may stand there, as SKU → supplement in øre, then
    either a `price` for all or an amount `off` (øre)."""

    id: str
    parts: tuple[tuple[tuple[str, int], ...], ...]
    price: int | None
    off: int


@dataclass(frozen=True, slots=True)
class Use:
    """A deal used once: the units it takes, and what it saves in øre."""

    deal: str
    units: tuple[Unit, ...]
    saving: int


def cheapest_cover(units: Sequence[Unit], deals: Sequence[Deal]) -> tuple[Use, ...]:
    """The uses with the largest saving together, each unit in at most one. Ties fall the same way every time."""
    taken_up = {sku for deal in deals for part in deal.parts for sku, _ in part}
    candidates = tuple(sorted(unit for unit in units if unit[0] in taken_up))
    if not candidates:
        return ()
    return _cover(candidates, tuple(deals))


@lru_cache(maxsize=256)
def _cover(candidates: tuple[Unit, ...], deals: tuple[Deal, ...]) -> tuple[Use, ...]:
    held = Counter(candidates)
    uses = sorted(
        {use for deal in deals for use in _uses(deal, held) if use.saving > 0},
        key=lambda use: (-use.saving, use.deal, use.units),
    )
    if len(candidates) > EXACT_UNITS:
        return _greedy(held, uses)
    return _exact(tuple(sorted(held.items())), uses)


def _uses(deal: Deal, held: Mapping[Unit, int]) -> list[Use]:
    """Every way to fill the deal's parts from what is there; alike ones once."""
    found: dict[tuple[Unit, ...], int] = {}

    def fill(part: int, chosen: tuple[Unit, ...], supplements: int) -> None:
        if part == len(deal.parts):
            key = tuple(sorted(chosen))
            worth = sum(price for _, price in chosen)
            saving = deal.off if deal.price is None else worth - deal.price - supplements
            found[key] = max(found.get(key, 0), min(saving, worth))
            return
        allowed = dict(deal.parts[part])
        for unit, count in held.items():
            if unit[0] in allowed and chosen.count(unit) < count:
                fill(part + 1, (*chosen, unit), supplements + allowed[unit[0]])

    fill(0, (), 0)
    return [Use(deal.id, units, saving) for units, saving in found.items()]


def _greedy(held: Counter[Unit], uses: list[Use]) -> tuple[Use, ...]:
    chosen: list[Use] = []
    left = Counter(held)
    for use in uses:
        need = Counter(use.units)
        while all(left[unit] >= count for unit, count in need.items()):
            left -= need
            chosen.append(use)
    return tuple(chosen)


def _exact(held: tuple[tuple[Unit, int], ...], uses: list[Use]) -> tuple[Use, ...]:
    """Search over how many of each unit are left: for the first unit, every use that holds it, or none."""
    places = {unit: place for place, (unit, _) in enumerate(held)}
    needs: list[list[tuple[Use, tuple[int, ...]]]] = [[] for _ in held]
    for use in uses:
        need = [0] * len(held)
        for unit in use.units:
            need[places[unit]] += 1
        needs[next(place for place, count in enumerate(need) if count)].append((use, tuple(need)))

    @cache
    def best(left: tuple[int, ...]) -> tuple[int, tuple[Use, ...]]:
        first = next((place for place, count in enumerate(left) if count), None)
        if first is None:
            return 0, ()
        without = (*left[:first], left[first] - 1, *left[first + 1 :])
        saving, chosen = best(without)
        for use, need in needs[first]:
            rest = tuple(have - count for have, count in zip(left, need, strict=True))
            if min(rest) >= 0:
                more, others = best(rest)
                if use.saving + more > saving:
                    saving, chosen = use.saving + more, (use, *others)
        return saving, chosen

    return best(tuple(count for _, count in held))[1]
