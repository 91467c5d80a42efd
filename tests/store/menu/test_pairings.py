"""Pairings: the best eight of each trigger, the best first, nothing that is not sold."""

from __future__ import annotations

import random
from dataclasses import replace

from pos.domain.menu.paths import Pairing
from pos.store import Store
from tests.office_acts import put_menu
from tests.store.samples import NOON, item, menu, pairing, pairings


def names(found: tuple[Pairing, ...]) -> list[str]:
    return [entry.id for entry in found]


def test_pairings_come_by_item_category_and_anything_the_best_first(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    loaded = store.menu.load()
    found = store.menu.pairings_for([loaded.items["burger"], loaded.items["cola"]])
    assert names(found["burger"]) == ["burgers-cola", "burger-shake", "anything-sundae"]
    assert names(found["cola"]) == ["anything-sundae"]
    assert found["burger"] == (pairings()[1], pairings()[0], pairings()[2])


def test_the_eight_best_of_a_trigger_are_the_ones_with_priority_then_margin_then_id(store: Store) -> None:
    draw = random.Random(7)
    sold = tuple(item(f"i{number}", draw.randint(50, 60), draw.randint(10, 20)) for number in range(30))
    many = [pairing(f"p{sku.sku}", sku.sku, draw.randint(0, 2), sku="i0") for sku in sold[1:]]
    many += [pairing(f"q{sku.sku}", sku.sku, draw.randint(0, 2), category="burgers") for sku in sold[1:]]
    full = menu(*sold, slots={}, paths={}, incentives={})
    put_menu(store, full, many, NOON)

    def worth(entry: Pairing) -> tuple[int, int, str]:
        offered = full.items[entry.offered]
        return -entry.priority, (offered.cost - offered.price).minor, entry.id

    by_item = sorted((entry for entry in many if entry.sku), key=worth)[:8]
    by_category = sorted((entry for entry in many if entry.category), key=worth)[:8]
    found = store.menu.pairings_for(sold[:2])
    assert found["i0"] == tuple(sorted(by_item + by_category, key=worth))
    assert found["i1"] == tuple(by_category)


def test_what_is_not_sold_any_more_is_never_fetched(store: Store) -> None:
    gone = [replace(item(f"gone{number}", 500), retired=True) for number in range(9)]
    sold = (*menu().items.values(), *gone)
    best = [pairing(f"g{entry.sku}", entry.sku, 99, sku="burger") for entry in gone]
    put_menu(store, menu(*sold), [*best, pairing("burger-shake", sku="burger")], NOON)
    found = store.menu.pairings_for([store.menu.load().items["burger"]])
    assert names(found["burger"]) == ["burger-shake"]
    assert len(store.menu.pairings()) == 10


def test_the_best_are_found_by_the_key_alone(store: Store) -> None:
    from pos.store.menu.pairings import BEST_OF

    values = {"kind": "sku", "id": "burger", "best": 8}
    plan = [row[3] for row in store.file.conn.execute(f"EXPLAIN QUERY PLAN {BEST_OF}", values)]
    assert "SEARCH pairing USING PRIMARY KEY (trigger_kind=? AND trigger_id=? AND rank<?)" in plan
    assert not any(step.startswith("SCAN") or "B-TREE" in step for step in plan)
