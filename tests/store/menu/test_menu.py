"""The menu in the file: replaced as a whole, back as it was, nothing lost that an order may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.items import Machine, ModifierGroup, ServingMode, Slot
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import LineItem
from pos.domain.pricing.price import price
from pos.domain.text import LocalText
from pos.store import Store
from pos.store.file.codec import to_instant
from pos.store.file.connection import StoreFile
from pos.store.migrations.steps import STEPS, m008_machines, m017_slots, migrate
from tests.office_acts import put_menu
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, both, item, items, menu, modifier, order, pairing, pairings


def test_the_kitchen_s_slip_and_a_modifier_s_age_limit_are_kept(store: Store) -> None:
    small = menu()
    key, group = next(iter(small.groups.items()))
    limited = replace(group, modifiers=(replace(group.modifiers[0], age_limit=18), *group.modifiers[1:]))
    put_menu(store, replace(small, kitchen_slip=True, groups={**small.groups, key: limited}), (), NOON)
    kept = store.menu.load()
    assert kept.kitchen_slip
    assert kept.groups[key].modifiers[0].age_limit == 18


def test_a_menu_comes_back_as_it_was_loaded(store: Store, open_again: OpenAgain) -> None:
    assert store.menu.is_empty()
    put_menu(store, menu(), pairings(), NOON)
    elsewhere = open_again()
    assert not elsewhere.menu.is_empty()
    assert elsewhere.menu.load() == menu()
    assert elsewhere.menu.pairings() == pairings()


def turn(entries: Mapping[str, object]) -> dict[str, object]:
    return dict(reversed(entries.items()))


def test_a_menu_keeps_the_order_of_its_file(store: Store) -> None:
    first = menu()
    turned = menu(*reversed(items()), categories=turn(first.categories), machines=turn(first.machines))
    put_menu(store, first, (), NOON)
    put_menu(store, turned, (), NOON)
    loaded = store.menu.load()
    for name in ("items", "categories", "dayparts", "groups", "slots", "paths", "incentives", "machines"):
        assert list(getattr(loaded, name)) == list(getattr(turned, name)), name


def test_loading_what_was_loaded_changes_nothing_but_the_version(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    assert store.menu.version() == 1
    put_menu(store, store.menu.load(), store.menu.pairings(), NOON)
    assert store.menu.version() == 2
    assert (store.menu.load(), store.menu.pairings()) == (menu(), pairings())


def small(*skus: str) -> Menu:
    kept = tuple(entry for entry in items() if entry.sku in skus)
    bare = replace(menu(*kept), groups={}, slots={}, paths={}, incentives={}, dayparts={}, machines={})
    return replace(bare, categories=_drinks())


def _drinks() -> dict[str, object]:
    return {"drinks": menu().categories["drinks"]}


def test_what_is_not_sold_any_more_is_kept_for_open_orders(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    put_menu(store, small("cola"), (), NOON)
    loaded = store.menu.load()
    assert list(loaded.items) == ["cola", "burger", "meal-m", "meal-l", "beer", "shake", "sundae"]
    assert [sku for sku, entry in loaded.items.items() if not entry.retired] == ["cola"]
    assert list(loaded.categories) == ["drinks"]
    held = order(lines=(LineItem(1, "meal-l", fillings=(("drink", "shake"),)), LineItem(2, "shake", 1, ("mango",))))
    assert price(held, loaded, lambda *_: ()).total == Money.of(134 + 20 + 49 + 5)


def test_export_sees_only_what_is_sold(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    put_menu(store, small("cola"), (), NOON)
    assert store.menu.load(retired=False) == small("cola")


def test_what_was_retired_can_be_sold_again(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    put_menu(store, small("cola"), (), NOON)
    put_menu(store, menu(), pairings(), NOON)
    assert store.menu.load() == menu()


def test_a_modifier_that_its_group_has_lost_still_has_its_price(store: Store) -> None:
    put_menu(store, menu(), (), NOON)
    for left in ((modifier("vanilla"),), (modifier("lime"),)):
        put_menu(store, menu(groups={"flavour": ModifierGroup("flavour", both("f"), 1, 1, left)}), (), NOON)
    loaded = store.menu.load()
    assert [entry.id for entry in loaded.groups["flavour"].modifiers] == ["lime"]
    assert {name: entry.price for name, entry in loaded.modifiers.items()} == {
        "lime": Money(0),
        "mango": Money.of(5),
        "vanilla": Money(0),
    }


def test_price_changes_are_written_down_for_each_serving_mode(store: Store) -> None:
    put_menu(store, menu(), (), NOON)
    dearer = [replace(entry, price=Money.of(90)) if entry.sku in ("burger", "cola") else entry for entry in items()]
    put_menu(store, menu(*dearer, item("new")), (), NOON)
    changes = "SELECT sku, serving_mode, old_minor, new_minor, at_us, offset_s FROM price_change ORDER BY id"
    assert store.file.conn.execute(changes).fetchall() == [
        ("burger", "eat_in", 8900, 9000, *to_instant(NOON)),
        ("burger", "take_away", 8900, 9000, *to_instant(NOON)),
        ("cola", "eat_in", 3500, 9000, *to_instant(NOON)),
    ]


def test_a_menu_that_cannot_be_written_leaves_the_one_before(store: Store) -> None:
    put_menu(store, menu(), pairings(), NOON)
    with pytest.raises(KeyError):
        put_menu(store, small("cola"), [pairing("bad", "no-such-thing")], NOON)
    assert (store.menu.load(), store.menu.pairings(), store.menu.version()) == (menu(), pairings(), 1)


def test_a_slot_without_a_default_stays_without(store: Store) -> None:
    slots = {"drink": Slot("drink", both("drink"), menu().slots["drink"].choices)}
    put_menu(store, menu(slots=slots), (), NOON)
    assert store.menu.load().slots == slots


def test_a_file_from_before_slots_could_be_asked_asks_for_none_that_has_a_default(tmp_path: Path) -> None:
    file = StoreFile(tmp_path / "older.db", 1)
    migrate(file, STEPS[: STEPS.index(m017_slots)])
    file.conn.execute("INSERT INTO slot VALUES ('drink', 0, 'Drikke', 'Drink', NULL, 0)")
    migrate(file)
    assert file.conn.execute("SELECT ask FROM slot").fetchone() == (0,)
    file.close()


def test_a_machine_that_a_new_menu_does_not_have_is_gone(store: Store) -> None:
    put_menu(store, menu(), (), NOON)
    renamed = {"shakes": Machine("shakes", both("the new shakes"))}
    put_menu(store, menu(machines=renamed), (), NOON)
    assert store.menu.load().machines == renamed


def test_the_machines_of_a_menu_from_before_they_had_names_have_their_ids(tmp_path: Path) -> None:
    file = StoreFile(tmp_path / "before.db", 1)
    migrate(file, STEPS[: STEPS.index(m008_machines)])
    file.conn.execute("INSERT INTO category (id, place, name_nb, name_en) VALUES ('drinks', 0, 'd', 'd')")
    add = """
        INSERT INTO item (sku, place, name_nb, name_en, category, price_minor, cost_minor, vat, made_on, tile,
            allergens, dayparts, modifier_groups, retired)
        VALUES (:sku, 0, :sku, :sku, 'drinks', 1, 1, 'food', :made_on, 1, '{}', '[]', '[]', :retired)
    """
    for sku, made_on, retired in (("a", "shakes", 0), ("b", "shakes", 0), ("c", None, 0), ("d", "old", 1)):
        file.conn.execute(add, {"sku": sku, "made_on": made_on, "retired": retired})
    migrate(file)
    rows = file.conn.execute("SELECT id, name FROM machine").fetchall()
    file.close()
    assert rows == [("shakes", '{"nb":"shakes","en":"shakes"}')]


def test_another_language_of_a_name_needs_no_column(store: Store) -> None:
    put_menu(store, menu(), (), NOON)
    before = store.menu.load()
    store.file.conn.execute("UPDATE item SET name = json_set(name, '$.sv', 'Hamburgare') WHERE sku = 'burger'")
    assert store.menu.load() == before


def test_a_channel_that_a_menu_drops_is_kept_and_its_tender_keeps_its_name(store: Store) -> None:
    foodora = Channel(
        "foodora", LocalText("Foodora", "Foodora (en)"), PaidWhere.PLATFORM, 1500, (("burger", Money(1)),)
    )
    phone = Channel("phone", LocalText("Telefon", "Phone"), PaidWhere.HERE, serving=ServingMode.EAT_IN, deals=True)
    put_menu(store, replace(menu(), channels={"foodora": foodora, "phone": phone}), (), NOON)
    assert store.menu.load().channels == {"foodora": foodora, "phone": phone}
    put_menu(store, replace(menu(), channels={"phone": phone}), (), NOON)
    assert list(store.menu.load().channels.values()) == [phone, replace(foodora, retired=True)]
    assert store.menu.load(retired=False).channels == {"phone": phone}
    kept = store.menu.kept(store.menu.version() - 1)
    assert kept is not None
    assert kept.channels == {"foodora": foodora, "phone": phone}
    kinds = store.file.conn.execute(
        "SELECT id, json_extract(name, '$.en'), is_cash FROM tender_kind ORDER BY id"
    ).fetchall()
    assert kinds == [
        ("card", "Card", 0),
        ("cash", "Cash", 1),
        ("exchange", "Exchange", 0),
        ("foodora", "Foodora (en)", 0),
        ("mobile", "Vipps", 0),
    ]


@pytest.mark.parametrize("change", ["vat = 'fodd'", "category = 'tresats'"])
def test_a_menu_that_no_menu_is_like_is_damage_and_no_crash(store: Store, change: str) -> None:
    store.file.conn.execute("PRAGMA foreign_keys = OFF")
    store.file.conn.execute("PRAGMA ignore_check_constraints = ON")
    store.file.conn.execute(f"UPDATE item SET {change} WHERE rowid = (SELECT MIN(rowid) FROM item)")
    with pytest.raises(StoreError, match="database-damaged"):
        store.menu.load()
