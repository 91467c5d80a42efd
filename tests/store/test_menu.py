"""The menu in the file: replaced as a whole, back as it was, nothing lost that an order may refer to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.items import ModifierGroup, Slot
from pos.domain.menu import Menu
from pos.domain.money import Money
from pos.domain.order import LineItem
from pos.domain.price import price
from pos.store import Store
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, both, item, items, menu, modifier, order, pairing, pairings


def test_a_menu_comes_back_as_it_was_loaded(store: Store, open_again: OpenAgain) -> None:
    assert store.menu.is_empty()
    store.menu.replace(menu(), pairings(), NOON)
    elsewhere = open_again()
    assert not elsewhere.menu.is_empty()
    assert elsewhere.menu.load() == menu()
    assert elsewhere.menu.pairings() == pairings()


def test_a_menu_keeps_the_order_of_its_file(store: Store) -> None:
    turned = menu(*reversed(items()), categories=dict(reversed(menu().categories.items())))
    store.menu.replace(menu(), (), NOON)
    store.menu.replace(turned, (), NOON)
    loaded = store.menu.load()
    for name in ("items", "categories", "dayparts", "groups", "slots", "paths", "incentives"):
        assert list(getattr(loaded, name)) == list(getattr(turned, name)), name


def test_loading_what_was_loaded_changes_nothing_but_the_version(store: Store) -> None:
    store.menu.replace(menu(), pairings(), NOON)
    assert store.menu.version() == 1
    store.menu.replace(store.menu.load(), store.menu.pairings(), NOON)
    assert store.menu.version() == 2
    assert (store.menu.load(), store.menu.pairings()) == (menu(), pairings())


def small(*skus: str) -> Menu:
    kept = tuple(entry for entry in items() if entry.sku in skus)
    return replace(menu(*kept), groups={}, slots={}, paths={}, incentives={}, dayparts={}, categories=_drinks())


def _drinks() -> dict[str, object]:
    return {"drinks": menu().categories["drinks"]}


def test_what_is_not_sold_any_more_is_kept_for_open_orders(store: Store) -> None:
    store.menu.replace(menu(), pairings(), NOON)
    store.menu.replace(small("cola"), (), NOON)
    loaded = store.menu.load()
    assert list(loaded.items) == ["cola", "burger", "meal-m", "meal-l", "beer", "shake", "sundae"]
    assert [sku for sku, entry in loaded.items.items() if not entry.retired] == ["cola"]
    assert list(loaded.categories) == ["drinks"]
    held = order(lines=(LineItem(1, "meal-l", fillings=(("drink", "shake"),)), LineItem(2, "shake", 1, ("mango",))))
    assert price(held, loaded, lambda *_: 1500).total == Money.of(134 + 20 + 49 + 5)


def test_export_sees_only_what_is_sold(store: Store) -> None:
    store.menu.replace(menu(), pairings(), NOON)
    store.menu.replace(small("cola"), (), NOON)
    assert store.menu.load(retired=False) == small("cola")


def test_what_was_retired_can_be_sold_again(store: Store) -> None:
    store.menu.replace(menu(), pairings(), NOON)
    store.menu.replace(small("cola"), (), NOON)
    store.menu.replace(menu(), pairings(), NOON)
    assert store.menu.load() == menu()


def test_a_modifier_that_its_group_has_lost_still_has_its_price(store: Store) -> None:
    store.menu.replace(menu(), (), NOON)
    for left in ((modifier("vanilla"),), (modifier("lime"),)):
        store.menu.replace(menu(groups={"flavour": ModifierGroup("flavour", both("f"), 1, 1, left)}), (), NOON)
    loaded = store.menu.load()
    assert [entry.id for entry in loaded.groups["flavour"].modifiers] == ["lime"]
    assert {name: entry.price for name, entry in loaded.modifiers.items()} == {
        "lime": Money(0),
        "mango": Money.of(5),
        "vanilla": Money(0),
    }


def test_price_changes_are_written_down_for_each_serving_mode(store: Store) -> None:
    store.menu.replace(menu(), (), NOON)
    dearer = [replace(entry, price=Money.of(90)) if entry.sku in ("burger", "cola") else entry for entry in items()]
    store.menu.replace(menu(*dearer, item("new")), (), NOON)
    changes = "SELECT sku, serving_mode, old_minor, new_minor, at FROM price_change ORDER BY id"
    assert store.file.conn.execute(changes).fetchall() == [
        ("burger", "eat_in", 8900, 9000, NOON.isoformat()),
        ("burger", "take_away", 8900, 9000, NOON.isoformat()),
        ("cola", "eat_in", 3500, 9000, NOON.isoformat()),
    ]


def test_a_menu_that_cannot_be_written_leaves_the_one_before(store: Store) -> None:
    store.menu.replace(menu(), pairings(), NOON)
    with pytest.raises(KeyError):
        store.menu.replace(small("cola"), [pairing("bad", "no-such-thing")], NOON)
    assert (store.menu.load(), store.menu.pairings(), store.menu.version()) == (menu(), pairings(), 1)


def test_a_slot_without_a_default_stays_without(store: Store) -> None:
    slots = {"drink": Slot("drink", both("drink"), menu().slots["drink"].choices)}
    store.menu.replace(menu(slots=slots), (), NOON)
    assert store.menu.load().slots == slots
